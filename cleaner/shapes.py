"""The outline of removed boilerplate: headlines and bylines are hardly ever the same twice, their shape is.

Start reading at `shape_of`.
"""

from __future__ import annotations

import re


def has_shape(rule: str) -> bool:
    """Are changes of this rule decided by shape? Headlines and bylines never are the same twice."""
    return rule.startswith("boilerplate.")


class _Classes(dict[int, str]):
    """Letters become A or a, digits 0, white space a space; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = (
            "A" if char.isupper() else "a" if char.isalpha() else "0" if char.isdigit()
            else " " if char.isspace() else char
        )  # fmt: skip
        self[code] = kind
        return kind


_CLASSES = _Classes()
_RUNS = re.compile(r"A?a+|A+|0+| +")
_WORDS = re.compile(r"(?:Aa|a|A)(?: (?:Aa|a|A))+")
_SHAPED = 60


def shape_of(before: str) -> str:
    """The outline of a removed line: words, numbers and marks of its first 60 code points.

    What follows a colon is a headline or a name, and left out.

    >>> shape_of("Baca juga: Harga Cabai Naik 5%, Kata Mereka")
    'Aa:…'
    >>> shape_of("(Rina Sari/ABC)")
    '(Aa/A)'
    """
    classes = before.strip()[:_SHAPED].translate(_CLASSES)
    outline = _WORDS.sub("Aa", _RUNS.sub(_run, classes))
    label, colon, rest = outline.partition(":")
    return f"{label}:…" if colon and rest else outline.rstrip()


def _run(match: re.Match[str]) -> str:
    run = match[0]
    return "Aa" if run[0] == "A" and run[-1] == "a" else run[0]

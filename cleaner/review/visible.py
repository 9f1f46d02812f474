"""Making text safe to look at: what has no shape of its own gets one.

Corpus text is hostile: control characters hide, turn the direction of the line, or are simply not to be
seen. Each becomes a sign or its number, so that a reviewer judges what is there.
"""

from __future__ import annotations

import re
import unicodedata

_SIGNS = {"\n": "⏎", "\r": "\\r", "\t": "⇥", "\u00a0": "⍽", "\u00ad": "‧"}
_ODD = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\ufeff\ufff9-\ufffc]|(?<![\U0001F000-\U0001FAFF\ufe0f])\u200d"  # U+200D inside an emoji is part of it
)
_MANY = re.compile(r"((?:\\r)?⏎|␣|⍽|⇥)\1{3,}")
_EDGES = re.compile(r"^ +| +$|(?<= ) +")


def visible(text: str, limit: int | None = None, *, in_line: bool = False, in_text: bool = False) -> str:
    r"""``text`` with signs for what cannot be seen, cut after ``limit`` code points.

    Spaces at the ends, and several in a row, are shown too, unless it is running text: ``in_line``
    (a piece of a line, line ends are signs) or ``in_text`` (line ends stay).

    >>> visible(" dua  kata\n")
    '␣dua ␣kata⏎'
    """
    if limit is not None and len(text) > limit:
        text = text[:limit] + "…"
    if not in_line and not in_text:
        text = _EDGES.sub(lambda match: "␣" * len(match[0]), text)
    if in_text:
        return _ODD.sub(lambda match: match[0] if match[0] in "\n\t\u00a0" else _sign(match[0]), text)
    text = _ODD.sub(lambda match: _sign(match[0]), text)
    return _MANY.sub(lambda match: f"{match[1]}×{len(match[0]) // len(match[1])} ", text)


def _sign(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if unicodedata.category(char) == "Zs":
        return "␣"
    return f"⟨{ord(char):04X}⟩"

"""What a white-space token holds for the typo rules: one word of plain letters, or nothing.

Most tokens that are no plain word are not prose either: numbers, dates, amounts, addresses, handles,
tags, code. No typo rule looks into them. Neither does any into words with an apostrophe (Jum'at,
Ma'ruf) or letters outside a-z (Beyoncé): they are names or quotations, and our dictionary does not
hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CORE = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_TAGS_BEFORE = re.compile(r"(?:<[^<>]*>)+")
_BEFORE = frozenset("\"'“”‘’«(\\[{*…–—-.,;:!?")
_AFTER = frozenset("\"'“”‘’»)]}*…–—-.,;:!?%")


class Core(NamedTuple):
    """The word inside a token: ``token[start:end] == text``, offsets in code points."""

    start: int
    end: int
    text: str


def core(token: str) -> Core | None:
    """The plain word inside a token, between marks and tags: '"tidka,' and '<td>tidka</td>' hold tidka.

    None if there is none.
    """
    start, end = 0, len(token)
    if "<" in token:
        before, after = _TAGS_BEFORE.match(token), _tags_after(token)
        start = before.end() if before else 0
        end = after if after > start else end
    while start < end and token[start] in _BEFORE:
        start += 1
    while start < end and token[end - 1] in _AFTER:
        end -= 1
    inside = token[start:end]
    return Core(start, end, inside) if _CORE.fullmatch(inside) else None


def _tags_after(token: str) -> int:
    """Where the tags begin that ``token`` ends with; its length if it ends with none.

    Walked from the end: a pattern would begin anew at each tag of a token that holds thousands.
    """
    end = len(token)
    while end and token[end - 1] == ">":
        start = token.rfind("<", 0, end - 1)
        if start < 0 or token.find(">", start, end - 1) >= 0:
            break
        end = start
    return end


def occurrences(text: str, token: str) -> Iterator[int]:
    """Where ``token`` stands between white space in ``text``, in code points, left to right."""
    size = len(token)
    position = text.find(token)
    while position >= 0:
        end = position + size
        free_left = position == 0 or text[position - 1].isspace()
        if free_left and (end == len(text) or text[end].isspace()):
            yield position
            position = text.find(token, end)
        else:
            position = text.find(token, position + 1)

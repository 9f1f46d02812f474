"""What stands around a word: the tokens the language model sees, and the words as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.spelling.language_model import START, context

_WORD_BEFORE = re.compile(r"([A-Za-z]+(?:-[A-Za-z]+)*) ?\Z")
_WORD_AFTER = re.compile(r" ?([A-Za-z]+(?:-[A-Za-z]+)*)")
_REACH = 40  # code points in which the neighbouring word is looked for
_OPENING = frozenset("\"“'‘«(")


@dataclass(slots=True)
class Context:
    """The surroundings of ``text[start:end]`` (code points, half-open)."""

    text: str
    start: int
    end: int
    left: list[str]
    """Up to two tokens before, in reading order, normalised."""
    right: list[str]
    """Up to two tokens after."""
    before: str
    """The word before as written, or "" if a mark or a border stands between."""
    after: str
    starts_sentence: bool
    """First of its sentence, or first inside quotation marks."""


def context_at(text: str, start: int, end: int) -> Context:
    """Context of the word ``text[start:end]`` (code points, half-open)."""
    left, right = context(text, start, end)
    starts = left[-1] == START or (start > 0 and text[start - 1] in _OPENING)
    return Context(text, start, end, left, right, word_before(text, start), word_after(text, end), starts)


def word_before(text: str, start: int) -> str:
    """The word before ``start`` as written, at most a blank between; or ""."""
    if text[start - 1 : start] == " ":  # a plain word between blanks is found without a pattern
        word = text[text.rfind(" ", max(0, start - _REACH), start - 1) + 1 : start - 1]
        if word.isascii() and word.isalpha() and len(word) < _REACH - 2:
            return word
    match = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
    return match[1] if match else ""


def word_after(text: str, end: int) -> str:
    """The word behind ``end`` as written, at most a blank between; or ""."""
    match = _WORD_AFTER.match(text, end, end + _REACH)
    return match[1] if match else ""

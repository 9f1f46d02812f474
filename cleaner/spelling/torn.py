"""Words with a blank inside: "s ebelum", "administra tif", "perjalan an".

Lines that were cut and joined again leave it, and so does the reading of a scanned page. Without this the
part that looks like a slip would be mended by itself: "m emiliki" would become "m memiliki".

One part at least is no word, and both together are a usual one. In 15.3 million words of the corpus 113
places are like that; all were read, and all are torn words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cleaner.spelling.context import word_after, word_before
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.split_affixes import read_affixes

_USUAL = 20
"""Corpus count from which on the whole word is usual."""
_SHORT, _FREQUENT = 5, 1000
"""Below so many letters it has to be frequent: many short strings are words by chance."""


class Torn(NamedTuple):
    """Where the parts of a word stand, in code points, half-open, and the word."""

    start: int
    end: int
    whole: str


def is_fragment(low: str, knowledge: Knowledge) -> bool:
    """May ``low`` (lower case) be a part of a torn word? Nothing says that it is a word of any language.

    Affixes are none: "ber janji" is no accident, and has a rule that knows the exceptions (`neighbours`).
    """
    lexicon = knowledge.lexicon
    listed = low in lexicon or lexicon.is_foreign(low) or lexicon.is_name(low) or low in knowledge.slang
    if listed or low in _affixes():
        return False
    return len(low) < 3 or not knowledge.known(low)


def torn(text: str, start: int, end: int, knowledge: Knowledge) -> Torn | None:
    """The word that the fragment ``text[start:end]`` (code points) is a part of; None if it is none.

    If both parts are fragments, only the first one finds the other.
    """
    word, after = text[start:end], word_after(text, end)
    if after.islower() and text[end] == " " and _is_whole(word + after, knowledge):
        return Torn(start, end + 1 + len(after), word + after)
    if not word.islower() or text[start - 1 : start] != " ":
        return None
    before = word_before(text, start)
    if not before or not _is_whole(before + word, knowledge):
        return None
    if len(before) > 1 and is_fragment(before.lower(), knowledge):
        return None
    return Torn(start - 1 - len(before), end, before + word)


@lru_cache(maxsize=1)
def _affixes() -> frozenset[str]:
    return frozenset().union(*read_affixes())


def _is_whole(word: str, knowledge: Knowledge) -> bool:
    low, lexicon = word.lower(), knowledge.lexicon
    usual = lexicon.count(low) >= (_USUAL if len(low) >= _SHORT else _FREQUENT)
    return usual and (low in lexicon or (word != low and lexicon.is_name(low)))

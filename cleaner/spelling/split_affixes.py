"""Affixes that people write as words of their own, and the words beside which they rightly are.

di lakukan, dampak nya, non akademik; but *antar makanan* (to deliver food), *musim semi* (spring).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cleaner.spelling.data import data_file, read_rows
from cleaner.spelling.function_words import FUNCTION_WORDS

_NO_BOUND = frozenset("dua kedua tiga ketiga satu para seluruh semua beberapa yang dan itu ini tidak".split())
"""Words that no bound form is joined to: antar kedua pihak."""


class Affix(NamedTuple):
    """An affix that people write as a word of its own (a row of ``split_affixes.tsv``)."""

    text: str
    grade: str
    """always or context."""
    alone: frozenset[str]
    """Words beside which it stands alone rightly: "antar makanan" (to deliver food)."""
    behind: tuple[str, ...]
    """Likewise words in front of it, with a blank: "musim semi" (spring)."""
    pattern: str
    """Group 1 is what comes first, group 2 what comes second. Compiled and kept by `re` at its first use."""


@lru_cache(maxsize=1)
def read_affixes() -> tuple[dict[str, Affix], dict[str, Affix]]:
    """The affixes written apart: those in front of a word and those behind it, by text.

    Rows graded "suggest" are words at least as often ("Inter", "Galaxy S26 Ultra"): not worth a look.
    """
    before, after = {}, {}
    for text, side, grade, *beside in read_rows(data_file("split_affixes.tsv")):
        if grade == "suggest":
            continue
        words = frozenset(beside[0].split()) if beside else frozenset()
        behind = tuple(f"{word} " for word in beside[1].split()) if len(beside) > 1 else ()
        if side == "before":
            capital = text.capitalize()
            # What stands in front is looked at last: the search then skips to the letters of the affix.
            pattern = rf"({text}|{capital}) (?<![\w-]{text} )(?<![\w-]{capital} )([A-Za-z]{{3,}})(?![\w-])"
            before[text] = Affix(text, grade, words, behind, pattern)
        else:
            pattern = rf"(?<![\w-])([A-Za-z]{{2,}}) ({text})(?![\w-])"
            after[text] = Affix(text, grade, words, behind, pattern)
    return before, after


def stays_apart(word: str, affix: Affix | None) -> bool:
    """Is ``word`` (lower case) one that no bound form, or not this one, is joined to?"""
    return word in _NO_BOUND or word in FUNCTION_WORDS or (affix is not None and word in affix.alone)

"""Two words that are nearly always written with two capitals, or as one: "Jawa timur", "meski pun".

A common noun has a capital as part of a name: the timur of Jawa Timur, the menteri of Menteri Pertanian. No
list of words can tell, but the corpus can: for two words side by side, of which one has its capital, it
counts how often the other has one too. Where it nearly always has, "Jawa timur" is a slip. This is
truecasing (Lita et al., 2003, "tRuEcasIng") kept to the pairs that are certain.

What is written as one word for another reason was put down by hand (``review/phrases.tsv``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cleaner.dictionary.corpus import Counts
from cleaner.dictionary.words import capital_share
from cleaner.spelling.data import read_rows
from cleaner.spelling.function_words import FUNCTION_WORDS
from cleaner.spelling.phrases import ANYWHERE, INSIDE

_LEAST = 15
"""Occurrences with two capitals from which on a pair counts."""
_MOST_SMALL = 0.02
"""Share of occurrences with one capital only, up to which the other one is a slip."""
_LEAST_OPENING, _MOST_SMALL_OPENING = 5, 0.2
"""The same for a phrase that begins a sentence, whose first capital tells nothing: "Wakil ketua" is a slip
there too, "Harga saham" is not."""
_A_NAME = 0.985
"""Share of capitals from which on a word is a name by itself, and needs no neighbour to have one."""
_DIRECTIONS = frozenset("utara selatan timur barat tengah tenggara".split())
"""After these a name is complete: "Jawa Timur tengah membangun" is not of Timur Tengah."""
_NO_NOUNS = FUNCTION_WORDS | {"hari", "jam", "kata", "nomor", "pukul", "ujar"}


def find_phrases(counts: Counts, is_listed: Callable[[str], bool]) -> dict[str, tuple[str, str, str]]:
    """Wrong phrase -> the right one, its rule and where. ``is_listed`` tells the Indonesian words."""
    cased, opening = counts.cased, counts.opening
    found = {}

    def is_noun(low: str) -> bool:
        common = len(low) > 2 and low not in _NO_NOUNS and is_listed(low)
        return common and capital_share(low, counts) < _A_NAME

    for (one, two), both in cased.items():
        if both < _LEAST or not (one[0].isupper() and two[0].isupper()):
            continue
        first, second = one.lower(), two.lower()
        if first == second:
            continue  # a reduplication without its hyphen
        if two.istitle() and first not in _DIRECTIONS and is_noun(second):
            found[one, second] = both, cased[one, second]
        if one.istitle() and is_noun(first):
            found[first, two] = both, cased[first, two]
    phrases = {}
    for (one, two), (both, small) in found.items():
        if small <= _MOST_SMALL * (both + small):
            right = f"{one[0].upper()}{one[1:]}", f"{two[0].upper()}{two[1:]}"
            large, small = opening[right], opening[one, two]
            at_start = large >= _LEAST_OPENING and small <= _MOST_SMALL_OPENING * (large + small)
            phrases[f"{one} {two}"] = (" ".join(right), "typo.casing", ANYWHERE if at_start else INSIDE)
    return phrases


def read_phrases(path: Path) -> dict[str, tuple[str, str, str]]:
    """Those put down by hand: wrong phrase -> the right one, its rule and where."""
    return {wrong: (right, "typo.split", ANYWHERE) for wrong, right in read_rows(path)}

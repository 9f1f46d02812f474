"""Real words that are often another word misspelt: "ngeri" for negeri, "mesin" for mesti.

A pair is useful where the first is far rarer than the second, so that it is worth a look wherever it
stands, and where their neighbours differ, so that a look decides. The neighbours are those of the word
pairs in the corpus: *separation* is the share of the rare word's neighbours that are at least
`TYPICAL` times as typical of it as of the frequent word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.neighbours import Neighbours
from cleaner.spelling.language_model import MARK, NUMBER

RATIO, FREQUENT, SHORTEST = 20, 300, 4
TYPICAL, SEPARATED = 5, 0.6


class Confusion(NamedTuple):
    """One row of ``confusions.tsv``."""

    rare: str
    frequent: str
    rare_count: int
    frequent_count: int
    separation: float


def find_confusions(counts: Counts, words: Collection[str]) -> list[Confusion]:
    """Pairs of listed ``words`` one edit apart, by rare word, the likeliest first."""
    frequent = {word: counts.lower[word] for word in words if counts.lower[word] >= FREQUENT}
    neighbours = Neighbours(frequent)
    around = _contexts(counts)
    found: list[Confusion] = []
    for rare in sorted(words):
        seen = counts.lower[rare]
        if seen < MINIMUM or len(rare) < SHORTEST or "-" in rare or rare not in around:
            continue
        found += [
            Confusion(rare, word, seen, frequent[word], round(share, 2))
            for word in neighbours.around(rare)
            if frequent[word] >= RATIO * seen and (share := _separation(around, rare, word)) >= SEPARATED
        ]
    return sorted(found, key=lambda c: (c.rare, -c.frequent_count, c.frequent))


def _contexts(counts: Counts) -> dict[str, dict[tuple[str, str], float]]:
    """Word -> (side, neighbour) -> count, of pairs of words proper."""
    around: defaultdict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for (first, second), count in counts.bigrams.items():
        if first not in (MARK, NUMBER) and second not in (MARK, NUMBER):
            around[second]["left", first] = count
            around[first]["right", second] = count
    return dict(around)


def _separation(around: dict[str, dict[tuple[str, str], float]], rare: str, frequent: str) -> float:
    own, other = around[rare], around.get(frequent, {})
    own_total, other_total = sum(own.values()), sum(other.values()) or 1.0
    typical = sum(
        count
        for context, count in own.items()
        if count / own_total >= TYPICAL * other.get(context, 0.0) / other_total
    )
    return typical / own_total

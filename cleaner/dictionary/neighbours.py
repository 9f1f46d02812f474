"""Which frequent words are one edit away from a given one?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz.distance import OSA


class Neighbours:
    """Frequent words at distance 1, found by the letters left when one is deleted."""

    def __init__(self, frequent: Mapping[str, int]) -> None:
        self.counts = frequent
        self.by_rest: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(frequent):
            for rest in {word, *_deletes(word)}:
                self.by_rest[rest].append(word)

    def around(self, word: str) -> list[str]:
        """Frequent words one edit away from ``word``."""
        near = {other for rest in {word, *_deletes(word)} for other in self.by_rest.get(rest, ())}
        near.discard(word)
        return sorted(other for other in near if OSA.distance(word, other, score_cutoff=1) == 1)

    def best(self, word: str) -> str | None:
        """The most frequent of them."""
        return max(self.around(word), key=lambda other: (self.counts[other], other), default=None)


def _deletes(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))

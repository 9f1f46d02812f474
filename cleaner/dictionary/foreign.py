"""English words worth knowing, so that "software" or "launching" is not taken for a misspelling.

Knowing all of a big English list would be harmful: it accepts "mask" for "masuk" and "tone" for "tong".
A word is taken if Indonesian text really uses it, or if it is not one letter away from a frequent
Indonesian word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import log

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.sources import Sources


class Letters:
    """Does a word look English or Indonesian? A naive Bayes model over letter triples."""

    def __init__(self, indonesian: Iterable[str], english: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter(t for word in indonesian for t in _triples(word))
        self.english: Counter[str] = Counter(t for word in english for t in _triples(word))
        self.total, self.total_english = sum(self.counts.values()), sum(self.english.values())

    def looks_english(self, word: str) -> float:
        """Log odds per letter that ``word`` is English; above 0 it rather is."""
        score = 0.0
        for triple in _triples(word):
            score += log((self.english[triple] + 0.5) / (self.total_english + 0.5 * 27**3))
            score -= log((self.counts[triple] + 0.5) / (self.total + 0.5 * 27**3))
        return score / len(word)


def _triples(word: str) -> list[str]:
    padded = f"^{word}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def find_english(counts: Counts, sources: Sources, near_frequent: Callable[[str], bool]) -> dict[str, int]:
    """English word -> its count in the corpus. ``near_frequent`` sees Indonesian neighbours."""
    chosen = {}
    for word in sorted(sources.english):
        if not word.isalpha() or len(word) < 2:
            continue
        seen = counts.words[word]
        # Of ten occurrences and more not all are slips, whatever is near.
        if seen >= 10 or ((seen >= MINIMUM or len(word) > 3) and not near_frequent(word)):
            chosen[word] = seen
    return chosen

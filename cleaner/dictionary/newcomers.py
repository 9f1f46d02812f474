"""Words that no list has: which does the corpus carry all the same?

A word of many texts that is like no other word is vocabulary ("linimasa", "gamifikasi"). Most of the others
are slips in long words ("direncakan"), words run together ("gempabumi", "dilihatdetikcom"), or verbs
without the sound change ("mengkolaborasikan").
"""

from __future__ import annotations

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.pairs import changed_sound
from cleaner.dictionary.slips import ENOUGH

WIDE = 5
"""Blocks of text that a word must stand in which only the corpus knows. With three of them "eksavator" and
"extrim" came in, which then were not corrected any more."""
_SHORTEST = 5
_LONG, _KNOWN = 8, 50  # letters of a word with few neighbours by chance; occurrences of what it may be
_PART, _COMMON = 4, 200  # letters and occurrences of each of two words run together


class NewWords:
    """The words of ``counts`` that need no list."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.frequent: list[str] = sorted(
            w for w, n in counts.lower.items() if n >= _KNOWN and len(w) >= _LONG - 2
        )

    def reason(self, word: str, seen: int) -> str:
        """Why ``word`` stands on the corpus alone; empty if it does not."""
        if seen < ENOUGH or self.counts.spread[word] < WIDE:
            return ""
        if not word.isalpha() or len(word) < _SHORTEST:
            return ""
        if self.is_glued(word, seen) or self.is_slip(word, seen) or changed_sound(word):
            return ""
        return "corpus, in many texts"

    def is_glued(self, word: str, seen: int) -> bool:
        """Is it two words that also stand apart, or with a hyphen between, or two very common ones?"""
        lower, words, pairs = self.counts.lower, self.counts.words, self.counts.bigrams
        for i in range(2, len(word) - 1):
            first, second = word[:i], word[i:]
            if lower[f"{first}-{second}"] >= MINIMUM:
                return True
            if pairs.get((first, second), 0.0) >= max(MINIMUM, seen / 4):
                return True
            if min(i, len(word) - i) >= _PART and min(words[first], words[second]) >= _COMMON:
                return True
        return False

    def is_slip(self, word: str, seen: int) -> bool:
        """Is a long word within two edits of one that is far more frequent?"""
        if len(word) < _LONG:
            return False
        found = extractOne(word, self.frequent, scorer=OSA.distance, score_cutoff=2)
        return found is not None and self.counts.lower[found[0]] >= 10 * seen

"""English words worth knowing, so that "software" or "launching" is not taken for a misspelling.

Knowing all of a big English list would be harmful: it accepts "mask" for "masuk" and "tone" for "tong".
A word is taken if Indonesian text really uses it, or if it is among the commonest of English and is not
one letter away from a frequent Indonesian word.
"""

from __future__ import annotations

from collections.abc import Callable

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.sources import Sources

COMMON = 20_000
"""Rank in the English list up to which a word is taken without evidence."""


def find_english(counts: Counts, sources: Sources, near_frequent: Callable[[str], bool]) -> dict[str, int]:
    """English word -> its count in the corpus. ``near_frequent`` sees Indonesian neighbours."""
    ranked = sorted(sources.english, key=lambda word: (-sources.english[word], word))
    common = set(ranked[:COMMON])
    chosen = {}
    for word in sorted(sources.english):
        if not word.isalpha() or len(word) < 2:
            continue
        seen = counts.words[word]
        if (seen >= MINIMUM and not (seen < 10 and near_frequent(word))) or (
            word in common and len(word) > 3 and not near_frequent(word)
        ):
            chosen[word] = seen
    return chosen

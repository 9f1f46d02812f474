"""Words that resemble a misspelt one: the symmetric-delete index (SymSpell), made to be mapped.

Two words at edit distance 2 become equal when up to two letters are deleted from each. So every
dictionary word is filed under all forms it has after up to two deletions, and a misspelling is looked
up under all of its own. As in SymSpell only the first letters are filed; eight rather than its seven,
since seven do not tell "memperbaiki" from "memperbesar" well.

Two things differ from SymSpell, both for Indonesian and for a mapped file:

* What is filed is not the word but its *prefix*. So many words begin with "memper" or "keber" that
  the prefixes are half as many as the words. Words are stored as one text, sorted, so those of a
  prefix lie side by side and come out as one slice.
* The forms are not stored, only a bucket number, their hash. Strangers that share the bucket are
  thrown out together with words that are too far away, by computing the distance to each: rapidfuzz
  does that in C for the whole slice at once.

Distance is optimal string alignment: insertion, deletion, substitution, or transposition of two
neighbours, no part of a word edited twice.
"""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cleaner.spelling.data import data_file, open_table

CANDIDATES_TABLE = "candidates.bin"
PREFIX = 8
DISTANCE = 2


def deletions(prefix: bytes, distance: int = DISTANCE) -> set[bytes]:
    """``prefix`` and everything left of it after up to ``distance`` deletions.

    >>> sorted(deletions(b"apa", 1))
    [b'aa', b'ap', b'apa', b'pa']
    """
    found = layer = {prefix}
    for _ in range(distance):
        layer = {form[:i] + form[i + 1 :] for form in layer for i in range(len(form))}
        found = found | layer
    return found


class CandidateIndex:
    """Listed words near a given one."""

    def __init__(self, folder: Path | None = None) -> None:
        table = open_table(data_file(CANDIDATES_TABLE, folder))
        self._starts, self._prefixes = table["starts"], table["prefixes"]
        self._borders, self._text = table["borders"], table["text"]
        self._mask = len(self._starts) - 2

    @classmethod
    def open(cls, folder: Path | None = None) -> CandidateIndex:
        """Map the index in ``folder`` (None: the shipped one). Raises DictionaryError."""
        return cls(folder)

    def words(self) -> list[str]:
        """All indexed words, sorted."""
        return self._text.tobytes().decode().split()

    def lookup(self, word: str, max_distance: int = DISTANCE) -> list[tuple[str, int]]:
        """``(candidate, distance)`` of every indexed word at most ``max_distance`` (0-2) away.

        Sorted by distance, then alphabetically. ``word`` is in lower case; if it is indexed itself,
        it comes first with distance 0. Names are among the candidates, tell them by the lexicon.
        """
        starts, prefixes, mask = self._starts, self._prefixes, self._mask
        groups: set[int] = set()
        for form in deletions(word.encode()[:PREFIX], max_distance):
            bucket = crc32(form) & mask
            groups.update(prefixes[starts[bucket] : starts[bucket + 1]])
        borders, text = self._borders, self._text
        words = b"".join([text[borders[group] : borders[group + 1]] for group in groups]).decode().split()
        near = extract(word, words, scorer=OSA.distance, score_cutoff=max_distance, limit=None)
        return [(other, distance) for distance, other in sorted((int(d), other) for other, d, _ in near)]

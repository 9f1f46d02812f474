"""What may be wrong with a word, wherever it stands: the questions the speller asks of it in its contexts.

Tables come first (dimana, resiko, dgn), then the shape (capitals inside, letters drawn out, halves joined by
a hyphen), and what the dictionary does not hold or hardly ever sees is doubted (see `doubts`).

Start reading at `Suspicions.of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.spelling import casing
from cleaner.spelling.borders import mended
from cleaner.spelling.compounds import before_pun
from cleaner.spelling.doubts import examine
from cleaner.spelling.hyphens import is_bound, without_hyphen
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import Flag
from cleaner.spelling.listed import PAIR_RULES, SLIP
from cleaner.spelling.morphology import CLITICS, without_clitic
from cleaner.spelling.pairs import Pair, derived_pair
from cleaner.spelling.repeated import mended_halves, shortened
from cleaner.spelling.run_on import take_apart
from cleaner.spelling.shift import shifted
from cleaner.spelling.torn import is_fragment
from cleaner.spelling.unknown import Doubt

_BOUND_CAPITAL = re.compile(r"([Nn]on|[Aa]nti|[Pp]asca|[Aa]ntar)([A-Z]\w+)")
_WELL_KNOWN = 100
"""Least corpus count of a name whose capital is restored."""
_ACRONYM, _NAME = int(Flag.ACRONYM), int(Flag.NAME)
YOU = "anda"
"""Anda is the one pronoun with a capital, always (EYD V, capital letters)."""
RULES = {
    **{kind: (rule,) for kind, rule in PAIR_RULES.items()},
    "nonstandard": (PAIR_RULES["nonstandard"], SLIP),
    "elongation": ("slang.elongation",),
    "casing": ("typo.casing",),
    "name": ("typo.name",),
    "halves": ("typo.nonword",),
    "border": ("typo.nonword", "typo.split"),
    "shift": ("typo.nonword",),
    "run-on": ("typo.glue", "typo.split"),
    "number": ("typo.glue", "typo.split"),
    "hyphen": ("typo.split",),
    "hyphenated": ("typo.split",),
    "torn": ("typo.split",),
    "doubt": ("typo.nonword", "typo.realword", "typo.glue", "typo.split"),
}
"""The rules that may come of a suspicion, by its kind."""


@dataclass(slots=True)
class Suspicion:
    """A word that may be wrong, and what to ask about it."""

    word: str
    kind: str
    """One of `RULES`."""
    pair: Pair | None = None
    doubt: Doubt | None = None
    after: str = ""
    sure: float = 0.0


class Suspicions:
    """Asks of a word what the shipped knowledge makes doubtful about it."""

    def __init__(self, knowledge: Knowledge, ignore: frozenset[str]) -> None:
        """``ignore``: words in lower case that are never doubted."""
        self.knowledge = knowledge
        self.ignore = ignore

    def of(self, word: str) -> Iterator[Suspicion]:
        """What may be wrong with a word."""
        low, shape = word.lower(), casing.shape(word)
        if shape == "upper" or low in self.ignore or len(word) < 2:
            return
        if "-" in word and shape != "lower":
            # Rusia-Ukraina, Peraturan-peraturan: parts of names, or reduplication
            if shape == "initial" and is_bound(low):
                yield from self._hyphenated(word, low)
            return
        if shape == "mixed":
            bound = _BOUND_CAPITAL.fullmatch(word)
            after, sure = (f"{bound[1]}-{bound[2]}", 0.9) if bound else take_apart(word, self.knowledge)
            if after:
                yield Suspicion(word, "hyphen" if bound else "run-on", after=after, sure=sure)
            elif meant := shifted(word, self.knowledge):
                yield Suspicion(word, "shift", after=meant, sure=0.93)
            return
        joined = self._table(low, self.knowledge.joined) or before_pun(low, self.knowledge)
        if joined is not None:
            yield Suspicion(word, "joined", pair=joined)
            return
        if shape == "lower":
            cased = self._always_cased(low)
            if cased is not None:
                yield Suspicion(word, "casing", after=cased)
        slang = self.knowledge.slang.get(low)
        if slang is not None:
            yield Suspicion(word, "slang", pair=slang)
        short = shortened(low, self.knowledge)
        if short:
            yield Suspicion(word, "elongation", after=short)
        nonstandard = self._table(low, self.knowledge.nonstandard)
        if nonstandard is not None:
            yield Suspicion(word, "nonstandard", pair=nonstandard)
        elif "-" in word:
            halves = mended_halves(low, self.knowledge)
            if halves:
                yield Suspicion(word, "halves", after=halves)
            else:
                yield from self._hyphenated(word, low)
        elif (
            shape == "lower" and low not in self.knowledge.lexicon and (meant := mended(low, self.knowledge))
        ):
            yield Suspicion(word, "border", after=meant)
        else:
            if shape == "initial" and low not in self.knowledge.lexicon:
                yield Suspicion(word, "name")
            doubt = examine(low, shape, self.knowledge)
            if doubt is not None:
                nearest = doubt.corrections[0][0] if doubt.corrections else ""
                derived = derived_pair(low, nearest, self.knowledge.nonstandard)
                if derived is not None:  # berplat is no slip, but as non-standard as plat
                    yield Suspicion(word, "nonstandard", pair=derived)
                else:
                    yield Suspicion(word, "doubt", doubt=doubt)
            elif is_fragment(low, self.knowledge):
                yield Suspicion(word, "torn")

    def _hyphenated(self, word: str, low: str) -> Iterator[Suspicion]:
        joined, sure = without_hyphen(low, self.knowledge)
        if joined:
            yield Suspicion(word, "hyphenated", after=joined, sure=sure)

    def _always_cased(self, low: str) -> str | None:
        """The form with capitals of a well-known name that is hardly ever written without.

        Not of acronyms: "dna" for DNA is a matter of house style, and as often a slip for "dan".
        """
        lexicon = self.knowledge.lexicon
        if low == YOU:
            return YOU.capitalize()
        bits = lexicon.bits(low)
        if not bits & _NAME or bits & _ACRONYM or len(low) < 3 or lexicon.count(low) < _WELL_KNOWN:
            return None
        cased = lexicon.cased(low)
        return cased if cased != low else None

    def _table(self, low: str, table: dict[str, Pair]) -> Pair | None:
        """The entry for ``low`` or for what is left of it without a clitic: orangtuanya."""
        pair = table.get(low)
        if pair is None and low.endswith(CLITICS):
            for stem, clitic in without_clitic(low, 0):
                if known := table.get(stem):
                    return Pair(known.right + clitic, known.grade)
        return pair

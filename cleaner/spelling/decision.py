"""From evidence to a confidence that means what it says.

The readings of `unknown.rank` carry log odds that are right in order but not in size: contexts are
sparse, and nobody knows how often a new word comes along. A logistic regression over a handful of
features puts them on the scale of probabilities. It is trained and calibrated by
`benchmarks/train_decision.py`, and its weights are data: `dictionaries/decision.json`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import exp, log10
from operator import mul
from typing import NamedTuple

from cleaner.spelling.data import data_file
from cleaner.spelling.unknown import Reading


class Evidence(NamedTuple):
    """What the decision looks at besides the two best readings."""

    capital: bool
    """Capitalised in the middle of a sentence: most such words are names."""
    opening: bool
    """Capitalised at the start of a sentence."""
    beside_capitals: int
    """Capitalised neighbours (0-2) of a word in small letters: "Universitas varat Daya"."""
    name: bool
    """Listed as a name."""
    known: bool
    """Listed as Indonesian: a possible real-word error."""
    derived: bool
    """In no list, but rightly derived from a listed root: "mendukun" (from dukun)."""
    slang: bool
    """A spoken or short form that people write on purpose: "dateng", "dgn"."""
    repeats: bool
    """The document has the word more than once."""
    seen: int
    """How often the corpus has it, unless it is listed or known for a misspelling ("memilki")."""
    letters: float
    """log10 probability of its letters by the character model."""
    strange: int
    """Neighbouring words (0-2) that are foreign or unknown as well: a quotation, a title, a program."""
    common_part: bool
    """Of words run together one is a function word: "keretadi"."""
    echoed: float
    """Has the document the best reading elsewhere, or a longer part of it (0..1)? See `echoes`."""


class Features(NamedTuple):
    """The regression's inputs, all within a few units of zero.

    The products ("a_x_b") were chosen by what they add to the likelihood of examples not trained on.
    """

    bias: float
    odds: float
    margin: float
    fit: float
    frequency: float
    fit_x_frequency: float
    """A frequent word fits many places by chance, a rare one only where it belongs."""
    length: float
    capital: float
    capital_x_frequency: float
    opening: float
    name: float
    known: float
    known_x_odds: float
    derived: float
    derived_x_odds: float
    slang: float
    repeats: float
    repeats_x_missing: float
    """A finger that slipped does not slip twice alike; a writer who leaves letters out may."""
    seen: float
    echoed: float
    """Any text has "dan" somewhere; that it has "penyegelan" tells what "penyegalan" is."""
    slip: float
    slip_x_beside_capitals: float
    swapped: float
    ending: float
    ending_x_slip: float
    glued: float
    glued_x_fit: float
    glued_x_echoed: float
    glued_x_strange: float
    common_part_x_odds: float
    odd_letters: float


def features(best: Reading, second: Reading, right: Reading, evidence: Evidence) -> Features:
    """What the regression sees of the two best readings, of the one that all is right, and of evidence."""
    odds = _clip(best.score - right.score, -8, 8) / 4
    fit = _clip(best.fit, -4, 6) / 4
    count = log10(1 + best.frequency) - 3
    size = len(right.after)
    glued = best.kind == "glued"
    slip = 0.0 if glued else _clip(best.slip, -8, 0) / 4 + 1
    ending = not glued and best.after[-2:] != right.after[-2:]
    return Features(
        bias=1.0,
        odds=odds,
        margin=_clip(best.score - second.score, 0, 4) / 2,
        fit=fit,
        frequency=count,
        fit_x_frequency=fit * count,
        length=_clip(size, 3, 14) / 5 - 1.4,
        capital=evidence.capital,
        capital_x_frequency=evidence.capital * count,
        opening=evidence.opening,
        name=evidence.name,
        known=evidence.known,
        known_x_odds=evidence.known * odds,
        derived=evidence.derived,
        derived_x_odds=evidence.derived * odds,
        slang=evidence.slang,
        repeats=evidence.repeats,
        repeats_x_missing=evidence.repeats and best.kind == "missing",
        seen=log10(1 + evidence.seen),
        echoed=0.0 if glued else evidence.echoed * _clip(1 - count / 3, 0, 2),
        slip=slip,
        slip_x_beside_capitals=slip * evidence.beside_capitals,
        swapped=best.kind == "swapped",
        ending=ending,
        ending_x_slip=ending * slip,
        glued=glued,
        glued_x_fit=glued * fit,
        glued_x_echoed=glued * evidence.echoed,
        glued_x_strange=glued * evidence.strange,
        common_part_x_odds=(glued and evidence.common_part) * odds,
        odd_letters=_clip(-evidence.letters / (1 + size), 0.6, 1.6) - 1.0,
    )


def _clip(value: float, low: float, high: float) -> float:
    return low if value < low else min(value, high)


@lru_cache(maxsize=1)
def weights() -> Features:
    """The trained weights. Raises DictionaryError if the file is missing."""
    return Features(**json.loads(data_file("decision.json").read_text(encoding="utf-8"))["weights"])


def confidence(values: Features) -> float:
    """Probability that the best reading is what was meant, 0..1."""
    return 1 / (1 + exp(-sum(map(mul, weights(), values))))

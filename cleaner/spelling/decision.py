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


def features(best: Reading, second: Reading, right: Reading, evidence: Evidence) -> dict[str, float]:
    """The regression's inputs, all within a few units of zero.

    The products were chosen by what they add to the likelihood of examples that were not trained on.
    """
    odds = _clip(best.score - right.score, -8, 8) / 4
    fit = _clip(best.fit, -4, 6) / 4
    count = log10(1 + best.frequency) - 3
    glued = best.kind == "glued"
    slip = 0.0 if glued else _clip(best.slip, -8, 0) / 4 + 1
    return {
        "bias": 1.0,
        "odds": odds,
        "margin": _clip(best.score - second.score, 0, 4) / 2,
        "fit": fit,
        "count": count,
        # A frequent word fits many places by chance, a rare one only where it belongs.
        "fit x count": fit * count,
        "length": _clip(len(right.after), 3, 14) / 5 - 1.4,
        "capital": float(evidence.capital),
        "capital x count": evidence.capital * count,
        "opening": float(evidence.opening),
        "name": float(evidence.name),
        "known": float(evidence.known),
        "known x odds": evidence.known * odds,
        "derived": float(evidence.derived),
        "derived x odds": evidence.derived * odds,
        "slang": float(evidence.slang),
        "repeats": float(evidence.repeats),
        # A finger that slipped does not slip twice alike, a writer who leaves letters out may.
        "repeats x missing": float(evidence.repeats and best.kind == "missing"),
        "seen": log10(1 + evidence.seen),
        # Any text has "dan" somewhere; that it has "penyegelan" tells what "penyegalan" is.
        "echoed": evidence.echoed * (not glued) * _clip(1 - count / 3, 0, 2),
        "slip": slip,
        "slip x beside capitals": slip * evidence.beside_capitals,
        "slip x ending": slip * (not glued and best.after[-2:] != right.after[-2:]),
        "swapped": float(best.kind == "swapped"),
        "glued": float(glued),
        "glued x fit": glued * fit,
        "glued x echoed": glued * evidence.echoed,
        "glued x strange": float(glued * evidence.strange),
        "common part x odds": (glued and evidence.common_part) * odds,
        "ending": float(not glued and best.after[-2:] != right.after[-2:]),
        "odd letters": _clip(-evidence.letters / (1 + len(right.after)), 0.6, 1.6) - 1.0,
    }


def _clip(value: float, low: float, high: float) -> float:
    return low if value < low else min(value, high)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The trained weights, by feature. Raises DictionaryError if the file is missing."""
    loaded: dict[str, float] = json.loads(data_file("decision.json").read_text(encoding="utf-8"))["weights"]
    return loaded


def confidence(values: dict[str, float]) -> float:
    """Probability that the best reading is what was meant, 0..1."""
    trained = weights()
    return 1 / (1 + exp(-sum(trained[name] * value for name, value in values.items())))

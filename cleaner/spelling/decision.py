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
    foreign: bool
    """Listed as English."""
    name: bool
    """Listed as a name."""
    known: bool
    """Listed as Indonesian: a possible real-word error."""
    derived: bool
    """In no list, but rightly derived from a listed root: "mendukun" (from dukun)."""
    misspelt: bool
    """Turned down when the dictionary was built: "memilki" beside "memiliki"."""
    doubtful: bool
    """A word so rare beside a neighbour that it is hardly ever meant: "uga" beside "juga"."""
    slang: bool
    """A spoken or short form that people write on purpose: "dateng", "dgn"."""
    repeats: int
    """How often the document has the word."""
    seen: int
    """How often the corpus has it."""
    letters: float
    """log10 probability of its letters by the character model."""
    strange: int
    """Neighbouring words (0-2) that are foreign or unknown as well: a quotation, a title."""


def features(best: Reading, second: Reading, right: Reading, evidence: Evidence) -> dict[str, float]:
    """The regression's inputs, all within a few units of zero."""
    odds = best.score - right.score
    glued = best.kind == "glued"
    return {
        "bias": 1.0,
        "odds": _clip(odds, -8, 8) / 4,
        "margin": _clip(best.score - second.score, 0, 4) / 2,
        "fit": _clip(best.fit, -4, 6) / 4,
        "count": log10(1 + best.frequency) - 3,
        "length": _clip(len(right.after), 3, 14) / 5 - 1.4,
        "capital": float(evidence.capital),
        "opening": float(evidence.opening),
        "foreign": float(evidence.foreign),
        "name": float(evidence.name),
        "known": float(evidence.known),
        "derived": float(evidence.derived),
        "derived x odds": _clip(odds, -8, 8) / 4 * evidence.derived,
        "misspelt": float(evidence.misspelt),
        "doubtful": float(evidence.doubtful),
        "slang": float(evidence.slang),
        "repeats": float(evidence.repeats > 1),
        # For a listed word the language model has this already, as the word's own probability; and that
        # a misspelling is frequent does not make it right.
        "seen": 0.0 if evidence.known or evidence.misspelt else log10(1 + evidence.seen),
        "known x odds": _clip(odds, -8, 8) / 4 * evidence.known,
        "strange": float(evidence.strange),
        "two slips": float(best.kind == "two slips"),
        "glued": float(glued),
        "capital x odds": _clip(odds, -8, 8) / 4 * evidence.capital,
        "glued x fit": _clip(best.fit, -4, 6) / 4 * glued,
        "odd letters": _clip(-evidence.letters / (1 + len(right.after)), 0.6, 1.6) - 1.0,
        "swapped": float(best.kind == "swapped"),
        "vowel": float(best.kind == "substituted" and _vowel_for_vowel(best.after, right.after)),
        "doubled": float(_one_of_a_pair(best.after, right.after)),
        "ending": float(not glued and best.after[-2:] != right.after[-2:]),
        "long x lower": (_clip(len(right.after), 3, 14) / 5 - 1.4)
        * (not evidence.capital and not evidence.opening),
    }


def _vowel_for_vowel(meant: str, typed: str) -> bool:
    """padat, padet: dialects and spelling habits differ in vowels, fingers in anything."""
    return len(meant) == len(typed) and all(
        a == b or (a in "aiueo" and b in "aiueo") for a, b in zip(meant, typed, strict=True)
    )


def _one_of_a_pair(meant: str, typed: str) -> bool:
    """menunjukkan, menunjukan: one of two equal letters is missing, or one letter is typed twice."""
    longer, shorter = (meant, typed) if len(meant) > len(typed) else (typed, meant)
    return len(longer) == len(shorter) + 1 and any(
        longer[i] == longer[i + 1] and longer[:i] + longer[i + 1 :] == shorter for i in range(len(shorter))
    )


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

"""What each part of the typo stage is worth: the figures of accuracy.py with one part off in turn.

    python benchmarks/ablation.py                  all parts; weights of the decision as shipped
    python benchmarks/ablation.py --refit          ... and the decision trained anew without the part
    python benchmarks/ablation.py --only context   one part

A part is switched off from outside, by putting something simpler in its place: the package has no
options for it. Weights trained with a part are wrong without it, and no user would keep them; so
`--refit` shows what the rest could do if it had been built that way, on the same examples.

Where the gold (../shared) is absent this script says so and ends well.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from math import log10
from typing import Any
from unittest.mock import patch

import accuracy
from peers import ACCURACY, GOLD, head, line, score
from train_decision import examples, fit

from cleaner import Cleaner, Config
from cleaner.spelling import (
    channel,
    decision,
    doubts,
    hyphens,
    phrases,
    sentence_starts,
    speller,
    suspicions,
    unknown,
)
from cleaner.spelling.candidates import CandidateIndex
from cleaner.spelling.language_model import LanguageModel, Window
from cleaner.spelling.neighbours import Neighbours
from cleaner.spelling.speller import Speller

SURE = 0.99
_LETTERS = 26


def context(off: ExitStack) -> None:
    """No n-gram has ever been seen: the model is left with the frequency of single words."""

    class Alone(Window):
        def __init__(self, model: LanguageModel, right: Sequence[str]) -> None:
            self.model = model
            self.without = sum(map(model.alone, right[:2]))

        def score(self, words: Sequence[str]) -> float:
            return sum(map(self.model.alone, words)) + self.without

    off.enter_context(patch.object(LanguageModel, "window", lambda self, _, right: Alone(self, right)))
    off.enter_context(patch.object(LanguageModel, "bigram", lambda *_: 0.0))


def guards(off: ExitStack) -> None:
    """Names, foreign words, spoken forms and what the text repeats are words like any other."""

    class Evidence(decision.Evidence):
        """Evidence that has not looked for a guard."""

        def __new__(cls, **seen: Any) -> Evidence:
            hidden = {"capital": False, "opening": False, "beside_capitals": 0, "name": False}
            return super().__new__(cls, **{**seen, **hidden, "repeats": False, "strange": 0})

    off.enter_context(patch.object(doubts, "_NAME", 0))
    off.enter_context(patch.object(doubts, "_FOREIGN", 0))
    off.enter_context(patch.object(speller, "ceiling", lambda *seen: seen[2]))
    off.enter_context(patch.object(doubts, "Evidence", Evidence))
    off.enter_context(patch.object(doubts, "is_colloquial", lambda *_: False))


def second_slip(off: ExitStack) -> None:
    """Candidates at distance 1 only."""
    lookup = CandidateIndex.lookup

    def near(self: CandidateIndex, word: str, max_distance: int = 1) -> list[tuple[str, int]]:
        return lookup(self, word, min(1, max_distance))

    off.enter_context(patch.object(CandidateIndex, "lookup", near))


def trained_decision(off: ExitStack) -> None:
    """Plain log odds: whatever is likelier than that the word is right is applied."""
    off.enter_context(patch.object(speller, "confidence", lambda seen: SURE if seen.odds > 0 else 0.0))


def weighted_channel(off: ExitStack) -> None:
    """Every single slip is as likely as any other, keyboard or not, and two cost twice as much."""

    def uniform(meant: str, typed: str) -> tuple[float, str]:
        weighted, kind = channel.score(meant, typed)
        size = len(meant)
        one = -log10(size + (_LETTERS - 1) * size + _LETTERS * (size + 1) + size - 1)
        return (weighted if weighted <= -20 else one * (1 + (kind == "two slips"))), kind

    off.enter_context(patch.object(unknown, "channel_score", uniform))


def run_on_words(off: ExitStack) -> None:
    """Nothing is taken apart: neither "duniadengan" nor "PresidenDonald"."""
    off.enter_context(patch.object(doubts, "splits", lambda *_: ()))
    off.enter_context(patch.object(suspicions, "take_apart", lambda *_: ("", 0.0)))


def neighbours(off: ExitStack) -> None:
    """No slip is seen that takes two words: "dan dan", "di lakukan", "sehari hari"."""
    off.enter_context(patch.object(Neighbours, "propose", lambda *_: iter(())))


def echoes(off: ExitStack) -> None:
    """What the document has elsewhere tells nothing."""
    off.enter_context(patch.object(doubts, "echoed", lambda *_: 0.0))


def phrases_and_hyphens(off: ExitStack) -> None:
    """No phrase is known ("meski pun"), no hyphen is out of place, no sentence lacks its capital."""
    off.enter_context(patch.object(phrases, "phrases", lambda *_: iter(())))
    off.enter_context(patch.object(sentence_starts, "sentence_starts", lambda *_: iter(())))
    for name in ("loose_hyphens", "ordinals"):
        off.enter_context(patch.object(hyphens, name, lambda *_: iter(())))
    off.enter_context(patch.object(suspicions, "without_hyphen", lambda *_: ("", 0.0)))


PARTS: dict[str, Callable[[ExitStack], None]] = {
    "nothing": lambda _: None,
    "context": context,
    "guards": guards,
    "second slip": second_slip,
    "trained decision": trained_decision,
    "weighted channel": weighted_channel,
    "run-on words": run_on_words,
    "neighbours": neighbours,
    "echoes": echoes,
    "phrases and hyphens": phrases_and_hyphens,
}
"""What can be switched off, by name."""

UNTRAINED = ("trained decision", "neighbours")
"""Parts that the training of the decision does not see."""


@contextmanager
def without(part: str, refit: bool) -> Iterator[None]:
    """The package with one part off, its decision trained anew with ``refit``."""
    with ExitStack() as off:
        PARTS[part](off)
        if refit:
            trained = decision.Features(*fit(examples(Speller())))
            off.enter_context(patch.object(decision, "weights", lambda: trained))
        yield


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--refit", action="store_true", help="train the decision anew without the part")
    parser.add_argument("--only", choices=PARTS, help="one part")
    arguments = parser.parse_args()
    if not all((accuracy.SHARED / name).exists() for name in GOLD):
        print("skipped: the development gold (../shared) is not on this machine")
        return 0
    print(head("without", ACCURACY), flush=True)
    for part in [arguments.only] if arguments.only else PARTS:
        if arguments.refit and part in UNTRAINED:
            continue
        with without(part, arguments.refit):
            news, typos = Cleaner(Config(profile="news")), Cleaner(Config(profile="typos"))
            figures = score(news, typos, accuracy.Show())
        name = f"{part}, trained anew" if arguments.refit else part
        print(line(name, figures, ACCURACY), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

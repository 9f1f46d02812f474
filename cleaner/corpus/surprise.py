"""Which repeated phrases are no prose: those more frequent than the language model would have them.

The model knows the phrases of news prose. That "di Jakarta" repeats surprises nobody; "Baca juga :" is rare
in sentences, and yet stands in every second document of some outlets.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from cleaner.corpus.phrases import DAY, EDGES, MONTH, NUMBER, Phrase
from cleaner.corpus.templates import INITIALS, NAME
from cleaner.spelling.language_model import MARK, LanguageModel
from cleaner.spelling.language_model import NUMBER as MODEL_NUMBER

_SAME = 0.9
"""A phrase so much of which lies inside a longer one is the longer one."""


class Prose:
    """How often running text of ``length`` tokens would have a phrase, by the language model."""

    def __init__(self, length: float, model: LanguageModel) -> None:
        self._length, self._model = length, model

    def surprise(self, elements: Iterable[str], share: float) -> float:
        """log10 of how many times more frequent a phrase is than expected; 0 if it has no word."""
        words: list[str] = []
        for element in elements:
            if element in EDGES or element in (NAME, INITIALS):
                continue
            if element == NUMBER:
                word = MODEL_NUMBER
            elif element in (DAY, MONTH):
                word = "senin" if element == DAY else "januari"
            else:
                word = element.lower() if element[0].isalnum() else MARK
            if word != MARK or (words and words[-1] != MARK):
                words.append(word)
        if not any(word[0].isalpha() and len(word) > 1 for word in words):
            return 0.0
        expected = self._length * 10 ** self._model.score([], words, [])
        return math.log10(share / min(1.0, max(expected, 1e-12)))


def promising(phrases: Sequence[Phrase], documents: int, prose: Prose, least: float) -> list[Phrase]:
    """The phrases worth growing, most frequent first: surprising, and with a break on one side at least.

    A phrase inside a longer one that is nearly as frequent is left out: the longer one says it all.
    """
    longer: dict[tuple[str, ...], list[Phrase]] = {}
    for phrase in phrases:
        for part in {phrase.forms[1:], phrase.forms[:-1]}:
            longer.setdefault(part, []).append(phrase)
    chosen = []
    for phrase in phrases:
        if any(
            other.documents >= _SAME * phrase.documents
            and _stands_free(other) >= _SAME * _stands_free(phrase)
            for other in longer.get(phrase.forms, ())
        ):
            continue
        side = max(phrase.after_break, phrase.before_break) / phrase.documents
        if side * prose.surprise(phrase.forms, phrase.documents / documents) >= least:
            chosen.append(phrase)
    return sorted(chosen, key=lambda phrase: -phrase.documents)


def _stands_free(phrase: Phrase) -> float:
    return min(phrase.after_break, phrase.before_break) / phrase.documents

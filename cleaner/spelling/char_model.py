"""How much does an unknown string look like a word? A character model of order four.

"Unknown" is not "wrong": new words, names and foreign words arrive every day, and most of them look
like words (*zoonotik*, *Febriano*, *bonfire*), while most typos look a little less so (*jaringn*,
*adlaah*). The model gives log10 P(letters | it is some new word), the mixture of three sources:
Indonesian words, names, English words, each an interpolated 4-gram model with Witten-Bell smoothing
(Bell, Witten & Cleary 1989) over the word *types* of its list, since a new word resembles rare types
more than frequent tokens.

A model is a table of 27**4 bytes: the quantised -log10 P(d | a, b, c) at index abcd, letters a-z as
1..26 and 0 for the border of the word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import product
from math import log10

_SIZE = 27
_STEP = 1 / 40
"""Resolution of a stored value in log10; 255 steps reach down to 10 ** -6.4."""


def train(words: Iterable[str]) -> bytes:
    """The table of a model of these word types (a-z only, others are skipped): 27**4 bytes."""
    counts: list[Counter[tuple[int, ...]]] = [Counter() for _ in range(5)]
    for word in words:
        codes = _codes(word)
        if codes is None:
            continue
        for i in range(3, len(codes)):
            for order in range(1, 5):
                counts[order][tuple(codes[i - order + 1 : i + 1])] += 1
    totals: list[Counter[tuple[int, ...]]] = [Counter() for _ in range(5)]
    kinds: list[Counter[tuple[int, ...]]] = [Counter() for _ in range(5)]
    for order in range(1, 5):
        for gram, n in counts[order].items():
            totals[order][gram[:-1]] += n
            kinds[order][gram[:-1]] += 1

    def probability(gram: tuple[int, ...]) -> float:
        if not gram:
            return 1 / _SIZE
        order, history = len(gram), gram[:-1]
        total, kind = totals[order][history], kinds[order][history]
        lower = shorter(gram[1:])
        return lower if not total else (counts[order][gram] + kind * lower) / (total + kind)

    @cache
    def shorter(gram: tuple[int, ...]) -> float:
        return probability(gram)

    @cache
    def row(history: tuple[int, ...]) -> bytes:
        if len(history) > 1 and not totals[len(history) + 1][history]:
            return row(history[1:])  # nothing is known of the longer one
        return bytes(min(255, round(-log10(probability((*history, d))) / _STEP)) for d in range(_SIZE))

    return b"".join(row(history) for history in product(range(_SIZE), repeat=3))


def log_probability(word: str, tables: Iterable[bytes | memoryview]) -> float:
    """log10 P(letters of ``word``, and that it ends there), mixed evenly over ``tables``.

    ``word`` in lower case; a letter outside a-z counts as very unlikely.
    """
    codes = _codes(word)
    if codes is None:
        return -2.0 * len(word) - 1
    index, places = 0, []
    for code in codes[3:]:
        index = (index * _SIZE + code) % _SIZE**4
        places.append(index)
    total, n = 0.0, 0
    for table in tables:
        cost = sum(map(table.__getitem__, places))
        total += 10 ** (-cost * _STEP)
        n += 1
    return log10(total / n) if total else -6.4 * len(word)


def _codes(word: str) -> list[int] | None:
    """``word`` as letter codes with its borders, or None if it has other letters."""
    codes = [ord(letter) - 96 for letter in word]
    if any(not 1 <= code <= 26 for code in codes):
        return None
    return [0, 0, 0, *codes, 0]

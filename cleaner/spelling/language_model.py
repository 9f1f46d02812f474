"""How likely a word is where it stands: word n-grams up to three, learnt from Indonesian news.

Text becomes tokens first, here and in the builder alike (`sentences`, `normalise_token`): words in
lower case; every number is ``<num>``; any run of marks inside a sentence is one ``<p>``; a sentence is
enclosed in ``<s>`` and ``</s>``.

The n-grams are keys of one mapped trie ("di bawah", "di bawah umur"), their counts one byte each in an
array. Probabilities are interpolated in the Bayesian way (a Dirichlet prior whose mean is the shorter
context):

    p(w | u v) = (c(u v w) + m(u v) p(w | v)) / (c(u v) + m(u v))
    p(w | v)   = (c(v w)   + m(v)   p(w))     / (c(v)   + m(v))
    p(w)       = (c(w) + m0 / V) / (N + m0)

which needs no counts but those of the n-grams themselves. The weight m of the shorter context stands
for the number of different words that follow, and grows with the count as that does (Heaps' law):
m = 1 + k c^b. The constants were chosen for the lowest perplexity on held-out news.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import marisa_trie

from cleaner.spelling.data import data_file, open_table, open_trie
from cleaner.spelling.lexicon import COUNTS, WORDS_TABLE, WORDS_TRIE

NGRAMS_TRIE, NGRAMS_TABLE = "ngrams.marisa", "ngrams.bin"
START, END, NUMBER, MARK = "<s>", "</s>", "<num>", "<p>"

WORD_OR_MARK = re.compile(
    r"[^\W\d_][^\W_]*(?:[-'’][^\W_]+)*"  # a word: "kata-kata", "Jum'at", "Covid-19"
    r"|\d[^\W_]*(?:[.,:/]\d[^\W_]*|-[^\W_]+)*"  # a number: "1.250,5", "10:30", "1990-an", "3D"
    r"|[^\w\s]+|_+"  # marks
)
_ABBREVIATIONS = (
    "Dr dr Drs Dra Prof Ir Hj St Jl Jln No Tgl Hlm Kol Jend Letjen Mayjen Brigjen Kab Kec Kel Prov Rp Tbk "
    "Bpk Sdr vs dll dsb dst dkk tsb"
).split()
_STOP = re.compile(
    r"(?<![\s(.][A-Z])(?<!^[A-Z])"  # not after an initial: "H. Ahmad"
    + "".join(rf"(?<!\b{word})" for word in _ABBREVIATIONS)
    + r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_a-z]|\s*$)"
)

_M0, _VOCABULARY = 1_000_000.0, 200_000
_WEIGHT_AFTER_WORD = tuple(1 + 6 * count**0.7 for count in COUNTS)
_WEIGHT_AFTER_PAIR = tuple(1 + 9 * count**0.7 for count in COUNTS)

_MAYBE_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?:\s|$)")
"""What every stop has, without the exceptions: quick to search for."""


def sentences(line: str) -> list[str]:
    """The sentences of one paragraph, without their closing stop."""
    return [sentence for sentence in _cut(line) if sentence.strip()]


def _cut(part: str) -> list[str]:
    """Sentences of a part of a line. The costly pattern is only tried where there may be a stop."""
    pieces, start = [], 0
    for maybe in _MAYBE_STOP.finditer(part):
        stop = _STOP.match(part, maybe.start())
        if stop:
            pieces.append(part[start : stop.start()])
            start = stop.end()
    return [*pieces, part[start:]]


def normalise_token(token: str) -> str:
    """A raw token as the model knows it: "Rumah" -> "rumah", "10.30" -> "<num>", "," -> "<p>"."""
    first = token[0]
    if first.isalpha():
        return token.lower().replace("’", "'")
    return NUMBER if first.isdigit() else MARK


def tokens(sentence: str) -> list[str]:
    """The normal tokens of one sentence, without marks at its ends and without ``<s>``, ``</s>``."""
    normal: list[str] = []
    for raw in WORD_OR_MARK.findall(sentence):
        token = normalise_token(raw)
        if token != MARK or (normal and normal[-1] != MARK):
            normal.append(token)
    if normal and normal[-1] == MARK:
        normal.pop()
    return normal


_REACH = 60  # characters that surely hold two tokens


def context(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """The (at most) two tokens left and right of ``text[start:end]``, ``<s>`` and ``</s>`` included."""
    left_text = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    right_text = text[end : end + _REACH].partition("\n")[0]
    # A word stands for the span, so that a stop beside it is seen as one ("... jalan. Diduga ...").
    left_sentence = _cut(left_text + "X")[-1].removesuffix("X")
    right_sentence = _cut("x" + right_text)[0].removeprefix("x")
    left = [START, *_with_mark(left_sentence, at_end=True)]
    right = [*_with_mark(right_sentence, at_end=False), END]
    return left[-2:], right[:2]


def _with_mark(part: str, at_end: bool) -> list[str]:
    """Like `tokens`, but keeping a mark on the side where the sentence goes on."""
    inner = tokens(f"{part} x" if at_end else f"x {part}")
    return inner[:-1] if at_end else inner[1:]


_REMEMBER = 1 << 16


def _remembered(trie: marisa_trie.Trie, codes: memoryview) -> Callable[[str], int]:
    """Look-up of the code of a key of ``trie``, with a bounded memory."""
    find = trie.get

    @lru_cache(_REMEMBER)
    def code(key: str) -> int:
        number = find(key, -1)
        return codes[number] if number >= 0 else 0

    return code


class LanguageModel:
    """Approximate n-gram counts and the probabilities made of them."""

    def __init__(self, folder: Path | None = None) -> None:
        counts = open_table(data_file(WORDS_TABLE, folder))["counts"]
        table = open_table(data_file(NGRAMS_TABLE, folder))
        self.total = float(table["total"][0])
        # The code of the count of a word or n-gram, 0 if it is not there. The readings of one doubtful word
        # share most of their n-grams, and common ones come again in the next text.
        self._word = _remembered(open_trie(data_file(WORDS_TRIE, folder)), counts)
        self._ngram = _remembered(open_trie(data_file(NGRAMS_TRIE, folder)), table["counts"])

    @classmethod
    def open(cls, folder: Path | None = None) -> LanguageModel:
        """Map the model in ``folder`` (None: the shipped one). Raises DictionaryError."""
        return cls(folder)

    def unigram(self, word: str) -> float:
        """About how often ``word`` occurs."""
        return COUNTS[self._word(word)]

    def bigram(self, first: str, second: str) -> float:
        """About how often the two words occur side by side; 0 if less than three times."""
        return COUNTS[self._ngram(f"{first} {second}")]

    def trigram(self, first: str, second: str, third: str) -> float:
        """About how often the three words occur side by side; 0 if less than three times."""
        return COUNTS[self._ngram(f"{first} {second} {third}")]

    def probability(self, word: str, left: Sequence[str]) -> float:
        """p(word | the last two tokens of ``left``)."""
        p = (COUNTS[self._word(word)] + _M0 / _VOCABULARY) / (self.total + _M0)
        if left:
            last = left[-1]
            code = self._word(last)
            weight = _WEIGHT_AFTER_WORD[code]
            p = (COUNTS[self._ngram(f"{last} {word}")] + weight * p) / (COUNTS[code] + weight)
            if len(left) > 1 and (code := self._ngram(f"{left[-2]} {last}")):
                weight = _WEIGHT_AFTER_PAIR[code]
                triple = COUNTS[self._ngram(f"{left[-2]} {last} {word}")]
                p = (triple + weight * p) / (COUNTS[code] + weight)
        return p

    def score(self, left: Sequence[str], words: Sequence[str], right: Sequence[str]) -> float:
        """log10 p(words, right | left): compare it between candidates for ``words`` in one place.

        Two tokens of ``left`` and of ``right`` are looked at; more do not matter to a trigram model.
        """
        window = [*left[-2:], *words, *right[:2]]
        first = len(left[-2:])
        return sum(
            math.log10(self.probability(window[i], window[max(0, i - 2) : i]))
            for i in range(first, len(window))
        )

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

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import log10
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
    left = _plain_left(text, start)
    if left is None:
        line = text[max(0, start - _REACH) : start].rpartition("\n")[2]
        # A word stands for the span, so that a stop beside it is seen as one ("... jalan. Diduga ...").
        sentence = _cut(line + "X")[-1].removesuffix("X")
        left = [START, *tokens(f"{sentence} x")[:-1]]
    right = _plain_right(text, end)
    if right is None:
        line = text[end : end + _REACH].partition("\n")[0]
        sentence = _cut("x" + line)[0].removeprefix("x")
        right = [*tokens(f"x {sentence}")[1:], END]
    return left[-2:], right[:2]


def _plain_left(text: str, start: int) -> list[str] | None:
    """The two tokens left of ``start`` where they are plain words, perhaps with a comma; else None.

    Three contexts in four are, and looking for blanks is ten times as fast as taking a sentence apart.
    """
    if start == 0 or text[start - 1] == "\n":
        return [START]
    low = max(0, start - _REACH)
    if text[start - 1] != " " or (blank := text.rfind(" ", low, start - 1)) < 0:
        return None
    word = text[blank + 1 : start - 1]
    if word.isalpha():
        before = text.rfind(" ", low, blank)
        other = text[before + 1 : blank]
        if before >= 0 and other.isalpha():
            return [other.lower(), word.lower()]
        if before >= 0 and other[-1:] == "," and other[:-1].isalpha():
            return [MARK, word.lower()]
    elif word[-1:] == "," and word[:-1].isalpha():
        return [word[:-1].lower(), MARK]
    return None


def _plain_right(text: str, end: int) -> list[str] | None:
    """The same for the two tokens right of ``end``."""
    high = end + _REACH
    beside = text[end : end + 2]
    if beside == ", ":
        blank = text.find(" ", end + 2, high)
        word = text[end + 2 : blank]
        return [MARK, word.lower()] if blank >= 0 and word.isalpha() else None
    if beside[:1] != " " or (blank := text.find(" ", end + 1, high)) < 0:
        return None
    word = text[end + 1 : blank]
    if word.isalpha():
        behind = text.find(" ", blank + 1, high)
        other = text[blank + 1 : behind]
        if behind >= 0 and other[-1:] in (",", "."):
            other = other[:-1]
        if behind >= 0 and other.isalpha():
            return [word.lower(), other.lower()]
    elif word[-1:] == "," and word[:-1].isalpha() and text[blank + 1 : min(blank + 2, high)].isalpha():
        return [word[:-1].lower(), MARK]
    return None


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
        self.total: float = float(table["total"][0])
        self._unigram = [(count + _M0 / _VOCABULARY) / (self.total + _M0) for count in COUNTS]
        self._alone = [log10(p) for p in self._unigram]
        # The code of the count of a word or n-gram, 0 if it is not there. The readings of one doubtful word
        # share most of their n-grams, and common ones come again in the next text.
        self._word = _remembered(open_trie(data_file(WORDS_TRIE, folder)), counts)
        self._ngram = _remembered(open_trie(data_file(NGRAMS_TRIE, folder)), table["counts"])

    @classmethod
    def open(cls, folder: Path | None = None) -> LanguageModel:
        """Map the model in ``folder`` (None: the shipped one). Raises DictionaryError."""
        return cls(folder)

    def bigram(self, first: str, second: str) -> float:
        """About how often the two words occur side by side; 0 if less than three times."""
        return COUNTS[self._ngram(f"{first} {second}")]

    def alone(self, word: str) -> float:
        """log10 p(word), without a context."""
        return self._alone[self._word(word)]

    def score(self, left: Sequence[str], words: Sequence[str], right: Sequence[str]) -> float:
        """log10 p(words, right | left): compare it between candidates for ``words`` in one place.

        Two tokens of ``left`` and of ``right`` are looked at; more do not matter to a trigram model. To try
        several words in one place, make a `window` of it.
        """
        return self.window(left, right).score(words)

    def window(self, left: Sequence[str], right: Sequence[str]) -> Window:
        """The place between two tokens of ``left`` and two of ``right``, to try words in."""
        return Window(self._word, self._ngram, self._unigram, left[-2:], right[:2])


_ASK = -1
"""Instead of the code of a pair: it depends on the words."""


class Window:
    """One place in a text, in which words are tried (see `LanguageModel.window`).

    This is where the speller spends its time: what does not depend on the words is worked out once.
    """

    __slots__ = ("_left", "_ngram", "_right", "_unigram", "_word", "without")

    def __init__(
        self,
        word: Callable[[str], int],
        ngram: Callable[[str], int],
        unigram: Sequence[float],
        left: Sequence[str],
        right: Sequence[str],
    ) -> None:
        self._word, self._ngram, self._unigram = word, ngram, unigram
        first, last, last_code, pair_code = "", "", 0, 0
        for token in left:
            first, last = last, token
        if last:
            last_code = word(last)
            pair_code = ngram(f"{first} {last}") if first else 0
        self._left: tuple[str, str, int, int] = first, last, last_code, pair_code
        self._right: list[tuple[str, int, float, int]] = []
        """Each token with its code, p(it | the one before) and the code of that pair."""
        self.without: float = 0.0
        """log10 p(right), whatever comes before."""
        before, before_code = "", 0
        for token in right:
            code, pair = word(token), _ASK
            p = unigram[code]
            if before:
                pair = ngram(f"{before} {token}")
                weight = _WEIGHT_AFTER_WORD[before_code]
                p = (COUNTS[pair] + weight * p) / (COUNTS[before_code] + weight)
            self._right.append((token, code, p, pair))
            self.without += log10(p)
            before, before_code = token, code

    def score(self, words: Sequence[str]) -> float:
        """log10 p(words, right | left)."""
        # One walk, in which the count of a pair is asked for once, as "what comes now" and, one word later,
        # as "what came before".
        ngram, unigram = self._ngram, self._unigram
        first, last, last_code, pair_code = self._left
        total = 0.0
        steps = [(token, code := self._word(token), unigram[code], _ASK) for token in words]
        for token, code, p, pair in steps + self._right:
            if pair == _ASK:
                pair = 0
                if last:
                    pair = ngram(f"{last} {token}")
                    weight = _WEIGHT_AFTER_WORD[last_code]
                    p = (COUNTS[pair] + weight * p) / (COUNTS[last_code] + weight)
            if pair_code:
                weight = _WEIGHT_AFTER_PAIR[pair_code]
                # Three words that stand together do so as two.
                triple = COUNTS[ngram(f"{first} {last} {token}")] if pair else 0.0
                p = (triple + weight * p) / (COUNTS[pair_code] + weight)
            total += log10(p)
            first, last, last_code, pair_code = last, token, code, pair
        return total

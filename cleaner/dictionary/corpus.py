"""One pass over the corpus: how often each word, pair and triple of words occurs, and how it is cased.

The shipped data come from three kinds of text. They do not weigh the same: news is what this package
cleans, so its habits must win; "other" (reports, encyclopedia, religious and technical text) broadens
the vocabulary; "law" is scanned and full of misread letters ("lzin", "pjak"), so it says little about
n-grams and nothing about which words exist.

Words are counted twice. Every occurrence counts for frequency; for casing only those count that stand
in the middle of a sentence, where a capital means something: "Mei" at the start of a sentence may be
any word, "awal Mei" is a name.

And it is counted in how many *blocks* a word stands: documents, or fifty paragraphs in a row where
documents are longer or cannot be told apart. Ten times in one article is one author's word, ten times in ten
articles is everybody's.
"""

from __future__ import annotations

import io
import lzma
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path

from cleaner.errors import DictionaryError
from cleaner.spelling.language_model import END, START, WORD_OR_MARK, normalise_token, sentences

WEIGHTS = {"news": 1.0, "other": 0.5, "law": 0.1}
MINIMUM = 3
"""Nothing seen less often leaves this module: neither noise nor anybody's sentence is published."""

_BLOCK = 50  # paragraphs
_BITS = 21  # of a word id, so that three of them fit into one machine integer
_OPENING = frozenset("\"'“‘«(:")


@dataclass
class Counts:
    """What the corpus says. Words are lower case unless stated otherwise."""

    words: Counter[str] = field(default_factory=Counter)
    """News and other text, all occurrences."""
    law: Counter[str] = field(default_factory=Counter)
    lower: Counter[str] = field(default_factory=Counter)
    """Occurrences written in lower case throughout, news and other text."""
    spread: Counter[str] = field(default_factory=Counter)
    """Blocks of text that have the word in lower case."""
    forms: dict[str, Counter[str]] = field(default_factory=dict)
    """Word -> how it is written in mid-sentence -> how often. Only words that are ever capitalised."""
    cased: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Mid-sentence words side by side, as written, of which one or both have a capital."""
    opening: Counter[tuple[str, str]] = field(default_factory=Counter)
    """The first two words of sentences, as written."""
    middle: Counter[str] = field(default_factory=Counter)
    """Mid-sentence occurrences, of any casing."""
    unigrams: dict[str, float] = field(default_factory=dict)
    bigrams: dict[tuple[str, ...], float] = field(default_factory=dict)
    trigrams: dict[tuple[str, ...], float] = field(default_factory=dict)
    """N-grams seen at least `MINIMUM` times; the values are weighted by `WEIGHTS`."""
    held_out: list[str] = field(default_factory=list)
    """News paragraphs kept apart by ``hold_out``."""


def is_held_out(line: str) -> bool:
    """Every tenth paragraph, chosen by its content: the same ones whatever the order of the file."""
    return zlib.crc32(line.encode("utf-8")) % 10 == 0


def read_lines(path: Path, advance: Callable[[int], None] | None = None) -> Iterator[str]:
    """The paragraphs of a compressed corpus file. ``advance`` is told of bytes read, now and then."""
    with path.open("rb") as packed, io.TextIOWrapper(lzma.LZMAFile(packed), "utf-8", newline="\n") as lines:
        told = 0
        for number, line in enumerate(lines):
            if advance is not None and number % 1000 == 0:
                advance(packed.tell() - told)
                told = packed.tell()
            yield line.rstrip("\n")
        if advance is not None:
            advance(packed.tell() - told)


def blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Paragraphs, fifty at a time."""
    left = iter(lines)
    while block := list(islice(left, _BLOCK)):
        yield block


def count_corpus(
    texts: Mapping[str, Iterable[Sequence[str]]],
    progress: Callable[[str], None],
    keep_apart: Callable[[str], bool] | None = None,
    capitals: bool = False,
) -> Counts:
    """Count ``texts``: a key of `WEIGHTS` -> blocks of text, each a sequence of paragraphs.

    News paragraphs of which ``keep_apart`` is true are not counted, but held out for measuring. Words side by
    side as they are written (`Counts.cased`, `Counts.opening`) are counted if ``capitals``: they take memory.
    """
    counts = Counts()
    ids = _Ids()
    streams = {}
    for name, blocks in texts.items():
        streams[name] = _count_blocks(blocks, name, keep_apart, counts, ids, capitals and name != "law")
        progress(f"read {name}: {len(streams[name]):,} tokens")
    names = ids.names
    counts.unigrams = {
        names[key]: value for key, value in _weighted({n: Counter(s) for n, s in streams.items()}).items()
    }
    pairs = _weighted({name: _pairs(stream) for name, stream in streams.items()})
    counts.bigrams = {
        (names[key >> _BITS], names[key & ids.mask]): value
        for key, value in pairs.items()
        if _within_sentence(key, 2, ids)
    }
    progress(f"counted {len(counts.bigrams):,} bigrams")
    frequent = frozenset(pairs)
    triples = _weighted({name: _triples(stream, frequent) for name, stream in streams.items()})
    counts.trigrams = {
        (names[key >> 2 * _BITS], names[key >> _BITS & ids.mask], names[key & ids.mask]): value
        for key, value in triples.items()
        if _within_sentence(key, 3, ids)
    }
    progress(f"counted {len(counts.trigrams):,} trigrams")
    return counts


class _Ids(dict[str, int]):
    """Raw token -> number of its normal form; grows when asked for something new."""

    mask = (1 << _BITS) - 1

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}
        self.names: list[str] = []
        self.start, self.end = self[START], self[END]

    def __missing__(self, token: str) -> int:
        normal = token if token in (START, END) else normalise_token(token)
        number = self.numbers.setdefault(normal, len(self.names))
        if number == len(self.names):
            if number > self.mask:
                raise DictionaryError(
                    f"the corpus has more than {self.mask:,} different words; build from a part of it"
                )
            self.names.append(normal)
        self[token] = number
        return number


def _count_blocks(
    blocks: Iterable[Sequence[str]],
    name: str,
    keep_apart: Callable[[str], bool] | None,
    counts: Counts,
    ids: _Ids,
    capitals: bool,
) -> array[int]:
    everywhere: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    stream = array("I")
    for block in blocks:
        here: set[str] = set()
        for line in block:
            if name == "news" and keep_apart is not None and keep_apart(line):
                counts.held_out.append(line)
                continue
            for sentence in sentences(line):
                tokens = WORD_OR_MARK.findall(sentence)
                everywhere.update(tokens)
                here.update(tokens)
                if not _is_headline(tokens):
                    inside.update(token for before, token in pairwise(tokens) if before[0] not in _OPENING)
                    if capitals:
                        counts.cased.update(_cased_pairs(tokens))
                        counts.opening[tokens[0], "".join(tokens[1:2])] += 1
                _append(stream, tokens, ids)
        if name != "law":
            counts.spread.update({normalise_token(token) for token in here if token.islower()})
    total = counts.law if name == "law" else counts.words
    for token, count in everywhere.items():
        if token[0].isalpha():
            word = normalise_token(token)
            total[word] += count
            if name != "law" and token.islower():
                counts.lower[word] += count
    if name != "law":
        for token, count in inside.items():
            if token[0].isalpha():
                word = normalise_token(token)
                counts.middle[word] += count
                if not token.islower():
                    counts.forms.setdefault(word, Counter())[token] += count
    return stream


def _cased_pairs(tokens: list[str]) -> Iterator[tuple[str, str]]:
    for before, one, two in zip(tokens, tokens[1:], tokens[2:], strict=False):
        capital = one[0].isupper() or two[0].isupper()
        if capital and before[0] not in _OPENING and one.isalpha() and two.isalpha():
            yield one, two


def _append(stream: array[int], tokens: list[str], ids: _Ids) -> None:
    """Add the numbers of a sentence to ``stream``; several marks in a row become one."""
    mark = ids[","]
    previous = mark  # so that a sentence does not begin with a quotation mark
    stream.append(ids.start)
    for number in [ids[token] for token in tokens]:
        if number != mark or previous != mark:
            stream.append(number)
            previous = number
    if stream[-1] == mark:
        stream.pop()
    stream.append(ids.end)


def _is_headline(tokens: list[str]) -> bool:
    """Is nearly every word capitalised ("Harga Cabai Naik Lagi")? Then casing tells nothing."""
    words = [token for token in tokens if token[0].isalpha()]
    return len(words) > 3 and sum(not word[0].islower() for word in words) > 0.6 * len(words)


def _pairs(stream: array[int]) -> Counter[int]:
    following = stream[1:]
    return Counter(a << _BITS | b for a, b in zip(stream, following, strict=False))


def _triples(stream: array[int], frequent: frozenset[int]) -> Counter[int]:
    """Only over frequent pairs: a triple cannot be more frequent than the pairs in it."""
    second, third = stream[1:], stream[2:]
    return Counter(
        a << 2 * _BITS | b << _BITS | c
        for a, b, c in zip(stream, second, third, strict=False)
        if a << _BITS | b in frequent and b << _BITS | c in frequent
    )


def _weighted(counters: dict[str, Counter[int]]) -> dict[int, float]:
    """Sum of the corpora by weight, of what all of them together saw at least `MINIMUM` times."""
    raw: Counter[int] = Counter()
    for counter in counters.values():
        raw.update(counter)
    weighted: dict[int, float] = {}
    for key, count in raw.items():
        if count >= MINIMUM:
            weighted[key] = sum(WEIGHTS[name] * counter[key] for name, counter in counters.items())
    return weighted


def _within_sentence(key: int, length: int, ids: _Ids) -> bool:
    """Does the n-gram cross no sentence border (it may begin with ``<s>`` and end with ``</s>``)?"""
    parts = [key >> _BITS * i & ids.mask for i in range(length)]  # last word first
    return ids.end not in parts[1:] and ids.start not in parts[:-1]

"""Phrases that repeat across the documents of a corpus, however large, counted in bounded memory.

A document is a row of tokens: words, marks, `NUMBER`, `DAY` and `MONTH`, with `BREAK` between lines and
`BEGIN` and `END` around it all. So a repeated line, the beginning of a line, the end of a document and
a phrase inside a paragraph are one thing: a run of up to `LONGEST` tokens that stands in many
documents. A document counts once for each phrase.

Nearly all phrases are rare, and cannot all be held. Two passes over the corpus:

1. *Sketch*: all phrases are counted in a Count-Min sketch. A phrase grows by a token only where it was
   seen before, as in the dictionary of Lempel and Ziv (1978): prose stops growing at two or three
   words. A phrase of n tokens may so miss its first n - 1 documents.
2. *Count*: only phrases whose estimate reaches the minimum are counted, exactly. The sketch is never
   too low, so none is missed; how many there are is bounded by the minimum, a share of the corpus, and
   not by its size.

Start reading at `frequent_phrases`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex  # type: ignore[import-untyped]

from cleaner.corpus.sketch import CountMin, mix

NUMBER, DAY, MONTH = "<num>", "<day>", "<month>"
DASH = "-"
"""Any dash: outlets do not agree with themselves on theirs."""
BEGIN, BREAK, END = "<begin>", "<break>", "<end>"
EDGES = frozenset({BEGIN, BREAK, END})

LONGEST = 8
"""Tokens of a counted phrase. Longer templates are grown from these (`cleaner.corpus.growing`)."""

_TOKEN = regex.compile(
    r"(?i:[a-z0-9][a-z0-9-]*+(?:\.(?:com|co|id|net|news|tv|org|info)\b)++)"  # KOMPAS.com is one word
    r"|\p{Lu}?\p{Ll}++|\p{Lu}++(?!\p{Ll})|\p{Lu}(?:\p{Lu}(?!\p{Ll}))*+|\p{L}++"  # JugaTidak is two
    r"|\d++(?:[.,:/]\d++)*+"
    r"|\n\s*+"
    r"|([^\w\s])\1*+|_++"
)
_DAYS = frozenset("Senin Selasa Rabu Kamis Jumat Sabtu Minggu Ahad".split())
_MONTHS = frozenset(
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember "
    "Jan Feb Mar Apr Jun Jul Agu Ags Agt Sep Sept Okt Nov Des".split()
)
_STOPS, _QUOTES = frozenset(".!?…"), frozenset("\"”’'")
_CLOSING = _STOPS | frozenset(":;)]»>")
_OPENING = frozenset("\"“‘([«'")


class Token(NamedTuple):
    """A token with the form it is counted as, and where it stands."""

    form: str
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """The tokens of a document, `BEGIN` and `END` included."""
    tokens = [Token(BEGIN, 0, 0)]
    tokens.extend(Token(_form(match[0]), *match.span()) for match in _TOKEN.finditer(text))
    if len(tokens) > 1 and tokens[1].form == BREAK:
        del tokens[1]
    if tokens[-1].form == BREAK:
        tokens.pop()
    tokens.append(Token(END, len(text), len(text)))
    return tokens


def _form(word: str) -> str:
    first = word[0]
    if first == "\n":
        return BREAK
    if first.isdigit() and not word[-1].isalpha():
        return NUMBER
    if first.isupper():
        return DAY if word in _DAYS else MONTH if word in _MONTHS else word
    return DASH if first in "-–—―−" else word


def breaks_before(tokens: Sequence[Token], i: int) -> bool:
    """Does a sentence, line or document end in front of token ``i``, or was a space lost there?

    A quotation that goes on is no end: '"...," ujarnya'.
    """
    if i == 0 or tokens[i].form in EDGES or tokens[i - 1].form in EDGES:
        return True
    form, before = tokens[i].form, tokens[i - 1].form
    if before[0] in _QUOTES:
        return i > 1 and (tokens[i - 2].form in EDGES or tokens[i - 2].form[0] in _STOPS)
    glued = tokens[i - 1].end == tokens[i].start and form[0].isupper() and before[-1].isalnum()
    return glued or before[0] in _CLOSING


def breaks_behind(tokens: Sequence[Token], i: int) -> bool:
    """Is there, in front of token ``i``, the end of a line, a dash, or what a sentence can start with?"""
    if i == len(tokens) or tokens[i - 1].form in EDGES or tokens[i].form in EDGES:
        return True
    form = tokens[i].form
    return form[0].isupper() or form[0] in _OPENING or form in (NUMBER, DAY, MONTH, DASH)


@dataclass(slots=True)
class Phrase:
    """A phrase and the documents it stands in; in each its first place counts."""

    forms: tuple[str, ...]
    documents: int = 0
    after_break: int = 0
    """... behind the end of a sentence or line, or at the beginning."""
    before_break: int = 0
    """... before a line end, the end, or something a sentence can start with."""


class Counted(NamedTuple):
    """What two passes over a corpus gave."""

    documents: int
    tokens: int
    minimum: int
    phrases: list[Phrase]
    sketch: CountMin


Read = Callable[[], Iterable[str]]
"""Gives the texts of a corpus from the beginning, as often as it is called."""


def frequent_phrases(read: Read, minimum: int | None = None, bits: int = 22) -> Counted:
    """All phrases that stand in ``minimum`` documents or more (None: `default_minimum`)."""
    sketch, documents, tokens = _sketched(read(), bits)
    if minimum is None:
        minimum = default_minimum(documents)
    phrases = [phrase for phrase in _counted(read(), sketch, minimum) if phrase.documents >= minimum]
    return Counted(documents, tokens, minimum, phrases, sketch)


def default_minimum(documents: int) -> int:
    """One document in two hundred, but at least ten: the memory needed does not grow with the corpus."""
    return max(10, documents // 200)


def _sketched(texts: Iterable[str], bits: int) -> tuple[CountMin, int, int]:
    sketch, documents, length = CountMin(bits), 0, 0
    add, numbers = sketch.add, _Numbers()
    for text in texts:
        documents += 1
        row = [numbers[token.form] for token in tokenise(text)]
        length += len(row)
        seen: set[int] = set()
        for i in range(len(row)):
            key = 0
            for number in row[i : i + LONGEST]:
                key = mix(key, number)
                if key not in seen:
                    seen.add(key)
                    if not add(key):
                        break
    return sketch, documents, length


def _counted(texts: Iterable[str], sketch: CountMin, minimum: int) -> Iterator[Phrase]:
    needed = [max(1, minimum - n) for n in range(LONGEST)]
    found: dict[int, Phrase] = {}
    numbers = _Numbers()
    for text in texts:
        tokens = tokenise(text)
        row = [numbers[token.form] for token in tokens]
        seen: set[int] = set()
        for i in range(len(row)):
            key = 0
            for n, number in enumerate(row[i : i + LONGEST]):
                key = mix(key, number)
                if key in seen:
                    continue
                if sketch[key] < needed[n]:
                    break
                seen.add(key)
                phrase = found.get(key)
                if phrase is None:
                    forms = tuple(token.form for token in tokens[i : i + n + 1])
                    phrase = found[key] = Phrase(forms)
                _count(phrase, tokens, i, i + n + 1)
    return iter(found.values())


def _count(phrase: Phrase, tokens: Sequence[Token], start: int, end: int) -> None:
    phrase.documents += 1
    phrase.after_break += breaks_before(tokens, start)
    phrase.before_break += breaks_behind(tokens, end)


class _Numbers(dict[str, int]):
    """A 64-bit number for each form, the same in every process; forgets when it grows large."""

    def __missing__(self, form: str) -> int:
        if len(self) > 500_000:
            self.clear()
        number = int.from_bytes(hashlib.blake2b(form.encode(), digest_size=8).digest(), "little")
        self[form] = number
        return number

"""Capitals that the words around decide: "Nomor 12 tahun 2020" -> Tahun, "30 Ton beras" -> ton.

No word list can tell: *tahun* is written small everywhere but in the names of laws. The rows of
``casing.tsv`` say where, each with its reason (EYD V on capital letters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cleaner.document import Document
from cleaner.edits import Bilingual, Edit
from cleaner.spelling.data import data_file, read_rows

_SMALL, _CAPITAL = "-", "+"


class Place(NamedTuple):
    """A row of ``casing.tsv``."""

    tokens: frozenset[str]
    """White-space tokens, one of which a text has that is worth a look."""
    pattern: str
    """Group 1 is the word. `re` compiles and keeps it at its first use: few texts need more than a few."""
    right: str
    """How it is written; `_SMALL` for small letters, `_CAPITAL` for a capital in front."""
    confidence: float
    reason: Bilingual


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """All rows. Raises DictionaryError if the file is missing."""
    return tuple(
        Place(frozenset(tokens.split()), pattern, right, float(sure), Bilingual(indonesian, english))
        for tokens, pattern, right, sure, indonesian, english in read_rows(data_file("casing.tsv"))
    )


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[int]]:
    """Token -> the numbers of the rows that have it."""
    rows: dict[str, list[int]] = {}
    for number, place in enumerate(places()):
        for token in place.tokens:
            rows.setdefault(token, []).append(number)
    return rows


def capitals(document: Document) -> Iterator[Edit]:
    """Edits on ``document.text``, in any order."""
    rows = _rows()
    for number in sorted({number for token in rows.keys() & document.tokens for number in rows[token]}):
        place = places()[number]
        for match in re.finditer(place.pattern, document.text):
            right = _written(match[1], place.right)
            yield Edit(*match.span(1), right, "typo.casing", place.reason, place.confidence)


def _written(word: str, right: str) -> str:
    if right == _SMALL:
        return word.lower()
    return word.capitalize() if right == _CAPITAL else right

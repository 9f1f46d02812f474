"""The places of a document in the working copy, packed: two million of them are not two million rows.

SQLite takes longer to insert a row and to index it than a log takes to read. So a document has its places
in one value, in the order of the log, and a group the numbers of its places in another.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

_FIELDS = "IIIIId"  # Mark, without its first three
FIELDS = len(_FIELDS)
"""Values of a place in the flat list that `packed` takes."""
_ROW = struct.Struct("<" + _FIELDS)


class Mark(NamedTuple):
    """A place: where a change or suggestion stands in a text. Offsets are code points, half-open."""

    place: int
    """Its number in the log, from 1."""
    doc: int
    kind: int
    """`store.CHANGE` or `store.SUGGESTION`."""
    group: int
    start: int
    end: int
    cleaned_start: int
    cleaned_end: int
    confidence: float


@lru_cache(maxsize=256)
def _rows(number: int) -> struct.Struct:
    return struct.Struct("<" + _FIELDS * number)


def packed(values: list[float]) -> bytes:
    """Group, four offsets and confidence of each place of a document, one behind the other.

    Raises struct.error if an offset is no number from 0 to 2^32 - 1.
    """
    return _rows(len(values) // FIELDS).pack(*values)


def unpacked(data: bytes, doc: int, first: int, changes: int) -> list[Mark]:
    """The places of a document. ``first`` is the number of the first one; ``changes`` of them were applied.

    >>> unpacked(packed([3, 0, 5, 0, 6, 0.5]), doc=7, first=20, changes=1)
    [Mark(place=20, doc=7, kind=0, group=3, start=0, end=5, cleaned_start=0, cleaned_end=6, confidence=0.5)]
    """
    return [
        Mark(first + n, doc, int(n >= changes), *values) for n, values in enumerate(_ROW.iter_unpack(data))
    ]


def page_of(places: bytes, after: int = 0, limit: int | None = None) -> list[int]:
    """The first numbers above ``after`` of the places of a group, which are in order."""
    numbers = memoryview(places).cast("I")
    start = bisect_right(numbers, after)
    return numbers[start : None if limit is None else start + limit].tolist()


def new_places() -> array[int]:
    """An empty list of the numbers of places; its bytes are what `page_of` reads."""
    return array("I")

"""What the rows of a change log must look like, so that a malformed one is refused before it is used.

A module of its own, since msgspec is not to be imported for a command line's help.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from cleaner.errors import InputError

_Offset = Annotated[int, msgspec.Meta(ge=0)]


class _Step(msgspec.Struct):
    stage: str
    rule: str
    before: str
    after: str
    reason: str
    confidence: float


class _Change(msgspec.Struct):
    id: str
    start: _Offset
    end: _Offset
    cleaned_start: _Offset
    cleaned_end: _Offset
    before: str
    after: str
    rule: str
    reason: str
    confidence: float
    stage: str = ""
    steps: list[_Step] = []
    alternatives: list[tuple[str, float]] = []


class _Suppressed(msgspec.Struct):
    start: _Offset
    end: _Offset
    before: str
    after: str
    rule: str
    reason: str
    confidence: float
    winner: str


class _Hashes(msgspec.Struct):
    original: str
    cleaned: str


class _Document(msgspec.Struct):
    """What every row but the first must have, whatever is done with it; see docs/change-log.schema.json."""

    doc_id: str
    file: str
    sha256: _Hashes
    changes: list[_Change]
    suggestions: list[_Change]
    suppressed: list[_Suppressed]
    line: Annotated[int, msgspec.Meta(ge=1)] | None = None


def check_row(row: dict[str, Any], place: str) -> None:
    """Raises InputError, with ``place``, if the row of a document lacks a field or one is of another type."""
    try:
        document = msgspec.convert(row, _Document)
        for changes in (document.changes, document.suggestions):
            if not all(change.steps or change.stage for change in changes):
                raise msgspec.ValidationError("a change has neither `stage` nor `steps`")
    except msgspec.ValidationError as error:
        raise InputError(f"{place}: malformed log row: {error}") from error

"""Checks a finished run: the log, applied to the input once more, must give the output.

Each document is read again from the input; the changes of its row are applied; the result must have the
hash that the row says and be what stands in the output, and all around it must be as it was. A document
without a row must be unchanged. So a lost, doubled or altered document is found, and named.

Start reading at `verify`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cleaner.corpus.finished import DamagedLogError, FinishedRun, LogReader, Output, documents
from cleaner.corpus.parquet import Rows
from cleaner.corpus.reading import read_input
from cleaner.corpus.records import Record
from cleaner.edits import Change
from cleaner.errors import ChangeMismatchError, InputError
from cleaner.replay import apply
from cleaner.result import sha256


class Verified(NamedTuple):
    """What `verify` looked at."""

    documents: int
    changed: int
    files: int


class _Unit(NamedTuple):
    """A record, or bytes that were passed through."""

    record: Record | None
    raw: bytes
    """The bytes of a record; of a table's row, its other columns."""
    row: dict[str, Any] | None = None


def verify(run: FinishedRun, problem: Callable[[str], None]) -> Verified:
    """Check every document and file; ``problem`` is told what is wrong, one sentence each.

    A run from standard input cannot be checked. Raises InputError if the log is missing or damaged.
    """
    log = run.log()
    count = changed = files = 0
    whole = True
    for output in run.outputs():
        files += 1
        units = _written(run, output, log, problem)
        try:
            for row in output.inputs:
                for unit in _read(run, row, problem):
                    count += unit.record is not None and unit.record.has_text
                    changed += _compare(run, row, unit, units)
            left = next(units, None)
            if left is not None and (left.raw or left.record):
                raise ChangeMismatchError(f"{output.file.name}: has more documents than the input")
        except DamagedLogError:
            raise
        except (ChangeMismatchError, InputError) as error:
            # What follows in this file no longer stands side by side with its input.
            problem(str(error))
            whole = False
            for _ in _until_end(units):
                pass
            log.skip({row["name"] for row in output.inputs})
    try:
        log.end()
    except ChangeMismatchError as error:
        problem(str(error))
    if whole and count != run.run["documents"]:
        problem(f"run.json says {run.run['documents']:,} documents, the input has {count:,}")
    return Verified(count, changed, files)


def _until_end(units: Iterator[_Unit]) -> Iterator[_Unit]:
    """The rest of the units, for the hash of the file; a second error adds nothing."""
    try:
        yield from units
    except (ChangeMismatchError, InputError):
        return


def _read(run: FinishedRun, row: dict[str, Any], problem: Callable[[str], None]) -> Iterator[_Unit]:
    """The documents of an input, as the run read them."""
    source = run.input(row)
    if source.path == "-":
        raise InputError("a run from standard input cannot be verified: its input is gone")
    digest = hashlib.sha256()
    try:
        for block in read_input(source, run.limit, note=digest.update):
            if block.problem:
                yield _Unit(None, block.data)
                continue
            try:
                records = list(run.reading.records(block))
            except InputError:
                yield _Unit(None, block.data)
                continue
            rest = _other_columns(block, run) if run.to is None and source.form == "parquet" else None
            for number, record in enumerate(records):
                yield _Unit(record, rest[number] if rest else record.raw())
    except InputError as error:
        if row.get("problem") is None:
            raise InputError(f"{source.path}: {error}") from error
    if digest.hexdigest() != row["sha256"]:
        problem(f"{source.path}: is not the file that was cleaned (its SHA-256 is another one)")


def _written(
    run: FinishedRun, output: Output, log: LogReader, problem: Callable[[str], None]
) -> Iterator[_Unit]:
    """The documents of an output with their rows of the log."""
    digest = hashlib.sha256()
    for block, pairs in documents(run, output, log, digest.update):
        if not pairs:
            yield _Unit(None, block.data)
        rest = _other_columns(block, run) if run.to is None and output.file.form == "parquet" else None
        for number, (record, row) in enumerate(pairs):
            yield _Unit(record, rest[number] if rest else record.raw(), row)
    if digest.hexdigest() != output.sha256:
        problem(f"{output.file.path}: was changed since it was written (its SHA-256 is another one)")


def _other_columns(block: Any, run: FinishedRun) -> list[bytes]:
    rows = Rows(block).batch.drop_columns([run.reading.text_field]).to_pylist()
    return [repr(row).encode() for row in rows]


def _compare(run: FinishedRun, row: dict[str, Any], unit: _Unit, units: Iterator[_Unit]) -> bool:
    """Compare one document or piece of the input with the next of the output; True if it was changed.

    Raises ChangeMismatchError if they do not belong together.
    """
    keeps_lines = run.keeps_lines(row)
    if unit.record is None:
        if keeps_lines and row["form"] == "html":  # a page without an article is an empty file
            if (other := next(units, None)) and other.raw:
                raise ChangeMismatchError(f"{row['name']}: has a text in the output, and none in the input")
        elif keeps_lines:
            _compare_bytes(row["name"], unit.raw, units)
        return False
    if not keeps_lines and not unit.record.has_text:
        return False
    place = unit.record.place
    other = next(units, None)
    while other is not None and not keeps_lines and not (other.record and other.record.has_text):
        other = next(units, None)
    if other is None or other.record is None:
        raise ChangeMismatchError(f"{place}: is missing in the output")
    text = unit.record.text
    if other.row is None:
        exact = run.to is None
        if other.record.text != text or (exact and other.raw != unit.raw):
            raise ChangeMismatchError(f"{place}: differs in the output, and the log has no change of it")
        return False
    hashes = other.row["sha256"]
    if sha256(text) != hashes["original"]:
        raise ChangeMismatchError(f"{place}: the input is not the text that was cleaned")
    changes = [Change.from_dict(item) for item in other.row["changes"]]
    if apply(text, changes) != other.record.text or sha256(other.record.text) != hashes["cleaned"]:
        raise ChangeMismatchError(f"{place}: the logged changes do not give the text in the output")
    if run.to is None and not _same_around(unit, other, row["form"] == "parquet"):
        raise ChangeMismatchError(f"{place}: something beside the text differs in the output")
    return bool(changes)


def _same_around(one: _Unit, other: _Unit, table: bool) -> bool:
    if one.record is None or other.record is None:
        return False
    if table:
        return one.raw == other.raw
    return (one.record.head, one.record.tail) == (other.record.head, other.record.tail)


def _compare_bytes(name: str, data: bytes, units: Iterator[_Unit]) -> None:
    """What was passed through must stand in the output as it was, however it is cut there."""
    found = b""
    while len(found) < len(data):
        unit = next(units, None)
        if unit is None:
            break
        found += unit.raw
    if found != data:
        raise ChangeMismatchError(f"{name}: a part that was passed through differs in the output")

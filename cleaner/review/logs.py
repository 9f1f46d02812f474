"""Reading change logs fast: typed rows, from plain or packed files, or from the folder of a run.

Only what a reviewer needs is decoded. Two million changes are read in a few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from cleaner.corpus.compression import SUFFIXES, split_suffix
from cleaner.corpus.files import STANDARD, display_name, open_input
from cleaner.corpus.log import SCHEMA, lines_of, unpacked
from cleaner.errors import InputError

_LONGEST_HEADER = 1 << 24  # bytes; a longer first line is no header
_SUFFIXES = (".jsonl", *(f".jsonl{suffix}" for suffix in SUFFIXES))


class LogChange(msgspec.Struct, gc=False):
    """A change or suggestion as it stands in a log; fields as in `Change`."""

    start: int
    end: int
    cleaned_start: int
    cleaned_end: int
    before: str
    after: str
    rule: str
    reason: str
    confidence: float
    steps: msgspec.Raw = msgspec.Raw()
    alternatives: msgspec.Raw = msgspec.Raw()


class Hashes(msgspec.Struct, gc=False):
    """Hex sha256 of the two texts."""

    original: str
    cleaned: str


class LogRow(msgspec.Struct, gc=False):
    """One document of a log."""

    doc_id: str
    file: str
    sha256: Hashes
    changes: list[LogChange]
    suggestions: list[LogChange]
    line: int | None = None
    outlet: str | None = None
    source: str | None = None


def find_logs(path: Path) -> list[Path]:
    """The log files that ``path`` means: itself, or those in the folder of a run.

    Raises InputError if there is none.
    """
    if not path.is_dir():
        return [path]
    found = [
        item
        for item in sorted(path.rglob("*"))
        if item.name.endswith(_SUFFIXES) and item.is_file() and _is_log(item)
    ]
    if not found:
        raise InputError(
            f"{display_name(path)}: there is no change log in this folder (a file "
            f"{' or '.join(_SUFFIXES[:3])} whose first row has the schema {SCHEMA!r}); "
            "write one with: cleaner clean FILE -o OUT --log LOG"
        )
    return found


def _is_log(path: Path) -> bool:
    try:
        with _open_pieces(path) as pieces:
            start = b""
            for piece in pieces:
                start += piece
                if b"\n" in piece or len(start) > _LONGEST_HEADER:
                    break
        row = msgspec.json.decode(start.partition(b"\n")[0])
    except (InputError, msgspec.DecodeError):
        return False
    return isinstance(row, dict) and row.get("schema") == SCHEMA


def read_header(path: Path) -> dict[str, Any]:
    """The first row of a log. Raises InputError if this is no log."""
    with open_lines(path) as lines:
        return _header(path, lines)


def read_rows(path: Path) -> Iterator[LogRow]:
    """The documents of a log in order. Raises InputError for a malformed row, with its number."""
    decoder = msgspec.json.Decoder(LogRow)
    name = display_name(path)
    with open_lines(path) as lines:
        _header(path, lines)
        for number, line in enumerate(lines, 2):
            try:
                yield decoder.decode(line)
            except msgspec.MsgspecError as error:
                raise InputError(f"{name}:{number}: malformed log row: {error}") from error


def _header(path: Path, lines: Iterator[bytes]) -> dict[str, Any]:
    line = next(lines, b"")
    name = display_name(path)
    if not line:
        raise InputError(f"{name}: is no change log: the file is empty")
    try:
        row = msgspec.json.decode(line)
    except msgspec.DecodeError as error:
        raise InputError(f"{name}:1: this is no JSON: {error}") from error
    if not isinstance(row, dict) or row.get("schema") != SCHEMA:
        raise InputError(
            f"{name}: is no change log: its first row has no schema {SCHEMA!r}; "
            "write one with: cleaner clean FILE -o OUT --log LOG"
        )
    return row


@contextmanager
def open_lines(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, unpacked if its name says that it is packed. Raises InputError."""
    with _open_pieces(path) as pieces:
        yield lines_of(pieces)


@contextmanager
def _open_pieces(path: Path) -> Iterator[Iterator[bytes]]:
    if path == STANDARD:
        raise InputError("a log is read more than once; give its file, not standard input")
    with open_input(path) as stream:
        yield unpacked(stream, display_name(path), split_suffix(path)[1])

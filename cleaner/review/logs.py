"""Reading change logs fast: typed rows, from plain or packed files, or from the folder of a run.

Only what a reviewer needs is decoded. Two million changes are read in a few seconds.
"""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from cleaner.corpus.files import STANDARD, display_name, open_input
from cleaner.corpus.log import SCHEMA
from cleaner.errors import InputError

PACKED = (".gz", ".zst", ".xz")
_SUFFIXES = (".jsonl", *(f".jsonl{suffix}" for suffix in PACKED))


class LogChange(msgspec.Struct):
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


class Hashes(msgspec.Struct):
    """Hex sha256 of the two texts."""

    original: str
    cleaned: str


class LogRow(msgspec.Struct):
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
        with open_packed(path) as stream:
            row = msgspec.json.decode(stream.readline(1 << 24))
    except (InputError, msgspec.DecodeError, OSError, EOFError):
        return False
    return isinstance(row, dict) and row.get("schema") == SCHEMA


def read_header(path: Path) -> dict[str, Any]:
    """The first row of a log. Raises InputError if this is no log."""
    with open_packed(path) as stream:
        return _header(path, stream)


def read_rows(path: Path) -> Iterator[LogRow]:
    """The documents of a log in order. Raises InputError for a malformed row, with its number."""
    decoder = msgspec.json.Decoder(LogRow)
    name = display_name(path)
    try:
        with open_packed(path) as stream:
            _header(path, stream)
            for number, line in enumerate(stream, 2):
                try:
                    yield decoder.decode(line)
                except msgspec.MsgspecError as error:
                    raise InputError(f"{name}:{number}: malformed log row: {error}") from error
    except (EOFError, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise InputError(f"{name}: is damaged or was cut off: {error}") from error


def _header(path: Path, stream: BinaryIO) -> dict[str, Any]:
    line = stream.readline()
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
def open_packed(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if its name ends in .gz, .zst or .xz. Raises InputError."""
    if path == STANDARD:
        raise InputError("a log is read more than once; give its file, not standard input")
    with open_input(path) as raw:
        suffix = path.suffix.lower()
        if suffix == ".gz":
            yield cast("BinaryIO", gzip.GzipFile(fileobj=raw))
        elif suffix == ".xz":
            with lzma.open(raw) as unpacked:
                yield cast("BinaryIO", unpacked)
        elif suffix == ".zst":
            yield _unzstd(path, raw)
        else:
            yield raw


def _unzstd(path: Path, raw: BinaryIO) -> BinaryIO:
    try:
        import zstandard
    except ImportError as error:
        raise InputError(
            f"{display_name(path)}: reading .zst needs the package zstandard: pip install zstandard "
            f"(or unpack it first: zstd -d {path.name})"
        ) from error
    import io

    reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
    return cast("BinaryIO", io.BufferedReader(reader, 1 << 20))

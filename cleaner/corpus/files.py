"""Reading bytes that a person named, and writing files that are whole or not there at all.

Everything that can be wrong with a file is said here in a sentence: what is wrong, where, and what to
do about it. All errors are `InputError`.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cleaner.config import nearest
from cleaner.errors import InputError

STANDARD = Path("-")
"""As an input: standard input. As an output: standard output."""

BOM = codecs.BOM_UTF8

_PEEK = 8192
_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FORMATS = {
    b"\x1f\x8b": "gzip data; unpack it first: gzip -dc FILE | cleaner clean -",
    b"\x28\xb5\x2f\xfd": "zstd data; unpack it first: zstd -dc FILE | cleaner clean -",
    b"\xfd7zXZ\x00": "xz data; unpack it first: xz -dc FILE | cleaner clean -",
    b"BZh": "bzip2 data; unpack it first: bzip2 -dc FILE | cleaner clean -",
    b"PK\x03\x04": "a zip archive or an office document; export its text first",
    b"%PDF": "a PDF document; export its text first",
    b"PAR1": "a Parquet table; export it as JSONL first",
}


def display_name(path: Path) -> str:
    """A path for messages and logs: forward slashes, "<stdin>" for ``-``, always valid UTF-8."""
    if path == STANDARD:
        return "<stdin>"
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


class OutputError(InputError):
    """A file cannot be written: wrong folder, no permission, disk full."""


def check_input(path: Path) -> None:
    """Raises InputError if the path is missing or a folder. Does not open it: it may be a pipe."""
    if path != STANDARD and (path.is_dir() or not path.exists()):
        error = IsADirectoryError() if path.is_dir() else FileNotFoundError()
        raise InputError(f"{display_name(path)}: {_why_not(path, error)}")


@contextmanager
def open_input(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for ``-``.

    Raises InputError if the file is missing, a folder, or not readable.
    """
    if path == STANDARD:
        yield sys.stdin.buffer
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(f"{display_name(path)}: {_why_not(path, error)}") from error
    with stream:
        yield stream


def _why_not(path: Path, error: OSError) -> str:
    """Why a file cannot be opened, with the nearest existing name if it is missing."""
    if isinstance(error, IsADirectoryError):
        return f"is a folder; name the files in it, for example {path.as_posix()}/*.txt"
    if isinstance(error, FileNotFoundError):
        folder = path.parent
        if not folder.is_dir():
            return f"no such file; the folder {folder.as_posix()} does not exist either"
        near = nearest(path.name, [item.name for item in folder.iterdir()])
        return "no such file" + (near if "did you mean" in near else "")
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return error.strerror or str(error)


def check_text(data: bytes, encoding: str, name: str) -> None:
    """Refuse what is no text by its first 8 KB: a known binary format, or a NUL byte.

    UTF-16 and UTF-32 have NUL bytes, so they pass if ``encoding`` says so. Raises InputError.
    """
    start = data[:_PEEK]
    for magic, what in _FORMATS.items():
        if start.startswith(magic):
            raise InputError(f"{name}: is {what}")
    if "\0".encode(encoding) != b"\0":  # UTF-16 and UTF-32 text is full of NUL bytes
        return
    if start.startswith(_UTF16_BOMS):
        raise InputError(f"{name}: is UTF-16 text; say --encoding utf-16")
    offset = start.find(b"\0")
    if offset >= 0:
        raise InputError(f"{name}: is a binary file (NUL byte at offset {offset}), not text")


def check_encoding(encoding: str) -> str:
    """The usual name of a text encoding. Raises InputError if Python does not know it."""
    try:
        info = codecs.lookup(encoding)
        "a".encode(encoding)
    except LookupError as error:
        known = ["utf-8", "utf-16", "cp1252", "latin-1", "iso8859-15", "ascii"]
        raise InputError(f"--encoding: unknown encoding {encoding!r}{nearest(encoding, known)}") from error
    return info.name


def decode(data: bytes, encoding: str, name: str, offset: int = 0) -> str:
    """``data`` as text. ``offset`` is where it starts in its file, for the message.

    Raises InputError that names the first byte that does not fit and what to do about it.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"offset {offset + error.start}" + (f" (line {line})" if offset == 0 else "")
        other = "cp1252" if encoding == "utf-8" else "utf-8"
        raise InputError(
            f"{name}: byte 0x{data[error.start]:02X} at {place} is not valid {encoding.upper()}; "
            f"if the file has another encoding, say which, for example --encoding {other}"
        ) from error


@contextmanager
def open_output(path: Path) -> Iterator[BinaryIO]:
    """A file to write bytes to that appears under its name only when everything went well.

    The bytes go to a temporary file in the same folder, are forced to disk, and then take the name
    in one step; after an error nothing is left, and what stood there before still does. ``-`` is
    standard output; a pipe or a device is written to directly. Raises OutputError if the folder is
    missing or not writable, or the disk full.
    """
    if path == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    name = display_name(path)
    target = path.resolve()  # replace what a link points at, not the link
    try:
        mode = target.stat().st_mode
    except OSError:
        mode = 0
    try:
        if mode and stat.S_ISDIR(mode):
            raise OutputError(f"{name}: is a folder, not a file to write")
        if mode and not stat.S_ISREG(mode):
            with target.open("wb") as stream:
                yield stream
            return
        with _temporary(target, stat.S_IMODE(mode)) as stream:
            yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise OutputError(f"{name}: cannot write it: {_why_not_written(target, error)}") from error


def write_all(stream: BinaryIO, data: bytes) -> None:
    """Write every byte. Standard output under ``python -u`` may take fewer than it is given."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]


@contextmanager
def _temporary(target: Path, mode: int) -> Iterator[BinaryIO]:
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(mode or 0o666 & ~_umask())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)  # the only portable way to read it is to set it
    os.umask(mask)
    return mask


def _why_not_written(target: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"the folder {target.parent.as_posix()} does not exist"
    if error.errno == errno.ENOSPC:
        return "the disk is full"
    return error.strerror or str(error)

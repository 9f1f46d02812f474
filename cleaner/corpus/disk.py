"""Files that outlast a kill and a power failure: claimed, cut to a length, forced to disk, replaced whole.

A run keeps its books in such files (see `cleaner.corpus.journal`), a review its decisions.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.errors import InputError


def claim(handle: int) -> bool:
    """Keep other processes from claiming an open file; False if one has it.

    The system ends the claim with this process, however that ends. Where it knows no claims, on Windows,
    everybody has the file.
    """
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def open_to_append(path: Path, size: int) -> BinaryIO:
    """A file to append to, cut to ``size`` bytes. Raises InputError if it is shorter."""
    path.touch()
    stream = path.open("r+b")
    stream.truncate(size)
    stream.seek(0, os.SEEK_END)
    if stream.tell() != size:
        raise InputError(f"{path.as_posix()}: is shorter than it was; start anew with --overwrite")
    return stream


def sync(path: Path) -> None:
    """Force what is in a file to the disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, so that a rename outlives a power failure."""
    if os.name == "posix":  # Windows cannot open folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_json(path: Path) -> dict[str, Any]:
    """An object that `replace_json` wrote. Raises InputError if it cannot be read."""
    try:
        row: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path.as_posix()}: cannot read it ({error}); start anew with --overwrite"
        ) from error
    return row


def replace_json(path: Path, row: dict[str, Any]) -> None:
    """Replace a file in one step: whoever is killed in between leaves the old one or the new one."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as stream:
        stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
    sync_folder(path.parent)

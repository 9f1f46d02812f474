"""Where the outputs of a run go: a folder, or an address that fsspec knows.

A run writes into a work folder on this machine, and gives a file to its target when it is whole. In a
folder that is a rename (the work folder lies inside it), at an address an upload, which object stores
show only when it is complete. So a reader of the target never sees half a file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.corpus.files import OutputError
from cleaner.corpus.inputs import file_system, is_remote
from cleaner.errors import InputError

WORK = ".cleaner"
"""Folder with what a run that is not finished needs to go on."""


class Target:
    """The folder or address OUT_DIR."""

    def __init__(self, address: str) -> None:
        """Raises InputError if an address needs a package that is not there."""
        self.address: str = address.rstrip("/") or "/"
        self.remote: Any = None
        self.root: str = self.address
        if is_remote(address):
            self.remote, self.root = file_system(self.address)

    @property
    def work(self) -> Path:
        """The work folder."""
        if self.remote is None:
            return Path(self.root) / WORK
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return cache / "cleaner" / "runs" / hashlib.sha256(self.address.encode()).hexdigest()[:16]

    def place(self, name: str) -> str:
        """Path of a file in the target."""
        return f"{self.root}/{name}"

    def names(self) -> list[str]:
        """What is directly in the target, the work folder aside."""
        if self.remote is not None:
            if not self.remote.exists(self.root):
                return []
            return sorted(str(path).rsplit("/", 1)[-1] for path in self.remote.ls(self.root, detail=False))
        root = Path(self.root)
        if root.exists() and not root.is_dir():
            raise OutputError(f"{self.address}: is a file; OUT_DIR must be a folder")
        return sorted(path.name for path in root.iterdir() if path.name != WORK) if root.exists() else []

    def exists(self, name: str) -> bool:
        """Is there such a file?"""
        if self.remote is not None:
            return bool(self.remote.exists(self.place(name)))
        return Path(self.place(name)).is_file()

    def put(self, file: Path, name: str) -> None:
        """Give a file of the work folder, which is on the disk, its place. Remote: a copy stays."""
        if self.remote is not None:
            parent = self.place(name).rpartition("/")[0]
            self.remote.makedirs(parent, exist_ok=True)
            self.remote.put_file(str(file), self.place(name))
            return
        target = Path(self.place(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
        sync_folder(target.parent)

    def take_back(self, name: str, file: Path) -> bool:
        """Undo `put`, so that a run may go on writing; False if there is no such file."""
        if self.remote is not None or not self.exists(name):
            return False
        Path(self.place(name)).replace(file)
        return True

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        if self.exists(name):
            if self.remote is not None:
                self.remote.rm_file(self.place(name))
            else:
                Path(self.place(name)).unlink()

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The bytes of a file. Raises InputError if it is missing."""
        if not self.exists(name):
            raise InputError(f"{self.address}/{name}: no such file; is this the folder of a finished run?")
        if self.remote is not None:
            with self.remote.open(self.place(name), "rb") as stream:
                yield stream
        else:
            with Path(self.place(name)).open("rb") as stream:
                yield stream


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, so that a rename outlives a power failure."""
    if os.name == "posix":  # Windows cannot open folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

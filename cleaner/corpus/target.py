"""Where the outputs of a run go: a folder, or an address that fsspec knows.

A run writes into a work folder on this machine, and gives a file to its target when it is whole. In a
folder (``file://`` too) that is a rename, as the work folder lies inside it. To an address it is an upload:
object stores show it only when it is complete, and have no rename but copying; elsewhere (sftp, smb, hdfs,
...) it gets a temporary name, and then its own. So a reader of the target never sees half a file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.corpus.disk import sync_folder
from cleaner.corpus.files import OutputError
from cleaner.corpus.inputs import file_system, is_remote
from cleaner.errors import InputError

STORES = frozenset("s3 s3a gs gcs abfs abfss az adl oss cos obs r2 tos hf".split())
"""Protocols of which an upload is seen when it is complete, not before."""
WORK = ".cleaner"
"""Folder with what a run that is not finished needs to go on."""
STATE = "state.json"
"""In it: up to where the run is."""


class Target:
    """The folder or address OUT_DIR."""

    def __init__(self, address: str) -> None:
        """Raises InputError if an address needs a package that is not there."""
        self.address: str = address.rstrip("/") or "/"
        self.remote: Any = None
        self.root: str = self.address
        protocol, _, path = address.partition("://")
        if is_remote(address) and protocol in ("file", "local"):
            self.root = path.rstrip("/") or "/"
        elif is_remote(address):
            self.remote, self.root = file_system(self.address)

    @property
    def work(self) -> Path:
        """The work folder."""
        if self.remote is None:
            return Path(self.root) / WORK
        return user_cache("runs") / hashlib.sha256(self.address.encode()).hexdigest()[:16]

    def has_stopped_run(self) -> bool:
        """Is there a run that is not finished, and can go on?"""
        return (self.work / STATE).exists()

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

    def put_all(self, files: list[tuple[Path, str]]) -> None:
        """Give files of the work folder, which are on the disk, their places. Remote: copies stay."""
        if self.remote is not None:
            for file, name in files:
                self._upload(file, name)
            return
        folders: dict[Path, None] = {}
        for file, name in files:
            target = Path(self.place(name))
            if target.parent not in folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                folders[target.parent] = None
            file.replace(target)
        for folder in folders:
            sync_folder(folder)

    def _upload(self, file: Path, name: str) -> None:
        place = self.place(name)
        folder, _, last = place.rpartition("/")
        self.remote.makedirs(folder, exist_ok=True)
        protocol = self.address.partition("://")[0]
        if protocol in STORES:
            self.remote.put_file(str(file), place)
            return
        unfinished = f"{folder}/.{last}.part"
        try:
            self.remote.put_file(str(file), unfinished)
            if self.remote.exists(place):  # some renames refuse to replace; half a file it never is
                self.remote.rm_file(place)
            self.remote.mv(unfinished, place)
        except BaseException:
            with suppress(Exception):
                self.remote.rm_file(unfinished)
            raise

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

    def size(self, name: str) -> int | None:
        """Bytes of a file; None if there is none."""
        if not self.exists(name):
            return None
        if self.remote is not None:
            return int(self.remote.size(self.place(name)))
        return Path(self.place(name)).stat().st_size

    def remove_empty_folder(self, name: str) -> None:
        """Remove a folder if nothing is in it. Object stores have no folders."""
        if self.remote is None:
            with suppress(OSError):
                Path(self.place(name)).rmdir()

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


def user_cache(what: str) -> Path:
    """A folder of this user's for files that can be made again or are not finished."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "cleaner" / what

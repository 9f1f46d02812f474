"""What a corpus run reads: the files behind names, folders, patterns and addresses.

Anything with "://" in it goes through fsspec (extra ``remote``): s3://, gs://, hf://, memory://.
"""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Literal

from cleaner.corpus.compression import SUFFIXES, split_suffix
from cleaner.corpus.files import STANDARD, check_input, display_name, open_input
from cleaner.errors import InputError

Form = Literal["txt", "lines", "jsonl", "csv", "parquet", "html"]
"""txt: a document a file; lines: a document a line; csv: also .tsv."""

FORMS: dict[str, Form] = {
    ".txt": "txt",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
}

WHOLE_FILES: frozenset[Form] = frozenset(("txt", "html"))
"""Forms of which a file is one document."""

FORMATS = ("jsonl", *(f"jsonl{suffix}" for suffix in SUFFIXES), "parquet")
"""What a run can write instead of what it read."""

_CHUNK = 1 << 18
_MAGIC = re.compile(r"[*?[]")


@dataclass(frozen=True)
class Input:
    """One file of a corpus."""

    path: str
    """As it was named or found: a path with forward slashes, an address, or "-"."""
    name: str
    """Where it stands in the tree that the output mirrors, with forward slashes."""
    form: Form
    compression: str = ""
    """Suffix in `cleaner.corpus.compression`, or ""."""
    size: int = -1
    """Bytes as stored; -1: not known (standard input)."""
    stamp: str = ""
    """Changes when the file does: time of change, or what the store has for it (ETag)."""

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain JSON values."""
        return asdict(self)


def is_remote(path: str) -> bool:
    """Is this an address for fsspec?"""
    return "://" in path


def file_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it. Raises InputError if it is not there."""
    try:
        import fsspec  # type: ignore[import-untyped]
    except ImportError as error:
        raise InputError(f"{address}: install what reads addresses: pip install 'bersih[remote]'") from error
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(f"{address}: {error}") from error
    return system, str(path)


def find_inputs(names: list[str], form: Form | None = None) -> list[Input]:
    """Every file behind ``names``, each once, in the order named; a folder's files by name.

    Of a folder only files with a known suffix are taken. Raises InputError if a name finds nothing, or
    if two files would have the same place in the output.
    """
    found: dict[str, Input] = {}
    places: dict[str, str] = {}
    folders = sum(not _MAGIC.search(name) and _is_folder(name) for name in names)
    for name in names:
        for path, place, size, stamp in _expand(name, form, deep=folders > 1):
            if path in found:
                continue
            item = _input(path, place, form, size, stamp)
            if places.setdefault(place, path) != path:
                raise InputError(
                    f"{places[place]} and {path} would both be written as {place}; clean them into different "
                    "folders, or name the folder above both"
                )
            found[path] = item
    return list(found.values())


def _input(path: str, place: str, form: Form | None, size: int, stamp: str) -> Input:
    suffix, compression = split_suffix(PurePosixPath(place))
    if form is None and suffix == ".json":
        raise InputError(f"{path}: .json may be anything; say --format jsonl if it holds one object a line")
    return Input(path, place, form or FORMS.get(suffix, "txt"), compression, size, stamp)


def _expand(name: str, form: Form | None, deep: bool) -> Iterator[tuple[str, str, int, str]]:
    """Path, place in the output tree, size and stamp of each file behind one name."""
    if name == "-":
        yield name, "stdin" + {"jsonl": ".jsonl", "csv": ".csv"}.get(form or "", ".txt"), -1, ""
    elif is_remote(name):
        yield from _expand_remote(name, form, deep)
    elif _MAGIC.search(name) and not Path(name).exists():
        fixed = name[: _MAGIC.search(name).start()].rpartition("/")[0]  # type: ignore[union-attr]
        paths = sorted(Path(path) for path in glob.glob(name, recursive=True))  # noqa: PTH207 - any root
        paths = [path for path in paths if path.is_file()]
        if not paths:
            raise InputError(f"{name}: no file has such a name")
        for path in paths:
            yield _local(path, path.relative_to(fixed or ("/" if name.startswith("/") else ".")))
    elif Path(name).is_dir():
        folder = Path(name)
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and _is_document(path, form))
        if not paths:
            known = ", ".join(FORMS)
            raise InputError(f"{display_name(folder)}: no documents in this folder; files end in {known}")
        for path in paths:
            place = path.relative_to(folder)
            yield _local(path, Path(folder.resolve().name) / place if deep else place)
    else:
        check_input(Path(name))
        yield _local(Path(name), Path(Path(name).name))


def _is_folder(name: str) -> bool:
    if is_remote(name):
        system, path = file_system(name)
        return bool(system.isdir(path))
    return Path(name).is_dir()


def _is_document(path: PurePosixPath | Path, form: Form | None) -> bool:
    """Is a file in a folder one to read? Hidden files, and what lies in hidden folders, are not."""
    suffix = split_suffix(path)[0]
    return suffix in FORMS and (form is None or FORMS[suffix] == form or form == "lines")


def _local(path: Path, place: Path) -> tuple[str, str, int, str]:
    if not path.is_file():  # a named pipe can be read, once
        return display_name(path), display_name(place), -1, ""
    status = path.stat()
    return path.as_posix(), display_name(place), status.st_size, str(status.st_mtime_ns)


def _expand_remote(name: str, form: Form | None, deep: bool) -> Iterator[tuple[str, str, int, str]]:
    system, path = file_system(name)
    if _MAGIC.search(name):
        root = path[: _MAGIC.search(path).start()].rpartition("/")[0]  # type: ignore[union-attr]
        paths = sorted(system.glob(path))
    elif system.isdir(path):
        root = path.rstrip("/")
        paths = sorted(p for p in system.find(path) if _is_document(PurePosixPath(p), form))
        root = root.rpartition("/")[0] if deep else root
    elif system.exists(path):
        root, paths = path.rpartition("/")[0], [path]
    else:
        raise InputError(f"{name}: no such file")
    if not paths:
        raise InputError(f"{name}: no documents there; files end in {', '.join(FORMS)}")
    for found in paths:
        info = system.info(found)
        if info["type"] != "file":
            continue
        place = found[len(root) :].lstrip("/")
        yield system.unstrip_protocol(found), place, *_mark(info)


def _mark(info: dict[str, Any]) -> tuple[int, str]:
    """Size and stamp of a remote file."""
    stamp = next((info[key] for key in ("ETag", "etag", "mtime", "created") if info.get(key)), "")
    return int(info.get("size") or -1), str(stamp)


def is_as_found(source: Input) -> bool:
    """Does this machine see the file that `find_inputs` found, unchanged, and may it read it?"""
    try:
        if is_remote(source.path):
            system, path = file_system(source.path)
            return _mark(system.info(path)) == (source.size, source.stamp)
        status = Path(source.path).stat()
    except OSError:
        return False
    same = (status.st_size, str(status.st_mtime_ns)) == (source.size, source.stamp)
    return same and os.access(source.path, os.R_OK)


@contextmanager
def open_stored(path: str) -> Iterator[BinaryIO]:
    """The bytes of an input as they are stored, compressed or not. Raises InputError."""
    if not is_remote(path):
        with open_input(STANDARD if path == "-" else Path(path)) as stream:
            yield stream
        return
    system, inside = file_system(path)
    try:
        with system.open(inside, "rb") as stream:
            yield stream
    except OSError as error:
        raise InputError(f"{path}: cannot read it: {error}") from error


def chunks(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """The bytes of a stream in pieces. Raises InputError if the disk or the network fails."""
    # A pipe gives what it has; a buffered read would wait for a whole chunk.
    read = getattr(stream, "read1", stream.read) if stream is sys.stdin.buffer else stream.read
    try:
        while data := read(_CHUNK):
            yield data
    except OSError as error:
        raise InputError(f"{name}: reading failed: {error.strerror or error}") from error

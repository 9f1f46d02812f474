"""Where the dictionary lies and how its binary files are opened without reading them.

A binary table is a file of a few arrays. It is mapped into memory, and each array is a `memoryview`
cast over the mapping: opening takes a fraction of a millisecond however large the file, pages come in
when they are touched, and all processes of a machine share them.

    8 bytes    magic, with the version of the format
    uint32     number of arrays
    per array  name (8 bytes, NUL-padded), typecode (1 byte and 3 of padding), offset and length (uint32)
    ...        the arrays, each on an 8-byte boundary, little-endian
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import marisa_trie

from cleaner.errors import DictionaryError

MAGIC = b"cleaner1"
_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<8sc3xII")


@lru_cache(maxsize=1)
def data_folder() -> Path:
    """The folder of the shipped dictionary: inside an installed package, or beside a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_data", package.parent / "dictionaries"):
        if folder.is_dir():
            return folder
    raise DictionaryError(
        f"no dictionary found in {package / '_data'} or {package.parent / 'dictionaries'}; "
        "install the package again"
    )


def data_file(name: str, folder: Path | None = None) -> Path:
    """Path of one dictionary file. Raises DictionaryError if it is missing."""
    path = (data_folder() if folder is None else folder) / name
    if not path.is_file():
        raise DictionaryError(f"dictionary file is missing: {path}")
    return path


CHECKSUMS = "checksums.txt"
"""sha256 and name of each binary file, so that they need not be read to tell which they are."""
TABLES = ("joined.tsv", "nonstandard.tsv", "slang.tsv")
"""The tables of pairs, which a person may edit."""
BINARY = ("candidates.bin", "letters.bin", "ngrams.bin", "ngrams.marisa", "words.bin", "words.marisa")
_OWN = (CHECKSUMS, *TABLES)
"""What tells two dictionaries apart."""
_SHIPPED = ("casing.tsv", "decision.json", "phrases.tsv", "split_affixes.tsv", "boilerplate/compiled.json")
"""All other files that can influence a result; they belong to the package, whatever the dictionary."""


@lru_cache(maxsize=1)
def data_fingerprint() -> str:
    """Hash of the shipped data that can influence a result. Raises DictionaryError if a file is missing."""
    return _hash(data_file(name) for name in (*_OWN, *_SHIPPED))


def dictionary_fingerprint(folder: Path) -> str:
    """Hash of the dictionary in ``folder``. Raises DictionaryError if a file is missing."""
    return _hash(data_file(name, folder) for name in _OWN)


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def check_dictionary(folder: Path) -> None:
    """Is ``folder`` a whole dictionary? Reads every file, 25 MB in about 30 ms.

    Raises DictionaryError that says what is wrong with it.
    """
    again = "build it with `cleaner dictionary build CORPUS... -o DIR`"
    if not folder.is_dir():
        raise DictionaryError(f"{folder}: there is no such dictionary folder; {again}")
    if not (folder / CHECKSUMS).is_file():
        raise DictionaryError(f"{folder}: is no dictionary folder, it has no {CHECKSUMS}; {again}")
    listed = dict(line.split()[::-1] for line in read_lines(folder / CHECKSUMS) if len(line.split()) == 2)
    for name in (*BINARY, *TABLES):
        path = data_file(name, folder)
        if name in BINARY and hashlib.sha256(path.read_bytes()).hexdigest() != listed.get(name):
            raise DictionaryError(f"{path}: is damaged or from another build; {again}")


def checksums(folder: Path) -> str:
    """The lines of `CHECKSUMS` for those binary files that are in ``folder``."""
    paths = [folder / name for name in BINARY if (folder / name).is_file()]
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths)


def write_table(path: Path, arrays: Mapping[str, array[int]]) -> None:
    """Write ``arrays`` as one table (see the module docstring)."""
    offset = len(MAGIC) + _COUNT.size + _ENTRY.size * len(arrays)
    head, body = [MAGIC, _COUNT.pack(len(arrays))], []
    for name, values in arrays.items():
        padding = -offset % 8
        data = values.tobytes()
        head.append(
            _ENTRY.pack(name.encode("ascii"), values.typecode.encode("ascii"), offset + padding, len(data))
        )
        body += [bytes(padding), data]
        offset += padding + len(data)
    path.write_bytes(b"".join(head + body))


def open_table(path: Path) -> dict[str, memoryview]:
    """Map a table and return its arrays by name. Raises DictionaryError if it is damaged."""
    if sys.byteorder != "little":
        raise DictionaryError("the dictionary files are little-endian, this machine is not")
    with path.open("rb") as file:
        try:
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as error:  # an empty file cannot be mapped
            raise DictionaryError(f"dictionary file is damaged: {path} ({error})") from error
    if mapped[: len(MAGIC)] != MAGIC:
        raise DictionaryError(f"dictionary file is damaged or of another version: {path}; build it again")
    arrays = {}
    try:
        (number,) = _COUNT.unpack_from(mapped, len(MAGIC))
        for i in range(number):
            name, typecode, offset, length = _ENTRY.unpack_from(
                mapped, len(MAGIC) + _COUNT.size + i * _ENTRY.size
            )
            if offset + length > len(mapped):
                raise DictionaryError(f"dictionary file is cut off: {path}; build it again")
            # `cast` wants a literal typecode for typing; the builder writes only these.
            arrays[name.rstrip(b"\0").decode("ascii")] = mapped[offset : offset + length].cast(
                typecode.decode()
            )
    except (struct.error, TypeError, ValueError) as error:
        raise DictionaryError(f"dictionary file is damaged: {path} ({error})") from error
    return arrays


def open_trie(path: Path) -> marisa_trie.Trie:
    """Map a trie: a set of strings, each with a dense number. Raises DictionaryError if damaged."""
    trie = marisa_trie.Trie()
    try:
        trie.mmap(str(path))
    except (OSError, RuntimeError) as error:
        raise DictionaryError(f"dictionary file is damaged: {path} ({error})") from error
    return trie


def read_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a tab-separated table; lines that start with ``#`` are remarks."""
    for line in read_lines(path):
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def read_lines(path: Path) -> list[str]:
    """The lines of a text file of the dictionary. Raises DictionaryError if it is not UTF-8."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise DictionaryError(f"dictionary file is damaged: {path} is not UTF-8 ({error})") from error
    return text.removesuffix("\n").split("\n")

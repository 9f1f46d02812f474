"""Compressed bytes: gzip, Zstandard, xz and bzip2, by the file's suffix.

What is written is a row of whole members (gzip, RFC 1952), frames (Zstandard, RFC 8878) or streams
(xz, bzip2), one a block. Each format says that such a row is one file, and it has two uses: the bytes
do not depend on which process made them, and a file may be cut off after any of them and go on from
there. A gzip member holds no time, so the same text gives the same bytes.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from cleaner.errors import InputError

if TYPE_CHECKING:
    from pathlib import PurePath

SUFFIXES = {".gz": "gzip", ".zst": "zstd", ".xz": "xz", ".bz2": "bzip2"}

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
_GZIP_WINDOW = 31  # zlib: expect a gzip header


def split_suffix(path: PurePath) -> tuple[str, str]:
    """The suffix that says what is inside, and the one of its compression: (".jsonl", ".gz")."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return path.with_suffix("").suffix.lower(), suffix
    return suffix, ""


def compress(data: bytes, suffix: str) -> bytes:
    """``data`` as one member, frame or stream; as it is for the suffix "". Nothing stays nothing."""
    if not data or not suffix:
        return data
    if suffix == ".gz":
        return gzip.compress(data, _GZIP_LEVEL, mtime=0)
    if suffix == ".zst":
        import zstandard

        return zstandard.ZstdCompressor(_ZSTD_LEVEL).compress(data)
    return lzma.compress(data) if suffix == ".xz" else bz2.compress(data)


def decompressed(chunks: Iterable[bytes], suffix: str) -> Iterator[bytes]:
    """The uncompressed bytes of a file that is read in ``chunks``.

    Raises InputError, after everything that could be read, if the data are broken or end too early.
    """
    if not suffix:
        yield from chunks
        return
    what = SUFFIXES[suffix]
    make, broken = _decoder(suffix)
    decoder: Any = None
    for chunk in chunks:
        while chunk:
            if decoder is None:
                if suffix == ".gz":
                    chunk = chunk.lstrip(b"\0")  # tapes and block devices pad with zeros
                    if not chunk:
                        break
                decoder = make()
            try:
                data = decoder.decompress(chunk)
            except broken as error:
                raise InputError(f"the {what} data are broken ({error}); get the file again") from error
            if data:
                yield data
            chunk = decoder.unused_data if decoder.eof else b""
            if decoder.eof:
                decoder = None
    if decoder is not None:
        raise InputError(f"the {what} data end too early: the file was cut off; get it again")


def _decoder(suffix: str) -> tuple[Callable[[], Any], tuple[type[Exception], ...]]:
    """What makes a decoder of one member, and the errors it raises."""
    if suffix == ".gz":
        return lambda: zlib.decompressobj(_GZIP_WINDOW), (zlib.error,)
    if suffix == ".zst":
        import zstandard

        return lambda: zstandard.ZstdDecompressor().decompressobj(), (zstandard.ZstdError,)
    if suffix == ".xz":
        return lzma.LZMADecompressor, (lzma.LZMAError,)
    return bz2.BZ2Decompressor, (OSError, ValueError)

"""Shards of a corpus, and what a worker does with one: read it, clean its blocks, leave a finished piece.

A shard is a few tens of blocks that follow each other: a part of one file, or some small files. Where a
block ends depends only on the file (see `cleaner.corpus.blocks`), so a worker that is told where a shard
lies reads it by itself, from storage that all machines see, and cuts the blocks that any other would.

What became of the blocks (bytes, log, numbers) is committed as one file, the piece, in the run's work
folder: written under another name, forced to disk, renamed. What decides its content, and with it the
fingerprint of the run's plan, is in its name, and its last bytes are the hash of all that was read. So a
piece that is there already, of a run or a worker that was killed, is used if its input is still the same.

Start reading at `ShardWork.__call__`. Who hands out shards is `cleaner.corpus.sharded.ShardedRun`.
"""

from __future__ import annotations

import hashlib
import io
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleaner.corpus.blocks import BEGINNING, Block, Start, read_range
from cleaner.corpus.files import open_output
from cleaner.corpus.inputs import WHOLE_FILES, Input, chunks, is_as_found, open_stored
from cleaner.corpus.parquet import read_rows, row_groups
from cleaner.corpus.reading import ChangedError, Ending, InputReader
from cleaner.corpus.worker import BlockCleaner, Cleaned
from cleaner.errors import InputError

MARKER = "shards"
"""File in the work folder that tells a worker it sees the right one."""

_HASH = 32  # bytes of a SHA-256


class Part(NamedTuple):
    """A run of blocks of one input."""

    source: Input
    number: int
    """Place among the inputs."""
    start: Start = BEGINNING
    prefix: str = ""
    """SHA-256 of the uncompressed bytes before ``start``; "": not known."""
    end: int | None = None
    """Where the next part starts, as `Block.offset`; None: this one goes to the end of the file."""
    head: bytes = b""
    """CSV: the first row of the file."""
    sha256: str = ""
    """Of the bytes from ``start`` to ``end``; "": not known."""
    behind: str = ""
    """SHA-256 of the bytes before ``end``; "": not known."""
    last: bool = False
    """Does the file end at ``end``?"""

    def blocks(self, limit: int) -> Iterator[tuple[Block, Ending | None]]:
        """The blocks; of a part to the end of the file, the last one with what is known then."""
        source = self.source
        if self.end is None:
            reader = InputReader(source, self.number, limit, self.start, self.prefix)
            for block in reader.blocks():
                yield block, reader.ending if block.last else None
            return
        with open_stored(source.path) as stream:
            if source.form == "parquet":
                blocks = read_rows(source, stream, self.start, self.end)
            else:
                stream.seek(self.start.offset)
                pieces = _first(chunks(stream, source.path), self.end - self.start.offset)
                blocks = read_range(source, pieces, limit, self.start, self.head)
            for block in blocks:
                yield block._replace(number=self.number, last=self.last and block.end == self.end), None


Shard = tuple[Part, ...]


def _first(pieces: Iterator[bytes], length: int) -> Iterator[bytes]:
    """The first ``length`` bytes."""
    for piece in pieces:
        yield piece[:length]
        length -= len(piece)
        if length <= 0:
            return


@dataclass(frozen=True)
class Survey:
    """Finds the parts of a file, each of about ``size`` bytes, and what is known of it when it was read."""

    limit: int
    size: int

    def __call__(self, whole: Part) -> tuple[list[Part], Ending]:
        """One part, which is all, of what can only be read from its beginning, or not at all."""
        if whole.source.compression or whole.source.form in WHOLE_FILES or not is_as_found(whole.source):
            return [whole], Ending()
        if whole.source.form == "parquet":
            return self.groups(whole)
        return self.ranges(whole)

    def ranges(self, part: Part) -> tuple[list[Part], Ending]:
        """Of lines or rows. All is read, since lines must be counted and a hash be made of them."""
        reader = InputReader(part.source, part.number, self.limit, part.start, part.prefix)
        parts = []
        sha256 = hashlib.sha256()
        for block in reader.blocks():
            sha256.update(block.data)
            reader.prefix.update(block.data)
            reached = block.end >= (part.start.offset // self.size + 1) * self.size
            if block.last or (block.whole and reached):
                behind = reader.prefix.hexdigest()
                parts.append(
                    part._replace(
                        end=block.end,
                        head=block.head,
                        sha256=sha256.hexdigest(),
                        behind=behind,
                        last=block.last,
                    )
                )
                part = part._replace(start=Start(block.end, block.next), prefix=behind)
                sha256 = hashlib.sha256()
        if reader.ending.problem:  # it is told by who reads the last part to the end
            parts[-1] = parts[-1]._replace(end=None, sha256="", behind="", last=False)
        return parts, reader.ending

    def groups(self, part: Part) -> tuple[list[Part], Ending]:
        """Of a Parquet file: its row groups, small ones together."""
        ends, row, size = [], 0, 0
        ending, sha256 = Ending(), hashlib.sha256()
        try:
            with open_stored(part.source.path) as stream:
                for rows, length in row_groups(part.source, stream):
                    row, size = row + rows, size + length
                    if size >= self.size:
                        ends.append(row)
                        size = 0
                stream.seek(0)
                for data in chunks(stream, part.source.path):
                    ending.size += len(data)
                    sha256.update(data)
        except InputError:
            return [part], ending
        ending.sha256 = sha256.hexdigest()
        parts = []
        for end in sorted({end for end in (*ends, row) if end > part.start.offset}):
            parts.append(part._replace(end=end, last=end == row))
            part = part._replace(start=Start(end, end + 1))
        return parts or [part], ending


class Refused(NamedTuple):
    """Stands for the result of a shard that could not be read."""

    path: str
    machine: str
    problem: str = ""
    """What is wrong in the midst of the file; "": the file is not there, or another one."""


class Row(NamedTuple):
    """One block in a piece; its output and its log, of these lengths, follow. Otherwise as in `Block`."""

    number: int
    offset: int
    first: int
    end: int
    next: int
    last: bool
    ending: Ending | None
    result: Cleaned
    output: int
    log: int


@dataclass(frozen=True)
class ShardWork:
    """Cleans shards. Picklable; knows nothing of what sends it where."""

    clean: BlockCleaner
    limit: int
    folder: Path
    """The run's work folder."""
    fingerprint: str
    """Of the run's plan."""

    def __call__(self, shard: Shard) -> Refused | bytes | None:
        """Commit the piece of a shard; give it back, where the work folder cannot be seen.

        Raises ChangedError if the bytes are not those that were surveyed.
        """
        for part in shard:
            if not is_as_found(part.source):
                return Refused(part.source.path, socket.gethostname())
        try:
            if not self.sees_folder():
                piece = io.BytesIO()
                self.write(shard, piece)
                return piece.getvalue()
            path = self.path(shard)
            if not (path.exists() and self.fits(path, shard)):
                with open_output(path) as stream:
                    self.write(shard, stream)
        except _BrokenError as error:
            return Refused(error.path, socket.gethostname(), str(error))
        return None

    def path(self, shard: Shard) -> Path:
        """The piece of a shard."""
        key = hashlib.sha256(repr((self.fingerprint, shard)).encode("utf-8", "surrogatepass")).hexdigest()
        number, offset = shard[0].number, shard[0].start.offset
        return self.folder / f"{self.fingerprint}-{number:08}-{offset:016}-{key[:16]}.shard"

    def sees_folder(self) -> bool:
        """Does this machine see the work folder of the run?"""
        try:
            return (self.folder / MARKER).read_text() == self.fingerprint
        except OSError:
            return False

    def fits(self, path: Path, shard: Shard) -> bool:
        """Was a piece made from what the input holds now?"""
        sha256 = hashlib.sha256()
        for block, _ in self.blocks(shard):
            sha256.update(block.data)
        with path.open("rb") as stream:
            stream.seek(-_HASH, io.SEEK_END)
            return stream.read() == sha256.digest()

    def write(self, shard: Shard, stream: BinaryIO) -> None:
        """A row for each block, after its length, and the SHA-256 of all that was read."""
        import msgspec

        sha256 = hashlib.sha256()
        for block, ending in self.blocks(shard):
            sha256.update(block.data)
            result = self.clean(block)
            place = (block.number, block.offset, block.first, block.end, block.next, block.last)
            small = result._replace(output=b"", log=b"")
            row = msgspec.msgpack.encode(Row(*place, ending, small, len(result.output), len(result.log)))
            stream.writelines((len(row).to_bytes(8, "big"), row, result.output, result.log))
        stream.write(sha256.digest())

    def blocks(self, shard: Shard) -> Iterator[tuple[Block, Ending | None]]:
        """All blocks of a shard."""
        for part in shard:
            sha256 = hashlib.sha256()
            try:
                for block, ending in part.blocks(self.limit):
                    sha256.update(block.data)
                    yield block, ending
            except InputError as error:
                if part.source.form == "parquet":
                    raise _BrokenError(part.source.path, str(error)) from error
                raise
            if part.sha256 and part.sha256 != sha256.hexdigest():
                raise ChangedError(f"{part.source.path}: was written to since the run began")


class _BrokenError(Exception):
    """A Parquet file is damaged in the midst."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(problem)
        self.path = path


def read_piece(data: memoryview) -> Iterator[Row]:
    """The rows that `ShardWork.write` wrote, with output and log, which stay where they are."""
    import msgspec

    decoder: Any = msgspec.msgpack.Decoder(Row)
    at = 0
    while at < len(data) - _HASH:
        length = int.from_bytes(data[at : at + 8], "big")
        row = decoder.decode(data[at + 8 : at + 8 + length])
        output = at + 8 + length
        log = output + row.output
        at = log + row.log
        yield row._replace(result=row.result._replace(output=data[output:log], log=data[log:at]))

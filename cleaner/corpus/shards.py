"""A corpus run in shards: whoever cleans a part of the corpus reads it himself, and leaves a finished piece.

A shard is a few tens of blocks that follow each other: a range of one file, or some small files. A worker
is told where it lies, reads it from storage that all machines see, cleans its blocks and commits what
became of them (bytes, log, numbers) as one file in the work folder: written under another name, forced
to disk, renamed. The run only finds out where shards begin, and puts the pieces one behind the other, as
it does with blocks; so all it writes is the same, byte for byte. A piece that is there already, of a run
that was killed, is used if its input still has the same hash.

What no shard can do is done block by block, the run reading: a shard that ends every worker holds one
block that does, and a Parquet file may be damaged in the midst.

Start reading at `ShardedRun.results`, and at `ShardWork.__call__` for what happens in the worker.
"""

from __future__ import annotations

import hashlib
import io
import json
import socket
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleaner.corpus.blocks import BEGINNING, Block, Start, read_range
from cleaner.corpus.files import open_output
from cleaner.corpus.inputs import Input, chunks, is_as_found, is_remote, open_stored
from cleaner.corpus.journal import Journal
from cleaner.corpus.parquet import read_rows, row_groups
from cleaner.corpus.reading import ChangedError, Ending, InputReader
from cleaner.corpus.run import CorpusRun
from cleaner.corpus.worker import BlockCleaner, Cleaned
from cleaner.errors import InputError
from cleaner.parallel import Died

LONGEST = 32 << 20
"""Bytes of a shard: some 15 seconds of work, which is what the death of a worker costs."""

SHARES = 256
"""A corpus is cut into so many shards, if they are not longer than that: all processors have work."""

_FILES = 1000  # of a shard
_UNPACKED = 4  # times as long as stored is a compressed file, about
_MARKER = "shards"  # file in the work folder that tells a worker it sees the right one
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
        """The blocks; with the last one of a file what is known of it then, if it is not known before."""
        source = self.source
        if self.end is None:
            reader = InputReader(source, self.number, limit, self.start, self.prefix)
            for block in reader.blocks():
                yield block, reader.ending if block.last else None
            return
        ending = None
        with open_stored(source.path) as stream:
            if source.form == "parquet":
                if self.last:
                    ending = _read_whole(stream, source.path)
                blocks = read_rows(source, stream, self.start, self.end)
            else:
                stream.seek(self.start.offset)
                pieces = _first(chunks(stream, source.path), self.end - self.start.offset)
                blocks = read_range(source, pieces, limit, self.start, self.head)
            for block in blocks:
                last = self.last and block.end == self.end
                yield block._replace(number=self.number, last=last), ending if last else None


Shard = tuple[Part, ...]


class Refused(NamedTuple):
    """Stands for the result of a shard that could not be read."""

    path: str
    machine: str
    problem: str = ""
    """What is wrong in the midst of the file; "": the file is not there, or another one."""


class Row(NamedTuple):
    """One block in a piece. All but ``result`` and ``ending`` are as in `Block`."""

    number: int
    offset: int
    first: int
    end: int
    next: int
    last: bool
    ending: Ending | None
    result: Cleaned


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

        Raises ChangedError if the bytes are not those that the run has seen.
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
        """The piece of a shard. What decides its content, and is known before, is in its name."""
        key = hashlib.sha256(repr((self.fingerprint, shard)).encode("utf-8", "surrogatepass")).hexdigest()
        first = shard[0]
        name = f"{self.fingerprint}-{first.number:08}-{first.start.offset:016}-{key[:16]}.shard"
        return self.folder / name

    def sees_folder(self) -> bool:
        """Does this machine see the work folder of the run?"""
        try:
            return (self.folder / _MARKER).read_text() == self.fingerprint
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
        """The rows of the blocks, each after its length, and the SHA-256 of all that was read."""
        import msgspec

        sha256 = hashlib.sha256()
        for block, ending in self.blocks(shard):
            sha256.update(block.data)
            place = (block.number, block.offset, block.first, block.end, block.next, block.last)
            row = msgspec.msgpack.encode(Row(*place, ending, self.clean(block)))
            stream.write(len(row).to_bytes(8, "big") + row)
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
                raise _changed(part.source.path)


class ShardedRun(CorpusRun):
    """A `CorpusRun` that hands out shards. Inputs must be files or addresses, the target no stream."""

    @cached_property
    def size(self) -> int:
        """Bytes of a shard, which ends with the block that reaches them."""
        return max(1, min(LONGEST, sum(map(_weight, self.inputs)) // SHARES))

    @property
    def books(self) -> Journal:
        """The journal. Raises InputError if there is none."""
        if not isinstance(self.journal, Journal):
            raise InputError("a run in shards cannot write to standard output; name a folder")
        return self.journal

    def begin(self) -> None:
        """Start anew. Raises InputError if an input is a stream, which no other machine can read."""
        for source in self.inputs:
            if source.size < 0 and not is_remote(source.path):
                raise InputError(f"{source.path}: is a stream, which a cluster cannot read; name a file")
        super().begin()

    def results(self) -> Generator[tuple[Block, Cleaned | Died], None, None]:
        """What is still to do, done."""
        work = self.shard_work()
        self.abandoned: set[int] = set()
        """Inputs whose later shards do not count, since they were read to their end block by block."""
        with closing(self.engine(work, self.shards(), self.workers, lambda: self.stopped)) as outcomes:
            for shard, outcome in outcomes:
                yield from self.as_one(shard, self.pairs(work, shard, outcome))

    def shard_work(self) -> ShardWork:
        """What does the work, in a swept folder."""
        plan = json.dumps(self.books.plan, sort_keys=True).encode()
        fingerprint = hashlib.sha256(plan).hexdigest()[:16]
        folder, state = self.books.folder.absolute(), self.books.state
        for path in [*folder.glob("*.shard"), *folder.glob(".*.tmp")]:
            of, *place = path.stem.split("-")[:3]
            if of != fingerprint or tuple(map(int, place)) < (state.file, state.offset):
                path.unlink()
        (folder / _MARKER).write_text(fingerprint)
        return ShardWork(self.clean, self.job.limit, folder, fingerprint)

    def as_one(
        self, shard: Shard, pairs: Iterator[tuple[Block, Cleaned | Died]]
    ) -> Iterator[tuple[Block, Cleaned | Died]]:
        """The blocks of a shard, of which only behind the last a run can go on."""
        held = None
        for block, result in pairs:
            if held:
                yield held
            held = block._replace(whole=False), result
        if held:
            self.behind = shard[-1].behind
            yield held[0]._replace(whole=True), held[1]

    def prefix_behind(self, block: Block) -> str:
        """SHA-256 of the uncompressed input up to the end of the shard that ends with a block."""
        return self.behind if block.whole else ""

    def pairs(
        self, work: ShardWork, shard: Shard, outcome: Refused | Died | bytes | None
    ) -> Iterator[tuple[Block, Cleaned | Died]]:
        """The blocks of a shard and what became of them."""
        if isinstance(outcome, Refused):
            part = next(part for part in shard if part.source.path == outcome.path)
            yield from self.by_blocks(_readable(shard, part, outcome))
            if outcome.problem:
                self.abandoned.add(part.number)
        elif isinstance(outcome, Died) or (outcome is None and not work.path(shard).exists()):
            yield from self.by_blocks(shard)
        else:
            yield from self.piece(work.path(shard), outcome)

    def piece(self, path: Path, content: bytes | None) -> Iterator[tuple[Block, Cleaned]]:
        """What a worker left."""
        with path.open("rb") if content is None else io.BytesIO(content) as stream:
            for row in _rows(stream):
                if row.number in self.abandoned:
                    continue
                if row.ending:
                    self.readers[row.number].ending = row.ending
                    self.count_bytes(row.ending.size)
                place = (row.offset, row.first, row.end, row.next)
                block = Block(self.inputs[row.number], b"", *place, number=row.number, last=row.last)
                yield block, row.result
        if content is None:
            self.books.grown.append(path)

    def by_blocks(self, shard: Shard) -> Iterator[tuple[Block, Cleaned | Died]]:
        """The blocks of a shard as on one machine: read here, and handed out one by one."""

        def blocks() -> Iterator[Block]:
            for part in shard:
                if part.number in self.abandoned:
                    continue
                here = part._replace(source=self.inputs[part.number])
                for block, ending in here.blocks(self.job.limit):
                    if ending:
                        self.readers[part.number].ending = ending
                    yield block

        return self.engine(self.clean, blocks(), self.workers, lambda: False)

    def shards(self) -> Iterator[Shard]:
        """What is still to do. The same after a stop, from where the run goes on."""
        waiting: list[Part] = []
        size = 0
        for part in self.parts():
            source = part.source
            if not is_remote(source.path):  # workers have another folder to work in
                source = replace(source, path=Path(source.path).absolute().as_posix())
            waiting.append(part._replace(source=source))
            size += _weight(source)
            if part.end is not None or size >= self.size or len(waiting) == _FILES:
                yield tuple(waiting)
                waiting, size = [], 0
        if waiting:
            yield tuple(waiting)

    def parts(self) -> Iterator[Part]:
        """The inputs, in parts where they are long and can be read from the midst."""
        for number in range(self.books.state.file, len(self.inputs)):
            reader = self.reader(number)
            source = reader.source
            if source.form == "parquet":
                yield from self.groups(reader)
            elif source.form in ("txt", "html") or source.compression or source.size <= self.size:
                yield Part(source, number, reader.start, reader.expected)
            else:
                yield from self.ranges(reader)

    def ranges(self, reader: InputReader) -> Iterator[Part]:
        """Parts of a file of lines or rows. It is read and cut, to count lines and for its SHA-256."""
        part = Part(reader.source, reader.number, reader.start, reader.expected)
        sha256 = hashlib.sha256()
        for block in reader.blocks():
            if reader.ending.problem:  # what is left of it is a part, which tells the problem
                yield part
                return
            sha256.update(block.data)
            reader.prefix.update(block.data)
            reached = block.end >= (part.start.offset // self.size + 1) * self.size
            if block.last or (block.whole and reached):
                behind = reader.prefix.hexdigest()
                yield part._replace(
                    end=block.end, head=block.head, sha256=sha256.hexdigest(), behind=behind, last=block.last
                )
                part = part._replace(start=Start(block.end, block.next), prefix=behind)
                sha256 = hashlib.sha256()

    def groups(self, reader: InputReader) -> Iterator[Part]:
        """Parts of a Parquet file: its row groups, small ones together."""
        part = Part(reader.source, reader.number, reader.start)
        row = size = 0
        ends = []
        try:
            with open_stored(reader.source.path) as stream:
                for rows, length in row_groups(reader.source, stream):
                    row, size = row + rows, size + length
                    if size >= self.size:
                        ends.append(row)
                        size = 0
        except InputError:
            ends = []  # told by who reads all of it
        ends = sorted({end for end in (*ends, row) if end > part.start.offset})
        if len(ends) < 2:
            yield part
            return
        for end in ends:
            yield part._replace(end=end, last=end == row)
            part = part._replace(start=Start(end, end + 1))


class _BrokenError(Exception):
    """A Parquet file is damaged in the midst."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(problem)
        self.path = path


def _readable(shard: Shard, refused: Part, why: Refused) -> Shard:
    """A shard that a worker refused, as it can be read block by block: one part of it to the end of the file.

    Raises InputError if the file is there for this machine, or ChangedError if others read parts of it.
    """
    if why.problem:
        return tuple(part._replace(end=None) if part is refused else part for part in shard)
    if is_as_found(refused.source):
        raise InputError(
            f"{why.path}: the machine {why.machine} has no such file, or another one. Inputs must lie where every "
            "machine of the cluster finds them under the same path, or at an address (s3://...)"
        )
    if refused.end is not None:
        raise _changed(why.path)
    return shard


def _changed(path: str) -> ChangedError:
    return ChangedError(f"{path}: was written to since the run began; start anew with --overwrite")


def _weight(source: Input) -> int:
    """Bytes of a file, unpacked, as far as one can tell."""
    if source.size < 0:
        return LONGEST
    return source.size * (_UNPACKED if source.compression else 1)


def _first(pieces: Iterator[bytes], length: int) -> Iterator[bytes]:
    """The first ``length`` bytes."""
    for piece in pieces:
        yield piece[:length]
        length -= len(piece)
        if length <= 0:
            return


def _read_whole(stream: BinaryIO, path: str) -> Ending:
    """Size and SHA-256 of a file."""
    ending, sha256 = Ending(), hashlib.sha256()
    for data in chunks(stream, path):
        ending.size += len(data)
        sha256.update(data)
    ending.sha256 = sha256.hexdigest()
    stream.seek(0)
    return ending


def _rows(stream: BinaryIO) -> Iterator[Row]:
    """What `ShardWork.write` wrote."""
    import msgspec

    decoder = msgspec.msgpack.Decoder(Row)
    end = stream.seek(-_HASH, io.SEEK_END)
    stream.seek(0)
    while stream.tell() < end:
        yield decoder.decode(stream.read(int.from_bytes(stream.read(8), "big")))

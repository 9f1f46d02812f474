"""A corpus run in shards: workers read and clean parts of the corpus by themselves, the run joins the pieces.

The pieces are put one behind the other as blocks are otherwise, with the same books; so all that is
written is the same, byte for byte, and a run in shards may go on as one in blocks and the other way
round. Only at the end of a shard a run can go on.

What no shard can do is done block by block, with the run reading: a shard that ends every worker holds
one block that does, and a Parquet file may be damaged in the midst.

Start reading at `ShardedRun.results`.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from cleaner.corpus.blocks import Block
from cleaner.corpus.inputs import Input, is_as_found, is_remote
from cleaner.corpus.journal import Journal
from cleaner.corpus.reading import ChangedError, Ending
from cleaner.corpus.run import CorpusRun
from cleaner.corpus.shards import MARKER, Part, Refused, Shard, ShardWork, Survey, read_piece
from cleaner.corpus.worker import Cleaned
from cleaner.errors import InputError
from cleaner.parallel import Died

LONGEST = 32 << 20
"""Bytes of a shard: some 15 seconds of work, which is what the death of a worker costs."""

SHARES = 256
"""A corpus is cut into so many shards, unless they are longer than that: all processors have work."""

_FILES = 1000  # of a shard
_UNPACKED = 4  # times as long as stored is a compressed file, about

Pairs = Iterator[tuple[Block, "Cleaned | Died"]]


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
            raise InputError("a cluster cannot write to standard output; name a folder with -o")
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
        for path in [*folder.glob("*.shard"), *folder.glob(".*.shard.*.tmp")]:
            of, *place = path.stem.split("-")[:3]
            if of != fingerprint or tuple(map(int, place)) < (state.file, state.offset):
                path.unlink()
        (folder / MARKER).write_text(fingerprint)
        return ShardWork(self.clean, self.job.limit, folder, fingerprint)

    def shards(self) -> Iterator[Shard]:
        """What is still to do. The same after a stop, from where the run goes on."""
        waiting: list[Part] = []
        size = 0
        with closing(self.surveyed()) as parts:
            for part in parts:
                waiting.append(part)
                size += _weight(part.source)
                if part.end is not None or size >= self.size or len(waiting) == _FILES:
                    yield tuple(waiting)
                    waiting, size = [], 0
        if waiting:
            yield tuple(waiting)

    def surveyed(self) -> Generator[Part, None, None]:
        """The inputs, in parts where they are long and can be read from the midst."""
        first = self.books.state.file
        surveys = self.engine(
            Survey(self.job.limit, self.size), self.long_ones(), self.workers, lambda: False
        )
        with closing(surveys):
            for number in range(first, len(self.inputs)):
                if _weight(self.inputs[number]) <= self.size:
                    yield self.whole(number)
                    continue
                whole, outcome = next(surveys)
                parts, ending = ([whole], Ending()) if isinstance(outcome, Died) else outcome
                self.readers[number].ending = ending
                yield from parts

    def long_ones(self) -> Iterator[Part]:
        """The inputs that are longer than a shard."""
        for number in range(self.books.state.file, len(self.inputs)):
            if _weight(self.inputs[number]) > self.size:
                yield self.whole(number)

    def whole(self, number: int) -> Part:
        """All that is left of an input."""
        reader = self.reader(number)
        source = reader.source
        if not is_remote(source.path):  # workers have another folder to work in
            source = replace(source, path=Path(source.path).absolute().as_posix())
        return Part(source, number, reader.start, reader.expected)

    def as_one(self, shard: Shard, pairs: Pairs) -> Pairs:
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
        """SHA-256 of the uncompressed input up to the end of a shard, which ends with a block."""
        return self.behind if block.whole else ""

    def pairs(self, work: ShardWork, shard: Shard, outcome: Refused | Died | bytes | None) -> Pairs:
        """The blocks of a shard and what became of them."""
        if isinstance(outcome, Refused):
            part = next(part for part in shard if part.source.path == outcome.path)
            yield from self.by_blocks(_readable(shard, part, outcome))
            if outcome.problem:
                self.abandoned.add(part.number)
        elif isinstance(outcome, Died) or (outcome is None and not work.path(shard).exists()):
            yield from self.by_blocks(shard)
        elif outcome is not None:
            yield from self.piece(memoryview(outcome))
        else:
            path = work.path(shard)
            with path.open("rb") as stream:
                content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            yield from self.piece(memoryview(content))
            self.books.grown.append(path)
        for part in shard:
            if part.end is not None and part.number not in self.abandoned:
                self.count_bytes(self.share(part))

    def share(self, part: Part) -> int:
        """The stored bytes that a part stands for, to show how far the run is."""
        if part.source.form == "parquet":
            return part.source.size if part.last else 0
        return (part.end or 0) - part.start.offset

    def piece(self, content: memoryview) -> Iterator[tuple[Block, Cleaned]]:
        """What a worker left."""
        for row in read_piece(content):
            if row.number in self.abandoned:
                continue
            if row.ending:
                self.readers[row.number].ending = row.ending
                self.count_bytes(row.ending.size)
            place = (row.offset, row.first, row.end, row.next)
            yield Block(self.inputs[row.number], b"", *place, number=row.number, last=row.last), row.result

    def by_blocks(self, shard: Shard) -> Pairs:
        """The blocks of a shard as on one machine: read here, and handed out one by one."""

        def blocks() -> Iterator[Block]:
            for part in shard:
                if part.number in self.abandoned:
                    continue
                here = part._replace(source=self.inputs[part.number])
                for block, ending in here.blocks(self.job.limit):
                    if ending:
                        self.readers[part.number].ending = ending
                        self.count_bytes(ending.size)
                    yield block

        return self.engine(self.clean, blocks(), self.workers, lambda: False)


def _readable(shard: Shard, refused: Part, why: Refused) -> Shard:
    """A shard that a worker refused, as it can be read here: one part of it to the end of the file.

    Raises InputError if the file is there for this machine, or ChangedError if others read parts of it.
    """
    if why.problem:
        return tuple(part._replace(end=None) if part is refused else part for part in shard)
    if is_as_found(refused.source):
        raise InputError(
            f"{why.path}: the machine {why.machine} has no such file, or another one. Inputs must lie where "
            "every machine of the cluster finds them under the same path, or at an address (s3://...)"
        )
    if refused.end is not None:
        raise ChangedError(f"{why.path}: was written to since the run began; start anew with --overwrite")
    return shard


def _weight(source: Input) -> int:
    """Bytes of a file, unpacked, as far as one can tell."""
    if source.size < 0:
        return LONGEST
    return source.size * (_UNPACKED if source.compression else 1)

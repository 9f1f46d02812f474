"""Cuts a file into blocks: runs of whole documents of about a megabyte.

Where a block ends depends only on the file, not on who reads it or from where: block ``k`` holds the
lines (rows) that *start* in the bytes ``[k * SIZE, (k + 1) * SIZE)`` of the uncompressed file. So a
run that goes on after a stop, and a machine that reads only a part of the file, cut the same blocks, and
compressed outputs are equal byte for byte.

A line longer than the limit is not held in memory: it is handed on in pieces, to be passed through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from cleaner.corpus.csvrows import delimiter_of, end_of_row
from cleaner.corpus.inputs import WHOLE_FILES, Input
from cleaner.errors import InputError

SIZE = 1 << 20
"""Bytes of a block, uncompressed."""


class Block(NamedTuple):
    """Some documents of one file, as they stand there."""

    source: Input
    data: bytes
    """Whole lines or rows, a whole file, or (parquet) an Arrow IPC stream."""
    offset: int
    """Where ``data`` starts in the uncompressed file, in bytes (parquet: in rows)."""
    first: int
    """Number of the first line or row, from 1."""
    end: int
    """Where the next block starts, as ``offset``."""
    next: int
    """Number of the first line or row of the next block."""
    head: bytes = b""
    """CSV: the first row of the file, which names the columns."""
    problem: str = ""
    """Why this is to be passed through as it is; "" for documents to clean."""
    told: bool = True
    """Is this the first block with the problem, the one that reports it?"""
    whole: bool = True
    """Does a document end here? If not, a run cannot go on from here."""
    number: int = 0
    """Place of the file among the inputs."""
    last: bool = False
    """Is this the file's last block?"""


class Start(NamedTuple):
    """Where to begin in a file."""

    offset: int
    first: int


BEGINNING = Start(0, 1)


def read_blocks(
    source: Input, pieces: Iterator[bytes], limit: int, start: Start = BEGINNING
) -> Iterator[Block]:
    """The blocks of a file whose uncompressed bytes come in ``pieces``, from ``start`` on.

    ``pieces`` begin at the beginning of the file; what lies before ``start`` is skipped. ``limit`` is
    the length of the longest document that is cleaned, in bytes. An InputError that the pieces raise
    comes after the blocks of all that could be read.
    """
    if source.form in WHOLE_FILES:
        yield from _whole(source, pieces, limit)
        return
    header = b""
    if source.form == "csv":
        header, pieces = _header(pieces, limit)
    yield from read_range(source, _skip(pieces, start.offset), limit, start, header)


def read_range(
    source: Input, pieces: Iterator[bytes], limit: int, start: Start, header: bytes = b""
) -> Iterator[Block]:
    """The blocks in a part of a file of lines or rows. ``pieces`` begin at ``start``, where a block begins,
    and end where one ends; ``header`` is the first row of a CSV file.
    """
    if source.form == "csv":
        delimiter = delimiter_of(header)
        cutter = _Cutter(source, limit, lambda data, at: end_of_row(data, at, delimiter), header)
    else:
        cutter = _Cutter(source, limit, lambda data, at: data.find(b"\n", at) + 1 or -1)
    yield from cutter.cut(pieces, start)


def _whole(source: Input, pieces: Iterator[bytes], limit: int) -> Iterator[Block]:
    """A file that is one document; in pieces and not to be cleaned if it is too long or broken."""
    data = bytearray()
    problem = ""
    error: InputError | None = None
    offset = 0

    def block(length: int, whole: bool) -> Block:
        nonlocal offset
        start, offset = offset, offset + length
        content = bytes(data[:length])
        del data[:length]
        # A file that cannot be read to its end has a problem of its own, which is told once.
        told = not start and error is None
        return Block(source, content, start, 1, offset, 2, b"", problem, told, whole)

    try:
        for piece in pieces:
            data += piece
            if not problem and len(data) > limit:
                problem = _too_long("this document", limit)
            while problem and len(data) > SIZE:
                yield block(SIZE, whole=False)
    except InputError as caught:
        error = caught
        problem = problem or str(caught)
    yield block(len(data), whole=True)
    if error:
        raise error


def _header(pieces: Iterator[bytes], limit: int) -> tuple[bytes, Iterator[bytes]]:
    """The first row, and all pieces again."""
    data = b""
    for piece in pieces:
        data += piece
        end = data.find(b"\n") + 1
        if end or len(data) > limit:
            return data[: end or None], _chain(data, pieces)
    return data, iter([data] if data else [])


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _skip(pieces: Iterator[bytes], left: int) -> Iterator[bytes]:
    for piece in pieces:
        if left >= len(piece):
            left -= len(piece)
        else:
            yield piece[left:]
            left = 0


def _too_long(what: str, limit: int) -> str:
    return f"{what} is longer than {limit >> 20} MB; to clean it say --max-size with a larger number of MB"


class _Cutter:
    """Cuts one file of lines or rows."""

    def __init__(
        self, source: Input, limit: int, end: Callable[[bytearray, int], int], header: bytes = b""
    ) -> None:
        self.source = source
        self.limit = limit
        self.end = end
        """Where the line or row ends that starts at an offset; -1 if it is not all there."""
        self.header = header
        self.data = bytearray()
        self.offset = 0
        self.first = 1
        self.at = 0
        """Up to here the data are whole lines ..."""
        self.lines = 0
        """... so many."""

    def cut(self, pieces: Iterator[bytes], start: Start) -> Iterator[Block]:
        """Blocks, from ``start``, where the pieces begin."""
        self.offset, self.first = start
        error: InputError | None = None
        try:
            for piece in pieces:
                self.data += piece
                while (found := self.advance()) != "more":
                    if self.at:
                        yield self.take(self.at, self.lines)
                    if found == "long":
                        yield from self.pass_through(pieces)
        except InputError as caught:
            error = caught
        if self.data or not self.offset:  # an empty file is a block too
            yield self.take(len(self.data), self.lines + (len(self.data) > self.at))
        if error:
            raise error

    def advance(self) -> Literal["full", "long", "more"]:
        """Go on to the end of the block; or stop before a line that is too long, or not all there."""
        border = (self.offset // SIZE + 1) * SIZE - self.offset
        while self.at < border:
            end = self.end(self.data, self.at)
            if (end if end >= 0 else len(self.data)) - self.at > self.limit:
                return "long"
            if end < 0:
                return "more"
            self.at = end
            self.lines += 1
        return "full"

    def take(
        self, length: int, lines: int, problem: str = "", told: bool = True, whole: bool = True
    ) -> Block:
        """The next ``length`` bytes as a block."""
        data = bytes(self.data[:length])
        del self.data[:length]
        self.at = self.lines = 0
        block = Block(
            self.source, data, self.offset, self.first, self.offset + length, self.first + lines,
            self.header, problem, told, whole,
        )  # fmt: skip
        self.offset, self.first = block.end, block.next
        return block

    def pass_through(self, pieces: Iterator[bytes]) -> Iterator[Block]:
        """Hand on a line that is too long in pieces of a block's size.

        If it is a row (and a header tells it is), a quote in it may never be closed. Then nothing behind
        it can be told apart, and the rest of the file goes with it.
        """
        told = True
        problem = _too_long("this line", self.limit)
        if self.header:
            problem = (
                _too_long("this row", self.limit) + "; if a quote in it is never closed, mend that. "
                "The rest of the file is passed through with it"
            )
        while True:
            end = 0 if self.header else self.data.find(b"\n", 0, SIZE) + 1
            length = end or min(SIZE, len(self.data))
            if not end and length < SIZE:
                piece = next(pieces, b"")
                self.data += piece
                if piece:
                    continue
            last = bool(end) or length == len(self.data) < SIZE
            if length:
                yield self.take(length, int(last), problem, told, last)
                told = False
            if last:
                return

"""From a file to its documents: stored bytes, blocks, records."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from cleaner.corpus.blocks import BEGINNING, Block, Start, read_blocks
from cleaner.corpus.compression import decompressed
from cleaner.corpus.csvrows import CsvRows, end_of_row
from cleaner.corpus.files import decode
from cleaner.corpus.inputs import Input, chunks, open_stored
from cleaner.corpus.jsonl import JsonLines
from cleaner.corpus.parquet import Rows, read_rows
from cleaner.corpus.records import Record, page, whole_text
from cleaner.errors import InputError


def read_input(
    source: Input,
    limit: int,
    start: Start = BEGINNING,
    note: Callable[[bytes], None] = lambda _: None,
    check: Callable[[Iterator[bytes]], Iterator[bytes]] = lambda pieces: pieces,
) -> Iterator[Block]:
    """The blocks of a file (see `read_blocks`).

    ``note`` is given all bytes as they are stored, ``check`` may look at the uncompressed ones. Raises
    InputError, after the blocks of what could be read, if the file is missing or damaged.
    """

    def stored() -> Iterator[bytes]:
        for data in chunks(stream, source.path):
            note(data)
            yield data

    with open_stored(source.path) as stream:
        if source.form != "parquet":
            yield from read_blocks(source, check(decompressed(stored(), source.compression)), limit, start)
            return
        if not stream.seekable() or source.compression:
            raise InputError("a Parquet file is read from its end: unpack it, and name it")
        for _ in stored():
            pass
        stream.seek(0)
        yield from read_rows(source, stream, start)


@dataclass
class Ending:
    """What is known of an input when it was read to its end."""

    size: int = 0
    """Bytes as stored."""
    sha256: str = ""
    """Of these."""
    problem: str = ""
    """Why it could not be read, or not to its end."""


class ChangedError(InputError):
    """The part of an input that was read before is not what it was."""


class InputReader:
    """Reads one input of a run from where it was left."""

    def __init__(
        self,
        source: Input,
        number: int,
        limit: int,
        start: Start = BEGINNING,
        prefix: str = "",
        count: Callable[[int], None] = lambda _: None,
    ) -> None:
        """``number``: place among the inputs. ``prefix``: what the SHA-256 of the uncompressed bytes before
        ``start`` must be; "" if that is not known. ``count`` is told of stored bytes that were read.
        """
        self.source = source
        self.number = number
        self.limit = limit
        self.start = start
        self.expected = prefix
        self.count = count
        self.ending: Ending = Ending()
        self.prefix: Any = hashlib.sha256()
        """Of the uncompressed bytes before ``start``; who reads on adds those that follow."""

    def blocks(self) -> Iterator[Block]:
        """The blocks; the last one says that it is. What is wrong with the file stands in its ending then.

        Raises ChangedError if the file begins with something else than when it was left.
        """
        held = None
        for block in self.read():
            if held:
                yield held
            held = block._replace(number=self.number)
        if held is None:  # it cannot be opened
            at, problem = self.start, self.ending.problem
            held = Block(
                self.source, b"", at.offset, at.first, at.offset, at.first, b"", problem,
                told=False, number=self.number,
            )  # fmt: skip
        yield held._replace(last=True)

    def read(self) -> Iterator[Block]:
        """The blocks, without a mark on the last one."""
        sha256 = hashlib.sha256()

        def note(data: bytes) -> None:
            sha256.update(data)
            self.ending.size += len(data)
            self.count(len(data))

        try:
            yield from read_input(self.source, self.limit, self.start, note, self.checked)
        except ChangedError:
            raise
        except InputError as error:
            self.ending.problem = str(error).removeprefix(f"{self.source.path}: ")
        self.ending.sha256 = sha256.hexdigest()

    def checked(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces, after making sure that those before ``start`` have the hash they should have."""
        length = self.start.offset if self.expected else 0
        sha256 = hashlib.sha256()
        changed = ChangedError(f"{self.source.path}: its beginning is not what was read before the stop")
        for piece in pieces:
            if length:
                sha256.update(piece[:length])
                length -= min(length, len(piece))
                if not length:
                    if sha256.hexdigest() != self.expected:
                        raise changed
                    self.prefix = sha256
            yield piece
        if length:
            raise changed


class Reading(NamedTuple):
    """How the documents of a file are found in its bytes."""

    encoding: str = "utf-8"
    text_field: str = "text"
    id_field: str | None = None
    """None: "id" where there is one."""
    source_field: str | None = None
    """The field with the outlet or address."""

    def records(self, block: Block, check: bool = False) -> Iterator[Record]:
        """The documents of a block, in order; but for Parquet, one after the other they are its bytes.

        Raises InputError where the whole block cannot be read; ``check``: also if the first object has
        not the fields, because then a name is wrong, not the data.
        """
        source, name = block.source, block.source.name
        if source.form == "parquet":
            yield from Rows(block).records(self.text_field, self.id_field, self.source_field)
        elif source.form == "txt":
            yield whole_text(name, block.data, self.encoding)
        elif source.form == "html":
            yield page(name, block.data)
        elif source.form == "lines":
            yield from self._lines(block)
        elif source.form == "csv":
            yield from self._rows(block)
        else:
            lines = JsonLines(name, self.encoding, self.text_field, self.id_field, self.source_field)
            lines.first = check
            offset = block.offset
            for number, line in enumerate(io.BytesIO(block.data), block.first):
                yield lines.parse(number, line, offset)
                offset += len(line)

    def _lines(self, block: Block) -> Iterator[Record]:
        for number, line in enumerate(io.BytesIO(block.data), block.first):
            body = line.rstrip(b"\r\n")
            record = Record(block.source.name, number, line, encoding=self.encoding)
            try:
                record.text = decode(body, self.encoding, record.place)
                record.head, record.tail = b"", line[len(body) :]
                record.has_text = bool(record.text.strip())
            except InputError as error:
                record.problem = str(error).removeprefix(f"{record.place}: ")
            yield record

    def columns(self, block: Block) -> CsvRows:
        """What the first row of a CSV file says."""
        return CsvRows(
            block.source.name, self.encoding, self.text_field, self.id_field, self.source_field, block.head
        )  # fmt: skip

    def _rows(self, block: Block) -> Iterator[Record]:
        rows = self.columns(block)
        at, number = 0, block.first
        while at < len(block.data):
            end = end_of_row(block.data, at, rows.delimiter)
            row = block.data[at : end if end >= 0 else None]
            at += len(row)
            yield rows.parse(number, row) if number > 1 else Record(block.source.name, 1, row)
            number += 1

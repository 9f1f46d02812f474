"""One block in, its cleaned bytes, log rows and numbers out.

`BlockCleaner` knows nothing about processes, files or machines: what runs it, one process, many, or a
cluster, gets the same bytes from the same block.

Start reading at `BlockCleaner.__call__`.
"""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from cleaner.corpus.blocks import Block
from cleaner.corpus.careful import CarefulCleaner, Failed
from cleaner.corpus.compression import compress
from cleaner.corpus.files import BOM
from cleaner.corpus.inputs import WHOLE_FILES
from cleaner.corpus.log import dump_row, outlets_of_rules, row_of
from cleaner.corpus.parquet import Rows
from cleaner.corpus.reading import Reading
from cleaner.corpus.records import Record
from cleaner.corpus.stats import Stats
from cleaner.engine import Cleaner
from cleaner.errors import InputError
from cleaner.result import CleanResult
from cleaner.rules.outlets import outlet_of

LOG_COMPRESSION = ".zst"


class Cleaned(NamedTuple):
    """What became of a block."""

    output: bytes
    """To be written behind that of the block before, compressed if the file is."""
    log: bytes
    """Rows of the change log, compressed."""
    rejected: bytes
    """Rows of rejected.jsonl."""
    ids: bytes
    """Eight bytes for each document with an id: the start of the id's BLAKE2 hash."""
    places: list[int]
    """Line or row of each of these."""
    stats: Stats


@dataclass(frozen=True)
class BlockCleaner:
    """Cleans blocks with one configuration. Picklable; the dictionary is opened at the first text."""

    cleaner: Cleaner
    reading: Reading
    languages: tuple[str, ...] = ()
    """Only documents in these languages (ISO 639-1) are cleaned; none: all."""
    to_lines: bool = False
    """Write every document as a JSON object on a line, whatever it was."""
    compression: str = ""
    """With ``to_lines``: the suffix of the output."""
    to_table: bool = False
    """With ``to_lines``: a table is made of the lines, so all of them must be objects with a text."""

    @cached_property
    def _careful(self) -> CarefulCleaner:
        return CarefulCleaner(self.cleaner)

    @cached_property
    def _outlets_of_rules(self) -> dict[str, str]:
        return outlets_of_rules(self.cleaner.packs)

    def __call__(self, block: Block) -> Cleaned:
        """Clean a block."""
        return _Run(self, block).cleaned()

    def leave(self, block: Block, reason: str) -> Cleaned:
        """What becomes of a block that cannot be cleaned: its documents as they are, and the reason."""
        return _Run(self, block, reason).cleaned()

    def outlet(self, record: Record, result: CleanResult) -> str | None:
        """The outlet whose rules were used: the one given with the document, else the one that matched."""
        given = self.given_outlet(record) or self.cleaner.config.outlet
        if given:
            return given
        rules = self._outlets_of_rules
        return next((rules[change.rule] for change in result.changes if change.rule in rules), None)

    def given_outlet(self, record: Record) -> str | None:
        """The outlet that a document's own field names."""
        return outlet_of(record.source, self.cleaner.packs) if record.source else None


class _Run:
    """The books of one block."""

    def __init__(self, job: BlockCleaner, block: Block, leave: str = "") -> None:
        self.job = job
        self.block = block
        self.leave = leave
        """Why nothing here is to be cleaned; "" to clean."""
        self.output: list[bytes] = []
        self.log: list[bytes] = []
        self.rejected: list[bytes] = []
        self.ids: list[bytes] = []
        self.places: list[int] = []
        self.stats = Stats(bytes_read=len(block.data))

    def cleaned(self) -> Cleaned:
        """Do it."""
        block = self.block
        if self.leave and block.source.form == "html":  # not even looked at: its reader may be what died
            self.block = block._replace(problem=self.leave, told=True)
        elif self.leave:
            line = None if block.source.form == "txt" else block.first
            self.reject(Record(block.source.name, line, b"", has_text=True, problem=self.leave))
        if self.block.problem:
            self.pass_through()
        elif block.source.form == "parquet":
            self.clean_table()
        else:
            self.clean_records()
        compression = self.job.compression if self.job.to_lines else block.source.compression
        return Cleaned(
            compress(b"".join(self.output), compression),
            compress(b"".join(self.log), LOG_COMPRESSION),
            b"".join(self.rejected),
            b"".join(self.ids),
            self.places,
            self.stats,
        )

    @property
    def keeps_lines(self) -> bool:
        """Is every line of the input a line of the output?"""
        return not self.job.to_lines or (self.block.source.form == "jsonl" and not self.job.to_table)

    def pass_through(self) -> None:
        """Write what cannot be cleaned as it is."""
        block = self.block
        if self.keeps_lines and block.source.form != "html":
            self.output.append(block.data)
        if block.told:
            line = None if block.source.form in WHOLE_FILES else block.first
            self.reject(Record(block.source.name, line, b"", problem=block.problem))

    def clean_records(self) -> None:
        """Clean the documents of a block of text."""
        try:
            for record in self.job.reading.records(self.block):
                text = self.clean(record)
                self.write(record, text)
        except InputError as error:  # a file as a whole: not in this encoding, no page, no such column
            self.give_up(error)

    def give_up(self, error: InputError) -> None:
        """Pass the whole block through."""
        self.block = self.block._replace(problem=str(error).removeprefix(f"{self.block.source.name}: "))
        self.pass_through()

    def write(self, record: Record, text: str | None) -> None:
        """Write a document with its new text; None: as it was."""
        if not self.job.to_lines:
            self.output.append(record.raw() if text is None else record.with_text(text))
        elif record.has_text or self.keeps_lines:
            self.output.append(self.as_line(record, record.text if text is None else text))

    def as_line(self, record: Record, text: str) -> bytes:
        """A document as a JSON object on a line, UTF-8."""
        field = self.job.reading.text_field
        if self.block.source.form == "jsonl":
            line = record.with_text(text) if record.has_text else record.raw()
            if record.encoding != "utf-8" and not record.problem:
                line = line.decode(record.encoding).encode("utf-8")
            return line.removeprefix(BOM).rstrip(b"\r\n") + b"\n"
        if self.block.source.form == "csv":
            rows = self.job.reading.columns(self.block)
            return dump_row({**dict(zip(rows.columns, rows.texts(record.raw()), strict=True)), field: text})
        return dump_row({"id": record.doc_id, field: text})

    def clean_table(self) -> None:
        """Clean the rows of a table."""
        reading = self.job.reading
        rows = Rows(self.block)
        try:
            records = rows.records(reading.text_field, reading.id_field, reading.source_field)
        except InputError as error:
            self.give_up(error)
            return
        texts = [record.text if (text := self.clean(record)) is None else text for record in records]
        if not self.job.to_lines:
            self.output.append(rows.with_texts(reading.text_field, records, texts))
            return
        for row, record, text in zip(rows.objects(), records, texts, strict=True):
            self.output.append(dump_row({**row, reading.text_field: text if record.has_text else None}))

    def clean(self, record: Record) -> str | None:
        """The clean text of a document, after noting all about it; None if it stays as it is."""
        if record.id is not None:
            self.ids.append(hashlib.blake2b(record.id.encode("utf-8", "replace"), digest_size=8).digest())
            self.places.append(record.line or 0)
        if record.problem:
            self.reject(record)
        if not record.has_text or self.leave:
            self.stats.documents += record.has_text
            return None
        if self.is_foreign(record.text):
            self.stats.documents += 1
            self.stats.other_language += 1
            return None
        start = time.perf_counter()
        result = self.job._careful.clean(record.text, outlet=self.job.given_outlet(record))
        seconds = time.perf_counter() - start
        problem = result.problem if isinstance(result, Failed) else self.unwritable(record, result.text)
        if problem:
            record.problem = problem
            self.reject(record)
            return None
        self.note(record, result, seconds)
        return result.text

    def unwritable(self, record: Record, text: str) -> str | None:
        """Why a clean text cannot stand where the old one stood."""
        if self.block.source.form == "lines" and "\n" in text:
            return "the cleaned text has a line break, and here a line is a document"
        if not self.job.to_lines and record.encoding != "utf-8":
            try:
                record.with_text(text)
            except InputError as error:
                return str(error).removeprefix(f"{record.place}: ")
        return None

    def note(self, record: Record, result: CleanResult, seconds: float) -> None:
        """Log and count a document."""
        text = record.text
        outlet = self.job.outlet(record, result)
        row = row_of(record, result, outlet)
        self.stats.add_document(row, row["words"], row["chars"], outlet, text)
        self.stats.time(seconds, record.doc_id, len(text))
        if result.changes or result.suggestions:
            self.log.append(dump_row(row))

    def is_foreign(self, text: str) -> bool:
        """Does the language filter pass this by?"""
        if not self.job.languages:
            return False
        from cleaner.corpus.language import language_of

        return language_of(text) not in self.job.languages

    def reject(self, record: Record) -> None:
        """Write down what could not be cleaned, and why."""
        self.stats.rejected += 1
        row: dict[str, Any] = {"doc_id": record.doc_id, "file": record.file}
        if record.line is not None:
            row["line"] = record.line
        row["reason"] = record.problem
        if not self.keeps_lines and not record.has_text:
            # It has no place in the output, so its bytes are kept here.
            row["base64"] = base64.b64encode(record.raw()).decode()
        self.rejected.append(dump_row(row))

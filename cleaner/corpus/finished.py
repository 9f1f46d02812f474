"""A finished run, opened to check it, to take it back, or to look at its changes.

Outputs and log are read side by side, since both are in the order of the input; nothing is indexed, so
the size of a corpus does not matter.

Start reading at `FinishedRun`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.corpus.blocks import Block
from cleaner.corpus.compression import split_suffix
from cleaner.corpus.inputs import FORMS, Input
from cleaner.corpus.log import read_rows
from cleaner.corpus.reading import Reading, read_input
from cleaner.corpus.records import Record
from cleaner.corpus.sidefiles import LOG, RUN, RUN_SCHEMA
from cleaner.corpus.target import Target
from cleaner.errors import ChangeMismatchError, InputError
from cleaner.result import sha256


class Output(NamedTuple):
    """One output file, and the inputs that are in it, in order."""

    file: Input
    sha256: str
    inputs: list[dict[str, Any]]


@dataclass
class FinishedRun:
    """What run.json says."""

    target: Target
    run: dict[str, Any]
    reading: Reading = field(init=False)

    @classmethod
    def open(cls, target: Target) -> FinishedRun:
        """Raises InputError if there is no finished run."""
        if not target.exists(RUN) and target.has_stopped_run():
            raise InputError(
                f"{target.address}: this run is not finished; go on with it: cleaner corpus ... --resume"
            )
        with target.open(RUN) as stream:
            try:
                run = json.load(stream)
            except ValueError as error:
                raise InputError(f"{target.address}/{RUN}: cannot read it: {error}") from error
        if run.get("schema") != RUN_SCHEMA:
            raise InputError(f"{target.address}/{RUN}: was not written by this version of cleaner corpus")
        return cls(target, run)

    def __post_init__(self) -> None:
        options = self.run["options"]
        self.to: str | None = options["to"]
        self.limit: int = options["max_size"]
        self.reading = Reading(**{name: options[name] for name in Reading._fields})

    def inputs(self) -> Iterator[Input]:
        """The inputs, found from where the run was started."""
        for row in self.run["inputs"]:
            yield self.input(row)

    def input(self, row: dict[str, Any]) -> Input:
        """An input by its row in run.json."""
        path = row["path"]
        if "://" not in path and path != "-":
            path = (Path(self.run["folder"]) / path).as_posix()
        return Input(path, row["name"], row["form"], row["compression"], row["size"])

    def outputs(self) -> Iterator[Output]:
        """The output files in order."""
        inputs: list[dict[str, Any]] = []
        for row in self.run["inputs"]:
            inputs.append(row)
            if "output" in row:
                yield Output(self.output(row), row["output"]["sha256"], inputs)
                inputs = []

    def output(self, row: dict[str, Any]) -> Input:
        """The output that ends with this input, as a file to read."""
        name = row["output"]["name"]
        suffix, compression = split_suffix(Path(name))
        form = row["form"] if self.to is None else FORMS[suffix]
        form = "txt" if form == "html" else form
        path = self.target.place(name)
        if self.target.remote is not None:
            path = self.target.remote.unstrip_protocol(path)
        return Input(path, name, form, compression, row["output"]["size"])

    def keeps_lines(self, row: dict[str, Any]) -> bool:
        """Does each line of this input have a line in the output?"""
        return self.to is None or (self.to != "parquet" and row["form"] == "jsonl")

    def output_reading(self) -> Reading:
        """How the documents of the outputs are read."""
        if self.to is None:
            return self.reading
        return Reading("utf-8", self.reading.text_field, self.reading.id_field)

    def log(self) -> LogReader:
        """The change log, from its first document on."""
        return LogReader(self.target)


class DamagedLogError(InputError):
    """The log cannot be read on; nothing behind this place can be compared with it."""


class LogReader:
    """The rows of a run's change log, one after the other."""

    def __init__(self, target: Target) -> None:
        self.name: str = f"{target.address}/{LOG}"
        self.rows = self._rows(target)
        self.next = next(self.rows, None)

    def _rows(self, target: Target) -> Iterator[dict[str, Any]]:
        try:
            with target.open(LOG) as stream:
                yield from read_rows(stream, self.name, ".zst")
        except InputError as error:
            raise DamagedLogError(str(error)) from error

    def of_place(self, file: str, line: int | None) -> dict[str, Any] | None:
        """The next row, if it is of this place in the input."""
        row = self.next
        if row is None or row["file"] != file or row.get("line") != line:
            return None
        self.next = next(self.rows, None)
        return row

    def of_text(self, record: Record, names: set[str]) -> dict[str, Any] | None:
        """The next row, if it is of this cleaned document, of one of these input files."""
        row = self.next
        if row is None or row["file"] not in names or row["sha256"]["cleaned"] != sha256(record.text):
            return None
        if record.id is not None and row["doc_id"] != record.id:
            return None
        self.next = next(self.rows, None)
        return row

    def skip(self, names: set[str]) -> None:
        """Go on behind the rows of these input files."""
        while self.next is not None and self.next["file"] in names:
            self.next = next(self.rows, None)

    def end(self) -> None:
        """Raises ChangeMismatchError if there are rows of which the document did not turn up."""
        if self.next is not None:
            raise ChangeMismatchError(
                f"{self.name}: the document {self.next['doc_id']!r} is in the log and not in the outputs"
            )


def documents(
    run: FinishedRun, output: Output, log: LogReader, note: Callable[[bytes], None] = lambda _: None
) -> Iterator[tuple[Block, list[tuple[Record, dict[str, Any] | None]]]]:
    """The blocks of an output, each with its documents and their rows of the log (None: not changed)."""
    reading = run.output_reading()
    names = {row["name"] for row in output.inputs}
    source = output.inputs[0]
    for block in read_input(output.file, 2 * run.limit, note=note):
        if block.problem:
            yield block, []
            continue
        if block.offset == block.end and output.file.form == "parquet":
            continue  # a table without rows, perhaps without columns
        pairs: list[tuple[Record, dict[str, Any] | None]] = []
        try:
            records = list(reading.records(block))
        except InputError:  # it was passed through
            yield block, []
            continue
        for record in records:
            if run.keeps_lines(source):
                pairs.append((record, log.of_place(source["name"], record.line)))
            else:
                pairs.append((record, log.of_text(record, names) if record.has_text else None))
        yield block, pairs

"""The corpus runner: blocks go out to workers, their results come back in order and are written.

Start reading at `CorpusRun.run`.
"""

from __future__ import annotations

import errno
import platform
import sqlite3
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from cleaner.corpus.blocks import BEGINNING, Block, Start
from cleaner.corpus.compression import compress
from cleaner.corpus.files import OutputError
from cleaner.corpus.inputs import Input
from cleaner.corpus.interrupts import interrupts
from cleaner.corpus.job import Job
from cleaner.corpus.journal import INPUTS, Journal
from cleaner.corpus.log import dump_row, header
from cleaner.corpus.outputs import arrange, conversion, output_name
from cleaner.corpus.reading import InputReader
from cleaner.corpus.sidefiles import LOG, REJECTED, RUN_SCHEMA
from cleaner.corpus.stats import Stats
from cleaner.corpus.stdout import StandardOutput
from cleaner.corpus.target import Target
from cleaner.corpus.worker import LOG_COMPRESSION, BlockCleaner, Cleaned
from cleaner.errors import InputError
from cleaner.parallel import Died, Engine, ordered

TOP_CORRECTIONS = 1000
"""In stats.json."""


class CorpusRun:
    """One run over one corpus into one target."""

    def __init__(
        self,
        job: Job,
        inputs: list[Input],
        target: Target | StandardOutput,
        workers: int = 1,
        max_errors: int | None = None,
        checkpoint: float = 3.0,
        on_progress: Callable[[Stats, int], None] = lambda _stats, _bytes: None,
        engine: Engine = ordered,
    ) -> None:
        """``checkpoint``: seconds between checkpoints, which is how much a kill can cost.

        ``engine`` has the blocks cleaned, on this machine or elsewhere, ``workers`` at a time.
        ``on_progress`` is told the numbers so far and the stored bytes read so far.
        """
        self.job = job
        self.inputs: list[Input] = arrange(inputs, job.to)
        self.workers = workers
        self.max_errors = max_errors
        self.checkpoint = checkpoint
        self.on_progress = on_progress
        self.engine = engine
        self.clean: BlockCleaner = job.block_cleaner()
        self.journal: Journal | StandardOutput = (
            Journal(target, job.plan(self.inputs)) if isinstance(target, Target) else target
        )
        self.readers: dict[int, InputReader] = {}
        """Of the inputs under way, by their places."""
        self.bytes_read = 0
        self.stopped: bool = False

    @property
    def stats(self) -> Stats:
        """The numbers so far."""
        return self.journal.stats

    def run(self, resume: bool = False) -> bool:
        """Clean everything; False if it was interrupted, and can go on.

        Raises InputError if a run cannot go on (see `Journal.go_on`) or too much is wrong with the
        input, OutputError if something cannot be written. Then, too, it can go on.
        """
        try:
            with interrupts(self.stop):
                if not (resume and self.journal.go_on()):
                    self.begin()
                return self.work()
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, BrokenPipeError):
                raise
            raise OutputError(
                f"cannot write: {_why(error)}. What was done is not lost: make room and go on with --resume"
            ) from error
        finally:
            self.journal.close()

    def stop(self) -> None:
        """End soon, and so that the run can go on."""
        self.stopped = True

    def begin(self) -> None:
        """Start anew."""
        self.job.check_names(self.inputs)
        self.journal.begin()
        self.journal.state.started = _now()
        reading = self.job.reading
        first = dump_row(header(self.job.cleaner, reading.text_field, reading.id_field))
        self.journal.append(LOG, compress(first, LOG_COMPRESSION))
        self.journal.checkpoint()

    def work(self) -> bool:
        """Clean what is still to do; False if it was interrupted."""
        state = self.journal.state
        since = saved = time.monotonic()
        done_before = state.seconds
        whole = True
        with closing(self.results()) as results:
            for block, result in results:
                self.commit(block, self.set_aside(block, result) if isinstance(result, Died) else result)
                whole = block.whole
                now = time.monotonic()
                state.seconds = done_before + now - since
                if whole and now - saved > self.checkpoint:
                    self.journal.checkpoint()
                    saved = time.monotonic()
                self.on_progress(self.stats, self.bytes_read)
                if self.max_errors is not None and self.stats.rejected > self.max_errors:
                    self.stopped = True
        done = not self.stopped
        if done:
            self.finish()
        elif whole:
            self.journal.checkpoint()
        if self.max_errors is not None and self.stats.rejected > self.max_errors:
            raise InputError(
                f"{self.stats.rejected:,} documents or files could not be cleaned, more than --max-errors "
                f"{self.max_errors}; {self.journal.where_rejected()}. Go on with --resume and a larger number"
            )
        return done

    def results(self) -> Generator[tuple[Block, Cleaned | Died], None, None]:
        """What is still to do, done."""
        return self.engine(self.clean, self.blocks(), self.workers, lambda: self.stopped)

    def blocks(self) -> Iterator[Block]:
        """What is still to do."""
        for number in range(self.journal.state.file, len(self.inputs)):
            yield from self.reader(number).blocks()

    def reader(self, number: int) -> InputReader:
        """What reads an input from where it was left."""
        state = self.journal.state
        start, prefix = BEGINNING, ""
        if number == state.file:
            start, prefix = Start(state.offset, state.first), state.prefix
        reader = InputReader(self.inputs[number], number, self.job.limit, start, prefix, self.count_bytes)
        self.readers[number] = reader
        return reader

    def count_bytes(self, count: int) -> None:
        """Note stored bytes that were read."""
        self.bytes_read += count

    def commit(self, block: Block, result: Cleaned) -> None:
        """Write what became of a block. Nothing counts before the next checkpoint."""
        books = self.journal
        state = books.state
        name = output_name(block.source, self.job.to)
        empty = not result.stats.bytes_read and not (block.last and self.readers[block.number].ending.problem)
        if not books.is_open and (result.output or state.output or empty):
            books.open_output(name)
        if result.output:
            books.write(result.output)
        books.append(LOG, result.log)
        books.append(REJECTED, result.rejected)
        self.count_ids(block, result)
        books.stats.add(result.stats)
        state.offset, state.first, state.prefix = block.end, block.next, self.prefix_behind(block)
        if block.last:
            self.end_of_file(block, name)

    def prefix_behind(self, block: Block) -> str:
        """SHA-256 of the uncompressed input up to the end of a block."""
        prefix = self.readers[block.number].prefix
        if block.source.form != "parquet":
            prefix.update(block.data)
        return str(prefix.hexdigest())

    def count_ids(self, block: Block, result: Cleaned) -> None:
        """Note ids that were there before."""
        books = self.journal
        if books.ids is None:
            return
        for line, file, first in books.ids.add(block.number, result.ids, result.places):
            books.stats.duplicate_ids += 1
            if len(books.state.duplicates) < 10:
                books.state.duplicates.append(
                    f"{block.source.name}:{line} has the id of {self.inputs[file].name}:{first}"
                )

    def end_of_file(self, block: Block, name: str) -> None:
        """Close the books of an input, and its output if no other input shares it."""
        books, ending = self.journal, self.readers.pop(block.number).ending
        row: dict[str, Any] = {**block.source.to_dict(), "size": ending.size, "sha256": ending.sha256}
        if ending.problem:
            row["problem"] = ending.problem
            books.stats.rejected += 1
            told = {"doc_id": block.source.name, "file": block.source.name, "reason": ending.problem}
            books.append(REJECTED, dump_row(told))
        following = self.inputs[block.number + 1 : block.number + 2]
        ends = not following or output_name(following[0], self.job.to) != name
        if ends and books.is_open:
            size, sha256 = books.end_output(name, conversion(block.source, self.job.to))
            row["output"] = {"name": name, "size": size, "sha256": sha256}
        books.append(INPUTS, dump_row(row))
        books.state.file, books.state.offset, books.state.first = block.number + 1, 0, 1
        books.state.prefix = ""

    def set_aside(self, block: Block, died: Died) -> Cleaned:
        """The result of a block that ends every worker: its documents stay as they are, and it is named."""
        kind = "row" if block.source.form in ("csv", "parquet") else "line"
        what = (
            f"{kind}s {block.first} to {block.next - 1}" if block.next - block.first > 1 else f"this {kind}"
        )
        return self.clean.leave(block, f"{what} cannot be cleaned: {died.reason}")

    def finish(self) -> None:
        """Write what stands beside the outputs."""
        from cleaner.report.corpus_page import corpus_page

        self.journal.publish(self.description(), corpus_page(self.stats), TOP_CORRECTIONS)

    def description(self) -> dict[str, Any]:
        """run.json without the inputs."""
        from cleaner import __version__
        from cleaner.spelling.data import data_fingerprint

        state, cleaner = self.journal.state, self.job.cleaner
        return {
            "schema": RUN_SCHEMA,
            "version": __version__,
            "fingerprint": cleaner.fingerprint,
            "dictionary": data_fingerprint(),
            "config": cleaner.config.to_dict(),
            "options": self.job.options(),
            "folder": Path.cwd().as_posix(),
            "python": platform.python_version(),
            "workers": self.workers,
            "started": state.started,
            "finished": _now(),
            "seconds": round(state.seconds, 1),
            "stops": state.stops,
            "documents": self.stats.documents,
            "rejected": self.stats.rejected,
            "duplicate_ids": {"documents": self.stats.duplicate_ids, "first": state.duplicates},
        }


def _why(error: OSError | sqlite3.Error) -> str:
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or "full" in str(error):
        return "the disk is full"
    return str(error)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")

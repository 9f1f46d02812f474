"""The loop that `clean`, `check` and `diff` share: read, clean, and report what could not be read."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from cleaner.commands.options import say
from cleaner.corpus.careful import CarefulCleaner, Failed
from cleaner.corpus.files import check_encoding, check_input, display_name
from cleaner.corpus.records import Format, Record, read_records
from cleaner.engine import Cleaner
from cleaner.errors import CleanerError, InputError
from cleaner.markdown import SUFFIXES, masked, only_prose, prose_spans
from cleaner.result import CleanResult

_SHOWN = 10  # problems of one file that are told one by one


class Reading(NamedTuple):
    """How files are read: the options of `reading_options`."""

    form: Format | Literal["markdown"] | None
    encoding: str
    text_field: str
    id_field: str | None
    source_field: str | None = None

    def records(self, path: Path) -> Iterator[Record]:
        """The documents of a file."""
        return read_records(
            path,
            form="txt" if self.form == "markdown" else self.form,
            encoding=check_encoding(self.encoding),
            text_field=self.text_field,
            id_field=self.id_field,
            source_field=self.source_field,
        )

    def is_markdown(self, path: Path) -> bool:
        """As chosen, else by the file's name."""
        return self.form == "markdown" or (self.form is None and path.suffix.lower() in SUFFIXES)


@dataclass
class Tally:
    """What a run did, and what it could not do."""

    documents: int = 0
    changed: int = 0
    suggestions: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    """Number of changes by family of rules."""
    failed: int = 0
    _by_file: Counter[str] = field(default_factory=Counter)

    def count(self, result: CleanResult) -> None:
        """Add one cleaned document."""
        self.documents += 1
        self.changed += bool(result.changes)
        self.suggestions += len(result.suggestions)
        self.changes.update(change.rule.partition(".")[0] for change in result.changes)

    def problem(self, record: Record, message: str) -> None:
        """A document that could not be cleaned; the first ones of each file are told."""
        self.failed += 1
        self._by_file[record.file] += 1
        if self._by_file[record.file] <= _SHOWN:
            say(f"{record.place}: {message}")

    def file_problem(self, error: CleanerError) -> None:
        """A file that could not be read at all."""
        self.failed += 1
        say(str(error))

    def end_of_file(self, path: Path) -> None:
        """Say how many problems of this file were not told."""
        more = self._by_file[display_name(path)] - _SHOWN
        if more > 0:
            say(f"{display_name(path)}: {more} more lines like these")

    def summary(self) -> str:
        """The run in one sentence."""
        families = ", ".join(f"{family} {number}" for family, number in sorted(self.changes.items()))
        return (
            f"{_number(self.documents, 'document')}, {self.changed} changed, "
            f"{_number(self.changes.total(), 'change')}{f' ({families})' if families else ''}, "
            f"{_number(self.suggestions, 'suggestion')}{f', {self.failed} failed' if self.failed else ''}"
        )


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def cleaned(
    path: Path, reading: Reading, cleaner: Cleaner, workers: int, tally: Tally
) -> Iterator[tuple[Record, CleanResult | None]]:
    """Each document of a file with its result, in order.

    None stands for a document that has no text (a blank line) or failed; a failure is told. Raises
    InputError if the file cannot be read.
    """
    empty = True
    careful = (MarkdownCleaner if reading.is_markdown(path) else CarefulCleaner)(cleaner)
    for record, result in _in_order(reading.records(path), careful, workers):
        empty = empty and not record.raw()
        if isinstance(result, Failed):
            record.problem = result.problem
            result = None
        if result:
            tally.count(result)
        elif record.problem:
            tally.problem(record, record.problem)
        yield record, result
    if empty:
        say(f"{display_name(path)}: the file is empty")
    tally.end_of_file(path)


def _in_order(
    records: Iterator[Record], cleaner: Cleaner, workers: int
) -> Iterator[tuple[Record, CleanResult | None]]:
    """Records with their results; those without a text wait for their turn."""
    from cleaner.rules.outlets import outlet_of  # brings the rule packs along

    waiting: deque[Record] = deque()

    def texts() -> Iterator[str]:
        for record in records:
            waiting.append(record)
            if record.has_text:
                yield record.text

    def outlets() -> Iterator[str | None]:
        # Asked for right after each text, so the record that came last is meant.
        while True:
            source = waiting[-1].source
            yield outlet_of(source, cleaner.packs) if source else None

    for result in cleaner.clean_many(texts(), workers, outlets=outlets()):
        while not waiting[0].has_text:
            yield waiting.popleft(), None
        yield waiting.popleft(), result
    for record in waiting:
        yield record, None


class MarkdownCleaner(CarefulCleaner):
    """Cleans only the prose of a Markdown file; offsets are those of the file."""

    def clean(self, text: str, *, outlet: str | None = None) -> CleanResult:
        """As `CarefulCleaner.clean`; code, links, HTML, front matter and all marks stay as they are."""
        spans = prose_spans(text)
        return only_prose(super().clean(masked(text, spans), outlet=outlet), text, spans)


def refuse_missing(files: tuple[Path, ...]) -> None:
    """Raises InputError, before anything is done, if a file is missing or a folder."""
    errors = []
    for path in files:
        try:
            check_input(path)
        except InputError as error:
            errors.append(str(error))
    if errors:
        raise InputError("\ncleaner: ".join(errors))

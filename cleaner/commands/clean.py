"""``cleaner clean``: write the cleaned documents, and the log of what was changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import click

from cleaner.commands.documents import Reading, Tally, cleaned, refuse_missing
from cleaner.commands.options import (
    config_options,
    files_argument,
    load_settings,
    reading_options,
    say,
    workers_option,
)
from cleaner.corpus.files import STANDARD, OutputError, display_name, open_output, write_all
from cleaner.corpus.log import header, row_of, write_row
from cleaner.corpus.records import Record
from cleaner.engine import Cleaner
from cleaner.errors import InputError
from cleaner.result import CleanResult

Writer = Callable[[Record, CleanResult | None], bytes]
"""Makes the bytes that are written of a document; the result is None if it was not cleaned."""


@click.command()
@files_argument
@click.option("-o", "--output", metavar="OUT", type=click.Path(path_type=Path), help="File or folder.")
@click.option("--in-place", is_flag=True, help="Replace the input files by the cleaned ones.")
@click.option("--log", metavar="LOG", type=click.Path(path_type=Path), help="Write the changes, as JSONL.")
@click.option(
    "--keep-boilerplate",
    type=click.Choice(["marked"]),
    help="Leave the boilerplate in the text, between ⟦ and ⟧.",
)
@click.option("--only-boilerplate", is_flag=True, help="Write what would be removed, as JSONL, and no text.")
@click.option("--learn", is_flag=True, help="Read all input once before, to learn the words of this corpus.")
@click.option("-q", "--quiet", is_flag=True, help="Print no summary.")
@workers_option
@reading_options
@config_options
@click.pass_context
def clean(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    output: Path | None,
    in_place: bool,
    log: Path | None,
    keep_boilerplate: str | None,
    only_boilerplate: bool,
    learn: bool,
    quiet: bool,
    workers: int,
    form: Any,
    encoding: str,
    text_field: str,
    id_field: str | None,
    source_field: str | None,
    **settings: Any,
) -> None:
    """Clean .txt files (one document each) and .jsonl files (one document a line).

    The result goes to OUT, or to standard output. For several files OUT is a folder. Input files are
    never changed unless --in-place is given. A line of a .jsonl file that cannot be read is passed
    through unchanged and reported; the run goes on and ends with exit code 2.
    """
    cleaner = Cleaner(load_settings(**settings).config)
    reading = Reading(form, encoding, text_field, id_field, source_field)
    write = _writer(keep_boilerplate, only_boilerplate, log, in_place)
    refuse_missing(files)
    if learn:
        cleaner = _taught(cleaner, files, reading)
    targets = output_targets(files, output, in_place)
    _check_log(log, files, targets)
    tally = Tally()
    with ExitStack() as stack:
        rows = stack.enter_context(open_output(log)) if log else None
        if rows:
            write_row(rows, header(cleaner, text_field, id_field))
        for path, target in zip(files, targets, strict=True):
            try:
                _clean_file(path, target, rows, reading, cleaner, workers, tally, write)
            except OutputError:
                raise  # the log would tell of a file that is not there
            except InputError as error:
                tally.file_problem(error)
    if not quiet:
        say(tally.summary())
    if tally.failed:
        ctx.exit(2)


def _taught(cleaner: Cleaner, files: tuple[Path, ...], reading: Reading) -> Cleaner:
    """The cleaner after a first reading of everything (see `Cleaner.learn`)."""
    if STANDARD in files:
        raise click.UsageError("--learn reads the input twice, which standard input does not allow")

    def texts() -> Iterator[str]:
        for path in files:
            try:
                yield from (record.text for record in reading.records(path) if record.has_text)
            except InputError:
                continue  # told when the file is cleaned

    taught = cleaner.learn(texts())
    say(f"learnt {len(taught.vocabulary):,} words of this corpus")
    return taught


def _clean_file(
    path: Path,
    target: Path,
    rows: BinaryIO | None,
    reading: Reading,
    cleaner: Cleaner,
    workers: int,
    tally: Tally,
    write: Writer,
) -> None:
    with open_output(target) as out:
        for record, result in cleaned(path, reading, cleaner, workers, tally):
            if _is_page(path) and target != STANDARD:
                with open_output(target.with_suffix(".extracted.txt")) as kept:
                    write_all(kept, record.raw())  # what the offsets of the log refer to
            try:
                data = write(record, result)
            except InputError as error:
                tally.problem(record, str(error))
                data, result = write(record, None), None
            write_all(out, data)
            if rows and result and (result.changes or result.suggestions):
                write_row(rows, row_of(record, result))


def _writer(keep: str | None, only: bool, log: Path | None, in_place: bool) -> Writer:
    """What is written of a document: its clean text, that with the boilerplate marked, or only that."""
    if keep and only:
        raise click.UsageError("--keep-boilerplate and --only-boilerplate contradict each other")
    if (keep or only) and log:
        raise click.UsageError("the log tells of the clean text; write it in a run of its own")
    if only and in_place:
        raise click.UsageError("--only-boilerplate writes no text, which --in-place would replace")
    if only:
        return _boilerplate_of
    if keep:
        return lambda record, result: record.with_text(result.marked()) if result else record.raw()
    return lambda record, result: record.with_text(result.text) if result else record.raw()


def _boilerplate_of(record: Record, result: CleanResult | None) -> bytes:
    """A row for a document that has boilerplate: the pieces, and the metadata they hold."""
    removed = [c for c in result.changes if c.rule.startswith("boilerplate.")] if result else []
    if result is None or not removed:
        return b""
    row = {
        "doc_id": record.doc_id,
        **result.metadata,
        "boilerplate": [{"start": c.start, "end": c.end, "rule": c.rule, "text": c.before} for c in removed],
    }
    return json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n"


def output_targets(files: tuple[Path, ...], output: Path | None, in_place: bool) -> list[Path]:
    """Where each file goes. Raises InputError or UsageError if that would lose something."""
    if in_place:
        if output:
            raise click.UsageError("--in-place and -o contradict each other")
        if STANDARD in files:
            raise click.UsageError("standard input cannot be cleaned in place")
        if any(map(_is_page, files)):
            raise click.UsageError("a web page cannot be cleaned in place: what is written is its text")
        return list(files)
    if output is None or output == STANDARD:
        return [STANDARD] * len(files)
    if len(files) == 1 and not output.is_dir():
        targets = [output]
    else:
        if output.exists() and not output.is_dir():
            raise InputError(f"{display_name(output)}: must be a folder for several input files")
        if STANDARD in files:
            raise click.UsageError("standard input has no name to write under in a folder; give -o a file")
        _check_names(files)
        targets = [output / _name_of_output(path) for path in files]
        output.mkdir(parents=True, exist_ok=True)
    for path, target in zip(files, targets, strict=True):
        if any(_same(target, other) for other in files):
            raise InputError(f"{display_name(path)}: would overwrite an input; say --in-place to do that")
    return targets


def _name_of_output(path: Path) -> str:
    """A web page comes out as text."""
    return path.with_suffix(".txt").name if _is_page(path) else path.name


def _is_page(path: Path) -> bool:
    return path.suffix.lower() in (".html", ".htm")


def _check_names(files: tuple[Path, ...]) -> None:
    seen: dict[str, Path] = {}
    for path in files:
        name = _name_of_output(path)
        other = seen.setdefault(name, path)
        if other is not path:
            raise InputError(
                f"{display_name(other)} and {display_name(path)} would both be written as {name}; "
                "clean them into different folders"
            )


def _check_log(log: Path | None, files: tuple[Path, ...], targets: list[Path]) -> None:
    """The log must not replace a text, nor run into one on standard output."""
    if log and any(log == STANDARD == target or _same(log, target) for target in targets):
        raise click.UsageError("--log and the cleaned text would go to the same place; use -o")
    if log and any(_same(log, path) for path in files):
        raise click.UsageError("--log would overwrite an input file")


def _same(one: Path, other: Path) -> bool:
    if STANDARD in (one, other):
        return False
    return one.resolve() == other.resolve()

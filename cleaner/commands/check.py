"""``cleaner check`` and ``cleaner diff``: show what `clean` would change, and write nothing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cleaner import __version__
from cleaner.commands.documents import Reading, Tally, cleaned, refuse_missing
from cleaner.commands.options import (
    config_options,
    files_argument,
    load_settings,
    put,
    reading_options,
    running_rules,
    say,
    workers_option,
)
from cleaner.corpus.records import Record
from cleaner.edits import Change
from cleaner.engine import Cleaner
from cleaner.errors import InputError
from cleaner.report import sarif
from cleaner.report.diff import render
from cleaner.result import CleanResult

Show = Callable[[Record, CleanResult], None]


@click.command()
@files_argument
@click.option("--output-format", type=click.Choice(["text", "json", "github", "sarif"]), default="text")
@workers_option
@reading_options
@config_options
@click.pass_context
def check(
    ctx: click.Context, /, files: tuple[Path, ...], output_format: str, workers: int, **options: Any
) -> None:
    """Report what would be changed. Exit code 1 if there is anything.

    github prints workflow commands that mark the lines in a pull request, sarif a SARIF 2.1.0 log.
    """
    if output_format in ("json", "sarif"):
        (_check_json if output_format == "json" else _check_sarif)(ctx, files, workers, options)
        return
    line = _text_line if output_format == "text" else _github_line

    def show(record: Record, result: CleanResult) -> None:
        put("".join(line(record, result, change) for change in result.changes))

    _end(ctx, _run(files, *_prepared(files, options), workers, show))


@click.command()
@files_argument
@click.option("--word", is_flag=True, help="Mark the changed words inside their lines.")
@workers_option
@reading_options
@config_options
@click.pass_context
def diff(ctx: click.Context, /, files: tuple[Path, ...], word: bool, workers: int, **options: Any) -> None:
    """Show what would be changed as a diff. Exit code 1 if there is anything.

    The diff of .txt files can be applied with "patch -p0". --word is in colour on a terminal, and
    marks [-before-]{+after+} elsewhere or if NO_COLOR is set.
    """
    color = word and sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def show(record: Record, result: CleanResult) -> None:
        text = render(result, "inline" if word else "unified", record.place, color=color)
        put(f"{record.place}\n{text}" if word and text else text)

    _end(ctx, _run(files, *_prepared(files, options), workers, show))


def _prepared(files: tuple[Path, ...], options: dict[str, Any]) -> tuple[Reading, Cleaner]:
    """What the options say, before anything is read."""
    reading = Reading(*(options.pop(name) for name in Reading._fields))
    cleaner = Cleaner(load_settings(**options).config)
    refuse_missing(files)
    return reading, cleaner


def _run(files: tuple[Path, ...], reading: Reading, cleaner: Cleaner, workers: int, show: Show) -> Tally:
    """Clean all files and show every result; what cannot be read is told and counted."""
    tally = Tally()
    for path in files:
        try:
            for record, result in cleaned(path, reading, cleaner, workers, tally):
                if result:
                    show(record, result)
        except InputError as error:
            tally.file_problem(error)
    return tally


def _end(ctx: click.Context, tally: Tally) -> None:
    say(tally.summary())
    if tally.failed:
        ctx.exit(2)
    if tally.changed:
        ctx.exit(1)


def _check_json(ctx: click.Context, files: tuple[Path, ...], workers: int, options: dict[str, Any]) -> None:
    """One JSON array, an object a change, written as it comes."""
    separator = "["

    def show(record: Record, result: CleanResult) -> None:
        nonlocal separator
        for change in result.changes:
            line, column = _position(record, result, change)
            row = {"file": record.file, "line": line, "column": column, "doc_id": record.doc_id}
            put(f"{separator}\n{json.dumps({**row, **change.to_dict()}, ensure_ascii=False)}")
            separator = ","

    tally = _run(files, *_prepared(files, options), workers, show)
    put("[]\n" if separator == "[" else "\n]\n")
    _end(ctx, tally)


def _check_sarif(ctx: click.Context, files: tuple[Path, ...], workers: int, options: dict[str, Any]) -> None:
    """One SARIF log, a result a change, written as it comes."""
    reading, cleaner = _prepared(files, options)
    put(sarif.opening(__version__, list(running_rules(cleaner.config).values()), cleaner.config.language))
    separator = ""

    def show(record: Record, result: CleanResult) -> None:
        nonlocal separator
        for change in result.changes:
            row = sarif.finding(result, change, _summary(change), record.file, record.line, record.doc_id)
            put(f"{separator}\n{row}")
            separator = ","

    tally = _run(files, reading, cleaner, workers, show)
    put(sarif.closing(not tally.failed))
    _end(ctx, tally)


def _position(record: Record, result: CleanResult, change: Change) -> tuple[int, int]:
    """Line and column of a change, from 1. In a JSONL file: its line, and the place in the text."""
    if record.line is not None:
        return record.line, change.start + 1
    return sarif.position(result.original, change.start)


def _text_line(record: Record, result: CleanResult, change: Change) -> str:
    line, column = _position(record, result, change)
    what = f"{shown(change.before)} -> {shown(change.after)}" if change.after else shown(change.before)
    verb = "" if change.after else "remove "
    sure = f"({change.confidence:.2f})"
    return f"{record.file}:{line}:{column}: {change.rule} {verb}{what} {sure} {change.reason}\n"


def _github_line(record: Record, result: CleanResult, change: Change) -> str:
    line, column = _position(record, result, change)
    place = f"file={_property(record.file)},line={line}"
    if record.line is None:
        place += f",col={column}"
    return f"::warning {place},title={_property(change.rule)}::{_message(_summary(change))}\n"


def _summary(change: Change) -> str:
    return f"{shown(change.before)} -> {shown(change.after)}: {change.reason}"


def shown(text: str, limit: int = 60) -> str:
    """A piece of text for one line of a terminal: quoted, invisible characters spelt out, cut."""
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")


def _message(text: str) -> str:
    """Escaped as GitHub's workflow commands want it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")

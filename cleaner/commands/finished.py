"""``cleaner verify``, ``stats`` and ``sample``: look at what a run did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.options import put, say
from cleaner.corpus.files import open_input, open_output, write_all
from cleaner.errors import InputError

if TYPE_CHECKING:
    from cleaner.corpus.finished import FinishedRun
    from cleaner.corpus.sample import Found
    from cleaner.corpus.stats import Stats

_SHOWN = 20  # problems, rules, corrections


@click.command()
@click.argument("out", metavar="OUT_DIR")
@click.pass_context
def verify(ctx: click.Context, /, out: str) -> None:
    """Check OUT_DIR: the log, applied to the input again, must give every document in it.

    The input must be where it was. Exit code 1 if something does not fit.
    """
    from cleaner.corpus.verify import verify as check

    problems = 0

    def problem(message: str) -> None:
        nonlocal problems
        problems += 1
        if problems <= _SHOWN:
            say(message)

    found = check(_finished(out), problem)
    if problems > _SHOWN:
        say(f"and {problems - _SHOWN} more")
    say(
        f"{found.documents:,} documents in {found.files:,} files, {found.changed:,} of them changed: "
        + (f"{problems} problems" if problems else "all fit")
    )
    if problems:
        ctx.exit(1)


@click.command()
@click.argument("source", metavar="LOG|OUT_DIR")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.option(
    "--html", metavar="FILE", type=click.Path(path_type=Path), help="Write the report as a web page."
)
def stats(source: str, as_json: bool, html: Path | None) -> None:
    """Show what was changed: totals, rules, corrections, boilerplate by outlet.

    Of a LOG alone only the documents in it are counted, those with changes or suggestions.
    """
    numbers = _numbers(source)
    if html:
        from cleaner.report.corpus_page import corpus_page

        with open_output(html) as out:
            write_all(out, corpus_page(numbers).encode("utf-8"))
    if as_json:
        put(json.dumps(numbers.to_dict(), ensure_ascii=False, indent=1) + "\n")
    elif not html:
        from cleaner.report.corpus_text import corpus_text

        put(corpus_text(numbers))


@click.command()
@click.argument("source", metavar="[LOG|OUT_DIR]", required=False)
@click.option(
    "-n", "number", type=click.IntRange(min=1), default=100, show_default=True, help="Changes to draw."
)
@click.option("--stratify", type=click.Choice(["rule", "family", "none"]), default="rule", show_default=True,
              help="Draw evenly from each of these.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same changes.")
@click.option("-o", "--output", metavar="CSV", type=click.Path(path_type=Path), default=Path("-"),
              help="File to write; standard output without it.")  # fmt: skip
@click.option("--estimate", metavar="CSV", type=click.Path(path_type=Path),
              help="Say how many changes are right, from the verdicts in this file.")  # fmt: skip
def sample(
    source: str | None, number: int, stratify: str, seed: int, output: Path, estimate: Path | None
) -> None:
    """Draw changes for a person to judge, into a CSV file for any spreadsheet.

    Write y (right) or n (wrong) into the column "verdict"; then --estimate says what share of all changes
    is right, with a 95 % interval. Of an OUT_DIR the sample shows the text around each change.
    """
    from cleaner.corpus import sample as samples

    if (source is None) == (estimate is None):
        raise click.UsageError("name a LOG or OUT_DIR to draw from, or say --estimate with a judged sample")
    if estimate:
        with open_input(estimate) as stream:
            answers = samples.read_answers(stream.read(), estimate.as_posix())
        put(_estimate(answers))
        return
    with _changes(str(source)) as changes:
        drawn = samples.draw(changes, number, stratify, seed)
    if not drawn:
        raise InputError(f"{source}: there are no changes to draw from")
    with open_output(output) as out:
        write_all(out, samples.to_csv(drawn))
    left_out = sum(not item.changes for item in drawn)
    if left_out:
        say(f"{left_out} rare ones of {len(drawn)} ({stratify}) are not in this sample; a larger -n has them")
    say(
        f"{sum(len(item.changes) for item in drawn)} of {sum(item.size for item in drawn):,} changes drawn; "
        'write "y" or "n" into the column verdict, then: cleaner sample --estimate FILE'
    )


def _estimate(answers: list[Any]) -> str:
    from cleaner.corpus.sample import precision

    lines = [f"{'':40} {'changes':>10} {'judged':>7} {'right':>7}   95 % interval"]
    for item in sorted(answers, key=lambda item: -item.size):
        low, high = item.interval
        lines.append(
            f"{item.stratum:40} {item.size:>10,} {item.right + item.wrong:>7} {item.share:>7.1%}   "
            f"{low:.1%} to {high:.1%}"
        )
    share, low, high = precision(answers)
    judged = sum(item.right + item.wrong for item in answers)
    lines.append(
        f"{'all of these':40} {sum(item.size for item in answers):>10,} {judged:>7} {share:>7.1%}   "
        f"{low:.1%} to {high:.1%}"
    )
    return "\n".join(lines) + "\n"


def _finished(out: str) -> FinishedRun:
    from cleaner.corpus.finished import FinishedRun
    from cleaner.corpus.target import Target

    return FinishedRun.open(Target(out))


def _is_folder(source: str) -> bool:
    return "://" in source or Path(source).is_dir()


def _numbers(source: str) -> Stats:
    from cleaner.corpus.log import open_rows
    from cleaner.corpus.sidefiles import STATS
    from cleaner.corpus.stats import Stats, of_log

    if not _is_folder(source):
        with open_rows(Path(source)) as rows:
            return of_log(rows)
    run = _finished(source)
    with run.target.open(STATS) as stream:
        try:
            return Stats.from_dict(json.load(stream))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{source}/{STATS}: cannot read it: {error}") from error


@contextmanager
def _changes(source: str) -> Iterator[Iterator[Found]]:
    """The changes of a log, or of a run with what stands around them."""
    from cleaner.corpus.finished import documents
    from cleaner.corpus.log import open_rows
    from cleaner.corpus.sample import found_in_rows, found_in_text

    if not _is_folder(source):
        with open_rows(Path(source)) as rows:
            yield found_in_rows(rows)
        return
    run = _finished(source)
    log = run.log()
    yield (
        found
        for output in run.outputs()
        for _, pairs in documents(run, output, log)
        for record, row in pairs
        if row is not None
        for found in found_in_text(row, record.text)
    )

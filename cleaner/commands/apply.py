"""``cleaner apply``: what people decided, put into the texts without cleaning them again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from cleaner.commands.clean import output_targets
from cleaner.commands.options import say
from cleaner.corpus.files import check_encoding, display_name, open_output, write_all
from cleaner.corpus.log import open_rows, write_row
from cleaner.corpus.records import Record, read_records
from cleaner.decisions import Decisions
from cleaner.errors import ChangeMismatchError, InputError

if TYPE_CHECKING:
    from cleaner.corpus.redecide import Redecision

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("log", metavar="LOG|OUT_DIR", type=_PATH)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=_PATH)
@click.option(
    "--decisions",
    metavar="FILE",
    type=_PATH,
    multiple=True,
    required=True,
    help="What was decided; repeatable.",
)
@click.option("-o", "--output", metavar="OUT", required=True, type=_PATH, help="File, or folder for several.")
@click.option("--log", "new_log", metavar="LOG", type=_PATH, help="Write the log of the new texts.")
@click.option("--format", "form", type=click.Choice(["txt", "jsonl"]), help="Instead of by file name.")
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the files.")
def apply(
    log: Path,
    files: tuple[Path, ...],
    decisions: tuple[Path, ...],
    output: Path,
    new_log: Path | None,
    form: Any,
    encoding: str,
) -> None:
    """Write the texts of LOG again as the decisions want them, without cleaning again.

    FILE is what was cleaned, or what came of it; by default the files that LOG names (those in which
    nothing was found are not named there). Of a corpus name its OUT_DIR alone; OUT is then a new folder with
    all outputs, in their formats. Each text is checked by its sha256.
    """
    from cleaner.review.logs import find_logs

    obeyed = Decisions.read(decisions)
    if _is_run(log):
        if files or form:
            raise click.UsageError(f"{display_name(log)} is the folder of a run: name no files and no format")
        _apply_run(log, obeyed, decisions, output, new_log)
        return
    (path, *others) = find_logs(log)
    if others:
        raise InputError(f"{display_name(log)}: holds {len(others) + 1} logs; name one of them")
    reader = _Rows(path)
    _refuse_decided(reader.header, path)
    inputs = files or tuple(_find(name, path) for name in reader.files)
    if not inputs:
        raise InputError(f"{display_name(path)}: the log names no file: nothing was changed")
    names = _names(inputs, reader.files)
    targets = output_targets(inputs, output, False)
    with _redecision(obeyed, decisions, reader.header, new_log) as redecision:
        for source, name, target in zip(inputs, names, targets, strict=True):
            records = read_records(
                source, form=form, encoding=check_encoding(encoding),
                text_field=reader.header["text_field"], id_field=reader.header["id_field"],
            )  # fmt: skip
            with open_output(target) as out:
                _apply_file(records, reader.rows(name), redecision, out)
    _tell(redecision)


def _is_run(log: Path) -> bool:
    """Is this the folder of `cleaner corpus`?"""
    from cleaner.corpus.sidefiles import RUN
    from cleaner.corpus.target import WORK

    return (log / RUN).is_file() or (log / WORK).is_dir()


def _apply_run(
    log: Path, obeyed: Decisions, files: tuple[Path, ...], output: Path, new_log: Path | None
) -> None:
    from cleaner.corpus.finished import FinishedRun
    from cleaner.corpus.redecide import redecide
    from cleaner.corpus.sidefiles import LOG
    from cleaner.corpus.target import Target
    from cleaner.review.logs import read_header

    run = FinishedRun.open(Target(str(log)))
    path = log / LOG
    header = read_header(path)
    _refuse_decided(header, path)
    with _redecision(obeyed, files, header, new_log) as redecision:
        redecide(run, output, redecision)
    _tell(redecision)


def _refuse_decided(header: dict[str, Any], path: Path) -> None:
    if header.get("config", {}).get("decisions"):
        raise InputError(
            f"{display_name(path)}: this log already obeys decisions; give the log of a run without them"
        )


@contextmanager
def _redecision(
    obeyed: Decisions, files: tuple[Path, ...], header: dict[str, Any], new_log: Path | None
) -> Iterator[Redecision]:
    """What decides, and writes the new log."""
    from cleaner.corpus.redecide import Redecision

    with ExitStack() as stack:
        out = stack.enter_context(open_output(new_log)) if new_log else None
        if out:
            config = {**header["config"], "decisions": [display_name(item) for item in files]}
            write_row(out, {**header, "config": config})
        yield Redecision(obeyed, out)


def _tell(redecision: Redecision) -> None:
    say(f"{redecision.documents:,} logged documents, {redecision.otherwise:,} are otherwise by decision")
    conflicts = redecision.decisions.conflicts()
    if conflicts:
        say(f"{len(conflicts):,} decisions of different reviewers are in conflict; the later ones count")


class _Rows:
    """The rows of a log by file, in order."""

    def __init__(self, path: Path) -> None:
        from cleaner.review.logs import read_header, read_rows

        self.path = path
        self.header = read_header(path)
        self.files = list(dict.fromkeys(row.file for row in read_rows(path)))
        self._groups = self._by_file()

    def _by_file(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        with open_rows(self.path) as rows:
            yield from groupby(rows, lambda row: row["file"])

    def rows(self, file: str | None) -> Iterator[dict[str, Any]]:
        """The rows of one file; those of the file before are over then.

        The log goes on from there, and is only read again for a file that stands further up.
        """
        if file is None:
            return iter(())
        for again in (False, True):
            if again:
                self._groups = self._by_file()
            for name, rows in self._groups:
                if name == file:
                    return rows
        return iter(())


def _find(name: str, log: Path) -> Path:
    for folder in (Path(), log.parent):
        if (folder / name).is_file():
            return folder / name
    raise InputError(
        f"{name}: no such file, here or beside the log; name the files: cleaner apply LOG FILE..."
    )


def _names(inputs: tuple[Path, ...], logged: list[str]) -> list[str | None]:
    """The name that each file has in the log; None for one in which nothing was changed."""
    if len(inputs) == len(logged) == 1:
        return list(logged)
    found: list[str | None] = []
    for path in inputs:
        same = [name for name in logged if name == display_name(path)]
        alike = same or [name for name in logged if Path(name).name == path.name]
        if len(alike) > 1:
            raise InputError(
                f"{display_name(path)}: may be any of {', '.join(alike)}; name it as it was named then"
            )
        found.append(alike[0] if alike else None)
    if not any(found):
        raise InputError(f"none of these files is in the log, which names: {', '.join(logged[:5])}")
    return found


def _apply_file(
    records: Iterator[Record], rows: Iterator[dict[str, Any]], redecision: Redecision, out: BinaryIO
) -> None:
    row = next(rows, None)
    for record in records:
        if row is None or row.get("line") != record.line:
            write_all(out, record.raw())
            continue
        write_all(out, redecision.record_of(record, row))
        row = next(rows, None)
    if row is not None:
        raise ChangeMismatchError(
            f"{row['doc_id']}: the log has this document, the file has not (or not in this order)"
        )

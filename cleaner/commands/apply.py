"""``cleaner apply``: what people decided, put into the texts without cleaning them again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

import click

from cleaner.commands.clean import output_targets
from cleaner.commands.options import say
from cleaner.corpus.files import check_encoding, display_name, open_output, write_all
from cleaner.corpus.log import open_rows, row_of, write_row
from cleaner.corpus.records import Record, read_records
from cleaner.decisions import Decisions
from cleaner.edits import Change, revert
from cleaner.edits import apply as apply_changes
from cleaner.errors import ChangeMismatchError, InputError
from cleaner.obey import obey
from cleaner.result import CleanResult, Suppressed, sha256

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("log", metavar="LOG", type=_PATH)
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
    nothing was found are not named there). Each text is checked by its sha256.
    """
    from cleaner.review.logs import find_logs

    obeyed = Decisions.read(decisions)
    (path, *others) = find_logs(log)
    if others:
        raise InputError(f"{display_name(log)}: holds {len(others) + 1} logs; name one of them")
    reader = _Rows(path)
    if reader.header.get("config", {}).get("decisions"):
        raise InputError(
            f"{display_name(path)}: this log already obeys decisions; give the log of a run without them"
        )
    inputs = files or tuple(_find(name, path) for name in reader.files)
    if not inputs:
        raise InputError(f"{display_name(path)}: the log names no file: nothing was changed")
    names = _names(inputs, reader.files)
    targets = output_targets(inputs, output, False)
    tally = {"documents": 0, "otherwise": 0}
    with ExitStack() as stack:
        out_log = stack.enter_context(open_output(new_log)) if new_log else None
        if out_log:
            config = {**reader.header["config"], "decisions": [display_name(item) for item in decisions]}
            write_row(out_log, {**reader.header, "config": config})
        for source, name, target in zip(inputs, names, targets, strict=True):
            records = read_records(
                source, form=form, encoding=check_encoding(encoding),
                text_field=reader.header["text_field"], id_field=reader.header["id_field"],
            )  # fmt: skip
            with open_output(target) as out:
                _apply_file(records, reader.rows(name), obeyed, out, out_log, tally)
    say(f"{tally['documents']:,} logged documents, {tally['otherwise']:,} are otherwise by decision")
    conflicts = obeyed.conflicts()
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
    records: Iterator[Record],
    rows: Iterator[dict[str, Any]],
    decisions: Decisions,
    out: BinaryIO,
    out_log: BinaryIO | None,
    tally: dict[str, int],
) -> None:
    row = next(rows, None)
    for record in records:
        if row is None or row.get("line") != record.line:
            write_all(out, record.raw())
            continue
        result = _result(record, row)
        decided = obey(result, decisions)
        tally["documents"] += 1
        tally["otherwise"] += decided.text != result.text
        write_all(out, record.with_text(decided.text))
        if out_log and (decided.changes or decided.suggestions):
            new = row_of(record, decided)
            write_row(out_log, {**new, "doc_id": row["doc_id"], "file": row["file"]})
        row = next(rows, None)
    if row is not None:
        raise ChangeMismatchError(
            f"{row['doc_id']}: the log has this document, the file has not (or not in this order)"
        )


def _result(record: Record, row: dict[str, Any]) -> CleanResult:
    """The result that a row tells of, for its original text or for what came of it."""
    try:
        changes = [Change.from_dict(item) for item in row["changes"]]
        suggestions = [Change.from_dict(item) for item in row["suggestions"]]
        suppressed = [Suppressed(**item) for item in row["suppressed"]]
        original_hash, cleaned_hash = row["sha256"]["original"], row["sha256"]["cleaned"]
    except (KeyError, TypeError) as error:
        raise ChangeMismatchError(f"{record.place}: malformed log row: {error!r}") from error
    digest = sha256(record.text)
    if digest == original_hash:
        original, text = record.text, apply_changes(record.text, changes)
    elif digest == cleaned_hash:
        original, text = revert(record.text, changes), record.text
    else:
        raise ChangeMismatchError(
            f"{record.place}: this is neither the text that was cleaned as {row['doc_id']!r} nor what came "
            "of it; it was edited since, or this is the log of another run"
        )
    return CleanResult(original, text, changes, suggestions, suppressed, row.get("fingerprint", ""))

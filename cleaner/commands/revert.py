"""``cleaner revert``: the original back from the cleaned file and the log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cleaner.commands.options import say
from cleaner.corpus.files import check_encoding, display_name, open_output, write_all
from cleaner.corpus.log import Log, revert_record
from cleaner.corpus.records import read_records
from cleaner.errors import InputError


@click.command()
@click.argument("log", metavar="LOG|OUT_DIR")
@click.argument("cleaned", metavar="CLEANED", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o", "--output", metavar="ORIGINAL", required=True, type=click.Path(path_type=Path),
    help='Where to write the original; "-" is standard output.',
)  # fmt: skip
@click.option("--id", "ids", metavar="ID", multiple=True, help="Take back only this change; repeatable.")
@click.option("--format", "form", type=click.Choice(["txt", "jsonl"]), help="Instead of by file name.")
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the cleaned file.")
def revert(
    log: str, cleaned: Path | None, output: Path, ids: tuple[str, ...], form: Any, encoding: str
) -> None:
    """Give the original back, byte for byte, from the CLEANED file and its LOG.

    Of a corpus name its OUT_DIR alone; ORIGINAL is then a new folder. Each text is checked by its sha256
    before and after. If a file was edited since it was cleaned this is an error, and nothing is written.
    """
    if cleaned is None:
        if ids:
            raise click.UsageError("--id takes back changes in one file: name its LOG and the CLEANED file")
        _revert_corpus(log, output)
    else:
        _revert_file(Path(log), cleaned, output, ids, form, encoding)


def _revert_corpus(out: str, folder: Path) -> None:
    from cleaner.corpus.finished import FinishedRun
    from cleaner.corpus.takeback import take_back
    from cleaner.corpus.target import Target

    if "://" not in out and not Path(out).is_dir():
        raise click.UsageError("name the CLEANED file beside its LOG, or the OUT_DIR of cleaner corpus alone")
    changed = take_back(FinishedRun.open(Target(out)), folder)
    say(f"documents changed back: {changed}")


def _revert_file(
    log: Path, cleaned: Path, output: Path, ids: tuple[str, ...], form: Any, encoding: str
) -> None:
    with Log.open(log) as rows:
        wanted = frozenset(ids) or None
        if wanted:
            unknown = wanted - rows.change_ids()
            if unknown:
                raise InputError(f"{display_name(log)}: no change has the id {min(unknown)!r}")
        records = read_records(
            cleaned,
            form=form,
            encoding=check_encoding(encoding),
            text_field=rows.header["text_field"],
            id_field=rows.header["id_field"],
        )
        changed = 0
        with open_output(output) as out:
            for record in records:
                row = rows.find(record) if record.has_text else None
                changed += row is not None
                write_all(out, revert_record(record, row, wanted) if row else record.raw())
            missing = rows.unused()
    if missing:
        names = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
        say(f"{len(missing)} logged documents are not in {display_name(cleaned)}: {names}")
    say(f"documents changed back: {changed}")

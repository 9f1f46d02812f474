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
@click.argument("log", metavar="LOG", type=click.Path(path_type=Path))
@click.argument("cleaned", metavar="CLEANED", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="ORIGINAL", required=True, type=click.Path(path_type=Path),
    help='Where to write the original; "-" is standard output.',
)  # fmt: skip
@click.option("--id", "ids", metavar="ID", multiple=True, help="Take back only this change; repeatable.")
@click.option("--format", "form", type=click.Choice(["txt", "jsonl"]), help="Instead of by file name.")
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the cleaned file.")
def revert(log: Path, cleaned: Path, output: Path, ids: tuple[str, ...], form: Any, encoding: str) -> None:
    """Give the original back, byte for byte, from the CLEANED file and its LOG.

    Each text is checked by its sha256 before and after. If the file was edited since it was cleaned
    this is an error, and nothing is written.
    """
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

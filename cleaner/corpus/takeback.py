"""Gives the original corpus back from a finished run: its outputs and its log.

The input is not needed. Every text is checked by its hash before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cleaner.corpus.compression import compress
from cleaner.corpus.files import OutputError, open_output
from cleaner.corpus.finished import FinishedRun, documents
from cleaner.corpus.log import revert_record
from cleaner.corpus.parquet import Rows, from_streams
from cleaner.edits import Change, revert
from cleaner.errors import ChangeMismatchError
from cleaner.result import sha256


def take_back(run: FinishedRun, folder: Path, done: Callable[[str], None] = lambda _: None) -> int:
    """Write the original of every output into ``folder``; the number of documents changed back.

    A compressed file is compressed again: what is inside is equal byte for byte. A Parquet file is equal
    value for value. Raises ChangeMismatchError if outputs and log do not fit, OutputError if ``folder``
    is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder.as_posix()}: is not an empty folder; choose another one")
    log = run.log()
    count = 0
    for output in run.outputs():
        target = folder / output.file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        table = output.file.form == "parquet"
        grown = target.with_name(target.name + ".part") if table else target
        with open_output(grown) as stream:
            for block, pairs in documents(run, output, log):
                count += sum(bool(row and row["changes"]) for _, row in pairs)
                if not pairs:
                    data = block.data
                elif table:
                    texts = [
                        record.text if row is None else _original(record.place, record.text, row)
                        for record, row in pairs
                    ]
                    field = run.reading.text_field
                    data = Rows(block).with_texts(field, [record for record, _ in pairs], texts)
                else:
                    data = b"".join(
                        record.raw() if row is None else revert_record(record, row, None)
                        for record, row in pairs
                    )
                stream.write(compress(data, output.file.compression))
        if table:
            from_streams(grown, target)
            grown.unlink()
        done(output.file.name)
    log.end()
    return count


def _original(place: str, text: str, row: dict[str, object]) -> str:
    changes = [Change.from_dict(item) for item in row["changes"]]  # type: ignore[attr-defined]
    original = revert(text, changes)
    if sha256(original) != row["sha256"]["original"]:  # type: ignore[index]
        raise ChangeMismatchError(f"{place}: taking the changes back does not give the original text")
    return original

"""Writes the outputs of a finished run again, with other texts and everything else as it was.

The input is not needed: outputs and log are read side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cleaner.corpus.compression import compress
from cleaner.corpus.files import OutputError, open_output
from cleaner.corpus.finished import FinishedRun, documents
from cleaner.corpus.parquet import Rows, from_streams
from cleaner.corpus.records import Record

Row = dict[str, Any]


def rewrite(
    run: FinishedRun,
    folder: Path,
    new_text: Callable[[Record, Row], str],
    new_bytes: Callable[[Record, Row], bytes],
    done: Callable[[str], None] = lambda _: None,
) -> None:
    """Write every output into ``folder``.

    What a document with a row in the log becomes, ``new_text`` says for a table and ``new_bytes``, all of
    its record, for other formats; one of them is called once for each, in order. A compressed file is
    compressed again: what is inside is equal byte for byte. A Parquet file is equal value for value. Raises
    ChangeMismatchError if outputs and log do not fit, OutputError if ``folder`` is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder.as_posix()}: is not an empty folder; choose another one")
    log = run.log()
    for output in run.outputs():
        target = folder / output.file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        table = output.file.form == "parquet"
        grown = target.with_name(target.name + ".part") if table else target
        with open_output(grown) as stream:
            for block, pairs in documents(run, output, log):
                if not pairs:
                    data = block.data
                elif table:
                    texts = [record.text if row is None else new_text(record, row) for record, row in pairs]
                    field = run.output_reading().text_field
                    data = Rows(block).with_texts(field, [record for record, _ in pairs], texts)
                else:
                    data = b"".join(
                        record.raw() if row is None else new_bytes(record, row) for record, row in pairs
                    )
                stream.write(compress(data, output.file.compression))
        if table:
            from_streams(grown, target)
            grown.unlink()
        done(output.file.name)
    log.end()

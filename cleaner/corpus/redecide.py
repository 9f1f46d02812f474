"""Puts what people decided into the texts of a run, without cleaning them again.

Start reading at `Redecision.of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.corpus.finished import FinishedRun
from cleaner.corpus.log import row_of, write_row
from cleaner.corpus.records import Record
from cleaner.corpus.rewrite import Row, rewrite
from cleaner.decisions import Decisions
from cleaner.errors import ChangeMismatchError
from cleaner.obey import obey
from cleaner.replay import apply, revert
from cleaner.result import CleanResult, sha256


@dataclass
class Redecision:
    """Decides on one document after the other, and counts them."""

    decisions: Decisions
    log: BinaryIO | None = None
    """Where the rows of the new log are written."""
    documents: int = 0
    """With a row in the log."""
    otherwise: int = 0
    """Of these, with another text than the run gave them."""

    def of(self, record: Record, row: Row) -> str:
        """The text of a document as the decisions want it; ``record`` has its original or its cleaned text.

        Raises ChangeMismatchError if it has neither, or the row is malformed.
        """
        result = _result(record, row)
        decided = obey(result, self.decisions)
        self.documents += 1
        self.otherwise += decided.text != result.text
        if self.log is not None and (decided.changes or decided.suggestions):
            new = row_of(record, decided)
            new.pop("literal", None)  # of the cleaned text, it may be
            same: Row = {key: row[key] for key in ("doc_id", "file", "line", "literal") if key in row}
            write_row(self.log, {**new, **same})
        return decided.text

    def record_of(self, record: Record, row: Row) -> bytes:
        """All of a record, with that text."""
        return record.with_text(self.of(record, row))


def redecide(run: FinishedRun, folder: Path, redecision: Redecision) -> None:
    """Write every output of a run into ``folder`` as was decided. Raises as `rewrite` and `Redecision.of`."""
    rewrite(run, folder, redecision.of, redecision.record_of)


def _result(record: Record, row: Row) -> CleanResult:
    """The result that a row tells of, for its original text or for what came of it."""
    try:
        result = CleanResult.of_log({"fingerprint": "", **row}, record.text, record.text)
        original_hash, cleaned_hash = row["sha256"]["original"], row["sha256"]["cleaned"]
    except (KeyError, TypeError) as error:
        raise ChangeMismatchError(f"{record.place}: malformed log row: {error!r}") from error
    digest = sha256(record.text)
    if digest == original_hash:
        result.text = apply(record.text, result.changes)
    elif digest == cleaned_hash:
        result.original = revert(record.text, result.changes)
    else:
        raise ChangeMismatchError(
            f"{record.place}: this is neither the text that was cleaned as {row['doc_id']!r} nor what came "
            "of it; it was edited since, or this is the log of another run"
        )
    return result

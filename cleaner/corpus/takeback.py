"""Gives the original corpus back from a finished run: its outputs and its log.

The input is not needed. Every text is checked by its hash before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cleaner.corpus.finished import FinishedRun
from cleaner.corpus.log import revert_record
from cleaner.corpus.records import Record
from cleaner.corpus.rewrite import Row, rewrite
from cleaner.edits import Change
from cleaner.errors import ChangeMismatchError
from cleaner.replay import revert
from cleaner.result import sha256


def take_back(run: FinishedRun, folder: Path, done: Callable[[str], None] = lambda _: None) -> int:
    """Write the original of every output into ``folder``; the number of documents changed back.

    Raises as `rewrite` does.
    """
    count = 0

    def text(record: Record, row: Row) -> str:
        nonlocal count
        count += bool(row["changes"])
        return _original(record.place, record.text, row)

    def data(record: Record, row: Row) -> bytes:
        nonlocal count
        count += bool(row["changes"])
        return revert_record(record, row, None)

    rewrite(run, folder, text, data, done)
    return count


def _original(place: str, text: str, row: Row) -> str:
    changes = [Change.from_dict(item) for item in row["changes"]]
    original = revert(text, changes)
    if sha256(original) != row["sha256"]["original"]:
        raise ChangeMismatchError(f"{place}: taking the changes back does not give the original text")
    return original

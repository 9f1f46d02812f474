"""What the table integrations share: a column of texts becomes texts, counts and logs.

A log cell is the JSON of `CleanResult.to_log` (docs/change-log.md), so a cleaned cell and its log give
the original back (`revert`), checked by sha256, whatever the table was written to in between.

One bad cell must not cost the whole table: what is no text, or breaks a rule, passes through unchanged,
its log cell says why, and one warning counts such cells.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cleaner.config import Config
from cleaner.edits import Change
from cleaner.engine import Cleaner, check_text
from cleaner.errors import ChangeMismatchError, InvalidTextError
from cleaner.replay import revert as revert_changes
from cleaner.result import CleanResult, sha256


class UncleanedTextWarning(UserWarning):
    """Some texts of a column could not be cleaned and are unchanged; their log cells say why."""


class CleanedColumn(NamedTuple):
    """Three lists as long as the column: null cells give None, 0 and None."""

    texts: list[Any]
    n_changes: list[int]
    logs: list[str | None]


def cleaner_of(cleaner: Cleaner | None, settings: dict[str, Any]) -> Cleaner:
    """The given cleaner, or one with these settings (those of `cleaner.Config`).

    Raises ConfigError for a wrong setting, and ValueError if both are given.
    """
    if cleaner is not None and settings:
        raise ValueError("give a cleaner or settings, not both: Cleaner(Config(...)) holds the settings")
    chosen = cleaner or Cleaner(Config.from_dict(settings, "settings"))
    chosen.check()
    return chosen


def clean_column(
    cleaner: Cleaner, values: Sequence[object], workers: int = 1, *, with_logs: bool = True
) -> CleanedColumn:
    """Clean every cell that is not None, in ``workers`` processes.

    ``with_logs`` False saves the time the logs take; they are None then. Raises ValueError if
    ``workers`` is below 1. Warns with UncleanedTextWarning.
    """
    from cleaner.corpus.careful import CarefulCleaner, Failed

    problems = [None if value is None else problem_of(value) for value in values]
    good = (
        value
        for value, problem in zip(values, problems, strict=True)
        if problem is None and isinstance(value, str)
    )
    results = CarefulCleaner(cleaner).clean_many(good, workers)
    column = CleanedColumn([], [], [])
    for row, value in enumerate(values):
        if value is None:
            _add(column, None, 0, None)
            continue
        result = next(results) if problems[row] is None else None
        if isinstance(result, Failed):
            problems[row] = result.problem
        if result is None or problems[row]:
            _add(column, value, 0, json.dumps({"problem": problems[row]}, ensure_ascii=False))
        else:
            log = log_cell(result) if with_logs else None
            _add(column, result.text, len(result.changes), log)
    _finish(results)
    _warn([(row, problem) for row, problem in enumerate(problems) if problem], len(values))
    return column


def _add(column: CleanedColumn, text: object, n_changes: int, log: str | None) -> None:
    column.texts.append(text)
    column.n_changes.append(n_changes)
    column.logs.append(log)


def _finish(results: Iterator[CleanResult]) -> None:
    for _ in results:  # to its end, so that the processes stop; and it must be there
        raise AssertionError("more results than texts")


def problem_of(value: object) -> str | None:
    """Why a cell cannot be cleaned; None if it can."""
    try:
        check_text(value)  # type: ignore[arg-type]
    except InvalidTextError as error:
        return str(error)
    return None


def _warn(problems: list[tuple[int, str]], total: int) -> None:
    if problems:
        row, problem = problems[0]
        warnings.warn(
            f"{len(problems):,} of {total:,} texts could not be cleaned and are unchanged; the first is row "
            f"{row} (from 0): {problem}",
            UncleanedTextWarning,
            stacklevel=4,
        )


def log_cell(result: CleanResult) -> str:
    """The log of one text as JSON, on one line."""
    return json.dumps(result.to_log(), ensure_ascii=False, separators=(",", ":"))


def revert(text: str, log: str) -> str:
    """The original of a cleaned cell, from its text and log cells.

    Raises ChangeMismatchError if the text was edited since, or the log is of another text.
    """
    row = json.loads(log)
    if "problem" in row:
        return text
    original = revert_changes(text, [Change.from_dict(item) for item in row["changes"]])
    if sha256(original) != row["sha256"]["original"]:
        raise ChangeMismatchError("taking the changes back does not give the original text: wrong log?")
    return original


def check_new(taken: Sequence[str], **names: str | None) -> None:
    """Raises ValueError if a new column would replace one that is there; None stands for no column."""
    for option, name in names.items():
        if name is not None and name in taken:
            raise ValueError(
                f"there is a column {name!r} already; name another: {option}='...', or {option}=None for none"
            )

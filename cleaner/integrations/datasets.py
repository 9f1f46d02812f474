"""Hugging Face datasets: a function for ``Dataset.map`` and ``IterableDataset.map``.

    ds = ds.map(cleaning("text", log="log"), batched=True, num_proc=2)

A second run with the same data, settings, version and dictionary is a cache hit: the function is
hashed by its state, which holds the cleaner's fingerprint, and not by what it has opened.
"""

from __future__ import annotations

from typing import Any

from cleaner.engine import Cleaner
from cleaner.errors import MissingExtraError
from cleaner.integrations.columns import check_new, clean_column, cleaner_of

try:
    import datasets  # noqa: F401 - so that a missing library is told here and not by a strange cache
except ImportError as error:
    raise MissingExtraError("datasets", "datasets") from error


class Cleaning:
    """Cleans a batch: a dict of columns, each a list as long as the others."""

    def __init__(self, cleaner: Cleaner, text: str, n_changes: str | None, log: str | None) -> None:
        self.cleaner = cleaner
        self.text = text
        self.n_changes = n_changes
        self.log = log

    def __call__(self, batch: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """The new columns. Raises KeyError without the column, ValueError if a new one would replace one."""
        if self.text not in batch:
            raise KeyError(f"no column {self.text!r}; the columns are: {', '.join(batch)}")
        values = batch[self.text]
        if isinstance(values, str):
            raise TypeError("this is one text, not a batch of them; call map with batched=True")
        check_new(list(batch), n_changes=self.n_changes, log=self.log)
        column = clean_column(self.cleaner, values, with_logs=self.log is not None)
        new: dict[str, list[Any]] = {self.text: column.texts}
        if self.n_changes is not None:
            new[self.n_changes] = column.n_changes
        if self.log is not None:
            # A first batch with nothing but nulls would give the column the type "null" for good.
            new[self.log] = [log or "" for log in column.logs]
        return new

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "fingerprint": self.cleaner.fingerprint}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**{key: value for key, value in state.items() if key != "fingerprint"})  # type: ignore[misc]


def cleaning(
    text: str = "text",
    cleaner: Cleaner | None = None,
    *,
    n_changes: str | None = None,
    log: str | None = None,
    **settings: Any,
) -> Cleaning:
    """A function for ``map(..., batched=True)`` that cleans the column ``text``.

    ``n_changes`` and ``log`` name further columns, if wanted; ``settings`` are those of
    `cleaner.Config`. Null texts stay null, their log is empty. Raises ConfigError for a wrong setting.
    """
    return Cleaning(cleaner_of(cleaner, settings), text, n_changes, log)

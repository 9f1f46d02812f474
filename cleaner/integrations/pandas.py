"""pandas: a Series of texts cleaned into a DataFrame, and the accessor ``.cleaner``.

    import cleaner.integrations.pandas                  # registers the accessor
    df = df.cleaner.clean("text", workers=4)            # text replaced; n_changes and log beside it
    df["text"].cleaner.clean()                          # a DataFrame: text, n_changes, log

Null cells stay null. See `cleaner.integrations.columns` for the log and for cells that fail.
"""

from __future__ import annotations

from typing import Any

from cleaner.engine import Cleaner
from cleaner.errors import MissingExtraError
from cleaner.integrations.columns import check_new, clean_column, cleaner_of

try:
    import pandas as pd
except ImportError as error:
    raise MissingExtraError("pandas", "pandas") from error


def clean(
    texts: pd.Series, cleaner: Cleaner | None = None, *, workers: int = 1, **settings: Any
) -> pd.DataFrame:
    """Clean a Series: a DataFrame with its index and the columns text, n_changes and log.

    ``settings`` are those of `cleaner.Config`. The text keeps its dtype (of a categorical Series: that
    of its categories). Null cells give null, 0 and null. Raises ConfigError for a wrong setting,
    ValueError if ``workers`` is below 1.
    """
    chosen = cleaner_of(cleaner, settings)
    missing = texts.isna().to_numpy()
    values = [None if null else value for value, null in zip(texts, missing, strict=True)]
    column = clean_column(chosen, values, workers)
    dtype = texts.dtype.categories.dtype if isinstance(texts.dtype, pd.CategoricalDtype) else texts.dtype
    # Nulls go back as they were: None and NaN are two things in a column of objects.
    cells = [old if null else new for old, new, null in zip(texts, column.texts, missing, strict=True)]
    return pd.DataFrame(
        {
            "text": pd.Series(cells, index=texts.index, dtype=dtype),
            "n_changes": pd.Series(column.n_changes, index=texts.index, dtype="int64"),
            "log": pd.Series(column.logs, index=texts.index, dtype="string"),
        }
    )


@pd.api.extensions.register_series_accessor("cleaner")
class SeriesCleaner:
    """``series.cleaner``."""

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def clean(self, cleaner: Cleaner | None = None, *, workers: int = 1, **settings: Any) -> pd.DataFrame:
        """As `clean`: a DataFrame with the columns text, n_changes and log."""
        return clean(self._series, cleaner, workers=workers, **settings)


@pd.api.extensions.register_dataframe_accessor("cleaner")
class FrameCleaner:
    """``frame.cleaner``."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def clean(
        self,
        text: str = "text",
        cleaner: Cleaner | None = None,
        *,
        n_changes: str | None = "n_changes",
        log: str | None = "log",
        workers: int = 1,
        **settings: Any,
    ) -> pd.DataFrame:
        """A new frame in which the column ``text`` is clean, with two more columns at the end.

        ``n_changes`` and ``log`` name them; None leaves one out. Raises KeyError if there is no column
        ``text``, ValueError if a new column would replace one, and what `clean` raises.
        """
        check_new(list(self._frame.columns), n_changes=n_changes, log=log)
        column = clean(self._frame[text], cleaner, workers=workers, **settings)
        new = {text: column["text"]}
        if n_changes is not None:
            new[n_changes] = column["n_changes"]
        if log is not None:
            new[log] = column["log"]
        return self._frame.assign(**new)

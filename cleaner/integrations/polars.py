"""polars: the namespace ``.cleaner`` on Series, DataFrame and expressions.

    import cleaner.integrations.polars                      # registers the namespaces
    df = df.cleaner.clean("text", workers=4)                # text replaced; n_changes and log beside it
    df["text"].cleaner.clean()                              # a DataFrame: text, n_changes, log
    lf.with_columns(pl.col("text").cleaner.clean())         # in a lazy frame: a struct of the three

Null cells stay null. See `cleaner.integrations.columns` for the log and for cells that fail.
"""

from __future__ import annotations

from typing import Any

from cleaner.engine import Cleaner
from cleaner.errors import MissingExtraError
from cleaner.integrations.columns import check_new, clean_column, cleaner_of

try:
    import polars as pl
except ImportError as error:
    raise MissingExtraError("polars", "polars") from error

_FIELDS = {"text": pl.String, "n_changes": pl.Int64, "log": pl.String}


def clean(
    texts: pl.Series, cleaner: Cleaner | None = None, *, workers: int = 1, **settings: Any
) -> pl.DataFrame:
    """Clean a Series of strings: a DataFrame with the columns text, n_changes and log.

    ``settings`` are those of `cleaner.Config`. Null cells give null, 0 and null. Raises TypeError if
    the Series holds no strings, ConfigError for a wrong setting, ValueError if ``workers`` is below 1.
    """
    chosen = cleaner_of(cleaner, settings)
    if texts.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        raise TypeError(f"the column {texts.name!r} holds {texts.dtype}, not strings; cast it first")
    return pl.DataFrame(list(clean_column(chosen, texts.to_list(), workers)), _FIELDS)


@pl.api.register_series_namespace("cleaner")
class SeriesCleaner:
    """``series.cleaner``."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def clean(self, cleaner: Cleaner | None = None, *, workers: int = 1, **settings: Any) -> pl.DataFrame:
        """As `clean`: a DataFrame with the columns text, n_changes and log."""
        return clean(self._series, cleaner, workers=workers, **settings)


@pl.api.register_dataframe_namespace("cleaner")
class FrameCleaner:
    """``frame.cleaner``."""

    def __init__(self, frame: pl.DataFrame) -> None:
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
    ) -> pl.DataFrame:
        """A frame in which the column ``text`` is clean, with two more columns at the end.

        ``n_changes`` and ``log`` name them; None leaves one out. Raises ColumnNotFoundError if there is
        no column ``text``, ValueError if a new column would replace one, and what `clean` raises.
        """
        check_new(self._frame.columns, n_changes=n_changes, log=log)
        column = clean(self._frame[text], cleaner, workers=workers, **settings)
        new = [column["text"].alias(text)]
        if n_changes is not None:
            new.append(column["n_changes"].alias(n_changes))
        if log is not None:
            new.append(column["log"].alias(log))
        return self._frame.with_columns(new)


@pl.api.register_expr_namespace("cleaner")
class ExprCleaner:
    """``pl.col(...).cleaner``."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def clean(self, cleaner: Cleaner | None = None, *, workers: int = 1, **settings: Any) -> pl.Expr:
        """An expression: a struct with the fields text, n_changes and log.

        ``.struct.field("text")`` takes one of them. The settings are checked at once.
        """
        chosen = cleaner_of(cleaner, settings)
        return self._expr.map_batches(
            lambda series: clean(series, chosen, workers=workers).to_struct(series.name),
            return_dtype=pl.Struct(_FIELDS),
            is_elementwise=True,
        )

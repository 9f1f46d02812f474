"""polars: Series, frames and expressions, eager, lazy and streaming."""

from __future__ import annotations

import pytest

pl = pytest.importorskip("polars", reason="needs polars: pip install 'bersih[polars]'")
from polars.testing import assert_frame_equal  # noqa: E402

import cleaner.integrations.polars  # noqa: E402, F401 - registers the namespaces
from cleaner.errors import ConfigError  # noqa: E402
from cleaner.integrations.columns import revert  # noqa: E402

DIRTY = ["Ia tidka pulang.", None, "Baik."]
SCHEMA = {"text": pl.String, "n_changes": pl.Int64, "log": pl.String}


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical])
def test_a_series_becomes_a_frame(dtype):
    clean = pl.Series("isi", DIRTY, dtype=dtype).cleaner.clean(profile="typos")
    assert dict(clean.schema) == SCHEMA
    assert clean["text"].to_list() == ["Ia tidak pulang.", None, "Baik."]
    assert clean["n_changes"].to_list() == [1, 0, 0]
    assert revert(clean["text"][0], clean["log"][0]) == DIRTY[0]


@pytest.mark.parametrize("values", [[], [None, None]])
def test_the_schema_does_not_depend_on_the_values(values):
    assert dict(pl.Series(values, dtype=pl.String).cleaner.clean().schema) == SCHEMA
    assert dict(pl.Series(values).cleaner.clean().schema) == SCHEMA


def test_a_frame_gets_a_clean_column_and_two_more():
    frame = pl.DataFrame({"n": [1, 2, 3], "isi": DIRTY})
    clean = frame.cleaner.clean("isi", profile="typos", log="catatan")
    assert clean.columns == ["n", "isi", "n_changes", "catatan"]
    assert frame["isi"].to_list() == DIRTY
    assert clean["isi"][0] == "Ia tidak pulang."
    with pytest.raises(ValueError, match="column 'n_changes' already"):
        clean.cleaner.clean("isi")
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        frame.cleaner.clean("teks")


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_the_expression_in_a_lazy_frame(engine):
    frame = pl.DataFrame({"isi": DIRTY * 100})
    lazy = frame.lazy().select(pl.col("isi").cleaner.clean(profile="typos").alias("bersih"))
    assert lazy.collect_schema() == {"bersih": pl.Struct(SCHEMA)}
    assert_frame_equal(
        lazy.unnest("bersih").collect(engine=engine), frame["isi"].cleaner.clean(profile="typos")
    )


def test_wrong_types_and_settings_are_told_at_once():
    with pytest.raises(TypeError, match="'angka' holds Int64, not strings"):
        pl.Series("angka", [1]).cleaner.clean()
    with pytest.raises(ConfigError, match="profile"):
        pl.col("isi").cleaner.clean(profile="nws")

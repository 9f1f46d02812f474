"""pandas: dtypes, indexes and nulls as pandas users have them."""

from __future__ import annotations

import pytest

pd = pytest.importorskip("pandas", reason="needs pandas: pip install 'bersih[pandas]'")

import cleaner.integrations.pandas  # noqa: E402
from cleaner.integrations.columns import revert  # noqa: E402

DIRTY = ["Ia tidka pulang.", None, "Baik."]


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category"])
def test_dtype_index_and_nulls_stay(dtype):
    series = pd.Series(DIRTY, index=[5, 5, 9], dtype=dtype)
    clean = series.cleaner.clean(profile="typos")
    assert list(clean.columns) == ["text", "n_changes", "log"]
    assert list(clean.index) == [5, 5, 9]
    assert clean["text"].isna().tolist() == clean["log"].isna().tolist() == [False, True, False]
    assert clean["text"].dropna().tolist() == ["Ia tidak pulang.", "Baik."]
    assert clean["text"].dtype == (series.cat.categories.dtype if dtype == "category" else series.dtype)
    assert clean["n_changes"].tolist() == [1, 0, 0]
    assert clean["n_changes"].dtype == "int64"
    assert revert(clean["text"].iloc[0], clean["log"].iloc[0]) == DIRTY[0]


def test_none_and_nan_are_kept_apart():
    clean = pd.Series([None, float("nan"), pd.NA, "Baik."], dtype="object").cleaner.clean()
    assert clean["text"][0] is None
    assert clean["text"][2] is pd.NA


def test_a_frame_gets_a_clean_column_and_two_more():
    frame = pd.DataFrame({"n": [1, 2, 3], "isi": DIRTY, "lain": list("abc")})
    before = frame.copy()
    clean = frame.cleaner.clean("isi", profile="typos")
    pd.testing.assert_frame_equal(frame, before)
    assert list(clean.columns) == ["n", "isi", "lain", "n_changes", "log"]
    assert clean["isi"][0] == "Ia tidak pulang."
    pd.testing.assert_frame_equal(clean[["n", "lain"]], before[["n", "lain"]])
    again = frame.cleaner.clean("isi", n_changes=None, log=None)
    assert list(again.columns) == ["n", "isi", "lain"]


def test_a_column_is_never_replaced_unasked():
    frame = pd.DataFrame({"text": DIRTY}).cleaner.clean()
    with pytest.raises(ValueError, match=r"column 'n_changes' already.*n_changes='\.\.\.'"):
        frame.cleaner.clean()
    assert "log2" in frame.cleaner.clean(n_changes=None, log="log2")
    with pytest.raises(KeyError, match="teks"):
        frame.cleaner.clean("teks", n_changes=None, log=None)


def test_empty_frames_and_own_cleaners():
    empty = pd.DataFrame({"text": pd.Series([], dtype="str")}).cleaner.clean()
    assert list(empty.columns) == ["text", "n_changes", "log"] and len(empty) == 0
    own = cleaner.Cleaner(cleaner.Config(ignore_words=("tidka",)))
    assert pd.Series(DIRTY).cleaner.clean(own)["text"][0] == DIRTY[0]


def test_several_processes():
    series = pd.Series(DIRTY * 50)
    pd.testing.assert_frame_equal(series.cleaner.clean(workers=2), series.cleaner.clean())

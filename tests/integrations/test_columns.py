"""What all table integrations share: nulls, bad cells, logs that give the original back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.errors import ChangeMismatchError, ConfigError
from cleaner.integrations.columns import UncleanedTextWarning, clean_column, cleaner_of, revert

CLEANER = cleaner.Cleaner(cleaner.Config(profile="typos"))


def test_texts_counts_and_logs():
    column = clean_column(CLEANER, ["Ia tidka pulang.", None, "Baik.", ""])
    assert column.texts == ["Ia tidak pulang.", None, "Baik.", ""]
    assert column.n_changes == [1, 0, 0, 0]
    assert column.logs[1] is None
    (change,) = json.loads(column.logs[0])["changes"]
    assert (change["start"], change["end"], change["rule"]) == (3, 8, "typo.nonword")


def test_several_processes_give_the_same():
    values = ["Ia tidka pulang.", None, "Ia makan  nasi."] * 70
    assert clean_column(CLEANER, values, workers=2) == clean_column(CLEANER, values)


def test_a_bad_cell_passes_through_and_is_told():
    values = ["Ia tidka pulang.", "rusak\ud800", 7, None]
    with pytest.warns(UncleanedTextWarning, match=r"2 of 4 texts .* row 1 .*lone surrogate"):
        column = clean_column(CLEANER, values)
    assert column.texts == ["Ia tidak pulang.", "rusak\ud800", 7, None]
    assert column.n_changes == [1, 0, 0, 0]
    assert "takes a str, not int" in json.loads(column.logs[2])["problem"]
    assert revert("rusak\ud800", column.logs[1]) == "rusak\ud800"


def test_a_rule_that_breaks_costs_one_cell(monkeypatch):
    clean = cleaner.Cleaner.clean

    def broken(self, text, *, outlet=None):
        if text == "meledak":
            raise ZeroDivisionError("division by zero")
        return clean(self, text, outlet=outlet)

    monkeypatch.setattr(cleaner.Cleaner, "clean", broken)
    with pytest.warns(UncleanedTextWarning, match="ZeroDivisionError"):
        column = clean_column(CLEANER, ["meledak", "Ia tidka pulang."])
    assert column.texts == ["meledak", "Ia tidak pulang."]


@given(
    st.lists(
        st.none() | st.text() | st.sampled_from(["Ia tidka  pulang.", "Baca juga: Harga Gandum Turun\n"])
    )
)
def test_every_cell_can_be_taken_back(values):
    column = clean_column(CLEANER, values)
    back = [
        text if text is None else revert(text, log)
        for text, log in zip(column.texts, column.logs, strict=True)
    ]
    assert back == values


def test_the_log_of_another_text_is_refused():
    column = clean_column(CLEANER, ["Ia tidka pulang.", "Baik."])
    with pytest.raises(ChangeMismatchError):
        revert("Ia pulang.", column.logs[0])
    with pytest.raises(ChangeMismatchError, match="does not give the original"):
        revert("Lain.", column.logs[1])


def test_settings_are_checked_at_once():
    with pytest.raises(ConfigError, match="did you mean 'profile'"):
        cleaner_of(None, {"profil": "news"})
    with pytest.raises(ConfigError, match="no rule or family 'typos'"):
        cleaner_of(None, {"select": ("typos",)})
    with pytest.raises(ValueError, match="not both"):
        cleaner_of(CLEANER, {"profile": "news"})
    assert cleaner_of(CLEANER, {}) is CLEANER

"""The user's own corrections."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, Config, ConfigError


@pytest.fixture
def corrections(tmp_path) -> str:
    path = tmp_path / "perbaikan.tsv"
    path.write_text("# milik saya\n\nmengapdet\tmemperbarui\ngofud\tGoFood\ntidka\nkerja sma\tkerja sama\n")
    return str(path)


def test_corrections_take_over_the_case(corrections):
    result = Cleaner(Config(corrections=corrections)).clean("Mengapdet GOFUD, gofud. KERJA SMA gofudan")
    assert result.text == "Memperbarui GoFood, GoFood. KERJA SAMA gofudan"
    assert {change.rule for change in result.changes} == {"typo.own"}
    assert result.changes[0].reason == "daftar perbaikan sendiri memuat 'Mengapdet' -> 'Memperbarui'"


def test_right_words_stay(corrections):
    text = "Pertemuan itu tidka digelar oleh GoFood."
    assert Cleaner(Config()).clean(text).text != text
    assert Cleaner(Config(corrections=corrections)).clean(text).text == text


def test_the_rule_can_be_turned_off(corrections):
    assert Cleaner(Config(corrections=corrections, ignore=("typo.own",))).clean("gofud").text == "gofud"
    assert Cleaner(Config(corrections=corrections, profile="minimal")).clean("gofud").text == "gofud"


def test_links_stay(corrections):
    text = "Lihat https://gofud.id/gofud di sana."
    assert Cleaner(Config(corrections=corrections)).clean(text).text == text


def test_the_fingerprint_knows_the_words(corrections, tmp_path):
    before = Cleaner(Config(corrections=corrections)).fingerprint
    (tmp_path / "perbaikan.tsv").write_text("gofud\tgofood\n")
    assert Cleaner(Config(corrections=corrections)).fingerprint != before


@pytest.mark.parametrize("line", ["a\tb\tc", "\tb", "a\t"])
def test_a_malformed_line_is_named(tmp_path, line):
    path = tmp_path / "perbaikan.tsv"
    path.write_text(f"tidka\ttidak\n{line}\n")
    with pytest.raises(ConfigError, match=r"perbaikan\.tsv:2: a line holds one right word"):
        Cleaner(Config(corrections=str(path))).clean("x")


def test_a_missing_file_is_an_error():
    with pytest.raises(ConfigError, match="cannot be read"):
        Cleaner(Config(corrections="nowhere.tsv")).clean("x")

"""The sample article: exactly its four slips and its five pieces of boilerplate, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleaner

EXAMPLES = Path(__file__).parents[1] / "examples"

HEADER = "TRIBUNNEWS.COM - "
BYLINE = "(Tribunnews.com/Sekar Ayu Pramesti)"
SLIPS = {
    "lebih aktid menjaga": "lebih aktif menjaga",
    "pangan tidka boleh": "pangan tidak boleh",
    "Menteri Luar Ngeri Rusia": "Menteri Luar Negeri Rusia",
    "awal mei setelah": "awal Mei setelah",
}


@pytest.fixture(scope="module")
def article() -> str:
    return (EXAMPLES / "artikel.txt").read_text(encoding="utf-8")


def test_the_article_has_what_it_is_to_show(article):
    assert article.startswith(HEADER)
    assert article.endswith(f"\n{BYLINE}\n")
    assert article.count("\nBaca juga: ") == 3
    assert all(article.count(slip) == 1 for slip in SLIPS)


def test_exactly_the_slips_and_the_boilerplate_go(article):
    expected = article.removeprefix(HEADER)
    for slip, right in SLIPS.items():
        expected = expected.replace(slip, right)
    lines = [line for line in expected.splitlines() if not line.startswith("Baca juga: ")]
    assert lines.pop() == BYLINE
    assert cleaner.clean(article).text.splitlines() == lines


def test_each_change_has_the_right_owner(article):
    result = cleaner.clean(article)
    removed = [change for change in result.changes if not change.after]
    links = [line for line in article.splitlines() if line.startswith("Baca juga: ")]
    assert [change.before.strip() for change in removed] == [HEADER.strip(), *links, BYLINE]
    assert all(change.rule.startswith("boilerplate.") for change in removed)
    fixed = {(change.before, change.after) for change in result.changes if change.after}
    assert {(before.strip(), after.strip()) for before, after in fixed} == {
        ("aktid", "aktif"),
        ("tidka", "tidak"),
        ("Ngeri", "Negeri"),
        ("mei", "Mei"),
    }
    assert all(change.rule.startswith("typo.") for change in result.changes if change.after)


def test_the_records_are_cleaned_and_given_back(run, in_tmp):
    original = (EXAMPLES / "artikel.jsonl").read_bytes()
    (in_tmp / "artikel.jsonl").write_bytes(original)
    result = run("clean", "artikel.jsonl", "-o", "bersih.jsonl", "--log", "log.jsonl")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in (in_tmp / "bersih.jsonl").read_bytes().splitlines()]
    assert [row["text"].split("\n") for row in rows] == [
        [
            (
                "Puluhan warga membersihkan sungai di belakang pasar pada Minggu pagi. "
                "Mereka mengumpulkan sampah plastik sejak pukul enam."
            ),
            "Kegiatan itu tidak dipungut biaya.",
        ],
        [
            "Pasar malam di tepi alun-alun kembali dibuka setelah diperbaiki. Pedagang mengaku senang.",
            "Pengunjung diminta membawa tas belanja sendiri.",
        ],
        [
            "Petani di lereng gunung memulai panen raya cabai & tomat pekan ini.",
            "Harga di tingkat petani naik dibanding bulan lalu.",
        ],
        ["Perpustakaan keliling datang setiap Jumat. Anak-anak boleh meminjam tiga buku sekaligus."],
    ]
    assert run("revert", "log.jsonl", "bersih.jsonl", "-o", "lagi.jsonl").exit_code == 0
    assert (in_tmp / "lagi.jsonl").read_bytes() == original

"""Words with a blank inside."""

from __future__ import annotations

import pytest

from cleaner import clean


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("Hal sepert i itu biasa.", "Hal seperti itu biasa."),
        ("Tiket dijual s ebelum acara.", "Tiket dijual sebelum acara."),
        ("Dia m emiliki rumah.", "Dia memiliki rumah."),
        ("Sanksi administra tif berlaku.", "Sanksi administratif berlaku."),
        ("Warga Indone sia senang.", "Warga Indonesia senang."),
        ("Biaya perjalan an itu naik.", "Biaya perjalanan itu naik."),
        ("Ada keru sakan jalan.", "Ada kerusakan jalan."),
        ("Kantor di Ib ukota pindah.", "Kantor di Ibu Kota pindah."),
    ],
)
def test_the_blank_goes(torn: str, whole: str) -> None:
    result = clean(torn)
    assert result.text == whole
    assert [c.rule for c in result.changes] == ["typo.split"]


@pytest.mark.parametrize(
    "text",
    [
        "Mereka memakai gim ni, kata Rina.",  # a mark stands between
        "Hal sepert\ni itu biasa.",  # a line ends between
        "Van Bask en Rudi Bask bermain.",  # "basken" is no word
        "Tari gan da itu indah.",  # ganda is one, but none of its parts is a fragment
    ],
)
def test_other_blanks_stay(text: str) -> None:
    assert [c for c in clean(text).changes if c.rule == "typo.split"] == []

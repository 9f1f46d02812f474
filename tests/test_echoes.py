"""What the document has elsewhere speaks for a correction."""

from __future__ import annotations

import pytest

from cleaner import clean
from cleaner.spelling.echoes import echoed

FILLER = "Rapat itu berlangsung hangat sampai sore dan dihadiri banyak warga desa. " * 6


@pytest.mark.parametrize(
    ("reading", "text", "share"),
    [
        ("penyegelan", f"{FILLER}Warga menolak penyegelan toko.", 1.0),
        ("penyegelan", f"{FILLER}Penyegelan toko ditolak warga.", 1.0),
        ("penyegelan", f"{FILLER}(penyegelan)", 1.0),
        ("penyegelan", f"{FILLER}Penyegelannya ditolak warga.", 0.0),
        ("gelan", f"{FILLER}Penyegelan toko ditolak warga.", 0.0),
        ("penyegelan", FILLER, 0.0),
        # Of glued words the longer part counts; every text has "di".
        ("melati di", f"{FILLER}Desa Melati maju.", 1.0),
        ("melati di", f"{FILLER}Dia di sana.", 0.0),
        # "ia" is the whole reading, so it counts however short.
        ("ia", f"{FILLER}Lalu ia pulang.", 1.0),
    ],
)
def test_a_word_stands_elsewhere(reading: str, text: str, share: float) -> None:
    assert echoed(reading, text) == share


def test_a_single_sentence_has_no_room_for_an_echo() -> None:
    assert 0 < echoed("penyegelan", "Warga menolak penyegalan toko.") < 1
    assert echoed("penyegelan", "Warga menolak penyegelan toko.") == 1


def test_what_the_text_has_turns_a_suggestion_into_a_correction() -> None:
    slip = "Mereka menolak pemakzulkan itu."
    without, beside = clean(FILLER + slip), clean(f"{FILLER}Isu pemakzulan ramai dibahas. {slip}")
    assert [c.before for c in without.changes] == []
    (suggestion,) = without.suggestions
    (change,) = beside.changes
    assert (change.before, change.after) == ("pemakzulkan", "pemakzulan")
    assert change.confidence > suggestion.confidence
    assert change.reason.endswith("naskah ini juga memuat 'pemakzulan'")


def test_what_is_surely_corrected_once_is_corrected_wherever_it_stands() -> None:
    unsure, sure = "Kata kerajian itu ramai dibahas.", "Pengrajin menjual hasil kerajian tangan."
    assert clean(FILLER + unsure).text == FILLER + unsure
    assert clean(f"{FILLER}{sure} {unsure}").text == f"{FILLER}{sure} {unsure}".replace(
        "kerajian", "kerajinan"
    )

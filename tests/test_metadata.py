"""Fields that removed boilerplate gives: outlet, city, authors, editors, related articles."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, CleanResult, Config
from cleaner.metadata import metadata

BOILERPLATE = Cleaner(Config(select=("encoding", "boilerplate")))
END = "Harga cabai di pasar naik."


def clean(text: str) -> CleanResult:
    return BOILERPLATE.clean(text)


@pytest.mark.parametrize(
    ("head", "outlet", "city"),
    [
        ("BOGOR, SUARAMELATI.com - ", "SUARAMELATI.com", "Bogor"),
        ("SUARAMELATI.COM, BOGOR - ", "SUARAMELATI.COM", "Bogor"),
        ("Kabarmelati.id - Jakarta - ", "Kabarmelati.id", "Jakarta"),
        ("LUMBUNG.CO.ID - JAKARTA. ", "LUMBUNG.CO.ID", "Jakarta"),
        ("MELATINEWS. COM - ", "MELATINEWS.COM", None),
        ("Banda Aceh, Lumbung.net \u2014", "Lumbung.net", "Banda Aceh"),
        ("Banda&nbsp;Aceh, Lumbung.net - ", "Lumbung.net", "Banda Aceh"),
        ("LIWA (Lumbung.co) -- ", "Lumbung.co", "Liwa"),
        ("BANDUNG, (KM).- ", "KM", "Bandung"),
        ("Jakarta, Kabar Melati -- ", "Kabar Melati", "Jakarta"),
        ("DKI JAKARTA, LUMBUNG.net - ", "LUMBUNG.net", "DKI Jakarta"),
        ("Jakarta - ", None, "Jakarta"),
        ("Bogor, Senin (13/5/2024) - ", None, "Bogor"),
        ("", None, None),
    ],
)
def test_a_dateline_names_outlet_and_city(head: str, outlet: str | None, city: str | None) -> None:
    result = clean(head + END)
    assert result.text == END
    fields = metadata(result)
    assert (fields["outlet"], fields["city"]) == (outlet, city)


@pytest.mark.parametrize(
    ("text", "byline", "editor"),
    [
        (f"{END}\nPewarta: Rina SariEditor: Budi Melati", ["Rina Sari"], ["Budi Melati"]),
        (f"{END} (Penulis: Rina Sari | Editor: Budi Melati)", ["Rina Sari"], ["Budi Melati"]),
        (f"{END}\nReporter: Rina Sari\nEditor: Budi Melati", ["Rina Sari"], ["Budi Melati"]),
        (f"{END} (Rina Sari)", ["Rina Sari"], []),
        (f"{END} (Suaramelati.com/Rina Sari)", ["Rina Sari"], []),
        (f"{END} (rin/bud)", ["rin/bud"], []),
        (f"Laporan Wartawan Suara Melati, Rina Sari\n{END}", ["Rina Sari"], []),
        (f"Laporan Rina Sari | Banda Aceh\n{END}", ["Rina Sari"], []),
        (f"{END} (*)", [], []),
    ],
)
def test_a_byline_names_people(text: str, byline: list[str], editor: list[str]) -> None:
    result = clean(text)
    assert result.text == END
    fields = metadata(result)
    assert (fields["byline"], fields["editor"]) == (byline, editor)


def test_titles_of_related_articles_in_order_and_once() -> None:
    text = (
        f"{END}\nBaca juga: Harga Bawang di Pasar Melati Turun\nPedagang mengeluh.\n"
        "Baca Juga : Panen Raya Cabai di Desa Melati Tiba\nPembeli sepi.\n"
        "Baca juga: Harga Bawang di Pasar Melati Turun\nPasar ditutup."
    )
    titles = ["Harga Bawang di Pasar Melati Turun", "Panen Raya Cabai di Desa Melati Tiba"]
    assert metadata(clean(text))["read_also"] == titles


def test_a_list_of_headlines_below_its_label_and_a_label_alone() -> None:
    block = (
        f"{END}\nPilihan Redaksi\nHarga Bawang di Pasar Melati Turun\nPanen Raya Cabai di Desa Melati Tiba"
    )
    titles = ["Harga Bawang di Pasar Melati Turun", "Panen Raya Cabai di Desa Melati Tiba"]
    assert metadata(clean(f"{block}\nPedagang mengeluh."))["read_also"] == titles
    assert metadata(clean(f'{END}\nBaca Juga\n"Kami mengeluh," kata pedagang.'))["read_also"] == []


def test_clean_text_has_every_field_and_nothing_in_them() -> None:
    empty = {"outlet": None, "city": None, "byline": [], "editor": [], "read_also": []}
    assert metadata(clean(END)) == empty
    assert metadata(clean("")) == empty


def test_the_fields_survive_the_way_through_the_log() -> None:
    result = clean(f"BOGOR, SUARAMELATI.com - {END} (Rina Sari)")
    assert metadata(CleanResult.from_dict(result.to_dict())) == metadata(result)
    assert metadata(result)["byline"] == ["Rina Sari"]

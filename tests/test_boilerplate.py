"""The boilerplate stage: cases, near misses, white space, outlets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Document
from cleaner.edits import splice
from cleaner.rules.boilerplate import BoilerplateStage
from cleaner.rules.headline import headline_end
from cleaner.rules.outlets import detect_outlet
from cleaner.rules.triggers import Triggers

CASES = Path(__file__).parent / "cases"
STAGE = BoilerplateStage()
ENABLED = {rule.id for rule in STAGE.rules}


def clean(text: str, outlet: str | None = None, enabled: set[str] = ENABLED) -> str:
    edits = [e for e in STAGE.propose(Document(text, outlet), enabled) if e.confidence >= 0.5]
    return splice(text, ((e.start, e.end, e.after) for e in edits))


def cases() -> list[object]:
    rows = json.loads((CASES / "boilerplate.json").read_text(encoding="utf-8"))
    known = pytest.mark.xfail(strict=True, reason="known limit")
    return [
        pytest.param(
            row["original"],
            row["expected"],
            id=row["label"],
            marks=known if row.get("expect") == "fail" else (),
        )
        for row in rows
    ]


@pytest.mark.parametrize(("original", "expected"), cases())
def test_cases(original: str, expected: str) -> None:
    assert clean(original) == expected


def near_misses() -> list[str]:
    groups = json.loads((CASES / "boilerplate-near-misses.json").read_text(encoding="utf-8"))
    return [text for group in groups.values() for text in group]


def test_there_are_enough_near_misses() -> None:
    assert len(set(near_misses())) >= 150


@pytest.mark.parametrize("text", near_misses())
@pytest.mark.parametrize(
    "frame", ["{}", "Pasar ramai.\n{}\nPembeli senang.", "Pasar ramai. {} Pembeli senang."]
)
def test_near_misses_stay(frame: str, text: str) -> None:
    whole = frame.format(text)
    assert clean(whole) == whole


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Satu. ", " Dua.", "Satu. Dua."),
        ("Satu.", " Dua.", "Satu. Dua."),
        ("Satu. ", "Dua.", "Satu. Dua."),
        ("Satu.", "Dua.", "Satu. Dua."),
        ("Satu.\n", "\nDua.", "Satu.\nDua."),
        ("Satu.\n\n", "\nDua.", "Satu.\n\nDua."),
        ("Satu.\n", "\n\nDua.", "Satu.\n\nDua."),
        ("Satu. ", "\nDua.", "Satu.\nDua."),
        ("Satu.\n", " Dua.", "Satu.\nDua."),
        ("", " Dua.", "Dua."),
        ("Satu. ", "", "Satu."),
        ("Satu.\n", "\n", "Satu.\n"),
    ],
)
def test_one_gap_stays(before: str, after: str, expected: str) -> None:
    assert clean(f"{before}[Gambas:Video Melati]{after}") == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Satu. ", " Dua.", "Satu. Dua."),
        ("Satu.\n", "\nDua.", "Satu.\nDua."),
        ("Satu.", "Dua.", "Satu. Dua."),
    ],
)
@pytest.mark.parametrize("gap", ["", " ", "\n", "\n\n"])
def test_neighbours_leave_one_gap_together(gap: str, before: str, after: str, expected: str) -> None:
    two = f"[Gambas:Video Melati]{gap}SCROLL TO CONTINUE WITH CONTENT"
    assert clean(before + two + after) == expected


def test_only_enabled_rules_fire() -> None:
    text = "JAKARTA, KOMPAS.com - Harga naik. SCROLL TO CONTINUE WITH CONTENT Pasar sepi."
    assert clean(text, enabled={"boilerplate.ad.label"}) == "JAKARTA, KOMPAS.com - Harga naik. Pasar sepi."


def test_a_named_outlet_switches_the_packs_of_others_off() -> None:
    text = "Harga cabai naik. Video Terpopuler Hari ini:"
    assert clean(text) == clean(text, outlet="jpnn") == "Harga cabai naik."
    assert clean(text, outlet="tempo") != "Harga cabai naik."
    assert clean(text, outlet="no such pack") == "Harga cabai naik."


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("JAKARTA, KOMPAS.com - Harga cabai naik." + " Pasar sepi." * 40, "kompas"),
        ("Jakarta (ANTARA) - Harga cabai naik." + " Pasar sepi." * 40, "antara"),
        ("Harga cabai naik." + " Pasar sepi." * 40 + " (rin/jpnn)", "jpnn"),
        ("Harga cabai naik." + " Pasar sepi, kata Kompas.com." * 40 + " Pasar sepi." * 30, None),
        ("JAKARTA, KOMPAS.com - Dikutip dari Tempo.co, harga naik.", "kompas"),
        ("JAKARTA, KOMPAS.com - Harga cabai naik. (rin/jpnn)", None),
        ("Harga naik. Artikel ini telah tayang di Kompas.com dengan judul Harga Cabai Naik", None),
        ("Harga cabai naik.", None),
        ("", None),
    ],
)
def test_detect_outlet(text: str, outlet: str | None) -> None:
    assert detect_outlet(text) == outlet


def test_a_label_with_nothing_behind_it_goes_alone() -> None:
    assert clean("Harga cabai naik. Baca juga:") == "Harga cabai naik."


@pytest.mark.parametrize(
    ("headline", "rest"),
    [
        ("Harga Cabai di Pasar Melati Naik Lagi", " Namun, pembeli tetap datang."),
        ("Harga Cabai di Pasar Melati Naik Lagi", " Menurut dia, pasokan aman."),
        ("5 Cara Menanam Cabai untuk Pemula", " Sementara itu, petani lain mengeluh."),
        ("Petani Melati Panen 15,9 Juta Ton Cabai pada 2024", " Ia berharap harga membaik."),
        ("Siapa Rina Sari, Petani Cabai yang Viral di YouTube?", " Rina mengaku tidak menyangka."),
        ("Cabai Naik, Bupati: Jangan Panik", '"Kami sudah siap," ujarnya.'),
        ("Tanam Cabai Sejak 1990an", "Dia lalu menjualnya ke kota."),
    ],
)
def test_headline_end(headline: str, rest: str) -> None:
    text = headline + rest
    end = headline_end(text, 0, len(text), label_only=-99)
    assert text[: end.end] == headline
    assert end.confidence >= 0.5


def test_headline_end_knows_when_it_does_not_know() -> None:
    sure = "Harga Cabai di Pasar Melati Naik Lagi Namun, pembeli tetap datang."
    doubtful = "warga desa melati menanam cabai lalu menjualnya ke kota dan pulang"
    assert headline_end(sure, 0, len(sure), label_only=-99).confidence > 0.9
    assert headline_end(doubtful, 0, len(doubtful), label_only=-99).end == len(doubtful)
    assert headline_end("", 0, 0, label_only=-99) == (0, 1.0)


PIECES = st.lists(
    st.sampled_from(
        [
            "Baca juga:",
            "Baca Juga",
            "Harga Cabai Naik",
            "naik lagi",
            "Namun,",
            "kata dia.",
            "\n",
            " ",
            "  ",
            "JAKARTA, KOMPAS.com - ",
            "Jakarta - ",
            "(abc/def)",
            "(*)",
            "[Gambas:Video 20detik]",
            "Foto: Rina",
            "ADVERTISEMENT",
            "Editor: Budi",
            "Pilihan Editor:",
            "\r\n",
            "\xa0",
            "&nbsp;",
            "?",
            '"',
            "©",
            "Tags:",
            "https://melati.example/a",
            "Halaman 2 dari 3",
            "İ",
            "é",
            "Artikel ini telah tayang di X dengan judul",
        ]
    ),
    max_size=25,
).map("".join)


@given(PIECES)
def test_edits_are_disjoint_sorted_and_only_remove(text: str) -> None:
    position = 0
    for edit in STAGE.propose(Document(text), ENABLED):
        assert position <= edit.start < edit.end <= len(text)
        assert edit.after in ("", " ")
        assert 0 <= edit.confidence <= 1
        position = edit.end


ANYWHERE = [rule for pack in STAGE.packs for rule in pack.rules if rule.scope in ("line", "inline")]
TRIGGERS = Triggers(ANYWHERE)
WORDS = sorted({word for rule in ANYWHERE for word in rule.trigger})


@given(st.lists(st.sampled_from([*WORDS, " ", "é", "𝄞", "\n", "kata"]), max_size=40).map("".join))
def test_a_text_wakes_the_rules_of_all_its_trigger_words(text: str) -> None:
    everywhere, _, _ = TRIGGERS.woken(text)
    found = [(rule, word, at) for rule, words in everywhere for word, at in words.items()]
    wanted = [(rule, word, text.find(word)) for rule in ANYWHERE for word in rule.trigger if word in text]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)

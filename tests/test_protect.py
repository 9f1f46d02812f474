"""Protected spans: what is one, what is none, and that no pattern can be made slow."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import protect
from cleaner.edits import Bilingual, Edit
from cleaner.protect import protected_spans
from cleaner.surroundings import Spans, Windows, is_plain


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in protected_spans(text)]


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        ("Buka https://situs.id/a-b?x=1&y=2#z.", "https://situs.id/a-b?x=1&y=2#z", "url"),
        ("Buka www.situs.id, lalu", "www.situs.id", "url"),
        ("dari lumbung.com/read/2023/04 itu", "lumbung.com/read/2023/04", "url"),
        ("LUMBUNG.COM, JAKARTA", "LUMBUNG.COM", "url"),
        ("Siswa.sekolah.sch.id?kelas=2 dibuka", "Siswa.sekolah.sch.id?kelas=2", "url"),
        ("dikutip kepadaLumbung.com kemarin", "Lumbung.com", "url"),
        ("dari Lumbung.com.Menurut dia", "Lumbung.com", "url"),
        ("https://situs.id/berita.Menurut dia", "https://situs.id/berita", "url"),
        ("kirim ke rani.dewi+x@surat.co.id.", "rani.dewi+x@surat.co.id", "email"),
        ("akun @warung.melati.Seakan", "@warung.melati", "handle"),
        ("tagar #PanenRaya2023 ramai", "#PanenRaya2023", "hashtag"),
        ("lihat laporan-akhir.docx.", "laporan-akhir.docx", "file"),
        ("pakai node.js saja", "node.js", "file"),
        ("di /etc/padi/daftar itu", "/etc/padi/daftar", "file"),
        ("ketik `pip instal padi` dulu", "`pip instal padi`", "code"),
        ("tanda <strong class='x'> ini", "<strong class='x'>", "code"),
        ("isi {{nama lengkap}} di sini", "{{nama lengkap}}", "code"),
        ("kolom tarif_dasar_listrik kosong", "tarif_dasar_listrik", "code"),
        ("panggil getData() lagi", "getData()", "code"),
        ("panggil padi.Hitung(x) lagi", "padi.Hitung(", "code"),
        ("modul com.padi.beras.Hitung itu", "com.padi.beras.Hitung", "code"),
        ("beras 5 kg habis", "5 kg", "number_unit"),
        ("melaju 10 km/jam saja", "10 km/jam", "number_unit"),
        ("naik 3,5% kemarin", "3,5%", "number_unit"),
        ("harga 17.000-17.500 rupiah", "17.000-17.500", "number_unit"),
        ("pelat B 1234 XYZ itu", "B 1234 XYZ", "number_unit"),
        ("kode J18.9 tertulis", "J18.9", "number_unit"),
        ("wabah COVID-19 usai", "COVID-19", "number_unit"),
        ("pada 22/2/2023 lalu", "22/2/2023", "date"),
        ("pukul 09.30 WIB tadi", "09.30", "date"),
        ("sebesar Rp1.500.000 lunas", "Rp1.500.000", "money"),
        ("sebesar Rp 7,1 triliun lunas", "Rp 7,1 triliun", "money"),
        ("senilai US$7,7 saja", "US$7,7", "money"),
    ],
)
def test_span(text: str, span: str, kind: str) -> None:
    assert (span, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "PresidenDonald dariReuters negaraPalestinamenyemprot",
        "Selesai.Menurut dia, ini.Senior hadir.",
        "Bupati, camat; lurah: dan/atau warga (RT) - “siap” 'ya'?",
        "Februari Sabtu kata-kata Jum'at",
        "Dinas Pangan(DP) dan kata(kerja)",
        "Rapat selesai.Presiden(RI) hadir.Lalu pulang.",
        "a < b dan c > d",
    ],
)
def test_words_are_not_protected(text: str) -> None:
    assert found(text) == []


def test_a_month_may_still_need_its_capital() -> None:
    assert found("24 februari 2022") == [("24", "number_unit"), ("2022", "number_unit")]


def test_users_words_and_patterns() -> None:
    text = "Toko Sedjoek dan sedjoek di blok KD-77, Sedjoekan."
    spans = protected_spans(
        text, [regex.compile(r"blok \w+-\d+"), regex.compile("x*")], ["sedjoek", "toko sedjoek"]
    )
    assert [(text[s:e], kind) for s, e, kind in spans] == [
        ("Toko Sedjoek", "user"),
        ("sedjoek", "user"),
        ("blok KD-77", "user"),
    ]


def test_no_words_protect_nothing() -> None:
    assert protected_spans("satu dua", [], [""]) == []


def test_overlapping_spans_become_one_of_the_more_important_kind() -> None:
    text = "https://situs.id/laporan.pdf"
    assert protected_spans(text) == [(0, len(text), "url")]


@given(st.text(alphabet='aB1.,/@#:-_ \n<>{}`()$Rp%?"', max_size=60))
def test_spans_are_sorted_disjoint_and_in_range(text: str) -> None:
    position = 0
    for start, end, kind in protected_spans(text):
        assert position <= start < end <= len(text)
        assert kind in {"url", "email", "handle", "hashtag", "file", "code", "number_unit", "date", "money"}
        position = end


# Split at spaces; "~" stands for a space.
HARD = (
    "a A 1 a. a- a_ _ . / @ a@ # ` <a {{ {a 1. 1, 1- 1/ http:// http://a. http://A.a www. a.b@ -a ./ a/ "
    "Rp Rp1 Rp~1~ $ A1 A~1~ ( aB. 5~ Aa. .Aa --~ ~--a 1~-~ a,B"
).split()


@pytest.mark.parametrize("piece", HARD)
def test_time_is_linear(piece: str) -> None:
    piece = piece.replace("~", " ")
    text = piece * (200_000 // len(piece))
    for kind in protect._KINDS:
        started = time.perf_counter()
        for _ in kind.pattern.finditer(text):
            pass
        assert time.perf_counter() - started < 1, kind.name
    started = time.perf_counter()
    protected_spans(text)
    assert time.perf_counter() - started < 5


PIECES = [
    *"abZ12 .,-_`<>/{}()@#&=$%\\:éñ",
    "www.",
    "://",
    "--",
    ".com",
    ".Id",
    ".pdf",
    ".Md",
    "Rp",
    "()",
    "a.B",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("www..")
def test_the_quick_looks_hide_nothing(text: str) -> None:
    for kind in protect._KINDS:
        if kind.pattern.search(text):
            assert kind.sign.search(text)
            assert protect.SIGN.search(text)


@given(
    st.lists(st.sampled_from([*PIECES, " ", " ", " ", "\n", "kata ", "seratuslimapuluh"]), max_size=60).map(
        "".join
    ),
    st.data(),
)
def test_nothing_protected_touches_an_edit_in_plain_prose(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    edit = Edit(start, data.draw(st.integers(start, len(text))), "", "typo.nonword", Bilingual("", ""))
    if is_plain(text, edit):
        low, high = Windows(text).around(edit)
        assert not Spans(
            (low + first, low + last, kind) for first, last, kind in protected_spans(text[low:high])
        ).touched(edit.start, edit.end)


@pytest.mark.parametrize("text", ["Warga melati menunggu kabar itu.", "kata " * 200, "x" * 90])
def test_prose_is_seen_to_be_plain(text: str) -> None:
    assert is_plain(text, Edit(6, 9, "", "typo.nonword", Bilingual("", "")))


@pytest.mark.parametrize("text", ["Rp 1.000 " + "kata " * 6, "kata " * 8 + "www.situs.id", "x" * 900])
def test_what_may_be_protected_is_looked_at_closely(text: str) -> None:
    assert not is_plain(text, Edit(10, 12, "", "typo.nonword", Bilingual("", "")))

"""Two words that belong together, hyphens that do not, numbers that ran into a word, starts of sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import CleanResult, clean
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.phrases import phrases
from cleaner.spelling.sentence_starts import sentence_starts


def changed(result: CleanResult) -> list[tuple[str, str, str]]:
    return [(c.before, c.after, c.rule) for c in result.changes]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Warga di Jawa timur, kata dia, pulang.", [("timur", "Timur", "typo.casing")]),
        ("Menurut menteri Pertanian, harga naik.", [("menteri", "Menteri", "typo.casing")]),
        # The second capital follows from the first one.
        (
            "Ia bertemu sekretaris jenderal PBB.",
            [("sekretaris", "Sekretaris", "typo.casing"), ("jenderal", "Jenderal", "typo.casing")],
        ),
        (
            "Warga di kalimantan timur pulang.",
            [("kalimantan", "Kalimantan", "typo.casing"), ("timur", "Timur", "typo.casing")],
        ),
        # At the start of a sentence only if a name goes on behind it.
        ("Wakil ketua Komisi III hadir.", [("ketua", "Ketua", "typo.casing")]),
        ("Panen gagal, meski pun hujan turun.", [("meski pun", "meskipun", "typo.split")]),
        ("Lebih baik pulang dari pada menunggu.", [("dari pada", "daripada", "typo.split")]),
        ("Hal itu ada di Undang Undang Pasar.", [("Undang Undang", "Undang-Undang", "typo.split")]),
    ],
)
def test_two_words_that_belong_together(text, changes):
    assert changed(clean(text)) == changes


@pytest.mark.parametrize(
    "text",
    [
        "Wakil ketua itu hadir.",
        "Harga saham Facebook naik.",
        "Itu ulang tahun ke-62nya.",
        "Warga Nusa Tenggara Timur tengah membangun jalan.",
        "Para menteri pertanian berkumpul.",
        "Akun @menteri Pertanian itu palsu.",
        "Kampung itu bernama Wae Rebo.",
        "Apa pun yang terjadi, kata dia, datang saja.",
    ],
)
def test_others_stay(text):
    assert clean(text).text == text


def test_a_suggestion_is_made_once():
    result = clean("Harga saham Facebook naik di Jawa timur.")
    assert [s.after for s in result.suggestions] == ["Saham"]


@given(st.text(alphabet="Jawtimur kesdjnlPB.\n", max_size=80))
def test_phrases_change_letters_and_end(text):
    """Each edit changes one word, and applying all of them leaves nothing to do."""
    for _ in range(2):
        edits = sorted(phrases(text), key=lambda edit: -edit.start)
        sure = [edit for edit in edits if edit.rule == "typo.casing" and edit.confidence > 0.8]
        for edit in sure:
            assert text[edit.start : edit.end].lower() == edit.after.lower()
            text = text[: edit.start] + edit.after + text[edit.end :]
    assert not sure


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Mereka bangkit pasca-kekalahan itu.", "Mereka bangkit pascakekalahan itu."),
        ("Pasca-kemerdekaan, kota tumbuh.", "Pascakemerdekaan, kota tumbuh."),
        ("Ayah mau-pun ibu datang.", "Ayah maupun ibu datang."),
        ("Petani atau pun nelayan datang.", "Petani ataupun nelayan datang."),
        ("Ia dihubungi lewat WhatsApp nya.", "Ia dihubungi lewat WhatsApp-nya."),
        ("Warga tidak mau di bayang-bayangi banjir.", "Warga tidak mau dibayang-bayangi banjir."),
        ("Rumah itu sudah lama di tinggalinya.", "Rumah itu sudah lama ditinggalinya."),
        ("Surat itu ditanda-tangani warga.", "Surat itu ditandatangani warga."),
        ("Para artis- artis itu pulang.", "Para artis-artis itu pulang."),
        ("Ia datang tiba - tiba saja.", "Ia datang tiba-tiba saja."),
        ("Itu gagasan gagasannya sendiri.", "Itu gagasan-gagasannya sendiri."),
        ("Untuk sebesar besarnya kemakmuran.", "Untuk sebesar-besarnya kemakmuran."),
        ("Pendapatan per-kapita naik.", "Pendapatan per kapita naik."),
        ("Ia presiden ke6 negara itu.", "Ia presiden ke-6 negara itu."),
        ("Sampai abad ke 20, warga bertani.", "Sampai abad ke-20, warga bertani."),
    ],
)
def test_hyphens(wrong, right):
    result = clean(wrong)
    assert result.text == right
    assert [c.rule for c in result.changes] == ["typo.split"]


@pytest.mark.parametrize(
    "text",
    [
        "Kredit non-performing loan itu turun.",
        "Negara non-Indonesia ikut serta.",
        "Harga batu-bara naik.",
        "Sepak-terjang tanda-tanda bolak-balik foto-foto itu.",
        "Harapan pasca-tidak lagi menjabat.",
        "Rute Melati - Melati itu jauh.",
        "Bantuan dikirim ke 20 desa, naik ke 7 persen, lolos ke 16 besar.",
        "Jadwalnya pindah hari ke 10.30 WIB, dan cutinya dari 15 hari ke 12.",
        "Toko itu ramai di hari-hari biasa dan di surveinya.",
        "Harga turun - naik tiap hari.",
    ],
)
def test_hyphens_that_stay(text):
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Piala Dunia 2026dengan 48 tim.", "Piala Dunia 2026 dengan 48 tim."),
        ("Gelombang ke-28operasi itu tiba.", "Gelombang ke-28 operasi itu tiba."),
        ("Ponsel itu (dirilis iPhone 17pada Mei).", "Ponsel itu (dirilis iPhone 17 pada Mei)."),
        ("Tumbuh 3,5% dan3,6% pada tahun depan.", "Tumbuh 3,5% dan 3,6% pada tahun depan."),
        ("Upah Rp 27juta per orang.", "Upah Rp 27 juta per orang."),
        ("Polisi di KabupatenMorowali tiba.", "Polisi di Kabupaten Morowali tiba."),
        ("Pemain muda, sepertiOle, cedera.", "Pemain muda, seperti Ole, cedera."),
    ],
)
def test_lost_spaces(wrong, right):
    result = clean(wrong)
    assert result.text == right
    assert [c.rule for c in result.changes] == ["typo.glue"]


@pytest.mark.parametrize(
    "text",
    ["Berita 20detik itu dari 1990an, 5G, 4tak, 27jt.", "Segala puji untukNya.", "Kursus di KampungInggris."],
)
def test_numbers_and_names_that_stay(text):
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Hujan turun. Sungai meluap. warga mengungsi. Bantuan tiba.", ["Warga"]),
        ("Ia pergi (kemarin pagi). pihaknya menunggu. Kami pulang. Ia tidak.", ["Pihaknya"]),
        # Joined to what stands before, or the verb of a quotation.
        ("Hujan turun. Sungai meluap. sehingga warga mengungsi. Bantuan tiba.", []),
        ("Hujan turun. Sungai meluap. kata warga itu. Bantuan tiba.", []),
        # Abbreviations, addresses, and a text that has no capitals at all.
        ("Hujan turun. Bantuan dll. warga bawa dari situs.com. warga pulang. Kami ada.", []),
        ("hujan turun. warga mengungsi. bantuan tiba.", []),
    ],
)
def test_starts_of_sentences(text, starts):
    assert [edit.after for edit in sentence_starts(text, Knowledge().lexicon)] == starts


def test_what_hardly_anybody_writes_is_a_slip():
    text = "Petugas kementrian itu datang ke Kementrian Pertanian, bukan ke resiko."
    result = clean(text)
    assert changed(result) == [
        ("kementrian", "kementerian", "typo.nonword"),
        ("Kementrian", "Kementerian", "typo.nonword"),
    ]
    assert [(s.before, s.rule) for s in result.suggestions] == [("resiko", "typo.nonstandard")]

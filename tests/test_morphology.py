"""Word formation: right forms with their analysis, wrong ones without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.spelling.colloquial import is_colloquial
from cleaner.spelling.lexicon import Lexicon
from cleaner.spelling.morphology import Analysis, analyses, derives, is_valid_form, nasal_stems

ROOTS = frozenset(
    """
    sapu pukul tulis kirim baca buat dapat cari ganti ambil lihat rasa masak nilai nyanyi cat sah bom ajar
    kerja besar kecil baik sama tunjuk tanggung jawab adil sedia libat pimpin hasil dasar didik tahu buku
    lari tolong mobil hijau daya laku ragam samping syarat sukses konsumsi pengaruh taat panen wisma
    negara kuat rumit ringan percaya cepat beri usaha rumah sehat desa ikut kritik protes sponsor transfer
    fokus visualisasi zalim hormat khawatir cermin jual larang minum pakai tukar satu alam masuk pandang
    """.split()
)


def is_root(word: str) -> bool:
    return word in ROOTS


@pytest.mark.parametrize(
    ("word", "prefixes", "root", "suffixes"),
    [
        ("menyapu", ("me",), "sapu", ()),
        ("memukul", ("me",), "pukul", ()),
        ("menulis", ("me",), "tulis", ()),
        ("mengirimkan", ("me",), "kirim", ("kan",)),
        ("membaca", ("me",), "baca", ()),
        ("ketidaksediaan", ("ke", "tidak"), "sedia", ("an",)),
        ("ketidakberdayaan", ("ke", "tidakber"), "daya", ("an",)),
        ("kekurangpercayaan", ("ke", "kurang"), "percaya", ("an",)),
        ("mendapatkan", ("me",), "dapat", ("kan",)),
        ("mencari", ("me",), "cari", ()),
        ("menjual", ("me",), "jual", ()),
        ("menzalimi", ("me",), "zalim", ("i",)),
        ("mengganti", ("me",), "ganti", ()),
        ("menghormati", ("me",), "hormat", ("i",)),
        ("mengambilnya", ("me",), "ambil", ("nya",)),
        ("melihatkah", ("me",), "lihat", ("kah",)),
        ("merasakan", ("me",), "rasa", ("kan",)),
        ("memasak", ("me",), "masak", ()),
        ("menilai", ("me",), "nilai", ()),
        ("menyanyikan", ("me",), "nyanyi", ("kan",)),
        ("mengecat", ("me",), "cat", ()),
        ("mengesahkan", ("me",), "sah", ("kan",)),
        ("memfokuskan", ("me",), "fokus", ("kan",)),
        ("memvisualisasikan", ("me",), "visualisasi", ("kan",)),
        ("mengkritik", ("me",), "kritik", ()),
        ("memprotes", ("me",), "protes", ()),
        ("mensponsori", ("me",), "sponsor", ("i",)),
        ("mentransfer", ("me",), "transfer", ()),
        ("mensyaratkan", ("me",), "syarat", ("kan",)),
        ("mengkhawatirkan", ("me",), "khawatir", ("kan",)),
        ("memengaruhi", ("me",), "pengaruh", ("i",)),
        ("memberlakukan", ("me", "ber"), "laku", ("kan",)),
        ("menyeragamkan", ("me", "se"), "ragam", ("kan",)),
        ("mengesampingkan", ("me", "ke"), "samping", ("kan",)),
        ("memperbaiki", ("memper",), "baik", ("i",)),
        ("memperumit", ("memper",), "rumit", ()),
        ("dituliskannya", ("di",), "tulis", ("kan", "nya")),
        ("diperbesar", ("diper",), "besar", ()),
        ("diperingan", ("diper",), "ringan", ()),
        ("terbesar", ("ter",), "besar", ()),
        ("terasa", ("ter",), "rasa", ()),
        ("tepercaya", ("ter",), "percaya", ()),
        ("bekerja", ("ber",), "kerja", ()),
        ("berdasarkan", ("ber",), "dasar", ("kan",)),
        ("beragam", ("ber",), "ragam", ()),
        ("berpendidikan", ("ber", "pe"), "didik", ("an",)),
        ("berkeadilan", ("ber", "ke"), "adil", ("an",)),
        ("penulis", ("pe",), "tulis", ()),
        ("pengiriman", ("pe",), "kirim", ("an",)),
        ("penunjukan", ("pe",), "tunjuk", ("an",)),
        ("pemberdayaan", ("pe", "ber"), "daya", ("an",)),
        ("pembelajaran", ("pe", "bel"), "ajar", ("an",)),
        ("perusahaan", ("per",), "usaha", ("an",)),
        ("perumahan", ("per",), "rumah", ("an",)),
        ("pedesaan", ("pe",), "desa", ("an",)),
        ("kebesaran", ("ke",), "besar", ("an",)),
        ("keberhasilan", ("ke", "ber"), "hasil", ("an",)),
        ("ketersediaan", ("ke", "ter"), "sedia", ("an",)),
        ("ketidakadilan", ("ke", "tidak"), "adil", ("an",)),
        ("kepemimpinan", ("ke", "pe"), "pimpin", ("an",)),
        ("sebesar", ("se",), "besar", ()),
        ("kubaca", ("ku",), "baca", ()),
        ("kautulis", ("kau",), "tulis", ()),
        ("bukunya", (), "buku", ("nya",)),
        ("bukumukah", (), "buku", ("mu", "kah")),
        ("bacalah", (), "baca", ("lah",)),
        ("pascapanen", ("pasca",), "panen", ()),
        ("antarnegara", ("antar",), "negara", ()),
        ("tunawisma", ("tuna",), "wisma", ()),
        ("dalami", (), "dalam", ("i",)),
    ],
)
def test_right_forms(word, prefixes, root, suffixes):
    found = analyses(word, lambda w: w in ROOTS or w == "dalam")
    assert Analysis(prefixes, root, suffixes) in found


@pytest.mark.parametrize(
    "word",
    """
    buku-buku buku-bukunya berlari-lari memukul-mukul tolong-menolong sebaik-baiknya kehijau-hijauan
    mobil-mobilan membaca-baca rumah-rumah sama-sama
    """.split(),
)
def test_reduplication(word):
    found = analyses(word, is_root)
    assert found
    assert all(analysis.reduplicated for analysis in found)


@pytest.mark.parametrize(
    "word",
    """
    mensapu mempukul mentulis mengkirim menbaca mengdapat memcari mengelihat mensukseskan mengkonsumsi
    mempengaruhi mentaati berkerja berrumah penunjukkan pengirimkan peunulis menyapui-i bukunyanya
    bukulahnya dibacakani meningkatan kebesar buku-bukku tolong-memukul rumah-rumha pascapanenn dii me mem
    ber -buku buku- buku-buku-buku becsama tezlihat bekbuku
    """.split(),
)
def test_wrong_forms(word):
    assert analyses(word, is_root) == []
    assert not derives(word, is_root)


def test_sounds():
    assert set(nasal_stems("nyapu")) >= {"sapu"}
    assert set(nasal_stems("mukul")) >= {"pukul"}
    assert "pukul" not in set(nasal_stems("mpukul"))


@given(st.text(alphabet="abdegiklmnprstuy-", max_size=40))
def test_never_fails_and_agrees(word):
    found = analyses(word, is_root)
    assert bool(found) == derives(word, is_root)
    assert all(is_root(analysis.root) for analysis in found)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.open()


@pytest.mark.parametrize(
    "word",
    """
    kepemimpinannya mempertanggungjawabkannya ketidaksetaraan pascapenerapan antarpelabuhan smartphonenya
    kebijakannya kebijakan-kebijakannya nonpertanian dipersoalkannya menyosialisasikan
    """.split(),
)
def test_forms_no_list_needs_to_have(lexicon, word):
    assert is_valid_form(word, lexicon)


PAIRS = frozenset(("ombang-ambing", "gembar-gembor", "pura-pura", "sia-sia"))


@pytest.mark.parametrize(
    "word", "diombang-ambingkan mengombang-ambing digembar-gemborkan kepura-puraan disia-siakan".split()
)
def test_a_pair_carries_affixes(word):
    assert derives(word, PAIRS.__contains__)
    assert not derives(word.replace("-", "-x"), PAIRS.__contains__)


@pytest.mark.parametrize(
    "word", "di-upgrade nge-charge punchline-nya re-launching e-katalog me-review-nya".split()
)
def test_foreign_words_take_affixes_behind_a_hyphen(lexicon, word):
    assert is_valid_form(word, lexicon)


@pytest.mark.parametrize(
    "word", "di-rumah meng-gunakan ber-barengan di-upgrede upgrade-launching -nya".split()
)
def test_others_do_not(lexicon, word):
    assert not is_valid_form(word, lexicon)


@pytest.mark.parametrize("word", "ngambil jelek-jelekin nakut-nakutin dibesar-besarin bahagiain".split())
def test_spoken_forms(lexicon, word):
    assert is_colloquial(word, lexicon)


@pytest.mark.parametrize("word", "jelek-jelekkin nakut-nakuttin buku-buku dibesar-kecilin".split())
def test_no_spoken_forms(lexicon, word):
    assert not is_colloquial(word, lexicon)


@pytest.mark.parametrize("word", "yangi demikan pemeritah lainya orangorang kegaitan setlah".split())
def test_slips_that_look_derived(lexicon, word):
    assert not is_valid_form(word, lexicon)

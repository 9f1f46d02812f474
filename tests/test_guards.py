"""What speaks against a likely correction, rule by rule, whatever the decision says of it."""

from __future__ import annotations

import pytest

from cleaner.spelling.context import Context, context_at
from cleaner.spelling.guards import DOUBTED, ceiling
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.labels import has_label_before, label_behind
from cleaner.spelling.unknown import Reading


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


def context_of(text: str, word: str) -> Context:
    start = text.index(word)
    return context_at(text, start, start + len(word))


def reading(after: str, kind: str, fit: float = 0.0) -> Reading:
    return Reading(after, "glued" if " " in after else kind, 0.0, fit, 100, 0.0)


DOUBTS = [
    ("Pelatih itu bernama Rinjo Herdman dari Kanada.", "Herdman", "herman", "extra"),
    ("Hadir pula Sri Mulyati dari Melati.", "Mulyati", "mulyani", "substituted"),
    ("Kata Tiur Parlindungan Siregar kemarin.", "Parlindungan", "perlindungan", "substituted"),
    ("Kata Tiur Perlindingan Marpaung kemarin.", "Perlindingan", "perlindungan", "substituted"),
    ("Kabupaten itu dan Tampahan masih satu.", "Tampahan", "tambahan", "substituted"),
    ("Perempuan yang direbutkan dua pemuda itu.", "direbutkan", "disebutkan", "substituted"),
    ("Ia menghadapi tentangan keras dari warga.", "tentangan", "tantangan", "substituted"),
    ("Bola itu alah tidak masuk ke gawang.", "alah", "allah", "missing"),
    ("Telah bercerita Ibnu 'Ajlan dari desa itu.", "Ajlan", "jalan", "swapped"),
    ("Ridhwan menjelaskan perda baru itu.", "Ridhwan", "ridwan", "extra"),
    ("Polisi menangkapi para pedagang.", "menangkapi", "menangkap", "extra"),
    ("Program itu dinilai pensasaran oleh warga.", "pensasaran", "penasaran", "extra"),
    ("Kerugian immateriil itu dihitung.", "immateriil", "materiil", "two slips"),
    ("Harga beras naik 10 ribukg tahun ini.", "ribukg", "ribu", "two slips"),
    ("Kantor itu bernama Repoeblik dahulu.", "Repoeblik", "republik", "two slips"),
    ("Pasukan para peladjar itu berbaris.", "peladjar", "pelajar", "extra"),
    ("Ia bicara di Medical adn Health Sciences.", "adn", "dan", "swapped"),
    ("Hadis dari Syariik yang dikutip ustaz.", "Syariik", "syarik", "extra"),
    ("Upacara dipimpin Dansatgas di lapangan.", "Dansatgas", "dan satgas", ""),
    ("Warga di Desa Bandarputih mengungsi.", "Bandarputih", "bandar putih", ""),
    ("Warga di Panaraganjaya mengungsi.", "Panaraganjaya", "panaragan jaya", ""),
    ("Dikutip dari laman Indonesiabaik kemarin.", "Indonesiabaik", "indonesia baik", ""),
    ("Masalah itu coba diaddress panitia.", "diaddress", "di address", ""),
    ("Jasa yang berkaitan dengan kepenghunian itu.", "kepenghunian", "ke penghunian", ""),
    ("Direktorat Pembelajaran dan Kemahasiswa itu.", "Kemahasiswa", "ke mahasiswa", ""),
    ("Menurut Permenakertrans nomor 10, upah naik.", "Permenakertrans", "permenaker trans", ""),
    ("Maskapai itu menggandeng Mitratour Travel kemarin.", "Mitratour", "mitra tour", ""),
    ("Warga di Telukpandan mengungsi.", "Telukpandan", "teluk pandan", ""),
    ("Warga di Kampung Lampungtengah mengungsi.", "Lampungtengah", "lampung tengah", ""),
    ("Kata Rinjay Devgan kemarin.", "Devgan", "dengan", "substituted"),
    ("Obat itu untuk ebolavirus di Afrika.", "ebolavirus", "ebola virus", ""),
    ("Server itu memakai passthrough saja.", "passthrough", "pass through", ""),
]
CLEAR = [
    ("Panen dimulai akhir Februarai mendatang.", "Februarai", "februari", "extra"),
    ("Kata petugas Imigrasii, warga dipulangkan.", "Imigrasii", "imigrasi", "extra"),
    ("Panitia mempertimbangan usul itu.", "mempertimbangan", "mempertimbangkan", "missing"),
    ("Hal itu mengutungkan warga desa.", "mengutungkan", "menguntungkan", "missing"),
    ("Ia wakil American Psychiatric Associaton Journal.", "Associaton", "association", "missing"),
    ("Komponen ini punya ref sebagau bound method.", "sebagau", "sebagai", "substituted"),
    ("Warga Indiaasal Melati pulang.", "Indiaasal", "india asal", ""),
    ("Laga di Kanadadi kemarin seru.", "Kanadadi", "kanada di", ""),
]


@pytest.mark.parametrize(("text", "word", "after", "kind"), DOUBTS, ids=[row[1] for row in DOUBTS])
def test_a_likely_correction_is_doubted(
    knowledge: Knowledge, text: str, word: str, after: str, kind: str
) -> None:
    assert ceiling(word, reading(after, kind), 0.84, context_of(text, word), knowledge) == DOUBTED


@pytest.mark.parametrize(("text", "word", "after", "kind"), CLEAR, ids=[row[1] for row in CLEAR])
def test_a_like_one_is_not(knowledge: Knowledge, text: str, word: str, after: str, kind: str) -> None:
    assert ceiling(word, reading(after, kind), 0.84, context_of(text, word), knowledge) == 0.84


def test_a_word_with_a_capital_that_exists_is_mended_where_the_correction_is_usual(
    knowledge: Knowledge,
) -> None:
    context = context_of("Ia bertemu Menteri Luar Ngeri Rusia.", "Ngeri")
    for fit, sure in ((4.0, 0.8), (0.5, DOUBTED)):
        assert ceiling("Ngeri", reading("negeri", "missing", fit), 0.8, context, knowledge) == sure


def test_an_abbreviation_made_of_the_words_before_it_is_no_slip_of_another(knowledge: Knowledge) -> None:
    for text, word, after, sure in (
        ("Direktur Reserse Kriminal Umum (Dirreskrimum) hadir.", "Dirreskrimum", "ditreskrimum", DOUBTED),
        ("Rancangan Peraturan Daerah (Ranperda) dibahas.", "Ranperda", "raperda", DOUBTED),
        ("Dinas Pendidikan dan Kebudayaan (Diadikbud) hadir.", "Diadikbud", "disdikbud", 0.99),
    ):
        context = context_of(text, word)
        assert ceiling(word, reading(after, "substituted"), 0.99, context, knowledge) == sure


def test_labels() -> None:
    def label(text: str, word: str, meant: str) -> tuple[str, bool]:
        context = context_of(text, word)
        found = label_behind(word, meant, context)
        return found, bool(found) and has_label_before(found, context)

    assert label("a. Obat bagi warga sakitb. Kunjungan dokter.", "sakitb", "sakit") == ("b", True)
    assert label("Obat bagi warga sakitb. Kunjungan dokter.", "sakitb", "sakit") == ("b", False)
    assert label("a) obat bagi warga sakitb) kunjungan dokter.", "sakitb", "sakit") == ("b", True)
    assert label("Obat bagi warga sakitb. kunjungan dokter.", "sakitb", "sakit") == ("", False)
    assert label("a. Obat bagi warga sakitb kemarin.", "sakitb", "sakit") == ("", False)
    assert label("a. Obat bagi warga sakitz. Kunjungan.", "sakitz", "sakit") == ("", False)

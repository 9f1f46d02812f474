"""Stage 3: spaces that are missing or too many.

The finders are in `sentence_ends` and `glue` (lost spaces) and `layout` (superfluous ones). This module
says what the rules are and runs them.

For every mark there is one gate: a search for that mark where something beside it is unusual. A
pattern that starts with one literal character is found at memory speed, whatever stands in front of it
is looked at afterwards (``,(?<= ,)``). So clean text costs one fast search a mark, and no finder runs.

Start reading at `SpacingStage.propose`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator

from cleaner.document import Document
from cleaner.edits import Bilingual, Edit
from cleaner.rules import glue, layout, sentence_ends
from cleaner.rules.base import Rule
from cleaner.rules.characters import Found, edits_of


def _rule(
    name: str,
    description: Bilingual,
    examples: tuple[str, ...],
    near_misses: tuple[str, ...],
    priority: int = 0,
) -> Rule:
    return Rule(f"spacing.{name}", "spacing", description, examples, near_misses, priority=priority)


RULES = (
    _rule(
        "after_stop",
        Bilingual("Spasi yang hilang di antara dua kalimat.", "A space is missing between two sentences."),
        (
            "Panen raya dimulai tahun ini.⟦→ ⟧Petani menyambutnya.",
            "Naik 0,18%.⟦→ ⟧Dari 627 kios, separuh tutup.",
            "Warga sudah pulang.⟦→ ⟧“Kami lega,” ujarnya.",
            'Warga sudah pulang.⟦→ ⟧"Kami lega," ujarnya.',
        ),
        ("Baca di Lumbung.Com.", "H.M. Basuki, S.Pd., M.Si., dan dr. A.Rahman hadir.", "Harganya Rp1.500."),
    ),
    _rule(
        "after_comma",
        Bilingual("Spasi yang hilang setelah koma.", "A space is missing after a comma."),
        ("Harga cabai naik,⟦→ ⟧bawang turun.", "Rapat digelar Jumat,⟦→ ⟧19 Juni."),
        ("Naik 1,5 persen.", "Titik f(x,y) itu.", "nama,umur,kota,kode"),
    ),
    _rule(
        "after_colon",
        Bilingual("Spasi yang hilang setelah titik dua.", "A space is missing after a colon."),
        ("Penulis:⟦→ ⟧Budi.", "Artinya:⟦→ ⟧“Bersabarlah.”"),
        ("Pukul 12:30 ia tiba.", "[Galeri:Video Lumbung]"),
    ),
    _rule(
        "after_semicolon",
        Bilingual("Spasi yang hilang setelah titik koma.", "A space is missing after a semicolon."),
        ("Untuk diet khusus;⟦→ ⟧berisi makanan bayi.",),
        ("Tulisan &aneh;begini tetap.",),
    ),
    _rule(
        "before_quote",
        Bilingual(
            "Spasi yang hilang sebelum tanda petik buka.",
            "A space is missing before an opening quotation mark.",
        ),
        ('Ia berkata:⟦→ ⟧"Sudah siap."', "Kata warga⟦→ ⟧“Kami lega.”"),
        ('Papan "Awas" itu hilang.',),
    ),
    _rule(
        "after_quote",
        Bilingual(
            "Spasi yang hilang setelah tanda petik tutup.",
            "A space is missing after a closing quotation mark.",
        ),
        ('"Sudah siap,"⟦→ ⟧ujarnya.', "“Sudah siap,”⟦→ ⟧ujarnya."),
        ("Letaknya 5°37'33.98\"S.",),
    ),
    _rule(
        "after_bracket",
        Bilingual("Spasi yang hilang setelah kurung tutup.", "A space is missing after a closing bracket."),
        ("Wali Kota Melati (Wakot)⟦→ ⟧Rina Sari hadir.",),
        ("Ia suka (me)nulis.", "Rumus 5(x + 3)(x - 3) = 0."),
    ),
    _rule(
        "before_bracket",
        Bilingual("Spasi yang hilang sebelum kurung buka.", "A space is missing before an opening bracket."),
        ("Dinas Pangan⟦→ ⟧(DP) menggelar pasar murah.", "Rapat digelar Kamis⟦→ ⟧(24/7/2025)."),
        ("Dokter SpJP(K) itu.", "Hitung f(x) dahulu.", "Orang(-orang) itu."),
    ),
    _rule(
        "stray_mark",
        Bilingual("Koma sisa pemotongan halaman.", "A comma left over by a scraper."),
        ("Berlaku mulai 2020.⟦,→ ⟧Sebelumnya tidak.", "Begitu katanya.⟦ , → ⟧Ia pun pergi."),
        ("PT Maju Jaya Tbk., Surabaya.", "Rina, S.H., M.Kn."),
        priority=5,
    ),
    _rule(
        "before_mark",
        Bilingual("Spasi sebelum tanda baca dihapus.", "A space in front of a mark is removed."),
        ("Mereka datang⟦ →⟧, lalu pulang.", "Penjaga gawang⟦ →⟧: Supri."),
        ("Skor 2 : 1.", "Tunggu . . .", "Dikutip dari , Selasa."),
    ),
    _rule(
        "quote_padding",
        Bilingual(
            "Spasi di sisi dalam tanda petik dihapus.",
            "A space on the inner side of a quotation mark is removed.",
        ),
        ("Ia berkata, “⟦ →⟧Kami lega.”", '"Terhadap sampah,⟦ →⟧" ujar Rina.'),
        ('Papan "Awas" dan "Licin" hilang.',),
    ),
    _rule(
        "range",
        Bilingual(
            "Spasi di satu sisi tanda hubung antarangka.", "A space on one side of a hyphen between numbers."
        ),
        ("Pada 29-⟦ →⟧30 April.", "Harganya 17.000⟦ →⟧-17.500 rupiah."),
        ("Skor 2 - 1.", "Saham naik ke 1.090 -5."),
    ),
    _rule(
        "decimal_mark",
        Bilingual(
            "Titik desimal pada persentase menjadi koma.", "A decimal point in a percentage becomes a comma."
        ),
        ("Panen naik sebesar 4⟦.→,⟧24%.", "Sekitar 91⟦.→,⟧2 persen warga hadir."),
        ("Sebanyak 1.240% itu.", "Indeks 26,156.10 (+0.50%).", "Pukul 09.30 WIB."),
    ),
    _rule(
        "double",
        Bilingual("Spasi ganda menjadi satu.", "Doubled spaces become one."),
        ("Keempat ⟦ →⟧wisata itu.",),
        ("Nama    : Budi\nAlamat  : Solo", "    menjorok"),
    ),
    _rule(
        "trailing",
        Bilingual("Spasi di akhir baris dihapus.", "Space at the end of a line is removed."),
        ("Satu.⟦  →⟧\nDua.",),
        ("Satu.\n  Dua.",),
    ),
    _rule(
        "blank_lines",
        Bilingual("Beberapa baris kosong menjadi satu.", "Several empty lines become one."),
        ("Satu.⟦\n\n\n→\n\n⟧Dua.",),
        ("Satu.\n\nDua.",),
    ),
)

_REASONS = {rule.id: rule.description for rule in RULES}

_Finder = Callable[[str], Iterator[Found]]
_Search = Callable[[str], object]


def _gate(mark: str, unusual: str, *finders: _Finder) -> tuple[str, _Search, tuple[_Finder, ...]]:
    """The finders for ``mark``, and the search that decides whether they run."""
    return mark, re.compile(re.escape(mark) + unusual).search, finders


# Names of sites are in most articles: "LUMBUNG.COM" passes.
_NEW_SENTENCE = r"(?=(?!C[Oo][Mm]?\b)[A-Z(“‘]|[a-z]{4})"
_GATES = (
    _gate(".", rf"(?:{_NEW_SENTENCE}|(?<= \.))", sentence_ends.after_stop, layout.before_mark),
    _gate("!", rf"(?:{_NEW_SENTENCE}|(?<= !))", sentence_ends.after_stop, layout.before_mark),
    _gate("?", rf"(?:{_NEW_SENTENCE}|(?<= \?))", sentence_ends.after_stop, layout.before_mark),
    _gate(
        ",",
        r"(?:(?=[A-Za-z“]|\d(?<=[^\W\d_],\d))|(?<=[ .],))",
        glue.after_comma,
        layout.before_mark,
        layout.stray_marks,
    ),
    _gate(":", r"(?:(?=[A-Z“])|(?<= :))", glue.after_colon, layout.before_mark),
    _gate(";", r"(?:(?=[A-Za-z])|(?<= ;))", glue.after_semicolon, layout.before_mark),
    _gate(
        '"',
        r"(?:(?=[A-Za-z0-9])(?<=[^\s(]\")|(?= )(?<= \"))",
        glue.around_straight_quotes,
        layout.padded_quotes,
    ),
    _gate("“", r"(?:(?=[A-Za-z0-9])(?<=[^\s(]“)|(?= ))", glue.around_curly_quotes, layout.padded_quotes),
    _gate("”", r"(?:(?=[A-Za-z0-9])|(?<= ”))", glue.around_curly_quotes, layout.padded_quotes),
    _gate(")", r"(?=[A-Za-z0-9])", glue.after_bracket),
    _gate("(", r"(?<=\w\()", glue.before_bracket),
    _gate("-", r"(?:(?= \d)(?<=\d-)|(?=\d)(?<=\d -))", layout.ranges),
    _gate(".", r"(?=\d{1,2} ?(?:%|persen\b))", layout.decimal_points),
    _gate("\n", r"(?:(?=\n\n)|(?<=[ \t\r]\n))", layout.blank_lines, layout.trailing),
    _gate("  ", "", layout.doubled),
)


class SpacingStage:
    """Proposes missing and superfluous spaces."""

    name = "spacing"
    rules = RULES

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """Edits of the enabled rules on ``document.text``."""
        return edits_of(_find(document.text), enabled, _REASONS)


def _find(text: str) -> Iterator[Found]:
    finders: dict[_Finder, None] = {}  # as an ordered set: several gates lead to one finder
    for mark, unusual, behind in _GATES:
        if mark in text and unusual(text):
            finders.update(dict.fromkeys(behind))
    if text.endswith((" ", "\t")):
        finders[layout.trailing] = None
    for finder in finders:
        yield from finder(text)

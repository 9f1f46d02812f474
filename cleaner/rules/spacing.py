"""Stage 3: spaces that are missing or too many.

The finders are in `glue` (lost spaces) and `layout` (superfluous ones). This module says what the
rules are, and keeps them from running over clean text.

The gate is the *shape* of a text: its bytes with every capital letter written "A", every small one
"a" and every digit "0". ``bytes.translate`` makes it at memory speed, and a search for ``.A`` in it
costs less than any regular expression: a text without that pair has no glued sentences.

Start reading at `SpacingStage.propose`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from cleaner.document import Document
from cleaner.edits import Bilingual, Edit
from cleaner.rules import glue, layout
from cleaner.rules.base import Rule
from cleaner.rules.characters import Found


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
        ("Pada 29⟦- →-⟧30 April.", "Harganya 17.000⟦ -→-⟧17.500 rupiah."),
        ("Skor 2 - 1.", "Saham naik ke 1.090 -5."),
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

_SHAPE = bytes(
    ord("A")
    if 65 <= byte <= 90
    else ord("a")
    if 97 <= byte <= 122
    else ord("0")
    if 48 <= byte <= 57
    else byte
    for byte in range(256)
)

_FINDERS: tuple[tuple[tuple[str, ...], Callable[[str], Iterator[Found]]], ...] = (
    ((".A", "!A", "?A", ".(", ".“", "!“", "?“", ".‘", ".aaaa", "?aaaa", "!aaaa"), glue.after_stop),
    ((",A", ",a", ",“", "a,0"), glue.after_comma),
    ((":A", ":“"), glue.after_colon),
    ((";A", ";a"), glue.after_semicolon),
    (("”A", "”a", "”0", "a“", "A“", "0“", ")“", "%“", ";“"), glue.around_curly_quotes),
    ((")A", ")a", ")0"), glue.after_bracket),
    (("a(", "A("), glue.before_bracket),
    ((".,", ". ,", '" ,', "” ,", ".  "), layout.stray_marks),
    ((" ,", " .", " :", " ;", " !", " ?"), layout.before_mark),
    ((' " ', " ”", "“ "), layout.padded_quotes),
    (("0- 0", "0 -0"), layout.ranges),
    (("  ",), layout.doubled),
    ((" \n", "\t\n", " \r", "\t\r"), layout.trailing),
    (("\n\n\n", "\n\r\n\r", " \n", "\t\n"), layout.blank_lines),
)
_GATES = tuple((tuple(shape.encode() for shape in shapes), finder) for shapes, finder in _FINDERS)


class SpacingStage:
    """Proposes missing and superfluous spaces. Clean text costs some searches in its shape."""

    name = "spacing"
    rules = RULES

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """Edits of the enabled rules on ``document.text``."""
        return [
            Edit(found.start, found.end, found.after, found.rule, _REASONS[found.rule], found.confidence)
            for found in _find(document.text)
            if found.rule in enabled
        ]


def _find(text: str) -> Iterator[Found]:
    shape = text.encode("utf-8", "ignore").translate(_SHAPE)
    for shapes, finder in _GATES:
        if any(pair in shape for pair in shapes):
            yield from finder(text)
    # Nearly every text has quotation marks; one that does not follow a space is worth a look.
    glued = shape.replace(b' "', b" ").replace(b'\n"', b"\n")
    if b'"A' in glued or b'"a' in glued:
        yield from glue.around_straight_quotes(text)
    if text[-1:] in " \t" and not shape.isspace():
        yield from layout.trailing(text)

"""Stage 1: characters that are not what the author typed.

Mojibake is ftfy's job, but ftfy costs several passes over the text and reports no places. So it is
called only for lines that hold a sequence which *can* be mojibake, and what it changed is found by
comparing the line before and after. Everything else is a small rule of our own: see `characters`,
`entities` and `quotes`.

Start reading at `EncodingStage.propose`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.document import Document
from cleaner.edits import Bilingual, Edit
from cleaner.rules.base import Rule
from cleaner.rules.characters import (
    INVISIBLE,
    SPACES,
    Found,
    controls,
    edits_of,
    invisibles,
    line_ends,
    odd_characters,
    odd_spaces,
    plain,
)
from cleaner.rules.quotes import lost_quotes

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

# What the bytes 80..BF of UTF-8 look like when read as Latin-1 or Windows-1252.
_TAIL = "[\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
_SUSPICIOUS = re.compile(
    # A lead byte needs all its followers: the é of 'kafé”' alone has one and is what it seems.
    f"[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}"
    # A follower was lost or became a space on the way ("â€ ujar"); Windows-1252 read as Latin-1.
    "|â€|Ã |Â |[\x80-\x9f]"
    # UTF-8 read as Mac Roman ("‚Äú") or Windows-1251 ("вЂњ").
    "|‚Ä|√[\u00a9\u00b0\u2020-\u2260]|вЂ"
)
# Of the closing quotation mark, E2 80 9D, Windows-1252 has no third letter: it became U+FFFD or went missing.
_HALF_QUOTE = re.compile("â€(?:\ufffd|(?= ))")
_PIECE = 500  # characters on either side of a broken place that are looked at together
_CUT = re.compile("[\x21-\x7e] (?=[\x21-\x7e])")
_MOJIBAKE_PARTS = re.compile("[\x80-\x9f\xc2-\xf4‚√Ђ]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SPACES = re.compile(f"[{SPACES}]")
_BREAKING = re.compile("[\r\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")

RULES = (
    Rule(
        id="encoding.mojibake",
        stage="encoding",
        description=Bilingual(
            "Huruf yang rusak karena salah baca pengodean dipulihkan.",
            "Letters broken by reading the text in the wrong encoding are restored.",
        ),
        examples=(
            "Menurut Rani, ⟦â€œ→“⟧harga cabai turun⟦â€\x9d→”⟧ pekan ini.",
            "Pelatih asal Spanyol, Jos⟦Ã©→é⟧ Martin, tiba kemarin.",
            "“Harga turun,⟦â€\ufffd→”⟧ kata Rani.",
        ),
        near_misses=(
            "Pemilik “Kafé” di Jalan Melati menutup gerainya.",
            "Suhu naik 2 °C – 3 °C.",
            "Harga turunâ€\ufffd kata Rani.",
        ),
        priority=10,
    ),
    Rule(
        id="encoding.entity",
        stage="encoding",
        description=Bilingual(
            "Entitas HTML diganti dengan tanda yang dimaksud.",
            "HTML entities become the character they stand for.",
        ),
        examples=(
            "Ia berkata ⟦&ldquo;→“⟧sudah⟦&amp;rdquo;→”⟧ tadi pagi.",
            "Pintu dibuka.⟦&nbsp;→⟧ Warga pun masuk.",
        ),
        near_misses=("Anggaran R&D; naik.", "Buka situs.id/?a=1&copy=2 untuk mendaftar."),
        priority=5,
    ),
    Rule(
        id="encoding.invisible",
        stage="encoding",
        description=Bilingual(
            "Karakter tak terlihat di antara huruf dihapus.",
            "Invisible characters among letters are removed.",
        ),
        examples=("Harga emas⟦\u200b→⟧ naik.", "Peme⟦\u00ad→⟧rintah menunda rapat."),
        near_misses=("Keluarga 👨\u200d👩\u200d👧 itu pulang.",),
    ),
    Rule(
        id="encoding.control",
        stage="encoding",
        description=Bilingual("Karakter kontrol dihapus.", "Control characters are removed."),
        examples=("Rapat⟦\x08→⟧ ditunda.", "Selesai.⟦\x0c→\n⟧Bab dua"),
        near_misses=("Nama\tUmur",),
    ),
    Rule(
        id="encoding.space",
        stage="encoding",
        description=Bilingual(
            "Spasi khusus (tanpa putus, tipis) menjadi spasi biasa.",
            "Special spaces (no-break, thin) become plain spaces.",
        ),
        examples=("Gubernur⟦\u00a0→ ⟧Dewi meninjau pasar.", "Ia hadir.⟦\u00a0→⟧ Rapat dimulai."),
        near_misses=("Penontonnya 20\u00a0000 orang.",),
    ),
    Rule(
        id="encoding.line_end",
        stage="encoding",
        description=Bilingual(
            "Akhir baris yang tercampur diseragamkan.",
            "Mixed line ends are made consistent.",
        ),
        examples=("Satu.\n⟦\r→⟧\nDua.", "Satu.⟦\r    \r  → ⟧Dua."),
        near_misses=("Satu.\r\nDua.\r\n",),
    ),
    Rule(
        id="encoding.question_mark",
        stage="encoding",
        description=Bilingual(
            "Tanda tanya di tempat tanda petik yang hilang menjadi tanda petik.",
            "A question mark in place of a lost quotation mark becomes a quotation mark.",
        ),
        examples=("⟦?→“⟧Jalannya sudah bagus,⟦?→”⟧ ujar Hendra.",),
        near_misses=("Sudah siap? Kami menunggu.", "Apa benar ?"),
    ),
)

_REASONS = {rule.id: rule.description for rule in RULES}


class EncodingStage:
    """Proposes repairs of broken characters. Clean text costs one pass at memory speed."""

    name = "encoding"
    rules = RULES

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """Edits of the enabled rules on ``document.text``."""
        return edits_of(_find(document.text), enabled, _REASONS)


def _find(text: str) -> Iterator[Found]:
    """Everything that any rule finds; a rule runs only where a character of its kind is present."""
    odd = odd_characters(text)
    if odd:
        if _MOJIBAKE_PARTS.search(odd):
            yield from mojibake(text)
        if _INVISIBLE.search(odd):
            yield from invisibles(text)
        if _SPACES.search(odd):
            yield from odd_spaces(text)
        if _BREAKING.search(odd):
            yield from line_ends(text)
        if _CONTROL.search(odd):
            yield from controls(text)
    if "&" in text:
        from cleaner.rules.entities import entities

        yield from entities(text)
    if "?" in text:
        yield from lost_quotes(text)


def mojibake(text: str) -> Iterator[Found]:
    """What ftfy repairs, piece by piece and only where the text looks broken, as exact places."""
    end = 0
    for match in _SUSPICIOUS.finditer(text):
        if match.start() < end:
            continue  # this piece has been repaired
        start, end = _piece(text, match.start(), end)
        piece = text[start:end]
        for i, j, after in _differences(piece, _repair(_with_whole_quotes(piece))):
            if not after and piece[i : j + 1] == "â€\ufffd":
                continue  # ftfy leaves U+FFFD alone of it, and what can be guessed now could not be any more
            yield Found("encoding.mojibake", start + i, start + j, after, 0.95)


def _piece(text: str, at: int, repaired: int) -> tuple[int, int]:
    """The line around ``at``, or of a long line a piece that is cut between two ASCII words.

    Comparing takes time and memory that grow with the square of the length, and some texts are one line
    of many thousand characters.
    """
    start = max(text.rfind("\n", 0, at) + 1, repaired)
    if at - start > _PIECE:
        cuts = [m.end() for m in _CUT.finditer(text, at - _PIECE, at)]
        start = cuts[0] if cuts else at - _PIECE
    end = text.find("\n", at)
    if end < 0:
        end = len(text)
    if end - at > _PIECE:
        cut = _CUT.search(text, at + _PIECE, min(end, at + 4 * _PIECE))
        end = cut.end() if cut else min(end, at + 4 * _PIECE)
    return start, end


def _with_whole_quotes(line: str) -> str:
    """Half-lost quotation marks made whole, still as mojibake, where an opened quotation waits for its end.

    “Ayo,â€\ufffd kata Rina: of the characters that begin with E2 80 and end with a byte that Windows-1252
    lacks, only this one closes a quotation; the others are a hyphen, a wide space and invisible ones.
    """
    out, end = "", 0
    for match in _HALF_QUOTE.finditer(line):
        before = out + line[end : match.start()]
        opened = max(before.rfind("“"), before.rfind("â€œ"))
        if opened > max(before.rfind("”"), before.rfind("â€\x9d")):
            out, end = before + "â€\x9d", match.end()
    return out + line[end:]


def _repair(line: str) -> str:
    from ftfy import fix_and_explain

    # Not `fix_text`: without an explanation it ignores the options below one another.
    return fix_and_explain(line, _ftfy_config()).text


@lru_cache(maxsize=1)
def _ftfy_config() -> TextFixerConfig:
    """Mojibake only. What else ftfy can do is taste (straight quotes) or a rule of our own."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )


def _differences(line: str, fixed: str) -> Iterator[tuple[int, int, str]]:
    """Where the two differ, as ``(start, end, after)`` in ``line``, neighbouring pieces joined."""
    if fixed == line:
        return
    from rapidfuzz.distance import Indel

    start = end = after_start = after_end = -1
    for operation in Indel.opcodes(line, fixed):
        if operation.tag == "equal":
            continue
        i, j, k, m = operation.src_start, operation.src_end, operation.dest_start, operation.dest_end
        if i != end:
            if start >= 0:
                yield start, end, plain(fixed[after_start:after_end])
            start, after_start = i, k
        end, after_end = j, m
    if start >= 0:
        yield start, end, plain(fixed[after_start:after_end])

"""Hyphens inside a word that is written without, and blanks beside a hyphen.

    pasca-kekalahan    pascakekalahan    a bound form is joined to a word in small letters (EYD V)
    mau-pun            maupun            what is left of a line break in print
    ditanda-tangani    ditandatangani    an affix on both sides joins the parts of a compound (EYD V)
    artis- artis       artis-artis       a reduplication has no blank beside its hyphen (EYD V)
    abad ke 20         abad ke-20        an ordinal number, but "dikirim ke 20 desa"

With a hyphen stay a bound form before a capital (non-Indonesia), before English (non-performing), and
everything that the dictionary has with its hyphen: tanda-tanda, bolak-balik, sepak-terjang.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.edits import Edit
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import Flag, Lexicon
from cleaner.spelling.reasons import HYPHEN, ORDINAL
from cleaner.spelling.split_affixes import read_affixes, stays_apart

_JOINED = frozenset(
    (
        "antar anti ekstra infra intra makro mikro multi neo nir non pasca pra purna semi sub supra swa tuna"
    ).split()
)
"""Bound forms that are nothing else: *foto-foto* and *pro-kontra* are of two words."""
_USUAL = 100
"""Corpus count from which on a word is usual enough to be what a hyphen cut."""
_RARER = 50
"""How much rarer the form with the hyphen, and that with a space, has to be."""
_SEEN = 3
_LOOSE = re.compile(r"-(?:(?<=\S-) |(?<= -) ?)([a-z]{3,})(?![\w-])")
_UNWANTED = int(Flag.NONSTANDARD | Flag.MISSPELT)
_ORDINAL = re.compile(r"ke (?=\d{1,3}(?![\w%])(?![.,:/-]\d))(?<=[a-zA-Z] ke )")
_COUNTED = frozenset(
    (
        "abad anggota angkatan babak bulan edisi gaji gelombang generasi hari hut iterasi jilid kali kelas "
        "kongres kuartal lantai menit minggu muktamar pekan percobaan periode presiden putaran ronde "
        "semester seri sidang tahap tahun triwulan urutan yang"
    ).split()
)
"""What is counted by ordinal numbers, and goes nowhere."""
_REACH = 30


def is_bound(low: str) -> bool:
    """Does ``low`` begin with a bound form and a hyphen?"""
    return low.partition("-")[0] in _JOINED


def without_hyphen(low: str, knowledge: Knowledge) -> tuple[str, float]:
    """``low`` (lower case, one hyphen) as one word, and how sure it is that it is one; ("", 0.0) if not."""
    one, _, two = low.partition("-")
    joined = one + two
    if "-" in two or len(two) < 3 or one == two or not joined.isalpha():
        return "", 0.0
    lexicon = knowledge.lexicon
    if one in _JOINED:
        apart = stays_apart(two, read_affixes()[0].get(one))
        if apart or two not in lexicon or lexicon.is_name(two):
            return "", 0.0
        return joined, 0.93 if lexicon.count(joined) >= _SEEN else 0.85
    count = lexicon.count(joined)
    if len(one) < 2 or count < _USUAL or joined not in lexicon or lexicon.bits(joined) & _UNWANTED:
        return "", 0.0
    other = max(lexicon.count(low), knowledge.model.bigram(one, two))  # batu-bara: two words, if anything
    return (joined, 0.9) if other * _RARER <= count else ("", 0.0)


def loose_hyphens(text: str, lexicon: Lexicon) -> Iterator[Edit]:
    """Edits on ``text`` that take away the blanks in "artis- artis" and "artis - artisnya"."""
    for match in _LOOSE.finditer(text):
        second, start = match[1], match.start()
        end = start - (text[start - 1] == " ")
        before = text[max(0, end - len(second) - 1) : end].lower().split()
        low = before[-1].lstrip("\"'“‘(") if before else ""
        twice = f"{low}-{low}"
        if second in (low, low + "nya") and lexicon.count(twice) >= _SEEN and twice in lexicon:
            yield Edit(end, match.start(1), "-", "typo.split", HYPHEN, 0.93)


def ordinals(text: str) -> Iterator[Edit]:
    """Edits on ``text`` that put a hyphen into "abad ke 20"."""
    for match in _ORDINAL.finditer(text):
        blank = match.start() - 1
        *earlier, before = text[max(0, blank - _REACH) : blank].split(" ")
        lengths = bool(earlier) and earlier[-1].isdigit()  # "dari 15 hari ke 12 hari"
        if before.lower() in _COUNTED and not lengths:
            yield Edit(match.end() - 1, match.end(), "-", "typo.split", ORDINAL, 0.88)

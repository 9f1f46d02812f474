"""Sentences joined without a space: "ini.Senior", "6.458,71.IHSG", "siap!Kami", "terkait.“Sebelum".

The strong sign is a capital letter behind the stop. Against it stand names ("Detik.Com"), initials
("H.M. Soeharto"), degrees ("M.Si.") and abbreviations ("Jl.Sudirman").

Start reading at `after_stop`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.rules.beside import ABBREVIATIONS, CLOSERS, DOMAINS, word_after, word_before
from cleaner.rules.characters import Found
from cleaner.rules.identifiers import is_identifier

# What stands behind these is no sentence but the rest of a degree: "M.Si", "Ph.D", "Sp.OG", "A.Md.Kep".
_DEGREES = frozenset(("amd", "apt", "ked", "md", "ph", "si", "sp", "st", "str", "tr"))
# Function words that open a sentence and never a name or the rest of an abbreviation.
_OPENERS = (
    "Adapun Akan Akibat Anda Apalagi Baca Bagi Bahkan Banyak Beberapa Begitu Berdasarkan Berikut Bila Dalam "
    "Dan Dari Dengan Di Dia Hal Hanya Hingga Ia Ini Itu Jadi Jika Kami Karena Kata Kemudian Kini Kita Lalu "
    "Maka Melalui Mereka Menurut Meski Meskipun Namun Oleh Pada Para Saat Saya Sebab Sebagai Sebelum "
    "Sebelumnya Sedangkan Sejak Sejumlah Selain Selanjutnya Semua Sementara Seperti Setelah Tak Tapi Tetapi "
    "Tidak Untuk Yang"
)
_SENTENCE_OPENERS = frozenset(_OPENERS.split())

_STOPS = tuple(re.compile(rf"{mark}(?=[A-Z(“‘]|[a-z]{{4}})") for mark in (r"\.", "!", r"\?"))


def after_stop(text: str) -> Iterator[Found]:
    """A lost sentence border.

    "selesai.Menurut", "6.458,71.IHSG", "(21/1).Dari", "siap!Kami", "terkait.“Sebelum"; not "time.Second".
    """
    for stop in _STOPS:
        for match in stop.finditer(text):
            at = match.end()
            confidence = _small_letters(text, at) if text[at].islower() else _sentence_ends(text, at - 1)
            if confidence and not _in_code(text, at):
                yield Found("spacing.after_stop", at, at, " ", confidence)


def _in_code(text: str, at: int) -> bool:
    """Is the stop in front of ``at`` part of an identifier? Not "1930-an.Panzer", where "an" is no word."""
    if not (text[at].isalpha() or text.startswith("!(", at - 1)):
        return False
    before = word_before(text, at - 1)
    suffix = text[at - len(before) - 2 : at - len(before) - 1] == "-"
    return not suffix and is_identifier(before, word_after(text, at))


def _small_letters(text: str, at: int) -> float:
    """Small letters on both sides: an unknown address as often as two sentences, so a suggestion."""
    left = word_before(text, at - 1)
    return 0.4 if len(left) >= 4 and left.islower() and word_after(text, at) not in DOMAINS else 0.0


def _sentence_ends(text: str, at: int) -> float:
    """How surely a sentence ends with the mark at ``at``, given a capital or an opener behind it."""
    first = at
    while first and text[first - 1] in ".!?":
        first -= 1
    left = text[first - 1 : first]
    behind = text[at + 1]
    after = word_after(text, at + 1)
    if after.lower() in DOMAINS:
        return 0.0
    if left in CLOSERS:
        return 0.9 if first == at else 0.0  # '"...Kami siap"' starts with dots
    if not left.isalnum():
        return 0.0
    if behind in "(“‘":
        return 0.9 if len(word_before(text, first)) > 1 else 0.0
    if first < at or text[at] != ".":  # "naik..Jakarta", "siap!Kami"
        return 0.8 if len(after) > 1 else 0.0
    return _full_stop(text, at, word_before(text, at), after)


def _full_stop(text: str, at: int, word: str, after: str) -> float:
    """Confidence that a single full stop between ``word`` and ``after`` ends a sentence."""
    known = word.lower()
    title = len(after) > 1 and after[1:].islower()
    front = text[at - len(word) - 1 : at - len(word)]
    if len(after) < 5 and (
        known in _DEGREES or (front in (".", "/") and len(word) < 5 and word[:1].isupper())
    ):
        return 0.0  # "Ph.D", "A.Md.Kep", "PT.Jkt.Pst", "1999 K/Pid.Sus/2023"
    if known in ABBREVIATIONS and (word.istitle() or word.isupper()):
        return 0.55 if title and front != "/" else 0.0  # "757/Pdt.G/2022/PT.Jkt.Pst"
    if word.isdigit():
        # "2026.Laga"; a list number as well ("1.Curug"), but no section or decree ("80.K/MB").
        return 0.9 if title else 0.7 if len(after) > 2 else 0.0
    if len(word) == 1:
        # An initial or a degree ("H.Ahmad", "S.Pd"); no name starts with a function word ("grup B.Dalam").
        return 0.8 if word.isupper() and after in _SENTENCE_OPENERS else 0.0
    if len(after) == 1:
        # "selesai.H.M. Soeharto": an initial behind an ordinary word.
        return 0.7 if len(word) > 3 and word.islower() and text[at + 2 : at + 3] == "." else 0.0
    if word.isupper() and after.isupper():
        return 0.3  # "PTUN.JKT"
    return 0.95 if word.islower() else 0.9

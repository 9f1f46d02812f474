"""Where words that look glued may be one: places, trade names, terms that take an affix.

Dusun Kampungbaru, Padangpanjang    a place, one word on the map
laman Indonesiabaik                 the name of a site
Dansatgas Melati                    Dan- is short for Komandan
diaddress, kepenghunian             di- before an English verb takes a hyphen; ke-...-an makes nouns
Coronavirus Disease                 English
"""

from __future__ import annotations

from cleaner.spelling.compounds import has_function_word
from cleaner.spelling.context import Context
from cleaner.spelling.function_words import FUNCTION_WORDS
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import Flag
from cleaner.spelling.morphology import BOUND

_SURE = 0.95
"""Confidence from which on two common words are glued though a place may be called so: Negeriayat."""
_CLEAR = 0.9
"""The same for di- and ke- before a noun: dibrowser, kepermukaan."""
_COMMON = 0.9
"""Share of capitals below which a word is more than a name."""
_SITES = frozenset("akun aplikasi instagram kanal laman portal situs tabloid website".split())
"""What stands in front of the name of a site or an account, which is mostly one word."""
_PLACES = frozenset(
    (
        "desa distrik dusun gunung kabupaten kampung kec kecamatan kel kelurahan kota nagari pantai pekon "
        "pt pulau sungai tiyuh"
    ).split()
)
"""What stands in front of the name of a place or a company."""
_TAILS = frozenset(
    (
        "agung baru besar indah jaya kencana makmur mulya mulyo negara panjang putih raya ratu rejo sakti "
        "sari"
    ).split()
)
"""What names of places and families end in."""
_BASE = int(Flag.BASE)


def doubts_glue(word: str, after: str, sure: float, context: Context, knowledge: Knowledge) -> bool:
    """May ``word`` be one word, though ``after`` are two that are likely here?"""
    parts = after.split(" ")
    first, last = parts[0], parts[-1]
    before, english = context.before.lower(), knowledge.lexicon.is_only_foreign
    if before in _SITES and not has_function_word(after):
        return True
    if last == "virus" or all(map(english, parts)):
        return True  # ebolavirus; passthrough, realpython
    if first in ("di", "ke") and len(parts) == 2:
        if first == "ke" and word[0].isupper() and not context.starts_sentence:
            return True
        if first == "di":
            return sure < _CLEAR and english(last)
        return sure < _CLEAR and last.endswith("an") and not last.startswith("me")
    if not word[0].isupper():
        return False
    place = not _is_small(last, knowledge)
    if before in _PLACES and place:
        return True
    if context.starts_sentence:
        return False
    return (
        first == "dan"
        or last in BOUND
        or (last in _TAILS and len(parts) == 2)
        or (context.after[:1].isupper() and english(context.after.lower()))
        or (sure < _SURE and place and _is_compound(parts, knowledge))
    )


def _is_small(part: str, knowledge: Knowledge) -> bool:
    """Is it a function word, a verb or anything else that no name ends in: Kanadadi, Madridkembali?"""
    return len(part) < 4 or part in FUNCTION_WORDS or not knowledge.lexicon.bits(part) & _BASE


def _is_compound(parts: list[str], knowledge: Knowledge) -> bool:
    """Common base words: Kampungbaru, Telukpandan; not "Rusiatimur" nor "Hidayahmengungkapkan"."""
    lexicon = knowledge.lexicon
    return lexicon.capital_share(parts[0]) < _COMMON and all(
        len(part) > 3 and part not in FUNCTION_WORDS and lexicon.bits(part) & _BASE for part in parts
    )

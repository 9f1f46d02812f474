"""Names of programs that look like two sentences: "time.Second", "http.ResponseWriter", "panic!()".

A lost space behind a stop has an Indonesian word on at least one side, or a name behind it ("ini.Menurut",
"smartphone.Dia", "ujarnya.Jeff"). An identifier has neither: both sides are English words or no words at all.
Only places where a space is about to be put in are looked at, so most texts never need the dictionary.
"""

from __future__ import annotations

from functools import lru_cache

from cleaner.spelling.casing import humps
from cleaner.spelling.lexicon import INDONESIAN, Flag, Lexicon
from cleaner.spelling.morphology import is_valid_form

_NATIVE = int(INDONESIAN | Flag.INFORMAL | Flag.NONSTANDARD)
_NAME = int(Flag.NAME)
_MOSTLY = 0.9
"""Share of capitals from which on a listed name is more than a word of programs: Second, args."""


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon.open()


def is_identifier(before: str, after: str) -> bool:
    """Are ``before`` and ``after`` (letters, either may be empty), with a mark between, one identifier?

    Raises DictionaryError if the dictionary is missing.
    """
    parts = humps(after)
    if len(parts) > 1 and all(map(_is_english, parts)):
        return True  # model.UserList, though "model" is Indonesian as well
    if _is_native(after) or (_is_native(before) and not _is_english(before)):
        return False
    return before.islower()  # "Beam Mobility.Beam Taxi" are two sentences


def _is_native(word: str) -> bool:
    """Is it Indonesian, or a name?"""
    low, lexicon = word.lower(), _lexicon()
    bits = lexicon.bits(low)
    if bits & _NATIVE or (bits & _NAME and lexicon.capital_share(low) >= _MOSTLY):
        return True
    return low.isascii() and is_valid_form(low, lexicon)


def _is_english(word: str) -> bool:
    return _lexicon().is_only_foreign(word.lower())

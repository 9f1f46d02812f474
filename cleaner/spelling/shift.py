"""Capitals that came too late or stayed too long, as the finger on the shift key did.

KEmenterian   -> Kementerian     held for one letter too many
oKrban        -> Korban          and the first two letters swapped
"""

from __future__ import annotations

import re

from cleaner.spelling.knowledge import Knowledge

_HELD = re.compile("[A-Z]{2}[a-z]{3,}")
_SWAPPED = re.compile("[a-z][A-Z][a-z]{2,}")
_USUAL = 100
"""Least corpus count of the word that is meant: trade names are written as their owners like."""


def shifted(word: str, knowledge: Knowledge) -> str:
    """The usual word that ``word`` (with capitals inside) is but for the shift key, or "".

    Not iPhone, KUHPidana or "ASpada": what the dictionary has with a casing of its own, and an acronym
    that lost its space, look alike but give no usual word.
    """
    lexicon = knowledge.lexicon
    if _HELD.fullmatch(word):
        meant = word.capitalize()
    elif _SWAPPED.fullmatch(word) and not lexicon.count(word.lower()):
        meant = f"{word[1]}{word[0]}{word[2:]}"
    else:
        return ""
    low = meant.lower()
    usual = low in lexicon and lexicon.count(low) >= _USUAL and lexicon.cased(low) in (None, low, meant)
    return meant if usual and low not in knowledge.joined else ""

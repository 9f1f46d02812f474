"""Where an author's name begins that stands behind a headline, with nothing between the two.

    Kapal Tua Jadi Tempat Rina Sari Melati - detikNews Senin, 05 Feb 2024 07:13 WIB

A pattern can only take up to three capitalised words. The dictionary tells which of them are the headline's:
*Tempat* is a word and no name, *Sari* is both. So the name begins behind the last word that can be none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from cleaner.spelling.lexicon import INDONESIAN, Flag, Lexicon

GROUP = "author"
"""The group of a pattern that is looked at so."""

_WORD = re.compile(r"\S+")
_COMMON, _NAME = INDONESIAN | int(Flag.FOREIGN), int(Flag.NAME)


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon.open()


def author_start(match: Any) -> int:
    """Where the removal begins of a ``match`` with the group `GROUP`, in code points.

    The last word of the group is never the headline's. Raises DictionaryError if the dictionary is missing.
    """
    start: int = match.start(GROUP)
    words = list(_WORD.finditer(match[GROUP]))
    for word, following in reversed(list(pairwise(words))):
        if _is_no_name(word[0]):
            return start + following.start()
    return int(match.start())


def _is_no_name(word: str) -> bool:
    bits = _lexicon().bits(word.lower().strip(".'’-"))
    return (word.isupper() and len(word) > 1) or (bool(bits & _COMMON) and not bits & _NAME)

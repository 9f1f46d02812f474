"""Words that were left out: "merupakan salah komoditas unggulan" lacks "satu".

"Salah" by itself means wrong. Behind a verb that says what something is, and before a word that it never
stands before but "satu" does, "salah satu" (one of) is meant. In 15.3 million words of the corpus 14 places
are like that; all were read, and all lack the word. "Menjadi salah paham" is none: the corpus knows the pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Document
from cleaner.edits import Edit
from cleaner.spelling import reasons
from cleaner.spelling.language_model import LanguageModel

_WRONG = "salah"
_BARE = rf"\b(?:merupakan|adalah|menjadi) ({_WRONG}) ([a-z]{{3,}})(?![\w-])"


def lost_words(document: Document, model: LanguageModel) -> Iterator[Edit]:
    """Edits on ``document.text``, in order."""
    if _WRONG not in document.tokens:
        return
    for match in re.finditer(_BARE, document.text):
        if not model.bigram(_WRONG, match[2]) and model.bigram("satu", match[2]):
            yield Edit(*match.span(1), "salah satu", "typo.realword", reasons.one_of(match[2]), 0.9)

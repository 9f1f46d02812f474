"""The typo stage: doubtful words, and slips that take two words to see.

The set of tokens decides: what has been judged fine before (the memory grows with every text) is not
looked at again, so a text without anything new costs one set difference. Only doubtful tokens are
searched for in the text and settled in context.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.document import Document
from cleaner.edits import Edit
from cleaner.rules.typo_rules import TYPO_RULES
from cleaner.spelling.tokens import occurrences

if TYPE_CHECKING:
    from cleaner.spelling.speller import Speller


class TypoStage:
    """Proposes the edits of all typo rules."""

    name = "typo"
    rules = TYPO_RULES

    def __init__(
        self,
        ignore_words: tuple[str, ...] = (),
        vocabulary: Mapping[str, int] | None = None,
        dictionary: Path | None = None,
    ) -> None:
        """``dictionary``: folder of the user's own; DictionaryError if it is missing or damaged."""
        self._ignore_words = ignore_words
        self._vocabulary = vocabulary
        self._dictionary = dictionary
        if dictionary is not None:
            from cleaner.spelling.data import check_dictionary

            check_dictionary(dictionary)

    @cached_property
    def _speller(self) -> Speller:
        from cleaner.spelling.knowledge import Knowledge
        from cleaner.spelling.speller import Speller

        speller = Speller(self._ignore_words, self._vocabulary)
        speller.knowledge = Knowledge(self._vocabulary, self._dictionary)
        return speller

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """Edits of the enabled rules, in any order. Raises DictionaryError if data are missing."""
        speller, text = self._speller, document.text
        edits = [edit for edit in speller.neighbours.propose(document) if edit.rule in enabled]
        for token in document.tokens - speller.fine:
            suspicions = speller.suspicions(token, document)
            if not suspicions:
                continue
            for at in occurrences(text, token):
                for suspicion in suspicions:
                    edit = speller.settle(suspicion, text, at + suspicion.start, document)
                    if edit is not None and edit.rule in enabled:
                        edits.append(edit)
        return edits

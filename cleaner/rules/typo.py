"""The typo stage: doubtful words, and slips that take two words to see.

The set of tokens decides: what has been judged fine before (the memory grows with every text) is not
looked at again, so a text without anything new costs one set difference. Only doubtful tokens are
searched for in the text and settled in context.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.document import Document
from cleaner.edits import Edit
from cleaner.rules.typo_rules import TYPO_RULES
from cleaner.spelling.names import usual_form
from cleaner.spelling.tokens import occurrences

if TYPE_CHECKING:
    from cleaner.spelling.speller import Speller


class TypoStage:
    """Proposes the edits of all typo rules."""

    name = "typo"
    rules = TYPO_RULES

    def __init__(
        self, ignore_words: tuple[str, ...] = (), vocabulary: Mapping[str, int] | None = None
    ) -> None:
        self._ignore_words = ignore_words
        self._vocabulary = vocabulary

    @cached_property
    def _speller(self) -> Speller:
        from cleaner.spelling.speller import Speller

        return Speller(self._ignore_words, self._vocabulary)

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """Edits of the enabled rules, in any order. Raises DictionaryError if data are missing."""
        from cleaner.spelling.speller import RULES

        speller, text = self._speller, document.text
        edits = [edit for edit in speller.neighbours.propose(document) if edit.rule in enabled]
        for token in document.tokens - speller.fine:
            for suspicion in speller.judge(token):
                # A name the dictionary does not hold is fine unless the text mostly has it another way.
                if suspicion.kind == "name" and not usual_form(document, suspicion.word):
                    continue
                if not any(rule in enabled for rule in RULES[suspicion.kind]):
                    continue
                for at in occurrences(text, token):
                    edit = speller.settle(suspicion, text, at + suspicion.start, document)
                    if edit is not None and edit.rule in enabled:
                        edits.append(edit)
        return edits

"""The typo stage: doubtful words, and slips that take two words to see.

The set of tokens decides: what has been judged fine before (the memory grows with every text) is not
looked at again, so a text without anything new costs one set difference. Only doubtful tokens are
searched for in the text and settled in context.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.document import Document
from cleaner.edits import Edit
from cleaner.rules.typo_rules import TYPO_RULES
from cleaner.spelling.names import usual_form
from cleaner.spelling.tokens import occurrences

if TYPE_CHECKING:
    from cleaner.spelling.speller import Speller


_PIECE = 20_000
"""Longest stretch of text that is looked at as one, in code points."""


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

        return Speller(self._ignore_words, Knowledge(self._vocabulary, self._dictionary))

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """Edits of the enabled rules, in any order. Raises DictionaryError if data are missing."""
        edits = []
        for start, end in pieces(document.text):
            for edit in self._propose(document.part(start, end), enabled):
                edit.start += start
                edit.end += start
                edits.append(edit)
        return edits

    def _propose(self, document: Document, enabled: Container[str]) -> Iterator[Edit]:
        from cleaner.spelling.capitals import capitals
        from cleaner.spelling.hyphens import loose_hyphens, ordinals
        from cleaner.spelling.lost_words import lost_words
        from cleaner.spelling.phrases import phrases, with_capitals
        from cleaner.spelling.second_look import Doubtful, look_again
        from cleaner.spelling.sentence_starts import sentence_starts
        from cleaner.spelling.suspicions import RULES

        speller, text = self._speller, document.text
        found = [
            *speller.neighbours.propose(document),
            *loose_hyphens(text, speller.knowledge.lexicon),
            *ordinals(text),
            *sentence_starts(text, speller.knowledge.lexicon),
            *lost_words(document, speller.knowledge.model),
        ]
        doubts = []
        for token in document.tokens - speller.fine:
            start, suspicions = speller.judge(token)
            for suspicion in suspicions:
                # A name the dictionary does not hold is fine unless the text mostly has it another way.
                if suspicion.kind == "name" and not usual_form(document, suspicion.word):
                    continue
                if not any(rule in enabled for rule in RULES[suspicion.kind]):
                    continue
                for at in occurrences(text, token):
                    edit = speller.settle(suspicion, text, at + start, document)
                    if edit is not None:
                        found.append(edit)
                    if suspicion.kind == "doubt":
                        doubts.append(Doubtful(suspicion, at + start, edit))
        found = [edit for edit in found if edit.rule in enabled]
        # Names come first: "pak prabowo" is an address before a name once the name has its capital.
        cased = with_capitals(text, found)
        found += capitals(document if cased is text else Document(cased))
        found += phrases(with_capitals(cased, found))
        found = [edit for edit in found if edit.rule in enabled]
        if doubts:
            look_again(speller, document, doubts, found)
        return (edit for edit in found if edit.rule in enabled)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """``text`` as spans of at most `_PIECE` code points, cut at a line break or else at a blank.

    What a text has of a word, and where, takes a look at all of it for each doubtful word, which must not
    grow with the square of its length. Articles are shorter than one piece.
    """
    start = 0
    while len(text) - start > _PIECE:
        end = start + _PIECE
        cut = text.rfind("\n", start, end) + 1 or text.rfind(" ", start, end) + 1 or end
        yield start, cut
        start = cut
    yield start, len(text)

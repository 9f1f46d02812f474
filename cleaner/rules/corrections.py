"""Corrections of the user's own: what a person accepted once is done everywhere.

A corrections file is a text file, UTF-8. A line holds a wrong and a right form with a tab between, or one
word that is right as it is; blank lines and lines that start with # are left out:

    tidka<TAB>tidak
    gofood

The wrong form matches whole words in any case, and the correction takes over the case: Tidka -> Tidak.
`cleaner promote` writes such a file from decisions.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from cleaner.document import Document
from cleaner.edits import Bilingual, Edit
from cleaner.errors import ConfigError
from cleaner.rules.base import Rule

RULE = Rule(
    "typo.own",
    "typo",
    Bilingual("Perbaikan dari daftar sendiri.", "A correction from the user's own list."),
    (),
    (),
    priority=100,
)
_REASON = Bilingual("daftar perbaikan sendiri memuat '{}' -> '{}'", "your own corrections have '{}' -> '{}'")


class Corrections(NamedTuple):
    """What the user's files hold: corrections by wrong form (lower case), and right words."""

    corrections: dict[str, str]
    right: frozenset[str]
    """Words that stay as they are, among them the right forms of the corrections."""


def read_corrections(paths: Iterable[str | Path]) -> Corrections:
    """Read the files; of two corrections of one form the later counts.

    Raises ConfigError for a missing file or a malformed line.
    """
    corrections: dict[str, str] = {}
    right: set[str] = set()
    for path in map(Path, paths):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise ConfigError(f"corrections: {path}: cannot be read: {reason}") from error
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            columns = [part.strip() for part in line.split("\t")]
            if len(columns) > 2 or not all(columns):
                raise ConfigError(
                    f"corrections: {path}:{number}: a line holds one right word, or a wrong and a right form "
                    "with a tab between"
                )
            if len(columns) == 2:
                corrections[columns[0].lower()] = columns[1]
            right.add(columns[-1])
    return Corrections(corrections, frozenset(right))


class CorrectionsStage:
    """Proposes the corrections of the user's own files."""

    name = "typo"
    rules = (RULE,)

    def __init__(self, words: Corrections) -> None:
        self._corrections = words.corrections

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._corrections, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(wrong.split()[0] for wrong in self._corrections)

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """The corrections in a document, in order."""
        if not self._corrections or RULE.id not in enabled:
            return []
        low = document.text.lower()
        if not any(word in low for word in self._first_words):
            return []
        from cleaner.spelling.casing import give_shape, shape

        edits = []
        for match in self._pattern.finditer(document.text):
            wrong = match[0]
            right = self._corrections.get(wrong.lower())
            if right is None:  # a letter whose lower case is longer: no form of the list
                continue
            if right.islower():
                right = give_shape(right, shape(wrong.replace(" ", "")))
            reason = Bilingual(*(text.format(wrong, right) for text in _REASON))
            edits.append(Edit(match.start(), match.end(), right, RULE.id, reason))
        return edits

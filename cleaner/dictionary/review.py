"""What people decided: ``dictionaries/review/``, the only hand-written input of the builder.

    words.txt        "+word" stands whatever the lists say, "-word" does not, "!word" is a misspelling
    informal.txt     colloquial words, white-space separated
    nonstandard.tsv  wrong, right, grade; grade "drop" strikes a pair that the sources propose

A line that starts with ``#`` is a remark.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.spelling.data import read_rows


@dataclass(frozen=True)
class Review:
    """The reviewed decisions."""

    accepted: frozenset[str]
    rejected: frozenset[str]
    misspelt: frozenset[str]
    """... of the rejected, those that are not words of any language."""
    informal: frozenset[str]
    pairs: dict[str, tuple[str, str]]
    """Wrong -> (right, grade)."""


def read_review(folder: Path) -> Review:
    """Read the reviewed decisions in ``folder``."""
    signed = _words(folder / "words.txt")
    return Review(
        frozenset(word[1:] for word in signed if word[0] == "+"),
        frozenset(word[1:] for word in signed if word[0] in "-!"),
        frozenset(word[1:] for word in signed if word[0] == "!"),
        frozenset(_words(folder / "informal.txt")),
        {row[0]: (row[1], row[2]) for row in read_rows(folder / "nonstandard.tsv")},
    )


def _words(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]

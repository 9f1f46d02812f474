"""What a template of repeated text is: fixed words, and slots between them for what differs.

    Pewarta : <name> Editor : <name> COPYRIGHT © MELATI <num>

A slot is a name, initials, a number, a day or a month. Templates are grown in `cleaner.corpus.growing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.corpus.phrases import BREAK, DAY, MONTH, NUMBER

NAME, INITIALS = "<name>", "<initials>"
SLOTS = frozenset({NUMBER, DAY, MONTH, NAME, INITIALS})


class Spot(NamedTuple):
    """Where a template stands in a document: code points, and the tokens before and behind it."""

    text: str
    start: int
    end: int
    before: str
    behind: str


class Shares(NamedTuple):
    """How a template stands in its documents, as shares of the places that agree with all of it."""

    after_break: float
    before_break: float
    at_begin: float
    at_end: float
    starts_line: float
    ends_line: float
    before_title: float
    """... before a run of capitalised words: the headline behind a "Baca juga:"."""


@dataclass
class Template:
    """A phrase with slots."""

    elements: tuple[str, ...]
    """Literal tokens, `SLOTS` and inner `BREAK`; no `BEGIN` or `END`."""
    documents: int
    """Documents it is estimated to stand in."""
    shares: Shares
    spots: list[Spot] = field(repr=False)
    score: float

    def __str__(self) -> str:
        return " ".join("⏎" if element == BREAK else element for element in self.elements)

"""From repeated phrases to templates: a phrase grows while the places in which it stands agree.

A counted phrase is at most a few tokens long and all literal: "Pewarta :", ") -", "KOMPAS.com -". Its
places in the corpus show what stands around it. The phrase grows, left and right, while the places
agree: on a token, or on a *slot* (a name, initials, a number) with a token they agree on behind it.

    Editor :   becomes   Pewarta : <name> Editor : <name> COPYRIGHT © MELATI <num>

What a template is worth is judged by how little it belongs to articles (`Template.score`):

- it is more frequent than the language model, which knows the phrases of news prose, would have it, or is
  written like a label;
- it stands between sentences and not inside them: boilerplate is pasted in front of, behind and between
  what somebody wrote, while names and topics that repeat stand anywhere.

Start reading at `grow`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.corpus.phrases import (
    BEGIN,
    BREAK,
    EDGES,
    END,
    Phrase,
    Token,
    breaks_before,
    breaks_behind,
    tokenise,
)
from cleaner.corpus.surprise import Prose
from cleaner.corpus.templates import INITIALS, NAME, SLOTS, Shares, Spot, Template

_AGREE = 0.7
"""Share of the places that must have the same token."""
_NAME_AGREE = 0.9
"""A capitalised word must be this common to be fixed text; "JAKARTA" in 8 of 10 datelines is a name."""
_NAME_TOKENS = 6
_INITIALS_LETTERS = 5
_SHAPE = 0.5
_CLOSING_TOKENS = 5
_SENTENCE_END = frozenset('.!?…"”’')
_REACH = 60
"""Tokens that a phrase may grow on one side."""


class Place(NamedTuple):
    """One document that has a phrase, and the tokens ``[start, end)`` of it there.

    The tokens themselves would be a hundred times as large as the text: they are made again when needed.
    """

    text: str
    start: int
    end: int


@dataclass
class _Walk:
    """A place while its phrase grows."""

    text: str
    tokens: list[Token]
    start: int
    end: int

    def form(self, index: int) -> str:
        """The form of a token; `END` beyond the document."""
        return self.tokens[index].form if 0 <= index < len(self.tokens) else END

    def spot(self) -> Spot:
        """The place as it is kept."""
        start, end = self.tokens[self.start].start, self.tokens[self.end - 1].end
        return Spot(self.text, start, end, self.form(self.start - 1), self.form(self.end))

    def border(self, direction: int) -> int:
        """Where the phrase ends on one side."""
        return self.end if direction > 0 else self.start

    def next(self, border: int, direction: int) -> str:
        """The form beyond a border."""
        return self.form(border if direction > 0 else border - 1)


def grow(phrase: Phrase, places: Sequence[Place], corpus: int, prose: Prose) -> Template:
    """The template around ``phrase``, whose places were sampled from a corpus of so many documents."""
    walks = {i: _Walk(p.text, tokenise(p.text), p.start, p.end) for i, p in enumerate(places)}
    elements = [*phrase.forms]
    _grow(walks, elements, 1)
    _grow(walks, elements, -1)
    _trim(walks, elements)
    documents = round(phrase.documents * len(walks) / len(places))
    shares = _shares([*walks.values()])
    surprise = prose.surprise(elements, documents / corpus) + _SHAPE * _all_capitalised(elements)
    # What closes every document needs no sentence end in front; "... ujarnya." closes some as well.
    closes = shares.at_end if len(elements) >= _CLOSING_TOKENS else 0.0
    score = surprise * min(max(shares.after_break, closes), shares.before_break)
    return Template(tuple(elements), documents, shares, [walk.spot() for walk in walks.values()], score)


def _grow(walks: dict[int, _Walk], elements: list[str], direction: int) -> None:
    """Take in tokens on one side while the places agree; places that do not are dropped."""
    for _ in range(_REACH):
        step = _agreed(walks, direction)
        if step is None or (step[0][0].isupper() and len(step[1]) < _NAME_AGREE * len(walks)):
            slot = _agreed_slot(walks, direction)
            if step is None or (slot and len(slot[1]) > len(step[1])):
                step = slot
        if step is None:
            return
        element, ends = step
        if element in (BEGIN, END) or (direction < 0 and element[0] in _SENTENCE_END):
            return
        for i, walk in list(walks.items()):
            if i not in ends:
                del walks[i]
            elif direction > 0:
                walk.end = ends[i]
            else:
                walk.start = ends[i]
        elements.insert(len(elements) if direction > 0 else 0, element)


def _agreed(walks: dict[int, _Walk], direction: int) -> tuple[str, dict[int, int]] | None:
    """The next token that most places have, and where it ends in those that have it."""
    ends: dict[str, dict[int, int]] = {}
    for i, walk in walks.items():
        at = walk.border(direction)
        ends.setdefault(walk.next(at, direction), {})[i] = at + direction
    form, places = max(ends.items(), key=lambda item: len(item[1]))
    return (form, places) if len(places) >= _AGREE * len(walks) else None


def _agreed_slot(walks: dict[int, _Walk], direction: int) -> tuple[str, dict[int, int]] | None:
    """A slot that most places have, up to a token they have in common, and where it ends there.

    Of several such tokens the nearest: the name in "Pewarta: Rina Sari Editor: ..." ends before "Editor",
    though that is capitalised as well.
    """
    for slot, limit in ((NAME, _NAME_TOKENS), (INITIALS, 1)):
        ends: dict[str, dict[int, int]] = {}
        for i, walk in walks.items():
            end = walk.border(direction)
            for _ in range(limit):
                if not _fits(walk.next(end, direction), slot):
                    break
                end += direction
                ends.setdefault(walk.next(end, direction), {}).setdefault(i, end)
        common = [
            (len(places), -sum(abs(end - walks[i].border(direction)) for i, end in places.items()), places)
            for form, places in ends.items()
            if form not in SLOTS and len(places) >= _AGREE * len(walks)
        ]
        if common:
            return slot, max(common, key=lambda item: item[:2])[2]
    return None


def _fits(form: str, slot: str) -> bool:
    if slot == NAME:
        return form[0].isupper() or form in ("bin", "binti", "-", "/", "'")
    return form.isalpha() and form.islower() and len(form) <= _INITIALS_LETTERS


def _trim(walks: dict[int, _Walk], elements: list[str]) -> None:
    """Leave out what surrounds a template: line ends, and the stop of the sentence before it."""
    while len(elements) > 1 and (elements[0] in EDGES or elements[0][0] in _SENTENCE_END):
        del elements[0]
        for walk in walks.values():
            walk.start += 1
    while len(elements) > 1 and elements[-1] in EDGES:
        elements.pop()
        for walk in walks.values():
            walk.end -= 1


def _shares(walks: Sequence[_Walk]) -> Shares:
    columns = zip(
        *(
            (
                breaks_before(walk.tokens, walk.start),
                breaks_behind(walk.tokens, walk.end),
                walk.form(walk.start - 1) == BEGIN,
                walk.form(walk.end) == END,
                walk.form(walk.start - 1) in (BEGIN, BREAK),
                walk.form(walk.end) in (BREAK, END),
                _title([token.form for token in walk.tokens[walk.end : walk.end + 8]]),
            )
            for walk in walks
        ),
        strict=True,
    )
    return Shares(*(sum(column) / len(walks) for column in columns))


def _all_capitalised(elements: Sequence[str]) -> bool:
    """Are there several words and all capitalised: "Baca Juga"? Labels are written so, and names are."""
    words = [element for element in elements if element[0].isalpha()]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _title(forms: Sequence[str]) -> bool:
    """Do most of the next words begin with a capital letter, and are there several?"""
    words = [form for form in forms if form[0].isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)

"""The two ends of an article, where boilerplate stands piece by piece, eaten inwards.

    Laporan Wartawan ..., Rina Sari | SUARAMELATI.COM, MELATI -     the head: two bites
    ... (Lmg) Editor: Budi Santoso                                  the tail

Each bite is the longest match of a rule at the border that the one before left; over pieces already found
somewhere else the border just moves on.

Start reading at `eat_head` and `Tail.eat`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaner.rules.packrule import PackRule
from cleaner.rules.triggers import HEAD, TAIL, Woken

REACH = 400
"""Code points from the start of a match to a trigger word in it, at most."""
_BITES = 12  # pieces that the head or the tail may consist of


@dataclass(slots=True)
class Piece:
    """A piece of boilerplate: where, by which rule, how sure."""

    start: int
    end: int
    rule: PackRule
    confidence: float


def eat_head(text: str, woken: list[Woken], found: Sequence[Piece]) -> list[Piece]:
    """Datelines and page headers: from the start inwards, over pieces already found."""
    if not woken:
        return []
    eaten: list[Piece] = []
    ends = {piece.start: piece.end for piece in found}
    position, fresh = skip_space(text, 0), True
    for _ in range(_BITES):
        if position in ends:
            position, fresh = skip_space(text, ends[position]), True
            continue
        bite = _bite(text, position, (item for item in woken if fresh or item.rule.scope == "opening"))
        if bite:
            eaten.append(bite)
            position, fresh = skip_space(text, bite.end), True
            continue
        # A headline, a lead or a caption stands in front of the dateline: go on to the next line, or
        # behind the next piece ("... Foto: istimewa Jakarta - ").
        line = text.find("\n", position, HEAD)
        piece = min((start for start in ends if position < start < HEAD), default=-1)
        if piece >= 0 and (line < 0 or piece < line):
            position = piece
        elif line >= 0:
            position, fresh = skip_space(text, line), False
        else:
            break
    return eaten


def _bite(text: str, position: int, woken: Iterable[Woken]) -> Piece | None:
    """The longest match of ``woken`` rules at ``position``."""
    best, near = None, text[position : position + REACH]
    for rule, words in woken:
        if not any(map(near.__contains__, words)):
            continue
        try:
            match = rule.match(text, position)
        except TimeoutError:
            continue
        if match and match.end() > (best.end if best else position) and rule.accepts(match):
            best = Piece(position, match.end(), rule, rule.confidence)
    return best


class Tail:
    """Bylines, tags, notices: what ends a text, eaten from the end inwards."""

    def __init__(self, text: str, woken: Sequence[Woken]) -> None:
        self._text = text
        self._rules = [(woke.rule, min(woke.words.values())) for woke in woken]
        """Each with the first place of a trigger word."""
        self._bites: dict[int, tuple[int, PackRule] | None] = {}

    def eat(self, found: Sequence[Piece]) -> list[Piece]:
        """The pieces of the tail, over pieces already ``found``."""
        if not self._rules:
            return []
        eaten: list[Piece] = []
        starts = {piece.end: piece.start for piece in found}
        end = len(self._text.rstrip())
        for _ in range(_BITES):
            if end in starts:
                end = len(self._text[: starts[end]].rstrip())
                continue
            # The tail may be eaten twice, and the second time mostly ends in the same places.
            if end not in self._bites:
                self._bites[end] = self._bite(end)
            bite = self._bites[end]
            if bite is None:
                break
            start, rule = bite
            eaten.append(Piece(start, end, rule, rule.confidence))
            end = len(self._text[:start].rstrip())
        return eaten

    def _bite(self, end: int) -> tuple[int, PackRule] | None:
        """The longest match that ends at ``end``: where it starts, and of which rule."""
        best: tuple[int, PackRule] | None = None
        for rule, first in self._rules:
            if first >= end:
                continue  # all its trigger words were in what is eaten already
            try:
                match = rule.search(self._text, max(0, end - TAIL), end)
            except TimeoutError:
                continue
            if match and (best is None or match.start() < best[0]) and rule.accepts(match):
                best = match.start(), rule
        return best


def skip_space(text: str, position: int) -> int:
    """Where the white space at ``position`` ends, in code points."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position

"""A second look at doubtful words after sure corrections, which give them a context and an echo.

    AmazonJeff Bezosdan    only after "Jeff" is it sure that "Bezosdan" is Bezos dan
    Fakto lingungan        only before "lingkungan" is it sure that "Fakto" is Faktor
    akusisi ... akusisi    where one is surely akuisisi, so is the other

Without it the first correction is made by one run of the cleaner and the second by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleaner.document import Document
from cleaner.edits import Edit, splice
from cleaner.spelling.speller import Speller
from cleaner.spelling.suspicions import Suspicion

_SURE = 0.9
"""Confidence of a correction that is made at every strength."""


_SHOWN = "typo.nonstandard"
"""The rule whose corrections are shown and not made."""


class Doubtful(NamedTuple):
    """A doubtful word."""

    suspicion: Suspicion
    start: int
    """Where it stands, in code points."""
    edit: Edit | None
    """What was found for it so far."""


def look_again(speller: Speller, document: Document, doubts: Sequence[Doubtful], found: list[Edit]) -> None:
    """Replace in ``found`` (edits on ``document.text``) what the sure ones of them make surer."""
    sure = _apart(edit for edit in found if edit.confidence >= _SURE and edit.rule != _SHOWN)
    if not sure:
        return
    text = document.text
    ends, starts = {edit.end for edit in sure}, {edit.start for edit in sure}
    said = {word.lower() for edit in sure for word in edit.after.split()}
    mended: Document | None = None
    for suspicion, start, first in doubts:
        end = start + len(suspicion.word)
        if first is not None and first.confidence >= _SURE:
            continue
        behind = text[start - 1 : start] == " " and start - 1 in ends
        before = text[end : end + 1] == " " and end + 1 in starts
        echoed = first is not None and not said.isdisjoint(first.after.lower().split())
        if not (behind or before or echoed) or any(edit.start < end and start < edit.end for edit in sure):
            continue
        mended = mended or Document(
            splice(text, ((edit.start, edit.end, edit.after) for edit in sure)), document.outlet
        )
        moved = sum(len(edit.after) - (edit.end - edit.start) for edit in sure if edit.end <= start)
        second = speller.settle(suspicion, mended.text, start + moved, mended)
        if second is None or (first is not None and second.confidence <= first.confidence):
            continue
        if second.end - second.start != len(suspicion.word):
            continue  # a word torn apart: seen at the first look
        second.start, second.end = start, end
        if first is not None:
            found.remove(first)
        found.append(second)


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """``edits`` in order, without those that overlap one before them."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept

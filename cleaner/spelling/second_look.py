"""A second look at doubtful words beside a sure correction, which gives them a context at last.

    AmazonJeff Bezosdan    only after "Jeff" is it sure that "Bezosdan" is Bezos dan
    Fakto lingungan        only before "lingkungan" is it sure that "Fakto" is Faktor

Without it the first correction is made by one run of the cleaner and the second by the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.document import Document
from cleaner.edits import Edit
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
    """Replace in ``found`` (edits on ``document.text``) what a mended neighbour makes surer."""
    text = document.text
    sure = [edit for edit in found if edit.confidence >= _SURE and edit.rule != _SHOWN]
    if not sure:
        return
    ends, starts = {edit.end: edit for edit in sure}, {edit.start: edit for edit in sure}
    for suspicion, start, first in doubts:
        end = start + len(suspicion.word)
        if first is not None and first.confidence >= _SURE:
            continue
        before = ends.get(start - 1) if text[start - 1 : start] == " " else None
        after = starts.get(end + 1) if text[end : end + 1] == " " else None
        if before is None and after is None:
            continue
        mended, moved = text, 0
        if after is not None:
            mended = mended[: after.start] + after.after + mended[after.end :]
        if before is not None:
            mended = mended[: before.start] + before.after + mended[before.end :]
            moved = len(before.after) - (before.end - before.start)
        second = speller.settle(suspicion, mended, start + moved, document)
        if second is not None and (first is None or second.confidence > first.confidence):
            torn = second.end - second.start - len(suspicion.word) if after is None else 0
            second.start, second.end = start, end + torn
            if first is not None:
                found.remove(first)
            found.append(second)

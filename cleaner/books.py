"""The books of one text on its way through the stages: what applies, what is only suggested, what lost.

For each stage: edits that touch protected text or are not sure enough step aside; overlaps are
*resolved*; what is left is *applied*, and *composed* onto the changes so far, so that these always
point at the original.

Nothing is lost on the way: an edit that is not applied ends as a suggestion (not sure enough, or its
rule only suggests) or as suppressed (it lost against a stronger edit or a protected span).

Start reading at `Books.add`.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.compose import compose
from cleaner.edits import Change, Edit, Step, overlaps, splice
from cleaner.replay import map_span
from cleaner.result import CleanResult, Suppressed

if TYPE_CHECKING:
    from cleaner.engine import Cleaner
    from cleaner.rules.base import Rule

_PROTECTS = {
    # A URL that lost a space is still no sentence boundary; a date or an amount may need a space.
    "spacing": frozenset({"url", "email", "handle", "file", "code", "user"}),
    "typo": frozenset(
        {"url", "email", "handle", "hashtag", "file", "code", "number_unit", "date", "money", "user"}
    ),
}


@dataclass(slots=True)
class _Pending:
    """A possible suggestion, in offsets of the text as it stands, carried from stage to stage."""

    start: int
    end: int
    edit: Edit
    stage: str


class Books:
    """The books of one text on its way through the stages."""

    def __init__(self, cleaner: Cleaner, text: str) -> None:
        self.cleaner = cleaner
        self.config = cleaner.config
        self.original = self.text = text
        self.changes: list[Change] = []
        self.spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] | None = None
        self.pending: list[_Pending] = []
        self.suppressed: list[Suppressed] = []

    def add(self, stage: str, edits: list[Edit]) -> None:
        """Sort out the edits of one stage, apply the best and remember the rest."""
        edits = [edit for edit in edits if self.text[edit.start : edit.end] != edit.after]
        edits = self._unprotected(stage, edits)
        threshold = self.config.threshold(stage)
        suggests = self.cleaner._suggests
        certain: list[Edit] = []
        doubtful: list[Edit] = []
        for edit in edits:
            applies = edit.applicability == "safe" and edit.rule not in suggests
            (certain if applies and edit.confidence >= threshold else doubtful).append(edit)
        accepted, lost = resolve(certain, self.cleaner._enabled)
        for edit, winner in lost:
            self._suppress(edit.start, edit.end, edit, winner)
        new = []
        for edit in doubtful:
            better = _overlapping(accepted, edit.start, edit.end)
            if better is None:
                new.append(_Pending(edit.start, edit.end, edit, stage))
            elif better.after != edit.after:
                self._suppress(edit.start, edit.end, edit, better.rule)
        self.pending = [item for item in self.pending if self._survives(item, accepted)] + new
        if accepted:
            before = [(edit.start, edit.end) for edit in accepted]
            self.changes = compose(
                self.original, self.text, self.changes, accepted, stage, self.config.language
            )
            self.spans = None
            self.text = splice(self.text, ((e.start, e.end, e.after) for e in accepted))
            after = _after_spans(accepted)
            for item in self.pending:
                item.start, item.end = map_span(item.start, item.end, before, after)

    def _survives(self, item: _Pending, accepted: list[Edit]) -> bool:
        """Is the place of an earlier suggestion left alone by this stage?"""
        winner = _overlapping(accepted, item.start, item.end)
        if winner is None:
            return True
        if winner.after != item.edit.after:
            self._suppress(item.start, item.end, item.edit, winner.rule)
        return False

    def _unprotected(self, stage: str, edits: list[Edit]) -> list[Edit]:
        """The edits that touch no protected span.

        Only the surroundings of an edit are searched, except for the user's own patterns, which may be
        of any length.
        """
        kinds = _PROTECTS.get(stage)
        if kinds is None:
            return edits
        from cleaner.protect import protected_spans, user_spans
        from cleaner.surroundings import Spans, Windows, is_plain

        patterns, words = self.cleaner._patterns, self.cleaner._right_words
        own = Spans(user_spans(self.text, patterns, words) if patterns or words else ())
        windows = Windows(self.text)
        near: tuple[int, int] | None = None
        spans = Spans(())
        free = []
        for edit in sorted(edits, key=_span):
            if not own.spans and is_plain(self.text, edit):
                free.append(edit)
                continue
            window = windows.around(edit)
            if window != near:
                # Many edits inside one long token share a window: look at it once.
                near, (low, high) = window, window
                spans = Spans(
                    (low + start, low + end, kind)
                    for start, end, kind in protected_spans(self.text[low:high], kinds=kinds)
                    if kind in kinds
                )
            start = edit.start
            if self.text.startswith(edit.after, start, edit.end):
                start += len(edit.after)  # "46 persen persen" -> "46 persen" keeps the amount
            kind = own.touched(start, edit.end) or spans.touched(start, edit.end)
            if kind is None:
                free.append(edit)
            else:
                self._suppress(edit.start, edit.end, edit, f"protected.{kind}")
        return free

    def _suppress(self, start: int, end: int, edit: Edit, winner: str) -> None:
        """Write down an edit that lost, in original offsets, widened to whole changes."""
        before, after = self._spans()
        first, last = map_span(start, end, after, before)
        self.suppressed.append(
            Suppressed(
                first, last, self.original[first:last], edit.after, edit.rule,
                getattr(edit.reason, self.config.language), edit.confidence, winner,
            )
        )  # fmt: skip

    def _spans(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The spans of all changes in the original and in the text as it stands; kept for one stage."""
        if self.spans is None:
            self.spans = (
                [(change.start, change.end) for change in self.changes],
                [(change.cleaned_start, change.cleaned_end) for change in self.changes],
            )
        return self.spans

    def finish(self) -> CleanResult:
        """Close the books: give what may still be suggested its place in the original."""
        before, after = self._spans()
        suggestions = []
        for item in self.pending:
            start, end = map_span(item.start, item.end, after, before)
            left, right = map_span(start, end, before, after)
            left, right = min(left, item.start), max(right, item.end)
            edit, reason = item.edit, getattr(item.edit.reason, self.config.language)
            proposed = self.text[left : item.start] + edit.after + self.text[item.end : right]
            step = Step(item.stage, edit.rule, self.text[left:right], proposed, reason, edit.confidence)
            suggestions.append(
                Change(
                    start, end, left, right, self.original[start:end], proposed,
                    edit.rule, reason, edit.confidence, (step,), edit.alternatives,
                )
            )  # fmt: skip
        # Nothing may depend on the order in which rules propose: it follows that of a set of words.
        suggestions.sort(key=lambda change: (change.start, change.end, change.rule, change.after))
        self.suppressed.sort()
        return CleanResult(
            self.original, self.text, self.changes, suggestions, self.suppressed, self.cleaner.fingerprint
        )


def _overlapping(accepted: list[Edit], start: int, end: int) -> Edit | None:
    """The first of the sorted, disjoint ``accepted`` that overlaps a span, found by bisection."""
    i = bisect_left(accepted, (start, end), key=_span)
    # Two before: an insertion may stand between the span and a longer edit that reaches into it.
    for edit in accepted[max(0, i - 2) : i]:
        if overlaps(edit.start, edit.end, start, end):
            return edit
    while i < len(accepted) and accepted[i].start <= end:
        if overlaps(accepted[i].start, accepted[i].end, start, end):
            return accepted[i]
        i += 1
    return None


def _span(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _after_spans(accepted: list[Edit]) -> list[tuple[int, int]]:
    """Where the accepted edits, sorted and disjoint, stand once they are applied."""
    spans, grown = [], 0
    for edit in accepted:
        start = edit.start + grown
        spans.append((start, start + len(edit.after)))
        grown += len(edit.after) - (edit.end - edit.start)
    return spans


def resolve(edits: Iterable[Edit], rules: dict[str, Rule]) -> tuple[list[Edit], list[tuple[Edit, str]]]:
    """Choose among overlapping edits: the accepted ones, sorted, and the others with their winner.

    Higher rule priority goes first, then higher confidence, the longer span, the earlier start, the
    rule id. Each edit is accepted unless it overlaps one that already was, so an edit that itself
    loses takes nothing down with it (LanguageTool's left-to-right filter does).
    """
    ranked = sorted(
        edits,
        key=lambda e: (-rules[e.rule].priority, -e.confidence, e.start - e.end, e.start, e.rule, e.after),
    )
    accepted: list[Edit] = []
    lost: list[tuple[Edit, str]] = []
    for edit in ranked:
        winner = _overlapping(accepted, edit.start, edit.end)
        if winner is None:
            insort(accepted, edit, key=_span)
        elif winner.after != edit.after or (winner.start, winner.end) != (edit.start, edit.end):
            lost.append((edit, winner.rule))
    return accepted, lost

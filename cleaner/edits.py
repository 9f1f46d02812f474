"""Edits, changes, and the algebra between them.

A *rule* proposes an `Edit`: "replace text[start:end] by `after`", on the text of its own stage. The
engine applies the edits of one stage after the other. What a person reviews is a `Change`: the net
effect on the ORIGINAL text, composed from the edits of all stages.

The composition follows ICU's `Edits.mergeAndAppend`
(https://unicode-org.github.io/icu-docs/apidoc/released/icu4c/classicu_1_1Edits.html) with one
decision of our own: an edit that *touches* an earlier change stays a change of its own, an edit that
*overlaps* one is merged into it. So a repaired quotation mark and the misspelt word beside it can be
judged separately, and every change keeps the rule that made it.

Changes are sorted, and disjoint in the original as well as in the cleaned text. This is why any
subset of them can be applied or reverted, and why spans can be mapped both ways.

All offsets are Unicode code points, half-open: ``text[start:end]``.

Start reading at `compose`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from cleaner.errors import ChangeMismatchError

Applicability = Literal["safe", "unsafe", "display"]
"""safe: applied by default; unsafe: only on request; display: never applied, always a suggestion."""


class Bilingual(NamedTuple):
    """One sentence in Indonesian and in English."""

    id: str
    en: str


class Candidate(NamedTuple):
    """A possible correction and its score: log10 probability in its context, the higher the better."""

    term: str
    score: float


@dataclass(slots=True)
class Edit:
    """What one rule proposes: replace ``text[start:end]`` by ``after`` in the text of its stage.

    ``confidence`` is 0..1. ``alternatives`` are other corrections, best first, for the reviewer.
    """

    start: int
    end: int
    after: str
    rule: str
    reason: Bilingual
    confidence: float = 1.0
    applicability: Applicability = "safe"
    alternatives: tuple[Candidate, ...] = ()


class Step(NamedTuple):
    """One edit inside a change: what its stage saw (``before``) and what it wrote (``after``)."""

    stage: str
    rule: str
    before: str
    after: str
    reason: str
    confidence: float


_NUMBERS = ("start", "end", "cleaned_start", "cleaned_end")
_STRINGS = ("before", "after", "rule", "reason")


@dataclass(slots=True)
class Change:
    """The net effect of one or more edits on the original text.

    ``original[start:end] == before`` and ``cleaned[cleaned_start:cleaned_end] == after``. ``rule``
    and ``reason`` are those of the step that did most (of a byline that one stage removed and a comma
    that the next one removed beside it: the byline's), ``confidence`` is the lowest of all steps.
    """

    start: int
    end: int
    cleaned_start: int
    cleaned_end: int
    before: str
    after: str
    rule: str
    reason: str
    confidence: float
    steps: tuple[Step, ...]
    alternatives: tuple[Candidate, ...] = ()

    def __reduce__(self) -> tuple[type[Change], tuple[Any, ...]]:
        # Workers pickle thousands: this takes two thirds of what a dataclass does by itself.
        return Change, _values(self)

    @property
    def id(self) -> str:
        """Stable name of this change within its document: the same run gives the same id."""
        key = f"{self.start}\0{self.before}\0{self.after}\0{self.rule}"
        return hashlib.sha256(key.encode("utf-8")).hexdigest()[:12]

    def to_dict(self) -> dict[str, Any]:
        """This change as plain JSON values (see docs/change-log.md for the fields)."""
        row: dict[str, Any] = {
            "id": self.id,
            "start": self.start,
            "end": self.end,
            "cleaned_start": self.cleaned_start,
            "cleaned_end": self.cleaned_end,
            "before": self.before,
            "after": self.after,
            "rule": self.rule,
            "reason": self.reason,
            "confidence": self.confidence,
        }
        only = self.steps[0]
        if len(self.steps) == 1 and (only.before, only.after) == (self.before, self.after):
            row["stage"] = only.stage
        else:
            row["steps"] = [step._asdict() for step in self.steps]
        if self.alternatives:
            row["alternatives"] = [list(candidate) for candidate in self.alternatives]
        return row

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Change:
        """The change that `to_dict` wrote. Raises KeyError or TypeError on a malformed row."""
        for keys, kind in ((_NUMBERS, int), (_STRINGS, str)):
            for key in keys:
                if type(row[key]) is not kind:
                    raise TypeError(f"{key} is {row[key]!r}, not of type {kind.__name__}")
        if "steps" in row:
            steps = tuple(Step(**step) for step in row["steps"])
        else:
            steps = (
                Step(
                    row["stage"],
                    row["rule"],
                    row["before"],
                    row["after"],
                    row["reason"],
                    row["confidence"],
                ),
            )
        return cls(
            start=row["start"],
            end=row["end"],
            cleaned_start=row["cleaned_start"],
            cleaned_end=row["cleaned_end"],
            before=row["before"],
            after=row["after"],
            rule=row["rule"],
            reason=row["reason"],
            confidence=row["confidence"],
            steps=steps,
            alternatives=tuple(Candidate(t, s) for t, s in row.get("alternatives", ())),
        )


_values = attrgetter(*(field.name for field in fields(Change)))


def overlaps(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    """Do two half-open spans share a code point, or does an empty one lie inside the other?

    Touching at a border is no overlap, except that two insertions at one place are: nothing says
    which of them comes first.
    """
    if a_start == a_end and b_start == b_end:
        return a_start == b_start
    return a_start < b_end and b_start < a_end


def splice(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    """``text`` with each sorted, disjoint ``(start, end, after)`` replaced."""
    out = []
    position = 0
    for start, end, after in pieces:
        out.append(text[position:start])
        out.append(after)
        position = end
    out.append(text[position:])
    return "".join(out)


def compose(
    original: str,
    text: str,
    changes: Sequence[Change],
    edits: Sequence[Edit],
    stage: str,
    language: Literal["id", "en"],
) -> list[Change]:
    """Changes original -> text followed by ``edits`` on ``text``, as changes from the original.

    ``changes`` and ``edits`` are each sorted and disjoint. Both lists are walked once, in the
    coordinates of ``text``; whatever overlaps there forms one cluster, and a cluster becomes one
    change. A cluster whose net effect is nothing (inserted by one stage, deleted by the next)
    vanishes.
    """
    composed: list[Change] = []
    grown = 0  # length of the result minus length of `text`, so far
    shift = 0  # position in `original` minus position in `text`, so far
    c = e = 0
    while c < len(changes) or e < len(edits):
        first_change, first_edit = c, e
        takes_change = e == len(edits) or (c < len(changes) and changes[c].cleaned_start <= edits[e].start)
        if takes_change:
            start, end = changes[c].cleaned_start, changes[c].cleaned_end
            c += 1
        else:
            start, end = edits[e].start, edits[e].end
            e += 1
        # Grow the cluster while the next item of either list overlaps it.
        growing = True
        while growing:
            growing = False
            if c < len(changes) and changes[c].cleaned_start < end:
                end = max(end, changes[c].cleaned_end)
                c += 1
                growing = True
            if e < len(edits) and edits[e].start < end:
                end = max(end, edits[e].end)
                e += 1
                growing = True
        old, new = changes[first_change:c], edits[first_edit:e]
        original_start = start + shift
        for item in old:
            shift += len(item.before) - len(item.after)
        original_end = end + shift
        if not old and len(new) == 1:
            change = _first(original_start, start + grown, text[start:end], new[0], stage, language)
            after = change.after
        elif new:
            after = splice(text[start:end], ((x.start - start, x.end - start, x.after) for x in new))
            before = original[original_start:original_end]
            steps = tuple(step for item in old for step in item.steps) + tuple(
                Step(stage, x.rule, text[x.start : x.end], x.after, getattr(x.reason, language), x.confidence)
                for x in new
            )
            main = main_step(steps)
            change = Change(
                original_start,
                original_end,
                start + grown,
                start + grown + len(after),
                before,
                after,
                main.rule,
                main.reason,
                min(step.confidence for step in steps),
                steps,
                new[-1].alternatives,
            )
        else:
            after = text[start:end]
            change = _moved(old[0], grown) if grown else old[0]
        grown += len(after) - (end - start)
        if change.before == change.after:
            continue
        if composed and composed[-1].start == change.end:
            # Two insertions at one place: nothing of the original stands between them.
            change = _joined(composed.pop(), change)
        composed.append(change)
    return composed


def _first(
    original_start: int,
    cleaned_start: int,
    before: str,
    edit: Edit,
    stage: str,
    language: Literal["id", "en"],
) -> Change:
    """The change that one edit makes where nothing was changed before: nearly all are such."""
    reason: str = getattr(edit.reason, language)
    return Change(
        original_start,
        original_start + len(before),
        cleaned_start,
        cleaned_start + len(edit.after),
        before,
        edit.after,
        edit.rule,
        reason,
        edit.confidence,
        (Step(stage, edit.rule, before, edit.after, reason, edit.confidence),),
        edit.alternatives,
    )


def _moved(change: Change, by: int) -> Change:
    """The same change, ``by`` code points further on in the cleaned text."""
    return Change(
        change.start,
        change.end,
        change.cleaned_start + by,
        change.cleaned_end + by,
        change.before,
        change.after,
        change.rule,
        change.reason,
        change.confidence,
        change.steps,
        change.alternatives,
    )


def _joined(one: Change, two: Change) -> Change:
    steps = one.steps + two.steps
    main = main_step(steps)
    return replace(
        two,
        cleaned_start=one.cleaned_start,
        after=one.after + two.after,
        rule=main.rule,
        reason=main.reason,
        confidence=min(one.confidence, two.confidence),
        steps=steps,
    )


def main_step(steps: tuple[Step, ...]) -> Step:
    """The step that moved most text; of equals the last."""
    return max(reversed(steps), key=lambda step: len(step.before) + len(step.after))


def apply(original: str, changes: Iterable[Change]) -> str:
    """The text after ``changes`` (any sorted subset of a result's changes).

    Raises ChangeMismatchError where a change does not find its ``before`` in ``original``.
    """
    chosen = list(changes)
    _check(original, ((c, c.start, c.end, c.before) for c in chosen))
    return splice(original, ((c.start, c.end, c.after) for c in chosen))


def revert(cleaned: str, changes: Iterable[Change]) -> str:
    """The text before ``changes``: takes any sorted subset of a result's changes back.

    Raises ChangeMismatchError where a change does not find its ``after`` in ``cleaned``.
    """
    chosen = list(changes)
    _check(cleaned, ((c, c.cleaned_start, c.cleaned_end, c.after) for c in chosen))
    return splice(cleaned, ((c.cleaned_start, c.cleaned_end, c.before) for c in chosen))


def _check(text: str, expected: Iterable[tuple[Change, int, int, str]]) -> None:
    position = 0
    for change, start, end, words in expected:
        if start < position:
            raise ChangeMismatchError(
                f"change {change.id} at {start} starts before the one in front of it ends ({position}); "
                "pass the changes sorted and each only once"
            )
        if text[start:end] != words:
            raise ChangeMismatchError(
                f"change {change.id} expects {words!r} at {start}:{end} but the text has "
                f"{text[start:end]!r}; the log belongs to another text"
            )
        position = end


def map_span(
    start: int,
    end: int,
    source: Sequence[tuple[int, int]],
    target: Sequence[tuple[int, int]],
) -> tuple[int, int]:
    """Carry ``[start, end)`` from one side of a list of changes to the other.

    ``source`` and ``target`` hold the span of every change on either side. A border that falls
    inside a change is widened to the whole change, since no finer alignment is known; a border
    between characters that did not change maps exactly.
    """
    # An insertion exactly at `start` lies before the span; a replacement that starts there, inside.
    i = bisect_right(source, (start, start)) - 1
    if i >= 0 and start < source[i][1]:
        new_start = target[i][0]
    else:
        new_start = start + (target[i][1] - source[i][1] if i >= 0 else 0)
    if start == end:
        return new_start, target[i][1] if i >= 0 and start < source[i][1] else new_start
    # The last change that starts before `end`: an insertion at `end` lies behind the span.
    j = bisect_left(source, (end, end)) - 1
    if j >= 0 and end < source[j][1]:
        new_end = target[j][1]
    else:
        new_end = end + (target[j][1] - source[j][1] if j >= 0 else 0)
    return new_start, new_end

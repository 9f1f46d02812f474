"""Edits and changes: what a rule proposes, and what a person reviews.

A *rule* proposes an `Edit`: "replace text[start:end] by `after`", on the text of its own stage. The
engine applies the edits of one stage after the other. What a person reviews is a `Change`: the net
effect on the ORIGINAL text, composed from the edits of all stages (`compose`).

Changes are sorted, and disjoint in the original as well as in the cleaned text. This is why any
subset of them can be applied or reverted, and why spans can be mapped both ways (`replay`).

All offsets are Unicode code points, half-open: ``text[start:end]``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Literal, NamedTuple

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


def main_step(steps: tuple[Step, ...]) -> Step:
    """The step that moved most text; of equals the last."""
    return max(reversed(steps), key=lambda step: len(step.before) + len(step.after))

"""How a run obeys what people decided: a result is made anew from its changes and suggestions.

Start reading at `obey`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from cleaner.decisions import Decision, Decisions
from cleaner.edits import Bilingual, Change, Step, main_step, overlaps
from cleaner.replay import apply, map_span
from cleaner.result import CleanResult, Suppressed, sha256

_REASONS = {
    "accept": Bilingual("Saran ini diterima oleh seseorang.", "A person accepted this suggestion."),
    "replace": Bilingual("Seseorang menulis perbaikan lain.", "A person wrote another correction."),
}


def obey(result: CleanResult, decisions: Decisions, language: Literal["id", "en"] = "id") -> CleanResult:
    """``result`` as people want it: rejected changes taken back, others replaced, suggestions applied.

    What is taken back stands in ``suppressed`` with the winner "decision.pair" (or change, word,
    rule); what is replaced, or was only suggested, has the rule "decision.replace" or
    "decision.accept" and a last step of the stage "decision". Changes that nobody judged stay as they
    are. An accepted suggestion that covers a change which was rejected stays a suggestion.
    """
    if not decisions.votes or not (result.changes or result.suggestions):
        return result
    key = sha256(result.original)
    judged = [(change, decisions.of(change, key)) for change in result.changes]
    wished = [(change, decisions.of(change, key)) for change in result.suggestions]
    if not any(decision for _, decision in judged + wished):
        return result
    book = _Book(list(result.suppressed), language)
    for change, decision in judged:
        book.judge(change, decision)
    for change, decision in wished:
        book.wish(change, decision)
    changes, text = rebuilt(result.original, book.changes)
    before = [(change.start, change.end) for change in changes]
    after = [(change.cleaned_start, change.cleaned_end) for change in changes]
    suggestions = []
    for change in book.suggestions:
        start, end = map_span(change.start, change.end, before, after)
        suggestions.append(replace(change, cleaned_start=start, cleaned_end=end))
    book.suppressed.sort(key=lambda item: (item.start, item.end))
    return replace(result, text=text, changes=changes, suggestions=suggestions, suppressed=book.suppressed)


class _Book:
    """What becomes of each change and suggestion of one text."""

    def __init__(self, suppressed: list[Suppressed], language: Literal["id", "en"]) -> None:
        self.changes: list[Change] = []
        self.suggestions: list[Change] = []
        self.suppressed = suppressed
        self.language = language
        self.refused: list[Change] = []

    def judge(self, change: Change, decision: Decision | None) -> None:
        """A change that the rules made."""
        if decision is None or decision.decision == "accept":
            self.changes.append(change)
        elif decision.decision == "replace" and decision.value != change.before:
            self.refused.append(change)
            self.changes.append(self.decided(change, decision))
        else:
            self.refused.append(change)
            self.drop(change, decision)

    def wish(self, change: Change, decision: Decision | None) -> None:
        """A suggestion; accepted, it takes in the changes that it covers."""
        if decision is None:
            self.suggestions.append(change)
            return
        if decision.decision in ("reject", "ignore") or decision.value == change.before:
            self.drop(change, decision)
            return
        wanted = self.decided(change, decision)
        covered = [c for c in self.changes if overlaps(c.start, c.end, change.start, change.end)]
        within = all(change.start <= c.start and c.end <= change.end for c in covered)
        personal = any(c.steps[-1].stage == "decision" for c in covered)
        refused = any(overlaps(c.start, c.end, change.start, change.end) for c in self.refused)
        if refused or personal or not within:
            self.suggestions.append(change)
            return
        self.changes = [c for c in self.changes if c not in covered] + [wanted]

    def decided(self, change: Change, decision: Decision) -> Change:
        """The change as the person wants it, with a step that says so."""
        verdict = decision.decision
        after = decision.value if verdict == "replace" and decision.value is not None else change.after
        rule, reason = f"decision.{verdict}", getattr(_REASONS[verdict], self.language)
        if decision.note:
            reason = f"{reason} {decision.note}"
        step = Step("decision", rule, change.after, after, reason, 1.0)
        steps = (*change.steps, step)
        return replace(change, after=after, rule=rule, reason=reason, confidence=1.0, steps=steps)

    def drop(self, change: Change, decision: Decision) -> None:
        """Write down what a person did not want."""
        self.suppressed.append(
            Suppressed(
                change.start, change.end, change.before, change.after, change.rule, change.reason,
                change.confidence, f"decision.{decision.scope}",
            )
        )  # fmt: skip


def rebuilt(original: str, changes: Iterable[Change]) -> tuple[list[Change], str]:
    """Disjoint changes in order, with their places in the text that they give, and that text."""
    placed, grown = [], 0
    for change in sorted(changes, key=lambda item: (item.start, item.end)):
        start = change.start + grown
        end = start + len(change.after)
        placed.append(replace(change, cleaned_start=start, cleaned_end=end))
        grown = end - change.end
    return placed, apply(original, placed)


def proposed_by_rules(change: Change) -> Change:
    """A change as the rules proposed it, before a person replaced or accepted it.

    Its id and its key are those of the run that knew no decisions, so a log that obeys decisions can
    be reviewed again.
    """
    last = change.steps[-1]
    if last.stage != "decision" or len(change.steps) < 2:
        return change
    steps = change.steps[:-1]
    main = main_step(steps)
    return replace(
        change, after=last.before, rule=main.rule, reason=main.reason,
        confidence=min(step.confidence for step in steps), steps=steps,
    )  # fmt: skip

"""The edits of one stage joined to the changes of all stages before it.

It follows ICU's `Edits.mergeAndAppend`
(https://unicode-org.github.io/icu-docs/apidoc/released/icu4c/classicu_1_1Edits.html) with one
decision of our own: an edit that *touches* an earlier change stays a change of its own, an edit that
*overlaps* one is merged into it. So a repaired quotation mark and the misspelt word beside it can be
judged separately, and every change keeps the rule that made it.

Start reading at `compose`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from cleaner.edits import Change, Edit, Step, main_step, splice


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

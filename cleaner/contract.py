"""What holds of every result, whatever the text: the promises of the change log, as a check.

`cleaner doctor`, the property tests and the fuzzer (benchmarks/fuzz.py) all ask the same questions:
are the spans right, are the changes sorted and disjoint, do they lead from the original to the clean
text and back, does the result survive JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from cleaner.edits import Change
from cleaner.errors import ChangeMismatchError
from cleaner.replay import apply, revert
from cleaner.result import CleanResult


def broken_promises(result: CleanResult) -> list[str]:
    """What is wrong with a result, a sentence each; empty if every promise holds."""
    return [*_spans(result), *_ways(result)]


def _spans(result: CleanResult) -> Iterator[str]:
    """Every span points at what it says, on both sides."""
    original, text = result.original, result.text
    end = cleaned_end = 0
    for change in result.changes:
        yield from _texts(change, original)
        if text[change.cleaned_start : change.cleaned_end] != change.after:
            yield f"change {change.id}: after is not at {change.cleaned_start}:{change.cleaned_end}"
        if change.before == change.after:
            yield f"change {change.id} changes nothing"
        if change.start < end or change.cleaned_start < cleaned_end:
            yield f"change {change.id} is not behind the one in front of it"
        end, cleaned_end = change.end, change.cleaned_end
    if len({change.id for change in result.changes}) != len(result.changes):
        yield "two changes share an id"
    for change in result.suggestions:
        yield from _texts(change, original)
        if text[change.cleaned_start : change.cleaned_end] != change.steps[-1].before:
            yield f"suggestion {change.id}: {change.cleaned_start}:{change.cleaned_end} is not its place"
    for item in result.suppressed:
        if original[item.start : item.end] != item.before or not 0 <= item.start <= item.end <= len(original):
            yield f"suppressed {item.rule}: before is not at {item.start}:{item.end}"
    for things in (result.suggestions, result.suppressed):
        places = [(thing.start, thing.end) for thing in things]
        if places != sorted(places):
            yield "suggestions or suppressed edits are not sorted"


def _texts(change: Change, original: str) -> Iterator[str]:
    if not 0 <= change.start <= change.end <= len(original):
        yield f"change {change.id}: {change.start}:{change.end} is outside the text"
    elif original[change.start : change.end] != change.before:
        yield f"change {change.id}: before is not at {change.start}:{change.end}"
    if not 0 <= change.confidence <= 1:
        yield f"change {change.id}: confidence {change.confidence}"


def _ways(result: CleanResult) -> Iterator[str]:
    """The changes lead to the clean text and back, all or some of them, and through JSON."""
    try:
        if apply(result.original, result.changes) != result.text:
            yield "the changes do not lead from the original to the clean text"
        if revert(result.text, result.changes) != result.original:
            yield "the changes taken back do not give the original"
        some = result.changes[::2]
        rest = {change.id for change in result.changes[1::2]}
        if apply(result.original, some) != result.revert(rest):
            yield "half of the changes applied is not the other half taken back"
        row = result.to_dict()
        if CleanResult.from_dict(json.loads(json.dumps(row))).to_dict() != row:
            yield "the result is another one after JSON"
    except ChangeMismatchError as error:
        yield f"the changes do not fit: {error}"

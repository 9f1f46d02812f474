"""Changes carried out again, taken back, and used as a map between the original and the cleaned text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from cleaner.edits import Change, splice
from cleaner.errors import ChangeMismatchError


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

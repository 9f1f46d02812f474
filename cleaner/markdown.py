"""Markdown: only the prose is cleaned; syntax, code, link targets, HTML and front matter stay.

The file is cleaned as a whole, with asterisks where there is no prose, so that rules see the sentences
around a place; then every change that is not inside one stretch of prose is dropped. Nothing is cut out
or put in, so all offsets are those of the file.

pyromark (bindings of pulldown-cmark, https://github.com/pulldown-cmark/pulldown-cmark) tells where the
prose is: CommonMark 0.31 with GitHub's tables, strikethrough, task lists and footnotes. Extra ``markdown``.

Start reading at `prose_spans`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cleaner.edits import Change, splice
from cleaner.engine import check_text
from cleaner.errors import MissingExtraError
from cleaner.result import CleanResult, Suppressed

SUFFIXES = (".md", ".markdown")

WINNER = "protected.markdown"
"""In `Suppressed.winner`: the change lies outside the prose."""


def prose_spans(text: str) -> list[tuple[int, int]]:
    """Sorted, disjoint spans ``(start, end)`` of the prose: code points, half-open.

    A line break, a mark of emphasis, an entity (``&lt;``) or an escape ends a span, and so does the
    border of a table cell. Raises MissingExtraError without pyromark, InvalidTextError for a text with
    a lone surrogate.
    """
    try:
        from pyromark import Options, events_with_range
    except ImportError as error:
        raise MissingExtraError("pyromark, which reads Markdown,", "markdown") from error
    check_text(text)
    options = (
        Options.ENABLE_TABLES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_MATH
        | Options.ENABLE_GFM
        | Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    )
    code_point = _code_points(text)
    spans: list[tuple[int, int]] = []
    opened: list[bool] = []  # for each open block and inline: is what is in it no prose?
    for event, place in events_with_range(text, options=options):
        if not isinstance(event, dict):
            continue
        if "Start" in event:
            opened.append((opened[-1] if opened else False) or _is_no_prose(event["Start"]))
        elif "End" in event:
            opened.pop()
        elif "Text" in event and not (opened and opened[-1]):
            start, end = code_point(place["start"]), code_point(place["end"])
            if text[start:end] != event["Text"]:
                continue  # an entity or the like: what is read is not what is written
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return spans


def _is_no_prose(tag: Any) -> bool:
    """Is this code, HTML, front matter, or a link whose text is its address or its label?"""
    name = tag if isinstance(tag, str) else next(iter(tag))
    if name in ("Link", "Image"):
        return tag[name]["link_type"] in ("Autolink", "Email", "Shortcut", "Collapsed")
    return name in ("CodeBlock", "HtmlBlock", "MetadataBlock")


def _code_points(text: str) -> Callable[[int], int]:
    """From offsets in UTF-8 bytes, which must not fall, to code points."""
    if text.isascii():
        return lambda offset: offset
    data = text.encode("utf-8")
    seen = [0, 0]

    def code_point(offset: int) -> int:
        if offset < seen[0]:
            seen[:] = [0, 0]
        seen[1] += len(data[seen[0] : offset].decode("utf-8"))
        seen[0] = offset
        return seen[1]

    return code_point


def masked(text: str, spans: list[tuple[int, int]]) -> str:
    """``text``, as long as it is, with asterisks for everything but the prose and white space.

    The rules are careful beside brackets, addresses and underscores ("[tidka](a.png)"), which in
    Markdown say nothing about the word next to them.
    """
    pieces = []
    position = 0
    for start, end in [*spans, (len(text), len(text))]:
        pieces.append(re.sub(r"\S", "*", text[position:start]))
        pieces.append(text[start:end])
        position = end
    return "".join(pieces)


def only_prose(result: CleanResult, text: str, spans: list[tuple[int, int]]) -> CleanResult:
    """The result of cleaning ``masked(text, spans)`` as one of ``text``, without what is outside ``spans``.

    The changes that are left out become suppressed, with the winner "protected.markdown".
    """
    starts = [start for start, _ in spans]

    def inside(change: Change) -> bool:
        i = bisect_right(starts, change.start) - 1
        return i >= 0 and change.end <= spans[i][1]

    kept: list[Change] = []
    grown = 0
    for change in filter(inside, result.changes):
        start = change.start + grown
        kept.append(replace(change, cleaned_start=start, cleaned_end=start + len(change.after)))
        grown += len(change.after) - len(change.before)
    cleaned = replace(
        result,
        original=text,
        text=splice(text, ((change.start, change.end, change.after) for change in kept)),
        changes=kept,
        suggestions=[],
    )
    for suggestion in filter(inside, result.suggestions):
        left, right = cleaned.to_cleaned(suggestion.start, suggestion.end)
        cleaned.suggestions.append(replace(suggestion, cleaned_start=left, cleaned_end=right))
    lost = [item._replace(before=text[item.start : item.end]) for item in result.suppressed]
    lost += [_suppressed(change, text) for change in result.changes if not inside(change)]
    cleaned.suppressed = sorted(lost, key=lambda item: (item.start, item.end))
    return cleaned


def _suppressed(change: Change, text: str) -> Suppressed:
    before = text[change.start : change.end]
    return Suppressed(
        change.start, change.end, before, change.after, change.rule, change.reason, change.confidence, WINNER
    )

"""A result as a diff: for patch(1), for a terminal, for a web page.

Nothing is compared here: the changes are known, so they are only grouped into whole lines. A *block*
is a run of lines that differ; a *hunk* is one or more blocks with a few common lines around.

Only a line feed ends a line, as for patch(1). Start reading at `render`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from cleaner.edits import Change
from cleaner.result import CleanResult

Style = Literal["unified", "inline", "html"]
CONTEXT = 3

_NO_NEWLINE = "\\ No newline at end of file\n"
_RED, _GREEN, _OFF = "\x1b[31;9m", "\x1b[32m", "\x1b[0m"


def render(result: CleanResult, style: Style = "unified", name: str = "text", *, color: bool = False) -> str:
    """The changes of ``result`` for reading; empty for "unified" and "inline" if there are none.

    "unified": a diff that ``patch -p0`` applies to the file ``name``. "inline": the same hunks with
    ``[-before-]{+after+}`` inside the lines, or with ``color`` in red and green for a terminal.
    "html": the whole text, escaped, with <del> and <ins> that carry rule and reason as their title.
    Raises ValueError for another style.
    """
    if style == "html":
        return _html(result)
    if style == "inline":
        return "".join(_inline(result, hunk, color) for hunk in _hunks(result))
    if style != "unified":
        raise ValueError(f"style is {style!r}; valid are: unified, inline, html")
    hunks = "".join(_unified(result, hunk) for hunk in _hunks(result))
    label = _label(name)
    return f"--- {label}\n+++ {label}\n{hunks}" if hunks else ""


class _Block(NamedTuple):
    """Lines that differ: ``original[start:end]`` became ``cleaned[cleaned_start:cleaned_end]``."""

    start: int
    end: int
    cleaned_start: int
    cleaned_end: int
    changes: list[Change]


class _Hunk(NamedTuple):
    """Blocks with the common lines before, between and after them; the spans cover all of it."""

    start: int
    end: int
    blocks: list[_Block]
    line: int
    """Number of lines before ``start`` in the original."""
    cleaned_line: int


def _blocks(result: CleanResult) -> Iterator[_Block]:
    """The changes grouped so that every block starts and ends at a line border on both sides.

    Between two changes the texts are equal. If that stretch holds a border (a line start on both
    sides), the first one ends the block before it and the last one starts the block behind it.
    """
    original, text = result.original, result.text
    open_at = open_cleaned = 0
    members: list[Change] = []
    end = cleaned_end = 0
    for change in [*result.changes, None]:
        borders = _borders(original, text, end, cleaned_end, change.start if change else None)
        # Changed lines without a common one between them are one block, as diff(1) has it.
        if borders and (not members or not change or borders[0] < borders[1]):
            first, last = borders
            if members:
                shift = cleaned_end - end
                yield _Block(open_at, first, open_cleaned, first + shift, members)
            open_at, open_cleaned = last, last + cleaned_end - end
            members = []
        if change:
            members.append(change)
            end, cleaned_end = change.end, change.cleaned_end


def _borders(
    original: str, text: str, start: int, cleaned_start: int, stop: int | None
) -> tuple[int, int] | None:
    """First and last line border in the common stretch ``original[start:stop]``; None: to the end."""
    if _at_line_start(original, start) and _at_line_start(text, cleaned_start):
        first = start
    else:
        first = original.find("\n", start, stop) + 1
        if not first:
            return (len(original), len(original)) if stop is None else None
    return first, max(first, original.rfind("\n", start, stop) + 1)


def _at_line_start(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] == "\n"


def _hunks(result: CleanResult) -> Iterator[_Hunk]:
    """Blocks with their context; blocks whose context would meet share a hunk."""
    original = result.original
    line = counted = shift = 0
    group: list[_Block] = []
    for block in [*_blocks(result), None]:
        if group:
            end = _lines_after(original, group[-1].end, CONTEXT)
            if block and _lines_before(original, block.start, CONTEXT) <= end:
                group.append(block)
                continue
            start = _lines_before(original, group[0].start, CONTEXT)
            line += original.count("\n", counted, start)
            counted = start
            yield _Hunk(start, end, group, line, line + shift)
            shift += sum(
                _count(result.text[b.cleaned_start : b.cleaned_end]) - _count(original[b.start : b.end])
                for b in group
            )
        group = [block] if block else []


def _lines_before(text: str, position: int, number: int) -> int:
    """Start of the line ``number`` lines above the line start ``position``."""
    for _ in range(number):
        if position == 0:
            break
        position = text.rfind("\n", 0, position - 1) + 1
    return position


def _lines_after(text: str, position: int, number: int) -> int:
    """End of the line ``number`` lines below the line border ``position``."""
    for _ in range(number):
        position = text.find("\n", position) + 1 or len(text)
        if position == len(text):
            break
    return position


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _count(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n") and bool(text))


def _unified(result: CleanResult, hunk: _Hunk) -> str:
    body: list[str] = []
    position = hunk.start
    for block in hunk.blocks:
        body += [" " + line for line in _lines(result.original[position : block.start])]
        body += ["-" + line for line in _lines(result.original[block.start : block.end])]
        body += ["+" + line for line in _lines(result.text[block.cleaned_start : block.cleaned_end])]
        position = block.end
    body += [" " + line for line in _lines(result.original[position : hunk.end])]
    old = sum(line[0] != "+" for line in body)
    new = sum(line[0] != "-" for line in body)
    lines = [line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}" for line in body]
    return f"@@ -{_range(hunk.line, old)} +{_range(hunk.cleaned_line, new)} @@\n{''.join(lines)}"


def _range(before: int, count: int) -> str:
    """Start and length of a hunk; an empty one stands behind the line it names."""
    return f"{before + 1 if count else before},{count}"


def _label(name: str) -> str:
    """A file name for the header: patch(1) reads up to a tab, so one ends a name with spaces."""
    name = re.sub(r"[\x00-\x1f\x7f]", "?", name)
    return name + "\t" if " " in name else name


def _inline(result: CleanResult, hunk: _Hunk, color: bool) -> str:
    out = [f"@@ {hunk.line + 1} @@\n"]
    position = hunk.start
    for change in (change for block in hunk.blocks for change in block.changes):
        out.append(result.original[position : change.start])
        out.append(_marked(change, color))
        position = change.end
    out.append(result.original[position : hunk.end])
    text = "".join(out)
    return text if text.endswith("\n") else text + "\n"


def _marked(change: Change, color: bool) -> str:
    before, after = change.before, change.after
    tail = ""
    if not after and before[:-1] and before.endswith("\n"):  # a line that goes: close the mark before it ends
        before, tail = before[:-1], "\n"
    if not color:
        return (f"[-{before}-]" if before else "") + (f"{{+{after}+}}" if after else "") + tail
    # White space has no ink: show it on a coloured ground.
    red = "\x1b[41m" if before.isspace() else _RED
    green = "\x1b[42m" if after.isspace() else _GREEN
    return (f"{red}{before}{_OFF}" if before else "") + (f"{green}{after}{_OFF}" if after else "") + tail


def _html(result: CleanResult) -> str:
    out = ['<div class="cleaner-diff" style="white-space: pre-wrap">']
    position = 0
    for change in result.changes:
        out.append(html.escape(result.original[position : change.start]))
        title = html.escape(f"{change.rule}: {change.reason}")
        if change.before:
            out.append(f'<del title="{title}">{html.escape(change.before)}</del>')
        if change.after:
            out.append(f'<ins title="{title}">{html.escape(change.after)}</ins>')
        position = change.end
    out.append(html.escape(result.original[position:]))
    out.append("</div>")
    return "".join(out)

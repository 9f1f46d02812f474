r"""Quotation marks: which way a straight one points, and "?" where a curly one was lost.

A text that went through a code page without curly quotes shows "?" in their place:

    ?Jalur baru ini lebih cepat,? ujar Hendra.

Only the position tells such a mark from a question. A question mark is never written in front of a
word, nor behind a comma; that, seen as a pair in one line, is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.rules.characters import Found

# No question mark stands at the start of a text or behind a space or another mark; starting the pattern
# with the mark itself lets `re` search for it at memory speed.
_UNUSUAL = re.compile(r"\?(?:(?<=[\s,.!]\?)|(?<!.\?))")
_LOST = re.compile(
    r"(?P<open>(?<!\S)\?(?=[A-Za-z]))"  # in front of a word, behind a space
    r"|(?P<close>[,.!]\?(?!\S))"  # behind a comma or a full stop
)
_LOST_AROUND_WORD = re.compile(r"(?<=\w )\?[A-Za-z][\w-]*\?(?=[ ,.])")


def lost_quotes(text: str) -> Iterator[Found]:
    """Marks "?" that were a curly quotation mark.

    An opening and a closing one in a line are certain. What stands alone counts only in a text that
    has such a pair: quotations often run over several paragraphs, each opened, only the last closed.
    """
    if not _UNUSUAL.search(text):
        return
    alone: list[Found] = []
    pairs = 0
    at = text.find("?")
    while at >= 0:
        start, end = line_span(text, at)
        waiting: Found | None = None
        for match in _LOST.finditer(text, start, end):
            at = match.end() - 1
            if match["open"]:
                if waiting:
                    alone.append(waiting)
                waiting = Found("encoding.question_mark", at, at + 1, "“", 0.7 if _starts(text, at) else 0.4)
            elif waiting:
                pairs += 1
                yield waiting._replace(confidence=0.9)
                yield Found("encoding.question_mark", at, at + 1, "”", 0.9)
                waiting = None
            else:
                alone.append(Found("encoding.question_mark", at, at + 1, "”", 0.6))
        if waiting:
            alone.append(waiting)
        for match in _LOST_AROUND_WORD.finditer(text, start, end):
            yield Found("encoding.question_mark", match.start(), match.start() + 1, "“", 0.6)
            yield Found("encoding.question_mark", match.end() - 1, match.end(), "”", 0.6)
        at = text.find("?", end)
    for found in alone:
        yield found if pairs else found._replace(confidence=0.2)


def line_span(text: str, at: int) -> tuple[int, int]:
    """Start and end of the line that holds position ``at``, without its line break."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def _starts(text: str, at: int) -> bool:
    """Can a quotation start at ``at``: at the start of a line, or behind a finished clause?

    Behind a bare word the mark may be a question with its spaces on the wrong side ("siap ?Itulah").
    """
    before = text[max(0, at - 3) : at].rstrip(" ")
    return not before or before[-1] in '\n.,:;!?”"' or text[at - 1] == "\n"


def straight_quote_opens(line: str) -> dict[int, bool]:
    """For every straight double quote of ``line``: does it open a quotation?

    White space on one side decides. Where there is none ('lalu."Itu') or some on both sides, the
    marks alternate; so one missing quote misleads only as far as the next clear one.
    """
    opens: dict[int, bool] = {}
    is_open = False
    at = line.find('"')
    while at >= 0:
        space_before = at == 0 or line[at - 1] in " \t\u00a0([{"
        space_after = at + 1 == len(line) or line[at + 1] in " \t\u00a0)]},.;:!?"
        is_open = space_before if space_before != space_after else not is_open
        opens[at] = is_open
        at = line.find('"', at + 1)
    return opens

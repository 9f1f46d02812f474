"""What stands around an edit: the window in which something protected may begin or end, and what it touches.

Both are asked for every edit of a text, and a text may be one token of a megabyte: so no window is walked
twice, and no list is read from its start.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from cleaner.edits import Edit, overlaps
from cleaner.protect import SIGN

_NEAR = 40
"""Code points around an edit in which it may be part of something protected: "Rp 1,5 triliun"."""
_FAR = 200
"""Code points in which a token that reaches out of there has to end."""


def is_plain(text: str, edit: Edit) -> bool:
    """Is there surely nothing to protect around an edit? Of most prose one look tells."""
    low, high = max(0, edit.start - _NEAR), edit.end + _NEAR
    start, end = text.rfind(" ", max(0, low - _FAR), low), text.find(" ", high, high + _FAR)
    if (start < 0 and low > _FAR) or (end < 0 and high + _FAR < len(text)):
        return False
    return not SIGN.search(text, max(0, start), end if end >= 0 else len(text))


class Spans:
    """Protected spans in which an edit finds those it touches by bisection."""

    def __init__(self, spans: Iterable[tuple[int, int, str]]) -> None:
        self.spans: list[tuple[int, int, str]] = []
        for start, end, kind in sorted(spans):
            if self.spans and start < self.spans[-1][1]:
                start, old, kind = self.spans.pop()
                end = max(end, old)
            self.spans.append((start, end, kind))
        self.ends: list[int] = [end for _, end, _ in self.spans]

    def touched(self, start: int, end: int) -> str | None:
        """The kind of the first span that overlaps ``[start, end)``."""
        for i in range(bisect_left(self.ends, start), len(self.spans)):
            first, last, kind = self.spans[i]
            if first > end:
                break
            if overlaps(first, last, start, end):
                return kind
        return None


class Windows:
    """The surroundings of edits in which something protected may begin or end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.token: tuple[int, int] = (0, 0)
        """A long stretch without a blank, whose window is known."""
        self.window: tuple[int, int] = (0, 0)

    def around(self, edit: Edit) -> tuple[int, int]:
        """A part of the line around an edit that cuts through no token."""
        text = self.text
        low, high = max(0, edit.start - _NEAR), min(len(text), edit.end + _NEAR)
        if self.token[0] <= low and high <= self.token[1]:
            return self.window  # not walked again for each edit in a token of a megabyte
        start, end = low, high
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        one = end - start > 10 * _NEAR and not any(map(str.isspace, text[low:high]))
        token, low, high = (start, end), start, end
        low = max(low, text.rfind("\n", low, edit.start) + 1)
        line_end = text.find("\n", edit.end, high)
        if "`" in text[low:high]:  # code spans are pairs of backticks: count them from the line's start
            low, line_end = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end)
            high = len(text)
        window = low, line_end if line_end >= 0 else high
        if one:
            self.token, self.window = token, window
        return window

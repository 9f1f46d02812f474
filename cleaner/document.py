"""One document as the stages see it: its text, and what several rules want to know about it.

Everything beyond the text is computed at most once and only when asked for: most documents need
little of it.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property


class Document:
    """The text of one stage, with derived views. Offsets are code points of ``text``, half-open."""

    def __init__(self, text: str, outlet: str | None = None) -> None:
        self.text = text
        self.outlet = outlet
        """Outlet the caller knows this text is from (a pack id such as "kompas"), or None."""

    def part(self, start: int, end: int) -> Document:
        """The document of ``text[start:end]``; itself if that is all of it."""
        if start == 0 and end == len(self.text):
            return self
        return Document(self.text[start:end], self.outlet)

    @cached_property
    def words(self) -> list[str]:
        """The white-space separated tokens in order, punctuation included."""
        return self.text.split()

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The set of white-space separated tokens, punctuation included ("selesai.Menurut")."""
        return frozenset(self.words)

    @cached_property
    def frequent_names(self) -> dict[str, list[tuple[str, int]]]:
        """Capitalised words (Aa...) that stand at least three times with no mark beside them, by initial."""
        found: dict[str, list[tuple[str, int]]] = {}
        for token, count in Counter(filter(str.isalpha, filter(str.istitle, self.words))).items():
            if count >= 3:
                found.setdefault(token[0], []).append((token, count))
        return found

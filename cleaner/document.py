"""One document as the stages see it: its text, and what several rules want to know about it.

Everything beyond the text is computed at most once and only when asked for: most documents need
little of it.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from cleaner.spelling.tokens import core


class Document:
    """The text of one stage, with derived views. Offsets are code points of ``text``, half-open."""

    def __init__(self, text: str, outlet: str | None = None) -> None:
        self.text = text
        self.outlet = outlet
        """Outlet the caller knows this text is from (a pack id such as "kompas"), or None."""

    @cached_property
    def lower(self) -> str:
        """Text in lower case, for case-insensitive substring triggers only.

        Not for offsets: lower-casing can change the length ("İ" becomes two code points).
        """
        return self.text.lower()

    @cached_property
    def words(self) -> list[str]:
        """The white-space separated tokens in order, punctuation included."""
        return self.text.split()

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The set of white-space separated tokens, punctuation included ("selesai.Menurut")."""
        return frozenset(self.words)

    @cached_property
    def capitalised(self) -> Counter[str]:
        """How often each capitalised word (Aa..., without the marks around it) stands in the text."""
        found: Counter[str] = Counter()
        for token, count in Counter(self.words).items():
            # Most tokens start in lower case; the quick look spares taking them apart.
            if not token[0].islower():
                inside = core(token)
                if inside is not None and inside.text.istitle():
                    found[inside.text] += count
        return found

    @cached_property
    def frequent_names(self) -> list[tuple[str, int]]:
        """The capitalised words that stand in the text at least three times."""
        return [(name, count) for name, count in self.capitalised.items() if count >= 3]

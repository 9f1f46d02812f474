"""What a rule pack is: the rules of one outlet, each a pattern with what tells where it may match.

A pattern is loaded when its trigger word is first seen in a text, not before: most processes never
need most of the patterns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.edits import Bilingual
from cleaner.errors import RulePackError
from cleaner.rules.precompiled import load

if TYPE_CHECKING:
    from regex import Pattern  # type: ignore[import-untyped]

KINDS = (
    "dateline", "read_also", "byline", "credit", "ad", "media", "nav", "promo", "republish", "tags", "other",
)  # fmt: skip

SCOPES = {
    "head": "at the very beginning, or right behind other boilerplate that stands there",
    "opening": "as head, and at the beginning of each of the first lines",
    "line": "a whole line",
    "inline": "anywhere",
    "tail": "at the very end, or right before other boilerplate that stands there",
}

ENDS = {
    "": "nothing",
    "headline": 'the headline behind a label such as "Baca juga:"',
    "headlines": 'one headline or several, as behind "Pilihan Redaksi"',
    "lost_headline": "the headline, if there is one: as a rule the scraper lost the link and kept its label",
}
"""What follows a match and goes with it."""


def packs_folder() -> Path:
    """The folder of the shipped packs."""
    from cleaner.spelling.data import data_folder

    return data_folder() / "boilerplate"


@dataclass(frozen=True)
class PackRule:
    """One rule of a pack, checked. ``pattern`` has its macros expanded."""

    id: str
    outlet: str
    kind: str
    description: Bilingual
    trigger: tuple[str, ...]
    pattern: str
    scope: str
    confidence: float
    end: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    places: tuple[str, ...] = field(repr=False)
    timeout: float | None = None
    """Seconds the pattern may spend on one text: for those of a user's own packs. The shipped ones are
    tested to be linear, and watching the clock would cost more than most of their matches."""

    @property
    def source(self) -> str:
        """The pattern, anchored as its scope demands."""
        source = f"(?:{self.pattern})"
        if self.scope == "line":
            return rf"(?m)^[^\S\n]*+{source}[^\S\n]*+$"
        return source + r"\s*+\Z" if self.scope == "tail" else source

    @cached_property
    def regex(self) -> Pattern[str]:
        """`source`, ready to be searched for. Raises RulePackError if it is malformed."""
        shipped = self.timeout is None
        return (load(self.source, packs_folder()) if shipped else None) or self.compile()

    def compile(self) -> Pattern[str]:
        """`source`, compiled anew. Raises RulePackError if it is malformed."""
        import regex

        try:
            return regex.compile(self.source, regex.V0, cache_pattern=False)
        except regex.error as error:
            raise RulePackError(f"rule {self.id}: pattern is no regular expression: {error}") from error

    @cached_property
    def match(self) -> Callable[..., Any]:
        """`regex.Pattern.match`. Raises TimeoutError (see ``timeout``); so do the next two."""
        return self._timed(self.regex.match)

    @cached_property
    def search(self) -> Callable[..., Any]:
        """`regex.Pattern.search`."""
        return self._timed(self.regex.search)

    @cached_property
    def finditer(self) -> Callable[..., Any]:
        """`regex.Pattern.finditer`."""
        return self._timed(self.regex.finditer)

    def _timed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        return method if self.timeout is None else partial(method, timeout=self.timeout)

    def accepts(self, match: Any) -> bool:
        """Are the groups ``place``, ``place2`` known places, and is ``no_place`` none?"""
        for name, text in match.groupdict().items():
            if text and name in _PLACE_GROUPS:
                known = _both_cases(self.places)
                if all(part in known for part in text.split("/")) != _PLACE_GROUPS[name]:
                    return False
        return True


_PLACE_GROUPS = {"place": True, "place2": True, "no_place": False, "no_place2": False}


@lru_cache(maxsize=4)
def _both_cases(places: tuple[str, ...]) -> frozenset[str]:
    """Each place name as written in running text and in a dateline: "Banda Aceh", "BANDA ACEH"."""
    return frozenset(form for place in places for form in (place, place.upper()))


@dataclass(frozen=True)
class Pack:
    """All rules of one outlet, and the words its articles betray themselves by."""

    outlet: str
    name: str
    marks: tuple[str, ...]
    rules: tuple[PackRule, ...]

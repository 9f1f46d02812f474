"""What cleaning a text returns: the clean text and the whole story of how it came about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from cleaner.edits import Change, splice
from cleaner.errors import ChangeMismatchError
from cleaner.replay import apply, map_span

SCHEMA = "cleaner.changes/1"


class Suppressed(NamedTuple):
    """An edit that lost against another one or against a protected span, in original offsets."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    reason: str
    confidence: float
    winner: str
    """Id of the rule that won, or "protected.url" and the like."""


@dataclass(slots=True)
class CleanResult:
    """A cleaned text with its changes. Offsets are code points, half-open.

    ``text == cleaner.apply(original, changes)``; changes are sorted and disjoint on both sides.
    ``suggestions`` were proposed but not applied (not sure enough, or a rule that only suggests);
    ``suppressed`` lost against a stronger edit, which is named.
    """

    original: str
    text: str
    changes: list[Change]
    suggestions: list[Change] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    fingerprint: str = ""

    def apply(self, accept: Callable[[Change], bool] | Iterable[str]) -> str:
        """The original with only the accepted changes: ids, or a function that says yes.

        Raises KeyError for an id that is no change of this result.
        """
        if callable(accept):
            return apply(self.original, [change for change in self.changes if accept(change)])
        wanted = self._known(accept)
        return apply(self.original, [change for change in self.changes if change.id in wanted])

    def revert(self, ids: Iterable[str] | None = None) -> str:
        """The cleaned text with these changes taken back; None takes back all: the original.

        Raises KeyError for an id that is no change of this result.
        """
        if ids is None:
            return apply(self.original, [])
        refused = self._known(ids)
        return apply(self.original, [change for change in self.changes if change.id not in refused])

    def _known(self, ids: Iterable[str]) -> set[str]:
        wanted = set(ids)
        unknown = wanted - {change.id for change in self.changes}
        if unknown:
            raise KeyError(f"no change has the id {min(unknown)!r}")
        return wanted

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Carry a span of the cleaned text to the original, widened to whole changes.

        Raises IndexError unless ``0 <= start <= end <= len(text)``.
        """
        _check_span(start, end, len(self.text))
        return map_span(start, end, self._cleaned_spans(), self._original_spans())

    def to_cleaned(self, start: int, end: int) -> tuple[int, int]:
        """Carry a span of the original to the cleaned text; empty where it was removed.

        Raises IndexError unless ``0 <= start <= end <= len(original)``.
        """
        _check_span(start, end, len(self.original))
        return map_span(start, end, self._original_spans(), self._cleaned_spans())

    def _original_spans(self) -> list[tuple[int, int]]:
        return [(change.start, change.end) for change in self.changes]

    def _cleaned_spans(self) -> list[tuple[int, int]]:
        return [(change.cleaned_start, change.cleaned_end) for change in self.changes]

    @property
    def metadata(self) -> dict[str, object]:
        """What the removed boilerplate says: outlet, city, byline, editor, read_also (see `metadata`)."""
        from cleaner.metadata import metadata

        return metadata(self)

    def marked(self, opening: str = "⟦", closing: str = "⟧") -> str:
        """The cleaned text with the removed boilerplate left in its place, between two marks."""
        pieces = [
            (c.start, c.end, f"{opening}{c.before}{closing}{c.after}" if _is_removal(c) else c.after)
            for c in self.changes
        ]
        return splice(self.original, pieces)

    def diff(self, style: Literal["unified", "inline", "html"] = "unified", name: str = "text") -> str:
        """The changes for reading: a unified diff, words marked in a line, or an HTML fragment."""
        from cleaner.report.diff import render

        return render(self, style, name)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, with a schema version and the sha256 of both texts."""
        return {
            "schema": SCHEMA,
            "original": self.original,
            "text": self.text,
            **self.to_log(),
        }

    def to_log(self) -> dict[str, Any]:
        """As `to_dict` without the two texts: the row that a change log holds for a document."""
        return {
            "sha256": {"original": sha256(self.original), "cleaned": sha256(self.text)},
            "fingerprint": self.fingerprint,
            "changes": [change.to_dict() for change in self.changes],
            "suggestions": [change.to_dict() for change in self.suggestions],
            "suppressed": [item._asdict() for item in self.suppressed],
        }

    @classmethod
    def of_log(cls, row: dict[str, Any], original: str, text: str) -> CleanResult:
        """The result of which `to_log` wrote ``row``, with its texts, which are not checked.

        Raises KeyError or TypeError on a malformed row.
        """
        return cls(
            original,
            text,
            [Change.from_dict(item) for item in row["changes"]],
            [Change.from_dict(item) for item in row["suggestions"]],
            [Suppressed(**item) for item in row["suppressed"]],
            row["fingerprint"],
        )

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> CleanResult:
        """The result that `to_dict` wrote.

        Raises ChangeMismatchError if a hash or the changes do not fit the texts, and ValueError for
        another schema or a missing field.
        """
        if row.get("schema") != SCHEMA:
            raise ValueError(f"schema is {row.get('schema')!r}, this version reads {SCHEMA!r}")
        try:
            result = cls.of_log(row, row["original"], row["text"])
            hashes = row["sha256"]["original"], row["sha256"]["cleaned"]
        except (KeyError, TypeError) as error:
            raise ValueError(f"malformed result: {error!r}") from error
        if hashes != (sha256(result.original), sha256(result.text)):
            raise ChangeMismatchError("the texts are not those the hashes were made of")
        if apply(result.original, result.changes) != result.text:
            raise ChangeMismatchError("the changes do not lead from the original to the text")
        return result


def _is_removal(change: Change) -> bool:
    return change.rule.startswith("boilerplate.") and bool(change.before)


def sha256(text: str) -> str:
    """Hex digest of the UTF-8 bytes of ``text``."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _check_span(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise IndexError(f"span {start}:{end} is not inside a text of {length} code points")

"""What a run did, in numbers: counted by document, added up over blocks, written as stats.json.

A `Stats` of each block is added to the run's in the order of the blocks, so the totals do not depend on
the number of processes. All counters but the times are the same each time.

The memory is bounded: of the corrections only the most frequent are kept (as in lossy counting, Manku
and Motwani, 2002, "Approximate Frequency Counts over Data Streams"), and of the slowest documents a few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from cleaner.errors import InputError

SCHEMA = "cleaner.stats/1"

RATES = (0, 1, 2, 5, 10, 20, 50, 100)
"""Upper ends of the bins of changes per 1,000 words; the last bin is open."""

CONFIDENCE_BINS = 20
"""Of equal width, from 0 to 1."""

UNKNOWN = "unknown"
"""Outlet of a document that names none."""

_KEPT = 4000  # corrections; when there are more, half of them go
_SLOWEST = 20
_LONGEST = 40  # code points on one side of a correction; longer ones are not of a kind
_AROUND = 40  # code points of context on each side of an example


@dataclass
class Rule:
    """How often one rule acted."""

    changes: int = 0
    documents: int = 0
    suggestions: int = 0

    def add(self, other: Rule) -> None:
        """Add the numbers of another part."""
        self.changes += other.changes
        self.documents += other.documents
        self.suggestions += other.suggestions


@dataclass
class Outlet:
    """Documents of one outlet; lengths in code points of the original."""

    documents: int = 0
    chars: int = 0
    boilerplate: int = 0

    def add(self, other: Outlet) -> None:
        """Add the numbers of another part."""
        self.documents += other.documents
        self.chars += other.chars
        self.boilerplate += other.boilerplate


@dataclass
class Correction:
    """One replacement, how often it was made, and the first place."""

    count: int
    doc_id: str
    context: list[str] | None = None
    """The original before and behind the place; None where the text is not at hand."""


@dataclass
class Stats:
    """The numbers of a run or of a part of it."""

    documents: int = 0
    """With a text, whether cleaned, left or failed."""
    changed: int = 0
    rejected: int = 0
    """Documents, lines and files that could not be cleaned."""
    other_language: int = 0
    """Documents passed through by the language filter."""
    duplicate_ids: int = 0
    words: int = 0
    """Tokens between white space, of the originals."""
    chars: int = 0
    """Code points of the originals."""
    bytes_read: int = 0
    """Uncompressed."""
    changes: int = 0
    suggestions: int = 0
    rules: dict[str, Rule] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    rates: list[int] = field(default_factory=lambda: [0] * (len(RATES) + 1))
    """Documents by changes per 1,000 words."""
    confidences: list[int] = field(default_factory=lambda: [0] * CONFIDENCE_BINS)
    """Changes by confidence."""
    corrections: dict[tuple[str, str, str], Correction] = field(default_factory=dict)
    """By rule, before and after."""
    corrections_complete: bool = True
    """False: rare ones were dropped, and counts of those that came back later are too low."""
    only_logged: bool = False
    """Made from a change log alone, which does not tell of documents without changes and suggestions."""
    seconds: float = 0.0
    """Time spent cleaning, added up over all processes."""
    slowest: list[tuple[float, str, int]] = field(default_factory=list)
    """Seconds, doc_id and code points of the documents that took longest."""

    def add_document(
        self, row: dict[str, Any], words: int, chars: int, outlet: str | None, text: str | None = None
    ) -> None:
        """Count one cleaned document by its row in the change log; ``text`` gives examples a context."""
        changes = row["changes"]
        self.documents += 1
        self.words += words
        self.chars += chars
        self.changed += bool(changes)
        self.changes += len(changes)
        self.suggestions += len(row["suggestions"])
        self.rates[bisect_left(RATES, 1000 * len(changes) / max(1, words))] += 1
        boilerplate = 0
        for change in changes:
            rule = change["rule"]
            self.rules.setdefault(rule, Rule()).changes += 1
            self.confidences[min(CONFIDENCE_BINS - 1, int(change["confidence"] * CONFIDENCE_BINS))] += 1
            if rule.startswith("boilerplate."):
                boilerplate += len(change["before"]) - len(change["after"])
            else:
                self._correct(change, row["doc_id"], text)
        for rule in {change["rule"] for change in changes}:
            self.rules[rule].documents += 1
        for change in row["suggestions"]:
            self.rules.setdefault(change["rule"], Rule()).suggestions += 1
        place = self.outlets.setdefault(outlet or UNKNOWN, Outlet())
        place.add(Outlet(1, chars, boilerplate))

    def _correct(self, change: dict[str, Any], doc_id: str, text: str | None) -> None:
        before, after = change["before"], change["after"]
        if len(before) > _LONGEST or len(after) > _LONGEST:
            return
        key = (change["rule"], before, after)
        known = self.corrections.get(key)
        if known:
            known.count += 1
            return
        context = None
        if text is not None:
            start, end = change["start"], change["end"]
            context = [text[max(0, start - _AROUND) : start], text[end : end + _AROUND]]
        self.corrections[key] = Correction(1, doc_id, context)

    def time(self, seconds: float, doc_id: str, chars: int) -> None:
        """Note how long a document took."""
        self.seconds += seconds
        self.slowest.append((round(seconds, 4), doc_id, chars))
        if len(self.slowest) > 2 * _SLOWEST:
            self._prune_slowest()

    def _prune_slowest(self) -> None:
        self.slowest = sorted(self.slowest, reverse=True)[:_SLOWEST]

    def add(self, other: Stats) -> None:
        """Add the numbers of the next part."""
        for item in fields(self):
            value = getattr(other, item.name)
            if type(value) in (int, float):
                setattr(self, item.name, getattr(self, item.name) + value)
        self.corrections_complete &= other.corrections_complete
        self.only_logged |= other.only_logged
        for mine, theirs in ((self.rates, other.rates), (self.confidences, other.confidences)):
            mine[:] = [a + b for a, b in zip(mine, theirs, strict=True)]
        for name, rule in other.rules.items():
            self.rules.setdefault(name, Rule()).add(rule)
        for name, outlet in other.outlets.items():
            self.outlets.setdefault(name, Outlet()).add(outlet)
        for key, correction in other.corrections.items():
            known = self.corrections.get(key)
            if known:
                known.count += correction.count
            else:
                self.corrections[key] = correction
        if len(self.corrections) > _KEPT:
            self.corrections = dict(self.top_corrections()[: _KEPT // 2])
            self.corrections_complete = False
        self.slowest += other.slowest
        self._prune_slowest()

    def top_corrections(self) -> list[tuple[tuple[str, str, str], Correction]]:
        """The corrections, the most frequent first."""
        return sorted(self.corrections.items(), key=lambda item: (-item[1].count, item[0]))

    def word_corrections(self) -> list[tuple[tuple[str, str, str], Correction]]:
        """As `top_corrections`, without those that only insert or remove something."""
        return [item for item in self.top_corrections() if item[0][1].strip() and item[0][2].strip()]

    def to_dict(self, top: int | None = None) -> dict[str, Any]:
        """Plain JSON values; of the corrections the ``top`` most frequent, or all."""
        row = asdict(self)
        row["rules"] = {
            name: asdict(rule)
            for name, rule in sorted(self.rules.items(), key=lambda item: (-item[1].changes, item[0]))
        }
        row["outlets"] = {
            name: asdict(outlet)
            for name, outlet in sorted(self.outlets.items(), key=lambda item: (-item[1].documents, item[0]))
        }
        row["corrections"] = [
            {"rule": key[0], "before": key[1], "after": key[2], **asdict(correction)}
            for key, correction in (self.top_corrections()[:top] if top else self.corrections.items())
        ]
        row["seconds"] = round(self.seconds, 3)
        return {"schema": SCHEMA, **row}

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Stats:
        """What `to_dict` wrote. Raises ValueError for another schema, KeyError or TypeError if malformed."""
        row = dict(row)
        if row.pop("schema", None) != SCHEMA:
            raise ValueError(f"this version reads {SCHEMA!r}")
        stats = cls(**row)
        stats.rules = {name: Rule(**value) for name, value in row["rules"].items()}
        stats.outlets = {name: Outlet(**value) for name, value in row["outlets"].items()}
        stats.corrections = {
            (item.pop("rule"), item.pop("before"), item.pop("after")): Correction(**item)
            for item in (dict(item) for item in row["corrections"])
        }
        stats.slowest = [(seconds, doc_id, chars) for seconds, doc_id, chars in row["slowest"]]
        return stats


def of_log(rows: Iterable[dict[str, Any]]) -> Stats:
    """The numbers of a change log alone, by its rows without the first.

    Raises InputError for a row that lacks a field.
    """
    from cleaner.corpus.log import outlets_of_rules
    from cleaner.rules.packs import load_packs

    outlets = outlets_of_rules(load_packs())
    stats = Stats(only_logged=True)
    for row in rows:
        part = Stats()
        try:
            named = (outlets[change["rule"]] for change in row["changes"] if change["rule"] in outlets)
            part.add_document(row, row["words"], row["chars"], row.get("outlet") or next(named, None))
        except (KeyError, TypeError) as error:
            raise InputError(f"{row.get('doc_id', 'a row')}: malformed log row: {error!r}") from error
        stats.add(part)
    return stats

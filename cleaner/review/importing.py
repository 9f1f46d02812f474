"""Reading logs into a new working copy, in one pass.

Two million changes take seconds: what a change shares with its group is kept once, in memory, and
written at the end.

Start reading at `import_logs`.
"""

from __future__ import annotations

import random
import sqlite3
import struct
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from cleaner.corpus.files import display_name
from cleaner.decisions import words_of
from cleaner.edits import Change, Step
from cleaner.errors import InputError
from cleaner.obey import proposed_by_rules
from cleaner.review.logs import LogChange, LogRow, read_header, read_rows
from cleaner.review.marks import new_places, packed
from cleaner.review.store import INDEXES, ORDERS, SCHEMA
from cleaner.review.texts import Finder
from cleaner.shapes import has_shape, shape_of

_BATCH = 2000
"""Documents that are inserted at once."""


def import_logs(
    path: Path, logs: list[Path], text: Path | None, outlet_field: str | None, spool: Path, key: str
) -> None:
    """Make the working copy of ``logs`` at ``path``. Raises InputError for a malformed log.

    ``key`` says what the copy is of; texts that must be copied go to the file ``spool``.
    """
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript("pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-262144;")
        db.executescript(SCHEMA)
        header = read_header(logs[0])
        folder = logs[0].parent
        finder = Finder(
            [Path(), folder, folder.parent], header.get("text_field") or "text", outlet_field, spool, text
        )
        db.execute("begin")
        groups = _Reader(db, finder).read(logs)
        _write_groups(db, groups)
        meta = {
            "key": key,
            "log": ", ".join(display_name(item) for item in logs),
            "text_field": finder.text_field,
            "language": header.get("config", {}).get("language", "id"),
            "missing": msgspec.json.encode(finder.missing).decode(),
        }
        db.executemany("insert into meta values(?,?)", meta.items())
        for statement in INDEXES:
            db.execute(statement)
        db.execute("commit")
        db.execute("analyze")
    finally:
        db.close()


class _Group:
    """What is known of a group while a log is read."""

    __slots__ = (
        "after", "alternatives", "before", "docs", "high", "id", "last_doc", "low", "outlets", "places",
        "reason", "rule", "shape", "suggestions",
    )  # fmt: skip

    def __init__(self, number: int, change: LogChange, rule: str, after: str, shape: str | None) -> None:
        self.id = number
        self.rule = rule
        self.before = change.before
        self.after = after
        self.shape = shape
        self.reason = change.reason
        self.alternatives = bytes(change.alternatives)
        self.places: array[int] = new_places()
        self.suggestions = self.docs = 0
        self.low, self.high = 1.0, 0.0
        self.last_doc = -1
        self.outlets: dict[str, int] = {}

    @property
    def by_count(self) -> tuple[int, int]:
        """Sorts the most frequent first."""
        return -len(self.places), self.id


class _Reader:
    """Writes documents as they come, and collects the groups."""

    def __init__(self, db: sqlite3.Connection, finder: Finder) -> None:
        self.db = db
        self.finder = finder
        self.groups: dict[tuple[str, ...], _Group] = {}
        self.docs: list[tuple[object, ...]] = []
        self.texts: list[tuple[int, str, str]] = []
        """Place, before and after where they are not those of the group."""
        self.number = 0
        """Of the last place."""

    def read(self, logs: Iterable[Path]) -> list[_Group]:
        """Read the logs; the groups, by id from 1."""
        doc = 0
        for path in logs:
            for line, row in enumerate(read_rows(path), 2):
                try:
                    self._document(doc, row)
                except (struct.error, OverflowError) as error:
                    raise InputError(
                        f"{display_name(path)}:{line}: malformed log row: an offset is out of range: {error}"
                    ) from error
                doc += 1
                if len(self.docs) == _BATCH:
                    self._flush()
        self._flush()
        return list(self.groups.values())

    def _document(self, doc: int, row: LogRow) -> None:
        groups, number = self.groups, self.number
        where = self.finder.find(row.file, row.line)
        outlet = row.outlet or row.source or (where and where.outlet) or _named(row.changes)
        values: list[float] = []
        for suggested, changes in ((False, row.changes), (True, row.suggestions)):
            for change in changes:
                number += 1
                confidence = change.confidence
                group = groups.get((change.rule, change.before, change.after))
                if group is None:
                    group, confidence = self._group(change, number)
                if suggested:
                    group.suggestions += 1
                if confidence < group.low:
                    group.low = confidence
                if confidence > group.high:
                    group.high = confidence
                if group.last_doc != doc:
                    group.last_doc = doc
                    group.docs += 1
                    if outlet:
                        outlets = group.outlets
                        outlets[outlet] = outlets.get(outlet, 0) + 1
                group.places.append(number)
                values += (
                    group.id, change.start, change.end, change.cleaned_start, change.cleaned_end, confidence
                )  # fmt: skip
        place = tuple(where)[:4] if where else (None, None, None, None)
        self.docs.append(
            (doc, row.doc_id, row.file, row.line, row.sha256.original, row.sha256.cleaned, outlet, *place,
             self.number + 1, number, len(row.changes), packed(values))
        )  # fmt: skip
        self.number = number

    def _group(self, change: LogChange, number: int) -> tuple[_Group, float]:
        """The group of a change that is not known by its pair, and the change's confidence."""
        rule, after, confidence = change.rule, change.after, change.confidence
        if rule.startswith("decision."):
            rule, after, confidence = _as_proposed(change)
        if has_shape(rule):
            shape: str | None = shape_of(change.before)
            key: tuple[str, ...] = (rule, shape)  # type: ignore[assignment]
            self.texts.append((number, change.before, after))
        else:
            shape, key = None, (rule, change.before, after)
        group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = _Group(len(self.groups) + 1, change, rule, after, shape)
        return group, confidence

    def _flush(self) -> None:
        self.db.executemany("insert into docs values(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", self.docs)
        self.db.executemany("insert into place_texts values(?,?,?)", self.texts)
        self.docs.clear()
        self.texts.clear()


def _named(changes: list[LogChange]) -> str | None:
    """The outlet that a boilerplate rule of a document is named after."""
    for change in changes:
        if change.rule.startswith("boilerplate.dateline."):
            return change.rule.rpartition(".")[2]
    return None


def _as_proposed(change: LogChange) -> tuple[str, str, float]:
    """Rule, right side and confidence before a person decided (see `obey.proposed_by_rules`)."""
    try:
        steps = tuple(Step(**step) for step in msgspec.json.decode(change.steps))
    except (msgspec.DecodeError, TypeError) as error:
        raise InputError(f"malformed steps of a change of the rule {change.rule}: {error}") from error
    whole = Change(
        change.start, change.end, 0, 0, change.before, change.after, change.rule, change.reason,
        change.confidence, steps,
    )  # fmt: skip
    proposed = proposed_by_rules(whole)
    return proposed.rule, proposed.after, proposed.confidence


def _write_groups(db: sqlite3.Connection, groups: list[_Group]) -> None:
    """The tables of groups, with the rank of each in every order."""
    shuffled = list(groups)
    random.Random(1).shuffle(shuffled)  # noqa: S311 - the same order each time
    counted = sorted(groups, key=lambda group: group.by_count)
    orders = {
        "count": counted,  # sorting is stable: what is equal stays in the order of count
        "doubt": sorted(counted, key=lambda group: group.low),
        "rule": sorted(counted, key=lambda group: group.rule),
        "chance": shuffled,
    }
    ranks = {name: [0] * (len(groups) + 1) for name in ORDERS}
    for name, order in orders.items():
        ranked = ranks[name]
        for rank, group in enumerate(order):
            ranked[group.id] = rank
    by = [ranks[name] for name in ORDERS]
    db.executemany(
        "insert into groups(id, rule, before, after, shape, reason, alternatives, changes, suggestions, "
        "low, high, docs, outlets, named, by_count, by_doubt, by_rule, by_chance) "
        "values(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                g.id, g.rule, g.before, g.after, g.shape, g.reason, _terms(g.alternatives),
                len(g.places) - g.suggestions, g.suggestions, g.low, g.high, g.docs, len(g.outlets),
                _most(g.outlets), *(ranked[g.id] for ranked in by),
            )
            for g in groups
        ),
    )  # fmt: skip
    db.executemany("insert into group_places values(?,?)", ((g.id, g.places) for g in groups))
    outlets: dict[str, array[int]] = {}
    for group in groups:
        for outlet in group.outlets:
            if outlet not in outlets:
                outlets[outlet] = new_places()
            outlets[outlet].append(group.id)
    db.executemany("insert into outlet_groups values(?,?)", outlets.items())
    db.executemany(
        "insert into group_word values(?,?)",
        ((word, g.id) for g in groups for word in words_of(g.rule, g.before)),
    )


def _most(outlets: dict[str, int]) -> str:
    """The outlets with the most documents of a group, as a JSON list of pairs."""
    return msgspec.json.encode(sorted(outlets.items(), key=lambda item: -item[1])[:12]).decode()


def _terms(alternatives: bytes) -> str:
    """The other candidates as a JSON list of words."""
    pairs: list[Any] = msgspec.json.decode(alternatives) if len(alternatives) > 2 else []
    return msgspec.json.encode([pair[0] for pair in pairs]).decode()

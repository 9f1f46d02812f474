"""The working copy of a log: SQLite, so that millions of changes can be browsed at once.

Changes are grouped by pair (rule, before, after), removed boilerplate by rule and shape. The copy holds
nothing that cannot be made again from the log and the decisions; delete it whenever you like.

Groups have a rank in each order, so a page of the list is a walk along one index from where the last
page ended, whatever was decided in between.

Start reading at `open_store`.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from cleaner.corpus.files import display_name
from cleaner.decisions import words_of
from cleaner.edits import Step
from cleaner.errors import InputError
from cleaner.review.logs import LogChange, find_logs, read_header, read_rows
from cleaner.review.texts import Finder
from cleaner.shapes import has_shape, shape_of

VERSION = 1
CHANGE, SUGGESTION = 0, 1
ORDERS = ("count", "doubt", "rule", "chance")

_SCHEMA = """
create table meta(key text primary key, value text);
create table docs(
  id integer primary key, doc_id text, file text, line integer, original text, cleaned text, outlet text,
  path text, offset integer, size integer, form text, first integer, last integer, changes integer);
create table groups(
  id integer primary key, rule text, before text, after text, shape text, reason text, alternatives text,
  changes integer, suggestions integer, low real, high real, docs integer, outlets integer,
  by_count integer, by_doubt integer, by_rule integer, by_chance integer,
  own text, state text, value text, note text, conflict integer default 0,
  singles integer default 0, singles_right integer default 0);
create table places(
  id integer primary key, grp integer, doc integer, kind integer, start integer, end integer,
  cleaned_start integer, cleaned_end integer, confidence real, before text, after text);
create table group_outlet(grp integer, outlet text, number integer);
create table group_word(word text, grp integer);
create table judged_places(place integer primary key, grp integer, state text, value text, conflict integer);
"""
_INDEXES = """
create index place_group on places(grp);
create index doc_hash on docs(original);
create unique index group_pair on groups(before, after, rule, shape);
create index group_shape on groups(rule, shape);
create index group_outlets on group_outlet(outlet, grp);
create index outlet_groups on group_outlet(grp);
create index group_words on group_word(word);
create index judged_groups on judged_places(grp);
"""


def open_store(
    log: Path, text: Path | None = None, outlet_field: str | None = None, cache: Path | None = None
) -> sqlite3.Connection:
    """The working copy of a log (a file, or the folder of a run), made anew if it is out of date.

    ``text`` is the file or folder with the documents, ``cache`` the file to keep the copy in; by default
    it lies beside the log. Raises InputError if there is no log, or it is damaged.
    """
    logs = find_logs(log)
    key = _key(logs, text, outlet_field)
    first = cache = cache or _cache_file(log)
    for number in range(2, 20):
        try:
            return _made(cache, key, logs, text, outlet_field)
        except _InUseError:  # a second reviewer at work on the same log gets a copy of their own
            cache = first.with_name(f"{first.stem}~{number}.sqlite")
    raise InputError(f"{display_name(log)}: too many reviews of this log are open")


class _InUseError(Exception):
    """Another process has this working copy open."""


def _made(
    cache: Path, key: str, logs: list[Path], text: Path | None, outlet_field: str | None
) -> sqlite3.Connection:
    db = _opened(cache, key)
    if db is None:
        temporary = cache.with_name(cache.name + ".new")
        spool = cache.with_name(cache.name + ".texts")
        for old in (temporary, spool):
            old.unlink(missing_ok=True)
        try:
            _Import(temporary, logs, text, outlet_field, spool).run(key)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        for suffix in ("-wal", "-shm"):
            cache.with_name(cache.name + suffix).unlink(missing_ok=True)
        temporary.replace(cache)
        db = _opened(cache, key)
        assert db is not None  # noqa: S101
    return db


def _cache_file(log: Path) -> Path:
    folder = log if log.is_dir() else log.parent
    name = "review.sqlite" if log.is_dir() else f"{log.name}.review.sqlite"
    with suppress(OSError), tempfile.TemporaryFile(dir=folder):
        return folder / name
    digest = sha256(str(log.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"cleaner-{digest}.review.sqlite"


def _key(logs: list[Path], text: Path | None, outlet_field: str | None) -> str:
    parts: list[object] = [VERSION, str(text.resolve()) if text else "", outlet_field or ""]
    for path in logs:
        try:
            status = path.stat()
        except OSError:
            read_header(path)  # says what is wrong
            raise
        parts.append((str(path.resolve()), status.st_size, status.st_mtime_ns))
    return repr(parts)


def _opened(path: Path, key: str) -> sqlite3.Connection | None:
    """The copy if it is whole and of this log."""
    if not path.exists():
        return None
    db = sqlite3.connect(path, isolation_level=None, timeout=0.2)
    db.row_factory = sqlite3.Row
    try:
        # The copy can be made again: a kill must not harm it, a power failure may.
        db.executescript(
            "pragma locking_mode=exclusive; pragma journal_mode=wal; pragma synchronous=off; "
            "pragma cache_size=-65536;"
        )
        row = db.execute("select value from meta where key='key'").fetchone()
        db.execute("begin immediate")
        db.execute("rollback")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        db.close()
        raise _InUseError from error
    except sqlite3.DatabaseError:
        row = None
    if row is None or row[0] != key:
        db.close()
        return None
    return db


class _Group:
    """What is known of a group while a log is read."""

    __slots__ = (
        "after", "alternatives", "before", "changes", "docs", "high", "id", "last_doc", "low", "outlets",
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
        self.changes = self.suggestions = self.docs = 0
        self.low, self.high = 1.0, 0.0
        self.last_doc = -1
        self.outlets: dict[str, int] = {}


class _Import:
    """Reads logs into a new working copy."""

    def __init__(
        self, path: Path, logs: list[Path], text: Path | None, outlet_field: str | None, spool: Path
    ) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript("pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-262144;")
        self.db.executescript(_SCHEMA)
        self.logs = logs
        self.header = read_header(logs[0])
        text_field = self.header.get("text_field") or "text"
        folder = logs[0].parent
        roots = [Path(), folder, folder.parent]
        self.finder = Finder(roots, text_field, outlet_field, spool, text)
        self.groups: dict[tuple[str, ...], _Group] = {}
        self.places = 0
        self.docs: list[tuple[object, ...]] = []

    def run(self, key: str) -> None:
        """Fill the tables. Raises InputError for a malformed log."""
        self.db.execute("begin")
        self.db.executemany("insert into places values(?,?,?,?,?,?,?,?,?,?,?)", self.read())
        self.db.executemany("insert into docs values(?,?,?,?,?,?,?,?,?,?,?,?,?,?)", self.docs)
        self.write_groups()
        meta = {
            "key": key,
            "log": ", ".join(display_name(path) for path in self.logs),
            "text_field": self.finder.text_field,
            "language": self.header.get("config", {}).get("language", "id"),
            "missing": msgspec.json.encode(self.finder.missing).decode(),
        }
        self.db.executemany("insert into meta values(?,?)", meta.items())
        self.db.executescript(_INDEXES)
        for order in ORDERS:
            self.db.execute(f"create index order_{order} on groups(by_{order})")
        self.db.execute("commit") if self.db.in_transaction else None
        self.db.execute("analyze")
        self.db.close()

    def read(self) -> Iterator[tuple[object, ...]]:
        """The rows of the table of places; groups and documents are collected on the way."""
        groups = self.groups
        number, doc = self.places, 0
        for path in self.logs:
            for row in read_rows(path):
                place = self.finder.find(row.file, row.line)
                outlet = row.outlet or row.source or (place and place.outlet) or _named(row.changes)
                first = number + 1
                for kind, changes in ((CHANGE, row.changes), (SUGGESTION, row.suggestions)):
                    for change in changes:
                        rule, before, after = change.rule, change.before, change.after
                        confidence = change.confidence
                        if rule.startswith("decision."):
                            rule, after, confidence = _as_proposed(change)
                        if has_shape(rule):
                            shape: str | None = shape_of(before)
                            key: tuple[str, ...] = (rule, shape)  # type: ignore[assignment]
                        else:
                            shape, key = None, (rule, before, after)
                        group = groups.get(key)
                        if group is None:
                            group = groups[key] = _Group(len(groups) + 1, change, rule, after, shape)
                        if kind:
                            group.suggestions += 1
                        else:
                            group.changes += 1
                        if confidence < group.low:
                            group.low = confidence
                        if confidence > group.high:
                            group.high = confidence
                        if group.last_doc != doc:
                            group.last_doc = doc
                            group.docs += 1
                            if outlet:
                                group.outlets[outlet] = group.outlets.get(outlet, 0) + 1
                        number += 1
                        yield (
                            number, group.id, doc, kind, change.start, change.end, change.cleaned_start,
                            change.cleaned_end, confidence, before if shape is not None else None,
                            after if shape is not None else None,
                        )  # fmt: skip
                where = tuple(place)[:4] if place else (None, None, None, None)
                self.docs.append(
                    (doc, row.doc_id, row.file, row.line, row.sha256.original, row.sha256.cleaned, outlet,
                     *where, first, number, len(row.changes))
                )  # fmt: skip
                doc += 1

    def write_groups(self) -> None:
        """The table of groups, with the rank of each in every order."""
        groups = list(self.groups.values())
        keys = {
            "count": lambda g: (-g.changes - g.suggestions, g.id),
            "doubt": lambda g: (g.low, -g.changes - g.suggestions, g.id),
            "rule": lambda g: (g.rule, -g.changes - g.suggestions, g.id),
        }
        ranks = {}
        for name, key in keys.items():
            ranks[name] = {g.id: n for n, g in enumerate(sorted(groups, key=key))}
        shuffled = [group.id for group in groups]
        random.Random(1).shuffle(shuffled)  # noqa: S311 - the same order each time
        ranks["chance"] = {number: n for n, number in enumerate(shuffled)}
        self.db.executemany(
            "insert into groups(id, rule, before, after, shape, reason, alternatives, changes, suggestions, "
            "low, high, docs, outlets, by_count, by_doubt, by_rule, by_chance) "
            "values(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    g.id, g.rule, g.before, g.after, g.shape, g.reason, _terms(g.alternatives), g.changes,
                    g.suggestions, g.low, g.high, g.docs, len(g.outlets), *(ranks[o][g.id] for o in ORDERS),
                )
                for g in groups
            ),
        )  # fmt: skip
        self.db.executemany(
            "insert into group_outlet values(?,?,?)",
            ((g.id, outlet, n) for g in groups for outlet, n in g.outlets.items()),
        )
        self.db.executemany(
            "insert into group_word values(?,?)",
            ((word, g.id) for g in groups for word in words_of(g.rule, g.before)),
        )


def _named(changes: list[LogChange]) -> str | None:
    """The outlet that a boilerplate rule of a document is named after."""
    for change in changes:
        if change.rule.startswith("boilerplate.dateline."):
            return change.rule.rpartition(".")[2]
    return None


def _as_proposed(change: LogChange) -> tuple[str, str, float]:
    """Rule, right side and confidence before a person decided (see `decisions.proposed_by_rules`)."""
    from cleaner.edits import Change
    from cleaner.obey import proposed_by_rules

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


def _terms(alternatives: bytes) -> str:
    """The other candidates as a JSON list of words."""
    pairs: list[Any] = msgspec.json.decode(alternatives) if alternatives else []
    return msgspec.json.encode([pair[0] for pair in pairs]).decode()

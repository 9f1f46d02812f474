"""What the page asks of the working copy: groups, their places, a document, the progress."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from cleaner.decisions import words_of
from cleaner.edits import Change, overlaps, splice
from cleaner.result import sha256
from cleaner.review.lists import Lists
from cleaner.review.marks import Mark, page_of, unpacked
from cleaner.review.precision import Judged
from cleaner.review.store import CHANGE, ORDERS
from cleaner.review.texts import Place, read_text
from cleaner.review.visible import visible

PAGE = 100
"""Groups in a page of the list."""
PLACES = 30
"""Places in a page of contexts."""
_AROUND = 70
"""Code points of context on each side."""
_CHUNK = 900
"""Groups that are looked up at once; some builds of SQLite take no more than 999 values."""
STATES = ("open", "accept", "reject", "replace", "ignore", "judged", "conflict", "all")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which groups are shown."""

    q: str = ""
    rule: str = ""
    """A rule or a family of rules."""
    outlet: str = ""
    low: float = 0.0
    high: float = 1.0
    """Some place of the group has a confidence from `low` to `high`."""
    state: str = "open"
    kind: str = ""
    """"changes", "suggestions", or both."""
    sort: str = "count"

    @classmethod
    def of(cls, values: dict[str, Any]) -> Filter:
        """From the parameters of a request. Raises ValueError for one that is not valid."""
        known = {item.name for item in fields(cls)}
        plain: dict[str, Any] = {
            key: float(value) if key in ("low", "high") else str(value)
            for key, value in values.items()
            if key in known
        }
        found = cls(**plain)
        if found.state not in STATES or found.sort not in ORDERS:
            raise ValueError("no such state or order")
        if found.kind not in ("", "changes", "suggestions"):
            raise ValueError("no such kind")
        return found

    def where(self) -> tuple[str, list[Any]]:
        """The condition in SQL and its values, but for search and outlet, which `Lists` knows."""
        terms, values = ["1"], []  # type: list[str], list[Any]
        if self.state == "conflict":
            terms.append("conflict")
        elif self.state == "judged":
            terms.append("state is not null")
        elif self.state == "open":
            terms.append("state is null")
        elif self.state != "all":
            terms.append("state = ?")
            values.append(self.state)
        if self.rule:
            terms.append("(rule = ? or rule like ? escape '\\')")
            values += [self.rule, _escaped(self.rule) + ".%"]
        if self.low > 0:
            terms.append("high >= ?")
            values.append(self.low)
        if self.high < 1:
            terms.append("low <= ?")
            values.append(self.high)
        if self.kind:
            terms.append(f"{self.kind} > 0")
        return " and ".join(terms), values


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class Queries:
    """Reads the working copy."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.meta = dict(db.execute("select key, value from meta").fetchall())
        self.lists: Lists = Lists(db)

    def groups(self, chosen: Filter, after: int = -1, limit: int = PAGE) -> list[dict[str, Any]]:
        """A page of groups in order, those whose rank is above ``after``."""
        where, values = chosen.where()
        rank = f"by_{chosen.sort}"
        if not chosen.q and not chosen.outlet:
            rows = self.db.execute(
                f"select *, {rank} as rank from groups where {where} and {rank} > ? order by {rank} limit ?",  # noqa: S608
                [*values, after, limit],
            )
            return [self._group(row) for row in rows]
        found: list[dict[str, Any]] = []
        wanted = self.lists.after(chosen.q, chosen.outlet, chosen.sort, after)
        while len(found) < limit and (some := list(islice(wanted, _CHUNK if found else limit))):
            rows = self.db.execute(
                f"select *, {rank} as rank from groups where id in ({_marks(some)}) and {where} "  # noqa: S608
                f"order by {rank} limit ?",
                [*some, *values, limit - len(found)],
            )
            found += [self._group(row) for row in rows]
        return found

    def group(self, number: int) -> dict[str, Any] | None:
        """One group, or None."""
        row = self.db.execute("select *, 0 as rank from groups where id = ?", [number]).fetchone()
        return self._group(row) if row else None

    def count(self, chosen: Filter) -> tuple[int, int]:
        """Number of groups that a filter shows, and of the changes and suggestions in them."""
        if chosen == Filter(q=chosen.q, outlet=chosen.outlet, sort=chosen.sort):
            # The page asks this at every key of a search: all groups but those that were judged.
            groups, number = self.lists.size(chosen.q, chosen.outlet)
            gone = list(self._shown(replace(chosen, state="judged")))
            return groups - len(gone), number - sum(number for _, number in gone)
        shown = list(self._shown(chosen))
        return len(shown), sum(number for _, number in shown)

    def ids(self, chosen: Filter) -> list[int]:
        """The ids of all groups that a filter shows, in order."""
        return [group for group, _ in self._shown(chosen, f"order by by_{chosen.sort}")]

    def _shown(self, chosen: Filter, order: str = "") -> Iterator[tuple[int, int]]:
        """The id and size of all groups that a filter shows."""
        where, values = chosen.where()
        mask = self.lists.shown(chosen.q, chosen.outlet)
        rows = self.db.execute(
            f"select id, changes + suggestions from groups where {where} {order}",  # noqa: S608
            values,
        )
        return ((row[0], row[1]) for row in rows if mask[row[0]])

    def _group(self, row: sqlite3.Row) -> dict[str, Any]:
        return {
            "id": row["id"], "rank": row["rank"], "rule": row["rule"], "before": visible(row["before"], 160),
            "after": visible(row["after"], 160), "plain": row["after"], "shape": row["shape"],
            "reason": row["reason"], "alternatives": msgspec.json.decode(row["alternatives"]),
            "changes": row["changes"], "suggestions": row["suggestions"], "low": row["low"],
            "high": row["high"], "docs": row["docs"], "outlets": row["outlets"], "state": row["state"],
            "own": row["own"], "value": row["value"], "note": row["note"],
            "conflict": bool(row["conflict"]), "singles": row["singles"],
            "word": next(iter(words_of(row["rule"], row["before"])), None),
        }  # fmt: skip

    def filters(self) -> dict[str, Any]:
        """The rules and outlets to choose from, with the number of groups or documents."""
        rules = self.db.execute("select rule, count(*) n from groups group by rule order by rule")
        outlets = self.db.execute(
            "select outlet, count(*) n from docs where outlet is not null "
            "group by outlet order by n desc limit 500"
        )
        return {"rules": [tuple(row) for row in rules], "outlets": [tuple(row) for row in outlets]}

    def outlets_of(self, group: int) -> list[tuple[str, int]]:
        """In how many documents of each outlet a group stands, the most first."""
        row = self.db.execute("select named from groups where id = ?", [group]).fetchone()
        return msgspec.json.decode(row[0], type=list[tuple[str, int]]) if row else []

    def places(self, group: int, after: int = 0, limit: int = PLACES) -> list[dict[str, Any]]:
        """A page of places of a group in context, those whose id is above ``after``."""
        row = self.db.execute("select places from group_places where grp = ?", [group]).fetchone()
        numbers = page_of(row[0], after, limit) if row else []
        owner = self._group_of(group)
        found: list[dict[str, Any]] = []
        while numbers:
            doc = self.doc_of(numbers[0])
            assert doc is not None  # noqa: S101 - a group has only places of documents
            text = self.original(doc)
            marks = {mark.place: mark for mark in marks_of(doc)}
            while numbers and numbers[0] <= doc["last"]:
                found.append(self._place(marks[numbers.pop(0)], owner, doc, text))
        return found

    def _place(self, mark: Mark, group: sqlite3.Row, doc: sqlite3.Row, text: str | None) -> dict[str, Any]:
        """A place as the page shows it."""
        judged = self.judged(mark.place)
        before, after = self.texts_of(mark, group)
        left = right = None
        if text is not None:
            left = visible(text[max(0, mark.start - _AROUND) : mark.start], in_line=True)
            right = visible(text[mark.end : mark.end + _AROUND], in_line=True)
        return {
            "id": mark.place, "doc": doc["id"], "doc_id": doc["doc_id"], "file": doc["file"],
            "line": doc["line"], "outlet": doc["outlet"], "kind": mark.kind, "confidence": mark.confidence,
            "left": left, "right": right, "before": visible(before, 300), "after": visible(after, 300),
            "state": judged["state"] if judged else None, "value": judged["value"] if judged else None,
            "conflict": bool(judged and judged["conflict"]),
        }  # fmt: skip

    def _group_of(self, number: int) -> sqlite3.Row:
        row: sqlite3.Row = self.db.execute("select * from groups where id = ?", [number]).fetchone()
        return row

    def doc(self, number: int) -> sqlite3.Row | None:
        """A document by its number in the log, from 0."""
        row: sqlite3.Row | None = self.db.execute("select * from docs where id = ?", [number]).fetchone()
        return row

    def doc_of(self, place: int) -> sqlite3.Row | None:
        """The document of a place."""
        # One without places ends where the one before it does, and has a later id.
        row: sqlite3.Row | None = self.db.execute(
            "select * from docs where last >= ? order by last, id limit 1", [place]
        ).fetchone()
        return row

    def judged(self, place: int) -> sqlite3.Row | None:
        """What was decided on one place alone."""
        row: sqlite3.Row | None = self.db.execute(
            "select state, value, conflict from judged_places where place = ?", [place]
        ).fetchone()
        return row

    def texts_of(self, mark: Mark, group: sqlite3.Row) -> tuple[str, str]:
        """What was at a place, and what the rules write there."""
        if group["shape"] is None:
            return group["before"], group["after"]
        before, after = self.db.execute(
            "select before, after from place_texts where place = ?", [mark.place]
        ).fetchone()
        return before, after

    def marks_in(self, doc: sqlite3.Row) -> Iterator[tuple[Mark, sqlite3.Row, str, str]]:
        """The places of a document as in the log, with group, what was there, and what is proposed."""
        groups: dict[int, sqlite3.Row] = {}
        for mark in marks_of(doc):
            if mark.group not in groups:
                groups[mark.group] = self._group_of(mark.group)
            group = groups[mark.group]
            yield mark, group, *self.texts_of(mark, group)

    def original(self, doc: sqlite3.Row) -> str | None:
        """The original text of a document, checked by its sha256; None if it was not found."""
        if doc["path"] is None:
            return None
        place = Place(doc["path"], doc["offset"], doc["size"], doc["form"])
        text = read_text(place, self.meta["text_field"])
        if text is None:
            return None
        digest = sha256(text)
        if digest == doc["original"]:
            return text
        if digest != doc["cleaned"]:
            return None
        pieces = (
            (mark.cleaned_start, mark.cleaned_end, before)
            for mark, _, before, _ in self.marks_in(doc)
            if mark.kind == CHANGE
        )
        original = splice(text, pieces)
        return original if sha256(original) == doc["original"] else None

    def document(self, number: int) -> dict[str, Any] | None:
        """A document in pieces: what stays, and each change with what it removes and inserts.

        None if there is no such document. A suggestion that overlaps a change is left out.
        """
        row = self.doc(number)
        if row is None:
            return None
        document = {"id": number, "doc_id": row["doc_id"], "file": row["file"], "line": row["line"],
                    "outlet": row["outlet"], "path": row["path"]}  # fmt: skip
        text = self.original(row)
        changes = self.changes_of(row)
        if text is None:
            return {**document, "pieces": None, "changes": changes}
        pieces: list[dict[str, Any]] = []
        position = 0
        for change in changes:
            if change["start"] < position:
                continue
            if change["start"] > position:
                pieces.append({"text": visible(text[position : change["start"]], in_text=True)})
            pieces.append({"change": change})
            position = change["end"]
        if position < len(text):
            pieces.append({"text": visible(text[position:], in_text=True)})
        return {**document, "pieces": pieces, "changes": None}

    def changes_of(self, doc: sqlite3.Row) -> list[dict[str, Any]]:
        """The changes and suggestions of a document, disjoint and in order."""
        taken: list[tuple[int, int]] = []
        found = []
        marks = sorted(self.marks_in(doc), key=lambda item: (item[0].kind, item[0].start))
        for mark, group, before, after in marks:
            span = mark.start, mark.end
            if mark.kind != CHANGE and any(overlaps(*span, *other) for other in taken):
                continue
            taken.append(span)
            judged = self.judged(mark.place)
            found.append(
                {
                    "id": mark.place, "group": mark.group, "rule": group["rule"], "reason": group["reason"],
                    "confidence": mark.confidence, "kind": mark.kind, "start": span[0], "end": span[1],
                    "before": visible(before), "after": visible(after),
                    "state": judged["state"] if judged else group["state"],
                    "single": judged["state"] if judged else None,
                    "value": judged["value"] if judged else group["value"],
                }
            )  # fmt: skip
        return sorted(found, key=lambda item: (item["start"], item["end"]))

    def change_of(self, place: int) -> tuple[Change, sqlite3.Row] | None:
        """A place as the `Change` that the rules made, and its document."""
        doc = self.doc_of(place)
        if doc is None or place < 1:
            return None
        mark = marks_of(doc)[place - doc["first"]]
        group = self._group_of(mark.group)
        return change_at(mark, group, *self.texts_of(mark, group)), doc

    def by_rule(self) -> list[dict[str, Any]]:
        """For each rule what was judged of it, what is left, and its precision."""
        rows = self.db.execute(
            "select rule, count(*) groups, sum(changes + suggestions) number, sum(state is not null) judged, "
            "sum(case when state is not null then changes - singles else 0 end) + sum(singles) changes, "
            "sum(case when state = 'accept' then changes - singles else 0 end) + sum(singles_right) correct, "
            "sum(case when state is not null then (changes - singles) * (changes - singles) else 0 end) "
            "+ sum(singles) squares from groups group by rule order by number desc"
        )
        found = []
        for row in rows:
            judged = Judged(row["changes"], row["correct"], row["squares"])
            found.append(
                {"rule": row["rule"], "groups": row["groups"], "number": row["number"],
                 "judged": row["judged"], "precision": judged.estimate()}
            )  # fmt: skip
        return found


def marks_of(doc: sqlite3.Row) -> list[Mark]:
    """The places of a document in the order of the log: what was changed, then what was suggested."""
    return unpacked(doc["marks"], doc["id"], doc["first"], doc["changes"])


def change_at(mark: Mark, group: sqlite3.Row, before: str, after: str) -> Change:
    """A place as the `Change` that the rules made: where it stands, and what decides its id."""
    return Change(mark.start, mark.end, 0, 0, before, after, group["rule"], "", 0.0, ())


def _marks(values: list[int]) -> str:
    """As many question marks, for a statement."""
    return ",".join("?" * len(values))


def log_name(meta: dict[str, str]) -> str:
    """The file name of the log, for the head of the page."""
    return ", ".join(Path(part).name for part in meta["log"].split(", "))

"""What the page asks of the working copy: groups, their places, a document, the progress."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import msgspec

from cleaner.decisions import words_of
from cleaner.edits import Change, overlaps, splice
from cleaner.result import sha256
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
_COMMON = 2000
"""Groups of an outlet from which on a page of them is found by walking along the order."""
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

    def where(self, walk: bool = False) -> tuple[str, list[Any]]:
        """The condition in SQL and its values.

        ``walk``: most groups that are met on the way pass, so ask for each instead of listing all that do.
        """
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
        if self.outlet:
            found = "from group_outlet o where o.outlet = ?"
            terms.append(
                f"exists (select 1 {found} and o.grp = groups.id)" if walk else f"id in (select grp {found})"
            )
            values.append(self.outlet)
        if self.q:
            terms.append("(before like ? escape '\\' or after like ? escape '\\')")
            values += [f"%{_escaped(self.q)}%"] * 2
        return " and ".join(terms), values


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class Queries:
    """Reads the working copy."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.meta = dict(db.execute("select key, value from meta").fetchall())

    def groups(self, chosen: Filter, after: int = -1, limit: int = PAGE) -> list[dict[str, Any]]:
        """A page of groups in order, those whose rank is above ``after``."""
        where, values = chosen.where(walk=self._common(chosen.outlet))
        rank = f"by_{chosen.sort}"
        rows = self.db.execute(
            f"select *, {rank} as rank from groups where {where} and {rank} > ? order by {rank} limit ?",  # noqa: S608
            [*values, after, limit],
        )
        return [self._group(row) for row in rows]

    def _common(self, outlet: str) -> bool:
        """Has an outlet so many groups that a page of them is soon met?"""
        rows = self.db.execute("select 1 from group_outlet where outlet = ? limit ?", [outlet, _COMMON])
        return len(rows.fetchall()) == _COMMON

    def group(self, number: int) -> dict[str, Any] | None:
        """One group, or None."""
        row = self.db.execute("select *, 0 as rank from groups where id = ?", [number]).fetchone()
        return self._group(row) if row else None

    def count(self, chosen: Filter) -> tuple[int, int]:
        """Number of groups that a filter shows, and of the changes and suggestions in them."""
        where, values = chosen.where()
        row = self.db.execute(
            f"select count(*), coalesce(sum(changes + suggestions), 0) from groups where {where}",  # noqa: S608
            values,
        ).fetchone()
        return row[0], row[1]

    def ids(self, chosen: Filter) -> list[int]:
        """The ids of all groups that a filter shows, in order."""
        where, values = chosen.where()
        rows = self.db.execute(f"select id from groups where {where} order by by_{chosen.sort}", values)  # noqa: S608
        return [row[0] for row in rows]

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
        rows = self.db.execute(
            "select outlet, number from group_outlet where grp = ? order by number desc limit 12", [group]
        )
        return [(row[0], row[1]) for row in rows]

    def places(self, group: int, after: int = 0, limit: int = PLACES) -> list[dict[str, Any]]:
        """A page of places of a group in context, those whose id is above ``after``."""
        rows = self.db.execute(
            "select p.*, g.before gbefore, g.after gafter, d.doc_id, d.file, d.line, d.outlet, "
            "d.id doc_number, j.state, j.value, j.conflict from places p join groups g on g.id = p.grp "
            "join docs d on d.id = p.doc left join judged_places j on j.place = p.id "
            "where p.grp = ? and p.id > ? order by p.id limit ?",
            [group, after, limit],
        ).fetchall()
        found = []
        text, doc = None, -1
        for row in rows:
            if row["doc"] != doc:
                doc, text = row["doc"], self.original(row["doc"])
            start, end = row["start"], row["end"]
            left = right = None
            if text is not None:
                left = visible(text[max(0, start - _AROUND) : start], in_line=True)
                right = visible(text[end : end + _AROUND], in_line=True)
            found.append(
                {
                    "id": row["id"], "doc": row["doc_number"], "doc_id": row["doc_id"], "file": row["file"],
                    "line": row["line"], "outlet": row["outlet"], "kind": row["kind"],
                    "confidence": row["confidence"], "left": left, "right": right,
                    "before": visible(row["before"] if row["before"] is not None else row["gbefore"], 300),
                    "after": visible(row["after"] if row["after"] is not None else row["gafter"], 300),
                    "state": row["state"], "value": row["value"], "conflict": bool(row["conflict"]),
                }
            )  # fmt: skip
        return found

    def original(self, doc: int) -> str | None:
        """The original text of a document, checked by its sha256; None if it was not found."""
        row = self.db.execute("select * from docs where id = ?", [doc]).fetchone()
        if row is None or row["path"] is None:
            return None
        place = Place(row["path"], row["offset"], row["size"], row["form"])
        text = read_text(place, self.meta["text_field"])
        if text is None:
            return None
        digest = sha256(text)
        if digest == row["original"]:
            return text
        if digest != row["cleaned"]:
            return None
        pieces = self.db.execute(
            "select p.cleaned_start, p.cleaned_end, coalesce(p.before, g.before) from places p "
            "join groups g on g.id = p.grp where p.id between ? and ? and p.kind = ? order by p.id",
            [row["first"], row["last"], CHANGE],
        )
        original = splice(text, (tuple(piece) for piece in pieces))
        return original if sha256(original) == row["original"] else None

    def document(self, number: int) -> dict[str, Any] | None:
        """A document in pieces: what stays, and each change with what it removes and inserts.

        None if there is no such document. A suggestion that overlaps a change is left out.
        """
        row = self.db.execute("select * from docs where id = ?", [number]).fetchone()
        if row is None:
            return None
        document = {"id": number, "doc_id": row["doc_id"], "file": row["file"], "line": row["line"],
                    "outlet": row["outlet"], "path": row["path"]}  # fmt: skip
        text = self.original(number)
        changes = self.changes_of(row["first"], row["last"])
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

    def changes_of(self, first: int, last: int) -> list[dict[str, Any]]:
        """The changes and suggestions with ids from ``first`` to ``last``, disjoint and in order."""
        rows = self.db.execute(
            "select p.*, g.rule, g.reason, g.before gbefore, g.after gafter, g.state gstate, g.value gvalue, "
            "j.state pstate, j.value pvalue from places p join groups g on g.id = p.grp "
            "left join judged_places j on j.place = p.id where p.id between ? and ? order by p.kind, p.start",
            [first, last],
        )
        taken: list[tuple[int, int]] = []
        found = []
        for row in rows:
            span = row["start"], row["end"]
            if row["kind"] != CHANGE and any(overlaps(*span, *other) for other in taken):
                continue
            taken.append(span)
            found.append(
                {
                    "id": row["id"], "group": row["grp"], "rule": row["rule"], "reason": row["reason"],
                    "confidence": row["confidence"], "kind": row["kind"], "start": span[0], "end": span[1],
                    "before": visible(row["before"] if row["before"] is not None else row["gbefore"]),
                    "after": visible(row["after"] if row["after"] is not None else row["gafter"]),
                    "state": row["pstate"] or row["gstate"], "single": row["pstate"],
                    "value": row["pvalue"] if row["pstate"] else row["gvalue"],
                }
            )  # fmt: skip
        return sorted(found, key=lambda item: (item["start"], item["end"]))

    def change_of(self, place: int) -> tuple[Change, sqlite3.Row] | None:
        """A place as the `Change` that the rules made, and its document."""
        row = self.db.execute(
            "select p.start, p.end, coalesce(p.before, g.before) before, coalesce(p.after, g.after) after, "
            "g.rule, p.grp, p.kind, d.doc_id, d.original from places p join groups g on g.id = p.grp "
            "join docs d on d.id = p.doc where p.id = ?",
            [place],
        ).fetchone()
        if row is None:
            return None
        change = Change(row["start"], row["end"], 0, 0, row["before"], row["after"], row["rule"], "", 0.0, ())
        return change, row

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


def log_name(meta: dict[str, str]) -> str:
    """The file name of the log, for the head of the page."""
    return ", ".join(Path(part).name for part in meta["log"].split(", "))

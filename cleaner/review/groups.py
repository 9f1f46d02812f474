"""The groups of a log, as the list of the page shows them: in pages, counted, with their figures.

A group is all changes and suggestions with the same rule, text and replacement (see `store`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import msgspec

from cleaner.decisions import words_of
from cleaner.review.filters import Filter
from cleaner.review.lists import Lists
from cleaner.review.precision import Judged
from cleaner.review.visible import visible

PAGE = 100
"""Groups in a page of the list."""
_CHUNK = 900
"""Groups that are looked up at once; some builds of SQLite take no more than 999 values."""


def group_row(db: sqlite3.Connection, number: int) -> sqlite3.Row | None:
    """A group as the working copy has it, or None."""
    row: sqlite3.Row | None = db.execute("select * from groups where id = ?", [number]).fetchone()
    return row


class Groups:
    """Reads the groups of the working copy."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.lists: Lists = Lists(db)

    def page(self, chosen: Filter, after: int = -1, limit: int = PAGE) -> list[dict[str, Any]]:
        """A page of groups in order, those whose rank is above ``after``."""
        where, values = chosen.where()
        rank = f"by_{chosen.sort}"
        if not chosen.q and not chosen.outlet:
            rows = self.db.execute(
                f"select * from groups where {where} and {rank} > ? order by {rank} limit ?",  # noqa: S608
                [*values, after, limit],
            )
            return [self._group(row, row[rank]) for row in rows]
        found: list[dict[str, Any]] = []
        wanted = self.lists.after(chosen.q, chosen.outlet, chosen.sort, after)
        while len(found) < limit and (some := list(islice(wanted, _CHUNK if found else limit))):
            rows = self.db.execute(
                f"select * from groups where id in ({_marks(some)}) and {where} "  # noqa: S608
                f"order by {rank} limit ?",
                [*some, *values, limit - len(found)],
            )
            found += [self._group(row, row[rank]) for row in rows]
        return found

    def get(self, number: int) -> dict[str, Any] | None:
        """One group, or None."""
        row = group_row(self.db, number)
        return self._group(row, 0) if row else None

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

    def _group(self, row: sqlite3.Row, rank: int) -> dict[str, Any]:
        """A group as the page shows it, with its rank in the order of the list."""
        return {
            "id": row["id"], "rank": rank, "rule": row["rule"], "before": visible(row["before"], 160),
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


def _marks(values: list[int]) -> str:
    """As many question marks, for a statement."""
    return ",".join("?" * len(values))

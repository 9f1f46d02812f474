"""The state of every group in the working copy, and the sums over all, as the decisions have it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from cleaner.decisions import Decisions, Key, keys_of
from cleaner.review.documents import Documents, change_at
from cleaner.review.precision import Judged
from cleaner.review.store import CHANGE


def replay(db: sqlite3.Connection, decisions: Decisions) -> None:
    """Bring a working copy in line with decisions."""
    States(db, decisions).replay()


class States:
    """Keeps the columns of the working copy that come from decisions."""

    def __init__(self, db: sqlite3.Connection, decisions: Decisions) -> None:
        self.db = db
        self.documents: Documents = Documents(db)
        self.decisions = decisions
        self.totals: Judged = Judged()
        """Of the applied changes that were judged."""
        self.groups_judged: int = 0
        self.judged: int = 0
        """Changes and suggestions in the judged groups."""

    def replay(self) -> None:
        """Bring the working copy in line with the decisions."""
        self.db.execute("begin")
        self.db.execute(
            "update groups set own=null, state=null, value=null, note=null, conflict=0, singles=0, "
            "singles_right=0 where state is not null or conflict or singles"
        )
        self.db.execute("delete from judged_places")
        touched: set[int] = set()
        for key in self.decisions.votes:
            touched.update(self.groups_of(key))
        self.refresh(touched)
        self.db.execute("commit")

    def groups_of(self, key: Key) -> list[int]:
        """The groups that a decision with this key can reach."""
        if key[0] == "change":
            return self._judge_place(key)
        if key[0] == "word":
            rows = self.db.execute("select grp from group_word where word = ?", [key[1]])
        elif key[0] == "rule":
            rows = self.db.execute(
                "select id from groups where rule = ? or substr(rule, 1, ?) = ?",
                [key[1], len(key[1]) + 1, key[1] + "."],
            )
        elif key[0] == "shape":
            rows = self.db.execute("select id from groups where rule = ? and shape = ?", [key[1], key[2]])
        else:
            rows = self.db.execute(
                "select id from groups where before = ? and after = ? and (rule = ? or ? = '')",
                [key[2], key[3], key[1], key[1]],
            )
        return [row[0] for row in rows]

    def _judge_place(self, key: Key) -> list[int]:
        """Write a decision on one place into the working copy; its group."""
        docs = self.db.execute("select * from docs where original = ?", [key[1]]).fetchall()
        touched = []
        vote = self.decisions.get(key)
        conflict = self.decisions.conflict(key) is not None
        for doc in docs:
            for mark, group, before, after in self.documents.marks_in(doc):
                if change_at(mark, group, before, after).id != key[2]:
                    continue
                if vote is None:
                    self.db.execute("delete from judged_places where place = ?", [mark.place])
                else:
                    self.db.execute(
                        "insert or replace into judged_places values(?,?,?,?,?,?)",
                        [mark.place, mark.group, mark.kind, vote.decision, vote.value, conflict],
                    )
                touched.append(mark.group)
        return touched

    def refresh(self, groups: Iterable[int]) -> None:
        """Bring the state of groups, and the sums over all, in line with the decisions."""
        for number in groups:
            row = self.db.execute(
                "select rule, before, after, changes, suggestions, state, singles, singles_right, shape "
                "from groups where id = ?",
                [number],
            ).fetchone()
            keys = keys_of(row["rule"], row["before"], row["after"])
            if row["shape"] is not None:
                keys = [key for key in keys if key[0] != "pair"]
            narrow = next((key for key in keys if self.decisions.get(key)), None)
            vote = self.decisions.get(narrow) if narrow else None
            own = vote.decision if vote and narrow and narrow[0] in ("pair", "shape") else None
            singles = self.db.execute(
                "select count(*) n, coalesce(sum(state = 'accept'), 0) correct, "
                "coalesce(max(conflict), 0) c from judged_places where grp = ? and kind = ?",
                [number, CHANGE],
            ).fetchone()
            conflict = singles["c"] or any(self.decisions.conflict(key) for key in keys[:3])
            self._count(
                row["changes"], row["suggestions"], row["state"], row["singles"], row["singles_right"], -1
            )
            state = vote.decision if vote else None
            self._count(row["changes"], row["suggestions"], state, singles["n"], singles["correct"], 1)
            self.db.execute(
                "update groups set own=?, state=?, value=?, note=?, conflict=?, singles=?, singles_right=? "
                "where id=?",
                [own, state, vote.value if vote else None, vote.note if vote else None, bool(conflict),
                 singles["n"], singles["correct"], number],
            )  # fmt: skip

    def _count(
        self, changes: int, suggestions: int, state: str | None, singles: int, correct: int, sign: int
    ) -> None:
        if state is not None:
            self.groups_judged += sign
            self.judged += sign * (changes + suggestions)
            if changes > singles:
                self.totals.add(changes - singles, state == "accept", sign)
        self.totals.changes += sign * singles
        self.totals.right += sign * correct
        self.totals.squares += sign * singles

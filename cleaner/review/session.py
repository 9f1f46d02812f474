"""A review in progress: what the reviewer decides goes to the file first, then into the working copy.

The decisions file is the truth. It is only appended to, one line a decision, and forced to disk before
the reviewer sees the decision taken; so a killed server loses nothing. The working copy, the progress
and what can be undone are made from it again at each start.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from cleaner.decisions import Decision, Decisions, Key, Verdict, read_decisions, words_of
from cleaner.review.decisionfile import DecisionFile
from cleaner.review.documents import Documents
from cleaner.review.groups import Groups, group_row
from cleaner.review.states import States

VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "replace", "ignore", "open")


@dataclass(slots=True)
class _Act:
    """What one key press decided, and what this reviewer had decided on the same before."""

    batch: str
    earlier: dict[Key, tuple[Decision, Decision | None]]


class Session:
    """One reviewer at work on one log."""

    def __init__(self, db: sqlite3.Connection, path: Path, also: Iterable[Path] = (), who: str = "") -> None:
        """``path`` is the file that is written to, ``also`` are those of other reviewers, only read.

        Raises OutputError if ``path`` cannot be written, InputError for a malformed line.
        """
        self.db = db
        self.groups: Groups = Groups(db)
        self.documents: Documents = Documents(db)
        self.who = who
        self.file: DecisionFile = DecisionFile(path)
        self.acts: list[_Act] = []
        self.own: dict[Key, Decision] = {}
        self.recent: list[tuple[float, int]] = []
        self._last = ""
        try:
            self.decisions = Decisions.read([path, *also])
            self.file.mend()  # only now: it is a decisions file
            self._remember(path)
        except BaseException:
            self.file.close()
            raise
        self.states: States = States(db, self.decisions)
        self.states.replay()
        row = db.execute("select count(*), sum(changes), sum(suggestions) from groups").fetchone()
        self.size = {"groups": row[0], "changes": row[1] or 0, "suggestions": row[2] or 0}

    def _remember(self, path: Path) -> None:
        """Make the stack of what can be undone from the reviewer's own lines."""
        for decision in read_decisions(path):
            self._last = max(self._last, decision.when)
            if decision.who != self.who:
                continue
            if decision.undo:
                if self.acts and self.acts[-1].batch == decision.batch:
                    self.acts.pop()
                self._own(decision)
            else:
                self._push(decision)

    def _push(self, decision: Decision) -> None:
        batch = decision.batch or decision.when
        if not self.acts or self.acts[-1].batch != batch:
            self.acts.append(_Act(batch, {}))
        earlier = self.acts[-1].earlier
        if decision.key not in earlier:
            earlier[decision.key] = decision, self.own.get(decision.key)
        self._own(decision)

    def _own(self, decision: Decision) -> None:
        if decision.decision == "open":
            self.own.pop(decision.key, None)
        else:
            self.own[decision.key] = decision

    def decide(
        self, scope: str, number: int, verdict: Verdict, value: str | None = None, note: str = ""
    ) -> list[dict[str, Any]]:
        """Decide on a group ("pair", "word" or "rule" of it) or on one place ("change").

        Returns the groups that changed, as the page shows them (200 at most). Raises LookupError if there
        is no such group or place, ValueError if the verdict does not fit it, OutputError if it cannot be
        saved.
        """
        decisions = [replace(row, note=note) for row in self._rows(scope, number, verdict, value)]
        return self._take(decisions)

    def decide_many(self, groups: list[int], verdict: Verdict) -> list[dict[str, Any]]:
        """The same verdict for many groups, as one act. Raises as `decide`."""
        if verdict not in ("accept", "reject", "open"):
            raise ValueError("many groups can be accepted, rejected or opened again")
        return self._take([row for number in groups for row in self._rows("pair", number, verdict, None)])

    def _rows(self, scope: str, number: int, verdict: Verdict, value: str | None) -> Iterator[Decision]:
        if verdict not in VERDICTS:
            raise ValueError(f"no such verdict: {verdict!r}")
        if (verdict == "replace") != (value is not None):
            raise ValueError("replace needs a value, the others have none")
        if scope == "change":
            found = self.documents.change_of(number)
            if found is None:
                raise LookupError("no such change")
            if verdict == "ignore":
                raise ValueError("a word is ignored everywhere, not at one place")
            change, doc = found
            yield Decision(
                "change", verdict, rule=change.rule, before=change.before, after=change.after, value=value,
                doc_id=doc["doc_id"], sha256=doc["original"], change_id=change.id,
            )  # fmt: skip
            return
        group = group_row(self.db, number)
        if group is None:
            raise LookupError("no such group")
        rule, before, after, shape = group["rule"], group["before"], group["after"], group["shape"]
        if scope == "rule":
            if verdict in ("replace", "ignore"):
                raise ValueError("a rule is accepted, rejected or opened again")
            yield Decision("rule", verdict, rule=rule)
        elif verdict == "ignore" or scope == "word":
            words = words_of(rule, before)
            if not words:
                raise ValueError("only a spelling change of a word can be ignored")
            for other in self.states.groups_of(("word", words[0])):  # the word shall say more than its pairs
                key = self._key(other)
                if key in self.own:
                    yield replace(self.own[key], decision="open", value=None, note="")
            yield Decision("word", verdict, word=words[0])
        elif shape is not None:
            if verdict == "replace":
                raise ValueError("the lines of this group differ; edit them one by one")
            yield Decision("pair", verdict, rule=rule, shape=shape)
        else:
            word = words_of(rule, before)[:1]
            if word and ("word", word[0]) in self.own:  # a later word on the pair goes before "ignore"
                yield Decision("word", "open", word=word[0])
            yield Decision("pair", verdict, rule=rule, before=before, after=after, value=value)

    def _key(self, group: int) -> Key:
        row = self.db.execute("select rule, before, after, shape from groups where id=?", [group]).fetchone()
        if row["shape"] is not None:
            return "shape", row["rule"], row["shape"]
        return "pair", row["rule"], row["before"], row["after"]

    def _take(self, decisions: list[Decision]) -> list[dict[str, Any]]:
        if not decisions:
            return []
        now = self._now()
        stamped = [
            replace(
                row, who=self.who, when=now, batch=now, undo=False,
                settled=self.decisions.conflict(row.key) is not None,
            )
            for row in decisions
        ]  # fmt: skip
        self.file.append(stamped)
        for row in stamped:
            self._push(row)
        self.recent.append((time.monotonic(), len({row.key for row in stamped})))
        return self._apply(stamped)

    def undo(self) -> list[dict[str, Any]] | None:
        """Take the last act back; the groups that changed, or None if there is nothing to undo."""
        if not self.acts:
            return None
        act = self.acts[-1]
        now = self._now()
        rows = []
        for decision, earlier in act.earlier.values():
            if earlier is None:
                row = replace(decision, decision="open", value=None, note="", settled=False)
            else:
                row = earlier
            rows.append(replace(row, when=now, batch=act.batch, undo=True))
        self.file.append(rows)
        self.acts.pop()
        for row in rows:
            self._own(row)
        if self.recent:
            self.recent.pop()
        return self._apply(rows)

    def _now(self) -> str:
        """The time, later than that of every line so far even if the clock was set back."""
        now = datetime.now(timezone.utc).isoformat(timespec="microseconds")
        if now <= self._last:
            try:
                later = datetime.fromisoformat(self._last) + timedelta(microseconds=1)
                now = later.isoformat(timespec="microseconds")
            except ValueError:  # not a time that we wrote
                now = self._last + "+"
        self._last = now
        return now

    def _apply(self, decisions: list[Decision]) -> list[dict[str, Any]]:
        """Take saved decisions over into the working copy."""
        touched: set[int] = set()
        self.db.execute("begin")
        for decision in decisions:
            self.decisions.add(decision)
            touched.update(self.states.groups_of(decision.key))
        self.states.refresh(touched)
        self.db.execute("commit")
        shown = (self.groups.get(number) for number in sorted(touched)[:200])
        return [group for group in shown if group]

    def progress(self) -> dict[str, Any]:
        """Judged, left, groups a minute over the last five minutes, precision with its interval."""
        now = time.monotonic()
        self.recent = [item for item in self.recent if now - item[0] < 300]
        span = max(15.0, now - self.recent[0][0]) if self.recent else 0
        speed = 60 * sum(number for _, number in self.recent) / span if span else 0
        return {
            **self.size,
            "groups_judged": self.states.groups_judged,
            "judged": self.states.judged,
            "speed": round(speed, 1),
            "precision": self.states.totals.estimate(),
            "undo": len(self.acts),
            "conflicts": self.db.execute("select count(*) from groups where conflict").fetchone()[0],
        }

    def votes(self, group: int) -> list[dict[str, Any]]:
        """What each reviewer said about a group, the latest last."""
        key = self._key(group)
        votes = self.decisions.votes.get(key, {}).values()
        return [
            {
                "who": vote.who,
                "decision": vote.decision,
                "value": vote.value,
                "when": vote.when,
                "note": vote.note,
            }
            for vote in votes
        ]

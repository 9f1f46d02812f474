"""What people decided about changes: the file, and what counts of it (`obey` tells how a run follows it).

`decisions.jsonl` holds one decision a line and is only ever appended to, so it can be kept in git, and
the files of several reviewers can be given together or simply put one behind the other. Its fields are
described in docs/review.md.

The scope says how far a decision reaches; of several the narrowest decides:

    change   this place in this text (sha256 of the original, id of the change)
    pair     everywhere this rule writes `after` for `before`; removed boilerplate, which hardly ever is
             the same twice, by rule and shape instead (see `shapes`)
    word     every spelling change of this word: leave it alone
    rule     everything a rule does

Within a scope the latest decision counts. Reviewers whose latest decisions differ are in conflict: the
run obeys the later one, and says so.

Start reading at `Decisions.of`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from cleaner.edits import Change
from cleaner.errors import InputError
from cleaner.shapes import has_shape, shape_of

SCHEMA = "cleaner.decision/1"
SCOPES = ("change", "pair", "word", "rule")
DECISIONS = ("accept", "reject", "replace", "ignore", "open")

Scope = Literal["change", "pair", "word", "rule"]
Verdict = Literal["accept", "reject", "replace", "ignore", "open"]
Key = tuple[str, ...]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SPELLING = ("typo.", "slang.")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a decisions file. Which fields are set depends on the scope (see `key`)."""

    scope: Scope
    decision: Verdict
    """accept; reject: take it back; replace: write `value`; ignore: never touch this word; open:
    what this reviewer decided before is withdrawn."""
    rule: str | None = None
    before: str | None = None
    after: str | None = None
    shape: str | None = None
    word: str | None = None
    value: str | None = None
    doc_id: str | None = None
    sha256: str | None = None
    """Of the original text; with `change_id` it names a single change."""
    change_id: str | None = None
    who: str = ""
    when: str = ""
    """UTC, ISO 8601 with microseconds: as text in order of time."""
    note: str = ""
    batch: str | None = None
    """Equal for decisions that one key press made, which one undo takes back."""
    undo: bool = False
    settled: bool = False
    """Made in view of a conflict: what others said before counts no more."""

    @property
    def key(self) -> Key:
        """What it is about: decisions with the same key replace each other."""
        if self.scope == "change":
            return "change", self.sha256 or "", self.change_id or ""
        if self.scope == "word":
            return "word", (self.word or "").casefold()
        if self.scope == "rule":
            return "rule", self.rule or ""
        if self.shape is not None:
            return "shape", self.rule or "", self.shape
        return "pair", self.rule or "", self.before or "", self.after or ""

    def to_json(self) -> str:
        """The line for the file, without its line end; empty fields are left out."""
        row: dict[str, Any] = {"schema": SCHEMA}
        for item in fields(self):
            value = getattr(self, item.name)
            if value not in (None, False) and not (value == "" and item.name in ("who", "when", "note")):
                row[item.name] = value
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


_NAMES = frozenset(item.name for item in fields(Decision))


def parse_decision(line: str, place: str) -> Decision:
    """The decision on a line. Raises InputError that names the place and what is wrong."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{place}: this is no JSON: {error}") from error
    if not isinstance(row, dict) or row.get("schema") != SCHEMA:
        found = row.get("schema") if isinstance(row, dict) else None
        raise InputError(f"{place}: is no decision: its schema is {found!r}, this version reads {SCHEMA!r}")
    decision = Decision(**{key: value for key, value in row.items() if key in _NAMES})
    if problem := _problem(decision):
        raise InputError(f"{place}: {problem}")
    return decision


def _problem(decision: Decision) -> str | None:
    for name, value in (("scope", SCOPES), ("decision", DECISIONS)):
        if getattr(decision, name) not in value:
            return f"{name} is {getattr(decision, name)!r}; valid are {', '.join(value)}"
    for item in fields(decision):
        value = getattr(decision, item.name)
        if item.name in ("undo", "settled"):
            if not isinstance(value, bool):
                return f"{item.name} must be true or false, not {value!r}"
        elif value is not None and not isinstance(value, str):
            return f"{item.name} must be a string, not {value!r}"
    missing = [name for name in _required(decision) if getattr(decision, name) is None]
    if missing:
        return f"a decision with scope {decision.scope} needs {' and '.join(missing)}"
    if decision.decision == "replace" and decision.scope in ("word", "rule"):
        return f"replace needs the scope change or pair, not {decision.scope}"
    return None


def _required(decision: Decision) -> tuple[str, ...]:
    value = ("value",) if decision.decision == "replace" else ()
    if decision.scope == "pair":
        return value if decision.shape is not None else ("before", "after", *value)
    return {"change": ("sha256", "change_id"), "word": ("word",), "rule": ("rule",)}[decision.scope] + value


def read_decisions(path: Path) -> Iterator[Decision]:
    """The decisions in a file, in order.

    A last line that was cut off (the power failed while it was written) is left out: nobody was told
    that it was saved. Raises InputError for a missing file or a malformed line.
    """
    from cleaner.corpus.files import decode, display_name, open_input

    name = display_name(path)
    with open_input(path) as stream:
        for number, line in enumerate(stream, 1):
            if line.endswith(b"\n") or not was_cut(line):
                text = decode(line, "utf-8", f"{name}:{number}")
                if text.strip():
                    yield parse_decision(text, f"{name}:{number}")


def was_cut(line: bytes) -> bool:
    """Is this last line of a file, which has no line end, the beginning of a decision?"""
    start = f'{{"schema":"{SCHEMA}"'.encode()
    if not line.startswith(start[: len(line)]):
        return False  # no line of ours: it shall be refused, not left out
    try:
        json.loads(line)
    except ValueError:
        return True
    return False


@dataclass(slots=True)
class Conflict:
    """Decisions of different reviewers on one key that differ; the last one is obeyed."""

    key: Key
    votes: list[Decision]


@dataclass
class Decisions:
    """Everything that was decided, by key and reviewer."""

    votes: dict[Key, dict[str, Decision]] = field(default_factory=dict)
    _digest: str | None = None

    @classmethod
    def read(cls, paths: Iterable[str | Path]) -> Decisions:
        """The decisions of one or several files. Raises InputError as `read_decisions`."""
        every = cls()
        rows = [decision for path in paths for decision in read_decisions(Path(path))]
        for decision in sorted(rows, key=lambda row: row.when):  # stable: lines without a time stay in order
            every.add(decision)
        return every

    def add(self, decision: Decision) -> None:
        """Take one more decision into account, the latest so far."""
        votes = self.votes.setdefault(decision.key, {})
        votes.pop(decision.who, None)  # so that the order of the reviewers is that of their last word
        if decision.decision != "open":
            votes[decision.who] = decision
        elif not votes:
            del self.votes[decision.key]
        self._digest = None

    def get(self, key: Key) -> Decision | None:
        """What counts for a key: the latest that was not withdrawn."""
        votes = self.votes.get(key)
        return next(reversed(votes.values())) if votes else None

    def conflict(self, key: Key) -> Conflict | None:
        """The decisions on a key if reviewers differ, and nobody settled it."""
        votes = list(self.votes.get(key, {}).values())
        settled = [n for n, vote in enumerate(votes) if vote.settled]
        votes = votes[settled[-1] :] if settled else votes
        if len({(vote.decision, vote.value) for vote in votes}) < 2:
            return None
        return Conflict(key, votes)

    def conflicts(self) -> list[Conflict]:
        """All keys on which reviewers differ."""
        return [found for key in self.votes if (found := self.conflict(key))]

    def of(self, change: Change, original_sha256: str) -> Decision | None:
        """The decision that a change or suggestion falls under: the narrowest one."""
        if found := self.get(("change", original_sha256, change.id)):
            return found
        for key in keys_of(change.rule, change.before, change.after):
            if found := self.get(key):
                return found
        return None

    @property
    def digest(self) -> str:
        """Hash of all that counts: runs with equal digests obey the same decisions."""
        if self._digest is None:
            rows = sorted(
                (*key, vote.decision, vote.value or "")
                for key in self.votes
                if (vote := self.get(key)) is not None
            )
            self._digest = hashlib.sha256(json.dumps(rows).encode("utf-8")).hexdigest()[:16]
        return self._digest


def keys_of(rule: str, before: str, after: str) -> list[Key]:
    """The keys under which a change may have been decided without naming its place, narrow ones first."""
    keys: list[Key] = [("pair", rule, before, after), ("pair", "", before, after)]
    if has_shape(rule):
        keys.append(("shape", rule, shape_of(before)))
    keys += [("word", word) for word in words_of(rule, before)]
    parts = rule.split(".")
    return keys + [("rule", ".".join(parts[:n])) for n in range(len(parts), 0, -1)]


def words_of(rule: str, before: str) -> list[str]:
    """The words, without case, that a spelling change is about: the whole of it, then each one."""
    if not rule.startswith(_SPELLING):
        return []
    whole = " ".join(before.split()).casefold()
    return list(dict.fromkeys([whole, *_WORD.findall(whole)])) if _WORD.search(whole) else []

"""What people decided about changes, and how a run obeys it.

`decisions.jsonl` holds one decision a line and is only ever appended to, so it can be kept in git, and
the files of several reviewers can be given together or simply put one behind the other. Its fields are
described in docs/review.md.

The scope says how far a decision reaches; of several the narrowest decides:

    change   this place in this text (sha256 of the original, id of the change)
    pair     everywhere this rule writes `after` for `before`; removed boilerplate, which hardly ever is
             the same twice, by rule and shape instead (see `shape_of`)
    word     every spelling change of this word: leave it alone
    rule     everything a rule does

Within a scope the latest decision counts. Reviewers whose latest decisions differ are in conflict: the
run obeys the later one, and says so.

Start reading at `obey`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from cleaner.edits import Bilingual, Change, Step, apply, main_step, map_span, overlaps
from cleaner.errors import InputError
from cleaner.result import CleanResult, Suppressed, sha256

SCHEMA = "cleaner.decision/1"
SCOPES = ("change", "pair", "word", "rule")
DECISIONS = ("accept", "reject", "replace", "ignore", "open")

Scope = Literal["change", "pair", "word", "rule"]
Verdict = Literal["accept", "reject", "replace", "ignore", "open"]
Key = tuple[str, ...]

_REASONS = {
    "accept": Bilingual("Saran ini diterima oleh seseorang.", "A person accepted this suggestion."),
    "replace": Bilingual("Seseorang menulis perbaikan lain.", "A person wrote another correction."),
}
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


def has_shape(rule: str) -> bool:
    """Are changes of this rule decided by shape? Headlines and bylines never are the same twice."""
    return rule.startswith("boilerplate.")


class _Classes(dict[int, str]):
    """Letters become A or a, digits 0, white space a space; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = (
            "A" if char.isupper() else "a" if char.isalpha() else "0" if char.isdigit()
            else " " if char.isspace() else char
        )  # fmt: skip
        self[code] = kind
        return kind


_CLASSES = _Classes()
_RUNS = re.compile(r"A?a+|A+|0+| +")
_WORDS = re.compile(r"(?:Aa|a|A)(?: (?:Aa|a|A))+")
_SHAPED = 60


def shape_of(before: str) -> str:
    """The outline of a removed line: words, numbers and marks of its first 60 code points.

    What follows a colon is a headline or a name, and left out.

    >>> shape_of("Baca juga: Harga Cabai Naik 5%, Kata Mereka")
    'Aa:…'
    >>> shape_of("(Rina Sari/ABC)")
    '(Aa/A)'
    """
    classes = before.strip()[:_SHAPED].translate(_CLASSES)
    outline = _WORDS.sub("Aa", _RUNS.sub(_run, classes))
    label, colon, rest = outline.partition(":")
    return f"{label}:…" if colon and rest else outline.rstrip()


def _run(match: re.Match[str]) -> str:
    run = match[0]
    return "Aa" if run[0] == "A" and run[-1] == "a" else run[0]


def obey(result: CleanResult, decisions: Decisions, language: Literal["id", "en"] = "id") -> CleanResult:
    """``result`` as people want it: rejected changes taken back, others replaced, suggestions applied.

    What is taken back stands in ``suppressed`` with the winner "decision.pair" (or change, word,
    rule); what is replaced, or was only suggested, has the rule "decision.replace" or
    "decision.accept" and a last step of the stage "decision". Changes that nobody judged stay as they
    are. An accepted suggestion that covers a change which was rejected stays a suggestion.
    """
    if not decisions.votes or not (result.changes or result.suggestions):
        return result
    key = sha256(result.original)
    judged = [(change, decisions.of(change, key)) for change in result.changes]
    wished = [(change, decisions.of(change, key)) for change in result.suggestions]
    if not any(decision for _, decision in judged + wished):
        return result
    book = _Book(list(result.suppressed), language)
    for change, decision in judged:
        book.judge(change, decision)
    for change, decision in wished:
        book.wish(change, decision)
    changes, text = rebuilt(result.original, book.changes)
    before = [(change.start, change.end) for change in changes]
    after = [(change.cleaned_start, change.cleaned_end) for change in changes]
    suggestions = []
    for change in book.suggestions:
        start, end = map_span(change.start, change.end, before, after)
        suggestions.append(replace(change, cleaned_start=start, cleaned_end=end))
    book.suppressed.sort(key=lambda item: (item.start, item.end))
    return replace(result, text=text, changes=changes, suggestions=suggestions, suppressed=book.suppressed)


class _Book:
    """What becomes of each change and suggestion of one text."""

    def __init__(self, suppressed: list[Suppressed], language: Literal["id", "en"]) -> None:
        self.changes: list[Change] = []
        self.suggestions: list[Change] = []
        self.suppressed = suppressed
        self.language = language
        self.refused: list[Change] = []

    def judge(self, change: Change, decision: Decision | None) -> None:
        """A change that the rules made."""
        if decision is None or decision.decision == "accept":
            self.changes.append(change)
        elif decision.decision == "replace" and decision.value != change.before:
            self.refused.append(change)
            self.changes.append(self.decided(change, decision))
        else:
            self.refused.append(change)
            self.drop(change, decision)

    def wish(self, change: Change, decision: Decision | None) -> None:
        """A suggestion; accepted, it takes in the changes that it covers."""
        if decision is None:
            self.suggestions.append(change)
            return
        if decision.decision in ("reject", "ignore") or decision.value == change.before:
            self.drop(change, decision)
            return
        wanted = self.decided(change, decision)
        covered = [c for c in self.changes if overlaps(c.start, c.end, change.start, change.end)]
        within = all(change.start <= c.start and c.end <= change.end for c in covered)
        personal = any(c.steps[-1].stage == "decision" for c in covered)
        refused = any(overlaps(c.start, c.end, change.start, change.end) for c in self.refused)
        if refused or personal or not within:
            self.suggestions.append(change)
            return
        self.changes = [c for c in self.changes if c not in covered] + [wanted]

    def decided(self, change: Change, decision: Decision) -> Change:
        """The change as the person wants it, with a step that says so."""
        verdict = decision.decision
        after = decision.value if verdict == "replace" and decision.value is not None else change.after
        rule, reason = f"decision.{verdict}", getattr(_REASONS[verdict], self.language)
        if decision.note:
            reason = f"{reason} {decision.note}"
        step = Step("decision", rule, change.after, after, reason, 1.0)
        steps = (*change.steps, step)
        return replace(change, after=after, rule=rule, reason=reason, confidence=1.0, steps=steps)

    def drop(self, change: Change, decision: Decision) -> None:
        """Write down what a person did not want."""
        self.suppressed.append(
            Suppressed(
                change.start, change.end, change.before, change.after, change.rule, change.reason,
                change.confidence, f"decision.{decision.scope}",
            )
        )  # fmt: skip


def rebuilt(original: str, changes: Iterable[Change]) -> tuple[list[Change], str]:
    """Disjoint changes in order, with their places in the text that they give, and that text."""
    placed, grown = [], 0
    for change in sorted(changes, key=lambda item: (item.start, item.end)):
        start = change.start + grown
        end = start + len(change.after)
        placed.append(replace(change, cleaned_start=start, cleaned_end=end))
        grown = end - change.end
    return placed, apply(original, placed)


def proposed_by_rules(change: Change) -> Change:
    """A change as the rules proposed it, before a person replaced or accepted it.

    Its id and its key are those of the run that knew no decisions, so a log that obeys decisions can
    be reviewed again.
    """
    last = change.steps[-1]
    if last.stage != "decision" or len(change.steps) < 2:
        return change
    steps = change.steps[:-1]
    main = main_step(steps)
    return replace(
        change, after=last.before, rule=main.rule, reason=main.reason,
        confidence=min(step.confidence for step in steps), steps=steps,
    )  # fmt: skip

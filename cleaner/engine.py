"""The engine: run the stages one after the other and keep the books.

For each stage: rules *propose* edits on the stage's text; edits that touch protected text or are not
sure enough step aside; overlaps are *resolved*; what is left is *applied*, and *composed* onto the
changes so far, so that these always point at the original.

Nothing is lost on the way: an edit that is not applied ends as a suggestion (not sure enough, or its
rule only suggests) or as suppressed (it lost against a stronger edit or a protected span).

Start reading at `Cleaner.clean`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import insort
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from cleaner.config import PROFILES, Config, matches
from cleaner.document import Document
from cleaner.edits import Change, Edit, Step, compose, map_span, overlaps, splice
from cleaner.errors import InvalidTextError
from cleaner.protect import protected_spans
from cleaner.result import CleanResult, Suppressed
from cleaner.rules import enabled_rules, make_stage
from cleaner.rules.base import Rule, Stage

_PROTECTS = {
    # A URL that lost a space is still no sentence boundary; a date or an amount may need a space.
    "spacing": frozenset({"url", "email", "handle", "file", "code", "user"}),
    "typo": frozenset(
        {"url", "email", "handle", "hashtag", "file", "code", "number_unit", "date", "money", "user"}
    ),
}


class Cleaner:
    """Cleans texts with one configuration. Cheap to make; data are opened at the first text.

    Safe to share between threads, and picklable: a copy in another process opens its own data.
    """

    def __init__(self, config: Config | None = None) -> None:
        """Raises ConfigError if ``select`` or ``ignore`` name a rule that does not exist."""
        self.config = config or Config()

    def __getstate__(self) -> dict[str, Any]:
        return {"config": self.config}

    @cached_property
    def _stages(self) -> list[Stage]:
        return [make_stage(name, self.config) for name in PROFILES[self.config.profile].stages]

    @cached_property
    def _enabled(self) -> dict[str, Rule]:
        return enabled_rules(self._stages, self.config)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.config.ignore_patterns)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of version, settings and dictionary: equal fingerprints clean alike."""
        from cleaner import __version__
        from cleaner.spelling.data import data_fingerprint

        key = "\0".join((__version__, self.config.to_json(), data_fingerprint()))
        return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]

    def clean(self, text: str, *, outlet: str | None = None) -> CleanResult:
        """Clean one text.

        ``outlet`` names the rule pack the text belongs to, if known; it overrides the configured
        one. Raises InvalidTextError if ``text`` is no str or holds a lone surrogate.
        """
        check_text(text)
        run = _Run(self, text)
        for stage in self._stages:
            document = Document(run.text, outlet or self.config.outlet)
            edits = stage.propose(document, self._enabled)
            if edits:
                run.add(stage.name, edits)
        return run.finish()

    def clean_many(
        self, texts: Iterable[str], workers: int = 1, progress: bool = False
    ) -> Iterator[CleanResult]:
        """Clean many texts, lazily and in order, in ``workers`` processes (1: this one).

        ``progress`` counts texts on stderr. Raises InvalidTextError as `clean` does.
        """
        from cleaner.parallel import clean_many

        return clean_many(self, texts, workers, progress)


class _Pending(NamedTuple):
    """An edit that was not applied, already carried to the original."""

    start: int
    end: int
    seen: str  # what its stage saw there
    after: str
    edit: Edit
    stage: str
    winner: str  # empty: it may still become a suggestion


class _Run:
    """The books of one text on its way through the stages."""

    def __init__(self, cleaner: Cleaner, text: str) -> None:
        self.cleaner = cleaner
        self.config = cleaner.config
        self.original = self.text = text
        self.changes: list[Change] = []
        self.pending: list[_Pending] = []

    def add(self, stage: str, edits: list[Edit]) -> None:
        """Sort out the edits of one stage, apply the best and remember the rest."""
        edits = self._unprotected(stage, edits)
        threshold = self.config.threshold(stage)
        suggests = PROFILES[self.config.profile].suggests
        certain, doubtful = [], []
        for edit in edits:
            if (
                edit.confidence >= threshold
                and edit.applicability == "safe"
                and not matches(edit.rule, suggests)
            ):
                certain.append(edit)
            else:
                doubtful.append(edit)
        accepted, lost = resolve(certain, self.cleaner._enabled)
        for edit, winner in lost:
            self._set_aside(stage, edit, winner)
        for edit in doubtful:
            better = next((a for a in accepted if overlaps(a.start, a.end, edit.start, edit.end)), None)
            if better is None or better.after != edit.after:
                self._set_aside(stage, edit, better.rule if better else "")
        if accepted:
            self.changes = compose(
                self.original, self.text, self.changes, accepted, stage, self.config.language
            )
            self.text = splice(self.text, ((e.start, e.end, e.after) for e in accepted))

    def _unprotected(self, stage: str, edits: list[Edit]) -> list[Edit]:
        """The edits that touch no protected span; only lines that hold an edit are searched."""
        kinds = _PROTECTS.get(stage)
        if kinds is None:
            return edits
        free = []
        spans: dict[int, list[tuple[int, int, str]]] = {}
        for edit in edits:
            line_start = self.text.rfind("\n", 0, edit.start) + 1
            line_end = self.text.find("\n", edit.end)
            line = self.text[line_start : line_end if line_end >= 0 else len(self.text)]
            if line_start not in spans:
                spans[line_start] = protected_spans(
                    line, self.cleaner._patterns, self.config.ignore_words if stage == "typo" else ()
                )
            start, end = edit.start - line_start, edit.end - line_start
            kind = next(
                (k for s, e, k in spans[line_start] if k in kinds and overlaps(s, e, start, end)), None
            )
            if kind is None:
                free.append(edit)
            else:
                self._set_aside(stage, edit, f"protected.{kind}")
        return free

    def _set_aside(self, stage: str, edit: Edit, winner: str) -> None:
        """Remember an edit that is not applied, in original offsets, widened to whole changes."""
        original = [(c.start, c.end) for c in self.changes]
        here = [(c.cleaned_start, c.cleaned_end) for c in self.changes]
        start, end = map_span(edit.start, edit.end, here, original)
        left, right = map_span(start, end, original, here)
        left, right = min(left, edit.start), max(right, edit.end)
        after = self.text[left : edit.start] + edit.after + self.text[edit.end : right]
        self.pending.append(_Pending(start, end, self.text[left:right], after, edit, stage, winner))

    def finish(self) -> CleanResult:
        """Close the books: carry what was set aside to the final text."""
        result = CleanResult(self.original, self.text, self.changes, fingerprint=self.cleaner.fingerprint)
        for item in self.pending:
            start, end = result.to_cleaned(item.start, item.end)
            now = self.text[start:end]
            if now == item.after:  # a later stage did the same
                continue
            edit, reason = item.edit, item.edit.reason._asdict()[self.config.language]
            before = self.original[item.start : item.end]
            winner = item.winner
            if not winner and now != item.seen:  # a later stage changed this place
                winner = next(
                    c.rule for c in self.changes if overlaps(c.start, c.end, item.start, item.end)
                )
            if winner:
                result.suppressed.append(
                    Suppressed(
                        item.start, item.end, before, item.after, edit.rule, reason, edit.confidence, winner
                    )
                )
            else:
                step = Step(item.stage, edit.rule, item.seen, item.after, reason, edit.confidence)
                result.suggestions.append(
                    Change(
                        item.start, item.end, start, end, before, item.after,
                        edit.rule, reason, edit.confidence, (step,), edit.alternatives,
                    )
                )  # fmt: skip
        result.suggestions.sort(key=lambda change: (change.start, change.end))
        result.suppressed.sort(key=lambda item: (item.start, item.end))
        return result


def resolve(edits: Iterable[Edit], rules: dict[str, Rule]) -> tuple[list[Edit], list[tuple[Edit, str]]]:
    """Choose among overlapping edits: the accepted ones, sorted, and the others with their winner.

    Higher rule priority goes first, then higher confidence, the longer span, the earlier start, the
    rule id. Each edit is accepted unless it overlaps one that already was, so an edit that itself
    loses takes nothing down with it (LanguageTool's left-to-right filter does).
    """
    ranked = sorted(
        edits,
        key=lambda e: (-rules[e.rule].priority, -e.confidence, e.start - e.end, e.start, e.rule, e.after),
    )
    accepted: list[Edit] = []
    lost: list[tuple[Edit, str]] = []
    for edit in ranked:
        winner = next((a for a in accepted if overlaps(a.start, a.end, edit.start, edit.end)), None)
        if winner is None:
            insort(accepted, edit, key=lambda e: (e.start, e.end))
        elif winner.after != edit.after or (winner.start, winner.end) != (edit.start, edit.end):
            lost.append((edit, winner.rule))
    return accepted, lost


def check_text(text: str) -> None:
    """Raises InvalidTextError unless ``text`` is a str that can be written as UTF-8."""
    if not isinstance(text, str):
        hint = "; decode it first: data.decode('utf-8')" if isinstance(text, bytes) else ""
        raise InvalidTextError(f"clean() takes a str, not {type(text).__name__}{hint}")
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InvalidTextError(
                f"the text has a lone surrogate U+{ord(text[error.start]):04X} at code point {error.start}; "
                "it was decoded with errors='surrogateescape' or cut in two: decode it again from its bytes"
            ) from error

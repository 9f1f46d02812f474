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
import json
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.config import PROFILES, Config, matches, nearest
from cleaner.document import Document
from cleaner.edits import Change, Edit, Step, compose, map_span, overlaps, splice
from cleaner.errors import ConfigError, InvalidTextError
from cleaner.result import CleanResult, Suppressed
from cleaner.rules import enabled_rules, make_stage
from cleaner.rules.base import Rule, Stage

if TYPE_CHECKING:
    from regex import Pattern  # type: ignore[import-untyped]

    from cleaner.decisions import Decisions
    from cleaner.rules.corrections import Corrections
    from cleaner.rules.packs import Pack

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

    def __init__(self, config: Config | None = None, vocabulary: Mapping[str, int] | None = None) -> None:
        """``vocabulary``: words of the corpus (lower case) that are right, with a count (see `learn`).

        Raises ConfigError at the first text if ``select`` or ``ignore`` name a rule that does not exist.
        """
        self.config: Config = config or Config()
        self.vocabulary: dict[str, int] = dict(vocabulary or {})

    def __getstate__(self) -> dict[str, Any]:
        # The decisions go along: another process must not read a file that grows meanwhile.
        return {"config": self.config, "vocabulary": self.vocabulary, "decisions": self.decisions}

    @cached_property
    def _stages(self) -> list[Stage]:
        names = PROFILES[self.config.profile].stages
        stages = [make_stage(name, self.config, self.vocabulary) for name in names]
        if self.config.corrections and "typo" in names:
            from cleaner.rules.corrections import CorrectionsStage

            stages.insert(names.index("typo"), CorrectionsStage(self._corrections))
        return stages

    @cached_property
    def _corrections(self) -> Corrections:
        """The user's own corrections. Raises ConfigError."""
        from cleaner.rules.corrections import read_corrections

        return read_corrections(self.config.corrections)

    @cached_property
    def _right_words(self) -> tuple[str, ...]:
        """Words of the user that no typo rule may touch."""
        if not self.config.corrections:
            return self.config.ignore_words
        return (*self.config.ignore_words, *sorted(self._corrections.right))

    @cached_property
    def decisions(self) -> Decisions | None:
        """What people decided about changes, read at the first text. Raises InputError."""
        if not self.config.decisions:
            return None
        from cleaner.decisions import Decisions

        return Decisions.read(self.config.decisions)

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The boilerplate rule packs: the shipped ones, then the user's. Raises RulePackError."""
        from cleaner.rules.packs import load_packs

        return load_packs([Path(folder) for folder in self.config.rules])

    def _check_outlet(self, outlet: str) -> None:
        known = [pack.outlet for pack in self.packs]
        if outlet not in known:
            raise ConfigError(f"outlet = {outlet!r} is not known{nearest(outlet, known)}")

    def check(self) -> None:
        """Look at the settings without a text, as the first text would.

        Raises ConfigError for an unknown rule or outlet, RulePackError for a malformed rule pack,
        InputError for decisions that cannot be read.
        """
        self._active, self.decisions  # noqa: B018

    @cached_property
    def _active(self) -> list[Stage]:
        """The stages that have a rule to run; everything in the settings is checked here."""
        if self.config.outlet is not None:
            self._check_outlet(self.config.outlet)
        return [stage for stage in self._stages if any(rule.id in self._enabled for rule in stage.rules)]

    @cached_property
    def _enabled(self) -> dict[str, Rule]:
        return enabled_rules(self._stages, self.config)

    @cached_property
    def _patterns(self) -> tuple[Pattern[str], ...]:
        # Not `re`: a pattern of the user's may be one that takes forever, and only this engine has a clock.
        import regex

        return tuple(regex.compile(pattern, regex.V0) for pattern in self.config.ignore_patterns)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of version, settings and dictionary: equal fingerprints clean alike."""
        from cleaner import __version__
        from cleaner.spelling.data import data_fingerprint

        words = json.dumps(self.vocabulary, sort_keys=True)
        parts = [__version__, self.config.to_json(), data_fingerprint(), words]
        if self.decisions is not None:
            parts.append(self.decisions.digest)
        if self.config.corrections:
            parts.append(
                repr((sorted(self._corrections.corrections.items()), sorted(self._corrections.right)))
            )
        key = "\0".join(parts)
        return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]

    def clean(self, text: str, *, outlet: str | None = None) -> CleanResult:
        """Clean one text.

        ``outlet`` names the rule pack the text belongs to, if known; it overrides the configured
        one. Raises InvalidTextError if ``text`` is no str, holds a lone surrogate or is longer than
        ``max_length``, and ConfigError if one of ``ignore_patterns`` takes too long on it.
        """
        check_text(text)
        longest = self.config.max_length
        if longest is not None and len(text) > longest:
            raise InvalidTextError(
                f"the text has {len(text):,} code points, max_length allows {longest:,}; cut it into parts, "
                "or allow more"
            )
        run = _Run(self, text)
        if outlet is not None:
            self._check_outlet(outlet)
        for stage in self._active:
            document = Document(run.text, outlet or self.config.outlet)
            edits = stage.propose(document, self._enabled)
            if edits:
                run.add(stage.name, edits)
        result = run.finish()
        if self.decisions is not None:
            from cleaner.decisions import obey

            result = obey(result, self.decisions, self.config.language)
        return result

    def learn(self, texts: Iterable[str], minimum: int = 5) -> Cleaner:
        """A cleaner like this one that also knows the vocabulary of ``texts``, in one pass over them.

        A word no list has is learnt if ``minimum`` texts have it and no much more frequent word is one
        edit away. Learnt words are not corrected, and rarer forms near them may be corrected to them.
        """
        from cleaner.spelling.knowledge import Knowledge
        from cleaner.spelling.learning import learn

        found = learn(texts, Knowledge.of(self.config, self.vocabulary), minimum)
        return Cleaner(self.config, {**self.vocabulary, **found})

    def clean_many(
        self,
        texts: Iterable[str],
        workers: int = 1,
        progress: bool = False,
        outlets: Iterable[str | None] | None = None,
    ) -> Iterator[CleanResult]:
        """Clean many texts, lazily and in order, in ``workers`` processes (1: this one).

        ``outlets`` gives each text the outlet it is from, or None. ``progress`` counts texts on stderr.
        Raises InvalidTextError and ConfigError as `clean` does.
        """
        from cleaner.parallel import clean_many

        return clean_many(self, zip(texts, outlets or repeat(None), strict=False), workers, progress)


@dataclass(slots=True)
class _Pending:
    """A possible suggestion, in offsets of the text as it stands, carried from stage to stage."""

    start: int
    end: int
    edit: Edit
    stage: str


class _Run:
    """The books of one text on its way through the stages."""

    def __init__(self, cleaner: Cleaner, text: str) -> None:
        self.cleaner = cleaner
        self.config = cleaner.config
        self.original = self.text = text
        self.changes: list[Change] = []
        self.spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] | None = None
        self.pending: list[_Pending] = []
        self.suppressed: list[Suppressed] = []

    def add(self, stage: str, edits: list[Edit]) -> None:
        """Sort out the edits of one stage, apply the best and remember the rest."""
        edits = [edit for edit in edits if self.text[edit.start : edit.end] != edit.after]
        edits = self._unprotected(stage, edits)
        threshold = self.config.threshold(stage)
        suggests = PROFILES[self.config.profile].suggests
        certain: list[Edit] = []
        doubtful: list[Edit] = []
        for edit in edits:
            applies = edit.applicability == "safe" and not matches(edit.rule, suggests)
            (certain if applies and edit.confidence >= threshold else doubtful).append(edit)
        accepted, lost = resolve(certain, self.cleaner._enabled)
        for edit, winner in lost:
            self._suppress(edit.start, edit.end, edit, winner)
        new = []
        for edit in doubtful:
            better = _overlapping(accepted, edit.start, edit.end)
            if better is None:
                new.append(_Pending(edit.start, edit.end, edit, stage))
            elif better.after != edit.after:
                self._suppress(edit.start, edit.end, edit, better.rule)
        self.pending = [item for item in self.pending if self._survives(item, accepted)] + new
        if accepted:
            before = [(edit.start, edit.end) for edit in accepted]
            self.changes = compose(
                self.original, self.text, self.changes, accepted, stage, self.config.language
            )
            self.spans = None
            self.text = splice(self.text, ((e.start, e.end, e.after) for e in accepted))
            after = _after_spans(accepted)
            for item in self.pending:
                item.start, item.end = map_span(item.start, item.end, before, after)

    def _survives(self, item: _Pending, accepted: list[Edit]) -> bool:
        """Is the place of an earlier suggestion left alone by this stage?"""
        winner = _overlapping(accepted, item.start, item.end)
        if winner is None:
            return True
        if winner.after != item.edit.after:
            self._suppress(item.start, item.end, item.edit, winner.rule)
        return False

    def _unprotected(self, stage: str, edits: list[Edit]) -> list[Edit]:
        """The edits that touch no protected span.

        Only the surroundings of an edit are searched, except for the user's own patterns, which may be
        of any length.
        """
        kinds = _PROTECTS.get(stage)
        if kinds is None:
            return edits
        from cleaner.protect import protected_spans, user_spans
        from cleaner.surroundings import Spans, Windows, is_plain

        own = Spans(user_spans(self.text, self.cleaner._patterns, self.cleaner._right_words))
        windows = Windows(self.text)
        near: tuple[int, int] | None = None
        spans = Spans(())
        free = []
        for edit in sorted(edits, key=_span):
            if not own.spans and is_plain(self.text, edit):
                free.append(edit)
                continue
            window = windows.around(edit)
            if window != near:
                # Many edits inside one long token share a window: look at it once.
                near, (low, high) = window, window
                spans = Spans(
                    (low + start, low + end, kind)
                    for start, end, kind in protected_spans(self.text[low:high], kinds=kinds)
                    if kind in kinds
                )
            start = edit.start
            if self.text.startswith(edit.after, start, edit.end):
                start += len(edit.after)  # "46 persen persen" -> "46 persen" keeps the amount
            kind = own.touched(start, edit.end) or spans.touched(start, edit.end)
            if kind is None:
                free.append(edit)
            else:
                self._suppress(edit.start, edit.end, edit, f"protected.{kind}")
        return free

    def _suppress(self, start: int, end: int, edit: Edit, winner: str) -> None:
        """Write down an edit that lost, in original offsets, widened to whole changes."""
        before, after = self._spans()
        first, last = map_span(start, end, after, before)
        self.suppressed.append(
            Suppressed(
                first, last, self.original[first:last], edit.after, edit.rule,
                getattr(edit.reason, self.config.language), edit.confidence, winner,
            )
        )  # fmt: skip

    def _spans(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The spans of all changes in the original and in the text as it stands; kept for one stage."""
        if self.spans is None:
            self.spans = (
                [(change.start, change.end) for change in self.changes],
                [(change.cleaned_start, change.cleaned_end) for change in self.changes],
            )
        return self.spans

    def finish(self) -> CleanResult:
        """Close the books: give what may still be suggested its place in the original."""
        before, after = self._spans()
        suggestions = []
        for item in self.pending:
            start, end = map_span(item.start, item.end, after, before)
            left, right = map_span(start, end, before, after)
            left, right = min(left, item.start), max(right, item.end)
            edit, reason = item.edit, getattr(item.edit.reason, self.config.language)
            proposed = self.text[left : item.start] + edit.after + self.text[item.end : right]
            step = Step(item.stage, edit.rule, self.text[left:right], proposed, reason, edit.confidence)
            suggestions.append(
                Change(
                    start, end, left, right, self.original[start:end], proposed,
                    edit.rule, reason, edit.confidence, (step,), edit.alternatives,
                )
            )  # fmt: skip
        # Nothing may depend on the order in which rules propose: it follows that of a set of words.
        suggestions.sort(key=lambda change: (change.start, change.end, change.rule, change.after))
        self.suppressed.sort()
        return CleanResult(
            self.original, self.text, self.changes, suggestions, self.suppressed, self.cleaner.fingerprint
        )


def _overlapping(accepted: list[Edit], start: int, end: int) -> Edit | None:
    """The first of the sorted, disjoint ``accepted`` that overlaps a span, found by bisection."""
    i = bisect_left(accepted, (start, end), key=_span)
    # Two before: an insertion may stand between the span and a longer edit that reaches into it.
    for edit in accepted[max(0, i - 2) : i]:
        if overlaps(edit.start, edit.end, start, end):
            return edit
    while i < len(accepted) and accepted[i].start <= end:
        if overlaps(accepted[i].start, accepted[i].end, start, end):
            return accepted[i]
        i += 1
    return None


def _span(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _after_spans(accepted: list[Edit]) -> list[tuple[int, int]]:
    """Where the accepted edits, sorted and disjoint, stand once they are applied."""
    spans, grown = [], 0
    for edit in accepted:
        start = edit.start + grown
        spans.append((start, start + len(edit.after)))
        grown += len(edit.after) - (edit.end - edit.start)
    return spans


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
        winner = _overlapping(accepted, edit.start, edit.end)
        if winner is None:
            insort(accepted, edit, key=_span)
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

"""The spacing stage alone: cases, properties, and that the gates hide nothing from the finders."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.books import resolve
from cleaner.document import Document
from cleaner.edits import Edit, overlaps, splice
from cleaner.protect import protected_spans
from cleaner.rules import spacing
from cleaner.rules.spacing import SpacingStage

STAGE = SpacingStage()
RULES = {rule.id: rule for rule in STAGE.rules}
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "spacing.json").read_text(encoding="utf-8")
)
PROTECTED = {"url", "email", "handle", "file", "code"}
PIECES = [
    *'aB1 .,?!:;()"“”-%\n\t\r',
    "ini",
    "Menurut",
    "  ",
    "\n\n",
    ".,",
    " ,",
    "12",
    "DPR",
    "\r\n",
    "PT",
    ". ",
]
damaged = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def is_free(text: str, edit: Edit) -> bool:
    """Does the edit touch no address, file or code? (The engine checks the same.)"""
    spans = protected_spans(text)
    return not any(kind in PROTECTED and overlaps(s, e, edit.start, edit.end) for s, e, kind in spans)


def repair(text: str) -> str:
    """``text`` after this stage, at the balanced threshold."""
    edits = [e for e in STAGE.propose(Document(text), RULES) if e.confidence >= 0.5 and is_free(text, e)]
    return splice(text, ((e.start, e.end, e.after) for e in resolve(edits, RULES)[0]))


def cases() -> list[Any]:
    return [
        pytest.param(
            case["original"],
            case["expected"],
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["comment"])] if case.get("expect") == "fail" else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize(("original", "expected"), cases())
def test_case(original: str, expected: str) -> None:
    assert repair(original) == expected


@pytest.mark.parametrize("expected", sorted({c["expected"] for c in CASES if c.get("expect") != "fail"}))
def test_repaired_text_stays(expected: str) -> None:
    assert repair(expected) == expected


@given(st.one_of(damaged, st.text()))
def test_edits_are_in_range_and_change_something(text: str) -> None:
    for edit in STAGE.propose(Document(text), RULES):
        assert 0 <= edit.start <= edit.end <= len(text)
        assert text[edit.start : edit.end] != edit.after
        assert 0 < edit.confidence <= 1
        assert edit.rule in RULES


@given(st.one_of(damaged, st.text()))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    assert [c for c in repair(text) if c.isalnum()] == [c for c in text if c.isalnum()]


@given(damaged)
def test_soon_nothing_is_left_to_do(text: str) -> None:
    # One repair may uncover another ("a.,  ,B"), but never for long.
    for _ in range(6):
        text = repair(text)
    assert repair(text) == text


@given(st.one_of(damaged, st.text()))
def test_gates_hide_nothing(text: str) -> None:
    finders = {finder for _, _, behind in spacing._GATES for finder in behind}
    ungated = {found for finder in finders for found in finder(text)}
    assert set(spacing._find(text)) == ungated


def test_only_enabled_rules_propose() -> None:
    text = "Selesai.Menurut dia , begitu."
    assert {e.rule for e in STAGE.propose(Document(text), {"spacing.before_mark"})} == {"spacing.before_mark"}
    assert STAGE.propose(Document(text), ()) == []


@pytest.mark.parametrize(
    "piece",
    [
        *'.,;:!?()"“”- \n',
        "  ",
        ". ",
        " ,",
        ".,",
        "a.B",
        "a,b",
        "a)B",
        "a(BC) ",
        'a"B',
        "a”B",
        "a\n  b",
        "A.",
        "0- 1",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.perf_counter()
        STAGE.propose(Document(text), RULES)
        return time.perf_counter() - started

    seconds(1_000)
    assert seconds(60_000) < 2

"""The encoding stage alone: cases, properties, and that clean text never reaches ftfy."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.books import resolve
from cleaner.document import Document
from cleaner.edits import splice
from cleaner.rules import encoding
from cleaner.rules.characters import odd_characters
from cleaner.rules.encoding import EncodingStage

STAGE = EncodingStage()
RULES = {rule.id: rule for rule in STAGE.rules}
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "encoding.json").read_text(encoding="utf-8")
)
# What text can be damaged with: more telling than characters picked from all of Unicode.
PIECES = [
    *'aZ1 .,?\n\r"“”é',
    "â€œ",
    "Ã©",
    "Â\xa0",
    "&nbsp;",
    "&amp;",
    "ldquo;",
    "\u200b",
    "\xa0",
    "\x93",
    "👨\u200d👩",
]
damaged = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def repair(text: str) -> str:
    """``text`` after this stage, at the balanced threshold."""
    edits = [e for e in STAGE.propose(Document(text), RULES) if e.confidence >= 0.5]
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


@pytest.mark.parametrize(
    "clean", ["Pelatih José berkata, “Kami siap…” di Kafé Melati.", "Harga £5 – €7 per m²", "Siap, kata dia."]
)
def test_one_more_layer_of_mojibake_comes_off(clean: str) -> None:
    assert repair(clean.encode("utf-8").decode("latin-1")) == clean


@given(st.one_of(damaged, st.text()))
def test_edits_are_in_range_and_change_something(text: str) -> None:
    for edit in STAGE.propose(Document(text), RULES):
        assert 0 <= edit.start <= edit.end <= len(text)
        assert text[edit.start : edit.end] != edit.after
        assert 0 < edit.confidence <= 1
        assert edit.rule in RULES


@given(damaged)
def test_soon_nothing_is_left_to_do(text: str) -> None:
    # One repair may uncover another ("Ã" + "&nbsp;"), but never for long.
    for _ in range(4):
        text = repair(text)
    assert repair(text) == text


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters="&?")))
def test_printable_ascii_stays(text: str) -> None:
    assert STAGE.propose(Document(text), RULES) == []


@given(st.text())
def test_odd_characters(text: str) -> None:
    assert odd_characters(text) == "".join(c for c in text if not (" " <= c <= "~" or c in "\n\t"))


def test_only_enabled_rules_propose() -> None:
    text = "&ldquo;Harga\u200b cabai&rdquo;\xa0naik."
    assert {e.rule for e in STAGE.propose(Document(text), {"encoding.entity"})} == {"encoding.entity"}
    assert STAGE.propose(Document(text), ()) == []


def test_clean_text_never_calls_ftfy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ftfy", None)  # importing it would fail
    text = "Pemilik “Kafé” José – ia 45 tahun – menutup gerai “Ñandú”… Suhu 30 °C, luas 20 m². Nguyễn."
    assert STAGE.propose(Document(text), RULES) == []


def test_long_line_is_repaired_in_pieces() -> None:
    line = "JosÃ© berkata, â€œharga cabai turunâ€\x9d pekan ini, 300â€“500 rupiah. " * 400
    assert repair(line) == "José berkata, “harga cabai turun” pekan ini, 300–500 rupiah. " * 400


@pytest.mark.parametrize(
    "piece",
    [
        "?",
        " ?a",
        ",?",
        "?a? ",
        "&",
        "&amp;",
        "&#3",
        "&nbsp;",
        "\r",
        "\r ",
        "\xa0",
        "\u200b",
        "\x80",
        "Ã©",
        "â€",
        "é ",
    ],
)
def test_time_is_linear(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    started = time.perf_counter()
    STAGE.propose(Document(text), RULES)
    assert time.perf_counter() - started < 3


def test_each_line_is_repaired_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    repair_line = encoding._repair
    monkeypatch.setattr(encoding, "_repair", lambda line: lines.append(line) or repair_line(line))
    repair("JosÃ© dan AndrÃ©\nbersih é\nAndrÃ©")
    assert lines == ["JosÃ© dan AndrÃ©", "AndrÃ©"]

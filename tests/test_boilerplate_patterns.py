"""Every pattern of every pack takes time proportional to the text, even on text made to hurt it.

For each pattern, texts are built from what it is made of: its trigger words and the strings that its
classes accept, repeated thousands of times, with and without line breaks. A pattern that backtracks
over such a run takes time that grows with the square of it (or worse); one that does not takes a
small multiple of a plain pass over the characters.
"""

from __future__ import annotations

import re
import time

import pytest

from cleaner.document import Document
from cleaner.rules.boilerplate import BoilerplateStage
from cleaner.rules.packrule import PackRule
from cleaner.rules.packs import load_packs
from cleaner.rules.triggers import HEAD, TAIL

RULES = [rule for pack in load_packs() for rule in pack.rules]

# Runs of what the macros accept: names, capitals, small words, domains, dashes, spaces, marks, digits.
RUNS = (
    "Rina ",
    "RINA ",
    "rina ",
    "Rina",
    "R",
    "rina",
    "a.com ",
    "a.",
    "a-",
    "A/",
    " - ",
    "-",
    "—",
    " ",
    "&nbsp;",
    "\t",
    "\n",
    " \n",
    "1",
    "1 ",
    "1 2 ",
    "(",
    ")",
    "(a",
    "(a/",
    "a/b ",
    '"',
    '"a',
    "?",
    ">",
    "=",
    ".",
    ". ",
    ":",
    "Editor: Rina ",
    "Via:\n",
    "Tags:\n",
    "#a ",
    "@a ",
    ", ",
    "A, ",
    "17 jam lalu\n",
    "Baca juga: ",
    "© 2020 ",
    "*",
    "]",
    "[",
    "https://a.b/c ",
    "Rina dan ",
    "Halaman ",
    "I\u0307",
)
SIZE = 16_000
MILLION = 1_000_000


def seconds(rule: PackRule, text: str) -> float:
    """How long the rule takes on ``text``, in the way the stage uses it."""
    started = time.process_time()
    if rule.scope in ("head", "opening"):
        rule.regex.match(text)
    elif rule.scope == "tail":
        rule.regex.search(text, max(0, len(text) - TAIL))
    else:
        for _ in rule.regex.finditer(text):
            pass
    return time.process_time() - started


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_pattern_is_linear(rule: PackRule) -> None:
    rule.regex.search("")  # compile
    for trigger in rule.trigger[:3]:
        for run in (*RUNS, trigger, trigger + " ", trigger + "\n"):
            # A trigger before and behind: an engine gives up early where the word it needs does not follow.
            short = trigger + (run * SIZE)[: SIZE // 8] + trigger
            # Eight times the text may take eight times as long; a square law would take 64 times.
            # Only where it takes long at all is the clock worth reading.
            text = trigger + (run * SIZE)[:SIZE] + trigger
            took = seconds(rule, text)
            if took > 0.25:
                base = min(seconds(rule, short) for _ in range(3))
                assert took < 20 * base, (
                    f"{rule.id} on {trigger!r} + {run!r}: {base:.3f}s, 8 times the text {took:.3f}s"
                )
            assert took < 1, f"{rule.id} on {trigger!r} + {run!r} takes {took:.2f}s for {SIZE:,} characters"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_million_characters_made_to_hurt_take_a_few_plain_passes(rule: PackRule) -> None:
    # Measured: at most 8 passes of re.findall over the same text; a pattern that reads a run once from each
    # of its letters took 93.
    trigger = rule.trigger[0]
    text = "".join((trigger + run * MILLION)[: MILLION // len(RUNS)] for run in RUNS) + trigger
    rule.regex.search("")  # compile
    started = time.process_time()
    re.findall(r"\w+", text)
    plain = time.process_time() - started
    assert seconds(rule, text) < 30 * plain


def test_the_stage_as_a_whole_is_linear() -> None:
    stage = BoilerplateStage()
    enabled = {rule.id for rule in stage.rules}
    for run in RUNS:
        text = f"Baca juga: {run * 40_000}"[:40_000]
        started = time.process_time()
        stage.propose(Document(text), enabled)
        assert time.process_time() - started < 3, repr(run)


def test_head_and_tail_are_smaller_than_the_texts_above() -> None:
    assert 10 * max(HEAD, TAIL) < SIZE

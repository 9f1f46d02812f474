"""No regular expression of the package can be made slow, nor can a stage as a whole.

Each pattern is attacked with long runs of what it is itself made of (its literals, a letter of each of its
classes), with an end that fits and one that does not: a pattern that backtracks over such a run takes
time that grows with its square. The packs' patterns have a test of their own
(test_boilerplate_patterns.py), and so have protected spans (test_protect.py).
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import sys
import time
import warnings
from collections.abc import Iterator

import pytest

import cleaner
from cleaner import Cleaner, Config, ConfigError
from cleaner.metadata import metadata

if sys.version_info >= (3, 11):
    from re import _constants as sre
    from re import _parser as parser
else:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import sre_constants as sre
        import sre_parse as parser

SIZE = 40_000
ELSEWHERE = (
    "cleaner.integrations",
    "cleaner.corpus",
    "cleaner.dictionary",
    "cleaner.protect",
    "cleaner.__main__",
)
SHORT = {
    # Only ever asked about one word, a token of at most 60 or the 40 code points around an edit.
    ("cleaner.spelling.context", "_WORD_BEFORE"),
    ("cleaner.spelling.affixes", "_FIRST_ER"),
    ("cleaner.rules.headline_tokens", "_GLUE"),
    # Asked once, by match(), about at most 120 code points that another pattern found.
    ("cleaner.rules.glue", "_CHANGE"),
    ("cleaner.rules.glue", "_PHRASE"),
    ("cleaner.rules.layout", "_NUMBER"),
    # Asked by match() at the end of each sentence; the runs of marks there do not overlap.
    ("cleaner.spelling.language_model", "_STOP"),
    # Asked only about boilerplate that was removed, a few hundred code points.
    ("cleaner.metadata", "_BRACKETS"),
    ("cleaner.metadata", "_DASH"),
    ("cleaner.metadata", "_DOMAIN"),
    ("cleaner.metadata", "_HEAD_BYLINE"),
    ("cleaner.metadata", "_REPORT"),
    ("cleaner.metadata", "_ROLE"),
    ("cleaner.metadata", "_SIGNED"),
}


def patterns() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if module.name.startswith(ELSEWHERE):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for found in value if isinstance(value, tuple) else (value,):
                if isinstance(found, re.Pattern):
                    yield module.name, name, found


PATTERNS = list(patterns())


def samples(pattern: re.Pattern[str]) -> set[str]:
    """Strings the parts of a pattern accept: a letter of each class, each literal, runs of literals."""
    found: set[str] = set()

    def walk(tree) -> None:
        run = ""
        for op, argument in tree:
            if op is sre.LITERAL:
                run += chr(argument)
                found.add(chr(argument))
                continue
            if run:
                found.add(run)
            run = ""
            if op is sre.NOT_LITERAL:
                found.add("a" if argument != ord("a") else "b")
            elif op is sre.IN:
                found.update(_of_class(argument))
            elif op is sre.BRANCH:
                for branch in argument[1]:
                    walk(branch)
            elif op is sre.SUBPATTERN:
                walk(argument[3])
            elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
                walk(argument[2])
            elif op in (sre.ASSERT, sre.ASSERT_NOT):
                walk(argument[1])
        if run:
            found.add(run)

    walk(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    return found


def _of_class(items) -> Iterator[str]:
    negated = items[0][0] is sre.NEGATE
    text = {
        sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a",
        sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_NOT_SPACE: "a", sre.CATEGORY_NOT_WORD: "-",
    }  # fmt: skip
    if negated:
        yield from "a1- "
    for op, argument in items:
        if op is sre.LITERAL:
            yield chr(argument)
        elif op is sre.RANGE:
            yield chr(argument[0])
        elif op is sre.CATEGORY:
            yield text[argument]


def seconds(pattern: re.Pattern[str], text: str) -> float:
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - started


def attacks(pattern: re.Pattern[str]) -> Iterator[str]:
    parts = sorted(samples(pattern))[:40]
    pairs = [a + b for a, b in itertools.islice(itertools.permutations(parts, 2), 60)]
    for run in (*parts, *pairs):
        body = (run * SIZE)[:SIZE]
        yield body
        for part in parts[:6]:
            yield f"{part}{body}\n!"


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) >= 60
    assert {(module, name) for module, name, _ in PATTERNS} >= SHORT


@pytest.mark.parametrize(
    "pattern", [p for m, n, p in PATTERNS if (m, n) not in SHORT], ids=lambda p: p.pattern[:40]
)
def test_time_is_linear(pattern: re.Pattern[str]) -> None:
    pattern = re.compile(pattern.pattern, pattern.flags)
    started = time.process_time()
    for text in attacks(pattern):
        took = seconds(pattern, text)
        # A linear pattern takes 1 to 3 ms; a square law takes from half a second up.
        assert took < 0.25, f"{text[:12]!r}... takes {took:.2f} s"
        if time.process_time() - started > 2:
            break


def test_the_attack_finds_a_slow_pattern() -> None:
    for slow in (r"a+b", r"\s+\n", r"(?:\w+-)+!"):
        pattern = re.compile(slow)
        assert any(seconds(pattern, text) > 0.25 for text in attacks(pattern)), slow


HOSTILE = (
    "a", "A", "a ", "A ", "Aa ", "aA", "a-", "a.", "A.", ".", ". ", "..", "?", "?a", "a?", " ", "  ", '\n',
    ' \n', '\r', '\r\n ', ",", ", ", ".,", "1", "1.", "1,", "1 ", "-1", "(", "(a", ")", '"', '" ', ' "',
    "“", "”", "“a", "&", "&a", "&amp;", "&#1", "<", "<a", "<a>", "<>", ">", "Ã", "Ã©", "â€", "â€œ", "Ã",
    "̀", '\u200b', '\xad', '\xa0', '\u2028', '\x00', "di a ", "di ", "nya ", "a nya ", "dan dan ", "non a",
    "se A", "aa ", "aaa", "kata-kata ", "-", "--", "/", "a/b ", "@", "#", "Baca juga: A ", "Baca juga:",
    'Baca juga:\n', "Baca Juga A B c ", "Rp ", "Rp1", "`", "`a", "[", "]", "{", "_a", ":", "; ",
    "anti", "non", "pasca", "antar", "ber", "memper", "di", "se", "kata-", "nya", "lah", "kah", "Anti",
)  # fmt: skip


@pytest.mark.parametrize("run", HOSTILE)
def test_cleaning_is_linear(run: str) -> None:
    """Four times the text takes about four times as long, for every run that a rule looks at."""
    cleaner = Cleaner(Config(profile="news"))

    def took(size: int) -> float:
        text = (run * size)[:size]
        started = time.process_time()
        result = cleaner.clean(text)
        metadata(result)
        return time.process_time() - started

    took(200)  # open the data
    long = took(40_000)
    if long > 0.5:
        short = min(took(10_000) for _ in range(2))
        for _ in range(5):  # what else the machine does must not decide; sixteen times stays sixteen times
            if long >= 8 * short:
                long = min(long, took(40_000))
        assert long < 8 * short, f"{run!r}: 10,000 in {short:.2f} s, 40,000 in {long:.2f} s"
    assert long < 8, f"{run!r}: {long:.1f} s"


def test_a_users_pattern_that_explodes_is_an_error_and_not_a_hang() -> None:
    cleaner = Cleaner(Config(profile="typos", ignore_patterns=(r"(?:a|aa)+$",)))
    started = time.perf_counter()
    with pytest.raises(ConfigError, match=r"ignore_patterns: .*\(\?:a\|aa\)\+.* took more than"):
        cleaner.clean(f"tidka {'a' * 60}!")
    assert time.perf_counter() - started < 20
    assert cleaner.clean("utnuk dia.").text == "untuk dia."

"""Every rule carries its own tests: examples that must fire, near misses that must not."""

from __future__ import annotations

from functools import lru_cache

import pytest

from cleaner import Cleaner, Config, Rule, rules
from cleaner.config import PROFILES
from cleaner.rules.base import parse_example

RULES = rules()


@lru_cache(maxsize=1)
def cleaners() -> dict[str, Cleaner]:
    """One cleaner a rule, with nothing but that rule; they share what they open."""
    made = {}
    for rule in RULES:
        profile = "informal" if rule.id.startswith("slang") else "baku"
        made[rule.id] = Cleaner(Config(profile=profile, select=(rule.id,)))
    return made


def cases(kind: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}-{n}")
        for rule in RULES
        for n, text in enumerate(getattr(rule, kind))
    ]


@pytest.mark.parametrize(("rule", "marked"), cases("examples"))
def test_examples_fire(rule: Rule, marked: str) -> None:
    example = parse_example(marked)
    result = cleaners()[rule.id].clean(example.text)
    assert result.text == example.cleaned
    assert {change.rule for change in result.changes} == {rule.id}


@pytest.mark.parametrize(("rule", "text"), cases("near_misses"))
def test_near_misses_do_not(rule: Rule, text: str) -> None:
    assert cleaners()[rule.id].clean(text).text == text


def test_every_rule_is_complete() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    for rule in RULES:
        assert rule.description.id and rule.description.en, rule.id
        assert rule.examples, f"{rule.id} has no example"
        assert rule.near_misses, f"{rule.id} has no near miss"
        assert any(rule.stage in profile.stages for profile in PROFILES.values()), rule.id


def test_a_rule_that_is_ignored_does_not_fire() -> None:
    for rule in RULES:
        profile = "informal" if rule.id.startswith("slang") else "baku"
        cleaner = Cleaner(Config(profile=profile, ignore=(rule.id,)))
        text = parse_example(rule.examples[0]).text
        assert rule.id not in {change.rule for change in cleaner.clean(text).changes}

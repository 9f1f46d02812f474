"""``cleaner explain`` and ``cleaner rules``: what was done to a text and why, and what can be done."""

from __future__ import annotations

import json
import os
from typing import Any

import click

from cleaner.commands.check import shown
from cleaner.commands.options import config_options, load_settings, put, running_rules
from cleaner.config import PROFILES, Config, matches, nearest
from cleaner.corpus.files import STANDARD, decode, open_input
from cleaner.edits import Change, Step
from cleaner.engine import Cleaner
from cleaner.errors import InputError
from cleaner.result import CleanResult, Suppressed
from cleaner.rules import all_rules
from cleaner.rules.base import Rule


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="The whole result as JSON.")
@config_options
def explain(text: str, as_json: bool, **options: Any) -> None:
    """Show which stage does what to TEXT, and why; "-" reads standard input.

    Candidates for a correction stand with their scores, the best first.
    """
    config = load_settings(**options).config
    if text == "-":
        with open_input(STANDARD) as stream:
            data = stream.read()
    else:
        data = os.fsencode(text)  # in a locale that is not UTF-8 the argument was decoded wrongly
    text = decode(data, "utf-8", "the text")
    result = Cleaner(config).clean(text)
    if as_json:
        put(json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        put(_explanation(result, config))


def _explanation(result: CleanResult, config: Config) -> str:
    lines = [f"original  {shown(result.original, 200)}", f"cleaned   {shown(result.text, 200)}", ""]
    for stage in PROFILES[config.profile].stages:
        changes = [change for change in result.changes if any(step.stage == stage for step in change.steps)]
        lines.append(stage if changes else f"{stage}: nothing to do")
        for change in changes:
            lines += [_entry(change, step) for step in change.steps if step.stage == stage]
            lines += _candidates(change) if change.steps[-1].stage == stage else []
    if result.suggestions:
        lines.append("suggested, not applied")
        for change in result.suggestions:
            lines += [_entry(change, change), *_candidates(change)]
    if result.suppressed:
        lines.append("suppressed")
        lines += [_entry(item, item, f", lost to {item.winner}") for item in result.suppressed]
    return "\n".join(lines) + "\n"


def _entry(place: Change | Suppressed, what: Change | Suppressed | Step, end: str = "") -> str:
    """Where in the original, what by which rule, how sure, and why."""
    return (
        f"  {place.start}:{place.end} {shown(what.before)} -> {shown(what.after)}  "
        f"{what.rule}, confidence {what.confidence:.2f}{end}\n      {what.reason}"
    )


def _candidates(change: Change) -> list[str]:
    if not change.alternatives:
        return []
    return ["      candidates: " + ", ".join(f"{term} {score:+.2f}" for term, score in change.alternatives)]


@click.command()
@click.argument("names", metavar="[RULE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="All about the rules, as JSON.")
@config_options
def rules(names: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """List the rules, or show some of them in full with their examples.

    RULE is an id such as typo.split, or a family such as typo. With the settings given a rule is
    "on", "off", or "hint": it only suggests.
    """
    config = load_settings(**options).config
    every = all_rules(config)
    for name in names:
        if not any(matches(rule.id, (name,)) for rule in every):
            raise InputError(f"no rule or family {name!r}{nearest(name, [rule.id for rule in every])}")
    chosen = [rule for rule in every if not names or matches(rule.id, names)]
    states = _states(every, config)
    if as_json:
        rows = [_row(rule, states[rule.id]) for rule in chosen]
        put(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    elif names:
        put("\n".join(_in_full(rule, states[rule.id]) for rule in chosen))
    else:
        width = max(len(rule.id) for rule in chosen)
        put(
            "".join(
                f"{rule.id:<{width}}  {states[rule.id]:<4}  {rule.description._asdict()[config.language]}\n"
                for rule in chosen
            )
        )


def _states(every: list[Rule], config: Config) -> dict[str, str]:
    enabled = running_rules(config)
    suggests = PROFILES[config.profile].suggests
    return {
        rule.id: "off"
        if rule.id not in enabled
        else "hint"
        if rule.applicability != "safe" or matches(rule.id, suggests)
        else "on"
        for rule in every
    }


def _row(rule: Rule, state: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "stage": rule.stage,
        "state": state,
        "default": rule.default,
        "applicability": rule.applicability,
        "description": rule.description._asdict(),
        "examples": rule.examples,
        "near_misses": rule.near_misses,
    }


def _in_full(rule: Rule, state: str) -> str:
    return "\n".join(
        [
            f"{rule.id} ({rule.stage}, {state}, {rule.applicability})",
            f"  {rule.description.id}",
            f"  {rule.description.en}",
            *(f"  changes  {example!r}" for example in rule.examples),
            *(f"  leaves   {text!r}" for text in rule.near_misses),
            "",
        ]
    )

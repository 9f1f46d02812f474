"""The rules of each stage, and the registry of all of them.

Stages are made here, in the order in which they run: what an earlier one removes costs and disturbs
the later ones no more.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.config import PROFILES, Config, matches, nearest
from cleaner.errors import ConfigError
from cleaner.rules.base import Rule, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STAGES = ("encoding", "boilerplate", "spacing", "typo")


def make_stage(name: str, config: Config, vocabulary: Mapping[str, int] | None = None) -> Stage:
    """A stage ready to run. Imports and opens no more than that stage needs.

    ``vocabulary``: words (lower case) that the typo stage takes for right, with a count.
    """
    if name == "encoding":
        from cleaner.rules.encoding import EncodingStage

        return EncodingStage()
    if name == "boilerplate":
        from cleaner.rules.boilerplate import BoilerplateStage

        return BoilerplateStage([Path(folder) for folder in config.rules])
    if name == "spacing":
        from cleaner.rules.spacing import SpacingStage

        return SpacingStage()
    from cleaner.rules.typo import TypoStage
    from cleaner.spelling.vocabulary import read_vocabulary

    words = {**read_vocabulary(config.vocabulary), **(vocabulary or {})}
    return TypoStage(config.ignore_words, words, Path(config.dictionary) if config.dictionary else None)


def enabled_rules(stages: Iterable[Stage], config: Config) -> dict[str, Rule]:
    """The rules that run, by id: those of the profile, less what `select` and `ignore` take out.

    Raises ConfigError for a name in `select` or `ignore` that no rule has.
    """
    profile = PROFILES[config.profile]
    rules = [rule for stage in stages for rule in stage.rules]
    _check_names((*config.select, *config.ignore), config)
    return {
        rule.id: rule
        for rule in rules
        if (
            matches(rule.id, config.select)
            if config.select
            else rule.default or matches(rule.id, profile.adds)
        )
        and not matches(rule.id, config.ignore)
    }


def _check_names(names: tuple[str, ...], config: Config) -> None:
    if not names:
        return
    known = {rule.id for rule in all_rules(config)}
    families = {".".join(parts[:n]) for parts in (rule.split(".") for rule in known) for n in range(1, 4)}
    for name in names:
        if name not in known | families:
            raise ConfigError(f"no rule or family {name!r}{nearest(name, known | families)}")


def all_rules(config: Config | None = None) -> list[Rule]:
    """Every rule of every stage, those of the user's own packs included, in order of running."""
    rules = [rule for name in STAGES for rule in make_stage(name, config or Config()).rules]
    if config and config.corrections:
        from cleaner.rules.corrections import RULE

        rules.append(RULE)
    return rules

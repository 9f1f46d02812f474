"""Options that several commands share, and how they, a settings file and the defaults make a `Config`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from cleaner import Cleaner
from cleaner.config import PROFILES, THRESHOLDS, Config, find_config, read_toml
from cleaner.corpus.files import write_all

if TYPE_CHECKING:
    from cleaner.rules.base import Rule

F = TypeVar("F", bound=Callable[..., Any])


def say(message: str) -> None:
    """One line for the person at the terminal."""
    click.echo(f"cleaner: {message}", err=True)


def put(text: str) -> None:
    """Data for stdout: UTF-8 whatever the locale, line ends as they are."""
    write_all(sys.stdout.buffer, text.encode("utf-8"))


_CONFIG_OPTIONS = (
    click.option("--profile", metavar=f"[{'|'.join(PROFILES)}]", help="What kind of text it is."),
    click.option("--strength", metavar=f"[{'|'.join(THRESHOLDS)}]", help="How sure a change must be."),
    click.option("--select", metavar="RULE", multiple=True, help="Run only these rules or families."),
    click.option("--ignore", metavar="RULE", multiple=True, help="Never run these rules or families."),
    click.option("--min-confidence", metavar="0..1", type=float, help="Least confidence of a change."),
    click.option("--outlet", metavar="NAME", help="The outlet the texts are from."),
    click.option("--rules", metavar="DIR", multiple=True, help="Folder with more boilerplate rules."),
    click.option("--dictionary", metavar="DIR", help="Use this dictionary (see cleaner dictionary build)."),
    click.option("--vocabulary", metavar="FILE", multiple=True, help="Words that are right (see learn)."),
    click.option("--language", metavar="[id|en]", help="Language of the reasons."),
    click.option("--max-length", metavar="N", type=int, help="Pass longer texts through, and say so."),
    click.option("--decisions", metavar="FILE", multiple=True, help="Obey what `cleaner review` wrote."),
    click.option("--corrections", metavar="FILE", multiple=True, help="Your corrections (see promote)."),
    click.option("--config", "config_file", metavar="FILE", help="Read the settings from this TOML file."),
    click.option("--isolated", is_flag=True, help="Read no settings file."),
)

_READING_OPTIONS = (
    click.option(
        "--format",
        "form",
        type=click.Choice(["txt", "markdown", "jsonl", "html"]),
        help="Instead of by file name.",
    ),
    click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the input files."),
    click.option("--text-field", default="text", show_default=True, help="JSONL: the field to clean."),
    click.option("--id-field", help='JSONL: the field that names a document; "id" if there is one.'),
    click.option(
        "--outlet-field", "--url-field", "source_field", help="JSONL: the field with the outlet or address."
    ),
)


def config_options(command: F) -> F:
    """Add the options that make a `Config`."""
    return _add(command, _CONFIG_OPTIONS)


def reading_options(command: F) -> F:
    """Add the options that say how files are read."""
    return _add(command, _READING_OPTIONS)


files_argument = click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
corpus_argument = click.argument(
    "files", metavar="CORPUS...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
workers_option = click.option(
    "-j", "workers", metavar="N", type=click.IntRange(min=1), default=1, help="Use N processes."
)


def _add(command: F, options: Iterable[Callable[[F], F]]) -> F:
    for option in reversed(tuple(options)):
        command = option(command)
    return command


class Settings(NamedTuple):
    """A configuration, and where each of its values comes from."""

    config: Config
    file: Path | None
    """The settings file that was read."""
    sources: dict[str, str]
    """For each key: "default", the settings file, or "command line"."""


def load_settings(*, config_file: str | None, isolated: bool, **given: Any) -> Settings:
    """Defaults, then a settings file, then the options. Raises ConfigError on a wrong key or value."""
    if config_file and isolated:
        raise click.UsageError("--config and --isolated contradict each other")
    found = None
    if config_file:
        path = Path(config_file)
        values = read_toml(path)
        if path.name == "pyproject.toml":
            values = values.get("tool", {}).get("cleaner", {})
        found = values, path
    elif not isolated:
        found = find_config(Path.cwd())
    from_file: dict[str, Any] = {}
    file = None
    if found:
        values, file = found
        from_file = _read_values(values, file)
    options = {key: _option_value(value) for key, value in given.items() if value not in (None, ())}
    Config.from_dict(options, "command line")  # so that a message names the source of a wrong value
    config = Config.from_dict({**from_file, **options})
    files = config.dictionary, config.vocabulary, config.decisions, config.corrections
    named = config.outlet, config.select, config.ignore, *files
    if any(named):  # what only a look at the rules and files can confirm
        Cleaner(config).check()
    sources = {
        field.name: "command line"
        if field.name in options
        else str(file)
        if field.name in from_file
        else "default"
        for field in fields(Config)
    }
    return Settings(config, file, sources)


def _option_value(value: Any) -> Any:
    """Options that may be repeated also take several values with commas between."""
    if isinstance(value, tuple):
        return tuple(part.strip() for item in value for part in item.split(",") if part.strip())
    return value


def _read_values(values: dict[str, Any], file: Path) -> dict[str, Any]:
    """The settings in a file, checked; folders in it are relative to where it stands."""
    Config.from_dict(values, str(file))
    values = dict(values)
    for key in ("rules", "vocabulary", "decisions", "corrections"):
        if key in values:
            names = [values[key]] if isinstance(values[key], str) else values[key]
            values[key] = [str(file.parent / name) for name in names]
    if values.get("dictionary"):
        values["dictionary"] = str(file.parent / values["dictionary"])
    return values


def running_rules(config: Config) -> dict[str, Rule]:
    """The rules that run, by id. Raises ConfigError for a rule name in the settings that does not exist."""
    return Cleaner(config)._enabled

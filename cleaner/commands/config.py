"""``cleaner config``: check the settings, and show where each comes from."""

from __future__ import annotations

import json
from typing import Any

import click

from cleaner.commands.options import config_options, load_settings, put, running_rules, say


@click.command()
@click.option("--dump", is_flag=True, help="Print all settings as TOML, each with its source.")
@config_options
def config(dump: bool, **options: Any) -> None:
    """Check the settings that a command would run with. Exit code 2 if one is wrong.

    Settings are read from cleaner.toml, or [tool.cleaner] in pyproject.toml, in this folder or the
    nearest one above that has them; options win over them.
    """
    settings = load_settings(**options)
    running_rules(settings.config)
    if dump:
        values = settings.config.to_dict()
        lines = [
            f"{_toml(key, value)}  # {settings.sources[key]}" if value is not None
            else f"# {key} is not set  # {settings.sources[key]}"
            for key, value in values.items()
        ]  # fmt: skip
        put("\n".join(lines) + "\n")
    else:
        say(f"the settings are fine; read from {settings.file or 'no file'}")


def _toml(key: str, value: Any) -> str:
    # A string, number or list of strings in JSON is the same in TOML.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"

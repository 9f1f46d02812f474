"""What decides the outputs of a run, as plain values: a run that was stopped goes on only under the same.

Of files (decisions, corrections, rule packs) it is their content that counts, not their names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cleaner.config import Config
from cleaner.corpus.inputs import Input


def plan_of(config: Config, options: dict[str, Any], inputs: list[Input]) -> dict[str, Any]:
    """The plan of a run with these settings, these ``options`` that are no settings, and these inputs.

    As it comes back from the disk: with lists for tuples.
    """
    from cleaner import __version__
    from cleaner.spelling.data import data_fingerprint

    settings = json.loads(config.to_json())  # what is in its files, not their names
    plan = {
        "version": __version__,
        "dictionary": data_fingerprint(),
        **{f"setting {key}": value for key, value in settings.items() if key != "vocabulary"},
        "setting vocabulary": _hash_of(settings["vocabulary"]),
        "decisions": _hash_of_files(map(Path, config.decisions)),
        "corrections": _hash_of_files(map(Path, config.corrections)),
        "rule packs": _hash_of_files(
            p for folder in config.rules for p in sorted(Path(folder).glob("*.toml"))
        ),
        **{f"option {key}": value for key, value in options.items()},
        "inputs": [item.to_dict() for item in inputs],
    }
    loaded: dict[str, Any] = json.loads(json.dumps(plan))
    return loaded


def _hash_of(words: list[str]) -> str:
    """Of words, of which there may be too many to print."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16] if words else ""


def _hash_of_files(paths: Iterable[Path]) -> str:
    sha256 = hashlib.sha256()
    for path in paths:
        sha256.update(path.read_bytes())
    return sha256.hexdigest()[:16]


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What differs between two plans, in words; of very many the first ten."""
    found = [
        f"{key}: was {old.get(key)!r}, is {new.get(key)!r}"
        for key in new
        if key != "inputs" and old.get(key) != new[key]
    ]
    before = {item["path"]: item for item in old["inputs"]}
    after = {item["path"]: item for item in new["inputs"]}
    found += [f"{path}: was an input and is not any more" for path in before if path not in after]
    found += [f"{path}: is an input and was not before" for path in after if path not in before]
    for path, item in after.items():
        known = before.get(path, item)
        if item["size"] != known["size"]:
            found.append(f"{path}: had {known['size']:,} bytes, has {item['size']:,}")
        elif item != known:
            found.append(f"{path}: was written to since")
    if not found and list(before) != list(after):
        found.append("the order of the inputs")
    return [*found[:10], f"and {len(found) - 10} more"] if len(found) > 10 else found

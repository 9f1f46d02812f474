"""Rule packs as files: one TOML file an outlet, read and checked (docs/rule-packs.md).

The shipped ones are turned into one JSON file, because parsing TOML in pure Python would cost more at
start-up than everything else in this stage, and their patterns into another (see `precompiled`):

    python -m cleaner.rules.packs        # rewrite compiled.json and patterns.json in dictionaries/boilerplate

Start reading at `load_packs`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.edits import Bilingual
from cleaner.errors import ConfigError, RulePackError
from cleaner.rules.packrule import ENDS, KINDS, SCOPES, Pack, PackRule, packs_folder
from cleaner.rules.precompiled import PATTERNS, stored

SHARED = "_shared.toml"
"""Macros and place names that all packs may use."""

COMPILED = "compiled.json"

TIMEOUT = 0.5
"""Seconds one pattern of a user's own pack may spend on one text; patterns need microseconds."""


def load_packs(extra_folders: Sequence[Path] = ()) -> tuple[Pack, ...]:
    """The shipped packs, then those of the user's own folders, in order.

    Raises RulePackError for a malformed pack or a rule id that occurs twice.
    """
    folder = packs_folder()
    compiled = folder / COMPILED
    if compiled.is_file():
        raw = json.loads(compiled.read_text(encoding="utf-8"))
        shared, tables = raw["shared"], raw["packs"]
        shared["places"] = tuple(shared["places"])
        # Checked when it was written.
        packs = [_pack(table, outlet, shared) for outlet, table in tables.items()]
    else:
        shared, tables = read_folder(folder)
        packs = [check_pack(table, f"{outlet}.toml", shared) for outlet, table in tables.items()]
    for extra in extra_folders:
        own_shared, tables = read_folder(extra)
        merged = {
            "macros": {**shared["macros"], **own_shared["macros"]},
            "places": (*shared["places"], *own_shared["places"]),
        }
        for outlet, table in tables.items():
            packs.append(check_pack(table, str(extra / f"{outlet}.toml"), merged, TIMEOUT))
    if extra_folders:
        check_unique(packs)
    return tuple(packs)


def read_folder(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Shared definitions and raw tables of all packs in ``folder``, by file name."""
    if not folder.is_dir():
        raise RulePackError(f"{folder}: no such folder of rule packs")
    shared: dict[str, Any] = {"macros": {}, "places": ()}
    tables = {}
    for path in sorted(folder.glob("*.toml")):
        table = _read_toml(path)
        if path.name == SHARED:
            shared |= table
            shared["places"] = tuple(shared["places"])
        else:
            tables[path.stem] = table
    # The generic rules come last: of two equal matches the one that knows the outlet wins.
    if "generic" in tables:
        tables["generic"] = tables.pop("generic")
    return shared, tables


def _read_toml(path: Path) -> dict[str, Any]:
    from cleaner.config import read_toml

    try:
        return read_toml(path)
    except ConfigError as error:
        raise RulePackError(str(error)) from error


def _pack(
    table: Mapping[str, Any], outlet: str, shared: Mapping[str, Any], timeout: float | None = None
) -> Pack:
    return Pack(
        outlet,
        table.get("name", outlet),
        tuple(table.get("marks", ())),
        tuple(_rule(row, outlet, shared, timeout) for row in table.get("rule", ())),
    )


def _rule(row: Mapping[str, Any], outlet: str, shared: Mapping[str, Any], timeout: float | None) -> PackRule:
    return PackRule(
        row["id"],
        outlet,
        row["kind"],
        Bilingual(row["description_id"], row["description_en"]),
        tuple(row["trigger"]),
        expand(row["pattern"], shared["macros"]),
        row["scope"],
        row["confidence"],
        row.get("end", ""),
        tuple(row["examples"]),
        tuple(row.get("near_misses", ())),
        shared["places"],
        timeout,
    )


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """Replace each ``{name}`` of ``macros``, which may use macros defined above them."""
    for name in reversed(tuple(macros)):
        pattern = pattern.replace("{" + name + "}", f"(?:{macros[name]})")
    return pattern


_FIELDS: Mapping[str, type] = {
    "id": str, "kind": str, "description_id": str, "description_en": str, "trigger": list, "pattern": str,
    "scope": str, "confidence": float, "end": str, "examples": list, "near_misses": list,
}  # fmt: skip
_OPTIONAL = ("end", "near_misses")


def check_pack(
    table: Mapping[str, Any], source: str, shared: Mapping[str, Any], timeout: float | None = None
) -> Pack:
    """The pack of ``table``; raises RulePackError that names file, rule and field."""
    for key in table:
        if key not in ("name", "marks", "rule"):
            raise RulePackError(f"{source}: unknown key {key!r}; valid are name, marks and [[rule]]")
    for number, row in enumerate(table.get("rule", ()), 1):
        _check_rule(row, f"{source}: rule {row.get('id', number)}")
    pack = _pack(table, Path(source).stem, shared, timeout)
    for rule in pack.rules:
        if left := _unknown_macro(rule.pattern):
            raise RulePackError(f"{source}: rule {rule.id}: pattern uses {left}, which _shared.toml lacks")
    check_unique([pack])
    return pack


def _unknown_macro(pattern: str) -> str | None:
    import re

    found = re.search(r"(?<!\\[pPL])\{[a-z_]+\}", pattern)
    return found[0] if found else None


def _check_rule(row: Mapping[str, Any], where: str) -> None:
    from cleaner.config import nearest

    for key in row:
        if key not in _FIELDS:
            raise RulePackError(f"{where}: unknown field {key!r}{nearest(key, _FIELDS)}")
    for key, kind in _FIELDS.items():
        if key not in row:
            if key in _OPTIONAL:
                continue
            raise RulePackError(f"{where}: field {key!r} is missing")
        if not isinstance(row[key], kind):
            raise RulePackError(f"{where}: {key} must be a {kind.__name__}, not {row[key]!r}")
    for key, allowed in (("kind", KINDS), ("scope", SCOPES), ("end", ENDS)):
        if row.get(key, "") not in allowed and key in row:
            raise RulePackError(f"{where}: {key} = {row[key]!r}{nearest(row[key], allowed)}")
    if not row["id"].startswith(f"boilerplate.{row['kind']}"):
        raise RulePackError(f"{where}: id must start with 'boilerplate.{row['kind']}'")
    if not 0 <= row["confidence"] <= 1:
        raise RulePackError(f"{where}: confidence must be from 0 to 1")
    if not row["trigger"] or any(not isinstance(word, str) or not word for word in row["trigger"]):
        raise RulePackError(f"{where}: trigger needs literal words, as they stand in the text")
    if len(row["examples"]) < 2:
        raise RulePackError(f"{where}: examples needs at least two texts with the removed part marked ⟦…⟧")


def check_unique(packs: Iterable[Pack]) -> None:
    """Raises RulePackError if two rules share an id."""
    seen: dict[str, str] = {}
    for pack in packs:
        for rule in pack.rules:
            if rule.id in seen:
                raise RulePackError(f"rule id {rule.id} occurs in packs {seen[rule.id]} and {pack.outlet}")
            seen[rule.id] = pack.outlet


def compile_packs(folder: Path) -> dict[str, str]:
    """All packs of ``folder``, checked, and their patterns: the texts of two JSON files, by file name."""
    shared, tables = read_folder(folder)
    packs = [check_pack(table, f"{outlet}.toml", shared) for outlet, table in tables.items()]
    check_unique(packs)
    return {
        COMPILED: json.dumps({"shared": shared, "packs": tables}, ensure_ascii=False, indent=1) + "\n",
        PATTERNS: stored(rule.compile() for pack in packs for rule in pack.rules),
    }


def main() -> int:
    """Write compiled.json and patterns.json beside the packs."""
    folder = packs_folder()
    try:
        files = compile_packs(folder)
    except RulePackError as error:
        print(error, file=sys.stderr)
        return 1
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        print(f"{folder / name}: {len(text):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Pages of the documentation that are made from the code at build time, so that they cannot be out of date.

mkdocs calls `on_files` (mkdocs.yml, ``hooks``). ``python docs/generate.py FOLDER`` writes the pages there.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections import defaultdict
from dataclasses import MISSING, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from cleaner import config
from cleaner.rules import STAGES, all_rules

ROOT = Path(__file__).parents[1]


def rules_page() -> str:
    """Every rule with its examples, by stage."""
    lines = [
        "# Rules",
        "",
        "Made from the code. In an example ⟦before→after⟧ is what the rule changes, ⟦before⟧ what it",
        "removes; below stands what looks alike and is left. `cleaner rules NAME` prints the same.",
        "",
    ]
    by_stage = defaultdict(list)
    for rule in all_rules():
        by_stage[rule.stage].append(rule)
    for stage in STAGES:
        lines += [f"## {stage}", ""]
        for rule in by_stage[stage]:
            state = "" if rule.default else " (only in the profile informal, or where you name it)"
            if rule.applicability != "safe":
                state += " (only suggests)"
            lines += [f"### {rule.id}", "", f"{rule.description.en}{state}", "", rule.description.id, ""]
            lines += ["```text", *map(_one_line, rule.examples), "```", ""]
            if rule.near_misses:
                lines += ["Left alone:", "", "```text", *map(_one_line, rule.near_misses), "```", ""]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    shown = text.replace("\n", "⏎").replace("\r", "␍").replace("\t", "⇥")
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown)


def settings_page() -> str:
    """Every field of `Config` with type, default and docstring; profiles and thresholds."""
    about = _field_docs(config.Config)
    lines = [
        "# Settings, from the code",
        "",
        "| key | type | default | meaning |",
        "|---|---|---|---|",
    ]
    for field in fields(config.Config):
        default = "" if field.default is MISSING else f"`{field.default!r}`"
        kind = str(field.type).replace("|", "\\|")
        lines.append(f"| `{field.name}` | `{kind}` | {default} | {about[field.name]} |")
    lines += ["", "## Profiles", "", "| profile | stages | also runs | only suggests |", "|---|---|---|---|"]
    for name, profile in config.PROFILES.items():
        cells = (", ".join(part) for part in (profile.stages, profile.adds, profile.suggests))
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    lines += ["", "## Least confidence of a change", ""]
    lines += [f"| strength | {' | '.join(STAGES)} |", "|---|" + "---|" * len(STAGES)]
    for name, thresholds in config.THRESHOLDS.items():
        lines.append(f"| `{name}` | {' | '.join(str(thresholds[stage]) for stage in STAGES)} |")
    return "\n".join([*lines, ""])


def _field_docs(kind: type) -> dict[str, str]:
    """The string behind each field of a class."""
    (tree,) = ast.parse(inspect.getsource(kind)).body
    found: dict[str, str] = {}
    body = getattr(tree, "body", [])
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            found[ast.unparse(field.target)] = " ".join(str(ast.literal_eval(text.value)).split())
    return found


def evaluation_page() -> str:
    """The measured results as they stand in the repository."""
    return (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8")


PAGES = {
    "reference/rules.md": rules_page,
    "reference/settings.md": settings_page,
    "reference/evaluation.md": evaluation_page,
}


def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages, and the plots that the evaluation shows."""
    from mkdocs.structure.files import File

    for name, make in PAGES.items():
        files.append(File.generated(config, name, content=make()))
    for plot in sorted((ROOT / "benchmarks" / "plots").glob("*.svg")):
        files.append(File.generated(config, f"reference/plots/{plot.name}", content=plot.read_bytes()))
    return files


if __name__ == "__main__":
    for name, make in PAGES.items():
        path = Path(sys.argv[1]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(), "utf-8")

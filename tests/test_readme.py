"""What README says is so: its example prints what it shows, its links lead somewhere.

`.ci/run` takes its two commands from here (``python tests/test_readme.py NAME`` prints one) and runs them
as they stand in a fresh copy.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The code block behind the comment ``<!-- readme: name -->``."""
    (found,) = re.findall(rf"<!-- readme: {name} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    return found


def test_the_example_prints_what_is_shown():
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(block("example"), {})
    assert printed.getvalue() == block("output")


def test_the_example_is_short():
    assert len(block("example").splitlines()) <= 12


def test_the_commands_are_one_line_each():
    assert block("run").count("\n") == block("test").count("\n") == 1


def test_every_command_is_shown():
    from cleaner.cli import cli

    assert re.findall(r"^\| `cleaner (\w+)", README, re.MULTILINE) == list(cli.commands)


def test_links_lead_to_files():
    pages = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            if page.parent.name == "docs" and target.startswith("reference/"):
                continue  # made when the site is built; `mkdocs build --strict` checks these
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_setting_is_described():
    from dataclasses import fields

    from cleaner.config import PROFILES, Config

    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert described == [field.name for field in fields(Config)] + list(PROFILES)


def test_every_field_of_a_change_is_described():
    import cleaner

    page = (ROOT / "docs" / "change-log.md").read_text(encoding="utf-8")
    result = cleaner.clean("Ia tidka &amp; dia.", profile="typos")
    row = result.to_log()
    keys = {*row, *(key for change in row["changes"] for key in change)}
    assert {"alternatives", "stage"} <= keys
    assert all(f"`{key}`" in page for key in keys)


if __name__ == "__main__":
    print(block(sys.argv[1]), end="")

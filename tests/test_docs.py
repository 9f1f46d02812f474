"""Every code block of the documentation runs, and says what it shows.

Blocks of a page run in order, in a folder of their own with a few files in it. python: executed. sh: run by
bash. console: each line behind ``$`` is run, and has to print what stands below it (``...``: and more). toml:
read as settings or as a rule pack. text: not run.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from cleaner import Config, all_rules

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
# Blocks that need other libraries or a cluster: tests/test_integration_examples.py, tests/integrations.
TESTED_ELSEWHERE = ("cluster.md", "integrations.md")
PAGES = [
    ROOT / "README.id.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *(page for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in TESTED_ELSEWHERE),
]
RUN = {"python", "sh", "console", "toml"}


def blocks(page: Path) -> list[tuple[str, str]]:
    text = page.read_text("utf-8")
    return re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)


def prepare(folder: Path) -> None:
    articles = [
        json.loads(line) for line in (ROOT / "tests/golden/articles.jsonl").read_text("utf-8").splitlines()
    ]
    rows = [json.dumps({"text": row["text"], "media": "kompas"}) + "\n" for row in articles]
    (folder / "berita.jsonl").write_text("".join(rows))
    (folder / "artikel.txt").write_text(articles[0]["text"], "utf-8")
    (folder / "berita").mkdir()
    repeated = [
        {"text": f"Warga desa nomor {i} membeli beras.\nPenata berita: Rina Sari Juru periksa: Budi\n"}
        for i in range(40)
    ]
    (folder / "berita" / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in repeated))


def shell(command: str, folder: Path) -> str:
    programs = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        timeout=120,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "EDITOR": "true"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr.decode('utf-8')}"
    return done.stdout.decode("utf-8")


def console(block: str, folder: Path) -> None:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        printed = shell(command, folder)
        if shown.endswith("...\n"):
            assert printed.startswith(shown.removesuffix("...\n"))
        else:
            assert printed == shown


@pytest.mark.skipif(os.name != "posix", reason="the blocks are for a shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_blocks_run(page: Path, in_tmp: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(in_tmp)
    names: dict[str, object] = {"text": "Ia tidka ada."}
    for language, block in blocks(page):
        assert language in RUN | {"text"}, (
            f"{page.name}: a block without a language, or an unknown one: {language!r}"
        )
        if language == "python":
            exec(compile(block, page.name, "exec"), names)
        elif language == "sh":
            shell(block, in_tmp)
        elif language == "console":
            console(block, in_tmp)
        elif language == "toml":
            lines = (
                re.sub(r"^ {3}", "", block, flags=re.MULTILINE) if page.name == "CONTRIBUTING.md" else block
            )
            table = tomllib.loads(lines)
            if "rule" in table:
                (in_tmp / "aturan").mkdir(exist_ok=True)
                name = table["rule"][0]["id"].rpartition(".")[2]
                (in_tmp / "aturan" / f"{name}.toml").write_text(lines, "utf-8")
                assert table["rule"][0]["id"] in shell("cleaner rules --rules aturan", in_tmp)
            else:
                Config.from_dict(table)
    capsys.readouterr()


def test_there_are_blocks_to_run() -> None:
    languages = [language for page in PAGES for language, _ in blocks(page)]
    assert languages.count("python") >= 10
    assert languages.count("sh") + languages.count("console") >= 10


def test_the_generated_pages_hold_every_rule_and_setting() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    rules, settings = generate.rules_page(), generate.settings_page()
    assert all(f"### {rule.id}\n" in rules for rule in all_rules())
    for field in fields(Config):
        (row,) = re.findall(rf"^\| `{field.name}` \|.*\|$", settings, re.MULTILINE)
        assert len(re.split(r"(?<!\\)\|", row)[4].strip()) > 10


def test_the_translation_has_the_commands_of_the_original() -> None:
    from cleaner.cli import cli

    translated = (ROOT / "README.id.md").read_text("utf-8")
    assert all(f"`cleaner {name}" in translated for name in cli.commands)

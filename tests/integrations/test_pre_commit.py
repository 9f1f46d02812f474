"""The hook in the real pre-commit: installed from a repository of this package, run on one that uses it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pre_commit", reason="needs pre-commit: pip install '.[test-integrations]'")
if shutil.which("git") is None:
    pytest.skip("needs git", allow_module_level=True)

ROOT = Path(__file__).parents[2]
PACKAGE = ["cleaner", "dictionaries", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"]
NO_CACHE = shutil.ignore_patterns("__pycache__")


def call(folder, *command):
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(folder.parent / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Rina", "GIT_AUTHOR_EMAIL": "rina@contoh.id",
        "GIT_COMMITTER_NAME": "Rina", "GIT_COMMITTER_EMAIL": "rina@contoh.id",
    }  # fmt: skip
    environment = {
        key: value for key, value in environment.items() if key not in ("GIT_DIR", "GIT_INDEX_FILE")
    }
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def commit(folder):
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Isi"]):
        done = call(folder, "git", *command)
        assert done.returncode == 0, done.stderr


def test_the_hook(tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    for name in PACKAGE:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, package / name, **({"ignore": NO_CACHE} if source.is_dir() else {}))
    commit(package)
    revision = call(package, "git", "rev-parse", "HEAD").stdout.strip()

    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    config = (
        f"repos:\n- repo: {package}\n  rev: {revision}\n"
        "  hooks:\n  - id: cleaner\n    args: [--profile, typos]\n"
    )
    (project / ".pre-commit-config.yaml").write_text(config)
    page = "---\njudul: tidka\n---\nIa tidka `tidka` pulang.\n\n```\ntidka\n```\n"
    (project / "docs" / "panduan.md").write_text(page)
    (project / "docs" / "catatan.txt").write_text("Ia pulang.\n")
    (project / "docs" / "kode.py").write_text("tidka = 1\n")
    commit(project)

    done = call(project, sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never")
    assert done.returncode == 1, done.stdout + done.stderr
    found = [line for line in done.stdout.splitlines() if line.startswith("docs/")]
    assert [line.split()[:5] for line in found] == [
        ["docs/panduan.md:4:4:", "typo.nonword", "'tidka'", "->", "'tidak'"]
    ]
    assert (project / "docs" / "panduan.md").read_text() == page

    (project / "docs" / "panduan.md").write_text(page.replace("Ia tidka", "Ia tidak"))
    call(project, "git", "add", "-A")
    done = call(project, sys.executable, "-m", "pre_commit", "run", "--color", "never")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout

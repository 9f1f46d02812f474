"""Without its library each integration says which extra to install, and the rest works."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.errors import MissingExtraError

PYPROJECT = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")

INTEGRATIONS = ["datasets", "datatrove", "pandas", "polars", "sklearn", "spacy"]


@pytest.mark.parametrize("extra", INTEGRATIONS)
def test_the_extra_is_named(extra, monkeypatch):
    monkeypatch.setitem(sys.modules, extra, None)
    for module in list(sys.modules):
        if module.startswith(f"{extra}."):
            monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, f"cleaner.integrations.{extra}", raising=False)
    with pytest.raises(MissingExtraError, match=re.escape(f"pip install 'bersih[{extra}]'")) as caught:
        importlib.import_module(f"cleaner.integrations.{extra}")
    assert isinstance(caught.value, ImportError)
    assert re.search(rf"^{extra} = \[", PYPROJECT, re.MULTILINE), "no such extra"


def test_serve_names_its_extra(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = run("serve")
    assert done.exit_code == 2
    assert "pip install 'bersih[serve]'" in done.stderr
    assert re.search(r"^serve = \[", PYPROJECT, re.MULTILINE)


def test_a_markdown_file_names_its_extra(run, in_tmp, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyromark", None)
    (in_tmp / "a.md").write_text("Ia tidka pulang.\n")
    done = run("check", "a.md")
    assert done.exit_code == 2
    assert "pip install 'bersih[markdown]'" in done.stderr
    assert run("check", "a.md", "--format", "txt").exit_code == 1
    assert re.search(r"^markdown = \[", PYPROJECT, re.MULTILINE)


def test_the_command_line_imports_none_of_them():
    names = [*INTEGRATIONS, "numpy", "starlette", "uvicorn", "pyromark", "asyncio"]
    code = f"import sys, cleaner.cli; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

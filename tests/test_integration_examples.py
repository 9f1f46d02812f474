"""The examples of docs/integrations.md print what the page says, with the real libraries."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "integrations.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"<!-- example: (\w+) -->\n```python\n(.*?)```\n\nprints\n\n```text\n(.*?)```", PAGE, re.DOTALL
)


def test_every_integration_has_an_example_of_about_ten_lines():
    folder = Path(__file__).parents[1] / "cleaner" / "integrations"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "columns"}
    assert {name for name, _, _ in EXAMPLES} == modules
    assert all(len(code.splitlines()) <= 12 for _, code, _ in EXAMPLES)


@pytest.mark.parametrize(("name", "code", "output"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES])
def test_the_example_prints_what_is_shown(name, code, output):
    pytest.importorskip(name, reason=f"needs {name}: pip install 'bersih[{name}]' or '.[test-integrations]'")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, f"<example {name}>", "exec"), {"__name__": "example"})
    assert printed.getvalue() == output

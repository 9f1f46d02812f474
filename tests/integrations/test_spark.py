"""The Spark recipe of docs/cluster.md prints what the page says. Needs Java."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="needs: pip install 'bersih[test-integrations]'")

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_the_recipe_prints_what_is_shown(tmp_path):
    code = re.search(r"<!-- example: spark -->\n```python\n(.*?)```", PAGE, re.DOTALL)[1]
    shown = re.search(r"<!-- example output: spark -->\n```text\n(.*?)```", PAGE, re.DOTALL)[1]
    script = tmp_path / "recipe.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable},
    )  # fmt: skip
    assert done.stdout == shown, done.stderr[-2000:]

"""The logs of the golden articles stay what they are, byte for byte, until somebody accepts a change.

`python tests/golden/update.py` shows what differs; with ``--accept`` the new logs become the golden ones.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent / "golden" / "update.py"
_spec = importlib.util.spec_from_file_location("golden_update", SCRIPT)
assert _spec is not None
assert _spec.loader is not None
golden = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(golden)


def test_logs_are_the_same_byte_for_byte() -> None:
    old, new = golden.LOGS.read_bytes(), golden.logs()
    assert new == old, "\n".join(
        [*golden.differences(old, new)[:60], "", "if this is meant: python tests/golden/update.py --accept"]
    )


def test_the_articles_wake_every_stage_and_most_kinds_of_rules() -> None:
    rows = [json.loads(line) for line in golden.LOGS.read_text("utf-8").splitlines()]
    rules = {change["rule"] for row in rows for change in row["changes"]}
    families = {rule.split(".")[0] for rule in rules}
    assert families == {"encoding", "boilerplate", "spacing", "typo", "slang"}
    assert len(rules) >= 35


def test_a_difference_is_shown_and_accepted(tmp_path: Path) -> None:
    for name in ("update.py", "articles.jsonl", "logs.jsonl"):
        (tmp_path / name).write_bytes((SCRIPT.parent / name).read_bytes())
    logs = tmp_path / "logs.jsonl"
    right = logs.read_bytes()
    logs.write_bytes(right.replace(b"typo.repeat", b"typo.other", 1))

    def update(*args: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, tmp_path / "update.py", *args], capture_output=True, check=False
        )
        return done.returncode, done.stdout.decode("utf-8")

    code, shown = update()
    assert code == 1
    assert "typo.repeat" in shown
    assert "typo.other" in shown
    assert update("--accept")[0] == 0
    assert logs.read_bytes() == right
    assert update() == (0, "the logs are the same\n")

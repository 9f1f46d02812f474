"""The JSON Schema of the log (docs/change-log.schema.json) fits what is written, and refuses what is not."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "docs" / "change-log.schema.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA)


@pytest.fixture
def rows(run, in_tmp: Path) -> list[dict]:
    articles = (ROOT / "tests" / "golden" / "articles.jsonl").read_text("utf-8").splitlines()
    lines = [
        *articles,
        json.dumps({"text": "Caf\u00e9 tidka\u2013"}),
        '{"text": "http:\\/\\/a.id tidka \\u00e9"}',
    ]
    (in_tmp / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (in_tmp / "b.txt").write_text("Ia tidka ada,Budi. Dampak\u00a0nya besar.\n", "utf-8")
    assert run("clean", "a.jsonl", "b.txt", "-o", "out", "--log", "log.jsonl").exit_code == 0
    return [json.loads(line) for line in (in_tmp / "log.jsonl").read_text("utf-8").splitlines()]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_row_fits(rows: list[dict]) -> None:
    assert len(rows) >= 13
    for row in rows:
        assert [error.message for error in VALID.iter_errors(row)] == []
    keys = {key for row in rows[1:] for key in row}
    assert keys >= {"line", "escapes", "changes", "suppressed"}
    assert any("steps" in change for row in rows[1:] for change in row["changes"])
    assert any("alternatives" in change for row in rows[1:] for change in row["changes"])


def test_a_changed_row_does_not_fit(rows: list[dict]) -> None:
    row = next(row for row in rows[1:] if row["changes"] and row["suppressed"])
    for path, value in (
        (("changes", 0, "start"), -1),
        (("changes", 0, "start"), "1"),
        (("changes", 0, "confidence"), 1.5),
        (("changes", 0, "id"), "x"),
        (("changes", 0, "more"), 1),
        (("suppressed", 0, "winner"), None),
        (("sha256", "cleaned"), "0"),
        (("line",), 0),
        (("escapes",), "none"),
    ):
        broken = copy.deepcopy(row)
        place = broken
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        assert not VALID.is_valid(broken), path
    for key in ("doc_id", "changes", "sha256"):
        assert not VALID.is_valid({name: item for name, item in row.items() if name != key})

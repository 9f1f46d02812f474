"""SARIF: valid by the schema of the standard, and its fixes do what `clean` does."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.report import sarif

jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema: pip install '.[test]'")

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA, format_checker=jsonschema.FormatChecker())
DIRTY = "Ia tidka pulang.\n😀 Teh &amp; kopi.Mereka tidka ada.\nBaca juga: Harga Gandum Dunia Turun\nBaik.\n"


def log_of(done):
    log = json.loads(done.stdout)
    VALIDATOR.validate(log)
    return log["runs"][0]


def fixed(text, results):
    """The text after the fixes, by lines and columns alone."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for result in reversed(results):
        (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        region = replacement["deletedRegion"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    return text


def test_a_log_is_valid_and_its_fixes_are_the_changes(run, in_tmp):
    (in_tmp / "a b:c.txt").write_text(DIRTY, encoding="utf-8")
    done = run("check", "a b:c.txt", "--output-format", "sarif", "--language", "en")
    assert done.exit_code == 1
    log = log_of(done)
    results = log["results"]
    assert len(results) == len(cleaner.clean(DIRTY).changes) == 5
    assert fixed(DIRTY, results) == cleaner.clean(DIRTY).text
    place = results[1]["locations"][0]["physicalLocation"]
    assert (
        unquote(place["artifactLocation"]["uri"]) == "a b:c.txt"
        and ":" not in place["artifactLocation"]["uri"]
    )
    assert place["region"] == {
        "startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 12, "snippet": {"text": "&amp;"},
    }  # fmt: skip
    assert {result["ruleId"] for result in results} <= {rule["id"] for rule in log["tool"]["driver"]["rules"]}
    assert len({result["partialFingerprints"]["cleanerChange/v1"] for result in results}) == 5
    assert log["columnKind"] == "unicodeCodePoints"


def test_a_row_of_a_corpus_has_a_line_and_no_fix(run, in_tmp):
    rows = [{"id": "x", "text": "Baik."}, {"id": "y", "text": "Ia tidka pulang."}]
    (in_tmp / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (result,) = log_of(run("check", "a.jsonl", "--output-format", "sarif"))["results"]
    (place,) = result["locations"]
    assert place["physicalLocation"]["region"] == {"startLine": 2}
    assert place["logicalLocations"][0]["name"] == "y"
    assert "fixes" not in result


def test_nothing_found_is_a_log_too(run, in_tmp):
    (in_tmp / "a.txt").write_text("Baik.\n")
    done = run("check", "a.txt", "--output-format", "sarif")
    assert done.exit_code == 0
    log = log_of(done)
    assert log["results"] == []
    assert log["invocations"] == [{"executionSuccessful": True}]


def test_a_file_that_cannot_be_read_makes_the_run_fail(run, in_tmp):
    (in_tmp / "a.txt").write_bytes(b"Ia tidka pulang.\n")
    (in_tmp / "b.txt").write_bytes(b"\x00\x01")
    done = run("check", "a.txt", "b.txt", "--output-format", "sarif")
    assert done.exit_code == 2
    log = log_of(done)
    assert len(log["results"]) == 1
    assert log["invocations"] == [{"executionSuccessful": False}]


def test_absolute_paths_are_file_addresses(run, in_tmp):
    path = in_tmp / "a.txt"
    path.write_text("Ia tidka pulang.\n")
    (result,) = log_of(run("check", path, "--output-format", "sarif"))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == path.as_uri()


@given(st.text(), st.integers(0))
def test_positions_count_lines_and_columns_from_one(text, offset):
    offset = min(offset, len(text))
    line, column = sarif.position(text, offset)
    lines = text.split("\n")
    assert sum(len(item) + 1 for item in lines[: line - 1]) + column - 1 == offset
    assert 1 <= column <= len(lines[line - 1]) + 1

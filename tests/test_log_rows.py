"""A malformed row of a change log is refused with its line and its fault, by every command that reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.corpus.compression import compress, decompressed

Row = dict[str, Any]


def without(*path: Any) -> Callable[[Row], Row]:
    """Take a field out."""

    def change(row: Row) -> Row:
        inner = row
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]
        return row

    return change


def put(value: object, *path: Any) -> Callable[[Row], Row]:
    """Give a field another value."""

    def change(row: Row) -> Row:
        inner = row
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        return row

    return change


FAULTS: dict[str, tuple[Callable[[Row], object], str]] = {
    "no id": (without("doc_id"), "missing required field `doc_id`"),
    "no file": (without("file"), "missing required field `file`"),
    "no hashes": (without("sha256"), "missing required field `sha256`"),
    "no hash": (without("sha256", "cleaned"), "missing required field `cleaned` - at `$.sha256`"),
    "no changes": (without("changes"), "missing required field `changes`"),
    "no suggestions": (without("suggestions"), "missing required field `suggestions`"),
    "no start": (without("changes", 0, "start"), "missing required field `start`"),
    "no stage": (without("changes", 0, "stage"), "a change has neither `stage` nor `steps`"),
    "changes are text": (put("x", "changes"), "Expected `array`, got `str` - at `$.changes`"),
    "a change is a number": (put([3], "changes"), "Expected `object`, got `int`"),
    "start is text": (put("0", "changes", 0, "start"), "Expected `int`, got `str`"),
    "start is negative": (put(-1, "changes", 0, "start"), "Expected `int` >= 0"),
    "before is null": (put(None, "changes", 0, "before"), "Expected `str`, got `null`"),
    "confidence is text": (put("high", "changes", 0, "confidence"), "Expected `float`, got `str`"),
    "line is text": (put("3", "line"), "Expected `int | null`, got `str` - at `$.line`"),
    "hashes are a list": (put([], "sha256"), "Expected `object`, got `array` - at `$.sha256`"),
    "steps of numbers": (put([1], "changes", 0, "steps"), "Expected `object`, got `int`"),
    "a row is a list": (lambda row: [row], "a log row is an object, this is not"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A finished run of four documents."""
    from click.testing import CliRunner

    from cleaner.cli import cli

    folder = tmp_path_factory.mktemp("run")
    rows = [{"id": f"d{n}", "text": f"Teh  dan kopi {n}."} for n in range(4)]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = CliRunner().invoke(
        cli,
        [
            "corpus",
            f"{folder}/a.jsonl",
            "-o",
            f"{folder}/out",
            "--profile",
            "minimal",
            "--isolated",
            "-j",
            "1",
        ],
    )
    assert done.exit_code == 0, done.output
    decision = {"schema": "cleaner.decision/1", "scope": "rule", "decision": "accept", "rule": "spacing"}
    (folder / "decisions.jsonl").write_text(json.dumps(decision) + "\n")
    return folder


def lines(folder: Path) -> list[bytes]:
    packed = (folder / "out" / "changes.jsonl.zst").read_bytes()
    return b"".join(decompressed(iter([packed]), ".zst")).splitlines(keepends=True)


@pytest.fixture
def damaged(made, in_tmp, run):
    """Write another log into the run, and call every command that reads it; their messages."""
    whole = lines(made)

    def damage(log: list[bytes] | bytes) -> list[str]:
        data = log if isinstance(log, bytes) else compress(b"".join(log), ".zst")
        path = made / "out" / "changes.jsonl.zst"
        path.write_bytes(data)
        (in_tmp / "log.jsonl").write_bytes(b"" if isinstance(log, bytes) else b"".join(log))
        commands = [
            ("verify", f"{made}/out"),
            ("revert", f"{made}/out", "-o", "back"),
            ("stats", f"{made}/out/changes.jsonl.zst"),
            ("sample", f"{made}/out/changes.jsonl.zst"),
            ("sample", f"{made}/out"),
            ("apply", f"{made}/out", "--decisions", f"{made}/decisions.jsonl", "-o", "decided"),
        ]
        if not isinstance(log, bytes):
            commands.append(("revert", "log.jsonl", f"{made}/out/a.jsonl", "-o", "back.jsonl"))
        said = []
        for command in commands:
            done = run(*command)
            assert done.exit_code == 2, (command, done.output, done.exception)
            assert isinstance(done.exception, SystemExit), (command, done.exception)
            said.append(done.stderr)
        return said

    yield damage
    (made / "out" / "changes.jsonl.zst").write_bytes(compress(b"".join(whole), ".zst"))


@pytest.mark.parametrize("name", FAULTS)
def test_a_malformed_row_is_named_by_its_line(made, damaged, name):
    fault, message = FAULTS[name]
    log = lines(made)
    log[3] = json.dumps(fault(json.loads(log[3]))).encode() + b"\n"
    for said in damaged(log):
        assert ":4: " in said
        assert message in said


def test_a_row_that_was_cut_off_is_named_by_its_line(made, damaged):
    log = lines(made)
    log[-1] = log[-1][:60]
    for said in damaged(log):
        assert ":5: this is no JSON" in said


def test_a_packed_log_that_was_cut_off_is_told(made, damaged):
    whole = (made / "out" / "changes.jsonl.zst").read_bytes()
    for said in damaged(whole[:-9]):
        assert "changes.jsonl.zst: " in said
        assert "cut off" in said or "broken" in said or "incomplete" in said or "damaged" in said, said


def test_a_whole_log_is_not_refused(made, run):
    done = run("verify", f"{made}/out")
    assert (done.exit_code, "4 documents in 1 files, 4 of them changed: all fit" in done.stderr) == (0, True)

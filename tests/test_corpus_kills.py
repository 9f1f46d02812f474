"""Real kills, at random points: nothing lost, nothing twice, nobody left over."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cleaner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")

ROOT = Path(__file__).parents[1]
CLEANER = [sys.executable, "-m", "cleaner"]
ENV = {**os.environ, "PYTHONPATH": str(Path(cleaner.__file__).parents[1])}


def test_kills_at_random_points():
    """Five runs of the experiment in benchmarks/kills.py."""
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks/kills.py", "--runs", "5", "--megabytes", "3"],
        capture_output=True, text=True, env=ENV, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    kills = re.search(r"(\d+) kills of the run, (\d+) of a worker, (\d+) interrupts", done.stdout)
    assert kills and sum(map(int, kills.groups())) >= 5, done.stdout
    assert "all fit" in done.stderr


def test_an_interrupt_says_how_to_go_on(tmp_path):
    rows = "".join(f'{{"id": {n}, "text": "Teh &amp; kopi  nomor {n}"}}\n' for n in range(60_000))
    (tmp_path / "a.jsonl").write_text(rows)
    process = subprocess.Popen(
        [*CLEANER, "corpus", "a.jsonl", "-o", "out", "-j", "2", "--profile", "minimal", "--checkpoint", "0"],
        cwd=tmp_path, env=ENV, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    log = tmp_path / "out/.cleaner/changes.jsonl.zst"
    for _ in range(400):
        if log.exists() and log.stat().st_size > 10_000:
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130, told
    assert re.search(r"interrupted after [\d,]+ documents", told)
    command = re.search(r"go on with: (.+)", told)[1]
    assert command.endswith("corpus a.jsonl -o out -j 2 --profile minimal --checkpoint 0 --resume")
    again = subprocess.run(
        [*CLEANER, "corpus", "a.jsonl", "-o", "out"], cwd=tmp_path, env=ENV, capture_output=True, text=True
    )
    assert again.returncode == 2
    assert "a run was stopped here; go on with --resume" in again.stderr
    done = subprocess.run(
        [*CLEANER, *command.split()[1:]], cwd=tmp_path, env=ENV, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    run = json.loads((tmp_path / "out/run.json").read_bytes())
    assert (run["documents"], run["stops"]) == (60_000, 1)
    assert not (tmp_path / "out/.cleaner").exists()


def test_a_full_disk_stops_the_run_and_room_lets_it_go_on(tmp_path):
    """On a file system of two megabytes of its own."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    try:
        rows = "".join(
            f'{{"id": {n}, "text": "Teh &amp; kopi  nomor {n * 7919:x}"}}\n' for n in range(40_000)
        )
        (tmp_path / "a.jsonl").write_text(rows)
        run = [
            *CLEANER,
            "corpus",
            tmp_path / "a.jsonl",
            "-j",
            "1",
            "--profile",
            "minimal",
            "--checkpoint",
            "0",
        ]
        full = subprocess.run([*run, "-o", small / "out"], env=ENV, capture_output=True, text=True)
        assert full.returncode == 2
        assert "cannot write: the disk is full. What was done is not lost" in full.stderr
        assert "Traceback" not in full.stderr
        shutil.copytree(small / "out", tmp_path / "out")
        done = subprocess.run(
            [*run, "-o", tmp_path / "out", "--resume"], env=ENV, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        whole = subprocess.run([*run, "-o", tmp_path / "whole"], env=ENV, capture_output=True, text=True)
        assert whole.returncode == 0, whole.stderr
        for name in ("a.jsonl", "changes.jsonl.zst"):
            assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    finally:
        subprocess.run(["umount", small], check=True)

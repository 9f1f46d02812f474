"""The service against its own OpenAPI document: schemathesis makes the requests, right and wrong ones."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytest.importorskip("schemathesis", reason="needs schemathesis: pip install '.[test-integrations]'")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    process = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path_factory.mktemp("layanan"),
        env={**os.environ, "CLEANER_TOKEN": "rahasia-warung-melati"},
    )
    yield process.stderr.readline().split()[3].rstrip(";")
    process.terminate()
    log = process.stderr.read()
    process.stderr.close()
    assert process.wait(20) == 0
    assert "Traceback" not in log, log


@pytest.mark.parametrize(
    "options",
    [
        # Each value of each setting: both requests take the same, so one will do.
        ["--phases", "coverage", "--exclude-path", "/explain"],
        ["--phases", "fuzzing", "--max-examples", "25"],
    ],
    ids=["coverage", "fuzzing"],
)
def test_the_service_keeps_to_its_document(address, options, tmp_path):
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json", "--checks", "all",
            "--header", "Authorization: Bearer rahasia-warung-melati",
            "--generation-deterministic", "--no-color", *options,
        ],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout and " passed" in done.stdout

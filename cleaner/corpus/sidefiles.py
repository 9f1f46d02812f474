"""What stands beside the outputs of a run: its log, the rejected documents, the numbers, and run.json.

Outputs may have any names but these.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LOG = "changes.jsonl.zst"
REJECTED = "rejected.jsonl"
STATS = "stats.json"
REPORT = "report.html"
RUN = "run.json"
SIDE_FILES = (LOG, REJECTED, STATS, REPORT, RUN)
"""run.json comes last: where it is, the run is finished."""

RUN_SCHEMA = "cleaner.run/1"
"""Of run.json."""


def write_run(path: Path, run: dict[str, Any], inputs: Path) -> None:
    """Write run.json: ``run``, with the inputs, of which there may be very many, one a line.

    ``inputs`` is a file with a row of JSON for each.
    """
    with path.open("wb") as out, inputs.open("rb") as rows:
        out.write(json.dumps(run, ensure_ascii=False, indent=1).encode("utf-8")[: -len("\n}")])
        out.write(b',\n "inputs": [')
        for number, row in enumerate(rows):
            out.write((b",\n  " if number else b"\n  ") + row.rstrip(b"\n"))
        out.write(b"\n ]\n}\n")

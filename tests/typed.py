"""Are the public names typed? At least 95 % by pyright, or exit code 1: ``python tests/typed.py PYRIGHT``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

LEAST = 0.95


def main() -> int:
    """Run pyright in the environment it is installed in, together with the package."""
    pyright = Path(sys.argv[1])
    done = subprocess.run(
        [pyright, "--verifytypes", "cleaner", "--ignoreexternal", "--outputjson"],
        # It takes the first Python of the path; the option --pythonpath is not heeded here.
        env={**os.environ, "PATH": f"{pyright.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        check=False,
    )
    report = json.loads(done.stdout)["typeCompleteness"]
    score = report["completenessScore"]
    print(f"{score:.1%} of the public symbols are typed")
    return 0 if score >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())

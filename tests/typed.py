"""Are the public names typed? At least 95 % by pyright, or exit code 1: ``python tests/typed.py PYRIGHT``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LEAST = 0.95


def main() -> int:
    """Run pyright in the environment it is installed in, together with the package."""
    pyright = Path(sys.argv[1])
    done = subprocess.run(
        [
            pyright,
            "--pythonpath",
            pyright.parent / "python",
            "--verifytypes",
            "cleaner",
            "--ignoreexternal",
            "--outputjson",
        ],
        capture_output=True,
        check=False,
    )
    report = json.loads(done.stdout)["typeCompleteness"]
    print(
        f"{report['completenessScore']:.1%} of {sum(report['exportedSymbolCounts'].values())} public symbols are typed"
    )
    for symbol in report["symbols"]:
        if symbol["isExported"] and not symbol["isTypeKnown"]:
            print(" ", symbol["name"])
    return 0 if report["completenessScore"] >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())

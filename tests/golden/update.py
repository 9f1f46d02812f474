"""The golden logs: what `clean` does to the articles beside this file, byte for byte.

    python tests/golden/update.py             # what has changed, change by change; exit code 1 if anything
    python tests/golden/update.py --accept    # take the new logs for right; commit them with the reason

tests/test_golden.py compares. The articles are invented, each in the style of one kind of source. A
log is the row that `CleanResult.to_log` gives, without the fingerprint (it holds the version).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ARTICLES, LOGS = FOLDER / "articles.jsonl", FOLDER / "logs.jsonl"


def logs() -> bytes:
    """The logs of all articles as they come out now, a JSON line each."""
    from cleaner import Cleaner, Config

    lines = []
    for line in ARTICLES.read_text("utf-8").splitlines():
        article = json.loads(line)
        row = Cleaner(Config(profile=article["profile"])).clean(article["text"]).to_log()
        del row["fingerprint"]
        lines.append(json.dumps({"id": article["id"], **row}, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8")


def differences(old: bytes, new: bytes) -> list[str]:
    """Every item that only one side has, a line each: ``-`` gone, ``+`` new."""
    before, after = _items(old), _items(new)
    lines = []
    for article in {**before, **after}:
        mine, yours = before.get(article, []), after.get(article, [])
        changed = [f"- {x}" for x in mine if x not in yours] + [f"+ {x}" for x in yours if x not in mine]
        if changed:
            lines += [article, *(f"  {line}" for line in changed)]
    return lines


def _items(data: bytes) -> dict[str, list[str]]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in data.decode("utf-8").splitlines()]
    return {row["id"]: [*_of(row)] for row in rows}


def _of(row: dict[str, Any]) -> list[str]:
    items = [f"cleaned text {row['sha256']['cleaned'][:12]}"]
    for kind in ("changes", "suggestions", "suppressed"):
        items += [
            f"{kind} {x['start']}:{x['end']} {x['rule']} {x['before']!r} -> {x['after']!r} {json.dumps(x)}"
            for x in row[kind]
        ]
    return items


def main() -> int:
    """Show or accept the differences."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--accept", action="store_true", help="write the new logs")
    options = parser.parse_args()
    old, new = LOGS.read_bytes() if LOGS.exists() else b"", logs()
    for line in differences(old, new):
        print(line if len(line) < 240 else line[:240] + "…")
    if options.accept:
        LOGS.write_bytes(new)
    print("the logs are the same" if old == new else "accepted" if options.accept else "the logs differ")
    return 0 if old == new or options.accept else 1


if __name__ == "__main__":
    sys.exit(main())

"""The review page on a large log: import, a page of the list, a group, a decision.

    python benchmarks/review.py                       2 million changes
    python benchmarks/review.py --documents 20000     a tenth of it
    python benchmarks/review.py --folder DIR          keep the log and the working copy there

The log is made up: 200,000 documents with ten changes each, of 60,000 pairs whose frequencies fall as those
of words do. Times of the session are those of the server's own work; a decision is also timed with
its forced write to disk, which depends on the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from cleaner.review.filters import Filter
from cleaner.review.session import Session
from cleaner.review.store import open_store

PAIRS = 60_000
CHANGES = 10
RUNS = 400


def word(number: int) -> str:
    """A pronounceable form, another for each number."""
    form = ""
    while number or not form:
        number, rest = divmod(number, 100)
        form += "bcdfghjklmnprstwyzqv"[rest % 20] + "aiueo"[rest // 20]
    return form + "n"


def write_log(path: Path, documents: int) -> None:
    """A log in the form of `cleaner clean --log`."""
    chance = random.Random(9)
    words = [word(number) for number in range(PAIRS)]
    weights = [1 / (number + 5) for number in range(PAIRS)]
    rules = ("typo.nonword", "typo.split", "typo.nonstandard", "typo.casing", "spacing.after_stop")
    rows = iter(chance.choices(range(PAIRS), weights, k=documents * CHANGES))
    with path.open("w", encoding="utf-8") as out:
        header = {"schema": "cleaner.log/1", "version": "0", "fingerprint": "0", "text_field": "text"}
        out.write(json.dumps({**header, "id_field": "id", "config": {}, "vocabulary": {}}) + "\n")
        for document in range(documents):
            changes = []
            for place in range(CHANGES):
                number = next(rows)
                form = words[number]
                start = place * 120 + 7
                confidence = 0.72 + (number * 7 + place) % 27 / 100
                changes.append(
                    {
                        "id": f"{document:08x}{place:04x}", "start": start, "end": start + len(form),
                        "cleaned_start": start, "cleaned_end": start + len(form), "before": form,
                        "after": form[:-1], "rule": rules[number % len(rules)], "stage": "typo",
                        "reason": "tidak ada di kamus", "confidence": confidence,
                        "alternatives": [], "steps": [],
                    }
                )  # fmt: skip
            hashes = {"original": f"{document:064x}", "cleaned": f"{document + 1:064x}"}
            row = {"doc_id": str(document), "file": "berita.jsonl", "line": document + 1, "sha256": hashes}
            row |= {
                "outlet": f"media{document % 12}",
                "changes": changes,
                "suggestions": [],
                "suppressed": [],
            }
            out.write(json.dumps(row) + "\n")


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall time of one call, and time of the processor."""
    start, busy = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - busy)


def told(name: str, times: list[tuple[float, float]]) -> None:
    """Median and 99th percentile of both."""
    line = f"{name:44}"
    for what, column in zip(("", "  processor"), zip(*times, strict=True), strict=True):
        ordered = sorted(column)
        line += (
            f"{what} p50 {statistics.median(ordered):7.2f} p99 {ordered[int(0.99 * len(ordered))]:7.2f} ms"
        )
    print(line)


def measure(folder: Path, documents: int) -> None:
    """All figures."""
    log = folder / "log.jsonl"
    write_log(log, documents)
    print(f"{documents * CHANGES:,} changes, {log.stat().st_size / 1e6:,.0f} MB of log")
    start, busy = time.perf_counter(), time.process_time()
    db = open_store(log)
    took, busy = time.perf_counter() - start, time.process_time() - busy
    copy = folder / (log.name + ".review.sqlite")
    print(f"import: {took:.1f} s, of the processor {busy:.1f} s; {copy.stat().st_size / 1e6:,.0f} MB")
    db.close()
    start = time.perf_counter()
    db = open_store(log)
    print(f"opened again: {time.perf_counter() - start:.2f} s")
    session = Session(db, folder / "decisions.jsonl", who="ana")
    groups, documents, size = session.groups, session.documents, session.size["groups"]
    print(f"{size:,} groups")
    chance = random.Random(1)
    some = [chance.randrange(1, size + 1) for _ in range(RUNS)]
    for order in ("count", "doubt", "rule"):
        chosen = Filter(state="open", sort=order)
        times = [milliseconds(lambda n=n, c=chosen: groups.page(c, n)) for n in some]
        told(f"page of 100 groups, by {order}", times)
    first = milliseconds(lambda: groups.page(Filter(q="nothing like it")))
    told("first search after opening", [first])
    chosen = Filter(state="open", outlet="media3")
    told(
        "page of 100 groups of one outlet",
        [milliseconds(lambda n=n: groups.page(chosen, n)) for n in some[:100]],
    )
    words = [word(number)[:3] for number in some[:100]]
    told(
        "page of 100 groups, another search each time",
        [milliseconds(lambda q=q: groups.page(Filter(q=q), -1)) for q in dict.fromkeys(words)],
    )
    typed = [word(number)[:length] for number in some[:20] for length in (1, 2, 3, 4)]
    told(
        "... as it is typed, with the count",
        [milliseconds(lambda q=q: (groups.page(Filter(q=q), -1), groups.count(Filter(q=q)))) for q in typed],
    )
    frequent = [milliseconds(lambda n=n: documents.places(n)) for n in range(1, 101)]
    told("first places of the groups met first", frequent)
    told("first places of any group", [milliseconds(lambda n=n: documents.places(n)) for n in some])
    every = list(dict.fromkeys(some))
    half = len(every) // 2
    with patch.object(os, "fsync", lambda _: None):
        times = [
            milliseconds(lambda n=n: session.decide("pair", n, "accept", None, "")) for n in every[:half]
        ]
    told("decision, without the disk", times)
    times = [milliseconds(lambda n=n: session.decide("pair", n, "reject", None, "")) for n in every[half:]]
    told("decision, forced to disk", times)
    told("undo, forced to disk", [milliseconds(session.undo) for _ in range(100)])
    session.file.close()
    db.close()


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200_000, help="with ten changes each")
    parser.add_argument("--folder", type=Path, help="an existing folder to work in")
    options = parser.parse_args()
    if options.folder:
        measure(options.folder, options.documents)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.documents)


if __name__ == "__main__":
    main()

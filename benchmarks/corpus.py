"""How fast a corpus run is and how much memory it takes, with one process and with more.

    python benchmarks/corpus.py ARTICLES.jsonl[.xz|.gz|.zst] --megabytes 100 250 --workers 1 2

Repeats the articles with ids of their own to the sizes asked for, and cleans each with `cleaner corpus`.
Prints for each run: MB/s (10^6 bytes of input), seconds of processor time, and the peak of the memory of
the whole process tree: the sum of proportional set sizes (pages that processes share are counted once),
looked at four times a second (Linux).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cleaner.corpus.compression import decompressed

EVERY = 0.25


def articles(path: Path) -> list[dict[str, object]]:
    """The articles to repeat."""
    data = b"".join(decompressed(iter([path.read_bytes()]), path.suffix if path.suffix != ".jsonl" else ""))
    return [json.loads(line) for line in data.splitlines()]


def repeat(rows: list[dict[str, object]], target: Path, size: float) -> None:
    """Write them again and again, with new ids, until there are ``size`` bytes."""
    written = number = 0
    with target.open("wb") as out:
        while written < size:
            row = {**rows[number % len(rows)], "id": f"n{number:09d}"}
            written += out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            number += 1


def tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))
    except OSError:
        return


def memory(pid: int) -> int:
    """Bytes that a process tree holds now."""
    kib = 0
    for member in tree(pid):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kib += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kib << 10


def run(source: Path, out: Path, workers: int) -> tuple[float, float, int]:
    """Clean; seconds, seconds of processor time, peak of the memory in bytes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    command = [sys.executable, "-m", "cleaner", "corpus", str(source), "-o", str(out)]
    process = subprocess.Popen([*command, "-j", str(workers), "--isolated", "-q"])
    peak = 0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(EVERY)
    if process.returncode:
        raise SystemExit(f"exit code {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - begin, processor, peak


def main() -> None:
    """Measure every size with every number of processes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[100])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    rows = articles(given.articles)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for megabytes in given.megabytes:
            source = folder / "corpus.jsonl"
            repeat(rows, source, megabytes * 1e6)
            found = set()
            for workers in given.workers:
                load = os.getloadavg()[0]
                seconds, processor, peak = run(source, folder / "out", workers)
                size = source.stat().st_size / 1e6
                print(
                    f"{size:.0f} MB, {workers} processes: {seconds:.0f} s, {size / seconds:.2f} MB/s, "
                    f"{processor:.0f} s of processor time, peak {peak / 1e6:.0f} MB; "
                    f"load before {load:.1f}, after {os.getloadavg()[0]:.1f}",
                    flush=True,
                )
                found.add(hashlib.sha256((folder / "out/corpus.jsonl").read_bytes()).hexdigest())
                shutil.rmtree(folder / "out")
            if len(found) > 1:
                raise SystemExit("the outputs differ")


if __name__ == "__main__":
    main()

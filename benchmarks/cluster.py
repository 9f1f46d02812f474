"""What a run on a Ray cluster costs the driver, which all bytes that are written go through.

    python benchmarks/cluster.py ARTICLES.jsonl[.xz|.gz|.zst] --megabytes 100 300

Repeats the articles with ids of their own, and lets workers answer at once with the block as it came, and
with the log and the numbers of one block that was really cleaned. Prints the processor seconds of the
driver for each size, start of Ray aside, and for 100 MB more between the sizes.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import tempfile
import time
from pathlib import Path

import ray
from corpus import articles, repeat

from cleaner import Cleaner
from cleaner.corpus import sharded
from cleaner.corpus.blocks import Block
from cleaner.corpus.cluster import Cluster
from cleaner.corpus.inputs import find_inputs
from cleaner.corpus.job import Job
from cleaner.corpus.reading import Reading, read_input
from cleaner.corpus.sharded import ShardedRun
from cleaner.corpus.target import Target
from cleaner.corpus.worker import Cleaned


class Canned:
    """Answers like a `BlockCleaner` that needs no time."""

    def __init__(self, result: Cleaned) -> None:
        self.log = result.log
        self.stats = pickle.dumps(result.stats)

    def __call__(self, block: Block) -> Cleaned:
        """The block as it is, with an id for each line."""
        lines = range(block.first, block.next)
        ids = b"".join(hashlib.blake2b(b"%d" % line, digest_size=8).digest() for line in lines)
        stats = pickle.loads(self.stats)
        stats.bytes_read = len(block.data)
        return Cleaned(block.data, self.log, b"", ids, list(lines), stats)


def measure(path: Path, out: Path, job: Job) -> float:
    """Processor seconds of the driver."""
    run = ShardedRun(job, find_inputs([str(path)]), Target(str(out)), 2, engine=Cluster().ordered)
    block = next(read_input(run.inputs[0], job.limit))
    run.clean = Canned(run.clean(block))  # type: ignore[assignment]
    begin = time.process_time()
    done = run.run()
    seconds = time.process_time() - begin
    if not done or (out / path.name).read_bytes() != path.read_bytes():
        raise SystemExit("the output is not what it should be")
    return seconds


def main() -> None:
    """Measure every size, in shards as long as those of a large corpus."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[100, 300])
    given = parser.parse_args()
    sharded.SHARES = 1
    rows = articles(given.articles)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    found: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        for number, megabytes in enumerate(given.megabytes):
            path = Path(name) / "corpus.jsonl"
            repeat(rows, path, megabytes * 1e6)
            found.append((megabytes, measure(path, Path(name) / f"out{number}", Job(Cleaner(), Reading()))))
            print(f"{megabytes:.0f} MB: {found[-1][1]:.2f} s", flush=True)
    (size, seconds), (larger, more) = found[0], found[-1]
    if larger > size:
        print(f"100 MB more: {(more - seconds) / (larger - size) * 100:.2f} s")
    ray.shutdown()


if __name__ == "__main__":
    main()

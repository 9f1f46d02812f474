"""Speed and memory, in units that a noisy machine cannot bend.

    python benchmarks/speed.py               all figures
    python benchmarks/speed.py --sizes       one document from 1 KB to 10 MB (into sizes.json, for plots.py)
    python benchmarks/speed.py --stages      where the warm time goes, in units
    python benchmarks/speed.py --profile     ... by function (cProfile)

The unit is one pass of `re.findall(r"\\w+", text)` over the same texts in the same process: figures
are ratios to it, medians of five runs. Texts are the 3,020 raw news articles of ../shared/news, each
a document of its own, cleaned with the full `news` profile and its log; where they are absent this
script says so and ends well.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import lzma
import os
import pstats
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from unittest.mock import patch

SHARED = Path(__file__).resolve().parents[2] / "shared"
ROOT = Path(__file__).resolve().parents[1]
SIZES = Path(__file__).with_name("sizes.json")
RUNS = 5


def articles() -> list[str]:
    """The texts of the raw articles."""
    with lzma.open(SHARED / "news/raw-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def stretches(size: int) -> list[str]:
    """The first ``size`` code points of the corpus of news, in texts of 2 KB and more: none comes twice."""
    texts: list[str] = []
    paragraphs: list[str] = []
    length = total = 0
    with lzma.open(SHARED / "corpus/news.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            paragraphs.append(line)
            length += len(line)
            if length >= 2000:
                texts.append("".join(paragraphs))
                total += length
                paragraphs, length = [], 0
                if total >= size:
                    break
    return texts


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def unit(texts: Iterable[str]) -> float:
    """Seconds of one tokenizing pass: median of five."""
    find = re.compile(r"\w+").findall
    texts = list(texts)
    return statistics.median(seconds(lambda: [find(text) for text in texts]) for _ in range(RUNS))


def in_process() -> None:
    """Cold, warm, clean documents, latency: all in this process."""
    from cleaner import Cleaner

    texts = articles()
    first, size = [], 0
    for text in texts:
        if size < 1_000_000:
            first.append(text)
            size += len(text)
    cleaner = Cleaner()
    cold = seconds(lambda: [cleaner.clean(text) for text in first])
    print(f"cold, first {size / 1e6:.1f} MB, data opened in it   {cold / unit(first):7.2f} units")
    results = [cleaner.clean(text) for text in texts]
    whole = unit(texts)
    warm = statistics.median(seconds(lambda: [cleaner.clean(t) for t in texts]) for _ in range(RUNS))
    megabytes = sum(map(len, texts)) / 1e6
    print(f"warm, {len(texts)} articles, {megabytes:.1f} MB          {warm / whole:7.2f} units", end="")
    print(f"  ({megabytes / warm:.1f} MB/s; the unit did {megabytes / whole:.1f} MB/s)")
    clean = [r.text for r in results if not r.changes] or [r.text for r in results[:1000]]
    label = f"warm, {len(clean)} articles that need no change"
    warm_clean = statistics.median(seconds(lambda: [cleaner.clean(t) for t in clean]) for _ in range(RUNS))
    print(f"{label:45} {warm_clean / unit(clean):7.2f} units")
    two_kb = [text for text in texts if 1800 <= len(text) <= 2200]
    times = sorted(seconds(lambda text=text: cleaner.clean(text)) for _ in range(RUNS) for text in two_kb)
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"latency of a 2 KB article                     p50 {p50 * 1e3:.3f} ms, p99 {p99 * 1e3:.3f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process with all texts    {peak:7.0f} MB")


def as_script(code: str) -> list[float]:
    """What ``code`` prints as a script of its own, which spawned workers can import."""
    path = ROOT / "benchmarks" / "_script.py"
    path.write_text("import sys; sys.path.insert(0, 'benchmarks')\n" + code)
    try:
        out = subprocess.run(
            [sys.executable, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    finally:
        path.unlink()
    return [float(number) for number in out.split()]


def two_processes() -> None:
    """Throughput of two workers against one, with what a start costs. No text comes twice.

    Repeated articles would flatter whatever remembers words.
    """
    one, two = as_script(
        "import time\nfrom speed import stretches\nfrom cleaner import Cleaner\n"
        "if __name__ == '__main__':\n"
        "    texts = stretches(30_000_000)\n"
        "    for n in (1, 2):\n"
        "        c = Cleaner()\n"
        "        s = time.perf_counter(); k = sum(1 for _ in c.clean_many(texts, workers=n))\n"
        "        print(time.perf_counter() - s)\n"
    )
    print(f"two processes, start included                 {one / two:7.2f} times one")


def workers_memory() -> None:
    """Private memory of a worker (Linux): after its first texts, and after 1 MB, when it remembers words."""
    first, later = as_script(
        "import multiprocessing\nfrom pathlib import Path\n"
        "from speed import stretches\nfrom cleaner import Cleaner\n"
        "def private():\n"
        "    lines = [\n"
        "        line for child in multiprocessing.active_children()\n"
        "        for line in Path(f'/proc/{child.pid}/smaps_rollup').read_text().splitlines()\n"
        "    ]\n"
        "    print(sum(int(line.split()[1]) for line in lines if line.startswith('Private_')) / 2 / 1024)\n"
        "if __name__ == '__main__':\n"
        "    texts = stretches(2_000_000)\n"
        "    for n, _ in enumerate(Cleaner().clean_many(texts, workers=2)):\n"
        "        if n in (0, len(texts) - 60):\n"
        "            private()\n"
    )
    print(f"private memory of each of two workers         {first:7.0f} MB; after 1 MB {later:.0f} MB")


def start_up() -> None:
    """Fresh processes: time over bare Python, and resident memory.

    With bytecode, as an installed package has it.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    sample = ROOT / "examples" / "artikel.txt"
    code = (
        "import cleaner\n"
        f"cleaner.clean(open({str(sample)!r}, encoding='utf-8').read())\n"
        # Not ru_maxrss: a child starts with the peak of its parent there.
        "print(int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) // 1024)"
    )
    help_code = "import sys; sys.argv = ['cleaner', '--help']\nfrom cleaner.cli import main\nmain()"

    def median(source: str) -> float:
        command = [sys.executable, "-c", source]
        return statistics.median(
            seconds(lambda: subprocess.run(command, capture_output=True, check=True, env=environment))
            for _ in range(RUNS)
        )

    bare = median("pass")
    once = median(code)
    memory = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    print(f"fresh process cleans the sample               {once * 1e3:7.0f} ms", end="")
    print(f" ({(once - bare) * 1e3:.0f} over bare Python), {memory.strip()} MB resident")
    print(
        f"cleaner --help                                {(median(help_code) - bare) * 1e3:7.0f} ms over bare"
    )


def by_size() -> None:
    """Processor time per KB of one document of growing length: constant if the cost is linear."""
    from cleaner import Cleaner
    from cleaner.document import Document

    texts, cleaner = articles(), Cleaner()
    for text in texts:
        cleaner.clean(text)
    whole = "\n\n".join(texts + texts)
    rows = []
    for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
        # Short documents are many, so that the clock has something to see.
        documents = [whole[at : at + size] for at in range(0, min(len(whole), max(size, 1_000_000)), size)][
            :500
        ]
        length = sum(map(len, documents)) / 1000
        row: dict[str, float] = {"size": size}

        def processor(work: Callable[[str], object], documents: list[str] = documents) -> float:
            start = time.process_time()
            for text in documents:
                work(text)
            return time.process_time() - start

        find = re.compile(r"\w+").findall
        base = statistics.median(processor(find) for _ in range(RUNS))
        processor(cleaner.clean)
        row["whole"] = processor(cleaner.clean) / base
        for stage in cleaner._active:
            row[stage.name] = processor(lambda t, s=stage: s.propose(Document(t), cleaner._enabled)) / base
        row["us per KB"] = base / length * 1e6 * row["whole"]
        rows.append(row)
        print("  ".join(f"{name} {value:,.2f}" for name, value in row.items()), flush=True)
    SIZES.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def stages() -> None:
    """Units of each stage in a warm pass over all articles, and of the engine around them."""
    from cleaner import Cleaner
    from cleaner.books import Books

    texts, cleaner = articles(), Cleaner()
    for text in texts:
        cleaner.clean(text)
    spent: Counter[str] = Counter()

    def timed(work: Callable[..., object], name: str) -> Callable[..., object]:
        def measured(*args: object) -> object:
            start = time.process_time()
            result = work(*args)
            spent[name] += time.process_time() - start
            return result

        return measured

    find = re.compile(r"\w+").findall

    def pass_over(work: Callable[[str], object]) -> float:
        start = time.process_time()
        for text in texts:
            work(text)
        return time.process_time() - start

    base = statistics.median(pass_over(find) for _ in range(RUNS))
    for stage in cleaner._active:
        stage.propose = timed(stage.propose, stage.name)  # type: ignore[method-assign]
    with patch.object(Books, "add", timed(Books.add, "engine: books")):
        whole = pass_over(cleaner.clean)
    for name, seconds_spent in spent.most_common():
        print(f"{name:20} {seconds_spent / base:6.2f} units")
    print(f"{'whole':20} {whole / base:6.2f} units")


def profile() -> None:
    """Where the warm time goes."""
    from cleaner import Cleaner

    texts, cleaner = articles(), Cleaner()
    for text in texts:
        cleaner.clean(text)
    profiler = cProfile.Profile()
    profiler.enable()
    for text in texts:
        cleaner.clean(text)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--sizes", action="store_true", help="one document from 1 KB to 10 MB")
    kind.add_argument("--stages", action="store_true", help="where the warm time goes, in units")
    kind.add_argument("--profile", action="store_true", help="where the warm time goes, by function")
    arguments = parser.parse_args()
    if not (SHARED / "news/raw-dev.jsonl.xz").exists():
        print("skipped: the raw articles (../shared/news) are not on this machine")
        return 0
    if arguments.profile:
        profile()
    elif arguments.sizes:
        by_size()
    elif arguments.stages:
        stages()
    else:
        in_process()
        start_up()
        two_processes()
        workers_memory()
    return 0


if __name__ == "__main__":
    sys.exit(main())

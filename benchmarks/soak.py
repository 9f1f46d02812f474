"""Soak: clean the same articles over and over, and watch the memory.

    python benchmarks/soak.py --minutes 25     the raw news, or the articles in tests/golden
    python benchmarks/soak.py --plot           only draw benchmarks/plots/soak.svg again (needs matplotlib)

Every second pass puts slips that nobody has seen into the texts, another lot each time, so that a memory of
words would go on growing. Two cleaners are at work, one of them for informal texts. Of every document the log
row and the metadata are made, of every twentieth the differences, and the original is asked back. Each half
minute the resident memory and the number of objects are written down, at the end into benchmarks/soak.json;
the slope is that of a straight line through what comes after the first fifth, when all that is loaded once is
there.
"""

from __future__ import annotations

import argparse
import gc
import json
import lzma
import os
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cleaner import Cleaner, Config

SAMPLES = Path(__file__).with_name("soak.json")
PLOT = Path(__file__).with_name("plots") / "soak.svg"
EVERY = 30.0
"""Seconds between two samples."""
WARM = 0.2
"""Share of the run that is left out of the slope."""
_WORD = re.compile(r"\b[a-z]{5,}\b")


NEWS = Path(__file__).resolve().parents[2] / "shared" / "news" / "raw-dev.jsonl.xz"
GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden" / "articles.jsonl"


def articles(path: Path) -> list[str]:
    """The texts of a JSON Lines file."""
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as lines
    ):
        return [json.loads(line)["text"] for line in lines]


def misspelt(text: str, chance: random.Random) -> str:
    """One word in thirty with two letters swapped or one replaced."""

    def slip(match: re.Match[str]) -> str:
        word = match[0]
        if chance.random() > 1 / 30:
            return word
        at = chance.randrange(1, len(word) - 2)
        if chance.random() < 0.5:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + chance.choice("aeioukngrst") + word[at + 1 :]

    return _WORD.sub(slip, text)


def texts(plain: list[str]) -> Iterator[tuple[int, str]]:
    """Pass and text, for ever."""
    number = 0
    while True:
        number += 1
        chance = random.Random(number)
        for text in plain:
            yield number, misspelt(text, chance) if number % 2 == 0 else text


def resident() -> float:
    """Megabytes of this process that are in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def soak(plain: list[str], minutes: float) -> dict[str, object]:
    """Run; the samples and the totals."""
    cleaners = (Cleaner(), Cleaner(Config(profile="informal", strength="recall")))
    samples: list[dict[str, float]] = []
    started, busy, due = time.monotonic(), time.process_time(), 0.0
    documents = characters = changes = 0
    for number, text in texts(plain):
        now = time.monotonic() - started
        if now >= due:
            gc.collect()
            samples.append({"seconds": round(now), "documents": documents, "pass": number,
                            "megabytes": round(resident(), 2), "objects": len(gc.get_objects())})  # fmt: skip
            print(samples[-1], flush=True)
            due = now + EVERY
        if now > 60 * minutes:
            break
        result = cleaners[documents % 3 == 2].clean(text)
        _ = result.to_log(), result.metadata
        if documents % 20 == 0:
            _ = result.diff("html"), result.marked()
            assert result.revert() == text
        documents += 1
        characters += len(text)
        changes += len(result.changes)
    return {
        "articles": len(plain), "documents": documents, "passes": number, "characters": characters,
        "changes": changes, "seconds": round(time.monotonic() - started),
        "processor_seconds": round(time.process_time() - busy), "samples": samples,
        "megabytes_an_hour": slope(samples, "megabytes"), "objects_an_hour": slope(samples, "objects"),
        "python": sys.version.split()[0],
    }  # fmt: skip


def slope(samples: list[dict[str, float]], what: str) -> float:
    """Growth an hour by least squares, after the start."""
    late = [row for row in samples if row["seconds"] >= WARM * samples[-1]["seconds"]]
    mean = sum(row["seconds"] for row in late) / len(late)
    spread = sum((row["seconds"] - mean) ** 2 for row in late)
    return (
        round(3600 * sum((row["seconds"] - mean) * row[what] for row in late) / spread, 2) if spread else 0.0
    )


def plot(run: dict[str, object]) -> None:
    """Memory against documents."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt
    from plots import STYLE

    mpl.rcParams.update(STYLE)
    samples = run["samples"]
    assert isinstance(samples, list)
    _, ax = plt.subplots(figsize=(7.5, 4))
    ax.plot([row["documents"] for row in samples], [row["megabytes"] for row in samples], color="#1b6ca8")
    ax.axvspan(0, WARM * samples[-1]["documents"], color="#eeeeee", zorder=0)
    ax.set(
        xlabel="documents cleaned (grey: left out of the slope)", ylabel="resident memory, MB", ylim=(0, None)
    )
    ax.set_title(
        f"{run['documents']:,} documents in {run['passes']} passes: {run['megabytes_an_hour']:+} MB an hour",
        loc="left",
    )
    plt.savefig(PLOT, metadata={"Date": None})
    print(PLOT)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--articles", type=Path, default=NEWS if NEWS.exists() else GOLDEN)
    parser.add_argument("--plot", action="store_true", help="only draw the samples of the last run")
    options = parser.parse_args()
    if not options.plot:
        SAMPLES.write_text(
            json.dumps(soak(articles(options.articles), options.minutes), indent=1) + "\n", encoding="utf-8"
        )
    plot(json.loads(SAMPLES.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()

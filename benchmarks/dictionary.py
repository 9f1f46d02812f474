"""Speed and quality of the dictionary: what a probe costs, how good the language model is.

    python benchmarks/dictionary.py                        timings of the shipped data
    python benchmarks/dictionary.py --shared ../shared     ... and quality, on a --hold-out build

Quality is measured on news that the data have not seen, so this needs a folder made by
`python -m cleaner.dictionary.build --hold-out -o FOLDER` (give it by ``--data``) and the corpus. With
`hunspell` and its Indonesian dictionary installed, misspellings that hunspell takes for words are left
out of the noise: an independent judge of which wrong forms are words after all.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from cleaner.dictionary.corpus import is_held_out, read_lines
from cleaner.dictionary.report import (
    count_words,
    coverage_lines,
    is_known,
    machine_typos,
    noise_lines,
    synthetic_typos,
)
from cleaner.dictionary.sources import read_sources
from cleaner.spelling.affixes import without_clitic
from cleaner.spelling.candidates import CandidateIndex
from cleaner.spelling.language_model import END, START, LanguageModel, sentences, tokens
from cleaner.spelling.lexicon import Lexicon
from cleaner.spelling.morphology import is_valid_form

ROOT = Path(__file__).resolve().parents[1]


def per_call(action: Callable[[str], object], words: list[str]) -> float:
    """Microseconds, best of three rounds."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for word in words:
            action(word)
        best = min(best, time.perf_counter() - start)
    return best / len(words) * 1e6


def private_memory() -> float:
    """Megabytes of this process that no other one shares (Linux)."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def opening(data: Path | None) -> None:
    """Time and memory of opening everything the speller opens, in a fresh process."""
    code = (
        "import sys, time; sys.path.insert(0, 'benchmarks')\n"
        "from pathlib import Path\n"
        "from dictionary import private_memory\n"
        "from cleaner.spelling.knowledge import Knowledge\n"
        "before, start = private_memory(), time.perf_counter()\n"
        f"k = Knowledge(folder={str(data)!r} and Path({str(data)!r}) if {data is not None} else None)\n"
        "k.lexicon, k.model, k.index, k.letters\n"
        "mapped = time.perf_counter() - start\n"
        "k.joined, k.nonstandard, k.slang\n"
        "print(mapped * 1000, (time.perf_counter() - start) * 1000, private_memory() - before)"
    )
    runs = [
        [float(value) for value in subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()]
        for _ in range(5)
    ]  # fmt: skip
    mapped, everything, memory = (statistics.median(values) for values in zip(*runs, strict=True))
    print(f"open the mapped files         {mapped:8.2f} ms")
    print(f"... and read all tables       {everything:8.2f} ms, {memory:.1f} MB of private memory")


def wheel_size() -> None:
    """Megabytes of a wheel built from this checkout, if pip can build one."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, str(ROOT)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if wheels:
            print(f"wheel                         {wheels[0].stat().st_size / 1e6:8.2f} MB")
        else:
            print(f"wheel: cannot be built here: {done.stderr.strip()[-200:]}")


def timings(data: Path | None) -> None:
    lexicon, index, model = Lexicon.open(data), CandidateIndex.open(data), LanguageModel.open(data)
    chooser = random.Random(1)
    words = [word for word in index.words() if 4 <= len(word) <= 14 and lexicon.count(word) > 20]
    words = chooser.sample(words, 2000)
    wrong = [w[:i] + w[i + 1 :] for w in words for i in [chooser.randrange(1, len(w))]]
    print(f"word in lexicon               {per_call(lexicon.__contains__, words):8.2f} us")
    print(f"lexicon.count                 {per_call(lexicon.count, words):8.2f} us")
    print(f"is_valid_form, misspelt       {per_call(lambda w: is_valid_form(w, lexicon), wrong):8.2f} us")
    for distance in (1, 2):
        cost = per_call(lambda w, d=distance: index.lookup(w, d), wrong)
        print(f"candidates at distance {distance}      {cost:8.2f} us")
    print(f"bigram count                  {per_call(lambda w: model.bigram('yang', w), words):8.2f} us")
    context = (["pada", "hari"], ["di", "jakarta"])
    cost = per_call(lambda w: model.score(context[0], [w], context[1]), words)
    print(f"score of a candidate          {cost:8.2f} us")


def perplexity(lines: Iterable[str], model: LanguageModel) -> float:
    total, number = 0.0, 0
    for line in lines:
        for sentence in sentences(line):
            words = tokens(sentence)
            total += model.score([START], words, [END])
            number += len(words) + 1
    return 10 ** (-total / number)


def hunspell_words(words: Iterable[str]) -> set[str]:
    """Which of ``words`` hunspell accepts."""
    listed = sorted(words)
    done = subprocess.run(
        ["hunspell", "-d", "id_ID", "-i", "utf-8", "-l"],
        input="\n".join(listed),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(listed) - set(done.stdout.split())


def hunspell_line(words: Counter[str], lexicon: Lexicon) -> str:
    """Of what hunspell-id takes for right, how much does our morphology accept?"""
    right = hunspell_words(words)
    valid = sum(is_valid_form(word, lexicon) for word in right)
    known = sum(is_known(word, lexicon) for word in right)
    return (
        f"of {len(right):,} held-out types that hunspell-id accepts: {valid / len(right):.2%} Indonesian, "
        f"{known / len(right):.2%} with names and English"
    )


def yardstick_lines(held_out: list[str], shared: Path, lexicon: Lexicon) -> list[str]:
    """The same two questions put to the union of the four lists that others made.

    Neither figure means much by itself. A longer text has more rare words (Heaps' law), so the share of its
    types that any list knows falls with its length; and how many generated misspellings are words by chance
    depends on how short the words were that they were made of. The union tells how hard a set is.
    """
    sources = read_sources(shared / "lexicon")

    def in_union(word: str) -> bool:
        parts = [part for part in word.split("-") if part]
        return bool(sources.support(word)) or all(
            bool(sources.support(part))
            or any(sources.support(bare) for bare, _ in without_clitic(part, shortest=2))
            for part in parts
        )

    lines = []
    shuffled = random.Random(1).sample(held_out, len(held_out))
    for share in (1.0, 0.75, 0.5, 0.25, 0.1):
        words = count_words(shuffled[: int(len(shuffled) * share)])
        known = sum(is_known(word, lexicon) for word in words) / len(words)
        union = sum(map(in_union, words)) / len(words)
        lines.append(
            f"{share:.0%} of the held-out news: {len(words):,} types, known {known:.1%}, union {union:.1%}"
        )
    for label, wrong in (
        ("synthetic", synthetic_typos(shared / "typos" / "sentences-synthetic.tsv")),
        ("machine-made", machine_typos(shared / "lexicon" / "simplemma.txt", lexicon)),
    ):
        valid = sum(is_valid_form(word, lexicon) for word in wrong) / len(wrong)
        union = sum(bool(sources.support(word)) for word in wrong) / len(wrong)
        lines.append(f"noise, {label}: accepted {valid:.1%} of {len(wrong):,}, by the union {union:.1%}")
    return lines


def quality(shared: Path, data: Path | None) -> None:
    held_out = [line for line in read_lines(shared / "corpus" / "news.txt.xz") if is_held_out(line)]
    lexicon, model = Lexicon.open(data), LanguageModel.open(data)
    print("\n".join(coverage_lines(count_words(held_out), lexicon)))
    print("\n".join(noise_lines(shared, lexicon)))
    print("\n".join(yardstick_lines(held_out, shared, lexicon)))
    if shutil.which("hunspell"):
        print(hunspell_line(count_words(held_out), lexicon))
        wrong = synthetic_typos(shared / "typos" / "sentences-synthetic.tsv")
        wrong -= hunspell_words(wrong)
        valid = [word for word in wrong if is_valid_form(word, lexicon)]
        known = [word for word in wrong if is_known(word, lexicon)]
        print(
            f"noise, synthetic without what hunspell calls a word: of {len(wrong):,} forms "
            f"{len(valid) / len(wrong):.2%} Indonesian, {len(known) / len(wrong):.2%} with names and English"
        )
    sample = random.Random(1).sample(held_out, 2000)
    print(f"perplexity of held-out news: {perplexity(sample, model):.1f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="dictionary folder; default: the shipped one")
    parser.add_argument(
        "--shared", type=Path, help="folder with corpus/, lexicon/, typos/: measure quality too"
    )
    options = parser.parse_args()
    opening(options.data)
    wheel_size()
    timings(options.data)
    if options.shared:
        quality(options.shared, options.data)
    return 0


if __name__ == "__main__":
    sys.exit(main())

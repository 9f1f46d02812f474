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
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from cleaner.dictionary.corpus import is_held_out, read_lines
from cleaner.dictionary.report import count_words, coverage_lines, is_known, noise_lines, synthetic_typos
from cleaner.spelling.candidates import CandidateIndex
from cleaner.spelling.language_model import END, START, LanguageModel, sentences, tokens
from cleaner.spelling.lexicon import Lexicon
from cleaner.spelling.morphology import is_valid_form


def per_call(action: Callable[[str], object], words: list[str]) -> float:
    """Microseconds, best of three rounds."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for word in words:
            action(word)
        best = min(best, time.perf_counter() - start)
    return best / len(words) * 1e6


def timings(data: Path | None) -> None:
    start = time.perf_counter()
    lexicon, index, model = Lexicon.open(data), CandidateIndex.open(data), LanguageModel.open(data)
    print(f"open everything               {(time.perf_counter() - start) * 1000:8.2f} ms")
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


def quality(shared: Path, data: Path | None) -> None:
    held_out = [line for line in read_lines(shared / "corpus" / "news.txt.xz") if is_held_out(line)]
    lexicon, model = Lexicon.open(data), LanguageModel.open(data)
    print("\n".join(coverage_lines(count_words(held_out), lexicon)))
    print("\n".join(noise_lines(shared, lexicon)))
    if shutil.which("hunspell"):
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
    timings(options.data)
    if options.shared:
        quality(options.shared, options.data)
    return 0


if __name__ == "__main__":
    sys.exit(main())

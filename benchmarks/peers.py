"""Side by side: this package and other correctors on the same gold, by the same scorers, in one run.

    python benchmarks/peers.py                   all peers that are installed; writes peers.json
    python benchmarks/peers.py --only symspellpy one of them, without writing

    pip install "symspellpy[editdistpy]" pyspellchecker autocorrect chunspell ftfy clean-text

Most peers correct single words; what makes a text cleaner of them is ours, and meant to be kind to
them: words are found by a pattern, each word type is asked for once and remembered, the correction
takes over the capitals of what it replaces. "symspellpy, guarded" adds all that can be done without a
model: names (capitals in mid-sentence), addresses, short words and reduplication are left alone. All
of them get our word list with its counts, hunspell has its own (Debian package hunspell-id).

Each peer runs in a fresh process of its own, one after the other: loading, memory, speed (in
processor time, since machines are shared), then the figures of accuracy.py. Slow peers run on every
n-th line of the gold, beside ours on the same lines. Where the gold (../shared) is absent this script
says so and ends well.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from importlib.metadata import distributions, version
from pathlib import Path
from typing import Any, NamedTuple

import accuracy
from speed import articles

from cleaner import Change, Cleaner, CleanResult, Config, apply

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = Path(__file__).with_name("peers.json")
HUNSPELL = "/usr/share/hunspell"
GOLD = ("gold/articles.jsonl", "gold/words.jsonl", "typos/nonword-real.tsv", "typos/sentences-synthetic.tsv")
COLD = 100_000
"""Code points of the speed test."""
PATIENCE = 30.0
"""Seconds after which a speed test is cut off between two articles."""

WORD = re.compile(r"[^\W\d_]+")
PLAIN_WORD = re.compile(r"(?<![\w@#/&.'’-])[a-zA-Z]{4,}(?![\w@/&'’-]|\.\w)")
"""A word of four letters or more that is no part of an address, a tag, a compound."""
BEFORE_SENTENCE = re.compile(r"(?:\A|[.!?:\n]\s*[\"“”'‘(]*\s*)\Z")


def result_of(original: str, spans: Iterable[tuple[int, int, str]]) -> CleanResult:
    """Sorted ``(start, end, after)`` as a result: every change counts as a corrected non-word."""
    changes, grown = [], 0
    for start, end, after in spans:
        at = start + grown
        before, stop = original[start:end], at + len(after)
        changes.append(Change(start, end, at, stop, before, after, "typo.nonword", "", 1.0, ()))
        grown += len(after) - (end - start)
    return CleanResult(original, apply(original, changes), changes)


class ByWord:
    """A cleaner made of a function that corrects one word; ``guarded``: names are left alone."""

    def __init__(self, correct: Callable[[str], str], pattern: re.Pattern[str] = WORD, guarded: bool = False):
        self.correct, self.pattern, self.guarded = correct, pattern, guarded
        self.memo: dict[str, str] = {}

    def clean(self, text: str) -> CleanResult:
        """Each word replaced by its correction."""
        spans, memo = [], self.memo
        for match in self.pattern.finditer(text):
            word = match[0]
            after = memo.get(word)
            if after is None:
                after = memo[word] = self.correct(word)
            if after != word and not (self.guarded and self.is_name(text, match.start(), word)):
                spans.append((*match.span(), after))
        return result_of(text, spans)

    def is_name(self, text: str, start: int, word: str) -> bool:
        """A capital is a name's, except one at the start of a sentence."""
        opens = word.istitle() and BEFORE_SENTENCE.search(text, max(0, start - 4), start)
        return not word.islower() and not opens


class ByText:
    """A cleaner made of a function that returns the whole text; changed words are told by a diff."""

    def __init__(self, fix: Callable[[str], str]) -> None:
        self.fix = fix

    def clean(self, text: str) -> CleanResult:
        """The words that differ; marks, spaces and entities (&nbsp;) are not scored."""
        before = [match for match in re.finditer(r"&#?\w+;|\w+", text) if match[0][0] != "&"]
        one, two = [match[0] for match in before], re.findall(r"\w+", self.fix(text))
        if one == two:
            return CleanResult(text, text, [])
        blocks = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
        return result_of(
            text,
            [
                (before[a].start(), before[b - 1].end(), " ".join(two[c:d]))
                for tag, a, b, c, d in blocks
                if tag != "equal" and a < b
            ],
        )


Peer = ByWord | ByText | Cleaner
"""What the scorers take: its `clean` gives a result with changes."""


def cased_like(after: str, word: str) -> str:
    """``after`` with the capitals of ``word``."""
    if word.isupper() and len(word) > 1:
        return after.upper()
    return after[:1].upper() + after[1:] if word[0].isupper() else after


def frequencies() -> dict[str, int]:
    """Our word list: word -> count."""
    lines = (ROOT / "dictionaries/id_frequency.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(count) for word, count in (line.split() for line in lines)}


def ours(profile: str) -> Peer:
    """This package, its data opened."""
    cleaner = Cleaner(Config(profile=profile))
    cleaner.clean("Senjata itu tidka boleh digunakan.")
    return cleaner


def symspell(distance: int, guarded: bool) -> Peer:
    """Most frequent nearest word, by the C distance where it is installed."""
    from symspellpy import SymSpell, Verbosity
    from symspellpy.editdistance import DistanceAlgorithm, EditDistance

    speller = SymSpell(distance, 7, distance_comparer=EditDistance(DistanceAlgorithm.DAMERAU_OSA_FAST))
    for word, count in frequencies().items():
        speller.create_dictionary_entry(word, count)

    def correct(word: str) -> str:
        found = speller.lookup(word.lower(), Verbosity.TOP, distance)
        return cased_like(found[0].term, word) if found and found[0].distance else word

    return ByWord(correct, PLAIN_WORD if guarded else WORD, guarded)


def pyspellchecker() -> Peer:
    """Peter Norvig's corrector: all strings at distance 1, then all at distance 2."""
    from spellchecker import SpellChecker

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.json"
        path.write_text(json.dumps(frequencies()), encoding="utf-8")
        speller = SpellChecker(language=None, local_dictionary=str(path))

    def correct(word: str) -> str:
        after = speller.correction(word.lower())
        return cased_like(after, word) if after and after != word.lower() else word

    return ByWord(correct)


def autocorrect() -> Peer:
    """The same idea, with a casing of its own."""
    from autocorrect import Speller

    return ByWord(Speller("en", nlp_data=frequencies()).autocorrect_word, re.compile("[A-Za-z]+"))


def hunspell() -> Peer:
    """First suggestion of hunspell's Indonesian dictionary."""
    from hunspell import Hunspell

    speller = Hunspell("id_ID", hunspell_data_dir=HUNSPELL)

    def correct(word: str) -> str:
        return word if speller.spell(word) else next(iter(speller.suggest(word)), word)

    return ByWord(correct)


def ftfy() -> Peer:
    """Repairs encodings; corrects no words."""
    from ftfy import fix_text

    return ByText(fix_text)


def clean_text() -> Peer:
    """Normalises characters and spaces, with all that changes words switched off."""
    from cleantext import clean

    return ByText(lambda text: clean(text, to_ascii=False, lower=False, keep_two_line_breaks=True))


class Contender(NamedTuple):
    """A peer, the package it comes from, and the share of the gold it is scored on."""

    name: str
    package: str
    make: Callable[[str], Peer]
    every: int = 1
    timed: bool = True


CONTENDERS = (
    Contender("cleaner", "bersih", ours),
    Contender("cleaner, typos only", "bersih", lambda _: ours("typos")),
    Contender("symspellpy", "symspellpy", lambda _: symspell(2, guarded=False)),
    Contender("symspellpy, guarded", "symspellpy", lambda _: symspell(2, guarded=True)),
    Contender("symspellpy, guarded, 1", "symspellpy", lambda _: symspell(1, guarded=True)),
    Contender("ftfy", "ftfy", lambda _: ftfy()),
    Contender("clean-text", "clean-text", lambda _: clean_text()),
    Contender("hunspell-id", "chunspell", lambda _: hunspell()),
    Contender("pyspellchecker", "pyspellchecker", lambda _: pyspellchecker(), every=5),
    Contender("autocorrect", "autocorrect", lambda _: autocorrect(), every=5),
    Contender("cleaner on the same", "bersih", ours, every=5, timed=False),
)


def thin_gold(every: int, folder: Path) -> Path:
    """Every n-th line of the gold files, in a folder like ../shared."""
    for name in GOLD:
        lines = (accuracy.SHARED / name).read_text(encoding="utf-8").split("\n")
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("\n".join(lines[::every]).rstrip("\n") + "\n", encoding="utf-8")
    return folder


def cpu(work: Callable[[], object]) -> float:
    """Processor seconds of one call: on a shared machine the clock on the wall measures the others."""
    start = time.process_time()
    work()
    return time.process_time() - start


def speed(peer: Peer) -> dict[str, float]:
    """Cold and warm time over the first articles, in units of one tokenizing pass and in MB/s.

    What a peer remembers of a word makes it warm, so one that is cut off has no warm figure.
    """
    texts: list[str] = []
    for text in articles():
        if sum(map(len, texts)) < COLD:
            texts.append(text)
    done: list[str] = []
    cold = 0.0
    for text in texts:
        if cold < PATIENCE:
            cold += cpu(lambda text=text: peer.clean(text))
            done.append(text)
    size = sum(map(len, done)) / 1e6
    one = statistics.median(cpu(lambda: [re.findall(r"\w+", text) for text in done]) for _ in range(25))
    row = {"timed KB": size * 1e3, "cold units": cold / one, "cold MB/s": size / cold}
    if cold < PATIENCE:
        warm = statistics.median(cpu(lambda: [peer.clean(text) for text in done]) for _ in range(5))
        row |= {"warm units": warm / one, "warm MB/s": size / warm}
    return row


def measure(contender: Contender) -> dict[str, Any]:
    """Everything about one peer, in this (fresh) process."""
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peer = contender.make("news")
    row: dict[str, Any] = {
        "name": contender.name, "version": version(contender.package), "every": contender.every,
        "load s": time.process_time() - start,
        "load MB": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
    }  # fmt: skip
    if contender.timed:
        row |= speed(peer)
    show = accuracy.Show()
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        if contender.every > 1:
            accuracy.SHARED = thin_gold(contender.every, Path(folder))
        row |= score(peer, contender.make("typos") if contender.package == "bersih" else peer, show)
    row["scoring s"] = time.process_time() - start
    row["wrong"] = [
        re.split("[⟦⟧]", line)[1] for line in show.lines if line.startswith(("wrong ", "words wrong"))
    ]
    return row


ACCURACY = {
    "nonword": "fix rate nonword", "core": "core fix rate", "wrong/10k": "wrong changes per 10,000 words",
    "words P": "words precision", "words R": "words recall", "words F0.5": "words F0.5",
    "ok touched": "words right words touched", "real": "nonword-real right",
    "sent P": "sentences precision", "sent R": "sentences recall", "sent F0.5": "sentences F0.5",
}  # fmt: skip
COST = {"cold": "cold units", "warm": "warm units", "load s": "load s", "load MB": "load MB"}
"""Head of a column -> (start of) the name of its figure."""


def head(first: str, columns: Iterable[str]) -> str:
    """Head of a Markdown table."""
    cells = [first, *columns]
    return f"| {' | '.join(cells)} |\n|{'---|' * len(cells)}"


def line(name: str, row: dict[str, Any], columns: dict[str, str]) -> str:
    """One row of it."""
    values = [next((row[key] for key in row if key.startswith(begin)), None) for begin in columns.values()]
    cells = ["-" if v is None else f"{v:.3f}" if v <= 1 else f"{v:,.1f}" for v in values]
    return f"| {' | '.join([name, *cells])} |"


def score(cleaner: Peer, single: Peer, show: accuracy.Show) -> dict[str, float]:
    """All figures: articles by ``cleaner``, the rest, which are no articles, by ``single``."""
    return (
        accuracy.score_articles(cleaner, show)
        | accuracy.score_words(single, show)
        | accuracy.score_nonword_real(single, show)
        | accuracy.score_sentences(single, show)
    )


def in_fresh_process(contender: Contender) -> dict[str, Any] | None:
    """What `measure` says in a process of its own; None, with a word about it, if it cannot run."""
    missing = "" if any(distributions(name=contender.package)) else contender.package
    if contender.package == "chunspell" and not Path(HUNSPELL, "id_ID.dic").exists():
        missing = f"{HUNSPELL}/id_ID.dic"
    if missing:
        print(f"skipped: {contender.name}, since {missing} is not installed", file=sys.stderr)
        return None
    command = [sys.executable, __file__, "--measure", contender.name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"failed: {contender.name}\n{done.stderr[-2000:]}", file=sys.stderr)
        return None
    row: dict[str, Any] = json.loads(done.stdout)
    return row


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = {contender.name: contender for contender in CONTENDERS}
    parser.add_argument("--only", choices=names, help="one peer; peers.json stays as it is")
    parser.add_argument("--measure", choices=names, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not all((accuracy.SHARED / name).exists() for name in (*GOLD, "news/raw-dev.jsonl.xz")):
        print("skipped: the development gold (../shared) is not on this machine")
        return 0
    if arguments.measure:
        print(json.dumps(measure(names[arguments.measure])))
        return 0
    print(head("peer", ACCURACY | COST), flush=True)
    rows = []
    for contender in [names[arguments.only]] if arguments.only else CONTENDERS:
        row = in_fresh_process(contender)
        if row is not None:
            rows.append(row)
            part = f", 1 in {row['every']}" if row["every"] > 1 else ""
            print(line(f"{row['name']} {row['version']}{part}", row, ACCURACY | COST), flush=True)
    for row in rows:
        wrong = list(dict.fromkeys(row.pop("wrong")))
        picked = wrong[:: max(1, len(wrong) // 15)][:15]
        print(f"\n{row['name']}, {len(picked)} of {len(wrong)} different wrong changes: {', '.join(picked)}")
    if not arguments.only:
        OUTPUT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

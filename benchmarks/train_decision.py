"""Train the decision of the typo stage: from evidence to a calibrated confidence.

    python benchmarks/train_decision.py          writes dictionaries/decision.json, prints the fit

Every doubtful word of the development material is weighed as in real use. It is a positive example if
the best reading is the correction that is listed, a negative one if nothing is listed or something
else is. Sources weigh differently: the articles are real text with its natural mix, the labelled words
are hard cases, the synthetic sentences have far too many typos. A logistic regression with a ridge
penalty is fitted by Newton's method; five-fold cross-validation over documents shows how it does on
texts it has not seen. Only weights are written, no word.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from operator import mul
from pathlib import Path
from typing import NamedTuple

from accuracy import SHARED, read_tsv

from cleaner import Cleaner, Config
from cleaner.document import Document
from cleaner.spelling.context import Context, context_at
from cleaner.spelling.data import data_folder, read_rows
from cleaner.spelling.decision import Features
from cleaner.spelling.doubts import weigh
from cleaner.spelling.guards import ceiling
from cleaner.spelling.labels import label_behind
from cleaner.spelling.speller import Speller
from cleaner.spelling.tokens import occurrences
from cleaner.spelling.unknown import Reading

WEIGHT = {"articles": 3.0, "labelled": 2.0, "words": 1.5, "nonword-real": 0.5, "sentences": 0.5}
LABELS = Path(__file__).with_name("decision_labels.tsv")
RIDGE = 3.0


class Example(NamedTuple):
    """A doubtful word of one document of one source."""

    source: str
    document: int
    word: str
    after: str
    features: Features
    label: bool


def doubtful(speller: Speller, text: str) -> Iterator[tuple[int, str, str, Features]]:
    """Start, word, best reading and evidence of every doubtful word of ``text``."""
    document = Document(text)
    for token in sorted(document.tokens):
        inside, suspicions = speller.judge(token)
        for suspicion in suspicions:
            if suspicion.doubt is None:
                continue
            for at in occurrences(text, token):
                start = at + inside
                context = context_at(text, start, start + len(suspicion.word))
                weighed = weigh(suspicion.word, suspicion.doubt, context, document, speller.knowledge)
                if weighed is not None and not guarded(suspicion.word, weighed[0][0], context, speller):
                    yield start, suspicion.word, weighed[0][0].after, weighed[1]


def guarded(word: str, best: Reading, context: Context, speller: Speller) -> bool:
    """Does a guard decide whatever the decision says? Then there is nothing to learn from it."""
    sure = 0.99
    return bool(label_behind(word, best.after, context)) or (
        ceiling(word, best, sure, context, speller.knowledge) < sure
    )


def examples(speller: Speller) -> list[Example]:
    """All examples of all sources."""
    found = []
    spaced = Cleaner(Config(profile="news", ignore=("typo",)))
    for n, line in enumerate((SHARED / "gold/articles.jsonl").open(encoding="utf-8")):
        row = json.loads(line)
        result = spaced.clean(row["text"])
        for start, word, after, evidence in doubtful(speller, result.text):
            low, high = result.to_original(start, start + len(word))
            near = [t for t in row["typos"] if t["start"] < high and low < t["end"]]
            label = any(
                t["before"].replace(word, after, 1).lower() == t["after"].lower()
                or (low == t["start"] and after.lower() == t["after"].lower())
                for t in near
            )
            found.append(Example("articles", n, word, after, evidence, label))
    found += labelled(speller, spaced)
    for n, line in enumerate((SHARED / "gold/words.jsonl").open(encoding="utf-8")):
        row = json.loads(line)
        if row["verdict"] == "nonstd":
            continue
        text = row["left"] + row["word"] + row["right"]
        for start, word, after, evidence in doubtful(speller, text):
            if start == len(row["left"]) and word == row["word"]:
                found.append(
                    Example("words", n, word, after, evidence, after.lower() == row["correction"].lower())
                )
    for n, (wrong, correct, sentence, _) in enumerate(read_tsv(SHARED / "typos/nonword-real.tsv")):
        for _, word, after, evidence in doubtful(speller, sentence):
            if word == wrong:
                label = after.lower() == correct.lower()
                found.append(Example("nonword-real", n, word, after, evidence, label))
    for n, (noisy, clean) in enumerate(read_tsv(SHARED / "typos/sentences-synthetic.tsv")):
        before, wanted = noisy.split(), clean.split()
        if len(before) != len(wanted):
            continue
        meant = {b: w for b, w in zip(before, wanted, strict=True) if b != w}
        for start, word, after, evidence in doubtful(speller, noisy):
            token = next(
                (b for b in meant if word in b and b in noisy[max(0, start - 3) :].split()[:2]), None
            )
            label = token is not None and meant[token].lower() == token.replace(word, after).lower()
            found.append(Example("sentences", n, word, after, evidence, label))
    return found


def labelled(speller: Speller, spaced: Cleaner) -> list[Example]:
    """Doubtful words of raw articles and of the corpus, judged by reading them (decision_labels.tsv)."""
    labels: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for place, offset, word, meant in read_rows(LABELS):
        labels[place][int(offset)] = (word, meant)
    found = []
    for n, (place, text) in enumerate(_texts()):
        wanted = labels.get(place)
        if not wanted:
            continue
        result = spaced.clean(text)
        for start, word, after, evidence in doubtful(speller, result.text):
            known = wanted.get(result.to_original(start, start + len(word))[0])
            if known and known[0] == word:
                label = known[1].lower() in (after.lower(), speller.knowledge.apart(after.lower()))
                found.append(Example("labelled", n, word, after, evidence, label))
    return found


def _texts() -> Iterator[tuple[str, str]]:
    """The places that labels name, with their texts."""
    with lzma.open(SHARED / "news/raw-dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row["id"], row["text"]
    for name in ("news", "other"):
        with lzma.open(SHARED / f"corpus/{name}.txt.xz", "rt", encoding="utf-8") as lines:
            for n, line in enumerate(lines):
                yield f"{name}/{n}", line.rstrip("\n")


def fit(rows: list[Example]) -> list[float]:
    """Weights of the penalised logistic regression, by Newton's method (bias is not penalised)."""
    size = len(Features._fields)
    theta = [0.0] * size
    data = [(e.features, e.label, WEIGHT[e.source]) for e in rows]
    for _ in range(25):
        gradient = [-RIDGE * t * (i > 0) for i, t in enumerate(theta)]
        hessian = [[RIDGE * (i == j) * (i > 0) for j in range(size)] for i in range(size)]
        for x, label, weight in data:
            p = sigmoid(sum(map(mul, theta, x)))
            error, spread = weight * (label - p), weight * p * (1 - p)
            for i, xi in enumerate(x):
                if xi:
                    gradient[i] += error * xi
                    row = hessian[i]
                    for j, xj in enumerate(x):
                        row[j] += spread * xi * xj
        step = solve(hessian, gradient)
        theta = [t + s for t, s in zip(theta, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return theta


def solve(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Gauss elimination with pivoting."""
    size = len(vector)
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, size):
            factor = rows[r][i] / rows[i][i]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (rows[i][size] - sum(rows[i][j] * out[j] for j in range(i + 1, size))) / rows[i][i]
    return out


def sigmoid(x: float) -> float:
    """Numerically safe logistic function."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def report(rows: list[Example], predicted: list[float]) -> None:
    """Reliability by confidence band, and precision and recall at thresholds, by source."""
    print("reliability (cross-validated): confidence band, examples, share that is right")
    bands = (0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
    for low, high in pairwise(bands):
        hits = [
            e.label
            for e, p in zip(rows, predicted, strict=True)
            if low <= p < high and e.source != "sentences"
        ]
        if hits:
            print(f"  {low:.2f}-{min(high, 1):.2f}  {len(hits):5}  {sum(hits) / len(hits):.2f}")
    for source in WEIGHT:
        pairs = [(e, p) for e, p in zip(rows, predicted, strict=True) if e.source == source]
        total = sum(e.label for e, _ in pairs)
        for threshold in (0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
            fired = [e.label for e, p in pairs if p >= threshold]
            if fired:
                right = sum(fired) / len(fired)
                print(f"  {source:13} at {threshold:.2f}: fired {len(fired):4}, right {right:.3f}, ", end="")
                print(f"of {total} possible {sum(fired) / max(1, total):.3f}")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="print examples where the fit errs")
    arguments = parser.parse_args()
    rows = examples(Speller())
    predicted = [0.0] * len(rows)
    for fold in range(5):
        theta = fit([e for e in rows if e.document % 5 != fold])
        for i, e in enumerate(rows):
            if e.document % 5 == fold:
                predicted[i] = sigmoid(sum(map(mul, theta, e.features)))
    report(rows, predicted)
    weights = {name: round(t, 4) for name, t in zip(Features._fields, fit(rows), strict=True)}
    print(weights)
    (data_folder() / "decision.json").write_text(
        json.dumps({"weights": weights}, indent=1) + "\n", encoding="utf-8"
    )
    if arguments.show:
        for e, p in sorted(zip(rows, predicted, strict=True), key=lambda pair: -pair[1]):
            if (p > 0.5) != e.label:
                print(f"{p:.2f} {e.label!s:5} {e.source:12} {e.word} -> {e.after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

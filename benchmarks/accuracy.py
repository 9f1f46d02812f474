"""Accuracy on the development gold: how much is fixed, how much is damaged.

    python benchmarks/accuracy.py            print all figures
    python benchmarks/accuracy.py --show     ... with every wrong change and every miss
    python benchmarks/accuracy.py --gate     compare with accuracy_floors.json, exit 1 below a floor
    python benchmarks/accuracy.py --pin      raise the floors to today's figures (never lowers them)

The gold (../shared/gold, format in its README) holds texts of news outlets and is not part of the
repository; where it is absent this script says so and ends well.

Two numbers decide: the *fix rate* (of the listed typos, how many became the listed correction) and
*wrong changes* per 10,000 words (typo changes where nothing is listed, or into something else).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from cleaner import Change, Cleaner, CleanResult, Config
from cleaner.edits import overlaps, splice

SHARED = Path(__file__).resolve().parents[2] / "shared"
FLOORS = Path(__file__).with_name("accuracy_floors.json")
CORE = ("nonword", "split", "glue", "repeat")
APART = ("typo.casing", "typo.nonstandard", "typo.name", "slang")


class Show:
    """Collects the lines that `--show` prints."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, head: str, text: str, start: int, end: int, after: str) -> None:
        left, right = text[max(0, start - 40) : start], text[end : end + 40]
        line = f"{head:34} {left}⟦{text[start:end]}→{after}⟧{right}"
        self.lines.append(line.replace("\n", "⏎").replace("\r", "␍"))


def is_typo_change(change: Change) -> bool:
    """A change that counts as wrong where nothing is listed."""
    return change.rule.startswith("typo.") and not change.rule.startswith(APART)


def becomes(result: CleanResult, start: int, end: int, after: str) -> bool:
    """Does ``original[start:end]`` come out as ``after``?

    Looked at twice: with the changes that overlap the span, and with those that touch it too, since
    an annotator may draw "ini.Senior" where the change is one inserted space.
    """
    inside = [c for c in result.changes if overlaps(c.start, c.end, start, end)]
    touching = [c for c in result.changes if c.start <= end and start <= c.end]
    for changes in (inside, touching):
        low = min([start, *(c.start for c in changes)])
        high = max([end, *(c.end for c in changes)])
        got = splice(result.original[low:high], ((c.start - low, c.end - low, c.after) for c in changes))
        wanted = result.original[low:start] + after + result.original[end:high]
        if got == wanted:
            return True
    return False


def only_spacing(change: Change) -> bool:
    """Does the change move nothing but spaces and hyphens?"""
    strip = str.maketrans("", "", " -\n\r\t")
    return change.before.translate(strip).lower() == change.after.translate(strip).lower()


def score_articles(cleaner: Cleaner, show: Show) -> dict[str, float]:
    """Boilerplate precision and recall by letters and digits, fix rates, wrong changes."""
    rows = [json.loads(line) for line in (SHARED / "gold/articles.jsonl").open(encoding="utf-8")]
    letters: Counter[str] = Counter()
    removed_of_kind: Counter[str] = Counter()
    size_of_kind: Counter[str] = Counter()
    fixed: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    wrong = apart = apart_wrong = words = 0
    for row in rows:
        text, typos = row["text"], row["typos"]
        result = cleaner.clean(text)
        words += len(text.split())
        gold = {i: b["kind"] for b in row["boilerplate"] for i in range(b["start"], b["end"])}
        found = {
            i: c for c in result.changes if c.rule.startswith("boilerplate.") for i in range(c.start, c.end)
        }
        for i, character in enumerate(text):
            if character.isalnum():
                letters["gold"] += i in gold
                letters["found"] += i in found
                letters["both"] += i in gold and i in found
                if i in gold:
                    size_of_kind[gold[i]] += 1
                    removed_of_kind[gold[i]] += i in found
        for change in {id(c): c for i, c in found.items() if i not in gold and text[i].isalnum()}.values():
            show.add(f"removed {change.rule}", text, change.start, change.end, "")
        for b in row["boilerplate"]:
            if not all(i in found for i in range(b["start"], b["end"]) if text[i].isalnum()):
                show.add(f"kept {b['kind']} {row['outlet']}", text, b["start"], b["end"], "")
        capped = {kind for kind, n in Counter(t["kind"] for t in typos).items() if n >= 10}
        for t in typos:
            listed[t["kind"]] += 1
            if becomes(result, t["start"], t["end"], t["after"]):
                fixed[t["kind"]] += 1
            else:
                show.add(f"missed {t['kind']}", text, t["start"], t["end"], t["after"])
        for change in result.changes:
            if not change.rule.startswith("typo."):
                continue
            near = [t for t in typos if t["start"] <= change.end and change.start <= t["end"]]
            good = any(becomes(result, t["start"], t["end"], t["after"]) for t in near)
            if not is_typo_change(change):
                apart += 1
                apart_wrong += not good
                if not good:
                    show.add(f"apart {change.rule}", text, change.start, change.end, change.after)
                continue
            if good or any(i in gold for i in range(change.start, change.end)):
                continue
            if only_spacing(change) and capped & {"glue", "split"}:
                continue
            wrong += 1
            show.add(f"wrong {change.rule}", text, change.start, change.end, change.after)
    figures = {
        "boilerplate precision": letters["both"] / max(1, letters["found"]),
        "boilerplate recall": letters["both"] / max(1, letters["gold"]),
        "wrong changes per 10,000 words": wrong * 10_000 / words,
        "casing, nonstandard and name changes": apart,
        "... of them not listed": apart_wrong,
        "core fix rate": sum(fixed[k] for k in CORE) / sum(listed[k] for k in CORE),
        "nonword + realword + split fix rate": sum(fixed[k] for k in ("nonword", "realword", "split"))
        / sum(listed[k] for k in ("nonword", "realword", "split")),
    }
    figures |= {f"fix rate {kind} ({listed[kind]})": fixed[kind] / listed[kind] for kind in sorted(listed)}
    figures |= {
        f"boilerplate recall {kind}": removed_of_kind[kind] / size_of_kind[kind]
        for kind in sorted(size_of_kind)
    }
    return figures


def score_words(cleaner: Cleaner, show: Show) -> dict[str, float]:
    """Hard single words in context: precision, recall, F0.5, and how many right words are touched."""
    count: Counter[str] = Counter()
    for line in (SHARED / "gold/words.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        text = row["left"] + row["word"] + row["right"]
        start, end = len(row["left"]), len(row["left"]) + len(row["word"])
        result = cleaner.clean(text)
        touched = [
            c
            for c in result.changes
            if c.rule.startswith("typo.") and c.rule != "typo.casing" and overlaps(c.start, c.end, start, end)
        ]
        verdict = row["verdict"]
        count[verdict] += 1
        if verdict == "nonstd":
            continue
        # The correction of "mpat" in "Te mpat" is "tempat": the part beside it goes along.
        whole = verdict == "split" and any(c.after.lower() == row["correction"].lower() for c in touched)
        right = whole or becomes(result, start, end, row["correction"])
        if verdict == "ok":
            count["ok touched"] += bool(touched)
        elif right:
            count["right"] += 1
        elif touched:
            count["changed into something else"] += 1
        else:
            show.add(f"words missed {verdict}", text, start, end, row["correction"])
        if touched and (verdict == "ok" or not right):
            c = touched[0]
            show.add(f"words wrong ({row['correction'] or 'ok'}) {c.rule}", text, c.start, c.end, c.after)
    precision = count["right"] / max(
        1, count["right"] + count["ok touched"] + count["changed into something else"]
    )
    recall = count["right"] / (count["typo"] + count["split"])
    return {
        "words precision": precision,
        "words recall": recall,
        "words F0.5": f_beta(precision, recall),
        "words right words touched": count["ok touched"] / count["ok"],
    }


def score_nonword_real(cleaner: Cleaner, show: Show) -> dict[str, float]:
    """Real misspellings of documentation: is the wrong form replaced by the right one?"""
    right = total = 0
    for wrong, correct, sentence, _ in read_tsv(SHARED / "typos/nonword-real.tsv"):
        start = sentence.find(wrong)
        if start < 0:
            continue
        total += 1
        result = cleaner.clean(sentence)
        if becomes(result, start, start + len(wrong), correct):
            right += 1
        else:
            show.add("nonword-real missed", sentence, start, start + len(wrong), correct)
            for c in result.changes:
                if overlaps(c.start, c.end, start, start + len(wrong)):
                    show.add(f"nonword-real wrong {c.rule}", sentence, c.start, c.end, c.after)
    return {"nonword-real right": right / total}


def score_sentences(cleaner: Cleaner, show: Show) -> dict[str, float]:
    """1,000 sentences with generated typos, against the clean side as it is.

    Both sides have the same tokens. A change is right if the tokens it touches come out as they are on
    the clean side. The generator made slips of letters only, and the clean side keeps "dimana", "di
    sambut" and "september" as they were printed: the first two figures are of the rules for letters, the
    third one counts the changes of `typo.split` and `typo.casing` as well.
    """
    count: Counter[str] = Counter()
    for noisy, clean in read_tsv(SHARED / "typos/sentences-synthetic.tsv"):
        tokens = list(re.finditer(r"\S+", noisy))
        wanted = clean.split()
        if len(tokens) != len(wanted):
            continue
        changes = cleaner.clean(noisy).changes
        for token, right in zip(tokens, wanted, strict=True):
            touching = [c for c in changes if overlaps(c.start, c.end, *token.span())]
            count["typos"] += token[0] != right
            if not touching and token[0] != right:
                show.add("sentences missed", noisy, *token.span(), right)
        for c in changes:
            touched = [
                (token, right)
                for token, right in zip(tokens, wanted, strict=True)
                if token.start() <= c.end and c.start <= token.end()
            ]
            if not c.rule.startswith("typo."):
                continue
            letters = not c.rule.startswith(("typo.split", "typo.casing"))
            count["all changed"] += 1
            count["changed"] += letters
            start, end = touched[0][0].start(), touched[-1][0].end()
            inside = [d for d in changes if start <= d.start and d.end <= end]
            got = splice(noisy[start:end], ((d.start - start, d.end - start, d.after) for d in inside))
            meant = " ".join(right for _, right in touched)
            if got == meant:
                count["all right"] += 1
                count["right"] += letters
            else:
                show.add(f"sentences wrong {c.rule} ({meant})", noisy, c.start, c.end, c.after)
    precision = count["right"] / max(1, count["changed"])
    recall = count["right"] / count["typos"]
    return {
        "sentences precision": precision,
        "sentences recall": recall,
        "sentences F0.5": f_beta(precision, recall),
        "sentences precision, all rules": count["all right"] / max(1, count["all changed"]),
    }


def f_beta(precision: float, recall: float, beta: float = 0.5) -> float:
    """F-measure that weighs precision twice as much as recall by default."""
    if not precision or not recall:
        return 0.0
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def read_tsv(path: Path) -> list[list[str]]:
    """Rows of a tab-separated file without quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def data_hash() -> str:
    """Which gold the floors were pinned on."""
    digest = hashlib.sha256()
    for name in (
        "gold/articles.jsonl",
        "gold/words.jsonl",
        "typos/nonword-real.tsv",
        "typos/sentences-synthetic.tsv",
    ):
        digest.update((SHARED / name).read_bytes())
    return digest.hexdigest()[:16]


GATED = {
    "boilerplate precision": 1,
    "boilerplate recall": 1,
    "wrong changes per 10,000 words": -1,
    "core fix rate": 1,
    "nonword + realword + split fix rate": 1,
    "words F0.5": 1,
    "words right words touched": -1,
    "nonword-real right": 1,
    "sentences precision": 1,
    "sentences recall": 1,
}
"""Figures with a floor (1: more is better) or a ceiling (-1: less is better)."""


def gate(figures: dict[str, float], pin: bool) -> int:
    """Compare with the pinned floors, 0 if all hold; with ``pin`` raise them first, never lower them.

    A pinned value lies a hair below the measured one (0.0005), so that rounding is no regression.
    """
    pinned: dict[str, Any] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {"data": data_hash()}
    if pinned["data"] != data_hash():
        print("the gold is not the one the floors were pinned on: look, delete the file, and --pin anew")
        return 1
    floors = pinned.setdefault("floors", {})
    if pin:
        for name, sign in GATED.items():
            value = round(figures[name] - sign * 0.0005, 4)
            floors[name] = value if name not in floors else sign * max(sign * floors[name], sign * value)
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n")
    failed = [name for name, sign in GATED.items() if sign * figures[name] < sign * floors[name]]
    for name in failed:
        print(f"GATE: {name} is {figures[name]:.4f}, pinned at {floors[name]:.4f}")
    print("gate: FAILED" if failed else f"gate: {len(floors)} floors hold")
    return bool(failed)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="print every wrong change and every miss")
    parser.add_argument("--gate", action="store_true", help="exit 1 if a figure is below its floor")
    parser.add_argument("--pin", action="store_true", help="raise the floors to today's figures")
    parser.add_argument("--only", choices=("articles", "words", "nonword-real", "sentences"))
    arguments = parser.parse_args()
    if not (SHARED / "gold/articles.jsonl").exists():
        print("skipped: the development gold (../shared/gold) is not on this machine")
        return 0
    scorers = {
        "articles": (score_articles, "news"),
        "words": (score_words, "typos"),
        "nonword-real": (score_nonword_real, "typos"),
        "sentences": (score_sentences, "typos"),
    }
    show = Show()
    groups: dict[str, dict[str, float]] = defaultdict(dict)
    for name, (score, profile) in scorers.items():
        if arguments.only in (None, name):
            groups[name] = score(Cleaner(Config(profile=profile)), show)
    if arguments.show:
        print("\n".join(sorted(show.lines)))
    for name, figures in groups.items():
        print(f"\n{name}")
        for key, value in figures.items():
            print(f"  {key:42} {value:8.4f}")
    if arguments.gate or arguments.pin:
        return gate({k: v for figures in groups.values() for k, v in figures.items()}, arguments.pin)
    return 0


if __name__ == "__main__":
    sys.exit(main())

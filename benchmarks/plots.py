"""Pictures for RESULTS.md, into benchmarks/plots/ (needs matplotlib).

    python benchmarks/plots.py                   all as SVG
    python benchmarks/plots.py --format png      ... as PNG
    python benchmarks/plots.py --to FOLDER       ... elsewhere

precision-recall   what the dial `strength` moves along: precision against recall over all thresholds
reliability        does a confidence of 0.9 mean that nine in ten are right?
speed-damage       MB per second against wrong changes, every peer (from peers.json, which peers.py writes)
linear             cost per character of one document from 1 KB to 10 MB (sizes.json, by speed.py --sizes)

The first two are made of cross-validated predictions: each fifth of the documents is judged by weights
trained on the other four. Where the gold (../shared) is absent they are left out, and said to be.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from itertools import pairwise
from operator import mul
from pathlib import Path
from typing import Any

import accuracy
import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from train_decision import Example, examples, fit, sigmoid

from cleaner.config import THRESHOLDS
from cleaner.spelling.speller import Speller

PLOTS = Path(__file__).with_name("plots")
PEERS = Path(__file__).with_name("peers.json")
SIZES = Path(__file__).with_name("sizes.json")
FOLDS = 5
BANDS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1.0)
FEW_BANDS = (0.0, 0.1, 0.5, 0.8, 0.95, 1.0)
SOURCES = {
    "articles": ("articles: every word that was weighed", "#1b6ca8"),
    "labelled": ("labelled: words of further articles", "#2a9d5c"),
    "words": ("words: hard cases", "#c8553d"),
}
"""Source of `train_decision.examples` -> label and colour. Synthetic sentences are not shown."""
STAGE_COLOURS = {
    "whole": "#222222", "typo": "#c8553d", "boilerplate": "#1b6ca8", "spacing": "#2a9d5c",
    "encoding": "#8a6fb0",
}  # fmt: skip
STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "cleaner", "font.family": "sans-serif", "font.size": 10,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.color": "#e6e6e6",
    "axes.axisbelow": True, "figure.constrained_layout.use": True, "figure.facecolor": "white",
}  # fmt: skip

Judged = list[tuple[Example, float]]
"""Examples, each with the confidence of weights that have not seen its document."""


def cross_validated(rows: list[Example]) -> Judged:
    """Each fold judged by what was learnt from the others."""
    judged = []
    for fold in range(FOLDS):
        theta = fit([e for e in rows if e.document % FOLDS != fold])
        judged += [(e, sigmoid(sum(map(mul, theta, e.features)))) for e in rows if e.document % FOLDS == fold]
    return judged


def precision_recall(ax: Axes, judged: Judged) -> None:
    """One curve a source, with a mark at the threshold of each `strength`."""
    for source, (label, colour) in SOURCES.items():
        ranked = sorted(((p, e.label) for e, p in judged if e.source == source), reverse=True)
        total, right, curve = sum(label for _, label in ranked), 0, []
        for fired, (p, good) in enumerate(ranked, 1):
            right += good
            curve.append((p, right / total, right / fired))
        text = f"{label} ({len(ranked)}, {total} of them slips)"
        shown = curve[9:]  # precision of less than ten changes says nothing
        ax.plot([r for _, r, _ in shown], [q for _, _, q in shown], color=colour, label=text)
        for strength, marker in (("precision", "^"), ("balanced", "o"), ("recall", "v")):
            reached = [point for point in curve if point[0] >= THRESHOLDS[strength]["typo"]]
            if reached:
                _, x, y = reached[-1]
                ax.plot(x, y, marker, color=colour, markersize=8, markeredgecolor="white")
    for strength, marker in (("precision", "^"), ("balanced", "o"), ("recall", "v")):
        limit = THRESHOLDS[strength]["typo"]
        ax.plot([], [], marker, color="#666666", label=f"strength = {strength} (confidence ≥ {limit})")
    ax.set(xlabel="recall: share of the slips whose correction is the best candidate", xlim=(0, 1.01))
    ax.set(ylabel="precision: share of the changes that are right", ylim=(0.5, 1.01))
    ax.set_title("Single words: precision against recall (cross-validated)", loc="left")
    ax.legend(loc="lower left", frameon=False, fontsize=9)


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927), honest for few cases too."""
    share, spread = right / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / total + spread / total / 4) / (1 + spread)
    return middle - half, middle + half


def reliability(ax: Axes, judged: Judged, bands: tuple[float, ...], title: str) -> None:
    """Share that is right in each band of confidence, with its interval and its count."""
    ax.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1)
    for low, high in pairwise(bands):
        band = [(p, e.label) for e, p in judged if low <= p < high or p == high == 1.0]
        if not band:
            continue
        right, total = sum(label for _, label in band), len(band)
        x, y = sum(p for p, _ in band) / total, right / total
        bottom, top = wilson(right, total)
        ax.plot([x, x], [bottom, top], color="#1b6ca8", linewidth=2, alpha=0.45, solid_capstyle="butt")
        ax.plot(x, y, "o", color="#1b6ca8", markersize=6)
        below = x > 0.5
        ax.annotate(
            str(total), (x, bottom if below else top), (0, -4 if below else 4),
            textcoords="offset points", ha="center", va="top" if below else "bottom", fontsize=8,
        )  # fmt: skip
    ax.set(xlim=(-0.02, 1.03), ylim=(-0.05, 1.05), xlabel="confidence (mean of the band)")
    ax.set_title(title, loc="left", fontsize=10)


def speed_damage(ax: Axes, rows: list[dict[str, Any]]) -> None:
    """Each peer from cold (hollow) to warm (filled); down and to the right is better."""
    drawn: list[tuple[float, float]] = []
    for row in rows:
        if "cold MB/s" not in row:
            continue
        ours, wrong = row["name"].startswith("cleaner"), row["wrong changes per 10,000 words"]
        colour = "#c8553d" if ours else "#1b6ca8"
        fixed = next(row[key] for key in row if key.startswith("fix rate nonword"))
        cold, warm = row["cold MB/s"], row.get("warm MB/s")
        ax.plot(cold, wrong, "o", markerfacecolor="white", markeredgecolor=colour, markersize=7)
        if warm:
            ax.plot([cold, warm], [wrong, wrong], color=colour, linewidth=1, alpha=0.5, zorder=1)
            ax.plot(warm, wrong, "o", color=colour, markersize=7)
        text = f"{row['name']}: fixes {fixed:.0%}" + (f", 1 in {row['every']}" * (row["every"] > 1))
        place = math.log10(cold), math.log10(1 + wrong)
        crowded = any(abs(place[0] - x) < 1 and abs(place[1] - y) < 0.15 for x, y in drawn)
        drawn.append(place)
        ax.annotate(
            text, (warm if warm and cold > 1 else cold, wrong), (0, -16 if crowded else 7),
            textcoords="offset points", ha="right" if cold > 1 else "left", fontsize=9, color=colour,
            fontweight="bold" if ours else "normal",
        )  # fmt: skip
    ax.set_xscale("log")
    ax.set_yscale("symlog", linthresh=1, linscale=0.6)
    ax.set_yticks([0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000])
    ax.yaxis.set_major_formatter("{x:g}")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.set(xlabel="MB of news per processor second (hollow: cold, filled: warm)", ylim=(-0.4, 3000))
    ax.set_ylabel("wrong changes per 10,000 words of real articles")
    ax.set_title("Speed and damage, with the share of misspelt words fixed", loc="left")


def linear(ax: Axes, rows: list[dict[str, Any]]) -> None:
    """Cost per character against the length of one document: flat is linear."""
    sizes = [row["size"] for row in rows]
    for name, colour in STAGE_COLOURS.items():
        ax.plot(sizes, [row[name] for row in rows], "o-", color=colour, label=name)
    ax.set_xscale("log")
    ax.set(xlabel="length of the document, in characters", ylabel="units per character", ylim=(0, None))
    ax.set_title("One document from 1 KB to 10 MB: a flat line is linear time", loc="left")
    ax.legend(frameon=False)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--format", choices=("svg", "png"), default="svg")
    parser.add_argument("--to", type=Path, default=PLOTS, help="folder for the pictures")
    arguments = parser.parse_args()
    mpl.use("agg")
    mpl.rcParams.update(STYLE)

    def save(name: str) -> None:
        metadata = {"Date": None} if arguments.format == "svg" else None
        path = arguments.to / f"{name}.{arguments.format}"
        plt.savefig(path, dpi=110, metadata=metadata)
        plt.close()
        print(path)

    arguments.to.mkdir(exist_ok=True)
    if (accuracy.SHARED / "gold/articles.jsonl").exists():
        judged = [pair for pair in cross_validated(examples(Speller())) if pair[0].source != "sentences"]
        _, ax = plt.subplots(figsize=(7.5, 5))
        precision_recall(ax, judged)
        save("precision-recall")
        figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4.6), sharey=True)
        reliability(left, judged, BANDS, f"all {len(judged)} doubtful words of four sources")
        natural = [pair for pair in judged if pair[0].source == "articles"]
        reliability(right, natural, FEW_BANDS, f"the {len(natural)} of the articles alone")
        left.set_ylabel("share that is right (bar: 95 % interval, number: examples)")
        figure.suptitle("Does the confidence mean what it says? (cross-validated)", x=0.01, ha="left")
        save("reliability")
    else:
        print("skipped: precision-recall and reliability, since the gold (../shared) is not here")
    if PEERS.exists():
        _, ax = plt.subplots(figsize=(8, 5.5))
        speed_damage(ax, json.loads(PEERS.read_text(encoding="utf-8")))
        save("speed-damage")
    else:
        print("skipped: speed-damage, since peers.py has not been run")
    if SIZES.exists():
        _, ax = plt.subplots(figsize=(7.5, 4.2))
        linear(ax, json.loads(SIZES.read_text(encoding="utf-8")))
        save("linear")
    else:
        print("skipped: linear, since speed.py --sizes has not been run")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How good is the boilerplate stage? Scored by letters and digits inside annotated spans.

    python benchmarks/boilerplate.py            precision and recall, overall and by kind
    python benchmarks/boilerplate.py --show     ... with every miss and every false removal
    python benchmarks/boilerplate.py --speed    time a text, for text with and without boilerplate
    python benchmarks/boilerplate.py --sample 300 --seed 1
                                                random removals on unlabelled articles, to be read
    python benchmarks/boilerplate.py --headlines
                                                where the headline behind "Baca juga:" ends: links on lines
                                                of their own, put in front of paragraphs of their article

The gold (../shared/gold) and the raw articles (../shared/news) belong to their outlets and are not
part of the repository; where they are absent this script says so and ends well.

Leave-one-outlet-out: each article is cleaned with the pack of its own outlet switched off. That is the
figure to expect for an outlet nobody has written a pack for.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
import timeit
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.document import Document
from cleaner.edits import Edit
from cleaner.rules.boilerplate import BoilerplateStage
from cleaner.rules.encoding import EncodingStage
from cleaner.rules.headline import headline_end

SHARED = Path(__file__).resolve().parents[2] / "shared"
THRESHOLD = 0.5

Row = dict[str, Any]


def removed(stage: BoilerplateStage, text: str, without: str | None = None) -> list[Edit]:
    """The edits that would be applied to ``text``; ``without`` names a pack to leave out."""
    enabled = {rule.id for pack in stage.packs if pack.outlet != without for rule in pack.rules}
    return [e for e in stage.propose(Document(text), enabled) if e.confidence >= THRESHOLD]


def letters(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """Positions of letters and digits inside ``spans``."""
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def score(stage: BoilerplateStage, rows: list[Row], leave_out: bool, show: bool) -> dict[str, float]:
    """Precision, recall, share of spans removed whole, and recall by kind."""
    count: Counter[str] = Counter()
    size: Counter[str] = Counter()
    got_of: Counter[str] = Counter()
    for row in rows:
        text = row["text"]
        edits = removed(stage, text, row["outlet"] if leave_out else None)
        got = letters(text, [(e.start, e.end) for e in edits])
        gold = letters(text, [(b["start"], b["end"]) for b in row["boilerplate"]])
        count["got"] += len(got)
        count["gold"] += len(gold)
        count["both"] += len(got & gold)
        for b in row["boilerplate"]:
            inside = letters(text, [(b["start"], b["end"])])
            size[b["kind"]] += len(inside)
            got_of[b["kind"]] += len(inside & got)
            count["spans"] += 1
            count["whole"] += inside <= got
            count[f"spans {b['kind']}"] += 1
            count[f"whole {b['kind']}"] += inside <= got
            if show and not inside <= got:
                print(context(f"kept    {row['outlet']} {b['kind']}", text, b["start"], b["end"]))
        for e in edits:
            if show and letters(text, [(e.start, e.end)]) - gold:
                print(context(f"removed {row['outlet']} {e.rule} {e.confidence}", text, e.start, e.end))
    figures = {
        "precision": count["both"] / max(1, count["got"]),
        "recall": count["both"] / max(1, count["gold"]),
        "spans removed whole": count["whole"] / max(1, count["spans"]),
    }
    for kind in sorted(size):
        spans = count[f"spans {kind}"]
        figures[f"recall {kind} ({size[kind]})"] = got_of[kind] / max(1, size[kind])
        figures[f"{kind} spans whole ({spans})"] = count[f"whole {kind}"] / spans
    return figures


def context(head: str, text: str, start: int, end: int) -> str:
    """One line that shows a span in its surroundings."""
    line = f"{head:44} {text[max(0, start - 50) : start]}⟦{text[start:end]}⟧{text[end : end + 50]}"
    return line.replace("\n", "⏎").replace("\r", "␍")


def raw_articles() -> Iterator[Row]:
    """The unlabelled articles."""
    with lzma.open(SHARED / "news/raw-dev.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def repaired(text: str) -> str:
    """``text`` after the stage that runs before: entities and odd spaces are gone."""
    from cleaner.edits import splice

    stage = EncodingStage()
    edits = sorted(
        stage.propose(Document(text), {rule.id for rule in stage.rules}), key=lambda e: (e.start, e.end)
    )
    pieces, position = [], 0
    for e in edits:
        if e.start >= position:
            pieces.append((e.start, e.end, e.after))
            position = e.end
    return splice(text, pieces)


def sample(stage: BoilerplateStage, number: int, seed: int, rule: str) -> None:
    """Print random removals on raw articles, sorted by rule, and how often each rule fired."""
    found = []
    fired: Counter[str] = Counter()
    for row in raw_articles():
        text = repaired(row["text"])
        for e in removed(stage, text):
            if e.rule.startswith(rule):
                fired[e.rule] += 1
                found.append(context(f"{e.rule} {e.confidence} {row['outlet']}", text, e.start, e.end))
    chosen = random.Random(seed).sample(found, min(number, len(found)))
    print("\n".join(sorted(chosen)))
    for name, times in fired.most_common():
        print(f"{times:6} {name}")


_LINK = re.compile(r"^[ \t]*(?:Baca|BACA|Simak)(?: [Jj]uga| JUGA)?\s*:\s*(\S[^\n]{15,180})$", re.MULTILINE)
# No paragraph of an article: datelines, captions, other links, what stands at the end.
_OTHER = re.compile(
    r"(?i)baca juga|advertisement|antara\) -|tribun\w*\.com|kompas\.com ?[-–—/]|/kompas|"
    r"^(?:laporan wartawan|simak|lihat|tonton|pewarta|editor|copyright|foto|screenshot|antara foto|\(|oleh )"
)


def headlines(seed: int) -> None:
    """Print how often the end of a headline is found that is known, since the link had its own line.

    Each link is put in front of the paragraph that follows it and of two others of its article, with
    one space between them, with two, with none. What the scraper of a page does, done on purpose.
    """
    chance = random.Random(seed)
    count: Counter[tuple[str, str, str]] = Counter()
    for row in raw_articles():
        text = repaired(row["text"])
        lines = [line.strip() for line in text.split("\n")]
        paragraphs = [p for p in lines if len(p) > 70 and p[-1] in '.”"' and not _OTHER.search(p)]
        paragraphs = [p for p in paragraphs if p[0].isupper() or p[0] in '"“']
        rest = "\n".join(paragraphs)
        style = "sentence case" if row["outlet"] == "antara" else "title case"
        for link in _LINK.finditer(text) if paragraphs else ():
            headline = re.split(r"Pewarta:|Editor:|COPYRIGHT", link[1])[0].strip()
            if ". " in headline or (headline.endswith(".") and not headline.endswith("...")):
                continue
            following = next((line for line in text[link.end() :].split("\n") if line.strip()), "").strip()
            others = [p for p in paragraphs if p != following]
            chosen = [following] * (following in paragraphs) + chance.sample(others, min(2, len(others)))
            for paragraph in chosen:
                for name, gap in (("one space", " "), ("two spaces", "  "), ("no space", "")):
                    whole = f"{headline}{gap}{paragraph}"
                    # The article goes along, for its names, but without its links.
                    end, certainty = headline_end(f"{whole}\n{rest}", 0, len(whole), -99.0)
                    off = end - len(headline)
                    verdict = "right" if abs(off) <= 1 else "too late" if off > 0 else "too early"
                    count[style, name, verdict if certainty >= THRESHOLD else "left standing"] += 1
    for style, name in sorted({key[:2] for key in count}, reverse=True):
        total = sum(number for key, number in count.items() if key[:2] == (style, name))
        shares = (f"{v} {count[style, name, v] / total:.3f}" for v in ("right", "too late", "too early"))
        print(f"{style:14} {name:11} {total:5}  {'  '.join(shares)}")


def speed(stage: BoilerplateStage) -> None:
    """Microseconds a text of about 2 KB, with and without boilerplate."""
    enabled = {rule.id for rule in stage.rules}
    texts = [row["text"] for _, row in zip(range(2000), raw_articles(), strict=False)]
    texts = [text for text in texts if 1600 < len(text) < 2400]
    groups: dict[str, list[str]] = {"clean": [], "with boilerplate": []}
    for text in texts:
        groups["with boilerplate" if stage.propose(Document(text), enabled) else "clean"].append(text)
    for name, group in groups.items():

        def run(group: list[str] = group) -> None:
            for text in group:
                stage.propose(Document(text), enabled)

        best = min(timeit.repeat(run, number=3, repeat=5)) / 3 / max(1, len(group))
        print(f"{name:18} {len(group):5} texts  {best * 1e6:8.1f} microseconds a text")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="print every miss and every false removal")
    parser.add_argument("--headlines", action="store_true", help="measure where headlines end")
    parser.add_argument("--speed", action="store_true", help="measure the time a text")
    parser.add_argument("--sample", type=int, default=0, help="print so many random removals on raw articles")
    parser.add_argument("--rule", default="boilerplate", help="with --sample: only rules of this family")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    gold = SHARED / "gold/articles.jsonl"
    if not gold.exists():
        print("skipped: the development gold (../shared/gold) is not on this machine")
        return 0
    stage = BoilerplateStage()
    if arguments.speed:
        speed(stage)
    elif arguments.headlines:
        headlines(arguments.seed)
    elif arguments.sample:
        sample(stage, arguments.sample, arguments.seed, arguments.rule)
    else:
        rows = [json.loads(line) for line in gold.open(encoding="utf-8")]
        for leave_out, title in ((False, "all packs"), (True, "own pack left out")):
            print(title)
            for name, value in score(stage, rows, leave_out, arguments.show).items():
                print(f"  {name:28} {value:7.4f}")
        print("own pack left out, by outlet: articles, precision, recall")
        for outlet in sorted({row["outlet"] for row in rows}):
            own = [row for row in rows if row["outlet"] == outlet]
            figures = score(stage, own, leave_out=True, show=False)
            print(f"  {outlet:28} {len(own):4} {figures['precision']:7.4f} {figures['recall']:7.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

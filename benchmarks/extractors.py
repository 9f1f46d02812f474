"""Extractors and line rules of the field beside our boilerplate stage, on the same articles.

    python benchmarks/extractors.py                  the table, on standard output
    python benchmarks/extractors.py -o RESULTS.md    ... written to a file

Trafilatura, jusText and resiliparse look for the article inside a page; the C4 rules (Raffel et al.,
2020, section 2.2) drop single lines. None of them was made to take a "Baca juga" link out of an
article: this table shows how much of that work is left after them.

Each article is given the friendliest way: as a small page, every line a paragraph of <article>. The
score counts letters and digits that are gone from the output, against the annotated boilerplate. The
output is aligned with the input word by word, so that other spaces and marks cost nothing.

Needs `pip install trafilatura justext resiliparse`; what is missing is left out of the table. The
articles (../shared/gold) are not part of the repository; where they are absent this script says so and
ends well.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from boilerplate import SHARED, Row, letters, removed

from cleaner.rules.boilerplate import BoilerplateStage

Keep = Callable[[str], str]
"""A system: the text it keeps of an article."""


def page(text: str) -> str:
    """The article as a page with nothing else on it, every line a paragraph."""
    lines = "\n".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    head = '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Berita</title></head>'
    return f"{head}<body><article>\n{lines}\n</article></body></html>"


def trafilatura(text: str) -> str:
    """Its default settings."""
    return import_module("trafilatura").extract(page(text)) or ""


def trafilatura_recall(text: str) -> str:
    """Its settings that keep the most."""
    return import_module("trafilatura").extract(page(text), favor_recall=True, deduplicate=False) or ""


def justext(text: str) -> str:
    """Its Indonesian stop words."""
    module = import_module("justext")
    paragraphs = module.justext(page(text).encode(), module.get_stoplist("Indonesian"))
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def resiliparse(text: str) -> str:
    """Its extraction of the main content."""
    return import_module("resiliparse.extract.html2text").extract_plain_text(page(text), main_content=True)


_TERMINAL = (".", "!", "?", '"', "”")  # C4: "a terminal punctuation mark"; the closing quote counts as one
_C4_WORDS = 5
_C4_LINE = re.compile(r"javascript|cookie", re.IGNORECASE)


def c4(text: str) -> str:
    """Lines that end in a stop, have five words, and speak of no script or cookie.

    C4's rules for whole pages (curly brackets, bad words, fewer than three sentences) are left out.
    """
    kept = [
        line
        for line in text.splitlines()
        if line.rstrip().endswith(_TERMINAL) and len(line.split()) >= _C4_WORDS and not _C4_LINE.search(line)
    ]
    return "\n".join(kept)


_WORD = re.compile(r"[^\W_]+")


def lost(text: str, kept: str) -> set[int]:
    """Positions of letters and digits of ``text`` whose words ``kept`` does not have, in order."""
    words = list(_WORD.finditer(text))
    there = _WORD.findall(kept)
    matcher = SequenceMatcher(None, [word[0] for word in words], there, autojunk=False)
    gone = set(range(len(words)))
    for start, _, length in matcher.get_matching_blocks():
        gone.difference_update(range(start, start + length))
    return letters(text, [words[i].span() for i in gone])


def ours(without_own_pack: bool) -> Callable[[Row], set[int]]:
    """Our boilerplate stage; on demand each article is read without the pack of its own outlet."""
    stage = BoilerplateStage()

    def gone(row: Row) -> set[int]:
        edits = removed(stage, row["text"], row["outlet"] if without_own_pack else None)
        return letters(row["text"], [(edit.start, edit.end) for edit in edits])

    return gone


def system(keep: Keep) -> Callable[[Row], set[int]]:
    """What a system that returns text takes away."""
    return lambda row: lost(row["text"], keep(row["text"]))


SYSTEMS: dict[str, tuple[str, Callable[[Row], set[int]]]] = {
    "ours": ("", ours(without_own_pack=False)),
    "ours, without the outlet's own pack": ("", ours(without_own_pack=True)),
    "trafilatura": ("trafilatura", system(trafilatura)),
    "trafilatura, favor_recall": ("trafilatura", system(trafilatura_recall)),
    "justext, Indonesian": ("justext", system(justext)),
    "resiliparse, main content": ("resiliparse", system(resiliparse)),
    "C4 line rules": ("", system(c4)),
    "nothing": ("", lambda _: set()),
}


def table(rows: list[Row]) -> Iterator[str]:
    """The lines of a Markdown table, a system a line."""
    yield "| system | boilerplate precision | boilerplate recall | article text lost |"
    yield "| --- | ---: | ---: | ---: |"
    for name, (package, gone_of) in SYSTEMS.items():
        if package and not find_spec(package):
            print(f"left out: {name} (pip install {package})", file=sys.stderr)
            continue
        gone = right = boilerplate = article = 0
        for row in rows:
            text = row["text"]
            gold = letters(text, [(b["start"], b["end"]) for b in row["boilerplate"]])
            got = gone_of(row)
            gone += len(got)
            right += len(got & gold)
            boilerplate += len(gold)
            article += len(letters(text, [(0, len(text))])) - len(gold)
        precision = f"{right / gone:.3f}" if gone else "-"
        label = name.replace(package, f"{package} {version(package)}") if package else name
        yield f"| {label} | {precision} | {right / boilerplate:.3f} | {(gone - right) / article:.2%} |"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-o", "--output", type=Path, help="write the table to this file")
    output: Path | None = parser.parse_args().output
    gold = SHARED / "gold/articles.jsonl"
    if not gold.exists():
        print("skipped: the development gold (../shared/gold) is not on this machine")
        return 0
    with gold.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    text = f"{len(rows)} articles; letters and digits\n\n" + "\n".join(table(rows)) + "\n"
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())

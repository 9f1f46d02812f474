"""report.html: what a run did to a corpus, for a person who never saw this tool.

One file without scripts or network. It is made of the numbers in stats.json alone, so it can be made of
a change log too. All text of the corpus is escaped.

Start reading at `corpus_page`.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from cleaner.corpus.stats import CONFIDENCE_BINS, RATES, UNKNOWN, Correction, Stats
from cleaner.report.charts import bars, histogram

_CORRECTIONS = 50
_OUTLETS = 25

_FAMILIES = {
    "encoding": "Broken characters, entities, invisible characters",
    "boilerplate": "Text that belongs to the website, not to the article",
    "spacing": "Missing, doubled or misplaced spaces and line breaks",
    "typo": "Misspelt words",
    "slang": "Slang and abbreviations, written out",
}

_STYLE = """
:root { --ink:#1c2430; --soft:#5c6878; --line:#d8dee6; --bar:#2f6fab; --paper:#fff; --tint:#f3f6f9;
        --del:#a12622; --ins:#1b6e3c; }
@media (prefers-color-scheme: dark) { :root { --ink:#e4e8ee; --soft:#9aa6b5; --line:#37414e; --bar:#6aa9e0;
        --paper:#14191f; --tint:#1d242c; --del:#f0908c; --ins:#7fd0a0; } }
* { box-sizing:border-box }
body { font:16px/1.5 system-ui, sans-serif; color:var(--ink); background:var(--paper); max-width:60rem;
       margin:2rem auto; padding:0 1rem }
h1 { font-size:1.7rem; margin:0 0 .3rem } h2 { font-size:1.2rem; margin:2.4rem 0 .3rem }
p, li { max-width:46rem } .note { color:var(--soft); margin:.2rem 0 .8rem }
.tiles { display:flex; flex-wrap:wrap; gap:.7rem; margin:1.2rem 0; padding:0; list-style:none }
.tiles li { flex:1 1 9rem; background:var(--tint); border-radius:.4rem; padding:.7rem .9rem }
.tiles b { display:block; font-size:1.5rem; line-height:1.2 }
.tiles span { color:var(--soft); font-size:.9rem }
.scroll { overflow-x:auto } table { border-collapse:collapse; width:100%; font-size:.92rem }
th, td { text-align:left; padding:.3rem .6rem .3rem 0; border-bottom:1px solid var(--line);
         vertical-align:top; overflow-wrap:anywhere } td:first-child { min-width:12rem }
th { color:var(--soft); font-weight:600 }
.n { text-align:right; white-space:nowrap; overflow-wrap:normal; padding-right:1.2rem;
     font-variant-numeric:tabular-nums }
tr.family td { font-weight:600; padding-top:.9rem } code { font-size:.86rem; color:var(--soft) }
del { color:var(--del); text-decoration:line-through } ins { color:var(--ins); text-decoration:none;
      font-weight:600 } .soft { color:var(--soft) }
svg { width:100%; height:auto; display:block } svg text { font-size:12px; fill:var(--ink) }
svg .mid { text-anchor:middle } svg .end { text-anchor:end } svg .soft { fill:var(--soft) }
svg .bar { fill:var(--bar) } svg line { stroke:var(--line) }
"""


def corpus_page(stats: Stats) -> str:
    """The report as an HTML document."""
    sections = [
        _summary(stats),
        _families(stats),
        _corrections(stats),
        _rates(stats),
        _outlets(stats),
        _confidence(stats),
        _rules(stats),
        _slowest(stats),
        _HOW,
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Cleaning report</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(section for section in sections if section)
        + "\n</body></html>\n"
    )


def _summary(stats: Stats) -> str:
    removed = sum(outlet.boilerplate for outlet in stats.outlets.values())
    documents = "documents in the log" if stats.only_logged else "documents"
    tiles = [
        (f"{stats.documents:,}", documents),
        (_percent(stats.changed, stats.documents), f"of them changed ({stats.changed:,})"),
        (f"{stats.changes:,}", f"changes, {1000 * stats.changes / max(1, stats.words):.1f} per 1,000 words"),
        (_percent(removed, stats.chars), "of the text was boilerplate, and removed"),
        (f"{stats.suggestions:,}", "suggestions: not sure enough, not done"),
        (f"{stats.rejected:,}", "could not be cleaned, left as they were"),
    ]
    rows = "".join(f"<li><b>{value}</b><span>{escape(what)}</span></li>" for value, what in tiles)
    notes = []
    if stats.only_logged:
        notes.append(
            "This report was made from a change log alone. Documents that needed no change and had no "
            "suggestion are not in a log, so they are not counted here."
        )
    if stats.other_language:
        notes.append(f"{stats.other_language:,} documents in other languages were passed through unchanged.")
    if stats.duplicate_ids:
        notes.append(
            f"{stats.duplicate_ids:,} documents have an id that an earlier document has; run.json names "
            "the first of them."
        )
    return (
        "<h1>Cleaning report</h1>"
        '<p class="note">What <b>cleaner</b> changed in this corpus of Indonesian text. It repairs broken '
        "characters, removes what belongs to the website and not to the article (such as <i>Baca juga: "
        "...</i>), repairs spaces, and corrects slips of the pen.</p>"
        f'<ul class="tiles">{rows}</ul>' + "".join(f"<p>{escape(note)}</p>" for note in notes)
    )


def _families(stats: Stats) -> str:
    numbers: dict[str, int] = {}
    for name, rule in stats.rules.items():
        family = name.partition(".")[0]
        numbers[family] = numbers.get(family, 0) + rule.changes
    if not stats.changes:
        return "<p>Nothing was changed.</p>"
    rows = [
        (family, number / stats.changes, f"{number:,} changes ({_percent(number, stats.changes)})")
        for family, number in sorted(numbers.items(), key=lambda item: -item[1])
    ]
    return "<h2>What was changed</h2>" + bars(rows, "Changes by family of rules")


def _rules(stats: Stats) -> str:
    if not stats.rules:
        return ""
    from cleaner.rules import all_rules

    descriptions = {rule.id: rule.description.en for rule in all_rules()}
    families: dict[str, list[str]] = {}
    for name in sorted(stats.rules, key=lambda name: (-stats.rules[name].changes, name)):
        families.setdefault(name.partition(".")[0], []).append(name)
    rows = []
    for family in sorted(families, key=lambda family: -_changes(stats, families[family])):
        number = _changes(stats, families[family])
        rows.append(
            f'<tr class="family"><td>{escape(_FAMILIES.get(family, family))}</td>'
            f'<td class="n">{number:,}</td><td class="n">{_percent(number, stats.changes)}</td>'
            "<td></td><td></td></tr>"
        )
        for name in families[family]:
            rule = stats.rules[name]
            what = descriptions.get(name, "a rule of your own")
            rows.append(
                f"<tr><td>{escape(what)}<br><code>{escape(name)}</code></td><td class=n>{rule.changes:,}</td>"
                f"<td class=n>{_percent(rule.changes, stats.changes)}</td><td class=n>{rule.documents:,}</td>"
                f"<td class=n>{rule.suggestions:,}</td></tr>"
            )
    head = '<th>rule</th><th class="n">changes</th><th class="n">share</th><th class="n">documents</th>'
    return (
        "<h2>Every rule</h2>"
        '<p class="note">Every change belongs to one rule. Suggestions are what a rule proposed and did not '
        "do.</p>" + _table(head + '<th class="n">suggestions</th>', rows)
    )


def _changes(stats: Stats, names: Iterable[str]) -> int:
    return sum(stats.rules[name].changes for name in names)


def _corrections(stats: Stats) -> str:
    top = stats.word_corrections()[:_CORRECTIONS]
    if not top:
        return ""
    rows = []
    for (rule, before, after), correction in top:
        rows.append(
            f"<tr><td><del>{_seen(before)}</del> → <ins>{_seen(after)}</ins><br>"
            f"<code>{escape(rule)}</code></td>"
            f'<td class="n">{correction.count:,}</td><td>{_example(before, after, correction)}</td></tr>'
        )
    more = (
        ""
        if stats.corrections_complete
        else " Rare corrections were not all kept, so counts at the end of the list may be a little low."
    )
    return (
        "<h2>The most frequent corrections</h2>"
        '<p class="note">With the first place where each was made. Look here first: a wrong correction that '
        f"is made often does the most harm.{more}</p>"
        + _table('<th>correction</th><th class="n">times</th><th>for example</th>', rows)
    )


def _example(before: str, after: str, correction: Correction) -> str:
    where = f'<span class="soft">{escape(correction.doc_id)}</span>'
    if correction.context is None:
        return where
    left, right = correction.context
    return f"… {_seen(left)}<del>{_seen(before)}</del> <ins>{_seen(after)}</ins>{_seen(right)} …<br>{where}"


def _rates(stats: Stats) -> str:
    labels = ["0", *(f"≤ {edge}" for edge in RATES[1:]), f"> {RATES[-1]}"]
    return (
        "<h2>How much was changed in a document</h2>"
        '<p class="note">The number of documents by changes per 1,000 words. Documents far to the right are '
        "worth a look: they are broken badly, or not Indonesian.</p>"
        + histogram(stats.rates, labels, "changes per 1,000 words", "Documents by changes per 1,000 words")
    )


def _outlets(stats: Stats) -> str:
    rows = [
        (name if name != UNKNOWN else "(not known)", outlet.boilerplate / max(1, outlet.chars),
         f"{_percent(outlet.boilerplate, outlet.chars)} ({outlet.documents:,} documents)")
        for name, outlet in sorted(stats.outlets.items(), key=lambda item: (-item[1].documents, item[0]))
    ]  # fmt: skip
    if not rows:
        return ""
    more = f" The {_OUTLETS} outlets with most documents." if len(rows) > _OUTLETS else ""
    return (
        "<h2>Boilerplate by outlet</h2>"
        '<p class="note">The share of the letters that was removed as boilerplate. The outlet is the one '
        f"that comes with the document, or whose own rules matched.{more}</p>"
        + bars(rows[:_OUTLETS], "Share of boilerplate by outlet")
    )


def _confidence(stats: Stats) -> str:
    labels = [f"{index / CONFIDENCE_BINS:.2f}" for index in range(CONFIDENCE_BINS)]
    return (
        "<h2>How sure the changes are</h2>"
        '<p class="note">The number of changes by confidence, from 0 (a guess) to 1 (certain). Changes below '
        "the threshold of the settings became suggestions.</p>"
        + histogram(stats.confidences, labels, "confidence, from this value up", "Changes by confidence")
    )


def _slowest(stats: Stats) -> str:
    rows = [
        f'<tr><td>{escape(doc_id)}</td><td class="n">{seconds:.3f}</td><td class="n">{chars:,}</td></tr>'
        for seconds, doc_id, chars in sorted(stats.slowest, reverse=True)[:10]
    ]
    if not rows:
        return ""
    head = '<th>document</th><th class="n">seconds</th><th class="n">letters</th>'
    return (
        "<h2>The slowest documents</h2>"
        f'<p class="note">Cleaning took {stats.seconds:,.1f} seconds in all, added up over all processes.</p>'
        + _table(head, rows)
    )


_HOW = """<h2>What you can do with it</h2>
<ul>
<li><b>changes.jsonl.zst</b> has every change: where, what, why, how sure.</li>
<li><code>cleaner verify OUT_DIR</code> checks every document against the input and the log.</li>
<li><code>cleaner revert OUT_DIR -o FOLDER</code> gives the original corpus back.</li>
<li><code>cleaner sample OUT_DIR -o sample.csv</code> draws changes for you to judge, and
<code>cleaner sample --estimate sample.csv</code> says from your answers how many are right.</li>
</ul>"""


def _table(head: str, rows: list[str]) -> str:
    return f'<div class="scroll"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "0 %"


def _seen(text: str) -> str:
    """Text in which spaces at the ends, line breaks and invisible characters can be seen."""
    shown = "".join(
        "↵" if char == "\n" else char if char == " " or char.isprintable() else f"\\u{ord(char):04x}"
        for char in text
    )
    return escape(shown)

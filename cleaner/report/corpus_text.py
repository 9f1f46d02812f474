"""What a run did to a corpus, for a terminal: the numbers of report.html in lines."""

from __future__ import annotations

from cleaner.corpus.stats import RATES, UNKNOWN, Stats

_SHOWN = 20
_BAR = 30  # characters of the longest bar


def corpus_text(stats: Stats) -> str:
    """The report as plain text."""
    only = "  (only those in the log)" if stats.only_logged else ""
    rate = f"({1000 * stats.changes / max(1, stats.words):.1f} per 1,000 words)"
    lines = [
        f"documents            {stats.documents:>12,}{only}",
        f"  changed            {stats.changed:>12,}",
        f"  not cleaned        {stats.rejected:>12,}",
        f"words                {stats.words:>12,}",
        f"changes              {stats.changes:>12,}  {rate}",
        f"suggestions          {stats.suggestions:>12,}",
        "",
        f"{'changes':>10} {'suggested':>10}  rule",
    ]
    rules = sorted(stats.rules.items(), key=lambda item: (-item[1].changes, item[0]))
    lines += [f"{rule.changes:>10,} {rule.suggestions:>10,}  {name}" for name, rule in rules[:_SHOWN]]
    if len(rules) > _SHOWN:
        lines.append(f"{'':21}  and {len(rules) - _SHOWN} more rules")
    lines += ["", f"{'times':>10}  correction"]
    for (rule, before, after), correction in stats.word_corrections()[:_SHOWN]:
        lines.append(f"{correction.count:>10,}  {before!r} -> {after!r}  ({rule}; {correction.doc_id})")
    lines += ["", f"{'documents':>10}  {'boilerplate':>11}  outlet"]
    for name, outlet in sorted(stats.outlets.items(), key=lambda item: (-item[1].documents, item[0]))[
        :_SHOWN
    ]:
        share = outlet.boilerplate / max(1, outlet.chars)
        lines.append(f"{outlet.documents:>10,}  {share:>11.1%}  {name if name != UNKNOWN else '(not known)'}")
    lines += ["", f"{'documents':>10}  changes per 1,000 words"]
    most = max([*stats.rates, 1])
    for number, label in zip(
        stats.rates, ["0", *(f"<= {edge}" for edge in RATES[1:]), f"> {RATES[-1]}"], strict=True
    ):
        lines.append(f"{number:>10,}  {label:>6} {'#' * round(_BAR * number / most)}".rstrip())
    if stats.slowest:
        lines += ["", f"{'seconds':>10}  slowest documents"]
        lines += [
            f"{seconds:>10.3f}  {doc_id} ({chars:,} letters)" for seconds, doc_id, chars in stats.slowest[:5]
        ]
    return "\n".join(lines) + "\n"

"""``cleaner promote``: from decisions on one corpus to corrections for all."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.commands.options import say
from cleaner.corpus.files import display_name, open_output, write_all
from cleaner.decisions import Decision, Decisions, words_of

# Right or wrong by their letters alone; whether "Ngeri" is a slip depends on the words beside it.
_EVERYWHERE = ("typo.nonword", "typo.split", "typo.nonstandard", "slang.")
_RIGHT_AS_IT_IS = ("typo.nonword", "typo.nonstandard", "slang.")


@click.command()
@click.argument("files", metavar="DECISIONS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "corrections", metavar="FILE", type=click.Path(path_type=Path),
    default=Path("perbaikan.tsv"), show_default=True,
    help="The corrections file to add to; made if it is missing.",
)  # fmt: skip
def promote(files: tuple[Path, ...], corrections: Path) -> None:
    """Add what was decided to a file of your own corrections, for every later run and corpus.

    Accepted and replaced spellings become corrections; ignored words, and words whose correction was
    rejected, become right words. Left out: what depends on context (typo.realword, typo.name, ...),
    words that are right elsewhere, and conflicts between reviewers.
    """
    from cleaner.rules.corrections import read_corrections
    from cleaner.spelling.knowledge import Knowledge

    decisions = Decisions.read(files)
    old = corrections.read_text(encoding="utf-8-sig") if corrections.exists() else ""
    known = read_corrections([corrections]) if old else None
    knowledge = Knowledge()
    lines, skipped = [], 0
    for key in decisions.votes:
        line = None
        decision = decisions.get(key)
        if decision is not None and decisions.conflict(key) is None:
            line = _line(decision)
        if line is None or ("\t" in line and " " not in line and knowledge.known(line.partition("\t")[0])):
            skipped += 1
            continue
        wrong, tab, right = line.partition("\t")
        if known and (known.corrections.get(wrong) == right if tab else wrong in known.right):
            continue
        lines.append(line)
    lines = sorted(set(lines))
    if lines:
        gap = "" if not old or old.endswith("\n") else "\n"
        with open_output(corrections) as out:
            write_all(out, (old + gap + "".join(line + "\n" for line in lines)).encode("utf-8"))
    pairs = sum("\t" in line for line in lines)
    say(
        f"{display_name(corrections)}: {pairs} corrections and {len(lines) - pairs} right words "
        f"added; {skipped} decisions depend on their place or say nothing on spelling"
    )
    say(
        f"use it with: cleaner clean --corrections {display_name(corrections)}, "
        'or corrections = "..." in cleaner.toml'
    )


def _line(decision: Decision) -> str | None:
    """The line for a decision, or None if it says nothing on spelling as such."""
    if decision.scope == "word":
        return decision.word if decision.decision in ("ignore", "reject") else None
    rule, before = decision.rule or "", decision.before or ""
    if decision.scope != "pair" or decision.shape is not None or not words_of(rule, before):
        return None
    if any(char in before + (decision.value or "") for char in "\t\n\r"):
        return None
    if decision.decision in ("accept", "replace") and rule.startswith(_EVERYWHERE):
        right = decision.value if decision.decision == "replace" else decision.after
        return f"{before.lower()}\t{right}" if right and right.lower() != before.lower() else None
    if decision.decision in ("reject", "ignore") and rule.startswith(_RIGHT_AS_IT_IS):
        return before
    return None

"""``cleaner discover``: find what repeats across the documents of a corpus, and draft rules for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.documents import Reading, Tally, refuse_missing
from cleaner.commands.options import corpus_argument, put, reading_options, say
from cleaner.corpus.files import STANDARD, display_name, open_output, write_all
from cleaner.errors import InputError

if TYPE_CHECKING:
    from cleaner.corpus.discover import Discovery
    from cleaner.corpus.draft import Draft

_SHOWN_EXAMPLES = 2


@click.command()
@corpus_argument
@click.option(
    "-o", "--output", metavar="PACK.toml", type=click.Path(path_type=Path), help="Write a rule pack."
)
@click.option(
    "--min-documents",
    metavar="N",
    type=click.IntRange(min=2),
    help="Documents a template must stand in; one in 200, at least 10, if not given.",
)
@click.option("--known", is_flag=True, help="Also what the shipped rules remove already.")
@reading_options
@click.pass_context
def discover(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    output: Path | None,
    min_documents: int | None,
    known: bool,
    **options: Any,
) -> None:
    """Find lines and phrases that repeat across the documents of a corpus: boilerplate, as a rule.

    The result is a list with counts and examples, the least article-like first, or with -o a rule pack
    with one rule for each. Read the pack, strike what is no boilerplate, and use it with --rules. The
    corpus is read several times and may be larger than memory; one outlet at a time works best.
    """
    from cleaner.corpus.discover import discover as find

    if STANDARD in files:
        raise click.UsageError("the corpus is read several times, so it must be files, not standard input")
    name = _pack_name(output)
    refuse_missing(files)
    reading = Reading(**options)
    tally = Tally()

    def read() -> Iterator[str]:
        first = not tally.documents
        for path in files:
            for record in reading.records(path):
                if record.has_text:
                    tally.documents += first
                    yield record.text
                elif record.problem and first:
                    tally.problem(record, record.problem)

    with ExitStack() as stack:
        # Opened first: a night's run must not end with a folder that does not exist.
        out = stack.enter_context(open_output(output)) if output else None
        found = find(read, name, min_documents)
        drafts = [item for item in found.drafts if known or item.known is None]
        if out:
            write_all(out, _pack(name, found, drafts).encode("utf-8"))
    if not output:
        put("".join(_entry(item, found.documents) for item in drafts))
    say(_summary(found, drafts))
    if tally.failed:
        ctx.exit(2)


def _pack_name(output: Path | None) -> str:
    """The name of the pack, which is that of its file and goes into the rule ids."""
    if output is None:
        return "found"
    if output.suffix != ".toml" or not re.fullmatch(r"[a-z0-9_]+", output.stem):
        raise InputError(
            f"{display_name(output)}: the file of a rule pack is named like its outlet, in small letters and "
            "digits, and ends in .toml"
        )
    return output.stem


def _pack(name: str, found: Discovery, drafts: list[Draft]) -> str:
    from cleaner.corpus.draft import pack_text

    remarks = [
        f"Drafted by cleaner discover from {found.documents:,} documents; minimum {found.minimum}.",
        "Nobody has read these rules yet: strike those that are no boilerplate, and mend the others.",
        "A near miss that is boilerplate after all shows what its rule does not reach.",
        "The examples are sentences of the corpus and belong to whoever wrote them.",
    ]
    return pack_text(name, drafts, remarks)


def _entry(item: Draft, documents: int) -> str:
    share = item.documents / documents
    known = f"  (removed already by {item.known})" if item.known else ""
    head = f"{item.documents:7,} documents {share:4.0%}  {item.kind:<9} {item.template}{known}\n"
    return head + "".join(f"{'':25}{_one_line(text)}\n" for text in item.examples[:_SHOWN_EXAMPLES])


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ⏎ ", text)


def _summary(found: Discovery, drafts: list[Draft]) -> str:
    known = len(found.drafts) - len(drafts)
    return (
        f"{found.documents:,} documents, {len(drafts)} templates in {found.minimum} documents or more"
        f"{f'; {known} more are removed already (--known)' if known else ''}"
    )

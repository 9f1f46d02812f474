"""``cleaner dictionary``: a dictionary of one's own, and the new words of a corpus to decide on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from cleaner.commands.documents import Reading, Tally, refuse_missing
from cleaner.commands.options import config_options, corpus_argument, load_settings, put, reading_options, say
from cleaner.corpus.files import STANDARD, open_output, write_all
from cleaner.errors import InputError


@click.group()
def dictionary() -> None:
    """Make a dictionary of your own from a corpus, or list its new words to decide on."""


@dictionary.command()
@corpus_argument
@click.option("-o", "--output", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder.")
@click.option(
    "--vocabulary", metavar="FILE", multiple=True, help="Words decided on: + is in, - is out (see learn)."
)
@click.option("-q", "--quiet", is_flag=True, help="Print no report.")
@reading_options
@click.pass_context
def build(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    output: Path,
    vocabulary: tuple[str, ...],
    quiet: bool,
    **options: Any,
) -> None:
    """Build a dictionary folder from the shipped dictionary and a corpus.

    Use it with --dictionary DIR. The folder also holds report.txt and evidence.tsv, which tells of each
    word why it is in or out. The corpus should be clean text: what repeats in every document counts as
    often as it stands there. It is read once and may be larger than memory; its different word groups
    must fit into it (1 GB for 15 million words, about 60 MB for each million more).
    """
    from cleaner.dictionary.own import STEPS, build_own, refuse_other_folder
    from cleaner.dictionary.progress import Progress
    from cleaner.spelling.vocabulary import read_decisions

    refuse_missing(files)
    refuse_other_folder(output)
    decisions = {word: sign for name in vocabulary for word, (sign, _) in read_decisions(Path(name)).items()}
    tally = Tally()
    size = sum(path.stat().st_size for path in files if path != STANDARD)
    with Progress(size, STEPS) as progress:
        report = build_own(
            _texts(files, Reading(**options), tally, progress.advance),
            output,
            progress,
            frozenset(word for word, sign in decisions.items() if sign == "+"),
            frozenset(word for word, sign in decisions.items() if sign == "-"),
        )
    if not quiet:
        put(report.lstrip("\n"))
    say(f"{tally.documents:,} documents; use it with --dictionary {output}")
    if tally.failed:
        ctx.exit(2)


@dictionary.command()
@corpus_argument
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Instead of standard output."
)
@click.option(
    "--min-documents",
    metavar="N",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Documents that must have a word.",
)
@reading_options
@config_options
@click.pass_context
def learn(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    output: Path | None,
    min_documents: int,
    form: Any,
    encoding: str,
    text_field: str,
    id_field: str | None,
    source_field: str | None,
    **settings: Any,
) -> None:
    """List the words and names of a corpus that no list has, for a person to decide on.

    One word a line, with counts, the likeliest word that it could be a slip of, and three places of it.
    Every line begins with ?. Change it into + where the word is right, into - where it is not, and give
    the file to clean or to dictionary build with --vocabulary FILE. The corpus is read twice.
    """
    from cleaner.dictionary.progress import Progress
    from cleaner.dictionary.propose import COLUMNS, propose
    from cleaner.spelling.knowledge import Knowledge

    if STANDARD in files:
        raise click.UsageError("the corpus is read twice, so it must be files, not standard input")
    refuse_missing(files)
    if output and any(output.resolve() == path.resolve() for path in files):
        raise click.UsageError("-o would overwrite an input file")
    knowledge = Knowledge.of(load_settings(**settings).config)
    reading = Reading(form, encoding, text_field, id_field, source_field)
    tally = Tally()
    size = 2 * sum(path.stat().st_size for path in files)
    with ExitStack() as stack:
        out = stack.enter_context(open_output(output)) if output else None
        progress = stack.enter_context(Progress(size))
        tallies = iter((tally, None))
        found = propose(
            lambda: _texts(files, reading, next(tallies), progress.advance), knowledge, min_documents
        )
        lines = [
            f"# {len(found)} words that no list has, from {tally.documents} documents. Change ? into + where",
            "# a word is right and into - where it is not; only + counts. Contexts belong to their authors.",
            "# " + "\t".join(COLUMNS),
            *(proposal.row() for proposal in found),
        ]
        text = "".join(f"{line}\n" for line in lines)
        if out:
            write_all(out, text.encode("utf-8"))
    if not output:
        put(text)
    say(f"{tally.documents:,} documents, {len(found):,} proposals")
    if tally.failed:
        ctx.exit(2)


def _texts(
    files: tuple[Path, ...], reading: Reading, tally: Tally | None, advance: Callable[[int], None]
) -> Iterator[str]:
    """The texts of a corpus. What cannot be read is passed over, and told if there is a ``tally``."""
    for path in files:
        try:
            for record in reading.records(path):
                if record.has_text:
                    if tally:
                        tally.documents += 1
                    yield record.text
                elif record.problem and tally:
                    tally.problem(record, record.problem)
                advance(len(record.raw()))
        except InputError as error:
            if tally:
                tally.file_problem(error)

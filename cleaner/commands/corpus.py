"""``cleaner corpus``: clean a corpus of any size on this machine, and be able to stop and go on."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, Any

import click

from cleaner.commands.options import config_options, load_settings, say
from cleaner.commands.progress import Progress
from cleaner.corpus.files import check_encoding
from cleaner.corpus.inputs import FORMATS, find_inputs
from cleaner.engine import Cleaner
from cleaner.errors import InputError

if TYPE_CHECKING:
    from cleaner.corpus.target import Target


@click.command()
@click.argument("inputs", metavar="IN...", nargs=-1, required=True)
@click.option(
    "-o", "--output", "out", metavar="OUT_DIR", required=True, help="Folder or address to write to."
)
@click.option(
    "-j", "workers", metavar="N", type=click.IntRange(min=1), help="Processes; as many as processors."
)
@click.option(
    "--engine", type=click.Choice(["processes", "ray"]), default="processes", show_default=True,
    help="Who does the work: processes of this machine, or a Ray cluster.",
)  # fmt: skip
@click.option("--address", metavar="ADDRESS", help="Of the Ray cluster; auto: the one this machine is in.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped or killed.")
@click.option("--overwrite", is_flag=True,
              help="Start anew in a full OUT_DIR; removes what the run before wrote.")  # fmt: skip
@click.option("--to", metavar=f"[{'|'.join(FORMATS)}]", help="Write this format, not that of the input.")
@click.option(
    "--format", "form", type=click.Choice(["txt", "lines", "jsonl", "csv", "parquet", "html"]),
    help="Instead of by file name; lines: a document a line.",
)  # fmt: skip
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of the input files.")
@click.option("--text-field", default="text", show_default=True, help="The field or column to clean.")
@click.option("--id-field", help='The field that names a document; "id" if there is one.')
@click.option("--outlet-field", "--url-field", "source_field", help="The field with the outlet or address.")
@click.option(
    "--only-language", metavar="CODE", multiple=True, help="Clean only texts in this language (id)."
)
@click.option("--max-size", metavar="MB", type=click.IntRange(min=1), default=16, show_default=True,
              help="Longer documents are passed through.")  # fmt: skip
@click.option(
    "--max-errors", metavar="N", type=click.IntRange(min=0), help="Stop after more rejected documents."
)
@click.option("--checkpoint", metavar="SECONDS", type=click.FloatRange(min=0), default=3.0, show_default=True,
              help="How often it is made sure that all so far is on the disk.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Print no progress and no summary.")
@config_options
@click.pass_context
def corpus(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    out: str,
    workers: int | None,
    engine: str,
    address: str | None,
    resume: bool,
    overwrite: bool,
    to: str | None,
    form: Any,
    encoding: str,
    text_field: str,
    id_field: str | None,
    source_field: str | None,
    only_language: tuple[str, ...],
    max_size: int,
    max_errors: int | None,
    checkpoint: float,
    quiet: bool,
    **settings: Any,
) -> None:
    """Clean files, folders, "patterns" and addresses (s3://...) into OUT_DIR.

    Reads .txt, .jsonl, .csv, .tsv, .parquet and .html, also as .gz, .zst, .xz or .bz2. OUT_DIR gets the
    same tree of files, and beside it changes.jsonl.zst (every change), stats.json, report.html,
    rejected.jsonl (what could not be cleaned, and why; it is passed through unchanged) and run.json.
    """
    from cleaner.corpus.cluster import Cluster
    from cleaner.corpus.job import Job
    from cleaner.corpus.reading import Reading
    from cleaner.corpus.run import CorpusRun
    from cleaner.corpus.sharded import ShardedRun
    from cleaner.corpus.sidefiles import RUN
    from cleaner.corpus.stdout import StandardOutput
    from cleaner.corpus.target import Target
    from cleaner.parallel import Engine, ordered

    if to is not None and to not in FORMATS:
        raise click.UsageError(f"--to {to}: is one of {', '.join(FORMATS)}")
    if address and engine != "ray":
        raise click.UsageError("--address is of a Ray cluster: say --engine ray as well")
    if engine == "ray" and "-" in (out, *inputs):
        raise click.UsageError("--engine ray reads files and writes a folder, no standard input and output")
    if resume and overwrite:
        raise click.UsageError("--resume and --overwrite contradict each other")
    cleaner = Cleaner(load_settings(**settings).config)
    cleaner.check()
    reading = Reading(check_encoding(encoding), text_field, id_field, source_field)
    languages = tuple(code.strip() for item in only_language for code in item.split(","))
    job = Job(cleaner, reading, languages, to, max_size << 20)
    target = StandardOutput(say) if out == "-" else Target(out)
    if isinstance(target, Target):
        if resume and target.exists(RUN):
            say(f"{out}: this run is finished; nothing to do")
            return
        if not resume and not overwrite:
            _refuse_full(target)
    elif resume:
        raise click.UsageError("a run to standard output cannot go on, since nothing of it is kept")
    found = find_inputs(list(inputs), form)
    if out == "-" and (to == "parquet" or (to is None and any(item.form == "parquet" for item in found))):
        raise click.UsageError("Parquet cannot be written to standard output; say --to jsonl")
    with Progress(sum(item.size for item in found), quiet) as progress:
        kind: type[CorpusRun] = CorpusRun
        hands: Engine = ordered
        if engine == "ray":
            kind, hands = ShardedRun, Cluster(address).ordered
            workers = workers or 0  # as many as the cluster has processors
        else:
            workers = workers or _processors()
        run = kind(job, found, target, workers, max_errors, checkpoint, progress.update, hands)
        done = run.run(resume)
    stats = run.stats
    for name in run.journal.kept:
        say(f"{out.rstrip('/')}/{name}: an earlier run wrote it, and it was changed since; it is left there")
    if not done:
        say(f"interrupted after {stats.documents:,} documents")
        if isinstance(target, Target):
            say(f"go on with: {_command(ctx)}")
        ctx.exit(130)
    if not quiet:
        for line in progress.summary(stats, run.journal.state.seconds):
            say(line)
        if isinstance(target, Target):
            say(f"what was done: {out.rstrip('/')}/report.html")
    if stats.rejected:
        ctx.exit(2)


def _refuse_full(target: Target) -> None:
    if target.has_stopped_run():
        raise InputError(
            f"{target.address}: a run was stopped here; go on with --resume, or start anew with --overwrite"
        )
    names = target.names()
    if names:
        raise InputError(
            f"{target.address}: is not empty ({', '.join(names[:3])}{', ...' if len(names) > 3 else ''}); "
            "choose another folder, or say --overwrite"
        )


def _processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _command(ctx: click.Context) -> str:
    """The command that was given, to go on."""
    given = [item for item in sys.argv[1:] if item not in ("--resume", "--overwrite")]
    return shlex.join([ctx.find_root().info_name or "cleaner", *given, "--resume"])

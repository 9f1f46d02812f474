"""Which output the documents of an input go to: its name, who shares it, and what makes it a table.

Without ``--to`` each input has an output of its own form. With it, texts and pages, of which there may be
one a document, share a table.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from cleaner.corpus.compression import SUFFIXES
from cleaner.corpus.inputs import WHOLE_FILES, Input
from cleaner.corpus.sidefiles import SIDE_FILES
from cleaner.corpus.target import WORK
from cleaner.errors import InputError


def output_name(source: Input, to: str | None) -> str:
    """Where the documents of an input are written, in the tree of the target."""
    path = PurePosixPath(source.name)
    if to is None:
        if source.form != "html":
            return source.name
        return str(path.with_name(_stem(path) + ".txt" + source.compression))
    if source.form in WHOLE_FILES:
        return f"documents.{to}"  # a file for each would be no table
    return str(path.with_name(f"{_stem(path)}.{to}"))


def _stem(path: PurePosixPath) -> str:
    return (path.with_suffix("") if path.suffix.lower() in SUFFIXES else path).stem


def arrange(inputs: list[Input], to: str | None) -> list[Input]:
    """The inputs in the order in which they are read: those that share an output stand together.

    Raises InputError if two outputs would have the same name, or one the name of a side file.
    """
    if to is not None:
        inputs = sorted(inputs, key=lambda item: item.form in WHOLE_FILES)
    owners: dict[str, Input] = {}
    for item in inputs:
        name = output_name(item, to)
        if name in SIDE_FILES or name.partition("/")[0] == WORK:
            raise InputError(f"{item.path}: {name} is a file that the run itself writes; rename the input")
        owner = owners.setdefault(name, item)
        shared = to is not None and {owner.form, item.form} <= WHOLE_FILES
        if owner is not item and not shared:
            raise InputError(
                f"{owner.path} and {item.path} would both be written as {name}; rename one of them"
            )
    return inputs


def conversion(source: Input, to: str | None) -> Callable[[Path, Path], None] | None:
    """What makes the output of what was written block by block; None: it is that already."""
    if to == "parquet":
        from cleaner.corpus.parquet import from_lines

        return from_lines
    if to is None and source.form == "parquet":
        from cleaner.corpus.parquet import from_streams

        return from_streams
    return None

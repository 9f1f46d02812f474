"""What an earlier run left in OUT_DIR, when a new one starts there with ``--overwrite``.

Other inputs, or another ``--to``, give outputs other names. The old ones would lie among the new, and could
be taken for outputs of the new run. So they are removed: only files that the earlier run says it wrote,
inside OUT_DIR, and only while they have the size that it wrote. Nobody else's file is touched.

The list is on the disk before the first file goes, so a kill in between loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from cleaner.corpus.target import Target

LIST = "leftovers.json"
"""In the work folder."""


def find_leftovers(
    target: Target, run: str, finished: Path, known: Path, inputs: Iterable[str]
) -> dict[str, int]:
    """Outputs of an earlier run, and their sizes in bytes.

    ``run`` is the name of its run.json in the target, ``finished`` the list of inputs that a stopped run
    keeps, ``known`` a list that was made before. ``inputs`` are the paths of what the new run is to read,
    which may be just these outputs; they stay.
    """
    found: dict[str, int] = {}
    for row in (*_of_run(target, run), *_of_lines(finished)):
        output = row.get("output") if isinstance(row, dict) else None
        if isinstance(output, dict):
            found[str(output.get("name"))] = output.get("size", -1)
    old = _json(known.read_bytes()) if known.exists() else None
    found.update(old if isinstance(old, dict) else {})
    needed = {_real(target, path) for path in inputs}
    return {
        name: size
        for name, size in found.items()
        if _is_inside(target, name) and _real(target, target.place(name)) not in needed
    }


def remove_leftovers(target: Target, leftovers: dict[str, int], kept: Callable[[str], None]) -> None:
    """Remove them, and folders that are empty then. ``kept`` is told of those that were written to since."""
    folders: set[PurePosixPath] = set()
    for name, size in leftovers.items():
        now = target.size(name)
        if now is None:
            continue
        if now != size:
            kept(name)
            continue
        target.remove(name)
        folders.update(PurePosixPath(name).parents)
    for folder in sorted(folders - {PurePosixPath()}, key=lambda path: -len(path.parts)):
        target.remove_empty_folder(folder.as_posix())


def _of_run(target: Target, run: str) -> Iterator[Any]:
    if not target.exists(run):
        return
    with target.open(run) as stream:
        row = _json(stream.read())
    if isinstance(row, dict) and isinstance(row.get("inputs"), list):
        yield from row["inputs"]


def _of_lines(path: Path) -> Iterator[Any]:
    if path.exists():
        yield from (_json(line) for line in path.read_bytes().splitlines())  # the last may be cut off


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _real(target: Target, path: str) -> str:
    """One name for a file, however it was named."""
    if target.remote is not None:
        return str(target.remote._strip_protocol(path))
    return str(Path(path).resolve())


def _is_inside(target: Target, name: str) -> bool:
    """A list can be edited: a name must not lead out of the target, nor through a link."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
        return False
    return target.remote is not None or Path(target.place(name)).parent.resolve().is_relative_to(
        Path(target.root).resolve()
    )

"""What a run has on disk while it is under way, and how it goes on after it was killed.

In the work folder (see `cleaner.corpus.target`) lie the output that is being written, the change log, the
rejected documents and a list of finished inputs. All of them only grow. Every few seconds a checkpoint is
made: these files are forced to disk, finished outputs get their place in OUT_DIR, and then ``state.json``
is replaced in one step. It says how long each file was, up to where the input was read, and the numbers
so far. To go on, the files are cut to these lengths. So whatever is killed, and whenever, a run that goes
on writes the same bytes as one that was never stopped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.corpus.disk import claim, open_to_append, read_json, replace_json, sync
from cleaner.corpus.files import OutputError
from cleaner.corpus.ids import IdIndex
from cleaner.corpus.leftovers import LIST, find_leftovers, remove_leftovers
from cleaner.corpus.plan import differences
from cleaner.corpus.sidefiles import LOG, REJECTED, REPORT, RUN, SIDE_FILES, STATS, write_run
from cleaner.corpus.stats import Stats
from cleaner.corpus.target import STATE, Target
from cleaner.errors import InputError

INPUTS = "inputs.jsonl"
"""The finished inputs, as run.json will have them."""
_APPENDED = (LOG, REJECTED, INPUTS)
_PLAN = "plan.json"
_MANY = 8
"""Files from which on all that the system holds is forced to disk at once."""


@dataclass
class State:
    """Up to where a run is."""

    file: int = 0
    """Index of the input that is read."""
    offset: int = 0
    """Where its next block starts (see `cleaner.corpus.blocks.Start`)."""
    first: int = 1
    prefix: str = ""
    """SHA-256 of the uncompressed input before ``offset``."""
    output: int = 0
    """Bytes of the output that is being written."""
    sizes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_APPENDED, 0))
    seconds: float = 0.0
    """How long the run took, stops not counted."""
    started: str = ""
    """When it began, ISO 8601, UTC."""
    stops: int = 0
    """How often it was stopped or killed."""
    duplicates: list[str] = field(default_factory=list)
    """The first places of an id that was there before."""


class Journal:
    """The work folder of one run."""

    def __init__(self, target: Target, plan: dict[str, Any]) -> None:
        """``plan``: what must not change while the run is stopped."""
        self.target = target
        self.folder: Path = target.work
        self.plan = plan
        self.state: State = State()
        self.stats: Stats = Stats()
        self.streams: dict[str, BinaryIO] = {}
        self.output: BinaryIO | None = None
        self.sha256 = hashlib.sha256()
        """Of the output that is being written."""
        self.finished: list[tuple[Path, str]] = []
        """Outputs that get their place at the next checkpoint."""
        self.grown: list[Path] = []
        """What they were converted from, needed until then."""
        self.ids: IdIndex | None = None
        self.lock: BinaryIO | None = None
        self.kept: list[str] = []
        """Outputs of an earlier run that were written to since, and so are still there."""

    def begin(self) -> None:
        """Start anew. Raises OutputError if the folder cannot be written or another run is in it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{self.folder.as_posix()}: cannot make this folder: {error.strerror}"
            ) from error
        self.take_lock()
        known = self.folder / LIST
        leftovers = find_leftovers(
            self.target, RUN, self.folder / INPUTS, known, [item["path"] for item in self.plan["inputs"]]
        )
        if leftovers:
            replace_json(known, leftovers)
        for path in self.folder.iterdir():
            if path.name not in ("lock", LIST):
                path.unlink()
        for name in reversed(SIDE_FILES):  # run.json first: from now on no run is finished here
            self.target.remove(name)
        remove_leftovers(self.target, leftovers, self.kept.append)
        known.unlink(missing_ok=True)
        replace_json(self.folder / _PLAN, self.plan)
        self.open_streams()

    def go_on(self) -> bool:
        """Take up the run that was stopped here; False if there is none.

        Raises InputError if something changed since that decides what is written, and says what.
        """
        if not self.target.has_stopped_run():
            return False
        self.take_lock()
        old = read_json(self.folder / _PLAN)
        different = differences(old, self.plan)
        if different:
            raise InputError(
                "cannot go on with this run, since these changed:\n  "
                + "\n  ".join(different)
                + "\nChange them back, or start anew with --overwrite"
            )
        saved = read_json(self.folder / STATE)
        self.stats = Stats.from_dict(saved.pop("stats"))
        self.state = State(**saved)
        self.state.stops += 1
        for name in _APPENDED:
            self.recover(name, self.folder / name)
        self.open_streams()
        return True

    def take_lock(self) -> None:
        """Keep other runs out of this folder; the system lets go of it when this process ends."""
        self.lock = (self.folder / "lock").open("wb")
        if not claim(self.lock.fileno()):
            raise OutputError(f"{self.target.address}: another run is writing there now")

    def open_streams(self) -> None:
        """Open the growing files and cut them to what the state says."""
        self.ids = IdIndex(self.folder / "ids.sqlite")
        for name in _APPENDED:
            self.streams[name] = open_to_append(self.folder / name, self.state.sizes[name])

    @property
    def is_open(self) -> bool:
        """Is an output being written?"""
        return self.output is not None

    def where_rejected(self) -> str:
        """Where to look why documents were rejected."""
        return f"why, is in {(self.folder / REJECTED).as_posix()}"

    def open_output(self, name: str) -> None:
        """Begin the output ``name``, or go on with it."""
        path = self.part(name)
        size = self.state.output
        if size:
            self.recover(name, path)
        self.output = open_to_append(path, size)
        self.output.seek(0)
        self.hash_rest(self.output)  # and so end where the output is to go on

    def recover(self, name: str, path: Path) -> None:
        """See that the file of the work folder that is to be ``name`` is there.

        A kill just before a checkpoint was done may leave it in its place in the target: then it is taken
        back. Raises InputError if it is in neither.
        """
        if not path.exists() and not self.target.take_back(name, path):
            raise InputError(f"{self.folder.as_posix()}: {path.name} is missing; start anew with --overwrite")

    def hash_rest(self, stream: BinaryIO) -> None:
        """Make the hash of the output anew, of what is left to read in ``stream``."""
        self.sha256 = hashlib.sha256()
        while data := stream.read(1 << 20):
            self.sha256.update(data)

    def part(self, name: str) -> Path:
        """The file in the work folder that grows to be the output ``name``."""
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.part"

    def write(self, data: bytes) -> None:
        """Append to the output."""
        if self.output is None:
            raise ValueError("no output is open")
        self.output.write(data)
        self.sha256.update(data)
        self.state.output += len(data)

    def append(self, name: str, data: bytes) -> None:
        """Append to the log, the rejected documents or the finished inputs."""
        self.streams[name].write(data)
        self.state.sizes[name] += len(data)

    def end_output(self, name: str, convert: Callable[[Path, Path], None] | None) -> tuple[int, str]:
        """Close the output, which gets its place at the next checkpoint; its size and SHA-256.

        ``convert`` makes the file that was meant of the one that grew.
        """
        if self.output is None:
            raise ValueError("no output is open")
        self.output.close()
        self.output = None
        grown, self.state.output = self.part(name), 0
        whole = grown
        if convert:
            whole = grown.with_suffix(".whole")
            convert(grown, whole)
            self.grown.append(grown)
            with whole.open("rb") as stream:
                self.hash_rest(stream)
        self.finished.append((whole, name))
        return whole.stat().st_size, self.sha256.hexdigest()

    def checkpoint(self) -> None:
        """Make sure that all so far is on the disk, and say so."""
        if len(self.finished) > _MANY and sys.platform == "linux":  # elsewhere it may return too early
            # All at once; a thousand small files one by one take as long as their disk needs for a
            # thousand writes. Each is still asked for below, which then is quick, and tells of errors.
            os.sync()
        for path, _ in self.finished:
            sync(path)
        for stream in [*self.streams.values(), *([self.output] if self.output else [])]:
            stream.flush()
            os.fsync(stream.fileno())
        if self.ids:
            self.ids.commit()
        self.target.put_all(self.finished)
        replace_json(self.folder / STATE, {**asdict(self.state), "stats": self.stats.to_dict()})
        for path in [*(path for path, _ in self.finished), *self.grown]:
            path.unlink(missing_ok=True)  # an uploaded one is still here
        self.finished.clear()
        self.grown.clear()

    def publish(self, run: dict[str, Any], report: str, top: int) -> None:
        """All is done: put what stands beside the outputs in place, run.json last, and tidy up."""
        self.checkpoint()
        for stream in self.streams.values():
            stream.close()
        (self.folder / REPORT).write_text(report, encoding="utf-8")
        replace_json(self.folder / STATS, self.stats.to_dict(top))
        write_run(self.folder / RUN, run, self.folder / INPUTS)
        for name in SIDE_FILES:
            sync(self.folder / name)
        for name in SIDE_FILES:
            self.target.put_all([(self.folder / name, name)])  # one after the other: run.json is the last
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of all files, without a checkpoint."""
        if self.ids:
            self.ids.close()
        for stream in [*self.streams.values(), self.output, self.lock]:
            if stream is not None:
                with suppress(OSError):  # a full disk, which was told; what counts is the last checkpoint
                    stream.close()

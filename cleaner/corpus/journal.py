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
import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.corpus.files import OutputError
from cleaner.corpus.ids import IdIndex
from cleaner.corpus.leftovers import LIST, find_leftovers, remove_leftovers
from cleaner.corpus.stats import Stats
from cleaner.corpus.target import Target, sync_folder
from cleaner.errors import InputError

LOG = "changes.jsonl.zst"
REJECTED = "rejected.jsonl"
STATS = "stats.json"
REPORT = "report.html"
RUN = "run.json"
SIDE_FILES = (LOG, REJECTED, STATS, REPORT, RUN)
"""What stands beside the outputs. run.json comes last: where it is, the run is finished."""

_INPUTS = "inputs.jsonl"
_MANY = 8
"""Files from which on all that the system holds is forced to disk at once."""
_APPENDED = (LOG, REJECTED, _INPUTS)


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
            self.target, RUN, self.folder / _INPUTS, known, [item["path"] for item in self.plan["inputs"]]
        )
        if leftovers:
            _write(known, leftovers)
        for path in self.folder.iterdir():
            if path.name not in ("lock", LIST):
                path.unlink()
        for name in reversed(SIDE_FILES):  # run.json first: from now on no run is finished here
            self.target.remove(name)
        remove_leftovers(self.target, leftovers, self.kept.append)
        known.unlink(missing_ok=True)
        _write(self.folder / "plan.json", self.plan)
        self.open_streams()

    def go_on(self) -> bool:
        """Take up the run that was stopped here; False if there is none.

        Raises InputError if something changed since that decides what is written, and says what.
        """
        if not (self.folder / "state.json").exists():
            return False
        self.take_lock()
        old = _read(self.folder / "plan.json")
        different = _differences(old, self.plan)
        if different:
            raise InputError(
                "cannot go on with this run, since these changed:\n  "
                + "\n  ".join(different)
                + "\nChange them back, or start anew with --overwrite"
            )
        saved = _read(self.folder / "state.json")
        self.stats = Stats.from_dict(saved.pop("stats"))
        self.state = State(**saved)
        self.state.stops += 1
        for name in _APPENDED:
            if not (self.folder / name).exists() and not self.target.take_back(name, self.folder / name):
                raise InputError(f"{self.folder.as_posix()}: {name} is missing; start anew with --overwrite")
        self.open_streams()
        return True

    def take_lock(self) -> None:
        """Keep other runs out of this folder; the system lets go of it when this process ends."""
        try:
            import fcntl
        except ImportError:  # Windows
            return
        self.lock = (self.folder / "lock").open("wb")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutputError(f"{self.target.address}: another run is writing there now") from error

    def open_streams(self) -> None:
        """Open the growing files and cut them to what the state says."""
        self.ids = IdIndex(self.folder / "ids.sqlite")
        for name in _APPENDED:
            self.streams[name] = _open(self.folder / name, self.state.sizes[name])

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
        if size and not path.exists() and not self.target.take_back(name, path):
            raise InputError(f"{self.folder.as_posix()}: {path.name} is missing; start anew with --overwrite")
        self.sha256 = hashlib.sha256()
        self.output = _open(path, size)
        if size:
            self.output.seek(0)
            while data := self.output.read(1 << 20):
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
            self.sha256 = hashlib.sha256()
            with whole.open("rb") as stream:
                while data := stream.read(1 << 20):
                    self.sha256.update(data)
        self.finished.append((whole, name))
        return whole.stat().st_size, self.sha256.hexdigest()

    def checkpoint(self) -> None:
        """Make sure that all so far is on the disk, and say so."""
        if len(self.finished) > _MANY and sys.platform == "linux":  # elsewhere it may return too early
            # All at once; a thousand small files one by one take as long as their disk needs for a
            # thousand writes. Each is still asked for below, which then is quick, and tells of errors.
            os.sync()
        for path, _ in self.finished:
            _sync(path)
        for stream in [*self.streams.values(), *([self.output] if self.output else [])]:
            stream.flush()
            os.fsync(stream.fileno())
        if self.ids:
            self.ids.commit()
        self.target.put_all(self.finished)
        _write(self.folder / "state.json", {**asdict(self.state), "stats": self.stats.to_dict()})
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
        _write(self.folder / STATS, self.stats.to_dict(top))
        self.write_run(run)
        for name in SIDE_FILES:
            _sync(self.folder / name)
        for name in SIDE_FILES:
            self.target.put_all([(self.folder / name, name)])  # one after the other: run.json is the last
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write_run(self, run: dict[str, Any]) -> None:
        """run.json: ``run``, with the inputs, of which there may be very many, one a line."""
        with (self.folder / RUN).open("wb") as out, (self.folder / _INPUTS).open("rb") as rows:
            out.write(json.dumps(run, ensure_ascii=False, indent=1).encode("utf-8")[: -len("\n}")])
            out.write(b',\n "inputs": [')
            for number, row in enumerate(rows):
                out.write((b",\n  " if number else b"\n  ") + row.rstrip(b"\n"))
            out.write(b"\n ]\n}\n")

    def close(self) -> None:
        """Let go of all files, without a checkpoint."""
        if self.ids:
            self.ids.close()
        for stream in [*self.streams.values(), self.output, self.lock]:
            if stream is not None:
                with suppress(OSError):  # a full disk, which was told; what counts is the last checkpoint
                    stream.close()


def _open(path: Path, size: int) -> BinaryIO:
    """A file to append to, cut to ``size``."""
    path.touch()
    stream = path.open("r+b")
    stream.truncate(size)
    stream.seek(0, os.SEEK_END)
    if stream.tell() != size:
        raise InputError(f"{path.as_posix()}: is shorter than it was; start anew with --overwrite")
    return stream


def _sync(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _read(path: Path) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path.as_posix()}: cannot read it ({error}); start anew with --overwrite"
        ) from error
    return row


def _write(path: Path, row: dict[str, Any]) -> None:
    """Replace a file in one step."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as stream:
        stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
    sync_folder(path.parent)


def _differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What differs between two plans, in words."""
    found = [
        f"{key}: was {old.get(key)!r}, is {new.get(key)!r}"
        for key in new
        if key != "inputs" and old.get(key) != new[key]
    ]
    before = {item["path"]: item for item in old["inputs"]}
    after = {item["path"]: item for item in new["inputs"]}
    found += [f"{path}: was an input and is not any more" for path in before if path not in after]
    found += [f"{path}: is an input and was not before" for path in after if path not in before]
    for path, item in after.items():
        known = before.get(path, item)
        if item["size"] != known["size"]:
            found.append(f"{path}: had {known['size']:,} bytes, has {item['size']:,}")
        elif item != known:
            found.append(f"{path}: was written to since")
    if not found and list(before) != list(after):
        found.append("the order of the inputs")
    return [*found[:10], f"and {len(found) - 10} more"] if len(found) > 10 else found

"""How far a long run is: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.corpus.stats import Stats

_EVERY = 0.2  # seconds between two looks at the bar


class Progress:
    """A bar with documents, MB/s, changes and the time that is left."""

    def __init__(self, total: int, quiet: bool) -> None:
        """``total``: bytes to read, as stored; below 0 if it is not known."""
        self.bar: Any = None
        self.total = total
        self.shown: float = 0.0
        if not quiet and sys.stderr.isatty():
            self.bar = _bar()

    def __enter__(self) -> Progress:
        if self.bar:
            self.bar.start()
            self.task = self.bar.add_task(
                "", total=self.total if self.total > 0 else None, documents=0, changes=0, speed=""
            )
            self.began = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()

    def update(self, stats: Stats, done: int) -> None:
        """Show the numbers so far; ``done``: bytes read, as stored."""
        now = time.monotonic()
        if self.bar and now - self.shown > _EVERY:
            self.shown = now
            speed = f"{stats.bytes_read / max(0.001, now - self.began) / 1e6:.1f} MB/s"
            self.bar.update(
                self.task, completed=done, documents=stats.documents, changes=stats.changes, speed=speed
            )

    def summary(self, stats: Stats, seconds: float) -> list[str]:
        """The run in a few lines."""
        speed = stats.bytes_read / max(seconds, 0.001) / 1e6
        what = f"{stats.documents:,} documents, {stats.changed:,} changed, {stats.changes:,} changes"
        lines = [f"{what}, {stats.suggestions:,} suggestions; {seconds:,.0f} s, {speed:.1f} MB/s"]
        if stats.other_language:
            lines.append(f"{stats.other_language:,} documents in other languages passed through")
        if stats.duplicate_ids:
            lines.append(f"{stats.duplicate_ids:,} documents have an id that was there before; see run.json")
        if stats.rejected:
            lines.append(f"{stats.rejected:,} could not be cleaned and are as they were; see rejected.jsonl")
        return lines


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%  {task.fields[documents]:,} documents  {task.fields[speed]}  "
                   "{task.fields[changes]:,} changes "),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )  # fmt: skip

"""How far a build is: a bar on a terminal, else lines, else nothing."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import rich.progress


class Progress:
    """Shows how much of the input is read, then the steps as they are done. Call it with each step."""

    def __init__(self, size: int, steps: int = 0, lines: bool = False, stream: TextIO | None = None) -> None:
        """``size``: bytes to read; ``steps``: how many follow, as long as the reading all together.

        ``lines``: write a line for each step where there is no terminal.
        """
        self.size = size
        self.steps = steps
        self.lines = lines
        self.stream = stream or sys.stderr
        self.started: float = time.monotonic()
        self.bar: rich.progress.Progress | None = None
        self.task: rich.progress.TaskID | None = None

    def __enter__(self) -> Progress:
        if self.stream.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            self.bar = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TextColumn("{task.percentage:3.0f} %", markup=False),
                TimeElapsedColumn(),
                console=Console(file=self.stream),
                transient=True,
            )
            self.bar.start()
            self.task = self.bar.add_task("reading", total=self.size * (2 if self.steps else 1))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()

    def advance(self, size: int) -> None:
        """So many bytes more are read."""
        if self.bar and self.task is not None:
            self.bar.update(self.task, advance=size)

    def __call__(self, message: str) -> None:
        """A step is done; ``message`` says which."""
        if self.bar and self.task is not None:
            self.bar.update(self.task, description=message, advance=self.size / max(1, self.steps))
        elif self.lines:
            self.stream.write(f"{time.monotonic() - self.started:6.1f} s  {message}\n")

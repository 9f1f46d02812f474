"""A run whose documents go to standard output: nothing is kept, so it cannot go on after a stop."""

# It has the methods of a Journal, and needs little of what they are told.
# ruff: noqa: ARG002

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from cleaner.corpus.files import write_all
from cleaner.corpus.journal import State
from cleaner.corpus.sidefiles import REJECTED
from cleaner.corpus.stats import Stats


class StandardOutput:
    """What a `cleaner.corpus.journal.Journal` is for a folder, without the log and the other files."""

    ids = None

    def __init__(self, say: Callable[[str], None]) -> None:
        """``say`` is told of each document that could not be cleaned."""
        self.say = say
        self.state: State = State()
        self.stats: Stats = Stats()
        self.is_open: bool = False
        self.kept: list[str] = []

    def begin(self) -> None:
        """Nothing to prepare."""

    def go_on(self) -> bool:
        """There is nothing to go on with."""
        return False

    def open_output(self, name: str) -> None:
        """All outputs are one stream."""
        self.is_open = True

    def write(self, data: bytes) -> None:
        """Pass on cleaned documents."""
        write_all(sys.stdout.buffer, data)

    def append(self, name: str, data: bytes) -> None:
        """Tell of rejected documents; the log is not kept."""
        if name == REJECTED and data:
            for row in data.decode("utf-8").splitlines():
                self.say(row)

    def end_output(self, name: str, convert: object) -> tuple[int, str]:
        """Nothing to close."""
        self.is_open = False
        return 0, ""

    def checkpoint(self) -> None:
        """Nothing is kept."""

    def publish(self, run: dict[str, Any], report: str, top: int) -> None:
        """Send what is left in the buffer."""
        sys.stdout.buffer.flush()

    def where_rejected(self) -> str:
        """Where to look why documents were rejected."""
        return "why, is said above"

    def close(self) -> None:
        """Nothing to close."""

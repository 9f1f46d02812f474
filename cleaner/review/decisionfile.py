"""The file a review writes its decisions to: appended to, forced to disk, by one review at a time.

What is in it is read in `cleaner.decisions`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cleaner.corpus.disk import claim, sync_folder
from cleaner.corpus.files import OutputError, display_name
from cleaner.decisions import Decision, was_cut


class DecisionFile:
    """Appends to a decisions file, which one review at a time may do.

    Raises OutputError if another review has it open, or it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._handle = os.open(
                path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644
            )
        except OSError as error:
            raise OutputError(f"{display_name(path)}: cannot write it: {error.strerror}") from error
        with suppress(OSError):  # where the system can
            sync_folder(path.parent)
        if not claim(self._handle):
            os.close(self._handle)
            raise OutputError(
                f"{display_name(path)}: another review is writing to it; give this one its own file with "
                "--decisions, and that one with --also"
            )

    def mend(self) -> None:
        """Drop a last line that was cut off; nobody was told that it was saved."""
        data = self.path.read_bytes()
        if data and not data.endswith(b"\n"):
            start = data.rfind(b"\n") + 1
            if was_cut(data[start:]):
                os.ftruncate(self._handle, start)
            else:
                os.write(self._handle, b"\n")
            os.fsync(self._handle)

    def append(self, decisions: Iterable[Decision]) -> None:
        """Write decisions and force them to disk. Raises OutputError; then none of them counts."""
        data = "".join(decision.to_json() + "\n" for decision in decisions).encode("utf-8")
        size = os.fstat(self._handle).st_size
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._handle, view) :]
            os.fsync(self._handle)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._handle, size)
            raise OutputError(f"{display_name(self.path)}: cannot write it: {error.strerror}") from error

    def close(self) -> None:
        """Let others write. Closing twice does no harm, though the number may be another file's by then."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

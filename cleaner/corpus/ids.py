"""Finds ids that occur twice in a corpus of any size: an index on disk, in bounded memory.

It holds 64 bits of each id's hash, so in a hundred million documents the chance of one false alarm is
about 1 in 3,700. A run that goes on after a kill may add the same document again; its place tells.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

_LINES = 40  # bits of a place that are the line; the others are the file


class IdIndex:
    """The ids seen so far, and where."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute("PRAGMA cache_size = -16000")  # KiB
        self.database.execute("CREATE TABLE IF NOT EXISTS ids (hash INTEGER PRIMARY KEY, place INTEGER)")
        self.database.execute("BEGIN")

    def add(self, file: int, hashes: bytes, lines: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Add documents of a file, eight bytes of hash each; give those whose id was there before.

        As line, file and line of the first document with this id.
        """
        keys = struct.unpack(f">{len(hashes) // 8}q", hashes)
        rows = [(key, file << _LINES | line) for key, line in zip(keys, lines, strict=True)]
        before = self.database.total_changes
        self.database.executemany("INSERT OR IGNORE INTO ids VALUES (?, ?)", rows)
        if self.database.total_changes - before == len(rows):
            return
        for key, place in rows:
            (first,) = self.database.execute("SELECT place FROM ids WHERE hash = ?", (key,)).fetchone()
            if first != place:
                yield place & ((1 << _LINES) - 1), first >> _LINES, first & ((1 << _LINES) - 1)

    def commit(self) -> None:
        """Force all to the disk."""
        self.database.execute("COMMIT")
        self.database.execute("BEGIN")

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

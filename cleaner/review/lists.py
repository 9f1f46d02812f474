"""Which groups a search or an outlet shows, from memory: all words of all groups in one string.

To look through a megabyte takes half a millisecond; to ask the table of groups takes fifty times that, as
its rows are long.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate, compress

_END = "\0\0"
"""Between the words of two groups."""


class _Order:
    """The groups in one order, and their words behind each other."""

    def __init__(self, groups: list[int], words: Callable[[], dict[int, str]]) -> None:
        self.groups = groups
        self._words = words

    @cached_property
    def text(self) -> str:
        """The words of all groups."""
        words = self._words()
        return _END.join(words[group] for group in self.groups)

    @cached_property
    def starts(self) -> list[int]:
        """Where in the text each group starts, by rank."""
        words = self._words()
        return list(accumulate((len(words[group]) + len(_END) for group in self.groups), initial=0))

    def with_words(self, folded: str, rank: int) -> Iterator[int]:
        """The groups with ``folded`` in their words from a rank on."""
        found = self.text.find(folded, self.starts[rank])
        while found >= 0:
            rank = bisect_right(self.starts, found)
            yield self.groups[rank - 1]
            found = self.text.find(folded, self.starts[rank])


class Lists:
    """The groups of a working copy in memory, made when they are first asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.groups: int = db.execute("select coalesce(max(id), 0) from groups").fetchone()[0]
        # Wrapped here: a cache on the class would keep the copy open.
        self.order = lru_cache(maxsize=None)(self._order)
        self.words = lru_cache(maxsize=1)(self._words)
        self.sizes = lru_cache(maxsize=1)(self._sizes)
        self.of_outlet = lru_cache(maxsize=100)(self._of_outlet)
        self.shown = lru_cache(maxsize=4)(self._shown)

    def after(self, q: str, outlet: str, sort: str, rank: int) -> Iterator[int]:
        """The groups with ``q`` in their words and a place in ``outlet``, in order, ranked above ``rank``."""
        mask, order = self.of_outlet(outlet), self.order(sort)
        first = min(max(0, rank + 1), self.groups)
        if not q:
            return (group for group in order.groups[first:] if mask[group])
        return (group for group in order.with_words(q.casefold(), first) if mask[group])

    def size(self, q: str, outlet: str) -> tuple[int, int]:
        """The number of these groups, and of the changes and suggestions in them."""
        mask = self.shown(q, outlet)
        return mask.count(1), sum(compress(self.sizes(), mask))

    def _shown(self, q: str, outlet: str) -> bytearray:
        """One for each of these groups, at its id."""
        if not q:
            return self.of_outlet(outlet)
        mask = bytearray(self.groups + 1)
        for group in self.after(q, outlet, "count", -1):
            mask[group] = 1
        return mask

    def _of_outlet(self, outlet: str) -> bytearray:
        if not outlet:
            return bytearray(1) + bytearray(b"\1") * self.groups
        mask = bytearray(self.groups + 1)
        row = self.db.execute("select groups from outlet_groups where outlet = ?", [outlet]).fetchone()
        for group in memoryview(row[0]).cast("I") if row else ():
            mask[group] = 1
        return mask

    def _order(self, sort: str) -> _Order:
        rows = self.db.execute(f"select id from groups order by by_{sort}")  # noqa: S608 - one of ORDERS
        return _Order([row[0] for row in rows], self.words)

    def _words(self) -> dict[int, str]:
        """Both sides of each group, without case."""
        rows = self.db.execute("select id, before, after from groups")
        return {number: f"{before}\0{after}".casefold() for number, before, after in rows}

    def _sizes(self) -> list[int]:
        """Changes and suggestions of each group, at its id."""
        return [
            0,
            *(row[0] for row in self.db.execute("select changes + suggestions from groups order by id")),
        ]

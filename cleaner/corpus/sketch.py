"""Counting more things than fit into memory, with an error that can be stated: a Count-Min sketch.

Cormode and Muthukrishnan, "An improved data stream summary: the count-min sketch and its applications"
(Journal of Algorithms, 2005). A few rows of counters; a key adds one to one counter a row, chosen by a
hash; its estimate is the least of them. Other keys that share a counter can only raise it, so an
estimate is never too low, and

    estimate <= true count + (e / width) * everything counted    with probability 1 - exp(-rows).

Two sketches of equal shape are merged by adding them up: parts of a corpus can be counted apart.
"""

from __future__ import annotations

import math
from array import array

_MASK = (1 << 64) - 1
_ROWS = 2
_ROW_SHIFT = 32  # each row takes other bits of the key


class CountMin:
    """Counts of 64-bit keys, which must be well mixed (see `mix`)."""

    def __init__(self, bits: int = 22) -> None:
        """``2 ** bits`` counters a row: 22 bits are 32 MB. Raises ValueError for more than 32 bits."""
        if not 0 < bits <= _ROW_SHIFT:
            raise ValueError(f"a row has 2 to 2**{_ROW_SHIFT} counters, not 2**{bits}")
        self.total: int = 0
        """How much was counted."""
        self._width = 1 << bits
        self._low, self._high = (array("I", bytes(4 * self._width)) for _ in range(_ROWS))

    def add(self, key: int) -> int:
        """Count ``key`` once more. Returns the estimate from before."""
        low, high, last = self._low, self._high, self._width - 1
        i, j = key & last, key >> _ROW_SHIFT & last
        before = min(low[i], high[j])
        low[i] += 1
        high[j] += 1
        self.total += 1
        return before

    def __getitem__(self, key: int) -> int:
        """The estimate: never too low."""
        last = self._width - 1
        return min(self._low[key & last], self._high[key >> _ROW_SHIFT & last])

    @property
    def error(self) -> float:
        """By how much an estimate is too high at most, with probability 1 - exp(-2) = 0.86 each."""
        return math.e * self.total / self._width

    def merge(self, other: CountMin) -> None:
        """Add what ``other`` counted. Raises ValueError if it has another width."""
        if other._width != self._width:
            raise ValueError(f"sketches of {self._width} and {other._width} counters cannot be merged")
        for mine, theirs in ((self._low, other._low), (self._high, other._high)):
            for i, count in enumerate(theirs):
                if count:
                    mine[i] += count
        self.total += other.total


def mix(key: int, more: int) -> int:
    """The key of a sequence that goes on with ``more``: a step of a multiplicative hash, 64 bits."""
    key = ((key ^ more) * 0x9E3779B97F4A7C15) & _MASK
    return key ^ key >> 29

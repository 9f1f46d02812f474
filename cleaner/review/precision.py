"""How precise the changes are, judged by those that a person has looked at.

A reviewer judges pairs, and one judgement speaks for all places where the pair stands. So the judged
changes are no independent draws: the interval is Wilson's (E. B. Wilson, 1927, "Probable inference")
for the *effective* number of draws (L. Kish, 1965, "Survey Sampling"): (sum n)^2 / sum n^2 over pairs
with n places. It holds for the whole log as far as the judged pairs are like the others; judge them in
the order "by chance" if it shall.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z = 1.959964  # 95 %


@dataclass(slots=True)
class Judged:
    """Sums over what was judged; pairs can be added and taken away again."""

    changes: int = 0
    right: int = 0
    squares: int = 0

    def add(self, number: int, right: bool, sign: int = 1) -> None:
        """One judgement on ``number`` places; ``sign`` -1 takes it away."""
        self.changes += sign * number
        self.right += sign * number * right
        self.squares += sign * number * number

    def estimate(self) -> tuple[float, float, float] | None:
        """Precision and its 95 % interval, each 0..1; None if nothing was judged."""
        if self.changes <= 0 or self.squares <= 0:
            return None
        share = self.right / self.changes
        low, high = wilson(share, self.changes**2 / self.squares)
        return share, low, high


def wilson(share: float, draws: float) -> tuple[float, float]:
    """The 95 % interval of a share seen in ``draws`` draws (Wilson 1927).

    >>> low, high = wilson(0.9, 100)
    >>> round(low, 3), round(high, 3)
    (0.826, 0.945)
    """
    centre = share + _Z**2 / (2 * draws)
    spread = _Z * math.sqrt(share * (1 - share) / draws + _Z**2 / (4 * draws**2))
    scale = 1 + _Z**2 / draws
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)

"""Which groups the page shows: what the reviewer chose above the list, and what that is in SQL."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from cleaner.review.store import ORDERS

STATES = ("open", "accept", "reject", "replace", "ignore", "judged", "conflict", "all")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which groups are shown."""

    q: str = ""
    rule: str = ""
    """A rule or a family of rules."""
    outlet: str = ""
    low: float = 0.0
    high: float = 1.0
    """Some place of the group has a confidence from `low` to `high`."""
    state: str = "open"
    kind: str = ""
    """"changes", "suggestions", or both."""
    sort: str = "count"

    @classmethod
    def of(cls, values: dict[str, Any]) -> Filter:
        """From the parameters of a request. Raises ValueError for one that is not valid."""
        known = {item.name for item in fields(cls)}
        plain: dict[str, Any] = {
            key: float(value) if key in ("low", "high") else str(value)
            for key, value in values.items()
            if key in known
        }
        found = cls(**plain)
        if found.state not in STATES or found.sort not in ORDERS:
            raise ValueError("no such state or order")
        if found.kind not in ("", "changes", "suggestions"):
            raise ValueError("no such kind")
        return found

    def where(self) -> tuple[str, list[Any]]:
        """The condition in SQL and its values, but for search and outlet, which `Lists` knows."""
        terms, values = ["1"], []  # type: list[str], list[Any]
        if self.state == "conflict":
            terms.append("conflict")
        elif self.state == "judged":
            terms.append("state is not null")
        elif self.state == "open":
            terms.append("state is null")
        elif self.state != "all":
            terms.append("state = ?")
            values.append(self.state)
        if self.rule:
            terms.append("(rule = ? or rule like ? escape '\\')")
            values += [self.rule, _escaped(self.rule) + ".%"]
        if self.low > 0:
            terms.append("high >= ?")
            values.append(self.low)
        if self.high < 1:
            terms.append("low <= ?")
            values.append(self.high)
        if self.kind:
            terms.append(f"{self.kind} > 0")
        return " and ".join(terms), values


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

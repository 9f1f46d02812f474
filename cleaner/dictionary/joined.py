"""Two words written as one: "dimana" is di mana, "terimakasih" is terima kasih, "apapun" is apa pun.

The prepositions di and ke are words of their own, unlike the prefixes di- and ke-: "di rumah" but
"dirumahkan". Which items follow them is a matter of review (``review/joined.tsv``), since many
joined forms are right words of another meaning: "disidang" (put on trial), "kebagian" (get a share).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.dictionary.pairs import Pair
from cleaner.spelling.data import read_rows

_KEPT = frozenset(("dibagi", "kesemua", "kebagian"))
"""Words of another meaning that the table would produce."""


def read_joined(path: Path) -> dict[str, Pair]:
    """Wrong form -> pair, for all items of the reviewed table."""
    pairs: dict[str, Pair] = {}
    for kind, grade, items in read_rows(path):
        for wrong, right in _expand(kind, items.split()):
            if wrong not in _KEPT:
                pairs.setdefault(wrong, Pair(wrong, right, grade, f"reviewed ({kind})"))
    return dict(sorted(pairs.items()))


def _expand(kind: str, items: list[str]) -> Iterator[tuple[str, str]]:
    for item in items:
        if kind == "word":
            wrong, _, right = item.partition("=")
            yield wrong, right.replace("_", " ")
        elif kind == "pun":
            yield item + "pun", item + " pun"
        else:
            yield kind + item, f"{kind} {item}"
            if kind == "per":
                yield f"per-{item}", f"per {item}"
            elif not item.endswith("nya"):
                yield kind + item + "nya", f"{kind} {item}nya"

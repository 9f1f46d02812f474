"""Tables of wrong and right forms: joined words, non-standard spelling, slang.

A pair is graded by how far it can be trusted: ``slip`` (hardly anybody writes it so, like kementrian),
``always`` (dimana -> di mana), ``context`` (the wrong form is also a right word somewhere: the language model
decides) or ``suggest``.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cleaner.errors import DictionaryError
from cleaner.spelling.channel import common_ends
from cleaner.spelling.data import data_file, read_rows

GRADES = ("slip", "always", "context", "suggest")


class Pair(NamedTuple):
    """The right form of a wrong one (both lower case), and its grade."""

    right: str
    grade: str


def derived_pair(low: str, right: str, table: dict[str, Pair]) -> Pair | None:
    """``low`` and ``right`` as a pair if they are one form of both sides of a pair: berplat, berpelat."""
    first, same = common_ends(low, right)
    for start in range(first + 1):
        for end in range(len(low) - same, len(low) + 1):
            pair = table.get(low[start:end])
            if pair is not None and low[:start] + pair.right + low[end:] == right:
                return Pair(right, pair.grade)
    return None


def read_pairs(name: str, folder: Path | None = None) -> dict[str, Pair]:
    """The table ``name`` of the dictionary in ``folder`` (None: the shipped one), by wrong form.

    Raises DictionaryError if the file is missing or a row has no right form or no known grade.
    """
    path = data_file(name, folder)
    pairs = {}
    for row in read_rows(path):
        if len(row) < 3 or row[2] not in GRADES:
            raise DictionaryError(
                f"{path}: a row is wrong, right form and a grade ({', '.join(GRADES)}), with tabs between, "
                f"not {' '.join(row)!r}"
            )
        pairs[row[0]] = Pair(row[1], row[2])
    return pairs

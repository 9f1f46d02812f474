"""Tables of wrong and right forms: joined words, non-standard spelling, slang.

A pair is graded by how far it can be trusted: ``always`` (dimana -> di mana), ``context`` (the wrong
form is also a right word somewhere: language model decides) or ``suggest``.
"""

from __future__ import annotations

from typing import NamedTuple

from cleaner.spelling.data import data_file, read_rows


class Pair(NamedTuple):
    """The right form of a wrong one (both lower case), and its grade."""

    right: str
    grade: str


def read_pairs(name: str) -> dict[str, Pair]:
    """The table ``name`` of the dictionary folder, by wrong form. Raises DictionaryError if missing."""
    return {row[0]: Pair(row[1], row[2]) for row in read_rows(data_file(name))}

"""The character models of `cleaner.spelling.char_model`, trained on the word lists of the dictionary."""

from __future__ import annotations

from array import array
from pathlib import Path

from cleaner.spelling.char_model import train
from cleaner.spelling.data import write_table

LETTERS = "letters.bin"


def write_letters(folder: Path, indonesian: list[str], names: list[str], english: list[str]) -> None:
    """Write `LETTERS`: one model each of Indonesian words, names and English words (lower case)."""
    models = {"words": indonesian, "names": names, "english": english}
    write_table(folder / LETTERS, {name: array("B", train(words)) for name, words in models.items()})

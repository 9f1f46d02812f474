"""The character models of `cleaner.spelling.char_model`, trained on the word lists of the dictionary."""

from __future__ import annotations

from array import array
from pathlib import Path

from cleaner.spelling.char_model import train
from cleaner.spelling.data import write_table


def write_letters(folder: Path, indonesian: list[str], names: list[str], english: list[str]) -> None:
    """Write ``letters.bin``: one model each of Indonesian words, names and English words (lower case)."""
    models = {"words": indonesian, "names": names, "english": english}
    write_table(folder / "letters.bin", {name: array("B", train(words)) for name, words in models.items()})

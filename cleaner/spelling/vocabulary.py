"""Files of words that a person has decided on: proposed by ``cleaner dictionary learn``, edited by hand.

    # decision  word        kind  documents  ...
    +           gampong     word  12
    -           amat-amati  word  6
    ?           lawatannya  word  5

Tab-separated; only the first two columns are read. ``+``: the word is right; ``-``: it is not; ``?``: nobody
has decided, so it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cleaner.config import nearest
from cleaner.errors import ConfigError

_DOCUMENTS = 3
_USUAL = 5
"""Count of an accepted word of which the file does not say how many documents have it."""


def read_decisions(path: Path) -> dict[str, tuple[str, int]]:
    """Word (lower case) -> decision (``+``, ``-`` or ``?``) and number of documents.

    Raises ConfigError, with the line, if the file is missing or a row is none.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        names = [item.name for item in path.parent.iterdir()] if path.parent.is_dir() else []
        hint = nearest(path.name, names)
        raise ConfigError(f"{path}: no such file{hint if 'did you mean' in hint else ''}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    decisions: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = line.split("\t")
        sign, word = row[0].strip(), row[1].strip().lower() if len(row) > 1 else ""
        if sign not in ("+", "-", "?") or not word or any(c.isspace() for c in word):
            raise ConfigError(f"{path}:{number}: a line is +, - or ?, a tab, and a word, not {line[:60]!r}")
        documents = row[_DOCUMENTS].strip() if len(row) > _DOCUMENTS else ""
        decisions[word] = sign, int(documents) if documents.isdecimal() else _USUAL
    return decisions


def read_vocabulary(files: Iterable[str]) -> dict[str, int]:
    """The accepted words of ``files`` with a count each. Raises ConfigError."""
    accepted: dict[str, int] = {}
    for name in files:
        for word, (sign, count) in read_decisions(Path(name)).items():
            if sign == "+":
                accepted[word] = count
    return accepted

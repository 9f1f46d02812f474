r"""How a file format spells a text: JSON escapes, CSV quotes.

The same text may be written in many ways (``"caf\u00e9"``, ``"café"``). A changed text is written the
way the one before it was, and the log names the way, so that going back gives the file's own bytes.
"""

from __future__ import annotations

import json
from typing import NamedTuple, Protocol


class Style(Protocol):
    """A way to spell a text."""

    def dump(self, text: str) -> str:
        """``text`` as it stands in the file."""


class Escapes(NamedTuple):
    r"""How a JSON writer spells its strings: non-ASCII as ``\u00e9``, the slash as ``\/``."""

    ascii: bool
    slash: bool

    def dump(self, text: str) -> str:
        """``text`` as a JSON string in this style."""
        literal = json.dumps(text, ensure_ascii=self.ascii)
        return literal.replace("/", "\\/") if self.slash else literal


class Quotes(NamedTuple):
    """How a CSV writer spells its cells (RFC 4180): in quotes where the text needs it, or always."""

    delimiter: str | None
    """The cell separator; None: always in quotes."""

    def dump(self, text: str) -> str:
        """``text`` as a cell."""
        if self.delimiter is not None and not any(char in text for char in ('"', "\r", "\n", self.delimiter)):
            return text
        return '"' + text.replace('"', '""') + '"'


JSON = ("plain", "ascii", "slash", "ascii-slash")
CSV = {",": ("csv", "csv-quoted"), "\t": ("tsv", "csv-quoted"), ";": ("csv-semicolon", "csv-quoted"),
       "|": ("csv-pipe", "csv-quoted")}  # fmt: skip
"""The styles of each separator; the first is used where a cell follows none of them."""

STYLES: dict[str, Style] = {
    "plain": Escapes(ascii=False, slash=False),
    "ascii": Escapes(ascii=True, slash=False),
    "slash": Escapes(ascii=False, slash=True),
    "ascii-slash": Escapes(ascii=True, slash=True),
    "csv": Quotes(","),
    "tsv": Quotes("\t"),
    "csv-semicolon": Quotes(";"),
    "csv-pipe": Quotes("|"),
    "csv-quoted": Quotes(None),
}
"""By the name they have in the log."""

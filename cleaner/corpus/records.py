"""Documents in files: one a .txt or .html file, one a line of a .jsonl file.

A record knows the bytes around its text and writes them back as they were: the byte order mark, the
line end, every other field of a JSON object with its spaces, number formats and escapes. Only the
text itself is decoded, and encoded again in the style it had.

A line that cannot be read is a record too, with a `problem` and no text: the run goes on, and the
line is passed through as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cleaner.corpus.files import BOM, check_text, decode, display_name, open_input
from cleaner.corpus.spellings import JSON, STYLES
from cleaner.errors import InputError

Format = Literal["txt", "jsonl", "html"]
_SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
}


class BadRecordError(Exception):
    """A line or row that is no document, and why."""


@dataclass(slots=True)
class Record:
    """One document of a file. ``head + encoded text + tail`` are its bytes."""

    file: str
    line: int | None
    """Line of a JSONL file, from 1; None: the whole file is the document."""
    head: bytes
    tail: bytes = b""
    text: str = ""
    has_text: bool = False
    """False: there is nothing to clean here (a blank line, or a line with a problem)."""
    id: str | None = None
    """What the id field says, if there is one."""
    source: str | None = None
    """What the outlet or address field says, if there is one."""
    problem: str | None = None
    encoding: str = "utf-8"
    literal: str | None = None
    """The text as the JSON string or CSV cell it stood as; None in a .txt file."""
    styles: tuple[str, ...] = JSON
    """Names in `STYLES` that the literal may follow, the usual one first."""

    @property
    def doc_id(self) -> str:
        """Name of the document in the log: its id, else the file and line."""
        return self.id if self.id is not None else self.place

    @property
    def place(self) -> str:
        """Where the document stands, for messages: "berita.jsonl:17"."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def style(self) -> str | None:
        """Name in `STYLES` of how the text is escaped; None if it is none of them."""
        return next((name for name in self.styles if STYLES[name].dump(self.text) == self.literal), None)

    def raw(self) -> bytes:
        """The record as it was read."""
        return self._around(self.text if self.literal is None else self.literal)

    def with_text(self, text: str) -> bytes:
        """The record with another text, escaped in the style of the one it had.

        Raises InputError if the file's encoding has no such character.
        """
        if text == self.text:
            return self.raw()
        return self._around(text if self.literal is None else STYLES[self.style or self.styles[0]].dump(text))

    def with_literal(self, literal: str) -> bytes:
        """The record with another JSON string or CSV cell, spelt as given."""
        return self._around(literal)

    def _around(self, text: str) -> bytes:
        try:
            return self.head + text.encode(self.encoding) + self.tail
        except UnicodeEncodeError as error:
            raise InputError(
                f"{self.place}: {text[error.start]!r} cannot be written as {self.encoding.upper()}; "
                "convert the file to UTF-8 first"
            ) from error


def format_of(path: Path, chosen: Format | None) -> Format:
    """How a file is read: as chosen, else by its name; an unknown suffix means plain text.

    Raises InputError for a .json file, which may be either.
    """
    if chosen is None and path.suffix.lower() == ".json":
        raise InputError(
            f"{display_name(path)}: .json may be anything; say --format jsonl if it holds one object a "
            "line, --format txt to clean it as plain text"
        )
    return chosen or _SUFFIXES.get(path.suffix.lower(), "txt")


def read_records(
    path: Path,
    *,
    form: Format | None = None,
    encoding: str = "utf-8",
    text_field: str = "text",
    id_field: str | None = None,
    source_field: str | None = None,
) -> Iterator[Record]:
    """The documents of a file in order, lazily for JSONL. ``-`` is standard input.

    ``id_field`` None takes the field "id" where there is one; ``source_field`` names the outlet or
    address of a document. Raises InputError for a file that
    cannot be read, is binary or (.txt) not in ``encoding``, and where the first object of a JSONL
    file has not the fields: then a name is wrong, not the data.
    """
    form = format_of(path, form)
    if form == "jsonl":
        from cleaner.corpus.jsonl import JsonLines

        yield from JsonLines(display_name(path), encoding, text_field, id_field, source_field).read(path)
        return
    name = display_name(path)
    with open_input(path) as stream:
        data = stream.read()
    if form == "html":
        yield page(name, data)
        return
    yield whole_text(name, data, encoding)


def whole_text(name: str, data: bytes, encoding: str) -> Record:
    """The one document of a plain text file. Raises InputError if it is binary or not in ``encoding``."""
    check_text(data, encoding, name)
    head = BOM if encoding == "utf-8" and data.startswith(BOM) else b""
    text = decode(data[len(head) :], encoding, name, len(head))
    if text.encode(encoding) != data[len(head) :]:
        # A UTF-16 file in the other byte order, say: its bytes could not be written back.
        raise InputError(f"{name}: {encoding} does not give the file's own bytes back; convert it to UTF-8")
    return Record(name, None, head, text=text, has_text=True, encoding=encoding)


def page(name: str, data: bytes) -> Record:
    """The article of a web page; what is written is its text, and no page."""
    from cleaner.corpus.html import extract

    try:
        return Record(name, None, b"", text=extract(data), has_text=True)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error

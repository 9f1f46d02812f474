"""Documents in files: one a .txt or .html file, one a line of a .jsonl file.

A record knows the bytes around its text and writes them back as they were: the byte order mark, the
line end, every other field of a JSON object with its spaces, number formats and escapes. Only the
text itself is decoded, and encoded again in the style it had.

A line that cannot be read is a record too, with a `problem` and no text: the run goes on, and the
line is passed through as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner.corpus.files import BOM, check_text, decode, display_name, open_input
from cleaner.errors import InputError

if TYPE_CHECKING:
    import msgspec

Format = Literal["txt", "jsonl", "html"]
_SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
}


class Escapes(NamedTuple):
    r"""How a JSON writer spells its strings: non-ASCII as ``\u00e9``, the slash as ``\/``."""

    ascii: bool
    slash: bool

    def dump(self, text: str) -> str:
        """``text`` as a JSON string in this style."""
        literal = json.dumps(text, ensure_ascii=self.ascii)
        return literal.replace("/", "\\/") if self.slash else literal


STYLES = {
    "plain": Escapes(ascii=False, slash=False),
    "ascii": Escapes(ascii=True, slash=False),
    "slash": Escapes(ascii=False, slash=True),
    "ascii-slash": Escapes(ascii=True, slash=True),
}


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
    """The text as the JSON string it stood as; None in a .txt file."""

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
        return next((name for name, style in STYLES.items() if style.dump(self.text) == self.literal), None)

    def raw(self) -> bytes:
        """The record as it was read."""
        return self._around(self.text if self.literal is None else self.literal)

    def with_text(self, text: str) -> bytes:
        """The record with another text, escaped in the style of the one it had.

        Raises InputError if the file's encoding has no such character.
        """
        if text == self.text:
            return self.raw()
        return self._around(text if self.literal is None else STYLES[self.style or "plain"].dump(text))

    def with_literal(self, literal: str) -> bytes:
        """The record with another JSON string, spelt as given."""
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
        yield from _Lines(display_name(path), encoding, text_field, id_field, source_field).read(path)
        return
    name = display_name(path)
    with open_input(path) as stream:
        data = stream.read()
    if form == "html":
        yield _page(name, data)
        return
    check_text(data, encoding, name)
    head = BOM if encoding == "utf-8" and data.startswith(BOM) else b""
    text = decode(data[len(head) :], encoding, name, len(head))
    if text.encode(encoding) != data[len(head) :]:
        # A UTF-16 file in the other byte order, say: its bytes could not be written back.
        raise InputError(f"{name}: {encoding} does not give the file's own bytes back; convert it to UTF-8")
    yield Record(name, None, head, text=text, has_text=True, encoding=encoding)


def _page(name: str, data: bytes) -> Record:
    """The article of a web page; what is written is its text, and no page."""
    from cleaner.corpus.html import extract

    try:
        return Record(name, None, b"", text=extract(data), has_text=True)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


# One key with what is around it; the value starts where this ends.
_KEY = re.compile(rb'[\s{,]*"(?:[^"\\]|\\.)*"\s*:\s*')


class _Lines:
    """Reads the lines of one JSONL file."""

    def __init__(
        self, name: str, encoding: str, text_field: str, id_field: str | None, source_field: str | None
    ) -> None:
        import msgspec

        self.name = name
        self.encoding = encoding
        self.text_field = text_field
        self.id_field = id_field
        self.source_field = source_field
        self.first = True  # no object was read yet
        self.decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
        if "\n".encode(encoding) != b"\n":
            raise InputError(
                f"{name}: a JSONL file must be UTF-8, not {encoding.upper()}; convert it first: "
                f"iconv -f {encoding} -t utf-8 FILE"
            )

    def read(self, path: Path) -> Iterator[Record]:
        """One record a line, blank lines included."""
        offset = 0
        with open_input(path) as stream:
            for number, line in enumerate(stream, 1):
                if number == 1:
                    check_text(line, self.encoding, self.name)
                yield self.parse(number, line, offset)
                offset += len(line)

    def parse(self, number: int, line: bytes, offset: int) -> Record:
        """The record of a line; with a problem instead of a text if it is none."""
        import msgspec

        body = line[len(BOM) :] if number == 1 and line.startswith(BOM) else line
        head = line[: len(line) - len(body)]
        record = Record(self.name, number, line, encoding=self.encoding)
        if not body.strip():
            return record
        try:
            body, fields = self.decode(number, body, offset + len(head))
            self.require(fields)
            start, end = self.span_of_text(body, fields)
            literal = body[start:end].decode("utf-8")
            if not literal.startswith('"'):
                raise _BadLineError(f"the field {self.text_field!r} is {_kind(literal)}, not a string")
        except _BadLineError as error:
            record.problem = str(error)
            return record
        self.first = False
        record.literal = literal
        record.has_text = True
        record.text = msgspec.json.decode(literal, type=str)
        record.head = head + body[:start].decode("utf-8").encode(self.encoding)
        record.tail = body[end:].decode("utf-8").encode(self.encoding)
        record.id = self.string_of(fields, self.id_field or "id")
        record.source = self.string_of(fields, self.source_field) if self.source_field else None
        return record

    def decode(self, number: int, body: bytes, offset: int) -> tuple[bytes, dict[str, msgspec.Raw]]:
        """The line as UTF-8, and its fields in order with their values as they stand there."""
        import msgspec

        try:
            body = decode(body, self.encoding, f"{self.name}:{number}", offset).encode("utf-8")
            return body, self.decoder.decode(body)
        except InputError as error:
            raise _BadLineError(str(error).partition(": ")[2]) from error
        except msgspec.ValidationError as error:
            kind = _kind(body.decode("utf-8").strip())
            raise _BadLineError(f"this is {kind}, not an object with fields") from error
        except msgspec.DecodeError as error:
            raise _BadLineError(f"this is no JSON: {error}") from error

    def require(self, fields: dict[str, msgspec.Raw]) -> None:
        """Raises InputError if the first object lacks a field, _BadLineError if a later one does.

        The id and the source are only required of the first object, as a check of the names: later ones
        may lack them.
        """
        have = ", ".join(fields) or "none"
        if self.text_field not in fields:
            message = f"no field {self.text_field!r}; the fields are: {have}"
            if self.first:
                raise InputError(f"{self.name}: {message}{_likely_text(self.text_field, fields)}")
            raise _BadLineError(message)
        for option, name in (("--id-field", self.id_field), ("--outlet-field", self.source_field)):
            if self.first and name is not None and name not in fields:
                near = get_close_matches(name, fields, n=1)
                hint = f"; did you mean {option} {near[0]}?" if near else ""
                raise InputError(f"{self.name}: no field {name!r}; the fields are: {have}{hint}")

    def span_of_text(self, body: bytes, fields: dict[str, msgspec.Raw]) -> tuple[int, int]:
        """Where the value of the text field stands in ``body``.

        The decoder gives keys and raw values in order, so the line is walked from value to value.
        """
        position = 0
        span = (0, 0)
        for key, raw in fields.items():
            match = _KEY.match(body, position)
            start = match.end() if match else position
            value = bytes(raw)
            position = start + len(value)
            if body[start:position] != value:
                break  # the decoder keeps the last value of a key, the walk meets the first
            if key == self.text_field:
                span = start, position
        if body[position:].strip() != b"}":
            raise _BadLineError("a field occurs twice in this object")
        return span

    def string_of(self, fields: dict[str, msgspec.Raw], name: str) -> str | None:
        """What a field says: a string as it is, anything else as its JSON."""
        import msgspec

        raw = fields.get(name)
        if raw is None:
            return None
        literal = bytes(raw).decode("utf-8")
        return msgspec.json.decode(literal, type=str) if literal.startswith('"') else literal


class _BadLineError(Exception):
    """A line of a JSONL file that is no record, and why."""


def _kind(literal: str) -> str:
    names = {'"': "a string", "{": "an object", "[": "an array", "t": "true", "f": "false", "n": "null"}
    return names.get(literal[:1], "a number")


def _likely_text(field: str, fields: dict[str, msgspec.Raw]) -> str:
    """A hint at the field that was meant: the nearest name, else the field with the longest string."""
    strings = {key: len(bytes(raw)) for key, raw in fields.items() if bytes(raw).startswith(b'"')}
    likely = get_close_matches(field, fields, n=1) or sorted(strings, key=lambda key: -strings[key])[:1]
    return f"; did you mean --text-field {likely[0]}?" if likely else ""

"""Reads the lines of a JSONL file: one object a line, each a document.

Only the text field is decoded; the bytes around it are kept and written back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.corpus.files import BOM, check_text, decode, open_input
from cleaner.corpus.records import BadRecordError, Record
from cleaner.errors import InputError

if TYPE_CHECKING:
    import msgspec

# One key with what is around it; the value starts where this ends.
_KEY = re.compile(rb'[\s{,]*"(?:[^"\\]|\\.)*"\s*:\s*')


class JsonLines:
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
        self.first: bool = True  # no object was read yet
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
                raise BadRecordError(f"the field {self.text_field!r} is {_kind(literal)}, not a string")
        except BadRecordError as error:
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
            raise BadRecordError(str(error).partition(": ")[2]) from error
        except msgspec.ValidationError as error:
            kind = _kind(body.decode("utf-8").strip())
            raise BadRecordError(f"this is {kind}, not an object with fields") from error
        except msgspec.DecodeError as error:
            raise BadRecordError(f"this is no JSON: {error}") from error

    def require(self, fields: dict[str, msgspec.Raw]) -> None:
        """Raises InputError if the first object lacks a field, BadRecordError if a later one does.

        The id and the source are only required of the first object, as a check of the names: later ones
        may lack them.
        """
        have = ", ".join(fields) or "none"
        if self.text_field not in fields:
            message = f"no field {self.text_field!r}; the fields are: {have}"
            if self.first:
                raise InputError(f"{self.name}: {message}{_likely_text(self.text_field, fields)}")
            raise BadRecordError(message)
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
            raise BadRecordError("a field occurs twice in this object")
        return span

    def string_of(self, fields: dict[str, msgspec.Raw], name: str) -> str | None:
        """What a field says: a string as it is, anything else as its JSON."""
        import msgspec

        raw = fields.get(name)
        if raw is None:
            return None
        literal = bytes(raw).decode("utf-8")
        return msgspec.json.decode(literal, type=str) if literal.startswith('"') else literal


def _kind(literal: str) -> str:
    names = {'"': "a string", "{": "an object", "[": "an array", "t": "true", "f": "false", "n": "null"}
    return names.get(literal[:1], "a number")


def _likely_text(field: str, fields: dict[str, msgspec.Raw]) -> str:
    """A hint at the field that was meant: the nearest name, else the field with the longest string."""
    strings = {key: len(bytes(raw)) for key, raw in fields.items() if bytes(raw).startswith(b'"')}
    likely = get_close_matches(field, fields, n=1) or sorted(strings, key=lambda key: -strings[key])[:1]
    return f"; did you mean --text-field {likely[0]}?" if likely else ""

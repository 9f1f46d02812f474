"""Finding the text of a logged document again, to show a change in its context.

A log holds no texts. They are looked for under the names in the log: in the working folder, beside the
log, or where the caller says. The original will do as well as the cleaned file, from which the changes
are taken back; the sha256 in the log tells which of them it is, and that it was not edited since.

Of a plain JSONL file only the places of the lines are kept. Texts of other formats, and of packed files, are
copied once into a file beside the working copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaner.corpus.compression import split_suffix
from cleaner.corpus.files import BOM
from cleaner.corpus.records import Record, read_records
from cleaner.errors import InputError
from cleaner.review.logs import open_lines

_HOST = re.compile(r"^(?:[a-z]+://)?(?:www\.)?([^/]+)", re.IGNORECASE)


class Place(NamedTuple):
    """Where a text stands: a byte range of a file, half-open, and how it is written there."""

    path: str
    offset: int
    size: int
    form: str
    """jsonl: the line of a record; string: a JSON string; whole: all of the file, plain text."""
    outlet: str | None = None


class Finder:
    """Finds the texts of the documents of a log, which come in the order of their files and lines."""

    def __init__(
        self,
        roots: list[Path],
        text_field: str,
        outlet_field: str | None,
        spool: Path,
        given: Path | None = None,
    ) -> None:
        self.roots = roots
        self.text_field = text_field
        self.outlet_field = outlet_field
        self.spool = spool
        self.given = given
        self._file: str | None = None
        self._places: Iterator[tuple[int | None, Place]] = iter(())
        self._missing: set[str] = set()

    def find(self, file: str, line: int | None) -> Place | None:
        """The place of a document; None if its file is not there."""
        if file in self._missing:
            return None
        if file != self._file:
            self._file = file
            path = self._resolve(file)
            self._places = iter(()) if path is None else self._read(path)
            if path is None:
                self._missing.add(file)
        with suppress(InputError, OSError, msgspec.MsgspecError):
            for number, place in self._places:
                if number == line:
                    return place
                if number is None or (line is not None and number > line):
                    break
        return None

    @property
    def missing(self) -> list[str]:
        """Names in the log under which no file was found."""
        return sorted(self._missing)

    def _resolve(self, file: str) -> Path | None:
        name = Path(file)
        page = name.with_suffix(".extracted.txt") if name.suffix.lower() in (".html", ".htm") else name
        if self.given is not None and self.given.is_file():
            return self.given
        folders = [self.given, *self.roots] if self.given else self.roots
        for folder in folders:
            for candidate in (folder / page, folder / page.name):
                if candidate.is_file():
                    return candidate
        return None

    def _read(self, path: Path) -> Iterator[tuple[int | None, Place]]:
        if split_suffix(path)[0] in (".jsonl", ".ndjson"):
            return self._lines(path)
        if path.suffix.lower() == ".txt":
            return iter([(None, Place(str(path), 0, path.stat().st_size, "whole"))])
        return self._spooled(path)

    def _lines(self, path: Path) -> Iterator[tuple[int, Place]]:
        """The lines of a JSONL file, with the outlet of each record if it names one.

        A packed file cannot be read from the middle: its lines are copied.
        """
        name, decoder = self.outlet_field, None
        with ExitStack() as stack:
            lines = stack.enter_context(open_lines(path))
            copy = stack.enter_context(self.spool.open("ab")) if split_suffix(path)[1] else None
            offset = copy.tell() if copy else 0
            for number, line in enumerate(lines, 1):
                if number == 1:
                    name = name or _outlet_field(line)
                    decoder = _field_decoder(name) if name else None
                outlet = None
                if decoder is not None:
                    with suppress(msgspec.MsgspecError):
                        outlet = outlet_name(decoder.decode(line).value)  # type: ignore[attr-defined]
                if copy:
                    copy.write(line)
                    copy.flush()
                yield number, Place(str(self.spool if copy else path), offset, len(line), "jsonl", outlet)
                offset += len(line)

    def _spooled(self, path: Path) -> Iterator[tuple[int | None, Place]]:
        records: Iterator[Record] = read_records(
            path, text_field=self.text_field, source_field=self.outlet_field
        )
        with self.spool.open("ab") as out:
            for record in records:
                data = msgspec.json.encode(record.text) + b"\n"
                offset = out.tell()
                out.write(data)
                out.flush()
                outlet = outlet_name(record.source)
                yield record.line, Place(str(self.spool), offset, len(data), "string", outlet)


def _outlet_field(line: bytes) -> str | None:
    """The field of a record that says where it is from."""
    with suppress(msgspec.MsgspecError):
        fields = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        return next((name for name in ("outlet", "url", "source") if name in fields), None)
    return None


def _field_decoder(name: str) -> msgspec.json.Decoder[object]:
    """Reads one field of a JSON object and skips the others."""
    kind = msgspec.defstruct("Source", [("value", str | None, None)], rename={"value": name})
    return msgspec.json.Decoder(kind)


def outlet_name(value: str | None) -> str | None:
    """An outlet for people: the host of an address, anything else as it is.

    >>> outlet_name("https://www.kompas.com/read/2024")
    'kompas.com'
    """
    if not value:
        return None
    match = _HOST.match(value) if "/" in value else None
    return match[1].lower() if match else value


def read_text(place: Place, text_field: str) -> str | None:
    """The text at a place; None if it cannot be read there (the file was changed or removed)."""
    try:
        with Path(place.path).open("rb") as stream:
            stream.seek(place.offset)
            data = stream.read(place.size)
        data = data.removeprefix(BOM)
        if place.form == "whole":
            return data.decode("utf-8")
        if place.form == "string":
            return msgspec.json.decode(data, type=str)
        fields = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        return msgspec.json.decode(fields[text_field], type=str)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError, KeyError):
        return None

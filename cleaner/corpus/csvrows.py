r"""Reads the rows of a CSV or TSV file: the first row names the columns, each further one is a document.

The cells are found as Python's csv module finds them (RFC 4180, and what spreadsheets make of it): a
cell that starts with a quote ends at the next single quote and may hold line breaks; a quote further
on in a cell is a character like any other. But the bytes of a row are kept, so only the cell that was
cleaned is written anew.

Rows end with "\n" or "\r\n".
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from cleaner.corpus.files import BOM, check_text, decode
from cleaner.corpus.records import BadRecordError, Record
from cleaner.corpus.spellings import CSV
from cleaner.errors import InputError


@lru_cache
def _patterns(delimiter: bytes) -> tuple[Any, Any]:
    """A cell with what ends it, and a whole row.

    Possessive quantifiers: a row that is not complete yet must not be tried in every other way.
    """
    import regex  # type: ignore[import-untyped]

    mark = regex.escape(delimiter.decode()).encode()
    cell = rb'(?:"(?:[^"]++|"")*+"[^%b\n]*+|(?!")[^%b\n]*+)' % (mark, mark)
    return (
        regex.compile(rb"(%b)(%b|\r?\n|\Z)" % (cell.replace(rb"\n]*+", rb"\r\n]*+"), mark)),
        regex.compile(rb"%b(?:%b%b)*+\n" % (cell, mark, cell)),
    )


def end_of_row(data: bytes | bytearray, start: int, delimiter: bytes) -> int:
    """Where the row that starts at ``start`` ends, its line end included; -1: it is not complete."""
    match = _patterns(delimiter)[1].match(data, start)
    return match.end() if match else -1


def delimiter_of(header: bytes) -> bytes:
    """The separator of a file, by its first row: the most frequent of comma, semicolon, tab and bar."""
    return max((b",", b";", b"\t", b"|"), key=header.count)


def cells(row: bytes, delimiter: bytes) -> list[tuple[int, int]]:
    """The span of each cell in ``row``, quotes included, line end not."""
    pattern = _patterns(delimiter)[0]
    spans, position = [], 0
    while match := pattern.match(row, position):
        spans.append(match.span(1))
        position = match.end()
        if match[2] != delimiter:
            break
    return spans


_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"?', re.DOTALL)


def unquoted(cell: str) -> str:
    """The text of a cell."""
    match = _QUOTED.match(cell)
    # csv.reader keeps what follows the closing quote.
    return match[1].replace('""', '"') + cell[match.end() :] if match else cell


class CsvRows:
    """Makes a `Record` of each row of one file."""

    def __init__(
        self,
        name: str,
        encoding: str,
        text_field: str,
        id_field: str | None,
        source_field: str | None,
        header: bytes,
    ) -> None:
        """``header`` is the first row. Raises InputError if a column is missing or named twice."""
        self.name = name
        self.encoding = encoding
        self.delimiter: bytes = delimiter_of(header)
        if "\n".encode(encoding) != b"\n":
            raise InputError(f"{name}: a CSV file must be UTF-8, not {encoding.upper()}; convert it first")
        check_text(header, encoding, name)
        self.columns: list[str] = self.texts(header.removeprefix(BOM))
        self.text_column: int = self.column(text_field, "--text-field")
        self.id_column: int | None = self.column(id_field, "--id-field") if id_field else self.optional("id")
        self.source_column: int | None = self.column(source_field, "--outlet-field") if source_field else None

    def texts(self, row: bytes) -> list[str]:
        """The cells of a row as text."""
        return [
            unquoted(decode(row[start:end], self.encoding, self.name))
            for start, end in cells(row, self.delimiter)
        ]

    def column(self, name: str, option: str) -> int:
        """The index of a column that must be there once."""
        if self.columns.count(name) == 1:
            return self.columns.index(name)
        if name in self.columns:
            raise InputError(f"{self.name}: the column {name!r} is there twice; rename one of them")
        near = get_close_matches(name, self.columns, n=1)
        hint = f"; did you mean {option} {near[0]}?" if near else f"; say which one with {option}"
        raise InputError(f"{self.name}: no column {name!r}; the columns are: {', '.join(self.columns)}{hint}")

    def optional(self, name: str) -> int | None:
        """The index of a column that need not be there."""
        return self.columns.index(name) if self.columns.count(name) == 1 else None

    def parse(self, number: int, row: bytes) -> Record:
        """The record of a row; with a problem instead of a text if it has not the columns."""
        record = Record(self.name, number, row, encoding=self.encoding, styles=CSV[self.delimiter.decode()])
        if not row.strip() and len(self.columns) > 1:
            return record
        try:
            spans = cells(row, self.delimiter)
            if not spans:
                raise BadRecordError("a quote is opened in this row and never closed")
            if len(spans) != len(self.columns):
                raise BadRecordError(f"this row has {len(spans)} cells, the first one {len(self.columns)}")
            start, end = spans[self.text_column]
            literal = decode(row[start:end], self.encoding, self.name, start)
            record.id = self.value(row, spans, self.id_column)
            record.source = self.value(row, spans, self.source_column)
        except (BadRecordError, InputError) as error:
            record.problem = str(error).removeprefix(f"{self.name}: ")
            return record
        record.literal = literal
        if literal.startswith('"'):  # a cell in quotes stays in quotes
            record.styles = record.styles[::-1]
        record.text = unquoted(literal)
        record.has_text = True
        record.head, record.tail = row[:start], row[end:]
        return record

    def value(self, row: bytes, spans: list[tuple[int, int]], column: int | None) -> str | None:
        """The text of a cell, or None where there is no such column."""
        if column is None:
            return None
        start, end = spans[column]
        return unquoted(decode(row[start:end], self.encoding, self.name, start))

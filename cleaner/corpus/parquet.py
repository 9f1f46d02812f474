"""Parquet tables: a row is a document (extra ``parquet``).

A block travels as an Arrow IPC stream of some rows, and so does what comes back. Such streams can be
written one behind the other, which Parquet files cannot; when the last one is there, they become the
Parquet file. All columns but the text stay as they are.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.corpus.blocks import Block, Start
from cleaner.corpus.inputs import Input
from cleaner.corpus.records import Record
from cleaner.errors import InputError

_ROWS = 256  # of a block
_GROUP = 32 << 20  # bytes in memory of a row group that is written


def arrow(name: str) -> Any:
    """The module pyarrow, with pyarrow.parquet. Raises InputError if it is not installed."""
    try:
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError as error:
        raise InputError(
            f"{name}: Parquet needs pyarrow; install it with: pip install 'bersih[parquet]'"
        ) from error
    return pyarrow


def row_groups(source: Input, stream: BinaryIO) -> list[tuple[int, int]]:
    """Rows, and bytes when unpacked, of each row group. Raises InputError if this is no Parquet file."""
    pa = arrow(source.path)
    try:
        table = pa.parquet.ParquetFile(stream).metadata
        groups = [table.row_group(number) for number in range(table.num_row_groups)]
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"the Parquet data are broken ({error}); get the file again") from error
    return [(group.num_rows, group.total_byte_size) for group in groups]


def read_rows(source: Input, stream: BinaryIO, start: Start, stop: int | None = None) -> Iterator[Block]:
    """The rows of a Parquet file from ``start`` on, in blocks. Raises InputError if it is damaged.

    A block lies in one row group, so groups can be read by themselves; ``stop`` is the row where one
    begins that is not to be read.
    """
    pa = arrow(source.path)
    try:
        table = pa.parquet.ParquetFile(stream)
        row = 0
        for group in range(table.num_row_groups):
            if row == stop:
                return
            rows = table.metadata.row_group(group).num_rows
            if row + rows <= start.offset:
                row += rows
                continue
            for batch in table.iter_batches(_ROWS, [group]):
                end = row + batch.num_rows
                if row >= start.offset:
                    yield Block(source, _dump(pa, batch), row, row + 1, end, end + 1)
                row = end
        if not row:
            empty = pa.RecordBatch.from_pylist([], schema=table.schema_arrow)
            yield Block(source, _dump(pa, empty), 0, 1, 0, 1)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"the Parquet data are broken ({error}); get the file again") from error


def _dump(pa: Any, batch: Any) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


class Rows:
    """The rows of one block."""

    def __init__(self, block: Block) -> None:
        self.pa = arrow(block.source.path)
        self.block = block
        with self.pa.ipc.open_stream(block.data) as reader:
            self.batch = reader.read_next_batch()

    def records(self, text_field: str, id_field: str | None, source_field: str | None) -> list[Record]:
        """A record for each row. Raises InputError if a column is missing or the text is no string."""
        name = self.block.source.name
        types = self.pa.types
        schema = self.batch.schema
        columns: dict[str | None, Any] = {}
        for field in (text_field, id_field, source_field):
            if field is not None and schema.get_field_index(field) < 0:
                raise InputError(f"{name}: no column {field!r}; the columns are: {', '.join(schema.names)}")
            columns[field] = None if field is None else self.batch.column(field).to_pylist()
        if not (
            types.is_string(schema.field(text_field).type)
            or types.is_large_string(schema.field(text_field).type)
        ):
            raise InputError(f"{name}: the column {text_field!r} holds no text")
        if id_field is None and schema.get_field_index("id") >= 0:
            columns[None] = self.batch.column("id").to_pylist()
        records = []
        for index, text in enumerate(columns[text_field]):
            record = Record(name, self.block.first + index, b"", text=text or "", has_text=text is not None)
            ids = columns[id_field]
            record.id = None if ids is None or ids[index] is None else str(ids[index])
            record.source = columns[source_field][index] if source_field else None
            records.append(record)
        return records

    def with_texts(self, text_field: str, records: list[Record], texts: list[str]) -> bytes:
        """The rows with other texts; a missing text stays missing."""
        index = self.batch.schema.get_field_index(text_field)
        column = self.pa.array(
            [text if record.has_text else None for record, text in zip(records, texts, strict=True)],
            self.batch.schema.field(index).type,
        )
        return _dump(self.pa, self.batch.set_column(index, self.batch.schema.field(index), column))

    def objects(self) -> list[dict[str, Any]]:
        """The rows as JSON values; a time as ISO 8601, bytes as base64, other types as text."""
        return [{key: _plain(value) for key, value in row.items()} for row in self.batch.to_pylist()]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)


def from_streams(path: Path, target: Path) -> None:
    """Make a Parquet file of the IPC streams, one behind the other, in ``path``."""
    pa = arrow(path.name)
    with pa.OSFile(str(path)) as stream:
        batches = _batches(pa, stream, stream.size())
        _write(pa, target, batches)


def _batches(pa: Any, stream: Any, size: int) -> Iterator[Any]:
    while stream.tell() < size:
        with pa.ipc.open_stream(stream) as reader:
            yield from reader


def _write(pa: Any, target: Path, batches: Iterator[Any]) -> None:
    """Write batches of one schema as row groups of a fair size."""
    writer = None
    waiting: list[Any] = []
    try:
        for batch in batches:
            if writer is None:
                writer = pa.parquet.ParquetWriter(target, batch.schema, compression="zstd")
            waiting.append(batch)
            if sum(item.nbytes for item in waiting) >= _GROUP:
                writer.write_table(pa.Table.from_batches(waiting))
                waiting = []
        if writer is not None and (waiting or target.stat().st_size <= 4):
            writer.write_table(pa.Table.from_batches(waiting))
    finally:
        if writer is not None:
            writer.close()


def from_lines(path: Path, target: Path) -> None:
    """Make a Parquet file of the JSON objects, one a line, in ``path``.

    A column for each field: strings; whole numbers (int64); numbers (double, if one of them is not
    whole); truth values; anything else (a 23-digit number, a list), and a mixture, as its JSON text.
    """
    pa = arrow(path.name)
    kinds: dict[str, str] = {}
    for row in _objects(path):
        for key, value in row.items():
            kinds[key] = _joint(kinds.get(key), _kind(value))
    types = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    schema = pa.schema([(key, types.get(kind, pa.string())) for key, kind in kinds.items()])

    def batches() -> Iterator[Any]:
        rows: list[dict[str, Any]] = []
        for row in _objects(path):
            rows.append({key: _cell(value, kinds[key]) for key, value in row.items()})
            if len(rows) == _ROWS:
                yield pa.RecordBatch.from_pylist(rows, schema=schema)
                rows = []
        yield pa.RecordBatch.from_pylist(rows, schema=schema)

    _write(pa, target, batches())


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as stream:
        for line in stream:
            row = json.loads(line) if line.strip() else None
            if isinstance(row, dict):
                yield row


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if -(2**63) <= value < 2**63 else "json"
    if isinstance(value, float):
        return "float"
    return "text" if isinstance(value, str) else "json"


def _joint(one: str | None, other: str) -> str:
    if one in (None, "null", other):
        return other
    if other == "null":
        return str(one)
    return "float" if {one, other} == {"int", "float"} else "json"


def _cell(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "json":
        return json.dumps(value, ensure_ascii=False)
    return float(value) if kind == "float" else value

"""The change log: what was done to every document, in JSON lines.

The first row says how the texts were cleaned; each further row is one document that was changed or
has suggestions. With the cleaned file it gives the original back byte for byte. The fields are
described in docs/change-log.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.corpus.compression import decompressed, split_suffix
from cleaner.corpus.files import decode, display_name, open_input, write_all
from cleaner.corpus.inputs import chunks
from cleaner.corpus.records import Record
from cleaner.corpus.spellings import STYLES
from cleaner.edits import Change
from cleaner.engine import Cleaner
from cleaner.errors import ChangeMismatchError, InputError
from cleaner.replay import revert
from cleaner.result import CleanResult, sha256

if TYPE_CHECKING:
    from cleaner.rules.packrule import Pack

SCHEMA = "cleaner.log/1"


def header(cleaner: Cleaner, text_field: str, id_field: str | None) -> dict[str, Any]:
    """The first row of a log: everything that decided what was changed."""
    from cleaner import __version__

    return {
        "schema": SCHEMA,
        "version": __version__,
        "fingerprint": cleaner.fingerprint,
        "text_field": text_field,
        "id_field": id_field,
        "config": cleaner.config.to_dict(),
        "vocabulary": cleaner.vocabulary,
    }


def outlets_of_rules(packs: Iterable[Pack]) -> dict[str, str]:
    """The outlet of each rule that only one outlet has; where it matched, the text is from there."""
    return {rule.id: pack.outlet for pack in packs if pack.outlet != "generic" for rule in pack.rules}


def row_of(record: Record, result: CleanResult, outlet: str | None = None) -> dict[str, Any]:
    """The row of one document: where it stands, how it was spelt, how long it is, and what was changed."""
    row: dict[str, Any] = {"doc_id": record.doc_id, "file": record.file}
    if record.line is not None:
        row["line"] = record.line
    if record.literal is not None:
        style = record.style
        if style is None:
            row["literal"] = record.literal
        elif style != "plain":
            row["escapes"] = style
    if outlet is not None:
        row["outlet"] = outlet
    row["chars"] = len(result.original)
    row["words"] = len(result.original.split())
    return {**row, **result.to_log()}


def write_row(stream: BinaryIO, row: dict[str, Any]) -> None:
    """One JSON line, UTF-8."""
    write_all(stream, dump_row(row))


def dump_row(row: dict[str, Any]) -> bytes:
    """A JSON object on a line, UTF-8."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


@dataclass(slots=True)
class _Entry:
    """Where a row of the log stands, and what it takes to find its document."""

    offset: int
    doc_id: str
    file: str
    line: int | None
    sha256: str
    used: bool = False


@dataclass
class Log:
    """A log opened for reverting: an index in memory, the rows stay in the file.

    A document finds its row by the sha256 of its text, and by its id or line where several have the
    same text. So cleaned files may be renamed, split and joined, but not edited.
    """

    name: str
    stream: BinaryIO
    header: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, list[_Entry]] = field(default_factory=dict)
    seen: dict[str | int | None, str] = field(default_factory=dict)
    """Place of each document without a row, by id or line: to tell an edited one from a missing one."""

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Log]:
        """Index the rows. Raises InputError if this is no log."""
        with open_input(path) as stream:
            log = cls(display_name(path), stream)
            offset = 0
            for number, line in enumerate(stream, 1):
                row = parse_row(decode(line, "utf-8", log.name, offset), f"{log.name}:{number}")
                if number > 1:
                    log.add(row, offset, f"{log.name}:{number}")
                elif row.get("schema") == SCHEMA:
                    log.header = row
                else:
                    raise InputError(f"{log.name}: is no change log: its first row has no schema {SCHEMA!r}")
                offset += len(line)
            if not log.header:
                raise InputError(f"{log.name}: is no change log: the file is empty")
            yield log

    def add(self, row: dict[str, Any], offset: int, place: str) -> None:
        """Index one row. Raises InputError if it is malformed."""
        from cleaner.corpus.logrows import check_row

        check_row(row, place)
        entry = _Entry(offset, row["doc_id"], row["file"], row.get("line"), row["sha256"]["cleaned"])
        self.entries.setdefault(entry.sha256, []).append(entry)

    def change_ids(self) -> set[str]:
        """The ids of all changes in the log."""
        self.stream.seek(0)
        next(self.stream)
        return {change["id"] for line in self.stream for change in json.loads(line)["changes"]}

    def find(self, record: Record) -> dict[str, Any] | None:
        """The row of a cleaned document; None if there is none, since nothing was changed in it."""
        for entry in self.entries.get(sha256(record.text), ()):
            same = entry.doc_id == record.doc_id or (record.id is None and entry.line == record.line)
            if same and not entry.used:
                entry.used = True
                self.stream.seek(entry.offset)
                return parse_row(self.stream.readline().decode("utf-8"), self.name)
        self.seen[record.line if record.id is None else record.id] = record.place
        return None

    def unused(self) -> list[str]:
        """Ids of logged documents that did not turn up, of files of which others did.

        Raises ChangeMismatchError if a document was edited after cleaning, or if none of the
        logged documents turned up.
        """
        every = [entry for group in self.entries.values() for entry in group]
        files = {entry.file for entry in every if entry.used}
        missing = [entry for entry in every if not entry.used]
        for entry in missing:
            place = self.seen.get(entry.doc_id) or self.seen.get(entry.line)
            if place:
                raise ChangeMismatchError(
                    f"{place}: this is not the text that was cleaned as {entry.doc_id!r} (its sha256 is not "
                    f"{entry.sha256[:12]}...); it was edited since, or this is the log of another run"
                )
        if every and not files:
            raise ChangeMismatchError(
                f"none of the {len(every)} documents in {self.name} is in the input; is it the cleaned "
                "file, unedited, and is this its log?"
            )
        return [entry.doc_id for entry in missing if entry.file in files]


def revert_record(record: Record, row: dict[str, Any], ids: frozenset[str] | None) -> bytes:
    """A cleaned record with the changes of its row taken back: all, or those with these ids.

    Raises ChangeMismatchError if the changes do not fit, or all of them do not give the original.
    """
    try:
        changes = [Change.from_dict(item) for item in row["changes"]]
        original_hash = row["sha256"]["original"]
        style = STYLES[row.get("escapes", "plain")]
    except (KeyError, TypeError) as error:
        raise ChangeMismatchError(f"{record.place}: malformed log row: {error!r}") from error
    if ids is not None:
        changes = [change for change in changes if change.id in ids]
    if not changes:
        return record.raw()
    text = revert(record.text, changes)
    if ids is None and sha256(text) != original_hash:
        raise ChangeMismatchError(f"{record.place}: taking the changes back does not give the original text")
    if record.literal is None:
        return record.with_text(text)
    return record.with_literal(row["literal"] if ids is None and "literal" in row else style.dump(text))


def lines_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a file that comes in pieces."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if rest:
        yield rest


def unpacked(stream: BinaryIO, name: str, compression: str) -> Iterator[bytes]:
    """The uncompressed bytes of a log in pieces. Raises InputError, with its name, if they are broken."""
    try:
        yield from decompressed(chunks(stream, name), compression)
    except InputError as error:
        raise InputError(f"{name}: {str(error).removeprefix(f'{name}: ')}") from error


@contextmanager
def open_rows(path: Path) -> Iterator[Iterator[dict[str, Any]]]:
    """The rows of a log, compressed or not, from the first document on. Raises InputError if it is none."""
    with open_input(path) as stream:
        yield read_rows(stream, display_name(path), split_suffix(path)[1])


def read_rows(stream: BinaryIO, name: str, compression: str) -> Iterator[dict[str, Any]]:
    """The rows of a log that is read from ``stream``, from the first document on."""
    from cleaner.corpus.logrows import check_row

    number = 0
    for number, line in enumerate(lines_of(unpacked(stream, name, compression)), 1):
        row = parse_row(decode(line, "utf-8", name), f"{name}:{number}")
        if number > 1:
            check_row(row, f"{name}:{number}")
            yield row
        elif row.get("schema") != SCHEMA:
            raise InputError(f"{name}: is no change log: its first row has no schema {SCHEMA!r}")
    if not number:
        raise InputError(f"{name}: is no change log: the file is empty")


def parse_row(line: str, place: str) -> dict[str, Any]:
    """A row of a log. Raises InputError if it is no JSON object."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # the latter for JSON nested thousands deep
        raise InputError(f"{place}: this is no JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{place}: a log row is an object, this is not")
    return row

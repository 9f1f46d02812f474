"""The documents of a log and the places in them: in their context, and in the whole text.

The working copy holds no text: it is read from the file of the documents, and checked by its hash.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from cleaner.edits import Change, overlaps, splice
from cleaner.result import sha256
from cleaner.review.groups import group_row
from cleaner.review.marks import Mark, page_of, unpacked
from cleaner.review.store import CHANGE, meta_of
from cleaner.review.texts import Place, read_text
from cleaner.review.visible import visible

PLACES = 30
"""Places in a page of contexts."""
_AROUND = 70
"""Code points of context on each side."""


class Documents:
    """Reads the documents of the working copy, and their places."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._text_field = meta_of(db)["text_field"]

    def places(self, group: int, after: int = 0, limit: int = PLACES) -> list[dict[str, Any]]:
        """A page of places of a group in context, those whose id is above ``after``."""
        owner = self.db.execute(
            "select * from groups join group_places on grp = id where id = ?", [group]
        ).fetchone()
        numbers = page_of(owner["places"], after, limit) if owner else []
        found: list[dict[str, Any]] = []
        while numbers:
            doc = self.doc_of(numbers[0])
            assert doc is not None  # noqa: S101 - a group has only places of documents
            text = self.original(doc)
            marks = {mark.place: mark for mark in marks_of(doc)}
            while numbers and numbers[0] <= doc["last"]:
                found.append(self._place(marks[numbers.pop(0)], owner, doc, text))
        return found

    def _place(self, mark: Mark, group: sqlite3.Row, doc: sqlite3.Row, text: str | None) -> dict[str, Any]:
        """A place as the page shows it."""
        judged = self.judged(mark.place)
        before, after = self.texts_of(mark, group)
        left = right = None
        if text is not None:
            left = visible(text[max(0, mark.start - _AROUND) : mark.start], in_line=True)
            right = visible(text[mark.end : mark.end + _AROUND], in_line=True)
        return {
            "id": mark.place, "doc": doc["id"], "doc_id": doc["doc_id"], "file": doc["file"],
            "line": doc["line"], "outlet": doc["outlet"], "kind": mark.kind, "confidence": mark.confidence,
            "left": left, "right": right, "before": visible(before, 300), "after": visible(after, 300),
            "state": judged["state"] if judged else None, "value": judged["value"] if judged else None,
            "conflict": bool(judged and judged["conflict"]),
        }  # fmt: skip

    def doc(self, number: int) -> sqlite3.Row | None:
        """A document by its number in the log, from 0."""
        row: sqlite3.Row | None = self.db.execute("select * from docs where id = ?", [number]).fetchone()
        return row

    def doc_of(self, place: int) -> sqlite3.Row | None:
        """The document of a place."""
        # One without places ends where the one before it does, and has a later id.
        row: sqlite3.Row | None = self.db.execute(
            "select * from docs where last >= ? order by last, id limit 1", [place]
        ).fetchone()
        return row

    def judged(self, place: int) -> sqlite3.Row | None:
        """What was decided on one place alone."""
        row: sqlite3.Row | None = self.db.execute(
            "select state, value, conflict from judged_places where place = ?", [place]
        ).fetchone()
        return row

    def texts_of(self, mark: Mark, group: sqlite3.Row) -> tuple[str, str]:
        """What was at a place, and what the rules write there."""
        if group["shape"] is None:
            return group["before"], group["after"]
        before, after = self.db.execute(
            "select before, after from place_texts where place = ?", [mark.place]
        ).fetchone()
        return before, after

    def marks_in(self, doc: sqlite3.Row) -> Iterator[tuple[Mark, sqlite3.Row, str, str]]:
        """The places of a document as in the log, with group, what was there, and what is proposed."""
        groups: dict[int, sqlite3.Row] = {}
        for mark in marks_of(doc):
            if mark.group not in groups:
                groups[mark.group] = self._group(mark.group)
            group = groups[mark.group]
            yield mark, group, *self.texts_of(mark, group)

    def original(self, doc: sqlite3.Row) -> str | None:
        """The original text of a document, checked by its sha256; None if it was not found."""
        if doc["path"] is None:
            return None
        place = Place(doc["path"], doc["offset"], doc["size"], doc["form"])
        text = read_text(place, self._text_field)
        if text is None:
            return None
        digest = sha256(text)
        if digest == doc["original"]:
            return text
        if digest != doc["cleaned"]:
            return None
        pieces = (
            (mark.cleaned_start, mark.cleaned_end, before)
            for mark, _, before, _ in self.marks_in(doc)
            if mark.kind == CHANGE
        )
        original = splice(text, pieces)
        return original if sha256(original) == doc["original"] else None

    def document(self, number: int) -> dict[str, Any] | None:
        """A document in pieces: what stays, and each change with what it removes and inserts.

        None if there is no such document. A suggestion that overlaps a change is left out.
        """
        row = self.doc(number)
        if row is None:
            return None
        document = {"id": number, "doc_id": row["doc_id"], "file": row["file"], "line": row["line"],
                    "outlet": row["outlet"], "path": row["path"]}  # fmt: skip
        text = self.original(row)
        changes = self.changes_of(row)
        if text is None:
            return {**document, "pieces": None, "changes": changes}
        pieces: list[dict[str, Any]] = []
        position = 0
        for change in changes:
            if change["start"] < position:
                continue
            if change["start"] > position:
                pieces.append({"text": visible(text[position : change["start"]], in_text=True)})
            pieces.append({"change": change})
            position = change["end"]
        if position < len(text):
            pieces.append({"text": visible(text[position:], in_text=True)})
        return {**document, "pieces": pieces, "changes": None}

    def changes_of(self, doc: sqlite3.Row) -> list[dict[str, Any]]:
        """The changes and suggestions of a document, disjoint and in order."""
        taken: list[tuple[int, int]] = []
        found = []
        marks = sorted(self.marks_in(doc), key=lambda item: (item[0].kind, item[0].start))
        for mark, group, before, after in marks:
            span = mark.start, mark.end
            if mark.kind != CHANGE and any(overlaps(*span, *other) for other in taken):
                continue
            taken.append(span)
            judged = self.judged(mark.place)
            found.append(
                {
                    "id": mark.place, "group": mark.group, "rule": group["rule"], "reason": group["reason"],
                    "confidence": mark.confidence, "kind": mark.kind, "start": span[0], "end": span[1],
                    "before": visible(before), "after": visible(after),
                    "state": judged["state"] if judged else group["state"],
                    "single": judged["state"] if judged else None,
                    "value": judged["value"] if judged else group["value"],
                }
            )  # fmt: skip
        return sorted(found, key=lambda item: (item["start"], item["end"]))

    def change_of(self, place: int) -> tuple[Change, sqlite3.Row] | None:
        """A place as the `Change` that the rules made, and its document."""
        doc = self.doc_of(place)
        if doc is None or place < 1:
            return None
        mark = marks_of(doc)[place - doc["first"]]
        group = self._group(mark.group)
        return change_at(mark, group, *self.texts_of(mark, group)), doc

    def _group(self, number: int) -> sqlite3.Row:
        """The group of a place."""
        row = group_row(self.db, number)
        assert row is not None  # noqa: S101 - a place is one of a group
        return row


def marks_of(doc: sqlite3.Row) -> list[Mark]:
    """The places of a document in the order of the log: what was changed, then what was suggested."""
    return unpacked(doc["marks"], doc["id"], doc["first"], doc["changes"])


def change_at(mark: Mark, group: sqlite3.Row, before: str, after: str) -> Change:
    """A place as the `Change` that the rules made: where it stands, and what decides its id."""
    return Change(mark.start, mark.end, 0, 0, before, after, group["rule"], "", 0.0, ())

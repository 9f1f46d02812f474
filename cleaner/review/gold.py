"""What was judged as gold: for each document the judged places, and what each should be.

A place that was judged by its group and one that was judged alone count alike. Places nobody judged are
left out: they say nothing, neither for nor against a change there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from cleaner.review.documents import Documents
from cleaner.review.marks import page_of
from cleaner.review.store import CHANGE

SCHEMA = "cleaner.gold/1"


def gold_rows(documents: Documents) -> Iterator[dict[str, Any]]:
    """One row a document with a judged place: its text (null if it was not found) and the judgements.

    ``right`` says whether the proposal was; ``gold`` is what should stand in place of ``before``: the
    proposal, what the reviewer wrote instead, or ``before`` itself. Offsets are code points of the original
    text, half-open.
    """
    places = _judged(documents.db)
    at = 0
    while at < len(places):
        doc = documents.doc_of(places[at])
        assert doc is not None  # noqa: S101 - a judged place is one of a document
        judged = []
        for mark, group, before, after in documents.marks_in(doc):
            if at == len(places) or mark.place != places[at]:
                continue
            at += 1
            alone = documents.judged(mark.place)
            verdict, written = (alone or group)["state"], (alone or group)["value"]
            gold = {"accept": after, "replace": written}.get(verdict, before)
            judged.append(
                {
                    "start": mark.start, "end": mark.end, "before": before, "after": after,
                    "rule": group["rule"], "confidence": mark.confidence, "applied": mark.kind == CHANGE,
                    "right": verdict == "accept", "gold": gold,
                }
            )  # fmt: skip
        judged.sort(key=lambda item: (item["start"], item["end"]))
        yield _document(documents, doc, judged)


def _judged(db: sqlite3.Connection) -> list[int]:
    """The numbers of all judged places, in order."""
    places = {row[0] for row in db.execute("select place from judged_places")}
    rows = db.execute(
        "select places from group_places where grp in (select id from groups where state is not null)"
    )
    for row in rows:
        places.update(page_of(row[0]))
    return sorted(places)


def _document(documents: Documents, doc: sqlite3.Row, judged: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schema": SCHEMA, "doc_id": doc["doc_id"], "file": doc["file"], "line": doc["line"],
        "outlet": doc["outlet"], "sha256": doc["original"], "text": documents.original(doc), "judged": judged,
    }  # fmt: skip

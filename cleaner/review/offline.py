"""The review page as one file: no server, no network, opened from disk, mailed, kept.

It holds the most frequent groups with some of their places and the documents around them. Decisions made
in it stay in the browser until they are downloaded as a decisions file.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from cleaner.review.documents import Documents
from cleaner.review.filters import Filter
from cleaner.review.groups import Groups, group_row
from cleaner.review.page_files import make_page
from cleaner.review.store import ORDERS, log_name, meta_of


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a log goes into the file."""

    groups: int = 2000
    places: int = 5
    """Places of a group."""
    documents: int = 100


def report_page(db: sqlite3.Connection, language: str | None, size: Size) -> str:
    """The page with the data of a log in it."""
    groups, documents = Groups(db), Documents(db)
    listed: list[dict[str, Any]] = []
    after = -1
    while len(listed) < size.groups:
        page = groups.page(Filter(state="all"), after, min(500, size.groups - len(listed)))
        if not page:
            break
        listed += page
        after = page[-1]["rank"]
    details: dict[int, dict[str, Any]] = {}
    wanted: dict[int, None] = {}
    for group in listed:
        places = documents.places(group["id"], limit=size.places)
        for place in places:
            if len(wanted) < size.documents:
                wanted.setdefault(place["doc"])
        row = group_row(db, group["id"])
        assert row is not None  # noqa: S101 - it was just listed
        exact = {key: row[key] for key in ("rule", "before", "after", "shape")}
        ranks = {order: row[f"by_{order}"] for order in ORDERS}
        details[group["id"]] = {
            "places": [{**place, "key": _place_key(documents, place["id"])} for place in places],
            "outlets": groups.outlets_of(group["id"]),
            "key": exact,
            "ranks": ranks,
        }
    total, number = groups.count(Filter(state="all"))
    data = {
        "language": language or meta_of(db)["language"],
        "offline": {
            **groups.filters(),
            "log": log_name(db),
            "groups": listed,
            "details": details,
            "documents": {doc: _document(documents, doc) for doc in wanted},
            "total": total,
            "number": number,
        },
    }
    page_html, _ = make_page(data, offline=True)
    return page_html


def _document(documents: Documents, number: int) -> dict[str, Any] | None:
    """A document whose changes can be decided on."""
    document = documents.document(number)
    if document is not None:
        pieces = document["pieces"] or []
        for change in document["changes"] or [piece["change"] for piece in pieces if "change" in piece]:
            change["key"] = _place_key(documents, change["id"])
    return document


def _place_key(documents: Documents, place: int) -> dict[str, Any]:
    """What a decision on one place must hold."""
    found = documents.change_of(place)
    if found is None:  # pragma: no cover - the place was just read
        raise LookupError(place)
    change, row = found
    return {"doc_id": row["doc_id"], "sha256": row["original"], "change_id": change.id,
            "before": change.before, "after": change.after}  # fmt: skip

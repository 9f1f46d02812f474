"""The review page as one file: no server, no network, opened from disk, mailed, kept.

It holds the most frequent groups with some of their places and the documents around them. Decisions made
in it stay in the browser until they are downloaded as a decisions file.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from cleaner.review.page_files import make_page
from cleaner.review.queries import Filter, Queries, log_name


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a log goes into the file."""

    groups: int = 2000
    places: int = 5
    """Places of a group."""
    documents: int = 100


def report_page(db: sqlite3.Connection, language: str | None, size: Size) -> str:
    """The page with the data of a log in it."""
    queries = Queries(db)
    groups: list[dict[str, Any]] = []
    after = -1
    while len(groups) < size.groups:
        page = queries.groups(Filter(state="all"), after, min(500, size.groups - len(groups)))
        if not page:
            break
        groups += page
        after = page[-1]["rank"]
    details: dict[int, dict[str, Any]] = {}
    wanted: dict[int, None] = {}
    for group in groups:
        places = queries.places(group["id"], limit=size.places)
        for place in places:
            if len(wanted) < size.documents:
                wanted.setdefault(place["doc"])
        row = queries.db.execute("select * from groups where id = ?", [group["id"]]).fetchone()
        exact = {key: row[key] for key in ("rule", "before", "after", "shape")}
        ranks = {order: row[f"by_{order}"] for order in ("count", "doubt", "rule", "chance")}
        details[group["id"]] = {
            "places": [{**place, "key": _place_key(queries, place["id"])} for place in places],
            "outlets": queries.outlets_of(group["id"]),
            "key": exact,
            "ranks": ranks,
        }
    total, number = queries.count(Filter(state="all"))
    data = {
        "language": language or queries.meta["language"],
        "offline": {
            **queries.filters(),
            "log": log_name(queries.meta),
            "groups": groups,
            "details": details,
            "documents": {doc: _document(queries, doc) for doc in wanted},
            "total": total,
            "number": number,
        },
    }
    page_html, _ = make_page(data, offline=True)
    return page_html


def _document(queries: Queries, number: int) -> dict[str, Any] | None:
    """A document whose changes can be decided on."""
    document = queries.document(number)
    if document is not None:
        pieces = document["pieces"] or []
        for change in document["changes"] or [piece["change"] for piece in pieces if "change" in piece]:
            change["key"] = _place_key(queries, change["id"])
    return document


def _place_key(queries: Queries, place: int) -> dict[str, Any]:
    """What a decision on one place must hold."""
    found = queries.change_of(place)
    if found is None:  # pragma: no cover - the place was just read
        raise LookupError(place)
    change, row = found
    return {"doc_id": row["doc_id"], "sha256": row["original"], "change_id": change.id,
            "before": change.before, "after": change.after}  # fmt: skip

"""What was judged as gold: for each document the judged places, and what each should be.

A place that was judged by its group and one that was judged alone count alike. Places nobody judged are
left out: they say nothing, neither for nor against a change there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.review.queries import Queries
from cleaner.review.store import CHANGE

SCHEMA = "cleaner.gold/1"


def gold_rows(queries: Queries) -> Iterator[dict[str, Any]]:
    """One row a document with a judged place: its text (null if it was not found) and the judgements.

    ``right`` says whether the proposal was; ``gold`` is what should stand in place of ``before``: the
    proposal, what the reviewer wrote instead, or ``before`` itself. Offsets are code points of the original
    text, half-open.
    """
    rows = queries.db.execute(
        "select p.*, coalesce(p.before, g.before) was, coalesce(p.after, g.after) proposed, g.rule, "
        "coalesce(j.state, g.state) verdict, case when j.state is null then g.value else j.value end written "
        "from places p join groups g on g.id = p.grp left join judged_places j on j.place = p.id "
        "where coalesce(j.state, g.state) is not null order by p.doc, p.start, p.end"
    ).fetchall()
    doc, judged = -1, []  # type: int, list[dict[str, Any]]
    for row in rows:
        if row["doc"] != doc:
            if judged:
                yield _document(queries, doc, judged)
            doc, judged = row["doc"], []
        gold = {"accept": row["proposed"], "replace": row["written"]}.get(row["verdict"], row["was"])
        judged.append(
            {
                "start": row["start"], "end": row["end"], "before": row["was"], "after": row["proposed"],
                "rule": row["rule"], "confidence": row["confidence"], "applied": row["kind"] == CHANGE,
                "right": row["verdict"] == "accept", "gold": gold,
            }
        )  # fmt: skip
    if judged:
        yield _document(queries, doc, judged)


def _document(queries: Queries, doc: int, judged: list[dict[str, Any]]) -> dict[str, Any]:
    row = queries.db.execute(
        "select doc_id, file, line, original, outlet from docs where id=?", [doc]
    ).fetchone()
    return {
        "schema": SCHEMA, "doc_id": row["doc_id"], "file": row["file"], "line": row["line"],
        "outlet": row["outlet"], "sha256": row["original"], "text": queries.original(doc), "judged": judged,
    }  # fmt: skip

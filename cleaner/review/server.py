"""The server of the review page: on 127.0.0.1, for one reviewer with a token.

What may ask: a browser on this machine that was given the token, from the page itself. The Host header
must be ours, or a foreign name that was made to point here (DNS rebinding) could read the corpus; a
request from another site is refused by Origin and Sec-Fetch-Site; everything but the empty page needs
the token, which comes after the # of the address and so is in no log.

Only this module needs Starlette and uvicorn (the extra "review").
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from cleaner.corpus.files import OutputError
from cleaner.review.filters import Filter
from cleaner.review.gold import gold_rows
from cleaner.review.page_files import make_page
from cleaner.review.session import Session
from cleaner.review.store import log_name, meta_of

LARGEST_BODY = 64 * 1024
"""Bytes of a request; a decision has a few hundred."""
_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}

Handler = Callable[[dict[str, Any]], Any]


class Guard:
    """Refuses what does not come from the page itself; in front of everything else."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self.app = app
        self.hosts: set[str] = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.token: bytes = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 403."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        reason = "kind" if scope["type"] != "http" else self._reason(scope)
        if reason is None:
            await self.app(scope, receive, send)
        else:
            await _answer({"error": f"refused: {reason}"}, 403)(scope, receive, send)

    def _reason(self, scope: Scope) -> str | None:
        headers: dict[str, str] = {}
        for raw, value in scope["headers"]:
            name: str = raw.decode("latin-1").lower()
            if name in headers and name in ("host", "origin", "x-token", "sec-fetch-site"):
                return name
            headers[name] = value.decode("latin-1")
        if headers.get("host") not in self.hosts:
            return "host"
        if "origin" in headers and headers["origin"] not in {f"http://{host}" for host in self.hosts}:
            return "origin"
        if scope["path"] == "/":  # empty: it holds no data
            return None
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "site"
        if not secrets.compare_digest(headers.get("x-token", "").encode(), self.token):
            return "token"
        return None


def make_app(session: Session, port: int, token: str, language: str | None = None) -> ASGIApp:
    """The application for one review."""
    routes = [Route("/", _page(session, language))]
    for path, handler in _Api(session).routes().items():
        method = "POST" if path in _WRITES else "GET"
        routes.append(Route(f"/api/{path}", _endpoint(handler, method), methods=[method]))
    return Guard(Starlette(routes=routes), port, token)


_WRITES = ("decide", "decide-many", "undo")


def _page(session: Session, language: str | None) -> Callable[[Request], Awaitable[Response]]:
    data = {"language": language or meta_of(session.db)["language"]}

    async def page(_: Request) -> Response:
        html, policy = make_page(data, offline=False)
        headers = {**_HEADERS, "content-security-policy": policy + "; frame-ancestors 'none'"}
        return Response(html, headers=headers, media_type="text/html")

    return page


def _answer(value: Any, status: int = 200) -> Response:
    if isinstance(value, Response):
        return value
    return Response(msgspec.json.encode(value), status, headers=_HEADERS, media_type="application/json")


def _endpoint(handler: Handler, method: str) -> Callable[[Request], Awaitable[Response]]:
    """A handler of plain values as an endpoint; what is wrong with a request is said in its answer."""

    async def endpoint(request: Request) -> Response:
        try:
            if method == "POST":
                values = await _body(request)
            else:
                values = dict(parse_qsl(request.url.query, keep_blank_values=True))
            return _answer(handler(values))
        except _TooLargeError:
            return _answer({"error": "the request is too large"}, 413)
        except KeyError as error:
            return _answer({"error": f"missing: {error}"}, 400)
        except LookupError as error:
            return _answer({"error": f"not found: {error}"}, 404)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            return _answer({"error": str(error)}, 400)
        except sqlite3.Error as error:  # the working copy was removed or is on a full disk
            return _answer({"error": f"the working copy fails: {error}; start the review again"}, 500)
        except OutputError as error:  # the disk is full: the page must say so, not go on
            return _answer({"error": str(error)}, 507)

    return endpoint


class _TooLargeError(Exception):
    """A body of more than LARGEST_BODY bytes."""


async def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise ValueError("the body must be application/json")
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > LARGEST_BODY:
            raise _TooLargeError
    values = json.loads(data)
    if not isinstance(values, dict):
        raise ValueError("the body must be a JSON object")
    return values


class _Api:
    """What the page asks for, as functions of plain values."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def routes(self) -> dict[str, Handler]:
        """The handlers by path."""
        return {
            "start": self.start,
            "groups": self.groups,
            "count": self.count,
            "group": self.group,
            "places": self.places,
            "document": self.document,
            "rules": lambda _: self.session.groups.by_rule(),
            "export": self.export,
            "decide": self.decide,
            "decide-many": self.decide_many,
            "undo": self.undo,
        }

    def start(self, _: dict[str, Any]) -> dict[str, Any]:
        """What the page needs once."""
        return {
            **self.session.groups.filters(),
            "log": log_name(self.session.db),
            "who": self.session.who,
            "file": str(self.session.file.path),
            "missing": msgspec.json.decode(meta_of(self.session.db)["missing"]),
            "progress": self.session.progress(),
        }

    def groups(self, values: dict[str, Any]) -> dict[str, Any]:
        """A page of the list."""
        return {"groups": self.session.groups.page(Filter.of(values), int(values.get("after", -1)))}

    def count(self, values: dict[str, Any]) -> dict[str, Any]:
        """How much a filter shows."""
        groups, number = self.session.groups.count(Filter.of(values))
        return {"groups": groups, "number": number}

    def group(self, values: dict[str, Any]) -> dict[str, Any]:
        """One group with its outlets and what each reviewer said, and the first page of its places."""
        number = int(values["id"])
        group = self.session.groups.get(number)
        if group is None:
            raise LookupError("no such group")
        return {
            "group": group,
            "outlets": self.session.groups.outlets_of(number),
            "votes": self.session.votes(number),
            "places": self.session.documents.places(number),
        }

    def places(self, values: dict[str, Any]) -> dict[str, Any]:
        """A further page of places."""
        return {"places": self.session.documents.places(int(values["id"]), int(values.get("after", 0)))}

    def document(self, values: dict[str, Any]) -> dict[str, Any]:
        """A whole document."""
        found = self.session.documents.document(int(values["id"]))
        if found is None:
            raise LookupError("no such document")
        return found

    def export(self, values: dict[str, Any]) -> Response:
        """The decisions, or the judged changes as gold, to be saved."""
        if values.get("what") == "gold":
            data = b"".join(msgspec.json.encode(row) + b"\n" for row in gold_rows(self.session.documents))
        else:
            data = self.session.file.path.read_bytes()
        return Response(data, headers=_HEADERS, media_type="application/jsonl")

    def decide(self, values: dict[str, Any]) -> dict[str, Any]:
        """Decide on a group, its word, its rule, or one place."""
        value = values.get("value")
        note = values.get("note") or ""
        if not isinstance(note, str) or not (value is None or isinstance(value, str)):
            raise ValueError("value and note must be strings")
        if any("\ud800" <= char <= "\udfff" for char in note + (value or "")):
            raise ValueError("a lone surrogate is no text")
        groups = self.session.decide(values["scope"], int(values["id"]), values["decision"], value, note)
        return self._decided(groups)

    def decide_many(self, values: dict[str, Any]) -> dict[str, Any]:
        """Decide on all that a filter shows, if that is as many as the reviewer was told."""
        ids = self.session.groups.ids(Filter.of(values["filter"]))
        if len(ids) != values["expected"]:
            raise ValueError(f"there are {len(ids)} groups now, not {values['expected']}; look again")
        return self._decided(self.session.decide_many(ids, values["decision"]))

    def undo(self, _: dict[str, Any]) -> dict[str, Any]:
        """Take the last decision back."""
        groups = self.session.undo()
        return {**self._decided(groups or []), "done": groups is not None}

    def _decided(self, groups: list[dict[str, Any]]) -> dict[str, Any]:
        return {"groups": groups, "progress": self.session.progress()}

"""The service as an ASGI application: ``POST /clean``, ``POST /explain``, ``GET /health``.

Errors are problem details (RFC 9457). Texts are never logged. Start reading at `create_app`.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cleaner import __version__
from cleaner.config import Config
from cleaner.engine import Cleaner
from cleaner.service.openapi import document
from cleaner.service.workers import Pool, TooLateError, WorkerDiedError

# With an answer that comes before the whole body has, so that the server reads no more of it.
_CLOSE = {"Connection": "close"}

_HEADERS = (
    (b"cache-control", b"no-store"),  # what is sent here is nobody else's business
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
_LONGEST_NUMBER = 18  # digits of a Content-Length; Python refuses to read numbers of thousands of digits

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class CleanRequest(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The body of a request. Settings as in `Config`, those left out are the server's.

    ``rules`` and ``ignore_patterns`` are not among them: a client must not name folders of the server,
    nor send it regular expressions.
    """

    text: str
    profile: str | msgspec.UnsetType = msgspec.UNSET
    strength: str | msgspec.UnsetType = msgspec.UNSET
    select: list[str] | msgspec.UnsetType = msgspec.UNSET
    ignore: list[str] | msgspec.UnsetType = msgspec.UNSET
    ignore_words: list[str] | msgspec.UnsetType = msgspec.UNSET
    min_confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] | msgspec.UnsetType = msgspec.UNSET
    outlet: str | msgspec.UnsetType = msgspec.UNSET
    language: str | msgspec.UnsetType = msgspec.UNSET


def create_app(
    config: Config | None = None,
    *,
    token: str | None = None,
    local: bool = True,
    workers: int = 1,
    max_bytes: int = 1_000_000,
    timeout: float = 30.0,
) -> Starlette:
    """The application.

    ``token``: what the header "Authorization: Bearer ..." must hold, if given. ``local``: answer only
    to requests for this machine by name, so that no web page can reach the service through a domain of
    its own (DNS rebinding). ``max_bytes``: largest body. ``timeout``: seconds for reading it, and again
    for cleaning. Raises ConfigError for wrong settings.
    """
    cleaner = Cleaner(config)
    cleaner.check()
    pool = Pool(cleaner.config, workers, timeout)
    health_body = {"status": "ok", "version": __version__, "fingerprint": cleaner.fingerprint}
    openapi_body = document(cleaner, max_bytes, secured=token is not None)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.stop()

    async def health(_: Request) -> Response:
        return JSONResponse(health_body)

    async def openapi(_: Request) -> Response:
        return JSONResponse(openapi_body)

    async def answer(request: Request) -> Response:
        _authorize(request, token)
        asked = _parse(await _body(request, max_bytes, timeout))
        settings = msgspec.structs.asdict(asked)
        text = settings.pop("text")
        settings = {key: value for key, value in settings.items() if value is not msgspec.UNSET}
        try:
            reply = await pool.run(request.url.path.rpartition("/")[2], text, settings)
        except TooLateError as error:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, str(error), {"Retry-After": "5"}) from error
        except WorkerDiedError as error:
            detail = "the process that cleaned this text died; is there enough memory?"
            raise HTTPException(HTTPStatus.INTERNAL_SERVER_ERROR, detail) from error
        if reply.status != HTTPStatus.OK:
            raise HTTPException(reply.status, reply.body.decode("utf-8"))
        return Response(reply.body, media_type="application/json")

    app = Starlette(
        routes=[
            Route("/clean", answer, methods=["POST"]),
            Route("/explain", answer, methods=["POST"]),
            Route("/health", health),
            Route("/openapi.json", openapi),
        ],
        lifespan=lifespan,
        exception_handlers={HTTPException: _problem, Exception: _bug},
    )
    if local:
        app.add_middleware(_LocalOnly)
    app.add_middleware(_WithHeaders)
    return app


def _authorize(request: Request, token: str | None) -> None:
    if token is None:
        return
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    # Headers are decoded as Latin-1. Compared in a time that does not depend on how much is right.
    right = hmac.compare_digest(given.encode("latin-1"), token.encode("utf-8"))
    if scheme.lower() != "bearer" or not right:
        raise HTTPException(
            HTTPStatus.UNAUTHORIZED,
            "send the service's token in the header: Authorization: Bearer TOKEN",
            {"WWW-Authenticate": "Bearer", **_CLOSE},
        )


async def _body(request: Request, max_bytes: int, timeout: float) -> bytes:
    """The body, read no further than it is allowed to be long."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "send JSON, with the header Content-Type: application/json",
            _CLOSE,
        )
    too_large = HTTPException(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"the body may have {max_bytes:,} bytes; send a shorter text, or start the server with a higher "
        "--max-bytes",
        _CLOSE,
    )
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and (len(length) > _LONGEST_NUMBER or int(length) > max_bytes):
        raise too_large
    body = bytearray()

    async def read() -> None:
        async for chunk in request.stream():
            body.extend(chunk)
            if len(body) > max_bytes:
                raise too_large

    try:
        await asyncio.wait_for(read(), timeout)
    except asyncio.TimeoutError as error:
        detail = "the body did not arrive in time"
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, detail, _CLOSE) from error
    return bytes(body)


def _parse(body: bytes) -> CleanRequest:
    """Raises HTTPException: 400 for what is no JSON, 422 for JSON of another shape."""
    try:
        return msgspec.json.decode(body, type=CleanRequest)
    except msgspec.ValidationError as error:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"{error}; see /openapi.json") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the body is no JSON: {error}") from error


async def _problem(_: Request, error: Exception) -> Response:
    """RFC 9457: the status in words, and what to do about it."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what Starlette promises
    title = HTTPStatus(error.status_code).phrase
    return JSONResponse(
        {"title": title, "status": error.status_code, "detail": error.detail},
        error.status_code,
        error.headers,
        "application/problem+json",
    )


async def _bug(request: Request, _: Exception) -> Response:
    detail = "this is a bug; please report it with the lines in the server's log"
    return await _problem(request, HTTPException(HTTPStatus.INTERNAL_SERVER_ERROR, detail))


class _WithHeaders:
    """Adds to every answer what keeps browsers and caches from doing more with it than was asked."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_HEADERS]}
            await send(message)

        await self.app(scope, receive, with_headers)


class _LocalOnly:
    """Refuses requests that name another host than this machine."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
            host = hosts[0] if len(hosts) == 1 else ""  # of two, the next program may believe the other
            name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
            if name.lower() not in _LOOPBACK:
                refusal = HTTPException(HTTPStatus.FORBIDDEN, "this service answers to localhost only")
                await (await _problem(Request(scope), refusal))(scope, receive, send)
                return
        await self.app(scope, receive, send)

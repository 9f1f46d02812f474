"""``cleaner serve``: the cleaner as an HTTP service."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from cleaner.commands.options import config_options, load_settings, say
from cleaner.errors import CleanerError, InputError, MissingExtraError

_LOCAL = ("127.0.0.1", "::1", "localhost")
_SHORTEST = 16
"""Characters of a token. Nothing limits how often one can be guessed, so it must not be guessable."""
_HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free."
)
@click.option(
    "--token-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File with the token that requests must show; else the variable CLEANER_TOKEN.",
)
@click.option(
    "--max-bytes", type=click.IntRange(min=1), default=1_000_000, show_default=True, help="Of a body."
)
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Seconds a request."
)
@click.option(
    "-j", "workers", metavar="N", type=click.IntRange(min=1), default=1, help="Clean N texts at a time."
)
@config_options
def serve(
    host: str,
    port: int,
    token_file: Path | None,
    max_bytes: int,
    timeout: float,
    workers: int,
    **options: Any,
) -> None:
    """Answer POST /clean, POST /explain and GET /health over HTTP, until Ctrl-C or SIGTERM.

    /openapi.json describes the requests. Only this machine can reach the service, unless --host says
    otherwise; then a token is required.
    """
    try:
        import uvicorn

        from cleaner.service.app import create_app
    except ImportError as error:
        raise MissingExtraError("starlette or uvicorn", "serve") from error
    config = load_settings(**options).config
    token = _token(token_file)
    local = host in _LOCAL
    if not local and not token:
        raise click.UsageError(
            f"--host {host} opens the service to other machines, so it needs a token: put one into the "
            f"variable CLEANER_TOKEN or name a --token-file. {_HOW_TO_MAKE_ONE} makes one"
        )
    if token and len(token) < _SHORTEST:
        raise InputError(
            f"the token has {len(token)} characters, and must have {_SHORTEST}; {_HOW_TO_MAKE_ONE} makes one"
        )
    app = create_app(config, token=token, local=local, workers=workers, max_bytes=max_bytes, timeout=timeout)
    with _listen(host, port) as sock:
        name = f"[{host}]" if ":" in host else host
        say(f"listening on http://{name}:{sock.getsockname()[1]}; stop with Ctrl-C")
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                limit_concurrency=64 + 16 * workers,  # beyond it: 503 at once
                timeout_graceful_shutdown=int(2 * timeout) + 1,
            )
        )
        # uvicorn ends what is under way and then raises the signal again: that is the end, and no error.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        try:
            server.run(sockets=[sock])
        except SystemExit as end:
            if server.started or not end.code:
                raise  # by _stop
        if not server.started:
            raise CleanerError("the service did not start; the reason is above")


def _stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001 - the signature of a handler
    say("stopped")
    sys.exit(0)


def _token(file: Path | None) -> str | None:
    """The token, from the file or the environment. Not from an option: everyone can list processes."""
    if file is None:
        return os.environ.get("CLEANER_TOKEN", "").strip() or None
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"--token-file: cannot read {file}: {error}") from error
    if not token:
        raise InputError(f"--token-file: {file} is empty; {_HOW_TO_MAKE_ONE} > {file} makes a token")
    return token


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise InputError(
            f"cannot listen on {host}, port {port}: {os.strerror(error.errno) if error.errno else error}; "
            "choose another --port or --host"
        ) from error

"""``cleaner review`` and ``cleaner report``: judging the changes of a log in a browser."""

from __future__ import annotations

import getpass
import os
import secrets
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import Any

import click

from cleaner.commands.options import put, say
from cleaner.corpus.files import STANDARD, display_name, open_output, write_all
from cleaner.errors import InputError, MissingExtraError

_PATH = click.Path(path_type=Path)
log_argument = click.argument("log", metavar="LOG", type=_PATH)
text_option = click.option(
    "--text", metavar="FILE|DIR", type=_PATH, help="Where the documents are, if not where they were."
)
outlet_option = click.option("--outlet-field", metavar="FIELD", help="JSONL: the field with the outlet.")
language_option = click.option("--language", type=click.Choice(["id", "en"]), help="Language of the page.")


@click.command()
@log_argument
@click.option(
    "--decisions", metavar="FILE", type=_PATH, help="Where decisions are kept [decisions.jsonl beside LOG]."
)
@click.option("--also", metavar="FILE", type=_PATH, multiple=True, help="Decisions of another reviewer.")
@text_option
@outlet_option
@click.option("--who", metavar="NAME", help="Your name in the decisions [the user's name].")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=0, help="Port [a free one].")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@language_option
def review(
    log: Path,
    decisions: Path | None,
    also: tuple[Path, ...],
    text: Path | None,
    outlet_field: str | None,
    who: str | None,
    port: int,
    no_browser: bool,
    language: str | None,
) -> None:
    """Judge the changes in LOG, a change log or the folder of a run, in the browser.

    Serves a page to this machine only. Each decision is appended to the decisions file at once;
    `cleaner clean --decisions FILE` obeys them. End with Ctrl-C; the next time goes on where this ended.
    """
    try:
        import uvicorn

        from cleaner.review.server import make_app
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        raise MissingExtraError(error.name, "review") from error
    from cleaner.review.session import Session
    from cleaner.review.store import open_store

    _check_text(text)
    db = open_store(log, text, outlet_field)
    path = decisions or (log if log.is_dir() else log.parent) / "decisions.jsonl"
    session = Session(db, path, also, who or _user())
    _tell(session, path)
    token = secrets.token_urlsafe(24)
    with _listen(port) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/#t={token}"
        put(address + "\n")
        sys.stdout.flush()
        if not no_browser and _has_display():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(
            make_app(session, listener.getsockname()[1], token, language),
            log_level="warning", access_log=False, lifespan="off", ws="none", proxy_headers=False,
            server_header=False, timeout_graceful_shutdown=1, http="h11", loop="asyncio",
        )  # fmt: skip
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            pass
        finally:
            session.file.close()
            db.close()
    say(
        f"decisions are in {display_name(path)}; obey them with: "
        f"cleaner clean --decisions {display_name(path)}"
    )


def _check_text(text: Path | None) -> None:
    if text is not None and not text.exists():
        raise InputError(f"--text: {display_name(text)}: no such file or folder")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without a name for its user
        return "anonymous"


def _tell(session: Any, path: Path) -> None:
    size = session.size
    say(
        f"{size['groups']:,} groups, {size['changes']:,} changes, {size['suggestions']:,} suggestions; "
        f"{session.states.groups_judged:,} groups are judged in {display_name(path)}"
    )
    conflicts = session.decisions.conflicts()
    if conflicts:
        say(f"{len(conflicts):,} decisions of different reviewers are in conflict; the later ones count")
    say("the page is at this address; end with Ctrl-C:")


def _listen(port: int) -> socket.socket:
    """A socket that only this machine can reach."""
    # The protocol is named so that asyncio turns Nagle's algorithm off, which costs 40 ms a request.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
    except OSError as error:
        listener.close()
        raise InputError(f"--port {port}: cannot listen there: {error.strerror}") from error
    return listener


def _has_display() -> bool:
    """Is there a screen? Over ssh `webbrowser` would start a browser inside the terminal."""
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )


@click.command()
@log_argument
@click.option("--html", "output", metavar="OUT", type=_PATH, required=True, help='The page; "-" is stdout.')
@click.option("--decisions", metavar="FILE", type=_PATH, multiple=True, help="Show what was decided.")
@text_option
@outlet_option
@click.option("--groups", metavar="N", type=click.IntRange(min=1), default=2000, show_default=True,
              help="The most frequent groups.")  # fmt: skip
@click.option("--places", metavar="N", type=click.IntRange(min=1), default=5, show_default=True,
              help="Places of a group.")  # fmt: skip
@click.option("--documents", metavar="N", type=click.IntRange(min=0), default=100, show_default=True,
              help="Whole documents.")  # fmt: skip
@language_option
def report(
    log: Path,
    output: Path,
    decisions: tuple[Path, ...],
    text: Path | None,
    outlet_field: str | None,
    groups: int,
    places: int,
    documents: int,
    language: str | None,
) -> None:
    """Write the review page of LOG as one HTML file that needs no server and no network.

    What is decided in it can be downloaded as a decisions file. It holds text of the corpus.
    """
    from cleaner.decisions import Decisions
    from cleaner.review.offline import Size, report_page
    from cleaner.review.states import replay
    from cleaner.review.store import open_store

    _check_text(text)
    db = open_store(log, text, outlet_field)
    replay(db, Decisions.read(decisions))
    page = report_page(db, language, Size(groups, places, documents))
    db.close()
    with open_output(output) as out:
        write_all(out, page.encode("utf-8", "replace"))
    if output != STANDARD:
        say(f"{display_name(output)}: open it in a browser")

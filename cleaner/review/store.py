"""The working copy of a log: SQLite, so that millions of changes can be browsed at once.

Changes are grouped by pair (rule, before, after), removed boilerplate by rule and shape. The copy holds
nothing that cannot be made again from the log and the decisions; delete it whenever you like.

Groups have a rank in each order, so a page of the list is a walk along one index from where the last
page ended, whatever was decided in between.

Start reading at `open_store`.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cleaner.corpus.files import display_name
from cleaner.corpus.target import user_cache
from cleaner.errors import InputError
from cleaner.review.logs import find_logs, read_header

VERSION = 2
CHANGE, SUGGESTION = 0, 1
ORDERS = ("count", "doubt", "rule", "chance")

SCHEMA = """
create table meta(key text primary key, value text);
create table docs(
  id integer primary key, doc_id text, file text, line integer, original text, cleaned text, outlet text,
  path text, offset integer, size integer, form text, first integer, last integer, changes integer,
  marks blob);
create table groups(
  id integer primary key, rule text, before text, after text, shape text, reason text, alternatives text,
  changes integer, suggestions integer, low real, high real, docs integer, outlets integer, named text,
  by_count integer, by_doubt integer, by_rule integer, by_chance integer,
  own text, state text, value text, note text, conflict integer default 0,
  singles integer default 0, singles_right integer default 0);
create table group_places(grp integer primary key, places blob);
create table place_texts(place integer primary key, before text, after text);
create table outlet_groups(outlet text primary key, groups blob);
create table group_word(word text, grp integer);
create table judged_places(
  place integer primary key, grp integer, kind integer, state text, value text, conflict integer);
"""
"""``marks``, ``places`` and ``groups`` are packed: see `marks`."""
INDEXES = (
    "create index doc_hash on docs(original)",
    "create index doc_places on docs(last)",
    "create unique index group_pair on groups(before, after, rule, shape)",
    "create index group_shape on groups(rule, shape)",
    "create index group_judged on groups(state) where state is not null",
    "create index group_words on group_word(word)",
    "create index judged_groups on judged_places(grp)",
    *(f"create index order_{order} on groups(by_{order})" for order in ORDERS),
)


def open_store(
    log: Path, text: Path | None = None, outlet_field: str | None = None, cache: Path | None = None
) -> sqlite3.Connection:
    """The working copy of a log (a file, or the folder of a run), made anew if it is out of date.

    ``text`` is the file or folder with the documents, ``cache`` the file to keep the copy in; by default
    it lies beside the log. Raises InputError if there is no log, or it is damaged.
    """
    logs = find_logs(log)
    key = _key(logs, text, outlet_field)
    first = cache = cache or _cache_file(log)
    for number in range(2, 20):
        try:
            return _made(cache, key, logs, text, outlet_field)
        except _InUseError:  # a second reviewer at work on the same log gets a copy of their own
            cache = first.with_name(f"{first.stem}~{number}.sqlite")
    raise InputError(f"{display_name(log)}: too many reviews of this log are open")


def meta_of(db: sqlite3.Connection) -> dict[str, str]:
    """What a working copy says of its log: file names, field of the text, language, missing texts."""
    return dict(db.execute("select key, value from meta").fetchall())


def log_name(db: sqlite3.Connection) -> str:
    """The file name of the log, for the head of the page; of several all."""
    return ", ".join(Path(part).name for part in meta_of(db)["log"].split(", "))


class _InUseError(Exception):
    """Another process has this working copy open."""


def _made(
    cache: Path, key: str, logs: list[Path], text: Path | None, outlet_field: str | None
) -> sqlite3.Connection:
    from cleaner.review.importing import import_logs

    db = _opened(cache, key)
    if db is None:
        temporary = cache.with_name(cache.name + ".new")
        spool = cache.with_name(cache.name + ".texts")
        for old in (temporary, spool):
            old.unlink(missing_ok=True)
        try:
            import_logs(temporary, logs, text, outlet_field, spool, key)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        for suffix in ("-wal", "-shm"):
            cache.with_name(cache.name + suffix).unlink(missing_ok=True)
        temporary.replace(cache)
        db = _opened(cache, key)
        assert db is not None  # noqa: S101
    return db


def _cache_file(log: Path) -> Path:
    folder = log if log.is_dir() else log.parent
    name = "review.sqlite" if log.is_dir() else f"{log.name}.review.sqlite"
    with suppress(OSError), tempfile.TemporaryFile(dir=folder):
        return folder / name
    # Not in /tmp: there another user could lay a file of this name, and read what is written to it.
    cache = user_cache("reviews")
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = sha256(str(log.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return cache / f"{digest}.review.sqlite"


def _key(logs: list[Path], text: Path | None, outlet_field: str | None) -> str:
    parts: list[object] = [VERSION, sys.byteorder, str(text.resolve()) if text else "", outlet_field or ""]
    for path in logs:
        try:
            status = path.stat()
        except OSError:
            read_header(path)  # says what is wrong
            raise
        parts.append((str(path.resolve()), status.st_size, status.st_mtime_ns))
    return repr(parts)


def _opened(path: Path, key: str) -> sqlite3.Connection | None:
    """The copy if it is whole and of this log."""
    if not path.exists():
        return None
    db = sqlite3.connect(path, isolation_level=None, timeout=0.2)
    db.row_factory = sqlite3.Row
    try:
        # The copy can be made again: a kill must not harm it, a power failure may.
        db.executescript(
            "pragma locking_mode=exclusive; pragma journal_mode=wal; pragma synchronous=off; "
            "pragma cache_size=-65536;"
        )
        row = db.execute("select value from meta where key='key'").fetchone()
        db.execute("begin immediate")
        db.execute("rollback")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        db.close()
        raise _InUseError from error
    except sqlite3.DatabaseError:
        row = None
    if row is None or row[0] != key:
        db.close()
        return None
    return db

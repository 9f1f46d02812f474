"""Patterns that were compiled when the packs were: the engine's code, ready to be loaded.

To compile a pattern of a pack takes `regex` several milliseconds, to load its code a tenth of one, and
an article needs about twenty. So `python -m cleaner.rules.packs` keeps what a pattern pickles itself as
(https://docs.python.org/3/library/pickle.html#object.__reduce__), as JSON and not as a pickle, in
``patterns.json`` beside the packs.

The code belongs to one version of `regex`. With any other, and for a pattern that has changed since, the
pattern is compiled as usual. (`regex` may order the members of a set anew each time, so two files made
of the same packs need not be equal byte for byte.)
"""

from __future__ import annotations

import copyreg
import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import regex  # type: ignore[import-untyped]

PATTERNS = "patterns.json"


def key(source: str) -> str:
    """The name of a pattern in the file."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()[:16]


def stored(patterns: Iterable[regex.Pattern[str]]) -> str:
    """The text of the file for ``patterns`` of the installed `regex`."""
    import regex

    rows = {key(pattern.pattern): _row(pattern) for pattern in patterns}
    return json.dumps({"regex": regex.__version__, "patterns": rows}, indent=0, sort_keys=True) + "\n"


def _row(pattern: regex.Pattern[str]) -> str:
    """What ``pattern`` is rebuilt from but its source; JSON as well, read when it is needed."""
    _, (_, *rest) = _reduced(pattern)
    return json.dumps([_as_json(part) for part in rest], separators=(",", ":"))


def _as_json(part: Any) -> Any:
    if isinstance(part, bytes):
        return {"code": b64encode(part).decode("ascii")}
    if isinstance(part, dict):
        return {"dict": [*part.items()]}
    return {"tuple": part} if isinstance(part, tuple) else part


def _of_json(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    if "code" in part:
        return b64decode(part["code"])
    return dict(part["dict"]) if "dict" in part else tuple(part["tuple"])


@lru_cache(maxsize=2)
def _rows(path: Path) -> dict[str, str]:
    """The rows of a file, by key; none if it is absent or belongs to another version of `regex`."""
    import regex

    if not path.is_file():
        return {}
    table = json.loads(path.read_text(encoding="utf-8"))
    rows: dict[str, str] = table["patterns"]
    return rows if table["regex"] == regex.__version__ else {}


def load(source: str, folder: Path) -> regex.Pattern[str] | None:
    """The pattern of ``source`` from the file in ``folder``, or None if it has to be compiled."""
    import regex

    row = _rows(folder / PATTERNS).get(key(source))
    if row is None:
        return None
    rebuild, _ = _reduced(regex.compile(""))
    return rebuild(source, *map(_of_json, json.loads(row)))


def _reduced(pattern: regex.Pattern[str]) -> tuple[Any, tuple[Any, ...]]:
    """The function that makes ``pattern`` anew, and its arguments: the source, then the compiled code."""
    reduced: tuple[Any, tuple[Any, ...]] = copyreg.dispatch_table[type(pattern)](pattern)  # type: ignore[assignment]
    return reduced

"""Indonesian text cleaning and typo correction with an exact, reversible log of every change.

    import cleaner

    result = cleaner.clean("TRIBUNNEWS.COM - Beijing ingin lebih aktid.")
    result.text       # 'Beijing ingin lebih aktif.'
    result.changes    # what was changed, where, by which rule, why, and how sure it was

All offsets are Unicode code points, half-open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cleaner.config import Config
from cleaner.edits import Bilingual, Candidate, Change, Edit, Step
from cleaner.engine import Cleaner
from cleaner.errors import (
    ChangeMismatchError,
    CleanerError,
    ConfigError,
    DictionaryError,
    InputError,
    InvalidTextError,
    RulePackError,
)
from cleaner.replay import apply, revert
from cleaner.result import CleanResult, Suppressed
from cleaner.rules import all_rules
from cleaner.rules.base import Rule

try:
    from cleaner._version import __version__  # written at build time, from the git tag
except ImportError:  # a checkout that was never installed
    __version__ = "0"

__all__ = [
    "Bilingual",
    "Candidate",
    "Change",
    "ChangeMismatchError",
    "CleanResult",
    "Cleaner",
    "CleanerError",
    "Config",
    "ConfigError",
    "DictionaryError",
    "Edit",
    "InputError",
    "InvalidTextError",
    "Rule",
    "RulePackError",
    "Step",
    "Suppressed",
    "__version__",
    "apply",
    "clean",
    "revert",
    "rules",
]


def clean(text: str, profile: str = "news", **settings: Any) -> CleanResult:
    """Clean one text; ``settings`` are those of `Config`.

    Data are opened once for each combination of settings and kept. Raises InvalidTextError for a
    text that is no str or holds a lone surrogate, ConfigError for a wrong setting.
    """
    frozen = tuple((key, tuple(v) if isinstance(v, list) else v) for key, v in sorted(settings.items()))
    return _cleaner((("profile", profile), *frozen)).clean(text)


@lru_cache(maxsize=8)
def _cleaner(settings: tuple[tuple[str, Any], ...]) -> Cleaner:
    return Cleaner(Config.from_dict(dict(settings)))


def rules() -> list[Rule]:
    """Every rule that ships: id, stage, description in two languages, examples, default state."""
    return all_rules()

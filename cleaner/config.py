"""Settings: one frozen `Config`, where it is read from, and what the profiles and the dial mean.

Sources, the later one wins: defaults, `cleaner.toml` or `[tool.cleaner]` of `pyproject.toml` in the
nearest parent folder that has one, then what the caller says. An unknown key is an error, since a
misspelt setting that is silently ignored costs more than a failed start.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple

from cleaner.errors import ConfigError

Strength = Literal["precision", "balanced", "recall"]
Language = Literal["id", "en"]


class Profile(NamedTuple):
    """Which stages run, which rules that are off by default run too, and which only suggest."""

    stages: tuple[str, ...]
    adds: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()


PROFILES: Mapping[str, Profile] = {
    # Raw news articles: everything, but non-standard spelling (resiko) is the author's business.
    "news": Profile(("encoding", "boilerplate", "spacing", "typo"), suggests=("typo.nonstandard",)),
    # Only what can be repaired without knowing the language.
    "minimal": Profile(("encoding", "spacing")),
    # Text that never was a web page: no boilerplate to look for.
    "typos": Profile(("encoding", "spacing", "typo"), suggests=("typo.nonstandard",)),
    # As news, and non-standard spelling becomes standard by KBBI: resiko -> risiko.
    "baku": Profile(("encoding", "boilerplate", "spacing", "typo")),
    # Social media: slang and abbreviations are expanded as well: yg -> yang, bangettt -> banget.
    "informal": Profile(("encoding", "spacing", "typo"), adds=("slang",)),
}

THRESHOLDS: Mapping[Strength, Mapping[str, float]] = {
    "precision": {"encoding": 0.8, "boilerplate": 0.8, "spacing": 0.8, "typo": 0.9},
    "balanced": {"encoding": 0.5, "boilerplate": 0.5, "spacing": 0.5, "typo": 0.75},
    "recall": {"encoding": 0.3, "boilerplate": 0.3, "spacing": 0.3, "typo": 0.5},
}
"""Least confidence at which an edit of a stage is applied; below it is a suggestion. A wrong typo
correction destroys a right word, a wrong space does not: hence two scales."""


_FILES = ("corrections", "decisions")
"""Settings that are usually one file: a single name will do."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a `Cleaner`. Immutable, picklable; equal settings clean alike."""

    profile: str = "news"
    """One of `PROFILES`: news, minimal, typos, baku, informal."""
    strength: Strength = "balanced"
    """One dial for all thresholds: precision, balanced or recall."""
    select: tuple[str, ...] = ()
    """Run only these rules or families ("typo", "boilerplate.read_also"); empty: all of the profile."""
    ignore: tuple[str, ...] = ()
    """Never run these rules or families; wins over `select`."""
    ignore_words: tuple[str, ...] = ()
    """Words no typo rule may touch, compared without case."""
    ignore_patterns: tuple[str, ...] = ()
    """Regular expressions; no typo or spacing rule may touch what they match."""
    min_confidence: float | None = None
    """Overrides the thresholds of `strength` for every stage, 0..1."""
    outlet: str | None = None
    """Outlet the texts are from (a rule pack's name); None: every pack may fire."""
    rules: tuple[str, ...] = ()
    """Folders with further boilerplate rule packs (*.toml)."""
    dictionary: str | None = None
    """Folder with a dictionary built by ``cleaner dictionary build``; None: the shipped one."""
    vocabulary: tuple[str, ...] = ()
    """Files of words that are right (see ``cleaner dictionary learn``)."""
    language: Language = "id"
    """Language of the reasons in the log: id or en."""
    max_length: int | None = None
    """Longest text that is taken, in code points; a longer one is an InvalidTextError. None: any."""
    decisions: tuple[str, ...] = ()
    """Files with what people decided about changes (`cleaner review`); the later decision counts."""
    corrections: tuple[str, ...] = ()
    """Files with corrections of one's own: a wrong and a right form a line, with a tab between."""

    def __post_init__(self) -> None:
        """Check every value. Raises ConfigError."""
        _one_of("profile", self.profile, PROFILES)
        _one_of("strength", self.strength, THRESHOLDS)
        _one_of("language", self.language, ("id", "en"))
        for field in fields(self):
            value = getattr(self, field.name)
            if field.type == "tuple[str, ...]":
                if field.name in _FILES and isinstance(value, str):
                    value = (value,)
                if isinstance(value, str) or not all(isinstance(item, str) for item in value):
                    raise ConfigError(f"{field.name} must be a list of strings, not {value!r}")
                object.__setattr__(self, field.name, tuple(value))
        if self.dictionary is not None and not (isinstance(self.dictionary, str) and self.dictionary):
            raise ConfigError(f"dictionary must be the name of a folder, not {self.dictionary!r}")
        if self.min_confidence is not None and not (
            isinstance(self.min_confidence, (int, float)) and 0 <= self.min_confidence <= 1
        ):
            raise ConfigError(f"min_confidence must be a number from 0 to 1, not {self.min_confidence!r}")
        if self.max_length is not None and (type(self.max_length) is not int or self.max_length < 1):
            raise ConfigError(
                f"max_length must be a number of code points, 1 or more, not {self.max_length!r}"
            )
        for pattern in self.ignore_patterns:
            _check_pattern(pattern)

    def threshold(self, stage: str) -> float:
        """Least confidence at which an edit of ``stage`` is applied."""
        if self.min_confidence is not None:
            return self.min_confidence
        return THRESHOLDS[self.strength][stage]

    def to_dict(self) -> dict[str, Any]:
        """The settings as plain values, in a fixed order."""
        return {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items()}

    def to_json(self) -> str:
        """The settings as one JSON line, for fingerprints: a dictionary stands for what is in it.

        Raises DictionaryError if one is missing.
        """
        values = self.to_dict()
        if self.dictionary:
            from cleaner.spelling.data import dictionary_fingerprint

            values["dictionary"] = dictionary_fingerprint(Path(self.dictionary))
        if self.vocabulary:
            from cleaner.spelling.vocabulary import read_vocabulary

            values["vocabulary"] = sorted(read_vocabulary(self.vocabulary))
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], source: str = "configuration") -> Config:
        """Settings from a mapping. Raises ConfigError on an unknown key or a wrong value."""
        known = [field.name for field in fields(cls)]
        for key in values:
            if key not in known:
                raise ConfigError(f"{source}: unknown key {key!r}{nearest(key, known)}")
        try:
            return cls(**values)
        except ConfigError as error:
            raise ConfigError(f"{source}: {error}") from error


def _check_pattern(pattern: str) -> None:
    # As the engine runs it. Imported here: few have such patterns, and all others start faster without.
    import regex  # type: ignore[import-untyped]

    try:
        regex.compile(pattern, regex.V0)
    except regex.error as error:
        raise ConfigError(f"ignore_patterns: {pattern!r} is no regular expression: {error}") from error


def nearest(word: str, known: Any) -> str:
    """The tail of an error message: the nearest valid names, or all of them when none is near."""
    import difflib  # only for a message: every process would pay for it

    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; valid are: {', '.join(names)}"


def _one_of(key: str, value: object, known: Any) -> None:
    if value not in known:
        raise ConfigError(f"{key} = {value!r} is not known{nearest(str(value), known)}")


def matches(rule: str, names: tuple[str, ...]) -> bool:
    """Is ``rule`` one of ``names`` or of a family among them? "typo" holds "typo.split"."""
    return any(rule == name or rule.startswith(name + ".") for name in names)


def find_config(start: Path) -> tuple[dict[str, Any], Path] | None:
    """The settings file nearest to the folder ``start`` and what it says, or None.

    `cleaner.toml` goes before `pyproject.toml` with a `[tool.cleaner]` table. Raises ConfigError on
    malformed TOML.
    """
    for folder in (start, *start.parents):
        plain = folder / "cleaner.toml"
        if plain.is_file():
            return read_toml(plain), plain
        project = folder / "pyproject.toml"
        if project.is_file():
            tool = read_toml(project).get("tool", {})
            if "cleaner" in tool:
                if not isinstance(tool["cleaner"], dict):
                    raise ConfigError(f"{project}: cleaner must be a table: [tool.cleaner]")
                return tool["cleaner"], project
    return None


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises ConfigError if it is missing or malformed."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error

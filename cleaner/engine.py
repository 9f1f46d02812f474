"""The engine: one configuration, and the stages it runs one after the other.

For each stage: rules *propose* edits on the stage's text; `books` sorts them out, applies the best and
keeps account of all.

Start reading at `Cleaner.clean`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.books import Books
from cleaner.config import PROFILES, Config, matches, nearest
from cleaner.document import Document
from cleaner.errors import ConfigError, InvalidTextError
from cleaner.result import CleanResult
from cleaner.rules import enabled_rules, make_stage
from cleaner.rules.base import Rule, Stage

if TYPE_CHECKING:
    from regex import Pattern  # type: ignore[import-untyped]

    from cleaner.decisions import Decisions
    from cleaner.rules.corrections import Corrections
    from cleaner.rules.packrule import Pack


class Cleaner:
    """Cleans texts with one configuration. Cheap to make; data are opened at the first text.

    Safe to share between threads, and picklable: a copy in another process opens its own data.
    """

    def __init__(self, config: Config | None = None, vocabulary: Mapping[str, int] | None = None) -> None:
        """``vocabulary``: words of the corpus (lower case) that are right, with a count (see `learn`).

        Raises ConfigError at the first text if ``select`` or ``ignore`` name a rule that does not exist.
        """
        self.config: Config = config or Config()
        self.vocabulary: dict[str, int] = dict(vocabulary or {})

    def __getstate__(self) -> dict[str, Any]:
        # The decisions go along: another process must not read a file that grows meanwhile.
        return {"config": self.config, "vocabulary": self.vocabulary, "decisions": self.decisions}

    @cached_property
    def _stages(self) -> list[Stage]:
        names = PROFILES[self.config.profile].stages
        stages = [make_stage(name, self.config, self.vocabulary) for name in names]
        if self.config.corrections and "typo" in names:
            from cleaner.rules.corrections import CorrectionsStage

            stages.insert(names.index("typo"), CorrectionsStage(self._corrections))
        return stages

    @cached_property
    def _corrections(self) -> Corrections:
        """The user's own corrections. Raises ConfigError."""
        from cleaner.rules.corrections import read_corrections

        return read_corrections(self.config.corrections)

    @cached_property
    def _right_words(self) -> tuple[str, ...]:
        """Words of the user that no typo rule may touch."""
        if not self.config.corrections:
            return self.config.ignore_words
        return (*self.config.ignore_words, *sorted(self._corrections.right))

    @cached_property
    def decisions(self) -> Decisions | None:
        """What people decided about changes, read at the first text. Raises InputError."""
        if not self.config.decisions:
            return None
        from cleaner.decisions import Decisions

        return Decisions.read(self.config.decisions)

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The boilerplate rule packs: the shipped ones, then the user's. Raises RulePackError."""
        from cleaner.rules.packs import load_packs

        return load_packs([Path(folder) for folder in self.config.rules])

    def _check_outlet(self, outlet: str) -> None:
        known = [pack.outlet for pack in self.packs]
        if outlet not in known:
            raise ConfigError(f"outlet = {outlet!r} is not known{nearest(outlet, known)}")

    def check(self) -> None:
        """Look at the settings without a text, as the first text would.

        Raises ConfigError for an unknown rule or outlet, RulePackError for a malformed rule pack,
        InputError for decisions that cannot be read.
        """
        self._active, self.decisions  # noqa: B018

    @cached_property
    def _active(self) -> list[Stage]:
        """The stages that have a rule to run; everything in the settings is checked here."""
        if self.config.outlet is not None:
            self._check_outlet(self.config.outlet)
        return [stage for stage in self._stages if any(rule.id in self._enabled for rule in stage.rules)]

    @cached_property
    def _enabled(self) -> dict[str, Rule]:
        return enabled_rules(self._stages, self.config)

    @cached_property
    def _suggests(self) -> frozenset[str]:
        """The rules of which the profile makes suggestions only."""
        suggests = PROFILES[self.config.profile].suggests
        return frozenset(rule for rule in self._enabled if matches(rule, suggests))

    @cached_property
    def _patterns(self) -> tuple[Pattern[str], ...]:
        # Not `re`: a pattern of the user's may be one that takes forever, and only this engine has a clock.
        import regex

        return tuple(regex.compile(pattern, regex.V0) for pattern in self.config.ignore_patterns)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of version, settings and dictionary: equal fingerprints clean alike."""
        from cleaner import __version__
        from cleaner.spelling.data import data_fingerprint

        words = json.dumps(self.vocabulary, sort_keys=True)
        parts = [__version__, self.config.to_json(), data_fingerprint(), words]
        if self.decisions is not None:
            parts.append(self.decisions.digest)
        if self.config.corrections:
            parts.append(
                repr((sorted(self._corrections.corrections.items()), sorted(self._corrections.right)))
            )
        key = "\0".join(parts)
        return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]

    def clean(self, text: str, *, outlet: str | None = None) -> CleanResult:
        """Clean one text.

        ``outlet`` names the rule pack the text belongs to, if known; it overrides the configured
        one. Raises InvalidTextError if ``text`` is no str, holds a lone surrogate or is longer than
        ``max_length``, and ConfigError if one of ``ignore_patterns`` takes too long on it.
        """
        check_text(text)
        longest = self.config.max_length
        if longest is not None and len(text) > longest:
            raise InvalidTextError(
                f"the text has {len(text):,} code points, max_length allows {longest:,}; cut it into parts, "
                "or allow more"
            )
        books = Books(self, text)
        if outlet is not None:
            self._check_outlet(outlet)
        for stage in self._active:
            document = Document(books.text, outlet or self.config.outlet)
            edits = stage.propose(document, self._enabled)
            if edits:
                books.add(stage.name, edits)
        result = books.finish()
        if self.decisions is not None:
            from cleaner.obey import obey

            result = obey(result, self.decisions, self.config.language)
        return result

    def learn(self, texts: Iterable[str], minimum: int = 5) -> Cleaner:
        """A cleaner like this one that also knows the vocabulary of ``texts``, in one pass over them.

        A word no list has is learnt if ``minimum`` texts have it and no much more frequent word is one
        edit away. Learnt words are not corrected, and rarer forms near them may be corrected to them.
        """
        from cleaner.spelling.knowledge import Knowledge
        from cleaner.spelling.learning import learn

        found = learn(texts, Knowledge.of(self.config, self.vocabulary), minimum)
        return Cleaner(self.config, {**self.vocabulary, **found})

    def clean_many(
        self,
        texts: Iterable[str],
        workers: int = 1,
        progress: bool = False,
        outlets: Iterable[str | None] | None = None,
    ) -> Iterator[CleanResult]:
        """Clean many texts, lazily and in order, in ``workers`` processes (1: this one).

        ``outlets`` gives each text the outlet it is from, or None. ``progress`` counts texts on stderr.
        Raises InvalidTextError and ConfigError as `clean` does.
        """
        from cleaner.parallel import clean_many

        return clean_many(self, zip(texts, outlets or repeat(None), strict=False), workers, progress)


def check_text(text: str) -> None:
    """Raises InvalidTextError unless ``text`` is a str that can be written as UTF-8."""
    if not isinstance(text, str):
        hint = "; decode it first: data.decode('utf-8')" if isinstance(text, bytes) else ""
        raise InvalidTextError(f"clean() takes a str, not {type(text).__name__}{hint}")
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InvalidTextError(
                f"the text has a lone surrogate U+{ord(text[error.start]):04X} at code point {error.start}; "
                "it was decoded with errors='surrogateescape' or cut in two: decode it again from its bytes"
            ) from error

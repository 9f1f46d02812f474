"""Which boilerplate rules a text wakes: those that have one of their trigger words in it.

Most texts hold few of the 200 words, so most rules never run and their patterns are never compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from cleaner.rules.packs import PackRule

HEAD, TAIL = 700, 1500
"""How far the beginning and the end of an article reach, in code points."""


class Woken(NamedTuple):
    """A rule and those of its trigger words that the text has, each with its first place (code points)."""

    rule: PackRule
    words: dict[str, int]


class Triggers:
    """Which rules wait for which literal words: those for anywhere, for the head, for the tail.

    The words of head and tail rules are looked for there alone: many are as common as a dash.
    """

    def __init__(self, rules: Iterable[PackRule]) -> None:
        groups: dict[str, list[PackRule]] = {"": [], "head": [], "tail": []}
        for rule in rules:
            groups[_PLACES.get(rule.scope, "")].append(rule)
        self._everywhere, self._head, self._tail = (_Group(rules) for rules in groups.values())

    def woken(self, text: str) -> tuple[list[Woken], list[Woken], list[Woken]]:
        """The rules that have a trigger word where it counts: those for anywhere, the head, the tail."""
        return (
            self._everywhere.woken(text, 0, len(text)),
            self._head.woken(text, 0, HEAD),
            self._tail.woken(text, max(0, len(text) - TAIL), len(text)),
        )


_PLACES = {"head": "head", "opening": "head", "tail": "tail"}


class _Group:
    """Rules whose trigger words are looked for in the same part of a text.

    One alternation finds in one pass all words that begin with a capital letter, a digit or a mark: it
    stops at few places, so 200 words cost what a dozen substring tests would. The few words that begin
    with a small letter or a space, or are a single mark, get a substring test each: they are everywhere.
    """

    def __init__(self, rules: Iterable[PackRule]) -> None:
        self._rules: dict[str, list[PackRule]] = {}
        self._begins: dict[str, list[str]] = {}
        for rule in rules:
            for word in rule.trigger:
                self._rules.setdefault(word, []).append(rule)

    @cached_property
    def _search(self) -> Callable[..., re.Match[str] | None]:
        return re.compile(_alternation(self._rules.keys() - set(self._common)) or "(?!)").search

    @cached_property
    def _common(self) -> tuple[str, ...]:
        return tuple(word for word in self._rules if word[0].islower() or word[0] == " " or len(word) == 1)

    @cached_property
    def _order(self) -> dict[str, int]:
        """Rules are woken in the order in which the packs have them."""
        return {word: number for number, word in enumerate(self._rules)}

    def _inside(self, word: str) -> list[str]:
        """The words that ``word`` begins with, itself included: only the longest of them is found."""
        inside = self._begins.get(word)
        if inside is None:
            inside = self._begins[word] = [other for other in self._rules if word.startswith(other)]
        return inside

    def woken(self, text: str, start: int, end: int) -> list[Woken]:
        """The rules that have a trigger word between ``start`` and ``end``, and where the first one is."""
        first = {word: at for word in self._common if (at := text.find(word, start, end)) >= 0}
        match = self._search(text, start, end)
        while match:
            for word in self._inside(match[0]):
                first.setdefault(word, match.start())
            match = self._search(text, match.start() + 1, end)
        woken: dict[str, Woken] = {}
        for word in sorted(first, key=self._order.__getitem__) if len(first) > 1 else first:
            for rule in self._rules[word]:
                known = woken.get(rule.id)
                if known:
                    known.words[word] = first[word]
                else:
                    woken[rule.id] = Woken(rule, {word: first[word]})
        return [*woken.values()]


def places(text: str, word: str) -> Iterator[int]:
    """Where ``word`` stands in ``text``, in code points."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _alternation(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first, grouped by first letter: B(?:aca juga|aca)|..."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())

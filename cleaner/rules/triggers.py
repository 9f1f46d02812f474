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
    """Which rules wait for which literal words.

    One alternation finds in one pass all words that begin with a capital letter, a digit or a mark: it
    stops at few places, so 200 words cost what a dozen substring tests would. The few words that begin
    with a small letter or a space, which are everywhere, get a substring test each.
    """

    def __init__(self, rules: Iterable[PackRule]) -> None:
        self._rules: dict[str, list[PackRule]] = {}
        self._begins: dict[str, list[str]] = {}
        for rule in rules:
            for word in rule.trigger:
                self._rules.setdefault(word, []).append(rule)

    @cached_property
    def _search(self) -> Callable[..., re.Match[str] | None]:
        return re.compile(_alternation(self._rules.keys() - set(self._common))).search

    @cached_property
    def _common(self) -> tuple[str, ...]:
        return tuple(word for word in self._rules if word[0].islower() or word[0] == " ")

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

    def woken(self, text: str) -> tuple[list[Woken], list[Woken], list[Woken]]:
        """The rules that have a trigger word where it counts: those for anywhere, the head, the tail."""
        first = {word: text.find(word) for word in self._common if word in text}
        last = {word: text.rfind(word) for word in first}
        match = self._search(text)
        while match:
            for word in self._inside(match[0]):
                first.setdefault(word, match.start())
                last[word] = match.start()
            match = self._search(text, match.start() + 1)
        everywhere: dict[str, Woken] = {}
        head: dict[str, Woken] = {}
        tail: dict[str, Woken] = {}
        for word in sorted(first, key=self._order.__getitem__):
            for rule in self._rules[word]:
                if rule.scope == "tail":
                    if last[word] < len(text) - TAIL:
                        continue
                    group = tail
                elif rule.scope in ("head", "opening"):
                    if first[word] >= HEAD:
                        continue
                    group = head
                else:
                    group = everywhere
                group.setdefault(rule.id, Woken(rule, {})).words[word] = first[word]
        return [*everywhere.values()], [*head.values()], [*tail.values()]


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

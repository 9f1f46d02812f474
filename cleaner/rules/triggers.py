"""Which boilerplate rules a text wakes: those that have one of their trigger words in it.

Most texts hold few of the 400 words, so most rules never run and their patterns are never compiled. The words
are found by an automaton (Aho & Corasick 1975, "Efficient string matching: an aid to bibliographic search").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from cleaner.rules.packrule import PackRule

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
        tail = max(0, len(text) - TAIL)
        return (
            self._everywhere.woken(text, 0),
            self._head.woken(text[:HEAD], 0),
            self._tail.woken(text[tail:], tail),
        )


_PLACES = {"head": "head", "opening": "head", "tail": "tail"}


class _Group:
    """Rules whose trigger words are looked for in the same part of a text, all of them in one pass."""

    def __init__(self, rules: Iterable[PackRule]) -> None:
        self._rules: dict[str, list[PackRule]] = {}
        for rule in rules:
            for word in rule.trigger:
                self._rules.setdefault(word, []).append(rule)
        self._words = list(self._rules)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._words, implementation=Implementation.DFA)

    def woken(self, part: str, start: int) -> list[Woken]:
        """The rules that have a trigger word in the part of a text that begins at ``start``."""
        matches = self._automaton.find_matches_as_indexes(part, overlapping=True)
        first = {number: start + at for number, at, _ in reversed(matches)}
        woken: dict[str, Woken] = {}
        for number in sorted(first):  # in the order in which the packs have them
            word, at = self._words[number], first[number]
            for rule in self._rules[word]:
                known = woken.get(rule.id)
                if known:
                    known.words[word] = at
                else:
                    woken[rule.id] = Woken(rule, {word: at})
        return [*woken.values()]


def places(text: str, word: str) -> Iterator[int]:
    """Where ``word`` stands in ``text``, in code points."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)

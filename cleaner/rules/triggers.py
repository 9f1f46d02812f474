"""Which boilerplate rules a text wakes: those that have one of their trigger words in it.

Most texts hold few of the 400 words, so most rules never run and their patterns are never compiled. The words
are found by an automaton (Aho & Corasick 1975, "Efficient string matching: an aid to bibliographic search").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from cleaner.rules.packs import PackRule

HEAD, TAIL = 700, 1500
"""How far the beginning and the end of an article reach, in code points."""


class Woken(NamedTuple):
    """A rule and those of its trigger words that the text has, each with its first place (code points)."""

    rule: PackRule
    words: dict[str, int]


class Triggers:
    """Which rules wait for which literal words: all of them are found in one pass over the text."""

    def __init__(self, rules: Iterable[PackRule]) -> None:
        self._rules: dict[str, list[PackRule]] = {}
        for rule in rules:
            for word in rule.trigger:
                self._rules.setdefault(word, []).append(rule)
        self._words = list(self._rules)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._words, implementation=Implementation.DFA)

    def woken(self, text: str) -> tuple[list[Woken], list[Woken], list[Woken]]:
        """The rules that have a trigger word where it counts: those for anywhere, the head, the tail."""
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for number, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            first.setdefault(number, start)
            last[number] = start
        everywhere: dict[str, Woken] = {}
        head: dict[str, Woken] = {}
        tail: dict[str, Woken] = {}
        for number in sorted(first):  # in the order in which the packs have them
            word = self._words[number]
            for rule in self._rules[word]:
                if rule.scope == "tail":
                    if last[number] < len(text) - TAIL:
                        continue
                    group = tail
                elif rule.scope in ("head", "opening"):
                    if first[number] >= HEAD:
                        continue
                    group = head
                else:
                    group = everywhere
                group.setdefault(rule.id, Woken(rule, {})).words[word] = first[number]
        return [*everywhere.values()], [*head.values()], [*tail.values()]


def places(text: str, word: str) -> Iterator[int]:
    """Where ``word`` stands in ``text``, in code points."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)

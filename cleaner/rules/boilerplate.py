"""Stage 2: boilerplate, the parts of a page that are not the article.

Datelines, "Baca juga" links, bylines, advertisements, promotions. What they look like is data
(dictionaries/boilerplate/*.toml, read by `packs`); this module finds, joins and cuts them:

1. *Wake* the rules whose trigger words occur. Clean text wakes none, and that is nearly all it costs.
2. *Find*: line and inline rules anywhere; labels such as "Baca juga:" take their headline with them
   (`headline`); head and tail rules eat their way inwards (`ends`), over whatever was found there already:
   "Laporan Wartawan ..., Rina Sari | SUARAMELATI.COM, MELATI - " takes two bites.
3. *Cut*: each edit takes so much white space along that one space or line break stays where it was.

Start reading at `BoilerplateStage.propose`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cleaner.document import Document
from cleaner.edits import Edit
from cleaner.rules.authors import GROUP as AUTHOR
from cleaner.rules.authors import author_start
from cleaner.rules.base import Rule
from cleaner.rules.ends import REACH, Piece, Tail, eat_head
from cleaner.rules.headline import headline_end, looks_like_headline
from cleaner.rules.packrule import PackRule
from cleaner.rules.packs import load_packs
from cleaner.rules.triggers import Triggers, Woken, places

_LABEL_LINES = 5  # headlines under a label on a line of its own
_NO_LABEL_ONLY = -99.0
_LABEL_ONLY = 5.0  # log odds that a bare "Baca Juga" has lost its headline
_SURE = 0.8
_CLOSING = {"(": ")", "[": "]"}  # "(Baca juga: Harga Bawang Turun)"
_ADDRESS = re.compile(r"https?://\S+")  # of the article that a headline belongs to


class BoilerplateStage:
    """Finds boilerplate with the shipped rule packs and those in ``extra_folders``."""

    name = "boilerplate"

    def __init__(self, extra_folders: Sequence[Path] = ()) -> None:
        """Raises RulePackError for a malformed pack."""
        self.packs = load_packs(extra_folders)
        self.rules: tuple[Rule, ...] = tuple(_as_rule(rule) for pack in self.packs for rule in pack.rules)
        self._outlets = {pack.outlet for pack in self.packs} - {"generic"}
        self._triggers = Triggers(rule for pack in self.packs for rule in pack.rules)

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """Edits that remove the boilerplate of ``document.text``: disjoint, in order."""
        text = document.text
        everywhere, head, tail = self._triggers.woken(text)
        if not (everywhere or head or tail):
            return []
        outlet = document.outlet if document.outlet in self._outlets else None

        def runs(woken: Woken) -> bool:
            rule = woken.rule
            return rule.id in enabled and (outlet in (None, rule.outlet) or rule.outlet == "generic")

        found = _disjoint(_matches(text, filter(runs, everywhere)))
        at_end = Tail(text, [*filter(runs, tail)])
        if any(piece.rule.end for piece in found):
            # A headline in front of "Pewarta: ..." ends there, so that is looked for first. Not in what
            # is a label itself: "Pilihan Editor: ...".
            first = [piece for piece in at_end.eat(found) if _is_free(piece, found)]
            found = list(_with_headlines(text, _disjoint([*found, *first])))
        found += eat_head(text, [*filter(runs, head)], found)
        found += at_end.eat(found)
        return _cut(text, _disjoint(found))


def _as_rule(rule: PackRule) -> Rule:
    return Rule(rule.id, "boilerplate", rule.description, rule.examples, rule.near_misses)


def _matches(text: str, woken: Iterable[Woken]) -> Iterator[Piece]:
    for rule, words in woken:
        if rule.scope == "line":
            matches = _on_lines(text, rule, words)
        else:
            matches = rule.finditer(text, max(0, min(words.values()) - REACH))
        try:
            for match in matches:
                if rule.accepts(match):
                    start = author_start(match) if AUTHOR in rule.regex.groupindex else match.start()
                    yield Piece(start, match.end(), rule, rule.confidence)
        except TimeoutError:  # a pattern of the user's own; give it up, not the text
            continue


def _on_lines(text: str, rule: PackRule, words: Iterable[str]) -> Iterator[Any]:
    """The matches of a line rule, which is tried only on lines that hold one of its trigger words."""
    end = 0
    for start in sorted({text.rfind("\n", 0, at) + 1 for word in words for at in places(text, word)}):
        match = rule.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


def _disjoint(found: Iterable[Piece]) -> list[Piece]:
    """The longest of overlapping pieces, in order; among equals the outlet's own rule, which comes first."""
    kept: list[Piece] = []
    starts: list[int] = []
    for piece in sorted(found, key=lambda piece: piece.start - piece.end):
        at = bisect_left(starts, piece.start)
        free_left = at == 0 or kept[at - 1].end <= piece.start
        free_right = at == len(kept) or piece.end <= starts[at]
        if piece.start < piece.end and free_left and free_right:
            kept.insert(at, piece)
            starts.insert(at, piece.start)
    return kept


def _is_free(piece: Piece, found: Iterable[Piece]) -> bool:
    return all(piece.end <= other.start or other.end <= piece.start for other in found)


def _with_headlines(text: str, found: Sequence[Piece]) -> Iterator[Piece]:
    """Each label grows over the headline behind it; what is no label stays as it is."""
    for i, piece in enumerate(found):
        if piece.rule.end:
            line_end = text.find("\n", piece.end)
            line_end = len(text) if line_end < 0 else line_end
            following = found[i + 1].start if i + 1 < len(found) else len(text)
            piece.end, certainty = _headline_of(text, piece, min(line_end, following), following)
            piece.confidence *= certainty
        yield piece


def _headline_of(text: str, label: Piece, limit: int, following: int) -> tuple[int, float]:
    """Where the headline of a label ends, and how sure that is. ``following``: the next boilerplate."""
    promised = label.rule.end in ("headline", "headlines")
    # Behind "Baca juga:" or "dengan judul" anything is a headline; behind a bare label, what looks like one.
    any_case = promised and (
        label.rule.kind == "republish" or text[label.start : label.end].rstrip()[-1] in ":>»])"
    )
    rest = text[label.end : limit]
    if not rest.strip():
        if limit == following:
            return label.end, 1.0
        return _headlines_below(text, label.end, limit, following, any_case)
    if not promised and rest[0].isalpha() and text[label.end - 1].isalpha():
        return label.end, 1.0  # "Baca JugaDengan": what is glued to a bare label is the article
    opening = text[label.start]
    closing = text.find(_CLOSING[opening], label.end, limit) if opening in _CLOSING else -1
    if closing >= 0 and text[closing - 1] != opening:
        return closing + 1, 0.98
    line_start = text.rfind("\n", 0, label.start) + 1
    has_own_line = not text[line_start : label.start].strip()
    if (has_own_line or limit == following < len(text)) and looks_like_headline(rest, any_case):
        return label.end + len(rest.rstrip()), 0.98
    address = _ADDRESS.search(text, label.end, limit)
    end, certainty = headline_end(
        text,
        label.end,
        address.start() if address else limit,
        _NO_LABEL_ONLY if promised else _LABEL_ONLY,
        label.rule.end != "headline",
    )
    if not promised and certainty < _SURE:
        return label.end, _SURE  # the label goes in any case
    if address and not text[end : address.start()].strip(" ,\"”'’"):
        end = address.end()
    return end, certainty


def _headlines_below(text: str, end: int, position: int, following: int, any_case: bool) -> tuple[int, float]:
    """A label alone on its line: the headlines are on the lines below it, if they were not lost."""
    certainty = 1.0
    for number in range(_LABEL_LINES):
        while position < following and text[position].isspace():
            position += 1
        line_end = text.find("\n", position)
        line_end = min(len(text) if line_end < 0 else line_end, following)
        line = text[position:line_end]
        # Below a bare label a sub-heading may stand; below "Baca juga:" one headline is certain.
        if not looks_like_headline(line, any_case and number == 0):
            break
        end, position, certainty = position + len(line.rstrip()), line_end, 0.9 if any_case else 0.6
    return end, certainty


def _cut(text: str, found: Sequence[Piece]) -> list[Edit]:
    """Edits that remove the pieces and leave one gap where two met.

    Pieces with only white space between them are one cut: the first takes the gap to the second along.
    """
    edits: list[Edit] = []
    first = 0
    for i, piece in enumerate(found):
        last = i + 1 == len(found) or text[piece.end : found[i + 1].start].strip() != ""
        if not last:
            continue
        group = found[first : i + 1]
        first = i + 1
        start, end, after = _gap(text, group[0].start, group[-1].end)
        borders = [start, *(p.start for p in group[1:]), end]
        for left, right, p in zip(borders, borders[1:], group, strict=False):
            edits.append(
                Edit(
                    left,
                    right,
                    after if p is group[-1] else "",
                    p.rule.id,
                    p.rule.description,
                    round(p.confidence, 2),
                )
            )
    return edits


def _gap(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Widen ``[start, end)`` over one of the two gaps beside it; the larger one stays.

    Returns what to insert as well: a space where there is no gap at all ("ini.Baca juga: X Y" + "Ia").
    """
    left, right = start, end
    while left and text[left - 1].isspace():
        left -= 1
    while right < len(text) and text[right].isspace():
        right += 1
    if left == 0:
        return start, right, ""
    before, behind = text[left:start], text[end:right]
    if right == len(text):
        # Keep the line break that ends the file, drop the gap in front of what was cut.
        return left, end, ""
    if not before and not behind:
        return start, end, " "
    if behind.count("\n") > before.count("\n") or not before:
        return left, end, ""
    return start, right, ""

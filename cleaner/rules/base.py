"""What a rule is: an id, what it does in two languages, and examples that prove it.

Like LanguageTool's rules, ours carry their own tests. An example marks what the rule changes:

    Harga ⟦naik naik→naik⟧ lagi.          replaced
    ⟦Baca juga: Harga Cabai Naik⟧          removed
    Selesai.⟦→ ⟧Menurut dia, ...           inserted

A near miss is a text that looks like a case of the rule and must stay as it is. One test runs all
examples and near misses of all rules (tests/test_rule_examples.py).

A `Stage` owns the rules that see the same text and proposes edits for all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cleaner.document import Document
from cleaner.edits import Applicability, Bilingual, Edit

_MARK = re.compile("⟦(?P<before>[^⟦⟧→]*)(?:→(?P<after>[^⟦⟧→]*))?⟧")


class Example(NamedTuple):
    """A marked example taken apart: the raw text, the cleaned text, and the marked spans."""

    text: str
    cleaned: str
    spans: tuple[tuple[int, int, str], ...]
    """``(start, end, after)`` in code points of ``text``, half-open."""


def parse_example(marked: str) -> Example:
    """Read the ``⟦before→after⟧`` notation. Raises ValueError if nothing is marked."""
    text, cleaned, spans = [], [], []
    position = length = 0
    for match in _MARK.finditer(marked):
        plain = marked[position : match.start()]
        before, after = match["before"], match["after"] or ""
        start = length + len(plain)
        length = start + len(before)
        spans.append((start, length, after))
        text += [plain, before]
        cleaned += [plain, after]
        position = match.end()
    if not spans:
        raise ValueError(f"example marks nothing with ⟦…⟧: {marked!r}")
    rest = marked[position:]
    return Example("".join([*text, rest]), "".join([*cleaned, rest]), tuple(spans))


@dataclass(frozen=True, slots=True)
class Rule:
    """Everything known about a rule except how it works.

    ``id`` is dotted and stable ("typo.split"); ``select`` and ``ignore`` take an id or a family
    prefix. ``profiles`` are those in which the rule applies its edits; in others it is off.
    """

    id: str
    stage: str
    description: Bilingual
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    applicability: Applicability = "safe"
    priority: int = 0
    """Among overlapping edits of one stage the higher priority wins."""
    default: bool = True
    """Part of the profiles that hold its stage; False: only where a profile or user names it."""


class Stage(Protocol):
    """A step of the chain. ``propose`` never changes text, it only returns edits."""

    name: str

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules of the stage."""
        ...

    def propose(self, document: Document, enabled: Container[str]) -> list[Edit]:
        """Edits of the enabled rules on ``document.text``, in any order, overlaps allowed."""
        ...

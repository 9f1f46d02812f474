"""New words of a corpus, with what a person needs to decide on them: counts, a near word, contexts.

Which words are proposed is the business of `cleaner.spelling.learning`: those of several documents that no
list has and no more frequent word is like. Here a second reading looks at how they are used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cleaner.spelling.char_model import log_probability
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.learning import learn
from cleaner.spelling.tokens import core, occurrences
from cleaner.spelling.unknown import corrections

_AROUND = 40  # code points of context on each side
_CONTEXTS = 3
COLUMNS = ("decision", "word", "kind", "documents", "count", "written", "near", "contexts")


@dataclass
class Proposal:
    """A word (lower case) that may belong into the dictionary."""

    word: str
    documents: int
    count: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    """How it is written -> how often."""
    near: str = ""
    """The likeliest listed word that it could be a slip of, with its corpus count; empty if there is none."""
    foreign: bool = False
    """Do its letters look English?"""
    contexts: list[str] = field(default_factory=list)
    """Up to three places of it, from different documents: ``... left ⟦word⟧ right ...``."""

    @property
    def written(self) -> str:
        """Its most frequent form."""
        return min(self.forms, key=lambda form: (-self.forms[form], form), default=self.word)

    @property
    def kind(self) -> str:
        """word, foreign, name or acronym, by its casing and letters."""
        capitals = sum(n for form, n in self.forms.items() if form[0].isupper())
        if capitals > 0.8 * self.count:
            return "acronym" if self.written.isupper() else "name"
        return "foreign" if self.foreign else "word"

    def row(self) -> str:
        """The line of the file to edit: not decided yet."""
        contexts = " | ".join(self.contexts)
        cells = ("?", self.word, self.kind, self.documents, self.count, self.written, self.near, contexts)
        return "\t".join(map(str, cells))


def propose(read: Callable[[], Iterable[str]], knowledge: Knowledge, minimum: int) -> list[Proposal]:
    """Proposals from the texts that ``read`` gives from the beginning each time, most documents first.

    A word must stand in ``minimum`` documents.
    """
    found = {word: Proposal(word, n) for word, n in learn(read(), knowledge, minimum).items()}
    for text in read():
        here: set[str] = set()  # one context from each document
        for token in sorted(set(text.split())):
            inside = core(token)
            proposal = found.get(inside.text.lower()) if inside else None
            if inside is None or proposal is None:
                continue
            places = list(occurrences(text, token))
            proposal.count += len(places)
            proposal.forms[inside.text] += len(places)
            if len(proposal.contexts) < _CONTEXTS and proposal.word not in here:
                start = places[0] + inside.start
                context = _context(text, start, start + len(inside.text))
                if context not in proposal.contexts:  # a copy of an article
                    proposal.contexts.append(context)
                here.add(proposal.word)
    for proposal in found.values():
        proposal.near = _near(proposal.word, knowledge)
        words, _, english = (log_probability(proposal.word, (model,)) for model in knowledge.letters)
        proposal.foreign = english > words
    return sorted(found.values(), key=lambda p: (-p.documents, -p.count, p.word))


def _context(text: str, start: int, end: int) -> str:
    left = " ".join(text[max(0, start - _AROUND) : start].split())
    right = " ".join(text[end : end + _AROUND].split())
    before = " " if text[max(0, start - 1) : start].isspace() else ""
    after = " " if text[end : end + 1].isspace() else ""
    return f"{left}{before}⟦{text[start:end]}⟧{after}{right}".replace("|", "/")


def _near(word: str, knowledge: Knowledge) -> str:
    """The likeliest listed word within two edits, and its count."""
    found = corrections(word, knowledge.index.lookup(word), knowledge.lexicon.count)
    return f"{found[0][0]} {found[0][3]}" if found else ""

"""Names inside one article: written nine times one way, and once another.

No dictionary holds all names, but an article is its own dictionary: if Budi Kasan speaks eight times and
Budi Kasaan once, Kasaan is a slip. Two people may also really be called Anisa and Annisa, or Prabowo
and Pratowo, so this is a suggestion; it is certain only if a part of the name beside it is the same.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from cleaner.document import Document
from cleaner.edits import Bilingual, Edit
from cleaner.spelling.context import Context, context_at

_SHORTEST = 5
_TWICE = 2


def usual_form(document: Document, word: str) -> tuple[str, int] | None:
    """The one form near a capitalised word that ``document`` usually has, and how often it has it."""
    frequent = document.frequent_names.get(word[0])
    if frequent is None or len(word) < _SHORTEST:
        return None
    near = [
        (name, count)
        for name, count in frequent
        if abs(len(name) - len(word)) <= 1 and OSA.distance(name, word, score_cutoff=1) == 1
    ]
    if len(near) != 1 or document.text.count(word) > 1:
        return None
    name = near[0][0]
    return None if word in (name + "s", name + "y") else near[0]  # Geoparks, Sporty: another English form


def odd_one_out(document: Document, start: int, end: int) -> Edit | None:
    """The edit that gives a capitalised word the form that ``document`` usually has, if it has one.

    The word is ``document.text[start:end]`` (code points, half-open).
    """
    word = document.text[start:end]
    usual = usual_form(document, word)
    if usual is None:
        return None
    name, count = usual
    sure = 0.85 if _shares_a_part(document.text, name, context_at(document.text, start, end)) else 0.5
    reason = Bilingual(
        f"naskah ini menulis '{name}' {count} kali dan '{word}' sekali",
        f"this text has '{name}' {count} times and '{word}' once",
    )
    return Edit(start, end, name, "typo.name", reason, sure)


def _shares_a_part(text: str, name: str, context: Context) -> bool:
    """Does the usual form stand beside the same capitalised word, twice at least: "Budi Kasan"?"""
    before = f"{context.before} {name}" if context.before.istitle() else ""
    after = f"{name} {context.after}" if context.after.istitle() else ""
    return any(pair and text.count(pair) >= _TWICE for pair in (before, after))

"""Names inside one article: written nine times one way, and once another.

No dictionary holds all names, but an article is its own dictionary: if Kasan speaks eight times and
Kiasan once, Kiasan is a slip. Two people may also really be called Anisa and Annisa, so this is a
suggestion, and an edit of its own accord only if the odd one out is in no list of names and the other
form stands in the text very often.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from cleaner.document import Document
from cleaner.edits import Bilingual, Edit

_SHORTEST = 5
_VERY_OFTEN = 6


def odd_one_out(document: Document, word: str, start: int, listed: bool) -> Edit | None:
    """The edit that gives ``word`` at ``start`` the form that ``document`` usually has, if it has one.

    ``listed``: the odd form is itself a name in the dictionary.
    """
    if len(word) < _SHORTEST:
        return None
    near = [
        (count, name)
        for name, count in document.frequent_names
        if name[0] == word[0]
        and abs(len(name) - len(word)) <= 1
        and OSA.distance(name, word, score_cutoff=1) == 1
    ]
    if len(near) != 1 or document.text.count(word) > 1:
        return None
    count, name = near[0]
    if name + "s" == word:  # Geoparks, a foreign plural
        return None
    sure = 0.8 if count >= _VERY_OFTEN and not listed else 0.5
    reason = Bilingual(
        f"naskah ini menulis '{name}' {count} kali dan '{word}' sekali",
        f"this text has '{name}' {count} times and '{word}' once",
    )
    return Edit(start, start + len(word), name, "typo.name", reason, sure)

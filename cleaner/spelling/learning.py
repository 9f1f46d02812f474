"""What a corpus itself says about words that no list has.

A dictionary cannot know the village, the brand and the slang of every corpus, but the corpus repeats
them: a word of many documents that resembles no more frequent word is vocabulary, whatever the lists
say. A misspelling is repeated as well ("Intesive Care" stood in 19 articles), but it has a neighbour
one edit away that is far more frequent.

A first pass over the texts counts in how many documents each unknown word stands. What it learns serves
the second pass, the cleaning itself: words not to be doubted, which may themselves be what a rarer
form was meant to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.tokens import core

MINIMUM = 5
"""Documents in which a new word must stand."""
_OUTNUMBERED = 4
"""A neighbour with this many times the documents makes the word a suspect instead."""
_MOST_COUNTED = 2_000_000
"""Types counted at a time; beyond it those of one document are forgotten, so memory stays bounded."""


def learn(texts: Iterable[str], knowledge: Knowledge, minimum: int = MINIMUM) -> dict[str, int]:
    """Words of ``texts`` unknown to ``knowledge``, with the number of documents that have them.

    Those stay out that fewer than ``minimum`` documents have, or that a word one edit away outnumbers. One
    pass; each document counts once for a word. Memory stays below about 300 MB.
    """
    every: Counter[str] = Counter()
    judged: dict[str, str] = {}
    for text in texts:
        words = set()
        for token in set(text.split()):
            word = judged.get(token)
            if word is None:
                inside = core(token)
                word = judged[token] = inside.text.lower() if inside is not None else ""
            if word:
                words.add(word)
        every.update(words)
        if len(every) > _MOST_COUNTED:
            every = Counter({word: count for word, count in every.items() if count > 1})
        if len(judged) > _MOST_COUNTED:
            judged.clear()
    return {
        word: count
        for word, count in sorted(every.items())
        if count >= minimum
        and len(word) > 3
        and "-" not in word
        and not _listed(word, knowledge)
        and not _outnumbered(word, every, knowledge)
    }


def _listed(word: str, knowledge: Knowledge) -> bool:
    return bool(knowledge.lexicon.flags(word)) or knowledge.known(word)


def _outnumbered(word: str, every: Counter[str], knowledge: Knowledge) -> bool:
    """Is there a word one edit away that far more documents of this corpus have?"""
    return any(
        every[near] >= _OUTNUMBERED * every[word]
        for near, distance in knowledge.index.lookup(word, 1)
        if distance
    )

"""A document's own words: what an author writes once rightly is what he means when he mistypes it.

In a report on the *penyegelan* of a shop, "penyegalan" is that word; in a report on the coach Sabitzer,
"Sabizer" is he. This is the cache of Kuhn & De Mori (1990, "A cache-based natural language model for
speech recognition") at its plainest: whether a word stands elsewhere in the text, not how often.

A single sentence has no room for echoes, so their absence says nothing there: such a text gets the
share of doubtful words of articles that are echoed.
"""

from __future__ import annotations

_SHORT_TEXT = 300
"""Code points: a sentence or two."""
_USUAL = 0.25
"""Share of the doubtful words of articles whose best reading is echoed: 1,415 annotated or labelled ones."""
_SHORTEST_PART = 4
"""Letters of a part of glued words that tell something: every text has "di" and "itu"."""


def echoed(reading: str, text: str) -> float:
    """1 if ``text`` has ``reading`` (lower case) as a word elsewhere, or with a capital, and else 0.

    Of words run together one is enough: "Bellinghambatal" beside "Bellingham". In between if ``text`` is
    too short to tell.
    """
    parts = [part for part in reading.split(" ") if len(part) >= _SHORTEST_PART or part == reading]
    if any(_stands(part, text) for part in parts):
        return 1.0
    return _USUAL if len(text) < _SHORT_TEXT else 0.0


def _stands(word: str, text: str) -> bool:
    return _alone(word, text) or _alone(word[0].upper() + word[1:], text)


def _alone(form: str, text: str) -> bool:
    """Does ``form`` stand in ``text`` with no letter or digit beside it?"""
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(form, end)
    return False

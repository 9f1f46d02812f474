"""Slips where a word meets its affix, or itself: nothing else can be meant by them.

Indonesian writes two equal letters almost only at such borders, and there people lose one or add one. A
reduplication loses its hyphen where a text is copied out of a PDF.

    tunjuk + -kan        menunjukan         menunjukkan
    pe- + tunjuk + -an   penunjukkan        penunjukan (-kan makes no nouns)
    meng- + geser        mengeser           menggeser
    tanaman + -nya       tanamanya          tanamannya
    nama-nama            namanama           nama-nama
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import Flag
from cleaner.spelling.morphology import without_clitic

_BASE = int(Flag.BASE)
_VERBS = ("me", "di")
_NOUNS = ("pe", "ke")
_NASALS = ("meng", "peng")
_USUAL = 10
"""Corpus count of the right form from which on it is meant."""
_STEM = 20
"""The same for a word in front of -nya, whose own count says more than that of the whole."""
_TWICE = 3


def mended(low: str, knowledge: Knowledge) -> str:
    """What ``low`` (lower case, no listed word) is with its border mended, or ""."""
    # Whether it is known takes longer to find out, and matters for few.
    meant = _mended(low, knowledge)
    return "" if meant and knowledge.known(low) else meant


def _mended(low: str, knowledge: Knowledge) -> str:
    twice = _said_twice(low, knowledge)
    if twice:
        return twice
    for stem, clitic in _stems(low):
        for meant in (*_suffixes(stem, knowledge), *_nasals(stem)):
            pair = knowledge.nonstandard.get(meant)  # mempraktekan -> mempraktikkan
            right = pair.right if pair else meant
            if right in knowledge.lexicon and knowledge.count(right) >= _USUAL:
                return right + clitic
    return _clitic(low, knowledge)


def _stems(low: str) -> Iterator[tuple[str, str]]:
    yield low, ""
    yield from without_clitic(low, 5)


def _said_twice(low: str, knowledge: Knowledge) -> str:
    """Namanama, pohonpohonnya."""
    for half in range(3, len(low) // 2 + 1):
        if low.startswith(low[:half], half):
            pair = f"{low[:half]}-{low[half:]}"
            if pair in knowledge.lexicon and knowledge.lexicon.count(pair) >= _TWICE:
                return pair
    return ""


def _suffixes(stem: str, knowledge: Knowledge) -> Iterator[str]:
    """Menunjukan, ditunjukan; penunjukkan, kenaikkan, but not *percikkan*, which is percik and -kan."""
    if stem.endswith("kkan"):
        if stem.startswith(_NOUNS) and not knowledge.lexicon.bits(stem[:-3]) & _BASE:
            yield stem[:-3] + "an"
    elif stem.endswith("kan") and stem.startswith(_VERBS):
        yield stem[:-2] + "kan"


def _nasals(stem: str) -> Iterator[str]:
    """Mengeser, pengunaan."""
    if stem.startswith(_NASALS):
        yield stem[:4] + "g" + stem[4:]


def _clitic(low: str, knowledge: Knowledge) -> str:
    """Tanamanya; but *menurunya* may as well be menurutnya, which is the more frequent one."""
    if not low.endswith("nya"):
        return ""
    word, meant = low[:-3] + "n", low[:-3] + "nnya"
    if word not in knowledge.lexicon or knowledge.count(word) < _STEM:
        return ""
    rivals = (knowledge.count(term) for term, _ in knowledge.index.lookup(low, 1) if term != meant)
    return meant if max(rivals, default=0) <= knowledge.count(meant) else ""

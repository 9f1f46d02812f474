"""Compounds that are written as one word and should be two: how they look apart, and where they stay.

Walikota Melati                       Wali Kota Melati: both words take the capital of a title
Lumbung Sumberdaya Indonesia          the name of a company, whatever KBBI says of sumber daya
pedagangpun                           -pun is joined to twelve conjunctions only
"""

from __future__ import annotations

from cleaner.spelling import casing
from cleaner.spelling.context import Context
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import INDONESIAN
from cleaner.spelling.pairs import Pair

_TITLES = frozenset(("duta besar", "ibu kota", "juru bicara", "ketua umum", "wali kota"))
"""Compounds that stand in front of a name and take its capitals: Wali Kota Melati (EYD V)."""
_COMPANIES = frozenset(("Bank", "CV", "PT", "Yayasan"))
_REACH = 60
"""Code points before a word in which the name it belongs to is looked for."""
_SMALL_WORDS = frozenset(("ad", "ada", "di", "itu", "ke", "per", "pun"))
"""Words in pairs that are no compounds of two nouns: di mana, apa pun, per kilo."""
_USUAL = 300


def joined_in_name(word: str, right: str, context: Context, knowledge: Knowledge) -> bool:
    """Is a compound written as one word part of the name of a company: "PT Lumbung Sumberdaya Mandiri"?

    Words with capitals in front of it say so, of which one is a name or PT: not "Tim Bulutangkis".
    """
    if not word[0].isupper() or context.starts_sentence or has_function_word(right) or right in _TITLES:
        return False
    bits = knowledge.lexicon.bits
    for before in reversed(context.text[max(0, context.start - _REACH) : context.start].split(" ")[:-1]):
        if not before[:1].isupper() or not before.isalpha():
            break
        if before in _COMPANIES or not bits(before.lower()) & INDONESIAN:
            return True
    return False


def before_pun(low: str, knowledge: Knowledge) -> Pair | None:
    """A frequent word with "pun" joined to it, which only twelve conjunctions have (EYD V): pedagangpun."""
    if not low.endswith("pun") or len(low) < 8 or knowledge.known(low):
        return None
    stem, lexicon = low[:-3], knowledge.lexicon
    return Pair(f"{stem} pun", "always") if stem in lexicon and lexicon.count(stem) >= _USUAL else None


def shaped(word: str, right: str, context: Context) -> str:
    """``right``, the pair's other side, in the capitals that ``word`` has or should have here."""
    shape = casing.shape(word)
    if has_function_word(right):
        if shape == "initial" and context.before.islower() and context.after.islower():
            shape = "lower"  # "seharga seribu Perkilonya dan": a capital that nothing explains
        return casing.give_shape(right, shape, title=not context.starts_sentence)
    title = not context.starts_sentence or (right in _TITLES and context.after[:1].isupper())
    return casing.give_shape(right, shape, title=title)


def has_function_word(right: str) -> bool:
    """Di mana, apa pun, per kilo, ke depan: no compound of two nouns."""
    parts = right.split(" ")
    return parts[0] in _SMALL_WORDS or parts[-1] in _SMALL_WORDS

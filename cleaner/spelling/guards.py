"""Where a likely correction is no sure one: in names, abbreviations and Arabic nobody knows the spelling.

The decision weighs letters, frequency and context, which speak for a known word near a strange one. What
they do not see is that a name may be spelt as its owner likes:

    Lumbung Sumberdaya Indonesia      the name of a company, whatever KBBI says of sumber daya
    Forum Warga Toleran (Formassi)      an abbreviation, explained by the words before it
    Dusun Kampungbaru                   a place, one word on the map
    Ajay Devgan                         no slip of "dengan": no name has a function word at its end
    Abu Huraira, Ya Rasulallah          Arabic, in one of several transliterations
    John Herdman                        a family name that differs from a common one by a letter
    Dansatgas Melati                    Dan- is short for Komandan
    laman Indonesiabaik                 the name of a site
    Medical adn Health                  English: no slip of "dan"
    pensasaran                          me- or pe- before a root whose first letter it should have taken away

There a correction is shown and not made.
"""

from __future__ import annotations

import re

from cleaner.spelling import casing
from cleaner.spelling.context import Context
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import INDONESIAN, Flag
from cleaner.spelling.neighbours import FUNCTION_WORDS
from cleaner.spelling.pairs import Pair
from cleaner.spelling.unknown import Reading
from cleaner.spelling.voice import active

DOUBTED = 0.6
"""Confidence of a correction that a guard speaks against: a suggestion at the usual strength."""
_CLEAR = 0.9
"""Confidence from which on a slip is clear in an abbreviation or the name of a place as well: Diadikbud."""
_COMMON = 0.9
"""Share of capitals below which a word is more than a name."""

_TITLES = frozenset(("duta besar", "ibu kota", "juru bicara", "ketua umum", "wali kota"))
"""Compounds that stand in front of a name and take its capitals: Wali Kota Melati (EYD V)."""
_ARABIC_BEFORE = frozenset(
    (
        "abu ad al an ar as asy at az bin binti ibnu ya "
        "habib kh kiai musala nyai syekh surah surat ustaz masjid pesantren ponpes"
    ).split()
)
"""Words in front of Arabic names."""
_COMPANIES = frozenset(("Bank", "CV", "PT", "Yayasan"))
_SITES = frozenset("akun aplikasi instagram kanal laman portal situs tabloid website".split())
"""What stands in front of the name of a site or an account, which is mostly one word."""
_NASALS = ("mem", "men", "meng", "meny", "pem", "pen", "peng", "peny")
_TAKEN = frozenset("kpst")
"""The letters that me- and pe- take away: pukul, memukul."""
_REACH = 60
"""Code points before a word in which the name it belongs to is looked for."""
_SMALL_WORDS = frozenset(("ad", "ada", "di", "itu", "ke", "per", "pun"))
"""Words in pairs that are no compounds of two nouns: di mana, apa pun, per kilo."""
_LONG_VOWEL = re.compile("aa|ii|uu|oo")
_SMALL = frozenset("aiou")
_FREQUENT = 1_000
"""Corpus count of a word that is meant even among strange ones: "juuga"."""
_STRANGERS = 2
"""Unknown words, of the four around one, that make a passage in another language."""
_USUAL = 300
_BASE, _FOREIGN, _INDONESIAN = int(Flag.BASE), int(Flag.FOREIGN), int(INDONESIAN)
_ORIGIN = int(INDONESIAN | Flag.FOREIGN)


def ceiling(word: str, best: Reading, sure: float, context: Context, knowledge: Knowledge) -> float:
    """The highest confidence that ``best`` may have for ``word`` here: ``sure``, or at most `DOUBTED`."""
    capital = word[0].isupper() and not context.starts_sentence
    glued = best.kind == "glued"
    doubted = (
        (sure < _CLEAR and word[0].isupper() and _in_brackets(context))
        or (not glued and _is_arabic(word.lower(), best.after, capital, context, knowledge))
        or (capital and best.after in FUNCTION_WORDS and _ends_a_name(context))
        or (capital and glued and sure < _CLEAR and _is_place(best.after, knowledge))
        or (capital and glued and best.after.startswith("dan "))
        or (glued and context.before.lower() in _SITES and not _has_function_word(best.after))
        or (capital and not glued and sure < _CLEAR and _is_family_name(best.after, context, knowledge))
        or (best.after in FUNCTION_WORDS and _in_english(context, knowledge))
        or _keeps_first_letter(word.lower(), best.after, knowledge)
    )
    return min(sure, DOUBTED) if doubted else sure


def joined_in_name(word: str, right: str, context: Context, knowledge: Knowledge) -> bool:
    """Is a compound written as one word part of the name of a company: "PT Lumbung Sumberdaya Mandiri"?

    Words with capitals in front of it say so, of which one is a name or PT: not "Tim Bulutangkis".
    """
    if not word[0].isupper() or context.starts_sentence or _has_function_word(right) or right in _TITLES:
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


def beside_english(context: Context, knowledge: Knowledge) -> bool:
    """Is a neighbour English and nothing else: "inter company", "red bull"?"""
    bits = knowledge.lexicon.bits
    near = (word.lower() for word in (context.before, context.after) if word.islower())
    return any(bits(word) & _ORIGIN == _FOREIGN for word in near)


def shaped(word: str, right: str, context: Context) -> str:
    """``right``, the pair's other side, in the capitals that ``word`` has or should have here."""
    shape = casing.shape(word)
    if _has_function_word(right):
        if shape == "initial" and context.before.islower() and context.after.islower():
            shape = "lower"  # "seharga seribu Perkilonya dan": a capital that nothing explains
        return casing.give_shape(right, shape, title=not context.starts_sentence)
    title = not context.starts_sentence or (right in _TITLES and context.after[:1].isupper())
    return casing.give_shape(right, shape, title=title)


def _has_function_word(right: str) -> bool:
    """Di mana, apa pun, per kilo, ke depan: no compound of two nouns."""
    parts = right.split(" ")
    return parts[0] in _SMALL_WORDS or parts[-1] in _SMALL_WORDS


def _in_brackets(context: Context) -> bool:
    text = context.text
    return text[context.start - 1 : context.start] == "(" and text[context.end : context.end + 1] == ")"


def _ends_a_name(context: Context) -> bool:
    return bool(context.before) and not context.before.islower() and not context.after[:1].isupper()


def _is_place(after: str, knowledge: Knowledge) -> bool:
    """Two common base words: Kampungbaru, Telukpandan; not "Rusiatimur" nor "Hidayahmengungkapkan"."""
    lexicon, parts = knowledge.lexicon, after.split(" ")
    return lexicon.capital_share(parts[0]) < _COMMON and all(
        len(part) > 3 and part not in FUNCTION_WORDS and lexicon.bits(part) & _BASE for part in parts
    )


def _is_family_name(after: str, context: Context, knowledge: Knowledge) -> bool:
    """Is ``after`` a name, behind a word that is no Indonesian one: John Herdman, Azaim Ibrahimy?"""
    lexicon, before = knowledge.lexicon, context.before.lower()
    return context.before.istitle() and lexicon.cased(after) is not None and not lexicon.bits(before) & _INDONESIAN


def _in_english(context: Context, knowledge: Knowledge) -> bool:
    """Are the words on both sides English and nothing else?"""
    bits = knowledge.lexicon.bits
    near = (context.before.lower(), context.after.lower())
    return all(bits(word) & _ORIGIN == _FOREIGN for word in near)


def _keeps_first_letter(low: str, after: str, knowledge: Knowledge) -> bool:
    """Is ``low`` a known word behind me- or pe- that kept its first letter, and ``after`` another word?

    *pensasaran* is a rough *penyasaran*, no slip of *penasaran*.
    """
    lexicon = knowledge.lexicon
    for nasal in _NASALS:
        rest = low.removeprefix(nasal)
        if len(low) > len(rest) > 4 and rest[0] in _TAKEN and rest in lexicon:
            return after != low[:2] + active(rest)[2:]
    return False


def _is_arabic(low: str, after: str, capital: bool, context: Context, knowledge: Knowledge) -> bool:
    """Is ``low`` a transliteration, and does ``after`` differ in what transliterations differ in?"""
    if low.endswith("llah") and len(low) > 6:
        # Rasulullah, Rasulallah, Rasulillah are the cases of one word; syukurillah is not syukurilah.
        same = len(low) == len(after) and low[:-5] == after[:-5] and {low[-5], after[-5]} <= _SMALL
        return same or not after.endswith("llah")
    if capital and (context.before.lower() in _ARABIC_BEFORE or _LONG_VOWEL.search(low)):
        return _latin(low) == _latin(after)  # Abu Huraira, Syariik bin Abdullah
    if not _LONG_VOWEL.search(low) or knowledge.count(after) >= _FREQUENT:
        return False
    return sum(_is_strange(other, knowledge) for other in (*context.left, *context.right)) >= _STRANGERS


def _is_strange(low: str, knowledge: Knowledge) -> bool:
    return len(low) > 3 and low.isalpha() and not knowledge.lexicon.bits(low) and not knowledge.known(low)


def _latin(word: str) -> str:
    """``word`` without what transliterations of Arabic differ in: doubled letters, h, q for k, o for u."""
    return re.sub(r"(.)\1", r"\1", word.replace("h", "").replace("q", "k").replace("o", "u"))

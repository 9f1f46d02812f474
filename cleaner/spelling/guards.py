"""Where a likely correction is no sure one: in names, abbreviations, English and Arabic.

The decision weighs letters, frequency and context, which speak for a known word near a strange one. What
they do not see is that a name may be spelt as its owner likes:

    Forum Warga Toleran (Formassi)      an abbreviation, explained by the words before it
    Ajay Devgan                         no slip of "dengan": no name has a function word at its end
    John Herdman, Sri Mulyati           a name that differs from a common one by a letter
    Tiur Parlindungan Siregar           a word in front of a family name
    Abu Huraira, Ya Rasulallah          Arabic, in one of several transliterations
    Medical adn Health, Repoeblik       English: no slip of "dan"; the old spelling
    pensasaran                          me- or pe- before a root whose first letter it should have taken away
    immateriil, Kakantah, ribukg        a word with something added, not *materiil*, Kantah, *ribu*
    direbutkan, menangkapi              a rare form of a known word, not *disebutkan*, *menangkap*

Glued words have guards of their own (see `glue_guards`). There a correction is shown and not made.
"""

from __future__ import annotations

import re

from cleaner.spelling.channel import NEIGHBOURS
from cleaner.spelling.context import Context
from cleaner.spelling.doubts import before_family_name
from cleaner.spelling.function_words import FUNCTION_WORDS
from cleaner.spelling.glue_guards import doubts_glue
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import INDONESIAN, Flag
from cleaner.spelling.unknown import Reading
from cleaner.spelling.voice import active

DOUBTED = 0.6
"""Confidence of a correction that a guard speaks against: a suggestion at the usual strength."""
_CLEAR = 0.9
"""Confidence from which on a slip is clear in a name as well."""
_EXPLAINED = 0.95
"""The same for an abbreviation in brackets: Diadikbud."""
_LIKELY = 0.85
"""The same for a word that exists."""
_REACH, _WORDS = 90, 8
"""Code points and words before an abbreviation in which it may be explained."""
_SHORT = 5
"""Letters from which on a word in English is no slip of an English one: "ref sebagau bound"."""
_FITS = 2.0
"""log10 of how much better than its frequency a word fits where it is usual."""
_ARABIC_BEFORE = frozenset(
    (
        "abu ad al an ar as asy at az bin binti ibnu ya "
        "habib kh kiai musala nyai syekh surah surat ustaz masjid pesantren ponpes"
    ).split()
)
"""Words in front of Arabic names."""
_SONS = frozenset(("bin", "binti", "ibnu"))
"""Behind these stands a name, whatever it looks like."""
_NASALS = ("mem", "men", "meng", "meny", "pem", "pen", "peng", "peny")
_TAKEN = frozenset("kpst")
"""The letters that me- and pe- take away: pukul, memukul."""
_VERBS = ("me", "di")
"""What takes -i, for what is done to many or again and again: menangkapi."""
_KEPT = ("per", "pel")
"""Prefixes that keep their p: mempertimbangkan."""
_LONG_VOWEL = re.compile("aa|ii|uu|oo")
_ARABIC_VOWEL = re.compile("aa|ii|uu")
_SMALL = frozenset("aiou")
_FREQUENT = 1_000
"""Corpus count of a word that is meant even among strange ones: "juuga"."""
_STRANGERS = 2
"""Unknown words, of the four around one, that make a passage in another language."""
_INDONESIAN, _DOUBTFUL = int(INDONESIAN), int(Flag.DOUBTFUL)
_ORIGIN = int(INDONESIAN | Flag.FOREIGN)


def ceiling(word: str, best: Reading, sure: float, context: Context, knowledge: Knowledge) -> float:
    """The highest confidence that ``best`` may have for ``word`` here: ``sure``, or at most `DOUBTED`."""
    capital = word[0].isupper() and not context.starts_sentence
    low, after = word.lower(), best.after
    if word[0].isupper() and _in_brackets(context) and (sure < _EXPLAINED or _is_explained(low, context)):
        doubted = True
    elif best.kind == "glued":
        doubted = doubts_glue(word, after, sure, context, knowledge)
    else:
        doubted = (
            (word[0].isupper() and _is_son(context))
            or _is_arabic(low, after, capital, context, knowledge)
            or (capital and sure < _CLEAR and _is_name(after, context, knowledge))
            or (word[0].isupper() and sure < _CLEAR and _in_name(context, knowledge))
            or (capital and after in FUNCTION_WORDS and _ends_a_name(context))
            or (len(low) < _SHORT and after in FUNCTION_WORDS and _in_english(context, knowledge))
            or _is_old_spelling(low, knowledge)
            or (sure < _LIKELY and _exists(low, best, capital, knowledge))
            or (low == after + "i" and low.startswith(_VERBS) and knowledge.known(low))
            or _keeps_first_letter(low, after, knowledge)
            or (best.kind == "two slips" and after in (low[2:], low[:-2]))
        )
    return min(sure, DOUBTED) if doubted else sure


def beside_english(context: Context, knowledge: Knowledge) -> bool:
    """Is a neighbour English and nothing else: "inter company", "red bull"?"""
    near = (word for word in (context.before, context.after) if word.islower())
    return any(map(knowledge.lexicon.is_only_foreign, near))


def _in_brackets(context: Context) -> bool:
    text = context.text
    return text[context.start - 1 : context.start] == "(" and text[context.end : context.end + 1] == ")"


def _is_explained(low: str, context: Context) -> bool:
    """Is ``low`` made of how the words before it begin: Direktur Reserse Kriminal Umum (Dirreskrimum)?"""
    before = context.text[max(0, context.start - _REACH) : context.start].lower()
    return _made_of(low, re.findall("[a-z]+", before)[-_WORDS:])


def _made_of(rest: str, words: list[str]) -> bool:
    if not rest:
        return True
    for at, word in enumerate(words):
        for size in range(2, len(word) + 1):
            if not rest.startswith(word[:size]):
                break
            if _made_of(rest[size:], words[at + 1 :]):
                return True
    return False


def _ends_a_name(context: Context) -> bool:
    return bool(context.before) and not context.before.islower() and not context.after[:1].isupper()


def _in_english(context: Context, knowledge: Knowledge) -> bool:
    """Are the words on both sides English and nothing else?"""
    english = knowledge.lexicon.is_only_foreign
    return english(context.before.lower()) and english(context.after.lower())


def _is_old_spelling(low: str, knowledge: Knowledge) -> bool:
    """Repoeblik, peladjar, tjinta: what was right before 1947 or 1972, and stands in names and quotations."""
    modern = low.replace("oe", "u").replace("dj", "j").replace("tj", "c")
    return modern != low and modern in knowledge.lexicon


def _in_name(context: Context, knowledge: Knowledge) -> bool:
    """Does a family name follow, or are both neighbours words with capitals that are no words at all?"""
    bits, near = knowledge.lexicon.bits, (context.before, context.after)
    return before_family_name(context, knowledge) or all(
        word.istitle() and not bits(word.lower()) & _ORIGIN for word in near
    )


def _is_name(after: str, context: Context, knowledge: Knowledge) -> bool:
    """Is ``after`` a name that others are like: a rare one, or behind a name (Sri Mulyati, Azaim Ibrahimy)?

    There is no other name like Februari or Lampung, and English words in names of institutions are words.
    """
    lexicon = knowledge.lexicon
    if lexicon.cased(after) is None or (lexicon.is_only_foreign(after) and context.after.istitle()):
        return False
    behind_name = context.before.istitle() and not lexicon.bits(context.before.lower()) & _INDONESIAN
    return behind_name or knowledge.count(after) < _FREQUENT


def _exists(low: str, best: Reading, capital: bool, knowledge: Knowledge) -> bool:
    """Is ``low`` a word, and nothing that fingers make of ``best``: another vowel, a letter far away?

    direbutkan, disebutkan; tentangan, tantangan. Letters that are missing or too many are what makes a word
    of another one: mengutungkan. A word with a capital is rather a name (Tampahan), unless the correction
    is usual here (Luar Ngeri), and a name no slip of a word without a capital (alah, Allah).
    """
    bits = knowledge.lexicon.bits(low)
    if not (bits & _INDONESIAN or knowledge.known(low)):
        return False
    if knowledge.lexicon.cased(best.after) is not None:
        return True
    if bits & _DOUBTFUL:
        return False
    if capital:
        return best.fit < _FITS
    far = (a != b and b not in NEIGHBOURS.get(a, "") for a, b in zip(best.after, low, strict=False))
    return best.kind == "substituted" and any(far)


def _keeps_first_letter(low: str, after: str, knowledge: Knowledge) -> bool:
    """Is ``low`` a known word behind me- or pe- that kept its first letter, and ``after`` another word?

    *pensasaran* is a rough *penyasaran*, no slip of *penasaran*.
    """
    lexicon = knowledge.lexicon
    for nasal in _NASALS:
        rest = low.removeprefix(nasal)
        if len(low) > len(rest) > 4 and rest[0] in _TAKEN and not rest.startswith(_KEPT) and rest in lexicon:
            return after != low[:2] + active(rest)[2:]
    return False


def _is_arabic(low: str, after: str, capital: bool, context: Context, knowledge: Knowledge) -> bool:
    """Is ``low`` a transliteration, and does ``after`` differ in what transliterations differ in?"""
    if low.endswith("llah") and len(low) > 6:
        # Rasulullah, Rasulallah, Rasulillah are the cases of one word; syukurillah is not syukurilah.
        same = len(low) == len(after) and low[:-5] == after[:-5] and {low[-5], after[-5]} <= _SMALL
        return same or not after.endswith("llah")
    if capital and context.before.lower() in _ARABIC_BEFORE:
        return _latin(low) == _latin(after)
    name = knowledge.lexicon.is_only_name(after)
    if name and low.replace("h", "") == after.replace("h", ""):
        return True  # Ridhwan, Ridwan
    if not _LONG_VOWEL.search(low) or knowledge.count(after) >= _FREQUENT:
        return False
    if name and _ARABIC_VOWEL.search(low) and _latin(low) == _latin(after):
        return True  # Syariik, tsamuud; not Daanau, Coorporate
    return sum(_is_strange(other, knowledge) for other in (*context.left, *context.right)) >= _STRANGERS


def _is_son(context: Context) -> bool:
    """Does it stand behind "ibnu", perhaps with the letter ayn between, written as a quote: Ibnu 'Ajlan?"""
    ayn = context.text[context.start - 1] in "'‘’`" if context.start else False
    return context.left[-2 if ayn else -1 :][0] in _SONS


def _is_strange(low: str, knowledge: Knowledge) -> bool:
    return len(low) > 3 and low.isalpha() and not knowledge.lexicon.bits(low) and not knowledge.known(low)


def _latin(word: str) -> str:
    """``word`` without what transliterations of Arabic differ in: doubled letters, h, q for k, o for u."""
    return re.sub(r"(.)\1", r"\1", word.replace("h", "").replace("q", "k").replace("o", "u"))

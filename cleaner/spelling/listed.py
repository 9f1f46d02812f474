"""Words that a table has: what becomes of them where they stand.

kementrian           kementerian      hardly anybody writes it so: a slip
resiko               risiko           non-standard, shown only
Praktek Mandiri      stays, shown     may be part of a name
dimana               di mana
"""

from __future__ import annotations

from cleaner.edits import Edit
from cleaner.spelling import casing, reasons
from cleaner.spelling.compounds import joined_in_name, shaped
from cleaner.spelling.context import Context
from cleaner.spelling.guards import DOUBTED
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.pairs import Pair

PAIR_RULES = {"joined": "typo.split", "nonstandard": "typo.nonstandard", "slang": "slang.word"}
"""The rule of each table; a pair of non-standard spelling that is graded as a slip is `SLIP`."""
SLIP = "typo.nonword"
_SURE = {"slip": 0.93, "always": 0.97, "context": 0.8, "suggest": 0.5}
_FITS, _DOES_NOT = 0.9, 0.5


def settle_pair(word: str, kind: str, pair: Pair, context: Context, knowledge: Knowledge) -> Edit:
    """The edit for ``word``, which the table ``kind`` (a key of `PAIR_RULES`) has as ``pair``."""
    sure = _SURE[pair.grade]
    if pair.grade == "context":
        window = knowledge.model.window(context.left, context.right)
        fits = window.score(pair.right.split()) > window.score([word.lower()])
        sure = _FITS if fits else _DOES_NOT
    elif kind == "joined" and joined_in_name(word, pair.right, context, knowledge):
        sure = DOUBTED
    elif kind == "nonstandard" and casing.shape(word) == "initial" and not context.starts_sentence:
        # Praktek may be part of a name, and Wae Rebo is a village; but "Kementrian Perdagangan".
        usual = pair.grade == "slip" and _is_usual(pair.right, context, knowledge)
        sure = _FITS if usual else _DOES_NOT
    rule = SLIP if pair.grade == "slip" else PAIR_RULES[kind]
    after = shaped(word, pair.right, context)
    return Edit(context.start, context.end, after, rule, reasons.table(rule, word.lower(), pair.right), sure)


def _is_usual(right: str, context: Context, knowledge: Knowledge) -> bool:
    """Does ``right`` stand beside one of the words that it would stand beside here?"""
    bigram = knowledge.model.bigram
    return bigram(right, context.after.lower()) > 0 or bigram(context.before.lower(), right) > 0

"""Doubts: what else a word may be, and how the evidence weighs where it stands.

`examine` is asked once a word type, `weigh` at each place of it. What is known to be right, or is
spoken language meant as it stands, raises no doubt at all.
"""

from __future__ import annotations

from math import log10

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cleaner.document import Document
from cleaner.spelling.casing import Shape, shape
from cleaner.spelling.colloquial import is_colloquial
from cleaner.spelling.context import Context
from cleaner.spelling.decision import Evidence, Features, features
from cleaner.spelling.echoes import echoed
from cleaner.spelling.function_words import FUNCTION_WORDS
from cleaner.spelling.knowledge import Knowledge
from cleaner.spelling.lexicon import INDONESIAN, OUTNUMBERS, Flag
from cleaner.spelling.morphology import without_clitic
from cleaner.spelling.unknown import (
    LOST_SPACE,
    NEW_WORD,
    SLIP,
    Correction,
    Doubt,
    Reading,
    corrections,
    rank,
    splits,
)

_FREQUENT = 300
"""A listed word that the corpus has more often is never taken for a slip of another one."""
_KINDEST = 3.0
"""log10 of how much a context can speak for a word. Beyond lie 21 % of the unknown words of news that have a
candidate, and of these not one correction became likelier than not in 3,020 articles."""
_TRANSLITERATED = frozenset("āēīōūḍḏġḥḫṣšṭṯẓžʿʾ")
"""Letters of transliterated Arabic: "Astaghfirullāha wa atūbu ilayhi"."""
_PREFIXES = ("di", "ke", "se")
"""Of two letters, so that what stands behind them is a candidate."""
_MARKS = frozenset(("<s>", "</s>", "<p>", "<num>"))

# As plain numbers: most of this module's time went into arithmetic of enumerations.
_INDONESIAN, _DERIVED, _FOREIGN, _NAME, _DOUBTFUL, _MISSPELT, _LONELY = map(
    int, (INDONESIAN, Flag.DERIVED, Flag.FOREIGN, Flag.NAME, Flag.DOUBTFUL, Flag.MISSPELT, Flag.LONELY)
)
_INFORMAL = int(Flag.INFORMAL)


def examine(low: str, cased: Shape, knowledge: Knowledge) -> Doubt | None:
    """What else a word may be, or None if there is nothing to doubt."""
    lexicon = knowledge.lexicon
    flags = lexicon.bits(low)
    if flags & _LONELY:
        return None
    listed = bool(flags & (_INDONESIAN | _FOREIGN | _NAME))
    known = knowledge.known(low)
    if not known and is_colloquial(low, lexicon):
        return None
    if low in knowledge.vocabulary:
        return None
    count = lexicon.count(low)
    if known or listed:
        # Short words have neighbours everywhere; but "iin" in lower case is hardly the name, and "uga"
        # hardly the colour.
        certain = flags & _INDONESIAN and not flags & _DOUBTFUL
        if count > _FREQUENT or len(low) < (4 if certain else 3):
            return None
        if cased == "initial" and flags & _NAME:
            return None
        near = corrections(low, knowledge.index.lookup(low, 1), lexicon.count, OUTNUMBERS * (count + 1))
        if flags & _INFORMAL:  # "ngga" is no slip of "nggak", but as spoken
            near = tuple(found for found in near if not lexicon.bits(found[0]) & _INFORMAL)
        return Doubt(low, True, knowledge.letters_of(low), near, ()) if near else None
    if low.startswith("di") and low.endswith("isasi") and low[2:] in lexicon:
        return None  # diutilisasi, diinisiasi: passives without -kan, as people say them
    near = _standard(corrections(low, _near(low, cased, knowledge), knowledge.count), knowledge)
    parts = splits(low, lexicon.count, knowledge.is_part)
    parts = tuple(split for split in parts if not _before_verb(split[0], knowledge))
    doubt = Doubt(low, False, knowledge.letters_of(low), near, parts)
    return doubt if _has_a_chance(doubt, knowledge) else None


def _before_verb(parts: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Do the parts begin with "di" or "ke" before a verb, which no preposition stands before: di terwujud?

    An English word that never stands behind it is one as well: "dibundling" is a passive, not "di bundling".
    """
    first, second = parts[0], parts[1]
    if first not in ("di", "ke"):
        return False
    if knowledge.lexicon.is_only_foreign(second):
        return not knowledge.model.bigram(first, second)
    return (
        second.startswith(("ber", "me", "ter"))
        and second not in FUNCTION_WORDS
        and knowledge.lexicon.bits(second) & _INDONESIAN == _DERIVED
    )


def _has_a_chance(doubt: Doubt, knowledge: Knowledge) -> bool:
    """Could the kindest context make another reading likely? If not, the word is never looked at again.

    This is what keeps names and foreign words cheap: *bonfire* has neighbours in the dictionary, but no
    context makes *bonafide* of it.
    """
    total = log10(knowledge.model.total)
    readings = [SLIP + channel + log10(count) - total for _, channel, _, count in doubt.corrections]
    for parts, _ in doubt.splits:
        alone = sum(log10(max(1, knowledge.lexicon.count(part))) - total for part in parts)
        readings.append(LOST_SPACE * (len(parts) - 1) + alone)
    return bool(readings) and max(readings) + _KINDEST > NEW_WORD + doubt.letters


def _standard(found: tuple[Correction, ...], knowledge: Knowledge) -> tuple[Correction, ...]:
    """Candidates that are non-standard give way to their standard form: mempraktekkan."""
    standard: dict[str, Correction] = {}
    for term, channel, kind, count in found:
        right = knowledge.nonstandard[term].right if term in knowledge.nonstandard else term
        if right not in standard or standard[right][1] < channel:
            standard[right] = (right, channel, kind, max(count, knowledge.lexicon.count(right)))
    return tuple(standard.values())


def _near(low: str, cased: Shape, knowledge: Knowledge) -> list[tuple[str, int]]:
    """Candidates and their distance: listed words, and those with a clitic: diksusinya -> diskusinya.

    Not what only lacks a foreign plural's s (Geoparks) or a prefix (didisplay), nor for a capitalised word
    what only has a hyphen more (the family name Butarbutar).
    """
    found = dict(knowledge.index.lookup(low))
    if knowledge.vocabulary:
        own = extract(low, list(knowledge.vocabulary), scorer=OSA.distance, score_cutoff=1, limit=4)
        found.update((term, int(distance)) for term, distance, _ in own)
    if low.endswith("s"):
        found.pop(low[:-1], None)
    if low.startswith(_PREFIXES):
        found.pop(low[2:], None)
    if cased == "initial":
        found = {term: distance for term, distance in found.items() if "-" not in term}
    for stem, clitic in without_clitic(low, 5):
        for term, distance in knowledge.index.lookup(stem, 1):
            if distance == 1 and term in knowledge.lexicon:
                found.setdefault(term + clitic, 1)
    return list(found.items())


def weigh(
    word: str, doubt: Doubt, context: Context, document: Document, knowledge: Knowledge
) -> tuple[list[Reading], Features] | None:
    """The readings of a doubtful word other than that it is right, best first, and the evidence.

    None if the best is far from likely. The training of the decision starts from here as well.
    """
    model, lexicon, low = knowledge.model, knowledge.lexicon, doubt.low
    if doubt.listed:
        # A pair that the corpus knows needs no further look.
        before, after = context.left[-1], context.right[0]
        if (before not in _MARKS and model.bigram(before, low)) or (
            after not in _MARKS and model.bigram(low, after)
        ):
            return None
    if not _TRANSLITERATED.isdisjoint("".join((*context.left, *context.right))):
        return None
    readings = rank(doubt, context, model)
    right = next(reading for reading in readings if reading.kind == "right")
    others = [reading for reading in readings if reading.kind != "right"]
    best = others[0]
    if best.score - right.score < -4:
        return None
    initial = shape(word) == "initial"
    flags = lexicon.bits(low)
    known = doubt.listed and not flags & (_FOREIGN | _NAME)
    evidence = Evidence(
        # A capital says "name" only where the word is not a common one: Menteri Luar Ngeri.
        capital=initial
        and not known
        and (not context.starts_sentence or before_family_name(context, knowledge)),
        opening=initial and context.starts_sentence,
        beside_capitals=word.islower() * (context.before[:1].isupper() + context.after[:1].isupper()),
        name=bool(flags & _NAME),
        known=known,
        derived=known and not flags,
        slang=low in knowledge.slang and knowledge.slang[low].grade == "always",
        repeats=document.text.count(_bare(word) if initial else word) > 1,
        # For a listed word the language model has this already, as the word's own probability; and that
        # a misspelling is frequent does not make it right.
        seen=0 if known or flags & _MISSPELT else lexicon.count(low),
        letters=doubt.letters,
        strange=_strange(context.before, knowledge) + _strange(context.after, knowledge),
        common_part=best.kind == "glued" and not FUNCTION_WORDS.isdisjoint(best.after.split(" ")),
        echoed=echoed(best.after, document.text),
    )
    return others, features(best, others[1] if len(others) > 1 else right, right, evidence)


def _bare(word: str) -> str:
    """Ramzinya -> Ramzi: that the text has the name elsewhere says that it is one."""
    return next(without_clitic(word, 4), (word, ""))[0]


def before_family_name(context: Context, knowledge: Knowledge) -> bool:
    """Does a word follow that is a name and nothing else? Then so does this one: Parlindungan Siregar."""
    return context.after.istitle() and knowledge.lexicon.is_only_name(context.after.lower())


def _strange(word: str, knowledge: Knowledge) -> int:
    """Is a neighbouring word no Indonesian one?"""
    low = word.lower()
    return int(len(low) > 3 and word.islower() and not knowledge.known(low))

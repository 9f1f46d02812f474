"""Words with capitals or digits inside that lost a space: dariReuters, laporanCNNsebelumnya, 2026dengan.

Scrapers drop the space at a link or at italics, and what is linked is mostly a name, so the capital
tells where to cut. Trade names have capitals inside as well (GoPay, YouTube): the corpus knows them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from cleaner.spelling.casing import humps
from cleaner.spelling.function_words import FUNCTION_WORDS
from cleaner.spelling.knowledge import PART, Knowledge
from cleaner.spelling.morphology import CLITICS
from cleaner.spelling.unknown import SHORT_PARTS, splits

_COMMON = 500
"""Corpus count from which on a word is common."""
_USUAL = 20
"""Corpus count from which on a pair of words is usual."""
_FIRST = frozenset(("di", "ke", "dan", "ini", "itu"))
"""Short words that may come first: danHuman."""
_ARTICLES = frozenset(("Al", "The"))
"""What names of media begin with, so that it ends up behind the word before: "dikutipAl Jazeera"."""
_TRADE = frozenset(("bank", "energi", "fm", "group", "jp", "mart", "net", "pay", "tech", "tv"))
"""What trade names end in that are written as one word: KompasTV, MedcoEnergi, TelkomGroup."""
_UNSURE = 0.7
"""Confidence of a cut where a trade name or a name in a program is as likely: a suggestion."""
_ALWAYS_NAME = 0.9
"""Share of capitals of what is hardly ever anything but a name."""
_KINDS = frozenset(
    (
        "bandara bupati desa gubernur kabupaten kecamatan kelurahan kementerian menteri polda polres "
        "presiden provinsi stadion universitas"
    ).split()
)
"""What stands in front of a name, and no trade name begins with."""
_NUMBER = re.compile(r"(?<![\w.,-])((?:ke-)?\d[\d.,]*)([a-z]{3,}|(?<=ke-\d\d)[A-Z][a-z]{3,})(?![\w-])")
_WORD = re.compile(r"(?<![\w.@/-])([a-z]{2,})(?=\d[\d.,]*%?(?![\w-]))")
_NO_UNIT = frozenset(("detik", "nya", "tak"))
"""What stands behind a number rightly, or with a hyphen: 20detik (a name), motor 4tak, ke-62nya."""
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def take_apart(word: str, knowledge: Knowledge) -> tuple[str, float]:
    """A word with capitals inside taken apart, and how sure that is; "" if it is a name or unclear.

    dariReuters -> dari Reuters, laporanCNNsebelumnya -> laporan CNN sebelumnya. GoPay, YouTube and
    other names stay: the corpus has them as one word more often than as two.
    """
    parts: list[str] = []
    sure = 0.95
    pieces, low = humps(word), word.lower()
    if len(pieces) == 2 and pieces[0] == pieces[1]:
        twice = "-".join(pieces)  # UndangUndang; KameraKamera is a label beside a heading
        return (twice, 0.93) if knowledge.lexicon.count(twice.lower()) >= _COMMON else ("", 0.0)
    if low in knowledge.lexicon and low not in knowledge.joined and pieces[0] not in _FIRST:
        return "", 0.0  # insyaAllah: one word, with a capital too many
    for hump in pieces:
        if hump in _ARTICLES and hump is pieces[-1] and parts and parts[-1].lower() in knowledge.lexicon:
            parts.append(hump)
            continue
        found = _piece(hump, not parts, knowledge)
        if not found:
            # vaksinMeasles: a strange word behind a common one in lower case is still a word.
            common = parts and parts[-1].islower() and knowledge.lexicon.count(parts[-1]) >= _COMMON
            # sepertiOle; but untukNya is of texts about God.
            shortest = 3 if parts and parts[-1] in FUNCTION_WORDS and hump.lower() not in CLITICS else 4
            if not common or hump is not pieces[-1] or len(hump) < shortest or not hump[1:].islower():
                return "", 0.0
            found, sure = [hump], 0.88
        parts += found
    if len(parts) < 2 or parts[-1] in CLITICS:  # CCTVnya wants a hyphen, if anything
        return "", 0.0
    if _in_program(parts, knowledge):
        return "", 0.0
    pairs = list(pairwise(part.lower() for part in parts))
    apart = min(knowledge.model.bigram(one, two) for one, two in pairs)
    together = knowledge.lexicon.count(low)
    if together and apart < max(3, together / 3) and parts[-1] not in _ARTICLES:
        return "", 0.0
    if parts[0].istitle() and parts[1][0].isupper() and apart < _USUAL and parts[1] not in _ARTICLES:
        one, two = (part.lower() for part in parts[:2])
        lexicon = knowledge.lexicon
        english = one not in lexicon and lexicon.is_foreign(one) and lexicon.is_foreign(two)
        if english or (one not in _KINDS and (two in lexicon or not lexicon.is_name(two))):
            sure = min(sure, _UNSURE)  # KlikDokter, SplitBill: as likely a trade name
    if len(parts) == 2 and _is_trade_name(parts[0], parts[1], knowledge):
        sure = min(sure, _UNSURE)
    if len(parts) == 2 and knowledge.lexicon.count(f"{pairs[0][0]}-{pairs[0][1]}") > apart:
        return "-".join(parts), sure  # SoekarnoHatta
    return join(list(map(knowledge.apart, parts))), sure


def beside_number(token: str, knowledge: Knowledge) -> tuple[int, int] | None:
    """Where a white-space token has a number and a common word run together: 2026dengan, 17pada, dan3,6%.

    Code points in ``token`` of the one that comes first, half-open; None if it has none.
    """
    behind = _NUMBER.search(token)
    if behind is None:
        match = _WORD.search(token)
        return match.span(1) if match and match[1] in FUNCTION_WORDS else None
    low = behind[2].lower()
    if low in _NO_UNIT or low not in knowledge.lexicon or knowledge.lexicon.count(low) < _COMMON:
        return None
    return behind.span(1)


def _in_program(parts: list[str], knowledge: Knowledge) -> bool:
    """English words behind a small first letter: mainLoop, indexHandler; not "filmJoker", "dariReuters"."""
    lexicon = knowledge.lexicon
    return parts[0].islower() and all(
        lexicon.is_foreign(low) and lexicon.capital_share(low) < _ALWAYS_NAME for low in map(str.lower, parts)
    )


def _is_trade_name(one: str, two: str, knowledge: Knowledge) -> bool:
    """KompasTV, MedcoEnergi (a name, and what trade names end in), BNIdirect (English behind an acronym)."""
    lexicon, low = knowledge.lexicon, two.lower()
    if one.isupper():
        return two.islower() and lexicon.is_foreign(low) and low not in lexicon
    return one.istitle() and low in _TRADE and lexicon.capital_share(one.lower()) >= _ALWAYS_NAME


def join(parts: list[str]) -> str:
    """The parts of a glued word as they are to be written: a word said twice takes a hyphen (EYD V).

    >>> join(["laporan", "laporannya"]), join(["dari", "Reuters"]), join(["dari", "dari"])
    ('laporan-laporannya', 'dari Reuters', 'dari')
    """
    twice = (
        len(parts) == 2
        and parts[1].islower()
        and parts[1] in (parts[0], *(parts[0] + clitic for clitic in CLITICS))
    )
    if twice and parts[0] in FUNCTION_WORDS:
        return parts[1]
    return ("-" if twice else " ").join(parts)


def _piece(piece: str, first: bool, knowledge: Knowledge) -> list[str]:
    """One hump as the words in it: [dari], [CNN, sebelumnya], [Trump, menyatakan]; [] if unclear."""
    lexicon, low = knowledge.lexicon, piece.lower()
    capitals = len(piece) - len(piece.lstrip(_CAPITALS))
    if capitals == len(piece):
        return [piece] if capitals > 1 and lexicon.count(low) >= PART else []
    if capitals > 1:
        acronym, rest = piece[:capitals], piece[capitals:]
        part = rest in SHORT_PARTS if len(rest) <= 3 else knowledge.is_part(rest)  # not BUMD esa
        if part and lexicon.count(acronym.lower()) >= PART:
            return [acronym, rest]
        acronym, rest = piece[: capitals - 1], piece[capitals - 1 :]
        whole = _piece(rest, False, knowledge) if len(acronym) > 1 else []  # JConnect, XBank: trade names
        return [acronym, *whole] if whole and lexicon.count(acronym.lower()) >= PART else []
    if _stands_alone(low, first, knowledge):
        return [piece]
    if capitals:
        for parts, _ in splits(low, lexicon.count, knowledge.is_part):
            english = parts[0] not in lexicon and lexicon.is_foreign(parts[0])
            if not first and english and lexicon.count(parts[-1]) < _COMMON:
                return [piece]  # dariCrunchbase: a trade name; but "dariTwittersaat"
            return [piece[0] + parts[0][1:], *parts[1:]]
    return []


def _stands_alone(part: str, first: bool, knowledge: Knowledge) -> bool:
    if len(part) <= 3:
        return first and part in _FIRST
    return knowledge.is_part(part)

"""A sentence that begins with a small letter: "rusak parah. kejadian itu" -> Kejadian.

Only where it is certain that a sentence ends: between two common words of the language, in a text that
begins its other sentences with a capital. Not behind a question or an exclamation in quotation marks ("Apa
itu?" kata dia), and not before a word that goes on with the same sentence, where the stop may be meant for
a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.edits import Bilingual, Edit
from cleaner.spelling.lexicon import INDONESIAN, Lexicon

_STOP = re.compile(r"\. (?:(?<=[a-z]{3}\. )|(?<=[a-z]{3}[)\"”]\. ))([“\"]?)([a-z]{3,})(?= )")
_CAPITAL = re.compile(r"\. [“\"]?[A-Z]")
_GOES_ON = frozenset(
    (
        "agar atau bahkan dalam dan dari dengan hingga karena ke kecuali maupun oleh pada pun sambil sampai "
        "sebab sedangkan sehingga sementara seperti serta tapi termasuk tetapi untuk yaitu yakni yang"
    ).split()
)
"""Words that join what follows to what stands before."""
_SPEECH = frozenset(
    (
        "kata ujar tutur ucap jelas ungkap sebut papar terang tegas tambah imbuh lanjut pungkas tulis tanya "
        "jawab kenang cetus"
    ).split()
)
"""Behind a quotation."""
_SHORT = frozenset("ada air aku apa api bus dia hal ini itu kok ton tim".split())
"""Words of three letters that are no abbreviation (dkk., tgl.)."""
_SMALL = frozenset(("detikcom",))
"""Names that have a small letter everywhere."""
_ABBREVIATIONS = frozenset("kapt prof telp".split())
_COMMON = 50
"""Corpus count of the word that begins the sentence."""
_BEFORE = 20
"""The same of the word that ends the one before it."""
_LONGEST = 40
_REASON = Bilingual("awal kalimat berhuruf kapital (EYD V)", "a sentence begins with a capital (EYD V)")


def sentence_starts(text: str, lexicon: Lexicon) -> Iterator[Edit]:
    """Edits on ``text``, left to right."""
    matches = [match for match in _STOP.finditer(text) if _is_start(match, text, lexicon)]
    if matches and len(_CAPITAL.findall(text)) > len(matches):
        for match in matches:
            start, end = match.span(2)
            yield Edit(start, end, match[2].capitalize(), "typo.casing", _REASON, 0.85)


def _is_start(match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    word, before = match[2], _last_word(text, match.start())
    if word in _GOES_ON or word in _SPEECH or word in _SMALL:
        return False
    if before in _ABBREVIATIONS or (len(before) == 3 and before not in _SHORT):
        return False
    if not (lexicon.bits(word) & INDONESIAN and lexicon.count(word) >= _COMMON):
        return False
    return before in lexicon and lexicon.count(before) >= _BEFORE


def _last_word(text: str, end: int) -> str:
    """What stands before ``end``, without the marks behind it: neither "situs.com" nor "e.g" is a word."""
    tokens = text[max(0, end - _LONGEST) : end].split()
    return tokens[-1].rstrip(')"”').lstrip('("“') if tokens else ""

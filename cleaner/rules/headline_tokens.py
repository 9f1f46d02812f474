"""The words of a headline and of the sentence glued to it, each with its place and its core.

Words that lost the space between them come apart here, since the border may lie there: "Naik LagiDia
mengatakan", "2011Dia", "BPSmenyebut"; "YouTube" and names that the article has elsewhere do not.

Start reading at `words_of`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from cleaner.rules.headline_words import FUNCTION, STRONG

# The small word behind names that makes them a subject; headlines drop "me-" or write it large.
PREDICATE = re.compile(
    r"\A(?:me[a-z]{3,}|di[a-z]{4,}|ber[a-z]{3,}|adalah|merupakan|juga|pun|akan|telah|sudah|kini|"
    r"sempat|bakal|turut|masih|belum|tidak|tak|bisa|itu|ini|tersebut|mulai|lalu|saat)$"
)
_TOKEN = re.compile(r"\S+")
# Two words that lost the space between them: "TerbangunDia", "2011Dia", "BPSDia", 'Wage"Kami', "Lagi?Ia".
_GLUE = re.compile(
    r"(?<=[a-z])(?=[A-Z\"“‘][a-z“\"A-Z]+)|(?<=[a-z?!.”\dA-Z%)])(?=[\"“][A-Z])|(?<=[a-z.][?!.])(?=[A-Z])|"
    r"(?<=[\d%)])(?=[A-Z][a-z])"
)
_ACRONYM = re.compile(r"(?<=[A-Z])(?=[A-Z][a-z])")
_CAMEL = re.compile(
    r"(?i:youtube|tiktok|whatsapp|linkedin|iphone|ipad|ios|gopay|shopeepay|playstation|macbook|paypal|openai|"
    r"chatgpt|deepseek|powerpoint|airasia|transjakarta|bitcoin|mcdonald|mclaren|mcgregor|motogp|detik\w+|"
    r"livestream\w*|streetview|bytedance|superapp|cnnindonesia|cnbcindonesia|\bmou\b)"
)
CLOSERS = "\"'”’)]»"
OPENERS = "\"'“‘([«"
_MARKS = "\"'“”‘’()[].,:;!?…«»"
# A full stop behind these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|[Dd]r|[Dd]rs|[Pp]rof|[Hh]j?|No|St|Jl|Rp|vs|Tbk|Mr|Mrs|KH|Ir|dkk|Pj))\.$"
)

_CONTEXT = 4000  # code points of the article on each side in which names are looked up
_LONGEST_TOKEN = 60  # no two words are as long as that
_MARGIN = 12  # words of the sentence that are looked at
AHEAD = 5  # words behind a border that speak for it or against it


class Word(NamedTuple):
    """A word of the text, ``text[start:end]`` (code points, half-open)."""

    start: int
    end: int
    text: str
    core: str
    """The word without the marks around it."""
    glued: bool
    """Was the space in front of it lost?"""


def words_of(text: str, start: int, limit: int, most: int) -> tuple[list[Word], int]:
    """The words that can matter, and the number of the first one with a full stop (or of all).

    A headline has no full stop: it ends before the sentence that has the first one. What matters are the
    words up to there, at most those of the longest headline, and a few of what follows.
    """
    words: list[Word] = []
    stop = -1
    for match in _TOKEN.finditer(text, start, limit):
        token, position = match[0], match.start()
        if token.isalpha() and (token[1:].islower() or token.islower()):
            words.append(Word(position, match.end(), token, token, False))  # as three in four are
        else:
            points = _glue_points(token)
            if points and occurs_again(text, position, token.strip(_MARKS)):
                points = []  # "PalmCo", "KemenPU": a name, not two words that lost their space
            pieces = [position, *(position + at for at in points), match.end()]
            for left, right in pairwise(pieces):
                piece = text[left:right]
                words.append(Word(left, right, piece, piece.strip(_MARKS), left > position))
                if stop < 0 and "." in piece and _is_stop(words[-1]):
                    stop = len(words) - 1
        if len(words) >= most + _MARGIN or (stop >= 0 and len(words) > stop + AHEAD):
            break
    return words, stop if stop >= 0 else len(words)


def _glue_points(token: str) -> list[int]:
    """Where two words meet in ``token``; one with no capital letter inside has no such place."""
    if token[1:] == token[1:].lower():
        return []
    if len(token) > _LONGEST_TOKEN:
        return []
    points = [match.start() for match in _GLUE.finditer(token) if 0 < match.start() < len(token)]
    if points and _CAMEL.search(token):
        points = [at for at in points if token[at] in OPENERS]
    # "UNESCORina" is a border before "Rina", but "BPSmenyebut" is an acronym and a small word.
    for match in _ACRONYM.finditer(token):
        word = token[match.start() :].strip(_MARKS)
        if word in STRONG or not (word[1:] in FUNCTION or PREDICATE.match(word[1:]) or _CAMEL.search(token)):
            points.append(match.start())
    return sorted({*points})


def _is_stop(word: Word) -> bool:
    bare = word.text.rstrip(CLOSERS)
    return bare.endswith(".") and not bare.endswith("...") and not _ABBREVIATION.search(bare)


def occurs_again(text: str, position: int, what: str) -> bool:
    """Does ``what``, which stands at ``position``, stand somewhere else near by?"""
    left, right = max(0, position - _CONTEXT), position + _CONTEXT
    return text.find(what, left, position) >= 0 or text.find(what, position + len(what), right) >= 0

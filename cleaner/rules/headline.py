"""Where a headline ends that was glued to the next sentence.

    Baca juga: Harga Cabai di Pasar Melati Naik Lagi, Warga Mengeluh Dia mengatakan pasokan aman.

Nothing marks the border, but two things change there. Headlines capitalise every word except short
function words (di, dan, untuk); sentences capitalise only their first word and names. And sentences
like to begin with words that headlines lack (Dia, Namun, Menurut, Selain itu).

So this is a change-point problem: every word votes, by its case, for "headline" or "sentence"
(`_vote`); every possible border gets a score for what stands on its two sides (`_border`); the sum
picks the border, and how far it is ahead of all others is the confidence. The votes are rounded log
odds, counted on headlines that stand on lines of their own and on first words of paragraphs.

A few outlets write headlines in sentence case. Their words vote for neither side, so only a strong
opener or an end mark can show the border; a second model takes that into account.

Names are what both sides have in common: "... Naik Lagi Bupati Rina Sari mengatakan". Three things
help there: an office in front of names in front of a small verb opens a sentence, two words that stand
together elsewhere in the article are not torn apart, and single headlines have 15 words at most.

Start reading at `headline_end`.
"""

from __future__ import annotations

import re
from math import exp
from typing import NamedTuple

from cleaner.rules.headline_tokens import AHEAD, CLOSERS, OPENERS, PREDICATE, Word, occurs_again, words_of
from cleaner.rules.headline_words import (
    FUNCTION,
    NEEDS_SMALL,
    NEVER_LAST,
    OFFICE,
    OFFICE_BEGINS,
    POINTERS,
    STRONG,
    UNITS,
    WEAK,
)

_POINTING = re.compile(r"\s(?:ini|itu|tersebut),(?!\S)")

_INSIDE_NAMES = frozenset("dan di pada of for the &".split())
_LONGEST_SUBJECT = 14  # words of a subject such as "Kepala Dinas Pertanian dan Pangan Bogor Rina Sari"
_NEXT_SMALL = 1.0
_MAX_WORDS = 24, 45  # of one headline, of several behind one label
_USUAL = 15, 16  # likewise
_QUANTILE = 0.35
_NEAR = 20  # code points; an end so near to the true one counts as found


class HeadlineEnd(NamedTuple):
    """Where the headline ends, and how sure that is (0..1)."""

    end: int
    confidence: float


def headline_end(
    text: str, start: int, limit: int, label_only: float = 0.0, several: bool = False
) -> HeadlineEnd:
    """The end of the headline that starts at ``start`` and runs at most to ``limit``.

    ``limit`` is the end of the line, or where other boilerplate begins. ``label_only`` is the log odds
    given to there being no headline at all (the scraper lost the link but kept its label); an end at
    ``start`` means just that. ``several``: more than one headline may follow each other.
    """
    most = _MAX_WORDS[several]
    words, stop = words_of(text, start, limit, most)
    if not words:
        return HeadlineEnd(start, 1.0)
    whole = stop == len(words) and not text[words[-1].end : limit].strip()
    votes = _votes(words[:stop])
    in_title, in_sentence = 0.0, -3.5
    scores: dict[int, float] = {}
    for i in range(stop + 1):
        length = border = 0.0
        if i == 0:
            possible = label_only > -9
            if possible:
                length, border = label_only, _border(text, words, 0)
        elif i == len(words):
            possible, length, border = whole, _length(i, several), 4.0
        elif possible := i <= most and _may_start(words, i):
            length, border = _length(i, several), _border(text, words, i)
        if possible:
            # What follows the border votes for "sentence": nothing to add, votes are ratios.
            evidence = length + border
            if i:
                both = exp(min(in_title + evidence, 60.0)) + exp(min(in_sentence + evidence, 60.0))
                scores[words[i - 1].end] = both
            else:
                scores[start] = 2 * exp(min(evidence, 60.0))
        if i < stop:
            in_title += votes[i][0]
            in_sentence += votes[i][1]
    total = sum(scores.values())
    if not total:
        return HeadlineEnd(start, 0.0)
    # Not the likeliest border but one below the middle of the mass: a word of a headline left standing
    # does less harm than a word of the article lost.
    best, mass = start, 0.0
    for best in sorted(scores):
        mass += scores[best]
        if mass >= _QUANTILE * total:
            break
    near = sum(score for end, score in scores.items() if abs(end - best) <= _NEAR)
    return HeadlineEnd(best, near / total)


def _vote(word: Word, before: Word | None) -> tuple[float, float]:
    """Log odds that a word of this case stands in a headline rather than in a sentence.

    The first for headlines in title case, the second for those in sentence case. Capitals come in runs
    in a sentence too ("Direktur Utama PT Melati Jaya"), so one behind another says little; one behind a
    small word says more.
    """
    core = word.core
    if not core or not core[0].isalpha():
        return 0.0, 0.0
    small = core[0].islower()
    if (core if small else core.lower()) in FUNCTION:
        if small:
            return -0.1, -0.1
        return (0.0 if before is None else 0.8), 0.0
    if small:
        # "iPhone", "eSport" are names; everything else is rare in a headline.
        return (-4.0 if core.islower() else 0.0), 0.1
    if before is None:
        return 0.2, -0.1
    return (0.55 if before.core[:1].isupper() else 1.1), -0.1


def _votes(words: list[Word]) -> list[tuple[float, float]]:
    return [_vote(word, before) for before, word in zip([None, *words], words, strict=False)]


def _may_start(words: list[Word], i: int) -> bool:
    """Can a sentence start at word ``i``?"""
    word, before = words[i], words[i - 1]
    first = word.text.lstrip(OPENERS)[:1]
    return (first.isupper() or first.isdigit()) and not before.text.endswith(
        (",", ":", ";", "(", "-", "/", "&")
    )


def _border(text: str, words: list[Word], i: int) -> float:
    """Log odds for a sentence beginning at word ``i``, from the words around the border."""
    word = words[i]
    following = words[i + 1] if i + 1 < len(words) else None
    next_small = following is not None and following.core[:1].islower()
    score = -1.5
    if word.core in STRONG:
        counts = following is not None and following.core[:1].isdigit()  # "Sebanyak 56 persen"
        opens = next_small or counts or word.text.endswith(",") or word.core not in NEEDS_SMALL
        score += 4.2 if opens else 0.0
        score += 2.0 if word.text.endswith(",") else 0.0
    elif word.core in WEAK:
        score += 1.0
    elif next_small and (word.core.endswith("nya") or word.core.startswith(("Me", "Di"))):
        score += 1.5  # "Sidangnya digelar" points back, "Menyambut hal itu": headlines rarely do either
    if word.text[0] in '"“' and (word.text[1:2].isupper() or word.text[2:3].isupper()):
        score += 4.0
    elif word.core[:1].isdigit() or word.core.startswith("Rp"):
        score -= 2.5
    if next_small and following is not None:
        score += 0.5 if following.core in FUNCTION else _NEXT_SMALL
        if following.core in POINTERS:
            # "Pengumuman itu" opens a sentence; in front of "mengatakan" more names may stand.
            score += 5.0 if word.core in STRONG else 1.0 if following.core.startswith("me") else 2.5
    if _POINTING.search(text, word.end, words[min(i + AHEAD, len(words)) - 1].end):
        score += 2.5  # "Menyambut inisiatif ini, ...": a sentence that points back with its first phrase
    if i == 0:
        return score
    before = words[i - 1]
    bare = before.text.rstrip(CLOSERS)
    if bare.endswith(("?", "...")):
        score += 3.5
    elif bare.endswith("!"):
        score += 1.0
    if word.glued:
        score += 6.0
    elif "\xa0" in (gap := text[before.end : word.start]) or len(gap) > 1:
        score += 4.0
    if before.core.lower() in FUNCTION and not bare.endswith(("?", ".", "!")):
        score -= 6.0 if before.core in NEVER_LAST else 3.0  # no headline ends in "di"
        if before.core.lower() in ("ini", "itu"):
            score += 2.0
    if word.core in UNITS and (before.core[-1:].isdigit() or before.core == "Rp"):
        score -= 4.0
    subject = _is_subject(words, i)
    if _is_office(word.core) and not _is_office(before.core):
        # "... Naik Lagi | Bupati Bogor Rina Sari mengatakan", "... naik 5 persen | Kantor wilayah itu"
        score += 5.0 if subject else 2.0 if next_small else 0.0
    if subject and before.core[:1].islower() and before.core not in NEVER_LAST:
        score += 2.0  # "... kembali naik | Rina Sari mengatakan"
    if (
        word.core[:1].isupper()
        and before.core[:1].isupper()
        and before.core == before.text
        and not word.glued
        and occurs_again(text, before.start, f"{before.text} {word.core}")
    ):
        score -= 4.0  # "Rina Sari" is a name that the article has elsewhere
    return score


def _is_office(core: str) -> bool:
    return core in OFFICE or core.startswith(OFFICE_BEGINS)


def _is_subject(words: list[Word], i: int) -> bool:
    """Do names begin at word ``i`` that a small predicate follows?"""
    for word in words[i : i + _LONGEST_SUBJECT]:
        if word.core[:1].islower() and word.core not in _INSIDE_NAMES:
            return PREDICATE.match(word.core) is not None
    return False


def _length(words: int, several: bool) -> float:
    """Log prior of so many words: 5 to 15 are usual; of 471 headlines on their own lines two had 17."""
    if words < 5:
        return -0.8 * (5 - words)
    return (-0.15 if several else -0.8) * max(0, words - _USUAL[several])


def looks_like_headline(line: str, any_case: bool) -> bool:
    """Is a text that has a line, or the space up to the next label, to itself a headline?

    ``any_case``: also if it is not written in title case.
    """
    line = line.strip()
    if len(line) > 200 or line[-1:] in (",", ";", ":"):
        return False
    words, stop = words_of(line, 0, len(line), _MAX_WORDS[True])
    if stop < len(words) or not 3 <= len(words) <= 30:
        return False
    return any_case or sum(title for title, _ in _votes(words)) > 1.5

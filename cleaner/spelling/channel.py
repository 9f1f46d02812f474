"""The channel: how likely is it that somebody who meant `right` typed `wrong`?

A noisy channel (Kernighan, Church & Gale 1990, "A Spelling Correction Program Based on a Noisy
Channel Model") needs P(typed | meant). Ours is small enough to read: pick the kind of slip, pick
where, pick the letter.

- Kinds of slip, from 212 real single-edit typos in Indonesian news and documentation: 82 letters
  missing, 62 extra, 45 substituted, 23 transposed. Eight in nine real typos have one slip only.
- Where: anywhere alike, except that the first letter is rarely wrong (7 of 242).
- Which letter: a finger slips to a neighbouring key (leboh, sidah), or hits a key twice or next to
  its neighbour (uuntuk); a doubled letter loses its twin (menunjukan).

All values are log10 probabilities. Start reading at `Channel.score`.
"""

from __future__ import annotations

from functools import lru_cache
from math import log10

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> dict[str, str]:
    """For each letter the keys around it on a QWERTY keyboard, whose rows are shifted half a key."""
    place = {}
    for row, keys in enumerate(_ROWS):
        for column, letter in enumerate(keys):
            place[letter] = (row, column + 0.5 * row)
    return {
        one: "".join(
            two
            for two, (row, column) in place.items()
            if two != one and abs(row - place[one][0]) <= 1 and abs(column - place[one][1]) <= 1
        )
        for one in place
    }


NEIGHBOURS = _neighbours()
VOWELS = "aiueo"

_MISSING, _EXTRA, _SUBSTITUTED, _SWAPPED = (log10(n / 212) for n in (82, 62, 45, 23))
_SECOND = log10(0.12)
"""A second slip in the same word: 30 of 242 real typos have one."""
_FIRST_LETTER = -0.7
"""Slips in the first letter are a fifth as common as its share of the positions would give."""
_TWO_LETTERS = log10(3 / 212)
"""Two letters twice, or not twice where they should be: penurunanan, mengumkan."""
_FOREIGN_X = -0.5
"""explisit, taxi: the foreign letter where Indonesian writes ks, as common as any slip of a finger."""


def _letter_for(meant: str, typed: str) -> float:
    """log10 P(this wrong letter | a letter was substituted)."""
    if typed in NEIGHBOURS.get(meant, ""):
        return log10(0.55 / len(NEIGHBOURS[meant]))
    if meant in VOWELS and typed in VOWELS:
        return log10(0.2 / 4)
    return log10(0.25 / 20)


def _extra_letter(typed: str, before: str, after: str) -> float:
    """log10 P(this letter | an extra one was typed between ``before`` and ``after``)."""
    if typed in (before, after):
        return log10(0.35)
    if typed in NEIGHBOURS.get(before, "") or typed in NEIGHBOURS.get(after, ""):
        return log10(0.25 / 8)
    return log10(0.4 / 22)


def _missing_letter(letter: str, before: str, after: str) -> float:
    """log10 of how much more often than others this letter is lost: one of a pair goes easily."""
    return 0.5 if letter in (before, after) else 0.0


def slip(meant: str, typed: str) -> tuple[float, str] | None:
    """The one slip that leads from ``meant`` to ``typed``: log10 probability and kind, or None.

    Kinds: missing, extra, substituted, swapped.
    """
    size = len(meant)
    left = 0
    while left < size and left < len(typed) and meant[left] == typed[left]:
        left += 1
    first = _FIRST_LETTER if left == 0 else 0.0
    where = first - log10(size)
    if len(typed) == size - 1 and meant[left + 1 :] == typed[left:]:
        before, after = meant[left - 1 : left], meant[left + 1 : left + 2]
        return _MISSING + where + _missing_letter(meant[left], before, after), "missing"
    if len(typed) == size + 1 and meant[left:] == typed[left + 1 :]:
        before, after = meant[left - 1 : left] if left else "", meant[left : left + 1]
        return _EXTRA + where + _extra_letter(typed[left], before, after), "extra"
    if len(typed) == size and left < size:
        if meant[left + 1 :] == typed[left + 1 :]:
            return _SUBSTITUTED + where + _letter_for(meant[left], typed[left]), "substituted"
        if meant[left + 2 :] == typed[left + 2 :] and meant[left : left + 2] == typed[left : left + 2][::-1]:
            return _SWAPPED + where, "swapped"
    return None


def common_ends(one: str, two: str) -> tuple[int, int]:
    """How many letters two words begin with alike, and how many of the rest they end with alike."""
    shorter = min(len(one), len(two))
    first = 0
    while first < shorter and one[first] == two[first]:
        first += 1
    same = 0
    while same < shorter - first and one[-1 - same] == two[-1 - same]:
        same += 1
    return first, same


def _one_slip_away(word: str, other: str) -> set[str]:
    """What one slip in ``word`` can give, as far as it leads towards ``other``.

    Nothing is tried where both begin or end alike: a slip there would need both slips to undo it. Only
    letters of ``other`` are tried, at most two places apart: enough to meet it half-way. Nor does anything
    meet it that is longer than the longer of both, or shorter than the shorter one.
    """
    first, same = common_ends(word, other)
    end = len(word) - same
    longer = len(other) - len(word)
    found = set()
    for i in range(max(0, first - 1), end + 1):
        before, behind = word[:i], word[i + 1 :]
        if longer >= 0:
            for letter in other[max(0, i - 2) : i + 2]:
                found.add(before + letter + word[i:])
        if longer <= 0:
            found.add(before + behind)
        if -2 < longer < 2:
            for letter in other[max(0, i - 2) : i + 2]:
                found.add(before + letter + behind)
            if behind:
                found.add(before + behind[0] + word[i] + behind[1:])
    found.discard(word)
    return found


def _says_twice(longer: str, shorter: str) -> bool:
    """Is ``longer`` the other with two of its letters said again: penurunan, penurunanan?"""
    at = common_ends(longer, shorter)[0]
    return longer[at - 2 : at] == longer[at : at + 2] and longer[:at] + longer[at + 2 :] == shorter


@lru_cache(maxsize=50_000)
def score(meant: str, typed: str) -> tuple[float, str]:
    """log10 P(``typed`` | ``meant``) for words at most two slips apart, and what happened.

    The kind is that of the slip, or "two slips". Words further apart get -20.
    """
    single = slip(meant, typed)
    if single is not None:
        return single
    if abs(len(typed) - len(meant)) == 2:
        more = len(typed) > len(meant)
        if _says_twice(*((typed, meant) if more else (meant, typed))):
            return _TWO_LETTERS - log10(len(meant)), "extra" if more else "missing"
    if "x" in typed and typed.replace("x", "ks") == meant:
        return _SUBSTITUTED - log10(len(meant)) + _FOREIGN_X, "substituted"
    best = -20.0
    for middle in _one_slip_away(meant, typed) & _one_slip_away(typed, meant):
        first, second = slip(meant, middle), slip(middle, typed)
        if first is not None and second is not None:
            best = max(best, first[0] + second[0] + _SECOND)
    return best, "two slips"

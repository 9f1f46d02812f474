"""Shapes of casing, and carrying the shape of a word over to its correction.

Guess the shape of what was typed, then give it to what was meant: Kalautan -> Kelautan, DPNGAN ->
DENGAN (after Hunspell's capitalization types, as explained by spylls).
"""

from __future__ import annotations

import re
from typing import Literal

Shape = Literal["lower", "initial", "upper", "mixed"]


def shape(word: str) -> Shape:
    """How ``word`` (letters and hyphens) is cased: kata, Kata, KATA, or otherwise: kaTa, KPUdan."""
    if word.islower():
        return "lower"
    if word.isupper() and len(word) > 1:
        return "upper"
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return "initial"
    return "mixed"


def give_shape(word: str, like: Shape, title: bool = False) -> str:
    """``word`` (lower case, perhaps several words) in the shape ``like``; mixed leaves it alone.

    With ``title`` each word of several gets its capital: Walikota Palembang -> Wali Kota Palembang, but
    at the start of a sentence Dimana -> Di mana.
    """
    if like == "initial" and title:
        return " ".join(part[:1].upper() + part[1:] for part in word.split(" "))
    if like == "initial":
        return word[:1].upper() + word[1:]
    if like == "upper":
        return word.upper()
    return word


_HUMP = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")


def humps(word: str) -> list[str]:
    """A word with capitals inside, cut before them: dariReuters -> dari, Reuters; DPRAmerika stays whole."""
    return _HUMP.findall(word)

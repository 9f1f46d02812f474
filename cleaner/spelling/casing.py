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


def give_shape(word: str, like: Shape) -> str:
    """``word`` (lower case, perhaps several words) in the shape ``like``; mixed leaves it alone."""
    if like == "initial":
        return word[:1].upper() + word[1:]
    if like == "upper":
        return word.upper()
    return word


_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def humps(word: str) -> list[str]:
    """A word with capitals inside, cut: dariReuters -> dari, Reuters; DPRAmerika -> DPR, Amerika."""
    return _HUMP.findall(word)

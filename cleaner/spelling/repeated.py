"""Words in which something is repeated: reduplication with a slip in one half, letters drawn out.

orang-orabg -> orang-orang, but gerak-gerik and muda-mudi stay; bangettt -> banget.
"""

from __future__ import annotations

import re

from cleaner.spelling import channel
from cleaner.spelling.knowledge import Knowledge

_LONG = re.compile(r"([a-z])\1{2,}")
_VOWELS = re.compile("[aeiou]")


def mended_halves(low: str, knowledge: Knowledge) -> str:
    """A reduplication of which one half has a slip, mended, or "": orang-orabg -> orang-orang."""
    lexicon = knowledge.lexicon
    one, _, two = low.partition("-")
    if "-" in two or len(one) < 4 or len(two) < 4 or knowledge.known(low):
        return ""
    right = [half for half in (one, two) if half in lexicon]
    if len(right) != 1 or two == one + "an":  # kubu-kubuan, like mobil-mobilan
        return ""
    slip = channel.slip(right[0], two if right[0] == one else one)
    if slip and slip[1] == "substituted" and _VOWELS.sub("", one) == _VOWELS.sub("", two):
        return ""  # goyang-goying like gerak-gerik, muda-mudi: the second half may have another vowel
    listed = [term for term, _ in knowledge.index.lookup(low) if "-" in term and term in lexicon]
    if listed and not any(right[0] in term.split("-") for term in listed):
        return ""  # mahasiwa-mahasiswi: the right half is not to change
    if listed:  # serba-serbi rather than serba-serba; meng-input is none, and right before a foreign word
        return listed[0] if len(listed) == 1 else ""
    whole = f"{right[0]}-{right[0]}"
    return whole if slip and knowledge.known(whole) else ""


def shortened(low: str, knowledge: Knowledge) -> str:
    """A known word that ``low`` is with letters repeated for emphasis, or "": bangettt -> banget."""
    if not _LONG.search(low) or low in knowledge.lexicon:
        return ""
    for kept in (r"\1", r"\1\1"):
        short = _LONG.sub(kept, low)
        if short in knowledge.lexicon or short in knowledge.slang:
            return short
    return ""

"""Forms of spoken Indonesian that no list holds, but that are meant as they stand.

News quotes people, and people drop me- or put nge- in front (*nyebur*, *mikir*, *ngegantung*), and end
verbs in -in (*dikurangin*, *ajarin*). Such words are productive: any verb can take them. They are no
slips, and a corrector that makes written forms of them falsifies the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.spelling.lexicon import Lexicon
from cleaner.spelling.morphology import IsRoot, nasal_stems, without_clitic

_LAUGHTER = re.compile(r"(?:h[aeiou]){2,}h?|(?:wk){2,}w?k?")
_DRAWN_OUT = re.compile(r"([a-z])\1\1\Z|([a-z])\2\2\2")


_PRONOUNS = frozenset("aku dia gue gua kami kamu kita lu mereka saya".split())
"""People add -nya to these to point at somebody: "kitanya lagi sama-sama"."""
_PARTICLES = frozenset("ah deh dong eh kan kok lah lho loh nah nih oh sih wah ya yuk".split())


def is_colloquial(word: str, lexicon: Lexicon) -> bool:
    """Is ``word`` (lower case) a spoken form of a known root, or drawn out for emphasis?

    Emphasis is at the end (bangettt, yaa); a letter three times in the middle is a slip (penggunaaan).
    A root of three letters or less does not count: "nam" would be a form of "tam".
    """
    if (
        _LAUGHTER.fullmatch(word)
        or _DRAWN_OUT.search(word)
        or (word[-2:-1] == word[-1] and word[:-1] in _PARTICLES)
        or (word.endswith("nya") and word[:-3] in _PRONOUNS)
    ):
        return True
    if (
        word.startswith("di")
        and word.endswith("in")
        and any(word[:-2] + suffix in lexicon for suffix in ("kan", "i"))
    ):
        return True  # diperhatiin, whose root does not stand by itself
    return is_spoken_form(word, lexicon.is_root)


def is_spoken_form(word: str, is_root: IsRoot) -> bool:
    """Is ``word`` (lower case) a spoken form of a root, perhaps said twice ("nakut-nakutin")?"""
    first, hyphen, second = word.partition("-")
    if hyphen and first:
        if first.startswith("di") and second.startswith(first[2:]):  # dibesar-besarin
            first = first[2:]
        if second not in (first, first + "in"):
            return False
        word = first if second == first else second
        if second != first and len(first) > 3 and is_root(first):  # malu-maluin
            return True
    return any(len(root) > 3 and is_root(root) for root in _roots(word))


def _roots(word: str) -> Iterator[str]:
    stems = [word, *(stem for stem, _ in without_clitic(word, 0))]
    for stem in stems:
        if stem.endswith("in"):
            spoken = stem[:-2]
            yield spoken  # ajarin
            if spoken.startswith("di"):
                yield spoken[2:]  # dikurangin
            yield from _nasal(spoken)  # nyariin, mikirin
        yield from _nasal(stem)


def _nasal(stem: str) -> Iterator[str]:
    """What stands behind a nasal without me-: ngambil, nyebur, mikir, ngegantung."""
    if stem.startswith("nge"):
        yield stem[3:]
    if stem.startswith(("ng", "ny", "n", "m")):
        for root in nasal_stems(stem):
            if root != stem:
                yield root
                if root.startswith("s"):
                    yield "c" + root[1:]  # nyebur from cebur, where me- gives menceburkan

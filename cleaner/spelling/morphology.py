"""Indonesian word formation: is "mempertanggungjawabkannya" a right form, though no list has it?

An Indonesian verb has dozens of forms, so no list is complete. This module takes a word apart from
the outside to the inside,

    particle  -lah -kah -tah -pun        bacalah
    clitic    -nya -ku -mu, ku- kau-     bukunya, kubaca
    affixes   me- di- ter- ber- per- pe- ke- se-, -kan -i -an, and their pairs (ke-...-an)
    root      baca

and accepts it if a known root remains and all sounds fit. The sound changes of me- and pe- are what
people get wrong, and what makes a wrong form recognisable:

    p t k s fall after the nasal      me- + pukul = memukul, + tulis = menulis, + kirim = mengirim,
                                      + sapu = menyapu       (so not "mempukul", "mensapu")
    b f v, d c j z, g h and vowels    membaca, mendapat, mencari, mengganti, mengambil
    l r w y m n                       melihat, merasa (no nasal)
    one syllable                      mengecat, mengebom, mengesahkan

Whoever writes "mensukseskan" or "mempengaruhi" breaks the second line; such forms are no valid form
here, even where they are frequent.

Start reading at `analyses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleaner.spelling.affixes import (
    BOUND,
    CLITICS,
    PARTICLES,
    VOWELS,
    Analysis,
    IsRoot,
    bound_forms,
    endings,
    nasal_stems,
    stems,
    without_clitic,
)
from cleaner.spelling.reduplication import reduplications

if TYPE_CHECKING:
    from cleaner.spelling.lexicon import Lexicon

__all__ = [
    "BOUND",
    "CLITICS",
    "PARTICLES",
    "VOWELS",
    "Analysis",
    "IsRoot",
    "analyses",
    "derives",
    "is_valid_form",
    "nasal_stems",
    "without_clitic",
]

_SHAPE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_BEFORE_FOREIGN = frozenset(
    "di me nge ber ter ke pe se memper diper e re non anti pro pra pasca antar".split()
)
_IN_USE = 10  # occurrences
_LONGEST = 34  # "mempertanggungjawabkan" has 22 letters; with reduplication hardly more than 30


def analyses(word: str, is_root: IsRoot) -> list[Analysis]:
    """Every way to derive ``word`` (lower case) from a root that ``is_root`` accepts.

    A root by itself is the analysis without affixes. Simple analyses come first.

    >>> analyses("menyapunya", {"sapu"}.__contains__)
    [Analysis(prefixes=('me',), root='sapu', suffixes=('nya',), reduplicated=False)]
    """
    if len(word) > _LONGEST or not _SHAPE.fullmatch(word):
        return []
    found = dict.fromkeys(reduplications(word, is_root) if "-" in word else _words(word, is_root))
    return sorted(found, key=lambda a: (len(a.prefixes) + len(a.suffixes), a))


def is_valid_form(word: str, lexicon: Lexicon) -> bool:
    """Is ``word`` (lower case) listed, or rightly derived?

    Affixes need a root (`Lexicon.is_root`): a well attested base word of the standard language, not a
    name nor slang. A clitic goes to any word that is in use, English ones included ("smartphonenya",
    "skillnya"), and a bound prefix to any longer word ("pascapenerapan").
    """
    if word in lexicon:
        return True
    if lexicon.is_misspelt(word):
        return False
    if derives(word, lexicon.is_root):
        return True
    for rest, _ in endings(word):
        if len(rest) > 3 and lexicon.count(rest) >= _IN_USE and (rest in lexicon or lexicon.is_foreign(rest)):
            return True
    for prefix in bound_forms(word):
        if len(word) > len(prefix) + 4:
            rest = word[len(prefix) :]
            if lexicon.count(rest) >= _IN_USE and (rest in lexicon or lexicon.is_foreign(rest)):
                return True
    return "-" in word and (
        _is_word_twice(word, lexicon)
        or _is_affixed_foreign(word, lexicon)
        or derives(word, lambda root: "-" in root and root in lexicon)  # disia-siakan
    )


def _is_word_twice(word: str, lexicon: Lexicon) -> bool:
    first, _, second = word.partition("-")
    stem = min((rest for rest, _ in [(second, ()), *endings(second)]), key=len)
    return len(first) > 2 and first in (second, stem) and first in lexicon


def _is_affixed_foreign(word: str, lexicon: Lexicon) -> bool:
    """A foreign word with an affix behind a hyphen (EYD V, II.B): di-upgrade, nge-charge, punchline-nya.

    e- goes to Indonesian words as well: e-katalog.
    """
    parts = word.split("-")
    if len(parts) > 2 and parts[-1] in (*CLITICS, *PARTICLES, "kan", "an", "in"):
        parts.pop()
    first, *rest = parts
    if len(rest) != 1:
        return False
    if first in _BEFORE_FOREIGN:
        return lexicon.is_foreign(rest[0]) or (first == "e" and rest[0] in lexicon)
    return rest[0] in CLITICS and lexicon.is_foreign(first)


def derives(word: str, is_root: IsRoot) -> bool:
    """Has ``word`` at least one analysis? Stops at the first, unlike `analyses`."""
    if len(word) > _LONGEST or not _SHAPE.fullmatch(word):
        return False
    found = reduplications(word, is_root) if "-" in word else _words(word, is_root)
    return next(found, None) is not None


def _words(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """Particle and clitic off, then `stems`."""
    yield from stems(word, is_root)
    for rest, ending in endings(word):
        for stem in stems(rest, is_root):
            # "-nya-nya", or a particle before a clitic, do not exist.
            yield stem._replace(suffixes=(*stem.suffixes, *ending))

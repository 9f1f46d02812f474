"""When is a word that occurs probably another one, misspelt?

Three signs, from certain to vague: it shows a slip that everybody makes ("lainya" for lainnya); it is in
no dictionary and has an incomparably more frequent neighbour; it is in the dictionary, but so rare beside
its neighbour that text which has it nearly always errs.
"""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.dictionary.corpus import MINIMUM
from cleaner.dictionary.neighbours import Neighbours

ENOUGH = 5
"""Occurrences that bear witness to a word."""
COMMON, USUAL = 50, 10
"""A word that occurs `COMMON` times, and `USUAL` times as often as its form with -nya, explains that form."""
RARE, FLOOD = 10, 10_000
"""A word seen less than `RARE` times may be doubtful beside a neighbour seen `FLOOD` times or more."""
SLIPS = {-1: 2500, 0: 20_000, 1: 5000}
"""Of how many occurrences one is misspelt in a particular way: by a letter left out ("yag", "denga"),
replaced, or added. Two letters swapped count as left out."""


def misspelling_of(word: str, derived: bool, counts: Mapping[str, int], neighbours: Neighbours) -> str | None:
    """What ``word``, which KBBI lacks, is a misspelling of; None if nothing says so."""
    return usual_slip(word, counts) or _much_better(word, counts, derived, neighbours)


def usual_slip(word: str, counts: Mapping[str, int]) -> str | None:
    """The right form if ``word`` shows one of the slips that word lists are full of.

    >>> usual_slip("lainya", {"lainnya": 7000, "lain": 9000, "lainya": 90})
    'lainnya'
    >>> usual_slip("orangorang", {"orang-orang": 900})
    'orang-orang'
    """
    seen = counts.get(word, 0)
    if word.endswith("nya") and not word.endswith("nnya"):  # lain + -nya has two n; but "tua" + -nya one
        right, stem = word[:-3] + "nnya", word[:-3]
        enough = 50 * seen if counts.get(stem, 0) >= ENOUGH else ENOUGH
        if counts.get(right, 0) >= max(ENOUGH, enough) and counts.get(stem, 0) < counts.get(stem + "n", 0):
            return right
    half = len(word) // 2
    for fits, right in (
        (word.endswith("kan") and word[:2] in ("di", "me"), word[:-3] + "kkan"),  # tunjuk + -kan: two k
        (word.endswith("kkan") and word[:2] == "pe", word[:-4] + "kan"),  # pengelompokan: kelompok + -an
        (word[:half] == word[half:] and half > 2, f"{word[:half]}-{word[half:]}"),
    ):
        if fits and counts.get(right, 0) >= max(ENOUGH, seen):
            return right
    return None


def _much_better(word: str, counts: Mapping[str, int], derived: bool, neighbours: Neighbours) -> str | None:
    """A neighbour so frequent that ``word``, which KBBI lacks, is probably it, misspelt.

    The longer the word, the fewer words have a neighbour by chance, and the less it takes. A
    rightly derived form gets more credit than one that nothing explains.
    """
    best, count = neighbours.best(word), counts.get(word, 0)
    ratio = (200 if derived else 12) * (4 if len(word) < 5 else 2 if len(word) < 7 else 1)
    if (
        best is None
        or neighbours.counts[best] < ratio * max(count, 0.5)
        or _is_with_suffix(word, best, count)
        or _is_with_clitic(word, count, counts)
    ):
        return None
    return best


def is_drowned(word: str, count: int, neighbours: Neighbours) -> bool:
    """Is a rare word so outnumbered by a neighbour that text which has it nearly always errs?

    "uga" is a word of KBBI, but it stands 4 times in the corpus where "juga" stands 55,000 times.
    """
    if count >= RARE:
        return False
    for other in neighbours.around(word):
        slip = -1 if sorted(word) == sorted(other) else len(word) - len(other)
        is_flood = neighbours.counts[other] >= max(FLOOD, SLIPS[slip] * (count + 1))
        if is_flood and not _is_with_suffix(word, other, count):
            return True
    return False


def _is_with_clitic(word: str, count: int, counts: Mapping[str, int]) -> bool:
    """A common word with -nya, whatever it is near to: "artisnya" beside "artinya"."""
    stem = counts.get(word[:-3], 0)
    return count >= 2 and len(word) > 6 and word.endswith("nya") and stem >= max(COMMON, USUAL * count)


def _is_with_suffix(word: str, other: str, count: int) -> bool:
    """The same root, and both are right: "dalami" beside "dalam", "pasangkan" beside "pasangan"."""
    return count >= MINIMUM and (word == other + "i" or (word.endswith("kan") and other == word[:-3] + "an"))


def explanation(word: str, other: str, count: int, derived: bool, counts: Mapping[str, int]) -> str:
    """What speaks for ``word`` although ``other`` is near it and more frequent."""
    if _is_with_suffix(word, other, count):
        return "suffix"
    if _is_with_clitic(word, count, counts):
        return "clitic"
    return "word formation" if derived else "too frequent for a slip"

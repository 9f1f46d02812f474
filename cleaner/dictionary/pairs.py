"""Non-standard and standard spelling: "resiko" is risiko, "mensukseskan" is menyukseskan.

Four lists of such pairs exist, and none can be used as it is. SiPEBI strikes good words (dulu, relawan,
rinci) because the great dictionary prefers another; the others copy from each other and have some pairs
the wrong way round. So a pair stands if two lists of different origin have it, or a person said so. Then
two rules carry it on:

* *derived forms*: who writes "resiko" writes "beresiko" too;
* *sound changes*: me- before p, t, k, s and a vowel loses that letter, so "mempengaruhi" and
  "mengkonsumsi" have the forms memengaruhi, mengonsumsi beside them.

What nearly nobody writes is no variant but a slip: one writer in fifty has "kementrian",
but one in ten "resiko".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.names import Name
from cleaner.dictionary.review import Review
from cleaner.dictionary.sources import Sources, read_tsv
from cleaner.spelling.lexicon import INDONESIAN, Flag

ORIGINS = {"sipebi": "sipebi", "spacy": "spacy", "turfaa": "kata-baku", "berv": "kata-baku"}
"""File -> origin: two of the lists are copies of one."""
_SHORTEST = 5  # of a wrong root that is looked for inside longer words
_RARE = 0.03
"""Share of the wrong form among both up to which it is a slip."""
_USUAL = 50
"""Corpus count from which on the right form is usual enough for that share to mean something."""


class Pair(NamedTuple):
    """One row of ``nonstandard.tsv``."""

    wrong: str
    right: str
    grade: str
    """slip (hardly anybody writes it so), always, context (the wrong form has another meaning or is part of
    names) or suggest (contested)."""
    source: str


def find_pairs(
    folder: Path,
    counts: Counts,
    sources: Sources,
    review: Review,
    names: Mapping[str, Name],
    known: Callable[[str], bool],
) -> dict[str, Pair]:
    """Wrong form -> pair. ``known`` tells whether a word may be the right side."""
    pairs: dict[str, Pair] = {}
    for (wrong, right), origins in sorted(_read(folder).items()):
        if wrong in review.pairs or len(origins) < 2 or not wrong.isalpha() or wrong in pairs:
            continue
        if not known(right) or wrong in review.informal:
            continue
        # "Jendral" is capitalised because Jenderal is; "Vidio" because it is a company.
        is_ambiguous = (wrong in names and right not in names) or wrong in sources.english
        pairs[wrong] = Pair(wrong, right, "context" if is_ambiguous else "always", "+".join(sorted(origins)))
    for wrong, (right, grade) in review.pairs.items():
        if grade != "drop" and (known(right) or " " in right):
            pairs[wrong] = Pair(wrong, right, grade, "reviewed")
    pairs.update(_derived(pairs, counts, review, known))
    pairs.update(_sound_changes(counts, review, pairs, known))
    return {
        wrong: pair._replace(grade="slip") if pair.grade == "always" and _is_slip(pair, counts) else pair
        for wrong, pair in sorted(pairs.items())
        if pair.right not in pairs
    }


def _is_slip(pair: Pair, counts: Counts) -> bool:
    wrong, right = counts.lower[pair.wrong], counts.lower[pair.right]
    return right >= _USUAL and wrong <= _RARE * (wrong + right)


def _read(folder: Path) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for name, origin in ORIGINS.items():
        for row in read_tsv(folder / f"nonstandard-{name}.tsv"):
            wrong, right = row[0].strip().lower(), row[1].strip().lower()
            if wrong != right:
                found.setdefault((wrong, right), set()).add(origin)
    return found


def _derived(
    pairs: Mapping[str, Pair], counts: Counts, review: Review, known: Callable[[str], bool]
) -> Iterator[tuple[str, Pair]]:
    """Longer corpus words with a wrong root inside, if the word with the right root is known."""
    roots = [pair for pair in pairs.values() if len(pair.wrong) >= _SHORTEST and pair.right.isalpha()]
    words = [
        word for word in sorted(counts.lower) if counts.lower[word] >= MINIMUM and len(word) > _SHORTEST + 1
    ]
    for word in words:
        if word in pairs or word in review.pairs:
            continue
        for pair in roots:
            if pair.wrong in word:
                right = word.replace(pair.wrong, pair.right)
                # The longer word must be an affixed form, not a word with another root ("pelitur").
                if known(right) and counts.lower[right] >= MINIMUM and _is_affixed(word, pair.wrong):
                    yield word, Pair(word, right, pair.grade, "derived")
                    break


_PREFIXES = frozenset(
    (
        "ber be ter te di me mem men meng meny menge pe pem pen peng peny per ke se memper diper keber ku"
    ).split()
)
_SUFFIXES = frozenset("nya ku mu kan i an lah kah kannya annya inya kanlah".split())


def _is_affixed(word: str, root: str) -> bool:
    before, _, after = word.partition(root)
    if before and before == root + "-":
        return True
    return (not before or before in _PREFIXES) and (not after or after in _SUFFIXES or after == "-" + root)


def _sound_changes(
    counts: Counts, review: Review, pairs: Mapping[str, Pair], known: Callable[[str], bool]
) -> Iterator[tuple[str, Pair]]:
    for word in sorted(counts.lower):
        if counts.lower[word] < MINIMUM or word in pairs or word in review.pairs:
            continue
        right = changed_sound(word)
        # "mempunyai" and "memperbaiki" keep their p; the changed form must be the established one.
        if right and right in counts.lower and counts.lower[right] >= MINIMUM and known(right):
            yield word, Pair(word, right, "suggest", "sound change")


_SETTLED = ("memper", "mempunya", "mengkaji", "pengkaji", "mentari", "penting")
"""Right as they are: memper- is a prefix, mempunyai and mengkaji are fixed, the others have no me-."""


def changed_sound(word: str) -> str | None:
    """The word with the letter dropped that me- or pe- swallows; None if nothing is to drop.

    >>> changed_sound("mensukseskan"), changed_sound("mengkonsumsi"), changed_sound("membaca")
    ('menyukseskan', 'mengonsumsi', None)
    """
    if word[:2] not in ("me", "pe") or word.startswith(_SETTLED):
        return None
    for nasal, letter, spoken in (("m", "p", "m"), ("n", "t", "n"), ("ng", "k", "ng"), ("n", "s", "ny")):
        head = word[:2] + nasal
        rest = word[len(head) :]
        if word.startswith(head) and rest[:1] == letter and rest[1:2] in "aeiou" and len(rest) > 3:
            return word[:2] + spoken + rest[1:]
    return None


def mark(flags: dict[str, Flag], pairs: Mapping[str, Pair]) -> None:
    """Set NONSTANDARD where the wrong form is a listed Indonesian word with no other meaning."""
    for wrong, pair in pairs.items():
        if wrong in flags and flags[wrong] & INDONESIAN and pair.grade != "context":
            flags[wrong] |= Flag.NONSTANDARD

"""Which words exist: the decision behind ``id_words.tsv``.

No list is believed by itself. Each word collects *witnesses*:

* the four lists (`cleaner.dictionary.sources`), KBBI as a check;
* the corpus, if the word stands there often enough in lower case;
* word formation, if it is rightly derived from a root that itself is well attested.

Two witnesses make a word. But a misspelling that is frequent enough has witnesses as well: "memilki"
stands in two lists and 60 times in the news. What gives it away is a neighbour, one edit off and
incomparably more frequent ("memiliki"). Such a word is a *suspect*, and only KBBI can clear it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.sources import CAREFUL, Sources
from cleaner.spelling.lexicon import Flag
from cleaner.spelling.morphology import derives

ENOUGH = 5
"""Lower-case occurrences that count as a witness."""
MOSTLY = 0.8
"""Share of capitals from which on a word is a name and, unless KBBI has it, nothing else."""
PLENTY = 20
"""... that carry a word no list has."""


@dataclass
class Words:
    """The decision."""

    flags: dict[str, Flag]
    suspects: dict[str, str]
    """Words turned down because of a neighbour -> that neighbour."""


def is_shaped_like_word(word: str) -> bool:
    """Letters a-z with single hyphens, a vowel in it, no letter three times in a row."""
    bare = word.replace("-", "")
    return (
        bare.isascii()
        and bare.isalpha()
        and len(bare) > 1
        and "--" not in word
        and not word.startswith("-")
        and not word.endswith("-")
        and any(letter in "aeiouy" for letter in bare)
        and not any(a == b == c for a, b, c in zip(word, word[1:], word[2:], strict=False))
    )


def strong_roots(counts: Counts, sources: Sources) -> set[str]:
    """Words that may carry affixes: base words of KBBI that a list or the corpus has as well."""
    return {
        word
        for word in sources.witness - sources.witness_derived
        if (len(word) > 3 and (counts.lower[word] or sources.support(word)))
        or (len(word) == 3 and counts.lower[word] >= 10 * ENOUGH)
    }


def capital_share(word: str, counts: Counts) -> float:
    """Share of its mid-sentence occurrences that begin with a capital, 0 if there are none."""
    middle = counts.middle[word]
    return sum(counts.forms[word].values()) / middle if word in counts.forms and middle else 0.0


def decide(
    counts: Counts,
    sources: Sources,
    is_name: Callable[[str], bool],
    is_reviewed: Callable[[str], bool | None],
) -> Words:
    """Flag every word that stands: BASE or DERIVED. Names and English words are decided before.

    ``is_reviewed`` is the human word on it: True, False or None for "not looked at".
    """
    words = Words(flags={}, suspects={})
    roots = strong_roots(counts, sources)
    neighbours = frequent_neighbours(counts, sources)
    proposed = set().union(*sources.lists.values())
    proposed.update(word for word, count in counts.lower.items() if count >= MINIMUM)
    for word in sorted(proposed):
        verdict = is_reviewed(word)
        if verdict is False or not is_shaped_like_word(word):
            continue
        derived = word not in roots and derives(word, roots.__contains__)
        if verdict is None:
            if is_name(word) and word not in sources.witness:
                continue
            if not _stands(word, derived, counts, sources):
                continue
            if word not in sources.witness and (
                better := neighbours.much_better(word, counts.lower[word], derived)
            ):
                words.suspects[word] = better
                continue
        words.flags[word] = Flag.DERIVED if derived else Flag.BASE
    return words


def _stands(word: str, derived: bool, counts: Counts, sources: Sources) -> bool:
    seen = counts.lower[word]
    support = sources.support(word)
    if word in sources.witness:
        return bool(support) or seen >= MINIMUM
    if derived:
        return bool(support) or seen >= MINIMUM
    if word in sources.english and "-" not in word:
        return False  # "odor", "swift": known, but as English
    if "-" in word and seen < PLENTY:
        return False  # reduplications are derived; other compounds need evidence
    careful = any(name in CAREFUL for name in support)
    return (len(support) >= 2 and careful) or (bool(support) and seen >= ENOUGH) or seen >= PLENTY


def frequent_neighbours(counts: Counts, sources: Sources) -> Neighbours:
    """The words that others may be misspellings of."""
    return Neighbours({word: n for word, n in counts.lower.items() if n >= 30 and word in sources.witness})


class Neighbours:
    """Frequent words at distance 1, found by the letters left when one is deleted."""

    def __init__(self, frequent: dict[str, int]) -> None:
        self.counts = frequent
        self.by_rest: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(frequent):
            for rest in {word, *_deletes(word)}:
                self.by_rest[rest].append(word)

    def around(self, word: str) -> list[str]:
        """Frequent words one edit away from ``word``."""
        near = {other for rest in {word, *_deletes(word)} for other in self.by_rest.get(rest, ())}
        near.discard(word)
        return sorted(other for other in near if OSA.distance(word, other, score_cutoff=1) == 1)

    def much_better(self, word: str, count: int, derived: bool) -> str | None:
        """A neighbour so frequent that ``word`` is probably it, misspelt.

        The longer the word, the fewer words have a neighbour by chance, and the less it takes. A
        rightly derived form gets more credit than one that nothing explains.
        """
        ratio = (200 if derived else 12) * (4 if len(word) < 5 else 2 if len(word) < 7 else 1)
        best = max(self.around(word), key=lambda other: (self.counts[other], other), default=None)
        if best is None or self.counts[best] < ratio * max(count, 0.5):
            return None
        if derived and count >= MINIMUM and word == best + "i":
            return None  # "dalami", "hargai": the neighbour is the root
        return best


def _deletes(word: str) -> Iterable[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))

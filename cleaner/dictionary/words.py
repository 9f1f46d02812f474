"""Which words exist: the decision behind ``id_words.tsv``.

No list is believed by itself. Each word collects *witnesses*:

* the four lists (`cleaner.dictionary.sources`), KBBI as a check;
* the corpus, if the word stands there often enough in lower case;
* word formation, if it is rightly derived from a root that itself is well attested.

Two witnesses make a word. But a misspelling that is frequent enough has witnesses as well: "memilki"
stands in two lists and 19 times in the corpus. What gives it away is a neighbour, one edit off and
incomparably more frequent ("memiliki"). Such a word is a *suspect*, and only KBBI can clear it.

Every decision is written down with its reason (`Verdict`), for the report of the build.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.foreign import Letters
from cleaner.dictionary.neighbours import Neighbours
from cleaner.dictionary.newcomers import NewWords
from cleaner.dictionary.review import Review
from cleaner.dictionary.slips import ENOUGH, explanation, is_drowned, misspelling_of
from cleaner.dictionary.sources import CAREFUL, Sources
from cleaner.spelling.colloquial import is_spoken_form
from cleaner.spelling.lexicon import Flag
from cleaner.spelling.morphology import derives
from cleaner.spelling.voice import other_voice

PLENTY = 20
"""Occurrences that carry a word no list has."""
MOSTLY = 0.8
"""Share of capitals from which on a word is a name and, unless KBBI has it, nothing else."""
STRONG = {3: 20_000, 4: 1000, 5: 5}
"""How frequent a root of that many letters must be to vouch for a form that nobody has seen. Short
roots explain misspellings ("bela" makes "belaan" of "belahan"): measured on held-out news against
machine-made misspellings."""

FUNCTION_WORDS = frozenset(
    """
    agar akan andai antara apabila atau bagi bahwa bila bukan dalam dan dari demi demikian dengan
    hanya hingga ini itu jika juga kalau karena kecuali kepada ketika lagi lalu maka masih melalui
    menurut meski namun oleh pada para pula pun saat sambil sampai sangat saja sebab sebagai sebelum
    sedang sehingga sejak selain selalu seluruh semua sementara seperti serta sesuai setelah setiap
    sudah supaya tapi telah tentang terhadap tetapi tiap tidak untuk walau yaitu yakni yang
    """.split()
)
"""Prepositions, conjunctions, particles: they hardly take affixes ("yangi", "demikan" are slips)."""


class Verdict(NamedTuple):
    """Why a proposed word is in or out."""

    status: str
    """listed, doubtful, foreign, suspect, rejected (by the review) or out."""
    why: str
    near: str = ""
    """A far more frequent word one edit away, if there is one."""
    explained: str = ""
    """What speaks for the word nevertheless."""


@dataclass
class Words:
    """The decision."""

    flags: dict[str, Flag]
    foreign: set[str]
    """Words without support from KBBI or word formation that look English."""
    suspects: dict[str, str]
    """Words turned down because of a neighbour -> that neighbour."""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    """Every word that was proposed, and why it is in or out."""


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


def decide(counts: Counts, sources: Sources, is_name: Callable[[str], bool], review: Review) -> Words:
    """Flag every word that stands: BASE or DERIVED. The review overrules everything."""
    words = Words(flags={}, foreign=set(), suspects={})
    roots = strong_roots(counts, sources)
    letters = Letters(sorted(sources.witness), sources.english)
    neighbours = frequent_neighbours(counts, sources, roots)
    newcomers = NewWords(counts)
    reviewed = review.accepted | review.informal
    proposed = reviewed.union(*sources.lists.values())
    proposed |= {word for word, count in counts.lower.items() if count >= MINIMUM or word in sources.witness}
    for word in sorted(proposed):
        if word in review.rejected or not (word in reviewed or is_shaped_like_word(word)):
            words.verdicts[word] = Verdict("rejected", "review" if word in review.rejected else "shape")
            continue
        seen, is_witnessed = counts.lower[word], word in sources.witness
        derived = word not in roots and derives(word, roots.__contains__)
        near = better = None
        if not is_witnessed and word not in reviewed:
            near = neighbours.best(word)
            better = misspelling_of(word, derived, counts.lower, neighbours)
        why = _reason(word, derived, counts, sources)
        if not why and near is None and not is_spoken_form(word, roots.__contains__):
            why = newcomers.reason(word, seen)
        flag = Flag.DERIVED if derived else Flag.BASE
        if word in reviewed:
            status, why = "listed", "review"
        elif is_name(word) and not is_witnessed:
            status, why = "out", "a name"
        elif not why:
            status, why = "out", "too little evidence"
        elif better:
            status = "suspect"
            words.suspects[word] = better
        elif not (is_witnessed or derived) and letters.looks_english(word) > 0:
            status = "foreign"
            words.foreign.add(word)
        else:
            status = "listed"
        if status == "listed":
            words.flags[word] = flag
            if word in reviewed:
                pass
            elif is_drowned(word, seen, neighbours) and not is_name(word):
                words.flags[word] |= Flag.DOUBTFUL
                status, near = "doubtful", neighbours.best(word)
            elif word in roots and word not in FUNCTION_WORDS and seen >= _needed(word):
                words.flags[word] |= Flag.ROOT
        explained = explanation(word, near, seen, derived, counts.lower) if near and not better else ""
        words.verdicts[word] = Verdict(status, why, better or near or "", explained)
    _clear_by_voice(words)
    return words


def _clear_by_voice(words: Words) -> None:
    """A verb has both voices: "dibubuhkan" is near "dibutuhkan", but "membubuhkan" stands."""
    standing = frozenset(words.flags)
    for word in sorted(words.suspects):
        if other_voice(word, standing.__contains__):
            words.flags[word] = Flag.DERIVED
            del words.suspects[word]
            words.verdicts[word] = words.verdicts[word]._replace(status="listed", explained="other voice")


def _needed(word: str) -> int:
    """Occurrences a root needs; one that ends in -an looks derived itself ("sampakan")."""
    return STRONG.get(len(word), int(word.endswith("an")))


def _reason(word: str, derived: bool, counts: Counts, sources: Sources) -> str:
    """Which two witnesses has it? Empty if it has not."""
    seen, support = counts.lower[word], sources.support(word)
    lists = "+".join(support)
    if word in sources.witness:
        return f"KBBI and {lists or 'corpus'}" if support or seen > 0 else ""
    if derived:
        return f"word formation and {lists or 'corpus'}" if support or seen >= MINIMUM else ""
    if word in sources.english and "-" not in word:
        return ""  # "odor", "swift": known, but as English
    if "-" in word and seen < PLENTY:
        return ""  # reduplications are derived; other compounds need evidence
    if len(support) >= 2 and any(name in CAREFUL for name in support):
        return lists
    if support and seen >= ENOUGH:
        return f"{lists} and corpus"
    return "corpus, often" if seen >= PLENTY else ""


def frequent_neighbours(counts: Counts, sources: Sources, roots: set[str]) -> Neighbours:
    """The words that others may be misspellings of.

    KBBI has no passives ("digunakan"), so very frequent derived forms are taken too.
    """
    return Neighbours(
        {
            word: n
            for word, n in counts.lower.items()
            if n >= 30 and (word in sources.witness or (n >= 200 and derives(word, roots.__contains__)))
        }
    )

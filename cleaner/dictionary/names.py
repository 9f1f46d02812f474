"""Names, found by their capitals: a word that is capitalised in mid-sentence is one.

Not every capital makes a name ("Presiden", "Negeri" are capitalised in titles and official names), so
the share is kept and decides later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.neighbours import Neighbours
from cleaner.dictionary.sources import Sources
from cleaner.spelling.lexicon import Flag

FAMOUS = 1000
"""Occurrences of a word whose misspellings are worth looking for."""
CAPITALISED = 0.5
"""Share of capitals from which on a word is called a name."""


@dataclass(frozen=True, slots=True)
class Name:
    """One entry of ``names.tsv``."""

    cased: str
    count: int
    share: float

    @property
    def flags(self) -> Flag:
        """NAME, and how it is cased."""
        if len(self.cased) > 1 and self.cased.isupper():
            return Flag.NAME | Flag.ACRONYM
        if self.cased != "-".join(part.capitalize() for part in self.cased.split("-")):
            return Flag.NAME | Flag.MIXED
        return Flag.NAME


def find_names(counts: Counts, sources: Sources) -> dict[str, Name]:
    """Lower-case word -> name: from the corpus, and places and first names from lists."""
    names = {}
    for word, forms in counts.forms.items():
        middle, total = counts.middle[word], sum(forms.values())
        share = total / middle
        if total >= MINIMUM and share >= CAPITALISED and is_shaped_like_name(word):
            names[word] = Name(usual_form(forms), counts.words[word], share)
    for word in sources.first_names | sources.places.keys():
        # Where the corpus knows the word, it has decided: "barat", "bintang" are no names by themselves.
        is_unknown = word not in names and counts.middle[word] < MINIMUM and word not in sources.witness
        if is_unknown and is_shaped_like_name(word) and len(word) > 2:
            names[word] = Name(word.capitalize(), counts.words[word], 1.0)
    slips = misspelt(names, counts)
    return {word: name for word, name in names.items() if word not in slips}


def misspelt(names: Mapping[str, Name], counts: Counts) -> set[str]:
    """Names that are another word misspelt: "Indonsia" has capitals because Indonesia has."""
    frequent = Neighbours({word: n for word, n in counts.words.items() if n >= FAMOUS})
    return {
        word
        for word, name in names.items()
        if len(word) >= 6
        and name.count < FAMOUS // 100
        and any(frequent.counts[other] >= 300 * max(1, name.count) for other in frequent.around(word))
    }


def is_shaped_like_name(word: str) -> bool:
    """Latin letters with hyphens or apostrophes; digits only behind letters ("covid-19", "g20")."""
    return (
        len(word) > 1 and all(c.isalnum() or c in "-'" for c in word) and word.isascii() and word[0].isalpha()
    )


def usual_form(forms: dict[str, int]) -> str:
    """The most frequent capitalised spelling: Title, CAPITALS or miXed.

    Capitals throughout may be a heading's, so they only win if clearly more frequent.
    """
    word = min(forms).lower()
    title = "-".join(part.capitalize() for part in word.split("-"))
    best = max(sorted(forms), key=lambda form: forms[form])
    return (best if forms[best] >= 2 * forms.get(title, 0) else title).replace("’", "'")

"""The shipped dictionary as a starting point for another one.

Its word lists are not shipped, but what was decided with them is: flags, counts, names, n-grams. A word of
the dictionary stands, and its counts are added to those of the new corpus. So a small corpus changes little,
and a big one a lot.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.dictionary.corpus import MINIMUM, Counts
from cleaner.dictionary.names import Name
from cleaner.dictionary.sources import LISTS, Sources
from cleaner.spelling.data import data_file, open_table, open_trie, read_rows
from cleaner.spelling.language_model import END, MARK, NGRAMS_TABLE, NGRAMS_TRIE, NUMBER, START
from cleaner.spelling.lexicon import COUNTS, INDONESIAN, NO_SHARE, WORDS_TABLE, WORDS_TRIE, Flag

_MARKS = frozenset((START, END, MARK, NUMBER))


@dataclass
class Shipped:
    """What the dictionary in a folder says of each word (lower case)."""

    flags: dict[str, Flag] = field(default_factory=dict)
    """Listed words, and those known as misspellings."""
    counts: dict[str, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    """Share of capitals in mid-sentence, where it is known."""
    names: dict[str, Name] = field(default_factory=dict)

    def sources(self) -> Sources:
        """The dictionary as a witness, in the place of word lists."""
        sources = Sources(lists={name: set() for name in LISTS})
        for word, flag in self.flags.items():
            if flag & INDONESIAN and not flag & Flag.DOUBTFUL:
                sources.witness.add(word)
                if not flag & Flag.ROOT:
                    sources.witness_derived.add(word)
            elif flag & Flag.FOREIGN:
                sources.english[word] = round(self.counts.get(word, 0))
        return sources


def read_shipped(folder: Path | None = None) -> Shipped:
    """Read the words of ``folder`` (None: the shipped one). Raises DictionaryError."""
    shipped = Shipped()
    trie, table = open_trie(data_file(WORDS_TRIE, folder)), open_table(data_file(WORDS_TABLE, folder))
    for key in sorted(trie.keys()):
        if "\t" in key:
            continue  # the casing of a name
        number = trie[key]
        shipped.counts[key] = COUNTS[table["counts"][number]]
        if flag := Flag(table["flags"][number]) & ~Flag.LONELY:
            shipped.flags[key] = flag
        if table["capital"][number] != NO_SHARE:
            shipped.shares[key] = table["capital"][number] / (NO_SHARE - 1)
    for cased, count, share in read_rows(data_file("names.tsv", folder)):
        shipped.names[cased.lower()] = Name(cased, int(count), float(share))
    for word, count, _ in read_rows(data_file("id_words.tsv", folder)):
        shipped.counts[word] = float(count)  # exact
    return shipped


def add_counts(counts: Counts, shipped: Shipped, folder: Path | None = None) -> None:
    """Add the shipped counts to those of another corpus. Raises DictionaryError."""
    for word, count in shipped.counts.items():
        counts.unigrams[word] = counts.unigrams.get(word, 0.0) + count
        if word in _MARKS:
            continue
        share = shipped.shares.get(word)
        counts.words[word] += round(count)
        counts.lower[word] += round(count * (1 - (share or 0.0)))
        if share is not None:
            middle = max(MINIMUM, round(count))
            counts.middle[word] += middle
            if share:
                name = shipped.names.get(word)
                cased = name.cased if name else word.capitalize()
                counts.forms.setdefault(word, Counter())[cased] += round(middle * share)
    trie, table = open_trie(data_file(NGRAMS_TRIE, folder)), open_table(data_file(NGRAMS_TABLE, folder))
    codes = table["counts"]
    for key, number in trie.iteritems():
        ngram = tuple(key.split(" "))
        ngrams = counts.bigrams if len(ngram) == 2 else counts.trigrams
        ngrams[ngram] = ngrams.get(ngram, 0.0) + COUNTS[codes[number]]

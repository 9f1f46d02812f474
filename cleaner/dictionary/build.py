"""Build all dictionary data from word lists and corpora, in one command:

    python -m cleaner.dictionary.build --shared ../shared -o dictionaries

``--shared`` holds ``corpus/`` and ``lexicon/`` (see dictionaries/SOURCES.md). The same input gives the
same bytes. With ``--hold-out`` every tenth news paragraph stays out of all counts and the report
measures coverage on it; ship a build without it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cleaner.dictionary import report
from cleaner.dictionary.binary import write_candidates, write_ngrams, write_words
from cleaner.dictionary.corpus import MINIMUM, Counts, count_corpus
from cleaner.dictionary.foreign import find_english
from cleaner.dictionary.joined import read_joined
from cleaner.dictionary.names import Name, find_names
from cleaner.dictionary.pairs import find_pairs, mark
from cleaner.dictionary.review import Review, read_review
from cleaner.dictionary.sources import read_sources
from cleaner.dictionary.textfiles import write_lists, write_pairs
from cleaner.dictionary.words import MOSTLY, Words, capital_share, decide, frequent_neighbours, strong_roots
from cleaner.spelling.lexicon import INDONESIAN, Flag

KEPT = frozenset(("kesemua", "kebagian", "disisi", "dibagi"))
FAMILIAR = 5
"""Occurrences from which on a name is offered as a correction."""


def main(arguments: list[str] | None = None) -> int:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(
        prog="cleaner.dictionary.build", description="Build the dictionary data."
    )
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and lexicon/")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder to write to")
    parser.add_argument("--hold-out", action="store_true", help="keep a tenth of the news for measuring")
    options = parser.parse_args(arguments)
    started = time.monotonic()

    def progress(message: str) -> None:
        sys.stderr.write(f"{time.monotonic() - started:6.1f} s  {message}\n")

    counts = count_corpus(options.shared / "corpus", options.hold_out, progress)
    build(counts, options.shared, options.output, progress)
    sys.stdout.write(report.report(options.output, options.shared, counts.held_out))
    return 0


def build(counts: Counts, shared: Path, output: Path, progress: Callable[[str], None]) -> None:
    """All data files from the counts."""
    sources = read_sources(shared / "lexicon")
    names = find_names(counts, sources)
    progress(f"found {len(names):,} names")
    review = read_review(output / "review")

    def mostly_name(word: str) -> bool:
        return word in names and names[word].share >= MOSTLY

    words = decide(counts, sources, mostly_name, review.verdict)
    progress(f"decided on {len(words.flags):,} Indonesian words, turned down {len(words.suspects):,}")
    neighbours = frequent_neighbours(counts, sources)
    english = find_english(counts, sources, lambda word: bool(neighbours.around(word)))
    flags = merge_flags(words, names, english, strong_roots(counts, sources), review)

    def stands(word: str) -> bool:
        return bool(flags.get(word, Flag(0)) & INDONESIAN)

    pairs = find_pairs(shared / "lexicon", counts, sources, review, names, stands)
    # A joined form that KBBI has as a word of its own is left alone, unless the review names it.
    joined = read_joined(output / "review" / "joined.tsv", lambda word: word in KEPT)
    pairs = {wrong: pair for wrong, pair in pairs.items() if wrong not in joined}
    mark(flags, {**pairs, **joined})
    write_pairs(output / "nonstandard.tsv", "wrong, right, grade, source", pairs.values())
    write_pairs(output / "joined.tsv", "wrong, right, grade, source", joined.values())
    progress(f"wrote {len(pairs):,} non-standard and {len(joined):,} joined forms")
    frequency = {word: counts.words[word] for word in flags}
    write_lists(output, flags, frequency, names, english, counts)
    progress("wrote the lists")
    shares = {word: capital_share(word, counts) for word in counts.middle if counts.middle[word] >= MINIMUM}
    write_words(output, flags, {**frequency, **counts.unigrams}, shares, names)
    ngrams: dict[tuple[str, ...], float] = dict(counts.bigrams)
    ngrams.update(counts.trigrams)
    write_ngrams(output, ngrams, sum(counts.unigrams.values()))
    progress(f"wrote {len(ngrams):,} n-grams")
    prefixes = write_candidates(output, candidate_words(flags, frequency))
    progress(f"wrote the candidate index of {prefixes:,} prefixes")


def merge_flags(
    words: Words, names: dict[str, Name], english: dict[str, int], roots: set[str], review: Review
) -> dict[str, Flag]:
    """Everything known of each word: the lists laid over each other."""
    flags: dict[str, Flag] = dict(words.flags)
    for word, name in names.items():
        flags[word] = flags.get(word, Flag(0)) | name.flags
    for word in english:
        # Indonesian has many words that look English ("air", "data", "domain"): those are its own.
        if not flags.get(word, Flag(0)) & INDONESIAN:
            flags[word] = flags.get(word, Flag(0)) | Flag.FOREIGN
    for word in words.flags:
        if word in review.informal:
            flags[word] |= Flag.INFORMAL
        elif word in roots:
            flags[word] |= Flag.ROOT
    return flags


def candidate_words(flags: dict[str, Flag], frequency: dict[str, int]) -> list[str]:
    """What a misspelling may be corrected to: Indonesian words, and names that are no rarity."""
    return [
        word
        for word, flag in flags.items()
        if flag & INDONESIAN or (flag & Flag.NAME and frequency[word] >= FAMILIAR and len(word) > 2)
    ]


if __name__ == "__main__":
    sys.exit(main())

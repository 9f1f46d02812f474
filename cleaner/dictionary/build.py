"""Build all dictionary data from word lists and corpora, in one command:

    python -m cleaner.dictionary.build --shared ../shared -o dictionaries

``--shared`` holds ``corpus/`` and ``lexicon/`` (see dictionaries/SOURCES.md). The same input gives the
same bytes. With ``--hold-out`` every tenth news paragraph stays out of all counts and the report
measures coverage on it; ship a build without it. The report and the evidence for each word go to the
folder ``--report``.

`cleaner.dictionary.own` builds from a user's corpus, on top of the shipped data.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.dictionary import report
from cleaner.dictionary.binary import write_candidates, write_ngrams, write_words
from cleaner.dictionary.confusions import find_confusions
from cleaner.dictionary.corpus import MINIMUM, WEIGHTS, Counts, blocks, count_corpus, is_held_out, read_lines
from cleaner.dictionary.evidence import EVIDENCE, write_evidence
from cleaner.dictionary.foreign import find_english
from cleaner.dictionary.joined import read_joined
from cleaner.dictionary.letters import write_letters
from cleaner.dictionary.lonely import mark_lonely
from cleaner.dictionary.lookalikes import find_lookalikes
from cleaner.dictionary.names import Name, find_names
from cleaner.dictionary.pairs import find_pairs, mark
from cleaner.dictionary.phrases import find_phrases, read_phrases
from cleaner.dictionary.progress import Progress
from cleaner.dictionary.review import Review, read_review
from cleaner.dictionary.slang import find_slang
from cleaner.dictionary.sources import Sources, read_sources
from cleaner.dictionary.textfiles import write_confusions, write_lines, write_lists, write_pairs
from cleaner.dictionary.words import MOSTLY, Words, capital_share, decide, frequent_neighbours, strong_roots
from cleaner.spelling.data import CHECKSUMS, checksums, data_folder
from cleaner.spelling.lexicon import INDONESIAN, Flag

FAMILIAR = 5
"""Occurrences from which on a name is offered as a correction."""
USUAL, LONG = 20, 7
"""Occurrences and letters from which on an English word is: "stakehloder"."""
_STEPS = 15
Say = Callable[[str], None]
"""Is told each step that is done."""


@dataclass
class Vocabulary:
    """Everything that was decided about words."""

    words: Words
    names: dict[str, Name]
    english: dict[str, int]
    flags: dict[str, Flag]
    lookalikes: dict[str, str] = field(default_factory=dict)
    """Forms that word formation allows but that are taken for a common word -> that word."""


def main(arguments: list[str] | None = None) -> int:
    """Command line; see the module docstring."""
    parser = argparse.ArgumentParser(
        prog="cleaner.dictionary.build", description="Build the dictionary data."
    )
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and lexicon/")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder to write to")
    parser.add_argument("--hold-out", action="store_true", help="keep a tenth of the news for measuring")
    parser.add_argument("--report", type=Path, default=Path("build-report"), help="folder for the evidence")
    options = parser.parse_args(arguments)
    corpus = {name: options.shared / "corpus" / f"{name}.txt.xz" for name in WEIGHTS}
    options.report.mkdir(parents=True, exist_ok=True)
    size = sum(path.stat().st_size for path in corpus.values())
    with Progress(size, _STEPS, lines=True) as progress:
        texts = {name: blocks(read_lines(path, progress.advance)) for name, path in corpus.items()}
        counts = count_corpus(texts, progress, is_held_out if options.hold_out else None, capitals=True)
        build(counts, options.shared, options.output, options.report, progress)
    text = report.report(options.output, options.shared, counts.held_out)
    (options.report / "report.txt").write_bytes(text.encode("utf-8"))
    sys.stdout.write(text)
    return 0


def build(counts: Counts, shared: Path, output: Path, evidence: Path, progress: Say) -> None:
    """All data files from the counts, and ``evidence.tsv`` in the folder ``evidence``."""
    output.mkdir(parents=True, exist_ok=True)
    sources = read_sources(shared / "lexicon")
    # A build to measure on goes to another folder, but obeys the same decisions.
    reviewed = (output if (output / "review").is_dir() else data_folder()) / "review"
    review = read_review(reviewed)
    vocabulary = decide_vocabulary(counts, sources, review, progress)
    vocabulary.lookalikes = mark_lookalikes(vocabulary.flags, counts, sources)
    progress(f"found {len(vocabulary.lookalikes):,} forms that are taken for a common word")
    write_tables(output, shared / "lexicon", reviewed, counts, sources, review, vocabulary)
    progress("wrote the tables of pairs")
    write_data(output, vocabulary, counts, progress)
    indonesian = sorted(word for word, flag in vocabulary.flags.items() if flag & INDONESIAN)
    write_letters(output, indonesian, sorted(vocabulary.names), sorted(vocabulary.english))
    write_checksums(output)
    progress("wrote the letter models")
    write_evidence(
        evidence / EVIDENCE,
        vocabulary.words,
        vocabulary.flags,
        vocabulary.names,
        counts,
        sources,
        vocabulary.lookalikes,
    )
    progress("wrote the evidence")


def decide_vocabulary(counts: Counts, sources: Sources, review: Review, progress: Say) -> Vocabulary:
    """Which words exist, and of which kind they are."""
    names = find_names(counts, sources)
    progress(f"found {len(names):,} names")

    def mostly_name(word: str) -> bool:
        return word in names and names[word].share >= MOSTLY

    words = decide(counts, sources, mostly_name, review)
    progress(f"decided on {len(words.flags):,} Indonesian words, turned down {len(words.suspects):,}")
    neighbours = frequent_neighbours(counts, sources, strong_roots(counts, sources))
    english = find_english(counts, sources, lambda word: bool(neighbours.around(word)))
    english.update({word: counts.words[word] for word in words.foreign})
    flags = merge_flags(words, names, english, review, counts)
    return Vocabulary(words, names, english, flags)


def mark_lookalikes(flags: dict[str, Flag], counts: Counts, sources: Sources) -> dict[str, str]:
    """Set MISSPELT on the forms of `find_lookalikes`, and return them."""
    proposed = sources.witness.union(*sources.lists.values())
    common = {word: n for word, n in counts.lower.items() if flags.get(word, Flag(0)) & INDONESIAN}

    def seen(form: str) -> int | None:
        return None if form in flags or form in proposed else counts.words[form]

    def is_root(word: str) -> bool:
        return bool(flags.get(word, Flag(0)) & Flag.ROOT)

    found = find_lookalikes(common, seen, is_root)
    flags.update(dict.fromkeys(found, Flag.MISSPELT))
    return found


def write_data(output: Path, vocabulary: Vocabulary, counts: Counts, progress: Say) -> None:
    """The lists for people and the mapped files, when all is decided."""
    flags, names = vocabulary.flags, vocabulary.names
    frequency = {word: counts.words[word] for word in flags}
    write_lists(output, flags, frequency, names, vocabulary.english, counts)
    common = [word for word in flags if is_standard(word, flags) and not flags[word] & Flag.NAME]
    write_confusions(output / "confusions.tsv", find_confusions(counts, common))
    progress("wrote the lists")
    shares = {word: capital_share(word, counts) for word in counts.middle if counts.middle[word] >= MINIMUM}
    totals: Mapping[str, float] = {**frequency, **counts.unigrams}
    candidates = candidate_words(flags, frequency)
    lonely = mark_lonely(flags, candidates, totals)
    progress(f"found {lonely:,} words without a near neighbour")
    write_words(output, flags, totals, shares, names)
    ngrams: dict[tuple[str, ...], float] = {**counts.bigrams, **counts.trigrams}
    write_ngrams(output, ngrams, sum(counts.unigrams.values()))
    progress(f"wrote {len(ngrams):,} n-grams")
    prefixes = write_candidates(output, candidates)
    progress(f"wrote the candidate index of {prefixes:,} prefixes")


def write_checksums(output: Path) -> None:
    """The last of the data files, when the others are there."""
    write_lines(output / CHECKSUMS, checksums(output).splitlines())


def is_listed(word: str, flags: Mapping[str, Flag]) -> bool:
    """Is it an Indonesian word beyond doubt?"""
    flag = flags.get(word, Flag(0))
    return bool(flag & INDONESIAN) and not flag & Flag.DOUBTFUL


def is_standard(word: str, flags: Mapping[str, Flag]) -> bool:
    """... and one for formal text?"""
    return is_listed(word, flags) and not flags[word] & (Flag.INFORMAL | Flag.NONSTANDARD)


def write_tables(
    output: Path,
    lists: Path,
    reviewed: Path,
    counts: Counts,
    sources: Sources,
    review: Review,
    vocabulary: Vocabulary,
) -> None:
    """Pairs of wrong and right forms. Sets NONSTANDARD on the wrong ones."""
    flags = vocabulary.flags
    joined = read_joined(reviewed / "joined.tsv")
    pairs = find_pairs(lists, counts, sources, review, vocabulary.names, lambda word: is_listed(word, flags))
    pairs = {wrong: pair for wrong, pair in pairs.items() if wrong not in joined}
    mark(flags, {**pairs, **joined})
    slang = find_slang(
        lists,
        reviewed / "slang.tsv",
        counts,
        lambda word: is_standard(word, flags),
        lambda word: bool(flags.get(word, Flag(0)) & (Flag.NAME | Flag.FOREIGN)),
    )
    phrases = {
        **find_phrases(counts, lambda word: is_listed(word, flags)),
        **read_phrases(reviewed / "phrases.tsv"),
    }
    rows = ("\t".join((wrong, *right)) for wrong, right in sorted(phrases.items()))
    write_lines(output / "phrases.tsv", ["# wrong, right, rule, where in a sentence", *rows])
    for name, table in (("joined", joined), ("nonstandard", pairs), ("slang", slang)):
        write_pairs(output / f"{name}.tsv", "wrong, right, grade, source", table.values())


def merge_flags(
    words: Words, names: dict[str, Name], english: dict[str, int], review: Review, counts: Counts
) -> dict[str, Flag]:
    """Everything known of each word: the lists laid over each other."""
    flags: dict[str, Flag] = dict(words.flags)
    for word, name in names.items():
        flags[word] = flags.get(word, Flag(0)) | name.flags
    for word in english:
        # Indonesian has many words that look English ("air", "data", "domain"): those are its own.
        if not flags.get(word, Flag(0)) & INDONESIAN:
            flags[word] = flags.get(word, Flag(0)) | Flag.FOREIGN
    for word in words.suspects:
        # English words and names are not told apart by their neighbours: "math" is not "mata".
        if word not in flags and counts.words[word] >= MINIMUM:
            flags[word] = Flag.MISSPELT
    for word in review.misspelt:
        flags.setdefault(word, Flag.MISSPELT)
    for word in words.flags:
        if word in review.informal:
            flags[word] = (flags[word] | Flag.INFORMAL) & ~Flag.ROOT
    return flags


def candidate_words(flags: dict[str, Flag], frequency: dict[str, int]) -> list[str]:
    """What a misspelling may be corrected to: Indonesian words, familiar names, usual long English words."""
    return [
        word
        for word, flag in flags.items()
        if (flag & INDONESIAN and not flag & Flag.DOUBTFUL)
        or (flag & Flag.NAME and frequency[word] >= FAMILIAR and len(word) > 2)
        or (flag & Flag.FOREIGN and frequency[word] >= USUAL and len(word) >= LONG)
    ]


if __name__ == "__main__":
    sys.exit(main())

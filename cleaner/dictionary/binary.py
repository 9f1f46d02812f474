"""The machine files: what the runtime classes map.

Everything is sorted before it is written, so that the same counts give the same bytes.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from zlib import crc32

import marisa_trie

from cleaner.dictionary.names import Name
from cleaner.spelling.candidates import CANDIDATES_TABLE, PREFIX, deletions
from cleaner.spelling.data import write_table
from cleaner.spelling.language_model import NGRAMS_TABLE, NGRAMS_TRIE
from cleaner.spelling.lexicon import NO_SHARE, WORDS_TABLE, WORDS_TRIE, Flag, quantise

_BUCKETS_PER_PREFIX = 8  # at least; about three filed prefixes share a bucket


def write_words(
    folder: Path,
    flags: Mapping[str, Flag],
    counts: Mapping[str, float],
    shares: Mapping[str, float],
    names: Mapping[str, Name],
) -> int:
    """The trie of all words and its arrays. Returns the number of keys."""
    mixed = [f"{word}\t{names[word].cased}" for word, flag in flags.items() if flag & Flag.MIXED]
    trie = marisa_trie.Trie(sorted({*flags, *counts, *mixed}))
    trie.save(str(folder / WORDS_TRIE))
    flag_array = array("H", bytes(2 * len(trie)))
    count_array = array("B", bytes(len(trie)))
    capital_array = array("B", bytes([NO_SHARE]) * len(trie))
    for word, flag in flags.items():
        flag_array[trie[word]] = int(flag)
    for word, count in counts.items():
        count_array[trie[word]] = quantise(count)
    for word, share in shares.items():
        if word in trie:
            capital_array[trie[word]] = round(share * (NO_SHARE - 1))
    write_table(folder / WORDS_TABLE, {"flags": flag_array, "counts": count_array, "capital": capital_array})
    return len(trie)


def write_ngrams(folder: Path, ngrams: Mapping[tuple[str, ...], float], total: float) -> int:
    """The trie of word pairs and triples and its array. Returns the number of n-grams."""
    keys = {" ".join(ngram): count for ngram, count in ngrams.items()}
    trie = marisa_trie.Trie(sorted(keys))
    trie.save(str(folder / NGRAMS_TRIE))
    codes = array("B", bytes(len(trie)))
    for key, count in keys.items():
        codes[trie[key]] = quantise(count)
    write_table(folder / NGRAMS_TABLE, {"counts": codes, "total": array("I", [round(total)])})
    return len(trie)


def write_candidates(folder: Path, words: Iterable[str]) -> int:
    """The symmetric-delete index (see `cleaner.spelling.candidates`). Returns the number of prefixes."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[word[:PREFIX]].append(word)
    size = 1 << (_BUCKETS_PER_PREFIX * len(groups) - 1).bit_length()
    buckets: defaultdict[int, list[int]] = defaultdict(list)
    borders, text = array("I", [0]), bytearray()
    for number, prefix in enumerate(sorted(groups)):
        for form in deletions(prefix.encode()):
            buckets[crc32(form) & (size - 1)].append(number)
        text += ("\n".join(groups[prefix]) + "\n").encode()
        borders.append(len(text))
    starts, filed = array("I", [0]), array("I")
    for bucket in range(size):
        filed.extend(sorted(set(buckets.get(bucket, ()))))
        starts.append(len(filed))
    arrays = {"starts": starts, "prefixes": filed, "borders": borders, "text": array("B", text)}
    write_table(folder / CANDIDATES_TABLE, arrays)
    return len(groups)

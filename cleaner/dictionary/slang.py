"""Colloquial words and chat abbreviations -> formal: ``slang.tsv``, for the informal profile.

The lists were collected from social media, and their left sides hold good words as well ("lalu",
"minta"): such an entry is dropped unless the word is known to be informal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from cleaner.dictionary.corpus import Counts
from cleaner.dictionary.pairs import Pair
from cleaner.dictionary.sources import read_tsv
from cleaner.spelling.data import read_rows

LISTS = ("slang_indonlp.tsv", "slang_indo_normalizer.tsv", "singkatan_pypi.tsv")


def find_slang(
    folder: Path,
    review: Path,
    counts: Counts,
    is_formal: Callable[[str], bool],
    is_other: Callable[[str], bool],
) -> dict[str, Pair]:
    """Wrong -> pair. ``is_formal``: a standard word; ``is_other``: a name or an English word."""
    proposals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in LISTS:
        for wrong, right in {
            (row[0].strip().lower(), row[1].strip().lower()) for row in read_tsv(folder / name)
        }:
            proposals[wrong][right] += 1
    pairs = {}
    for wrong, rights in sorted(proposals.items()):
        if not wrong.isalpha() or not wrong.isascii() or len(wrong) < 2 or is_formal(wrong):
            continue
        if any(a == b == c for a, b, c in zip(wrong, wrong[1:], wrong[2:], strict=False)):
            continue  # "amiiiin": drawn out letters are a rule's business
        # Several lists, then the more frequent word: "milih" is memilih rather than pilih.
        right = max(sorted(rights), key=lambda r: (rights[r], counts.lower[r]))
        if right == wrong or not all(is_formal(part) for part in right.split()):
            continue
        grade = "always" if rights[right] >= 2 and not is_other(wrong) and len(wrong) > 2 else "context"
        pairs[wrong] = Pair(wrong, right, grade, f"{sum(rights.values())} list(s)")
    for wrong, right, grade in _reviewed(review):
        if grade == "drop":
            pairs.pop(wrong, None)
        else:
            pairs[wrong] = Pair(wrong, right, grade, "reviewed")
    return _without_chains(pairs)


def _reviewed(path: Path) -> list[tuple[str, str, str]]:
    return [(row[0], row[1], row[2]) for row in read_rows(path)]


def _without_chains(pairs: Mapping[str, Pair]) -> dict[str, Pair]:
    """Follow a right side that is slang itself ("bgt" -> banget -> sekali) to the end."""
    flat = {}
    for wrong, pair in sorted(pairs.items()):
        right, seen = pair.right, {wrong}
        while right in pairs and right not in seen:
            seen.add(right)
            right = pairs[right].right
        if right not in seen:
            flat[wrong] = pair._replace(right=right)
    return flat

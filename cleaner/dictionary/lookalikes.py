"""Forms that word formation allows, that nobody has ever written, and that are one slip from a common word.

"mendukun" (to practise as a shaman) is rightly derived from *dukun*, and so is "terlebuh" from *lebuh*. But
in fifteen million words neither stands once, while *mendukung* and *terlebih* stand thousands of times, and
are misspelt now and then. Whoever writes such a form means the other word. So these forms are worked out when
the dictionary is built and listed as misspellings, and word formation accepts them no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cleaner.dictionary.slips import COMMON
from cleaner.spelling.morphology import CLITICS, PARTICLES, derives

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 6
_MISSING, _EXTRA, _OTHER = 300, 600, 1200
"""Occurrences of a word from which on a letter left out (or two swapped), a letter too many, and another
letter in its place are commoner than a right form that the corpus does not have."""


def find_lookalikes(
    common: Mapping[str, int], seen: Callable[[str], int | None], is_root: Callable[[str], bool]
) -> dict[str, str]:
    """Form -> the common word it is taken for.

    ``common`` gives the count of words in lower case. ``seen`` tells how often a form occurs; None if a list
    has it, so that it is right whatever is near.
    """
    found: dict[str, tuple[int, str]] = {}
    for word, count in common.items():
        if count < _MISSING or len(word) < _SHORTEST or not word.isalpha():
            continue
        for least, form in slips(word):
            if count < least or found.get(form, (0, ""))[0] >= count:
                continue
            occurs = seen(form)
            # Each occurrence of the form itself speaks for it.
            if occurs is None or count < least * (1 + 2 * occurs):
                continue
            if derives(form, is_root) and not _has_common_stem(form, common):
                found[form] = count, word
    return {form: word for form, (_, word) in sorted(found.items())}


def slips(word: str) -> Iterator[tuple[int, str]]:
    """``word`` with one slip, and how common a word must be to suffer it. The first letter stays."""
    for i in range(1, len(word)):
        before, letter, after = word[:i], word[i], word[i + 1 :]
        yield _MISSING, before + after
        if after and after[0] != letter:
            yield _MISSING, before + after[0] + letter + after[1:]
        for other in _LETTERS:
            yield _EXTRA, before + letter + other + after
            if other != letter:
                yield _OTHER, before + other + after


def _has_common_stem(form: str, common: Mapping[str, int]) -> bool:
    """Is it a common word with a clitic? *artisnya* is near *artinya*, but *artis* is common."""
    return any(
        form.endswith(ending) and common.get(form[: -len(ending)], 0) >= COMMON
        for ending in (*CLITICS, *PARTICLES)
    )

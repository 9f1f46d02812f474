"""Active and passive: a verb that is listed in one voice is right in the other as well.

*dibubuhkan* may be too rare for any list, but *membubuhkan* is there, and each transitive verb has both.
This accepts what the list of roots is too strict for, and no misspelling: the other voice of *ditunjukan*
is *menunjukan*, which is listed no more than the first.
"""

from __future__ import annotations

from collections.abc import Callable

from cleaner.spelling.morphology import VOWELS, nasal_stems


def other_voice(word: str, is_listed: Callable[[str], bool]) -> bool:
    """Is ``word`` (lower case) the di- form of a listed me- form, or the me- form of a listed di- form?

    >>> other_voice("dibubuhkan", {"membubuhkan"}.__contains__)
    True
    >>> other_voice("menyapu", {"disapu"}.__contains__)
    True
    """
    if word.startswith("di") and len(word) > 5:
        return is_listed(active(word[2:]))
    if word.startswith("me") and len(word) > 6:
        return any(is_listed("di" + stem) for stem in nasal_stems(word[2:]) if active(stem) == word)
    return False


def active(stem: str) -> str:
    """The me- form of a stem: sapu -> menyapu, bubuhkan -> membubuhkan (PUEBI on me-)."""
    first, rest = stem[:1], stem[1:]
    if first in "bfv" or stem.startswith(("pr", "pl")):
        return "mem" + stem
    if first == "p":
        return "mem" + rest
    if first in "cdjz" or stem.startswith(("tr", "sy", "st")):
        return "men" + stem
    if first == "t":
        return "men" + rest
    if first == "s":
        return "meny" + rest
    if first == "k" and not stem.startswith(("kl", "kr", "kh")):
        return "meng" + rest
    if first in VOWELS or first in "ghk":
        return "meng" + stem
    return "me" + stem

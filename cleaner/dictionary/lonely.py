"""Which listed words can be no slip of another one, wherever they stand?

The speller asks of a rare listed word whether one edit away there is a word so much more frequent that it
may have been meant ("ngeri" for negeri). For most words there is none. That does not depend on the text, so
it is worked out here once and costs nothing later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cleaner.dictionary.neighbours import Neighbours
from cleaner.spelling.lexicon import COUNTS, OUTNUMBERS, Flag, quantise


def mark_lonely(flags: dict[str, Flag], candidates: Iterable[str], counts: Mapping[str, float]) -> int:
    """Set LONELY in ``flags``. Returns how many words have it.

    Counts are compared as the lexicon gives them back, rounded to its steps.
    """
    listed = Flag.BASE | Flag.DERIVED | Flag.FOREIGN | Flag.NAME
    rounded = {word: round(COUNTS[quantise(counts.get(word, 0))]) for word in (*flags, *candidates)}
    neighbours = Neighbours({word: rounded[word] for word in candidates if rounded[word] >= OUTNUMBERS})
    number = 0
    for word, flag in flags.items():
        least = OUTNUMBERS * (rounded[word] + 1)
        if flag & listed and all(rounded[other] < least for other in neighbours.around(word)):
            flags[word] |= Flag.LONELY
            number += 1
    return number

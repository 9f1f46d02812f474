"""What a doubtful word may have been: nothing else, another word, or several words run together.

Three hypotheses compete, each with a log10 probability of what we see:

    it is right   P(this word in this context), or for a word in no list
                  P(some new word) x P(these letters | a new word)           character model
    a typo of c   P(c in this context) x P(a slip) x P(these letters | c)    language model, channel
    glued a b     P(a b in this context) x P(a space was lost)               language model

The language model looks at both sides: what comes before predicts the word, and the word predicts what
comes after. A word in no list predicts nothing: what follows is then taken without context.

For words that are in the dictionary this is Mays, Damerau & Mercer's (1991) model of real-word errors.

`Doubt` holds what can be said of a word wherever it stands, so it is worked out once a word; `rank`
adds the context. Start reading there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log10
from typing import NamedTuple

from cleaner.spelling.channel import score as channel_score
from cleaner.spelling.context import Context
from cleaner.spelling.language_model import LanguageModel

NEW_WORD = -2.2
"""log10 P(a token of news is in no list): about 7 in 1,000 lower-case tokens."""
SLIP = -3.0
"""log10 P(a word is misspelt): about 1 in 1,000 in published news."""
LOST_SPACE = -3.4
"""log10 P(the space behind a word is lost): about 4 in 10,000."""

_MOST_CANDIDATES = 6
_MOST_FAR = 4
SHORT_PARTS = frozenset("ada dan di dia dua hal ia ini itu ke tak tim vs".split())
"""Parts of three letters and less that may be glued: "keretadi", "inikarena"."""


class Reading(NamedTuple):
    """A reading of a doubtful word, with its log10 probability."""

    after: str
    kind: str
    """missing, extra, substituted, swapped, two slips (see `channel`), glued, or right."""
    score: float
    fit: float
    """How much better than its frequency alone the words fit the context, log10."""
    frequency: int
    """Corpus count of the word, or of the rarest part."""
    slip: float
    """log10 probability of the letters typed, given the word (see `channel`); 0 where none is wrong."""


Correction = tuple[str, float, str, int]
"""Term, channel log10 probability, kind of slip, corpus count."""


@dataclass(slots=True)
class Doubt:
    """A doubtful word type (lower case)."""

    low: str
    listed: bool
    """In some list of the dictionary: Indonesian, English or a name."""
    letters: float
    """log10 P(letters | a new word)."""
    corrections: tuple[Correction, ...]
    """The likeliest of all contexts."""
    splits: tuple[tuple[tuple[str, ...], int], ...]
    """Ways to cut it into known words, with the corpus count of the rarest."""


def corrections(
    low: str, candidates: Iterable[tuple[str, int]], count: Callable[[str], int], at_least: float = 1
) -> tuple[Correction, ...]:
    """The likeliest of ``candidates`` by channel and frequency, those with ``at_least`` that count.

    ``candidates`` come with their edit distance. Of those two edits away only the most frequent are
    looked at closely: the channel takes long over them, and a rare word two slips away is no likely one.
    """
    counted = [(count(term), distance, term) for term, distance in candidates if term != low]
    far = sorted((item for item in counted if item[1] > 1), reverse=True)[:_MOST_FAR]
    scored = []
    for n, _, term in [item for item in counted if item[1] <= 1] + far:
        if n >= at_least:
            channel, kind = channel_score(term, low)
            if channel > -19:
                scored.append((term, channel, kind, n))
    scored.sort(key=lambda item: (-(item[1] + log10(item[3])), item[0]))
    return tuple(scored[:_MOST_CANDIDATES])


def splits(
    low: str, count: Callable[[str], int], is_word: Callable[[str], bool]
) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Cuts of ``low`` into two known words, or else three; the most frequent first.

    ``is_word`` says whether a part of four letters or more may stand by itself.
    """

    def part(word: str) -> bool:
        return word in SHORT_PARTS if len(word) <= 3 else is_word(word)

    pairs: list[tuple[tuple[str, ...], int]] = []
    triples: list[tuple[tuple[str, ...], int]] = []
    for i in range(2, len(low) - 1):
        head, tail = low[:i], low[i:]
        if not part(head):
            continue
        if part(tail):
            pairs.append(((head, tail), min(count(head), count(tail))))
        elif len(tail) >= 6:
            for j in range(2, len(tail) - 1):
                if part(tail[:j]) and part(tail[j:]):
                    parts = (head, tail[:j], tail[j:])
                    triples.append((parts, min(map(count, parts))))
    found = sorted(pairs or triples, key=lambda item: (-item[1], item[0]))
    return tuple(found[:_MOST_CANDIDATES])


def rank(doubt: Doubt, context: Context, model: LanguageModel) -> list[Reading]:
    """All readings of ``doubt`` in ``context``, the likeliest first."""
    window = model.window(context.left, context.right)
    without = window.without
    score = NEW_WORD + doubt.letters + without
    if doubt.listed:
        score = max(score, window.score([doubt.low]))
    readings = [Reading(doubt.low, "right", score, 0.0, 0, 0.0)]
    for term, channel, kind, n in doubt.corrections:
        here = window.score([term])
        fit = here - without - model.alone(term)
        readings.append(Reading(term, kind, SLIP + channel + here, fit, n, channel))
    for parts, n in doubt.splits:
        here = window.score(parts)
        fit = here - without - sum(model.alone(part) for part in parts)
        readings.append(Reading(" ".join(parts), "glued", LOST_SPACE * (len(parts) - 1) + here, fit, n, 0.0))
    readings.sort(key=lambda reading: (-reading.score, reading.after))
    return readings

"""What stands beside a mark: the words, and those to which a mark belongs ("Jl.", "detik.com").

Who looks for lost spaces must know them, and who looks for superfluous ones too.
"""

from __future__ import annotations

import re

# A space belongs behind most of these too ("Jl. Sudirman"), but leaving it out is a habit, not damage: hence
# barely above the threshold.
_TITLES_AND_PLACES = (
    "abd adv arh bp bpk brigjen bripka cv dr dra drg drh drs ds gg hj inf ir irjen jend jl jln kab kec "
    "kel kep kh kol kombes komjen kompol lettu letjen let maj mayjen md moh muh no ny pdt prof pt rt rw sdr "
    "serda serka sertu st tn ust"
)
ABBREVIATIONS = frozenset(_TITLES_AND_PLACES.split())
# Endings of names on the web in any case: "Detik.Com", "KOMPAS.TV".
DOMAINS = frozenset(("ac", "biz", "co", "com", "fm", "go", "id", "io", "js", "net", "org", "tv"))
# Marks that end a quotation, a bracket or a percentage; as a word does, they stand left of a stop or comma.
CLOSERS = frozenset(")]%”’\"'")

_LETTERS = re.compile("[^\\W\\d_]+")


def word_before(text: str, at: int) -> str:
    """The letters and digits that end at ``at``."""
    start = at
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:at]


def word_after(text: str, at: int) -> str:
    """The letters that start at ``at``."""
    match = _LETTERS.match(text, at)
    return match[0] if match else ""

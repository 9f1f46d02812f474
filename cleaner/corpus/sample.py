"""How many of the changes are right: a sample for a person to judge, and what the answers say.

Changes are drawn by rule (a stratum), as evenly as the rules allow, so that rare rules are judged too; in
the estimate each rule counts by the changes it made. The sample is a CSV file that any spreadsheet opens.

The interval of a share is Wilson's (1927); that of the weighted sum over rules is put together of them
by the method of Zou and Donner (2008, "Construction of confidence limits about effect measures"), which
needs no normal approximation. Brown, Cai and DasGupta (2001, "Interval Estimation for a Binomial
Proportion") say why not the textbook's interval.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cleaner.errors import InputError

COLUMNS = (
    "verdict", "before", "after", "left", "right", "rule", "reason", "confidence", "doc_id", "id",
    "stratum", "changes_in_stratum",
)  # fmt: skip
"""Of the sample file. The person fills in ``verdict``."""

RIGHT = frozenset({"y", "yes", "1", "ya", "benar", "betul", "b", "right", "ok"})
WRONG = frozenset({"n", "no", "0", "tidak", "salah", "s", "wrong", "x"})

_Z = 1.959964  # for 95 %


class Found(NamedTuple):
    """A change, and what stands around it in the cleaned text (None where the text is not at hand)."""

    doc_id: str
    change: dict[str, Any]
    left: str | None
    right: str | None


class Drawn(NamedTuple):
    """The changes drawn of one stratum, and how many there are in it."""

    stratum: str
    size: int
    changes: list[Found]


def draw(changes: Iterable[Found], number: int, stratify: str, seed: int) -> list[Drawn]:
    """Draw ``number`` changes in one pass (reservoir sampling, Vitter 1985, algorithm R).

    ``stratify``: "rule", "family", or "none". The same seed and changes give the same sample.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    sizes: dict[str, int] = {}
    reservoirs: dict[str, list[Found]] = {}
    for found in changes:
        name = found.change["rule"]
        stratum = {"rule": name, "family": name.partition(".")[0], "none": "all"}[stratify]
        sizes[stratum] = size = sizes.get(stratum, 0) + 1
        reservoir = reservoirs.setdefault(stratum, [])
        if len(reservoir) < number:
            reservoir.append(found)
        elif (place := chance.randrange(size)) < number:
            reservoir[place] = found
    shares = allot(number, sizes)
    drawn = []
    for stratum in sorted(sizes):
        chosen = chance.sample(reservoirs[stratum], shares[stratum])
        drawn.append(Drawn(stratum, sizes[stratum], chosen))
    return drawn


def allot(number: int, sizes: dict[str, int]) -> dict[str, int]:
    """How many to draw of each stratum: evenly, and what small ones cannot give goes to the others."""
    shares = dict.fromkeys(sizes, 0)
    left = min(number, sum(sizes.values()))
    # The largest first, so that a remainder goes to those that count most.
    order = sorted(sizes, key=lambda stratum: (-sizes[stratum], stratum))
    while left:
        for stratum in order:
            if left and shares[stratum] < sizes[stratum]:
                shares[stratum] += 1
                left -= 1
    return shares


def to_csv(drawn: list[Drawn]) -> bytes:
    """The sample as a CSV file, with a byte order mark, without which Excel guesses the encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for stratum, size, changes in drawn:
        for doc_id, change, left, right in changes:
            cells = [
                "", change["before"], change["after"], left or "", right or "", change["rule"],
                change["reason"], change["confidence"], doc_id, change["id"], stratum, size,
            ]  # fmt: skip
            writer.writerow([_harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _harmless(cell: object) -> object:
    """A spreadsheet must not take text for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


class Judged(NamedTuple):
    """The answers for one stratum."""

    stratum: str
    size: int
    right: int
    wrong: int

    @property
    def share(self) -> float:
        """Of the judged ones, how many are right."""
        return self.right / (self.right + self.wrong)

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share."""
        return wilson(self.right, self.right + self.wrong)


def read_answers(data: bytes, name: str) -> list[Judged]:
    """The answers in a sample file, by stratum; rows without one are left out.

    Raises InputError for a verdict that is none, or if nothing was judged.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not UTF-8; save it as CSV UTF-8") from error
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = {"verdict", "stratum", "changes_in_stratum"} - set(rows.fieldnames or ())
    if missing:
        raise InputError(f"{name}: is no sample of cleaner: no column {', '.join(sorted(missing))}")
    answers: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 2):
        verdict = (row["verdict"] or "").strip().lower()
        if not verdict or verdict == "?":
            continue
        if verdict not in RIGHT | WRONG:
            raise InputError(f'{name}: row {number}: the verdict {verdict!r} is neither "y" nor "n"')
        counts = answers.setdefault(row["stratum"], [int(row["changes_in_stratum"]), 0, 0])
        counts[1 if verdict in RIGHT else 2] += 1
    if not answers:
        raise InputError(f'{name}: nothing is judged yet; write "y" or "n" into the column verdict')
    return [Judged(stratum, *counts) for stratum, counts in sorted(answers.items())]


def wilson(right: int, number: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share.

    >>> tuple(round(limit, 4) for limit in wilson(9, 10))
    (0.5958, 0.9821)
    """
    share = right / number
    middle = share + _Z * _Z / (2 * number)
    half = _Z * math.sqrt(share * (1 - share) / number + _Z * _Z / (4 * number * number))
    scale = 1 + _Z * _Z / number
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def precision(answers: list[Judged]) -> tuple[float, float, float]:
    """The share of right changes, strata weighted by their sizes, and its 95 % interval."""
    whole = sum(item.size for item in answers)
    share = below = above = 0.0
    for item in answers:
        weight = item.size / whole
        low, high = item.interval
        share += weight * item.share
        below += (weight * (item.share - low)) ** 2
        above += (weight * (high - item.share)) ** 2
    return share, max(0.0, share - math.sqrt(below)), min(1.0, share + math.sqrt(above))


def found_in_rows(rows: Iterable[dict[str, Any]]) -> Iterator[Found]:
    """The changes of a log, without what stands around them."""
    for row in rows:
        for change in row["changes"]:
            yield Found(row["doc_id"], change, None, None)


def found_in_text(row: dict[str, Any], text: str, around: int = 60) -> Iterator[Found]:
    """The changes of one document, with ``around`` code points of its cleaned text on each side."""
    for change in row["changes"]:
        start, end = change["cleaned_start"], change["cleaned_end"]
        yield Found(row["doc_id"], change, text[max(0, start - around) : start], text[end : end + around])

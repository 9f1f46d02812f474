"""Superfluous space and stray marks: doubled blanks, "tersebut ,", ".,Sebelumnya", "4.24%".

Some texts align columns with blanks ("Nama    : Budi" above "Alamat  : Solo"); those stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.rules.beside import ABBREVIATIONS, CLOSERS, word_before
from cleaner.rules.characters import Found
from cleaner.rules.quotes import line_span, straight_quote_opens

_WIDEST = 200  # columns of a table; a longer line is a paragraph
_BLANKS = re.compile("  +")
_LINE_BREAKS = re.compile(r"\n[\n\r \t]+")
_STRAY = re.compile(r"\.(?P<close>[\"”]?)(?P<run> *,[ ,\n\r\t]*)")
_WORD = re.compile('["“]?(?:[A-Z][a-z]{3}|[A-Z][a-z]* )')
_AFTER_SPACE = tuple(
    re.compile(rf"{mark}(?<= {mark}){more}(?!\S)")
    for mark, more in ((",", ""), (r"\.", ""), (":", ""), (";", ""), ("!", "[!?]{0,2}"), (r"\?", "[!?]{0,2}"))
)
_PADDED_STRAIGHT = re.compile('"(?<= ")(?= )')
_PADDED_CLOSING = re.compile(r"”(?<= ”)(?!\w)")
_PADDED_OPENING = re.compile(r"“(?= \w)")
_DECIMALS = re.compile(r",\d|%")
_ENGLISH_THOUSANDS = re.compile(r",(?=\d{3}\.\d)")
_POINT_IN_PERCENTAGE = re.compile(r"\.(?=\d{1,2} ?(?:%|persen\b))(?<=\d\.)")
_HYPHEN = re.compile(r"-(?= ?\d)")
_NUMBER = re.compile(r"[\d.:]*\d")
_ENDINGS = frozenset(".,!?")
_MARKS = frozenset(".,;:!?")
_EDGES = frozenset((" ", "\n", "\r", "\t", ""))
_BEFORE_QUOTATION = frozenset(".,:!?")

# A comma cannot follow these: a scraper lost the word between ("dari , Selasa"). Nothing to repair.
_WANTS_A_WORD = frozenset(
    ("atau", "dan", "dari", "dengan", "di", "ke", "oleh", "pada", "pt", "untuk", "yang")
)
# Abbreviations that a comma may follow: "dkk., Tbk., Ltd., Jr.,".
_COMPANIES_AND_LISTS = "co corp dkk dll dsb dst eng etc inc jr llc ltd sr tbk"
_ABBREVIATED = ABBREVIATIONS.union(_COMPANIES_AND_LISTS.split())


def doubled(text: str) -> Iterator[Found]:
    """Runs of blanks inside a line, unless they align columns. The first blank stays."""
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        # At the start of a line it is indentation, at the end it is `trailing`.
        inside = (
            start > 0 and end < len(text) and text[start - 1] not in "\n\r\t" and text[end] not in "\n\r\t"
        )
        # In front of a mark that stands alone it is `before_mark` that decides.
        mark = text[end : end + 1] in _MARKS and text[end + 1 : end + 2] in _EDGES
        if inside and not mark and not _aligned(text, start, end):
            yield Found("spacing.double", start + 1, end, "", 0.9 if end - start < 5 else 0.7)


def _aligned(text: str, start: int, end: int) -> bool:
    """Does a neighbouring line continue in the column ``end`` behind blanks as well?"""
    line_start = text.rfind("\n", max(0, start - _WIDEST), start) + 1
    if not line_start and start >= _WIDEST:
        return False
    column = end - line_start
    neighbours = [text.find("\n", end) + 1 or len(text)]
    if line_start:
        neighbours.append(text.rfind("\n", 0, line_start - 1) + 1)
    return any(
        text[at - 1 : at] == " "
        and text[at : at + 1] not in ("", " ")
        and "\n" not in text[at - column : at + 1]
        for at in (neighbour + column for neighbour in neighbours)
    )


def trailing(text: str) -> Iterator[Found]:
    """Blanks and tabs at the end of a line or of the text."""
    end = len(text)
    while end >= 0:
        line_end = end
        if text[end - 1 : end] == "\r" and text[end : end + 1] == "\n":
            line_end -= 1
        start = line_end
        while start and text[start - 1] in " \t":
            start -= 1
        if start < line_end:
            yield Found("spacing.trailing", start, line_end, "", 0.9)
        end = text.rfind("\n", 0, start)


def blank_lines(text: str) -> Iterator[Found]:
    """More than one empty line in a row, with whatever blanks they hold, becomes one."""
    for match in _LINE_BREAKS.finditer(text):
        run = match[0]
        if run.count("\n") > 2:
            start = match.start()
            windows = text[start - 1 : start] == "\r"
            indentation = run[run.rfind("\n") + 1 :] if match.end() < len(text) else ""
            after = ("\n\r\n" if windows else "\n\n") + indentation
            yield Found("spacing.blank_lines", start, match.end(), after, 0.9)


def stray_marks(text: str) -> Iterator[Found]:
    """Commas behind a full stop, where a list of paragraphs was written out as "a.,b.,c."."""
    for match in _STRAY.finditer(text):
        start, end = match.span("run")
        run = match["run"]
        behind = text[end : end + 1]
        if not (behind == "" or behind.isupper() or behind in '"“' or ("\n" in run and not behind.islower())):
            continue
        word = word_before(text, match.start())
        scattered = "\n" in run or run.startswith(" ") or run.count(",") > 1
        glued = run == "," and len(word) != 1 and (not behind or _WORD.match(text, end) is not None)
        in_degree = text[match.start() - len(word) - 1 : match.start() - len(word)] == "."
        short = word.isalpha() and len(word) < 4
        if not scattered and (
            in_degree or match["close"] or (not glued and (short or word.lower() in _ABBREVIATED))
        ):
            continue  # "Maju Jaya Tbk., Surabaya", "Rina, S.H., M.Kn."
        after = "\n" * min(2, run.count("\n")) or (" " if behind else "")
        yield Found("spacing.stray_mark", start, end, after, 0.9 if scattered or glued else 0.7)


def before_mark(text: str) -> Iterator[Found]:
    """A space in front of a mark.

    "Gawang :", "saya , dan", "benar ?"; not " . . .", "2 : 1", "dari , Selasa", a column.
    """
    for pattern in _AFTER_SPACE:
        for match in pattern.finditer(text):
            at, end = match.span()
            space = at
            while space and text[space - 1] == " ":
                space -= 1
            confidence = _belongs_to_word(text, space, at, end)
            if confidence:
                yield Found("spacing.before_mark", space, at, "", confidence)


def _belongs_to_word(text: str, space: int, at: int, end: int) -> float:
    """How surely the mark in ``text[at:end]`` belongs to the word in front of the ``space``."""
    mark, left = text[at], text[space - 1 : space]
    following = text[end : end + 4].lstrip(" ")[:1]
    if not (left.isalnum() or left in CLOSERS):
        return 0.0
    if mark == "." and following == ".":
        return 0.0  # ". . ." is an ellipsis
    if mark in ":," and left.isdigit() and following.isdigit():
        return 0.0  # a score or a row of numbers
    if mark == "," and (at - space > 1 or word_before(text, space).lower() in _WANTS_A_WORD):
        return 0.0  # a word is missing
    if mark == ":":
        # "Pekerjaan : Petani" below "Alamat    : Solo" is the longest label of a column.
        return 0.0 if "  :" in text[max(0, space - _WIDEST) : end + _WIDEST] else 0.75
    return 0.85


def padded_quotes(text: str) -> Iterator[Found]:
    """Space on the inner side of a quotation mark: '“ Kami', 'sampah, " ujar', ', ” kata'."""
    # Some close with the opening mark ('lega, “ ucap') and open with the closing one ('kata, ” Kami').
    for match in _PADDED_OPENING.finditer(text):
        at = match.start()
        if not (text[at + 2].islower() and text[at - 2 : at].rstrip()[-1:] in _ENDINGS):
            yield Found("spacing.quote_padding", at + 1, at + 2, "", 0.9)
    for match in _PADDED_CLOSING.finditer(text):
        at = match.start()
        left = text[at - 2 : at - 1]
        if left.isalnum() or (left in _ENDINGS and not text[at + 2 : at + 3].isupper()):
            yield Found("spacing.quote_padding", at - 1, at, "", 0.9)
    opens: dict[int, bool] = {}
    line_end = -1
    for match in _PADDED_STRAIGHT.finditer(text):
        at = match.start()
        if at >= line_end:
            line_start, line_end = line_span(text, at)
            opens = {line_start + k: v for k, v in straight_quote_opens(text[line_start:line_end]).items()}
        left = text[at - 2 : at - 1]
        if opens[at]:
            if left in _BEFORE_QUOTATION and text[at + 2 : at + 3].isupper():
                yield Found("spacing.quote_padding", at + 1, at + 2, "", 0.7)
        elif left in _ENDINGS:
            yield Found("spacing.quote_padding", at - 1, at, "", 0.8)


def ranges(text: str) -> Iterator[Found]:
    """A hyphen between numbers with a space on one side: "29- 30 April", "17.000 -17.500"."""
    for match in _HYPHEN.finditer(text):
        at = match.start()
        before, behind = text[at - 1 : at], text[at + 1]
        if before.isdigit() and behind == " ":
            yield Found("spacing.range", at + 1, at + 2, "", 0.7)
        elif before == " " and behind != " " and text[at - 2 : at - 1].isdigit():
            low = text[max(0, at - 16) : at - 1].split(" ")[-1]
            number = _NUMBER.match(text, at + 1, at + 16)
            high = number[0] if number else ""
            # Not "1.090 -5" (a price and its loss), "2 -1 1" (a row of a table), "5 -1,2%".
            alike = len(low) > 1 and abs(len(low) - len(high)) < 2
            if alike and not _DECIMALS.match(text, at + 1 + len(high)):
                yield Found("spacing.range", at - 1, at, "", 0.6)


def decimal_points(text: str) -> Iterator[Found]:
    """A decimal point in a percentage: "4.24%"; Indonesian writes "4,24%" and groups "1.240" by points.

    Not in a text with English numbers ("26,156.10 (+0.50%)"): there it is one of many.
    """
    if _ENGLISH_THOUSANDS.search(text):
        return
    for match in _POINT_IN_PERCENTAGE.finditer(text):
        at = match.start()
        whole = word_before(text, at)
        if (
            len(whole) < 4
            and whole.isdigit()
            and text[at - len(whole) - 1 : at - len(whole)] not in (".", ",")
        ):
            yield Found("spacing.decimal_mark", at, at + 1, ",", 0.8)

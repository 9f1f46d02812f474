r"""Single characters that a scraper left behind: invisible ones, odd spaces, control codes, line ends.

None of these rules knows a language. They know where the odd character is *needed*, and stay away:
a zero-width joiner holds an emoji family together, a zero-width space separates Khmer words, a
no-break space groups the digits of "20 000", and "\r\n" is how Windows ends every line.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from cleaner.edits import Bilingual, Edit

INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Inside of a character class: soft hyphen, zero-width marks, directions, joiners, byte order mark."""

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
"""Inside of a character class: every space that is not U+0020, except the ideographic one."""

_ASCII_TEXT = bytes(range(0x20, 0x7F)) + b"\n\t"

_INVISIBLES = re.compile(f"[{INVISIBLE}]+")
_ODD_SPACES = re.compile(f"[{SPACES}]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_BREAKS = re.compile("[\u2028\u2029]")
_CARRIAGE_RETURNS = re.compile("\r[\r ]*")


class Found(NamedTuple):
    """A place one rule wants to change: replace ``text[start:end]`` by ``after``."""

    rule: str
    start: int
    end: int
    after: str
    confidence: float


def edits_of(found: Iterable[Found], enabled: Container[str], reasons: Mapping[str, Bilingual]) -> list[Edit]:
    """What the enabled rules found, as edits; ``reasons`` by rule id."""
    return [
        Edit(place.start, place.end, place.after, place.rule, reasons[place.rule], place.confidence)
        for place in found
        if place.rule in enabled
    ]


def odd_characters(text: str) -> str:
    """The characters of ``text`` that are not printable ASCII, line feed or tab, in their order.

    Deleting ASCII bytes from UTF-8 leaves UTF-8, and ``bytes.translate`` deletes at memory speed, so
    this costs a fraction of one regular expression over the text. Clean text gives a few quotes and
    dashes: what they are decides which rules run at all.
    """
    return text.encode("utf-8", "ignore").translate(None, _ASCII_TEXT).decode("utf-8")


def invisibles(text: str) -> Iterator[Found]:
    """Runs of invisible characters between Latin letters, digits and marks.

    Beside any other script or an emoji they may carry meaning: "می‌خواهم" needs its joiner.
    """
    for match in _INVISIBLES.finditer(text):
        start, end = match.span()
        if _is_western(text[start - 1 : start]) and _is_western(text[end : end + 1]):
            yield Found("encoding.invisible", start, end, "", 0.95)


def _is_western(character: str) -> bool:
    """Latin, general punctuation or a currency sign; the edge of the text counts as well."""
    return character < "\u0250" or "\u2000" <= character < "\u20c0"


def odd_spaces(text: str) -> Iterator[Found]:
    """No-break and thin spaces become one plain space, or nothing where there already is a space.

    Between two digits they group thousands ("20\u00a0000") and stay.
    """
    for match in _ODD_SPACES.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isdigit() and after.isdigit():
            continue
        # No space is added where one already is, nor at the edge of a line.
        superfluous = before in " \t\n\r" or after in " \t\n\r"
        yield Found("encoding.space", start, end, "" if superfluous else " ", 0.95)


def controls(text: str) -> Iterator[Found]:
    """C0 control codes vanish; vertical tab and form feed break the line, as they do on paper."""
    for match in _CONTROLS.finditer(text):
        breaks = "\x0b" in match[0] or "\x0c" in match[0]
        yield Found("encoding.control", match.start(), match.end(), "\n" if breaks else "", 0.9)


def line_ends(text: str) -> Iterator[Found]:
    r"""Carriage returns that are no consistent line end, and Unicode line separators.

    A text whose every line ends with "\r\n" comes from Windows and stays byte for byte. Mixed ends
    come from a scraper ("selesai.\n\r\nMenurut"), and so does a "\r" among spaces, which was white
    space of an HTML page; a bare "\r" was a line break on old Macs.
    """
    for match in _BREAKS.finditer(text):
        yield Found("encoding.line_end", match.start(), match.end(), "\n", 0.9)
    if "\r" not in text or text.count("\r") == text.count("\r\n") == text.count("\n"):
        return
    for match in _CARRIAGE_RETURNS.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] == "\n" or text[end : end + 1] == "\n":
            kept = match[0].replace("\r", "")
        elif " " in match[0]:
            kept = "" if text[start - 1 : start] in " \t" else " "
        else:
            kept = "\n" * len(match[0])
        yield Found("encoding.line_end", start, end, kept, 0.9)


def plain(text: str) -> str:
    """``text`` without invisible characters and with plain spaces: what a repair may hand out."""
    return _ODD_SPACES.sub(" ", _INVISIBLES.sub("", text))

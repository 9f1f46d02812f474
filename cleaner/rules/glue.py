"""Lost spaces beside a comma, colon, semicolon, quotation mark or bracket: "(AS)Donald", 'lalu."Itu'.

A scraper that joins the paragraphs of a page without a separator leaves these behind, as it does sentences
(see `sentence_ends`). What needs a dictionary to see ("PresidenDonald") is for the typo stage.

Addresses, files and code need no guard here: the engine protects them (see `cleaner.protect`).

A finder runs only for text in which the gate of its mark found something unusual (see `spacing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.rules.beside import CLOSERS, DOMAINS, word_after, word_before
from cleaner.rules.characters import Found
from cleaner.rules.quotes import line_span, straight_quote_opens

_COMMA = re.compile(",(?=[A-Za-z0-9“‘])")
_COLON = re.compile(":(?=[A-Z“][A-Za-z])")
_SEMICOLON = re.compile(";(?=[A-Za-z])")
_STRAIGHT_QUOTE = re.compile('"(?=[A-Za-z0-9])')
_OPENING_QUOTE = re.compile("“(?=[A-Za-z0-9])")
_CLOSING_QUOTE = re.compile("”(?=[A-Za-z0-9])")
_CLOSED = re.compile(r"\)(?=[A-Za-z]{2}|\d{1,2}\. [A-Z])")
_OPENED = re.compile(r"\((?P<inside>[^()\n]{2,120})\)")
_BEFORE_QUOTE = frozenset(".,!?:)%")
# Written to a word in quotation marks: 'sebuah "resume"nya'.
_CLITICS = frozenset(("an", "i", "kah", "kan", "ku", "lah", "mu", "nya", "pun"))
_SLASH_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?$")
_CHANGE = re.compile(r"[-+]?\d+,\d")
_PHRASE = re.compile(r"[a-z]{3,} [a-z]{3}")


def after_comma(text: str) -> Iterator[Found]:
    """Words joined by a comma.

    "naik,turun", "Jumat,19/6/2020", "(RB1),Reno"; not "1,5", "f(x,y)" or a row of a CSV file.
    """
    for match in _COMMA.finditer(text):
        at = match.start()
        left = text[at - 1 : at]
        before, after = word_before(text, at), word_after(text, at + 1)
        behind = text[at + 1]
        if behind == "“":  # with a space behind it, it closes: 'dihapus,“ kata'
            opens = text[at + 2 : at + 3].isalnum()
            confidence = 0.9 if opens and (left.isalnum() or left == ")") else 0.0
        elif after in DOMAINS:
            confidence = 0.0  # "lumbung.co,id" wants a full stop
        elif behind.isdigit():
            confidence = 0.7 if len(before) > 2 and before.isalpha() and not before.isupper() else 0.0
        elif left.isdigit():
            confidence = 0.8 if len(after) > 2 else 0.0
        elif left.isalpha():
            confidence = 0.9 if len(before) > 1 and len(after) > 1 else 0.0
        else:
            confidence = 0.8 if left and left in ")%]" else 0.0
        if confidence and _repeated_in_token(text, at) < 3:
            yield Found("spacing.after_comma", at + 1, at + 1, " ", confidence)


def _repeated_in_token(text: str, at: int) -> int:
    """How often the mark at ``at`` stands in its token: a table repeats it ("nama,umur,kota,kode")."""
    left = text[max(0, at - 60) : at].split(" ")[-1]
    right = text[at : at + 60].split(" ", 1)[0]
    return (left + right).count(text[at])


def after_colon(text: str) -> Iterator[Found]:
    """A label joined to its text.

    "Baca juga:Harga", "Artinya:“Bersabar"; not "[Galeri:Video]", "12:30", "C:D".
    """
    for match in _COLON.finditer(text):
        at = match.start()
        before, after = word_before(text, at), word_after(text, at + 1)
        if len(before) > 1 and before.isalpha() and text[at - len(before) - 1 : at - len(before)] != "[":
            if text[at + 1] == "“":
                yield Found("spacing.after_colon", at + 1, at + 1, " ", 0.9)
            elif len(after) > 2 and after[1:].islower():
                yield Found("spacing.after_colon", at + 1, at + 1, " ", 0.7)


def after_semicolon(text: str) -> Iterator[Found]:
    """Clauses joined by a semicolon: "khusus;berisi"; not an unknown entity ("&foo;bar")."""
    for match in _SEMICOLON.finditer(text):
        at = match.start()
        before = word_before(text, at)
        entity = text[at - len(before) - 1 : at - len(before)] in ("&", "#")
        if len(before) > 2 and not entity and _repeated_in_token(text, at) == 1:
            yield Found("spacing.after_semicolon", at + 1, at + 1, " ", 0.7)


def around_straight_quotes(text: str) -> Iterator[Found]:
    """Straight marks: 'lalu."Itu' in front of an opening mark, 'bagus,"ujar' behind a closing one."""
    opens: dict[int, bool] = {}
    end = -1
    for match in _STRAIGHT_QUOTE.finditer(text):
        at = match.start()
        left = text[at - 1 : at]
        if not (left.isalpha() or left in _BEFORE_QUOTE) or _stray_comma(text, at):
            continue  # a digit may have inches: 5'9.15"T
        if at >= end:
            start, end = line_span(text, at)
            opens = {start + k: v for k, v in straight_quote_opens(text[start:end]).items()}
        yield from _around(text, at, opens[at] and not (left == "," and text[at + 1].islower()))


def around_curly_quotes(text: str) -> Iterator[Found]:
    """As above for curly marks: "warga“Kami", "bagus,”ujar"."""
    for match in _OPENING_QUOTE.finditer(text):
        at = match.start()
        left = text[at - 1 : at]
        # Behind other marks it is found by `sentence_ends.after_stop`, `after_comma` and `after_colon`.
        if left.isalnum() or left in CLOSERS or left == ";":
            yield from _around(text, at, True)
    for match in _CLOSING_QUOTE.finditer(text):
        at = match.start()
        left = text[at - 1 : at]
        if (left.isalnum() or left in _BEFORE_QUOTE) and not _stray_comma(text, at):
            # Some open with the closing mark too (”Kami). Behind a mark that was never opened it
            # must be that, unless a comma shows that the quotation is over.
            line = text[max(0, at - 2000) : at].rpartition("\n")[2]
            yield from _around(text, at, left in ".:!?" and line.rfind("“") <= line.rfind("”"))


def _stray_comma(text: str, at: int) -> bool:
    """Is the mark in front of ``at`` a comma that a scraper left there (". ,", see `layout`)?"""
    return text[at - 1 : at] == "," and text[at - 2 : at - 1] in " .,!?\n"


def _around(text: str, at: int, opening: bool) -> Iterator[Found]:
    left, right = text[at - 1], text[at + 1]
    if left.isalnum() and word_after(text, at + 1) in _CLITICS:
        return
    sure = 0.9 if left in ".,!?:" else 0.75
    if not opening:
        yield Found("spacing.after_quote", at + 1, at + 1, " ", sure if left == "," else sure - 0.1)
    elif left in ".!?" and right.isupper():
        yield Found("spacing.after_stop", at, at, " ", sure)
    else:
        yield Found("spacing.before_quote", at, at, " ", sure)


def after_bracket(text: str) -> Iterator[Found]:
    """Joined behind.

    "(AS)Donald", "(KPK)menyatakan", "(IDF)7. Moovit"; not "(me)nulis" or "orang(-orang)nya".
    """
    for match in _CLOSED.finditer(text):
        at = match.end()
        opened = text.rfind("(", max(0, at - 120), at)
        inside = text[opened + 1 : at - 1] if opened >= 0 else ""
        after = word_after(text, at)
        if ")" in inside or (opened > 0 and text[opened - 1].isalnum() and inside.islower()):
            continue  # a part of a word: "kabupaten(-kabupaten)nya"
        if not after or after[0].isupper():
            confidence = 0.9 if after[1:].islower() else 0.7
        elif len(after) > 3 and len(inside) > 1 and not inside.isalpha() | inside.startswith("-"):
            confidence = 0.7
        elif len(after) > 3 and len(inside) > 1 and inside.isupper():
            confidence = 0.85
        else:
            confidence = 0.0  # "(ber)main", "(satu)dolar": the brackets may belong into the word
        if confidence:
            yield Found("spacing.after_bracket", at, at, " ", confidence)


def before_bracket(text: str) -> Iterator[Found]:
    """Joined in front.

    "Serikat(AS)", "Kamis(24/7/2025)"; not "f(x)", "Sp.JP(K)", "orang(-orang)", "kata(nya)".
    """
    for match in _OPENED.finditer(text):
        at = match.start()
        before, inside = word_before(text, at), match["inside"]
        front = text[at - len(before) - 1 : at - len(before)]
        if len(before) < 3 or not before.isalpha() or front in ("=", ".", "+") or ";" in inside:
            continue  # a formula: "=RATA(A1:A5)", "=NORMAL.INV(x; y)"
        if (inside[0].isupper() and len(inside) > 1) or _SLASH_DATE.match(inside):
            confidence = 0.9
        elif before.isupper() and _CHANGE.match(inside):
            confidence = 0.7  # "BBCA(-1,17%)"
        elif len(before) > 3 and before[1:].islower() and (inside.isdigit() or _PHRASE.match(inside)):
            confidence = 0.6  # "ayat(1)", "kecelakaan(nol cedera)"
        else:
            continue
        yield Found("spacing.before_bracket", at, at, " ", confidence)

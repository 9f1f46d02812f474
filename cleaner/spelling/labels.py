"""One letter on the wrong side of a blank: the label of a list item, or the end of a word.

The label of an item may run into the word before it: "pemeriksaan sakitb. Kunjungan dokter".

Whoever joins the lines of a list loses the blank in front of "b.", and "sakitb" then looks like *sakit* with
a letter too many. Dropping the letter would take the label away.

And the last letter of a word may be torn off: "sepert i itu". To give the word its letter back and leave the
other one standing would double it.
"""

from __future__ import annotations

import re

from cleaner.spelling.context import Context

_ITEM = re.compile(r"[.)] ?[A-Z]")
_SMALL_ITEM = re.compile(r"[.)] ?[a-z]")


def label_behind(word: str, meant: str, context: Context) -> str:
    """The label at the end of ``word`` (it stands in ``context``) if it is ``meant`` and a label; or "".

    An item follows it: "danc. Bogor", "sakitb) Kunjungan". One in small letters only if the text has the
    label before: "Panglimab. memberi saran".
    """
    label = word[-1]
    if len(word) < 4 or word[:-1].lower() != meant or not "b" <= label <= "j":
        return ""
    if _ITEM.match(context.text, context.end):
        return label
    small = _SMALL_ITEM.match(context.text, context.end)
    return label if small and has_label_before(label, context) else ""


def has_label_before(label: str, context: Context) -> bool:
    """Does the text have the label in front of ``label`` by itself, before this place: "a." before "b."?"""
    earlier = re.compile(rf"(?<![\w.]){chr(ord(label) - 1)}[.)] ?[A-Za-z]")
    return bool(earlier.search(context.text, 0, context.start))


def torn_off(word: str, meant: str, context: Context) -> int:
    """Code points behind ``word`` that belong to it: 2 if the letter that ``meant`` has more stands there."""
    letter = context.text[context.end + 1 : context.end + 2]
    alone = not context.text[context.end + 2 : context.end + 3].isalnum()
    torn = context.text[context.end : context.end + 1] == " " and meant == word.lower() + letter
    return 2 if torn and letter and alone else 0

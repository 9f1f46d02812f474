"""The label of a list item that ran into the word before it: "pemeriksaan sakitb. Kunjungan dokter".

Whoever joins the lines of a list loses the blank in front of "b.", and "sakitb" then looks like *sakit* with
a letter too many. Dropping the letter would take the label away.
"""

from __future__ import annotations

import re

from cleaner.spelling.context import Context

_ITEM = re.compile(r"[.)] ?[A-Z]")


def label_behind(word: str, meant: str, context: Context) -> str:
    """The label at the end of ``word`` (it stands in ``context``) if it is ``meant`` and a label; or "".

    An item follows it: "danc. Bogor", "sakitb) Kunjungan".
    """
    if len(word) < 4 or word[:-1].lower() != meant or not "b" <= word[-1] <= "j":
        return ""
    return word[-1] if _ITEM.match(context.text, context.end) else ""


def has_label_before(label: str, context: Context) -> bool:
    """Does the text have the label in front of ``label`` by itself, before this place: "a." before "b."?"""
    earlier = re.compile(rf"(?<![\w.]){chr(ord(label) - 1)}[.)] ?[A-Z]")
    return bool(earlier.search(context.text, 0, context.start))

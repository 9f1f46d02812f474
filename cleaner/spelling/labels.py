"""Labels of list items that ran into the word before them: "pemeriksaan sakitb. Kunjungan dokter".

Whoever joins the lines of a list loses the blank in front of "b.", and "sakitb" then looks like *sakit* with
a letter too many. Dropping the letter would take the label away. References to items lose it too: "Pasal 4
hurufd".
"""

from __future__ import annotations

import re

from cleaner.spelling.context import Context

_ITEM = re.compile(r"[.)] ?[A-Z]")
_SMALL_ITEM = re.compile(r"[.)] ?[a-z]")
REFERENCE = "huruf"
"""What a label of an item stands behind when a law refers to it."""


def label_behind(word: str, meant: str, context: Context) -> str:
    """The label at the end of ``word`` (it stands in ``context``) if it is ``meant`` and a label; or "".

    An item follows it: "danc. Bogor", "sakitb) Kunjungan". One in small letters only if the text has the
    label before: "Panglimab. memberi saran". Or `REFERENCE` stands before it: "hurufd".
    """
    label = word[-1]
    if len(word) < 4 or word[:-1].lower() != meant:
        return ""
    if meant == REFERENCE:
        return label
    if not "b" <= label <= "j":
        return ""
    if _ITEM.match(context.text, context.end):
        return label
    small = _SMALL_ITEM.match(context.text, context.end)
    return label if small and has_label_before(label, context) else ""


def has_label_before(label: str, context: Context) -> bool:
    """Does the text have the label in front of ``label`` by itself, before this place: "a." before "b."?"""
    earlier = re.compile(rf"(?<![\w.]){chr(ord(label) - 1)}[.)] ?[A-Za-z]")
    return bool(earlier.search(context.text, 0, context.start))

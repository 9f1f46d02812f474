"""Two words that are always written another way: "Jawa timur" -> Jawa Timur, "meski pun" -> meskipun.

The phrases are in ``phrases.tsv``; how they were found is told in `cleaner.dictionary.phrases`. All are
looked for at once, by an automaton (Aho & Corasick 1975), so that a text without any costs next to nothing.

A corrected capital may complete another phrase: in "sekretaris jenderal PBB" the jenderal gets its capital
from PBB, and the sekretaris from the Jenderal; in "jawa timur" the jawa is a name by itself. So the text is
looked at as it then is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from cleaner.edits import Bilingual, Edit
from cleaner.spelling.context import context_at, word_after
from cleaner.spelling.data import data_file, read_lines

ANYWHERE, INSIDE = "anywhere", "inside"
"""Where in a sentence a phrase is surely wrong."""
_SURE, _AT_START, _ONE_WORD = 0.85, 0.6, 0.93
_JOINED = Bilingual("ditulis serangkai (KBBI, EYD V)", "is written as one word (KBBI, EYD V)")


@lru_cache(maxsize=1)
def _phrases() -> tuple[AhoCorasick, list[str]]:
    """The automaton, and the rows it counts, unread. Raises DictionaryError if there are none."""
    rows = [line for line in read_lines(data_file("phrases.tsv")) if not line.startswith("#")]
    wrong = [row.partition("\t")[0] for row in rows]
    return AhoCorasick(wrong, implementation=Implementation.ContiguousNFA, store_patterns=False), rows


def with_capitals(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with the sure edits of casing among ``edits``, which leave all offsets as they are."""
    for edit in edits:
        if (
            edit.rule == "typo.casing"
            and edit.confidence >= _SURE
            and len(edit.after) == edit.end - edit.start
        ):
            text = text[: edit.start] + edit.after + text[edit.end :]
    return text


def phrases(text: str) -> Iterator[Edit]:
    """Edits on ``text``, in any order."""
    found: dict[tuple[int, str], Edit] = {}
    before = ""
    while text != before:
        new: dict[tuple[int, str], Edit] = {}
        for edit in _found(text):
            if (edit.start, edit.rule) not in found:
                new.setdefault((edit.start, edit.rule), edit)
        yield from new.values()
        found |= new
        before, text = text, with_capitals(text, new.values())


def _found(text: str) -> Iterator[Edit]:
    """Edits on ``text``; a word may have one from each side."""
    automaton, rows = _phrases()
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if _is_inside_word(text, start, end):
            continue
        wrong, right, rule, where = rows[index].split("\t")
        if rule != "typo.casing":
            yield Edit(start, end, right, rule, _JOINED, _ONE_WORD)
            continue
        one = wrong.index(" ")
        # At the start of a sentence the capital of the first word says nothing of the second: "Kepala dinas
        # itu", but "Kepala dinas Pertanian", if sentences do not begin with "Kepala dinas" in another sense.
        unsure = (
            wrong[0].isupper()
            and not (where == ANYWHERE and word_after(text, end)[:1].isupper())
            and context_at(text, start, start + one).starts_sentence
        )
        at, after = (start, right[:one]) if wrong[0] != right[0] else (start + one + 1, right[one + 1 :])
        reason = Bilingual(
            f"'{right}' hampir selalu berhuruf kapital dua (EYD V)",
            f"'{right}' nearly always has two capitals (EYD V)",
        )
        yield Edit(at, at + len(after), after, rule, reason, _AT_START if unsure else _SURE)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or before in ("-", "@", "_") or after.isalnum() or after in ("-", "_")

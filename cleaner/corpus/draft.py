"""Drafts of boilerplate rules: a template becomes a rule of a pack, with examples that are proved.

What the rule's kind, scope and pattern should be follows from what the template says and where it
stands. The examples are places of the corpus; each is marked by what the rule does to it, so a pack
that is written passes its own tests. The confidence is a guess: a person is to read the pack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex  # type: ignore[import-untyped]

from cleaner.corpus.phrases import BREAK, DASH, DAY, MONTH, NUMBER
from cleaner.corpus.templates import INITIALS, NAME, SLOTS, Shares, Spot, Template
from cleaner.engine import Cleaner

CONFIDENCE = 0.9
"""What a drafted rule says of itself. Nobody has measured it."""

_AROUND = 70  # code points of an example on both sides of what is removed
_MOSTLY = 0.7
_TITLED = 0.6
_HEADLINE = 130  # ... and for a headline to be removed
_MARKS = frozenset("⟦⟧→")  # the notation of examples
_EXAMPLES, _NEAR_MISSES = 3, 2

_KINDS = {
    "read_also": r"\b(?:baca|simak|lihat|tonton) (?:juga|pula)|\bpilihan (?:editor|redaksi)|terkait|^baca :",
    "ad": r"advertisement|\bscroll\b|\biklan\b",
    "media": r"gambas|instagram|youtube|twitter|\bvideo\b|a post shared",
    "credit": r"\bfoto\b|\bphoto\b|shutterstock|getty",
    "byline": r"penulis|pewarta|reporter|wartawan|kontributor|\beditor :|penyunting|berkontribusi|^\(.*\)$",
    "republish": r"copyright|©|hak cipta|dilarang|telah tayang|tayang di|\bsumber :",
    "promo": r"google|whatsapp|telegram|aplikasi|e(?: - )?mail|update|ikuti|gabung|langganan|telah membaca",
    "nav": r"halaman|selengkapnya|selanjutnya|klik|berita lain|artikel lain|cek berita",
    "tags": r"\btags?\b|\btopik\b",
}
"""Which words make a kind, the first that fits; a site or a dash in a line's beginning make a dateline."""

_SLOTS = {
    DASH: "[-–—―−]{1,3}+",
    NUMBER: r"\d[\d.,:/]*+",
    DAY: "(?:{day})",
    MONTH: "{month}",
    # Lazy, up to the fixed text behind it. Each piece starts with a capital letter, so there is one way to
    # read it; a stop is allowed behind an initial only.
    NAME: r"(?<!\p{L})(?:(?:(?<!\p{L})\p{Lu}\.|\p{Lu}[\p{Ll}\d'’]*+(?:\.\p{Ll}++)*+[/,-]?|bint?i?{s}){s}*+)"
    "{1,40}?",
    INITIALS: r"\p{Ll}{1,5}+",
}


@dataclass
class Draft:
    """A rule for a template, and what running it gave."""

    template: Template
    id: str
    kind: str
    scope: str
    end: str
    pattern: str
    trigger: str
    known: str | None = None
    """The shipped rule that removes the same already."""
    documents: int = 0
    """Documents of the corpus in which the rule removes something."""
    examples: list[str] = field(default_factory=list)
    near_misses: list[str] = field(default_factory=list)

    def prove(self, cleaner: Cleaner) -> None:
        """Take as examples the places where ``cleaner``, which runs only this rule, removes something."""
        texts = dict.fromkeys(_window(self, spot) for spot in self.template.spots)
        marked = [text for text in (_marked(cleaner, text) for text in texts) if text]
        first = {_removed(text).casefold(): text for text in reversed(marked)}
        different = [text for text in marked if first[_removed(text).casefold()] == text]
        self.examples = [*different, *(text for text in marked if text not in different)][:_EXAMPLES]

    def look_for_near_miss(self, cleaner: Cleaner, text: str) -> None:
        """Keep the surroundings of the trigger word if the rule leaves them alone."""
        at = text.find(self.trigger)
        if at < 0 or len(self.near_misses) >= _NEAR_MISSES:
            return
        window = _cut(text, at, at + len(self.trigger))
        if window not in self.near_misses and not cleaner.clean(window).changes:
            self.near_misses.append(window)


def draft(template: Template, name: str, taken: Iterable[str]) -> Draft | None:
    """The rule for ``template``; ``taken`` are ids in use. None if there is no word to wake it."""
    words = [e for e in template.elements if e not in {*SLOTS, BREAK} and any(char.isalpha() for char in e)]
    if not words or any("{" in element or "}" in element for element in template.elements):
        return None
    kind = _kind(template)
    scope = _scope(template.shares, kind)
    slug = "_".join(re.sub(r"[^a-z0-9]", "", word.lower()) for word in words[:3]).strip("_")
    base = rule_id = f"boilerplate.{kind}.{name}_{slug or 'rule'}"
    number = 1
    while rule_id in taken:
        number += 1
        rule_id = f"{base}_{number}"
    titled = template.shares.before_title >= _TITLED or template.elements[-1] == ":"
    return Draft(
        template,
        rule_id,
        kind,
        scope,
        "headline" if titled and kind in ("read_also", "republish") else "",
        _pattern(template, scope),
        max(words, key=len),
    )


def _scope(shares: Shares, kind: str) -> str:
    if shares.at_begin >= _MOSTLY:
        return "head"
    if kind == "dateline":
        return "opening"
    if min(shares.starts_line, shares.ends_line) >= _MOSTLY:
        return "line"
    return "tail" if shares.at_end >= _MOSTLY else "inline"


def _kind(template: Template) -> str:
    text = str(template).lower()
    if template.shares.starts_line >= _MOSTLY and any(
        element == DASH or "." in element[1:-1] for element in template.elements
    ):
        return "dateline"
    label = template.shares.before_title >= _TITLED and template.elements[-1] == ":"
    other = "read_also" if label else "other"
    return next((kind for kind, words in _KINDS.items() if re.search(words, text)), other)


def _pattern(template: Template, scope: str) -> str:
    parts: list[str] = []
    for element in template.elements:
        if element == BREAK:
            parts.append(r"\s*+")
            continue
        if parts and parts[-1] != r"\s*+":
            parts.append("{s}*+")
        parts.append(_SLOTS.get(element) or regex.escape(element, special_only=True))
    pattern = "".join(parts)
    if scope == "head" and template.elements[-1] != DASH:
        pattern += "(?:{dash})?"
    if scope == "inline":
        if template.shares.after_break >= 0.9:
            pattern = "{stopped}" + pattern
        if template.elements[-1][-1].isalnum():
            pattern += r"(?!{s}*+\p{Ll})"  # the sentence goes on: it only uses the same words
    return pattern


def _window(item: Draft, spot: Spot) -> str:
    """The surroundings of a template, from the beginning or to the end where the scope demands it."""
    text, start, end = spot[:3]
    if item.scope == "head":
        return _cut(text, 0, end)
    if item.scope == "tail":
        return _cut(text, start, len(text))
    return _cut(text, start, min(end + _HEADLINE, len(text)) if item.end else end)


def _cut(text: str, start: int, end: int) -> str:
    """``text[start:end]`` with whole words around it."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    while 0 < low < start and not text[low - 1].isspace():
        low += 1
    while end < high < len(text) and not text[high].isspace():
        high -= 1
    return text[low:high]


def _marked(cleaner: Cleaner, text: str) -> str:
    """``text`` with what is removed marked ⟦…⟧; empty if that is nothing or cannot be marked."""
    changes = cleaner.clean(text).changes
    if not changes or _MARKS.intersection(text):
        return ""
    pieces, position = [], 0
    for change in changes:
        arrow = f"→{change.after}" if change.after else ""
        pieces += [text[position : change.start], f"⟦{change.before}{arrow}⟧"]
        position = change.end
    return "".join([*pieces, text[position:]])


def _removed(marked: str) -> str:
    return marked[marked.index("⟦") : marked.rindex("⟧")]


def pack_text(name: str, drafts: Sequence[Draft], remarks: Sequence[str] = ()) -> str:
    """A pack as TOML. Each rule has its figures as remarks, for the person who keeps or strikes it."""
    lines = [*(f"# {remark}" for remark in remarks), f"name = {_toml(name)}", ""]
    for item in drafts:
        text = str(item.template)
        lines += [
            f"# {_remark(item)}",
            "[[rule]]",
            f"id = {_toml(item.id)}",
            f"kind = {_toml(item.kind)}",
            f"description_id = {_toml(f'Berulang di banyak dokumen: {text[:80]}')}",
            f"description_en = {_toml(f'Repeats across documents: {text[:80]}')}",
            f"trigger = [{_toml(item.trigger)}]",
            f"scope = {_toml(item.scope)}",
            f"pattern = {_toml_pattern(item.pattern)}",
            *([f"end = {_toml(item.end)}"] if item.end else []),
            f"confidence = {CONFIDENCE}",
            f"examples = [{_list(item.examples)}]",
            f"near_misses = [{_list(item.near_misses)}]",
            "",
        ]
    return "\n".join(lines)


def _remark(item: Draft) -> str:
    shares = item.template.shares
    places = {
        "at the beginning": shares.at_begin,
        "at the end": shares.at_end,
        "at a line start": shares.starts_line,
    }
    where = ", ".join(f"{share:.0%} {place}" for place, share in places.items())
    known = f"; removed already by {item.known}" if item.known else ""
    return f"{item.documents} documents; {where}; score {item.template.score:.1f}{known}"


def _list(texts: Sequence[str]) -> str:
    return "".join(f"\n  {_toml(text)}," for text in texts) + ("\n" if texts else "")


def _toml(text: str) -> str:
    """A basic string: JSON's spelling, and the one character that TOML wants escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml_pattern(pattern: str) -> str:
    """A literal string, in which no backslash is doubled, where that is possible."""
    return _toml(pattern) if "'''" in pattern or pattern.endswith("'") else f"'''{pattern}'''"


def write_placeholder_pack(folder: Path, name: str, drafts: Sequence[Draft]) -> None:
    """A pack without real examples, so that the rules can be run to find them."""
    text = pack_text(name, [_with_placeholders(item) for item in drafts])
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def _with_placeholders(item: Draft) -> Draft:
    return Draft(
        item.template,
        item.id,
        item.kind,
        item.scope,
        item.end,
        item.pattern,
        item.trigger,
        examples=["⟦.⟧"] * 2,
    )

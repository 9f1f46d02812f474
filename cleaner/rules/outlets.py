"""Which outlet a text is from: by what it says of itself, or by a name or address that comes with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from cleaner.document import Document
from cleaner.rules.boilerplate import BoilerplateStage
from cleaner.rules.packrule import Pack


@lru_cache(maxsize=1)
def _shipped() -> BoilerplateStage:
    return BoilerplateStage()


def detect_outlet(text: str) -> str | None:
    """The outlet that ``text`` itself says it is from; None if it does not say, or names several.

    Only datelines, bylines, promotions and the like count. An outlet named in the article proves
    nothing, since articles quote each other; neither does a note that names where it ran first.
    """
    stage = _shipped()
    marks = {mark: pack.outlet for pack in stage.packs for mark in pack.marks}
    kinds = {rule.id: rule.kind for pack in stage.packs for rule in pack.rules}
    named = set()
    for edit in stage.propose(Document(text), kinds):
        if kinds[edit.rule] not in ("read_also", "republish", "credit"):
            removed = text[edit.start : edit.end].lower()
            named |= {outlet for mark, outlet in marks.items() if mark in removed}
    return named.pop() if len(named) == 1 else None


def outlet_of(value: str, packs: Iterable[Pack]) -> str | None:
    """The pack that ``value``, a name of an outlet or an address, belongs to; None if there is none.

    >>> from cleaner.rules.packs import load_packs
    >>> outlet_of("https://www.kompas.com/read/2024/02/05/cabai", load_packs())
    'kompas'
    """
    low = value.strip().lower()
    host = re.sub(r"^(?:[a-z]+://)?(?:www\.)?", "", low).partition("/")[0]
    for pack in packs:
        names = {pack.outlet, pack.name.lower(), *pack.marks}
        if low in names or any("." in name and (host == name or host.endswith("." + name)) for name in names):
            return pack.outlet
    return None

"""What removed boilerplate says about an article: outlet, city, authors, editors, related articles.

A dateline is no part of the article, but it is the only place that says where the article comes from.
The change log still has it, so these fields are a by-product of cleaning:

    >>> metadata(clean("BOGOR, SUARAMELATI.com - Harga cabai naik. (Rina Sari)"))
    {'outlet': 'SUARAMELATI.com', 'city': 'Bogor', 'byline': ['Rina Sari'], 'editor': [], 'read_also': []}

Only what was removed is read, so the fields are as good as the boilerplate stage, and empty where an
article names nothing. Names are given as they are written, except that a city in capitals is written
as one ("BANDA ACEH" is "Banda Aceh").

Start reading at `metadata`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.result import CleanResult

_DOMAIN = re.compile(
    r"\b[a-z0-9][a-z0-9-]*(?:\s?\.\s?(?:com|co|id|net|news|tv|org|info|live|today)\b)+", re.IGNORECASE
)
_DASH = re.compile(r"\s*(?:-{2,}|[–—―−]|(?<!\w)-|-(?!\w)|[,|:\n]|\.(?=\s|$))\s*")
_BRACKETS = re.compile(r"\(\s*([^()\d][^()]*?)\s*\)")
_NO_PLACE = re.compile(r"\d|^(?:Senin|Selasa|Rabu|Kamis|Jum.?at|Sabtu|Minggu|Ahad)$")

_WRITERS = "Penulis|Pewarta|Reporter|Wartawan|Kontributor|Jurnalis|Koresponden|Peliput|Author|Writer"
_EDITORS = "Editor|Penyunting|Redaktur"
_ROLE = re.compile(rf"\b({_WRITERS}|{_EDITORS}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\s*[:/]\s*")
_ROLE_GLUED = re.compile(rf"(?<=[^\W_A-Z])(?={_EDITORS}|{_WRITERS})")
"""Where a scraper lost the space: "Pewarta: Rina SariEditor: Budi"."""
_NAME = r"[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|bin|binti|van|de|el|al))*"
_HEAD_BYLINE = re.compile(rf"({_NAME}) ?- ?\w")  # "Rina Sari - melatiNews Senin, 5 Feb 2024"
_REPORT = re.compile(r"Laporan\s*:?\s*(.+)")
_SIGNED = re.compile(rf"\((?:[^()/]*/ ?)*({_NAME})\)|\(([a-z]{{2,5}}(?:/[a-z]{{2,5}})*)\)")

_LABEL = re.compile(
    r"^\W*(?:(?:baca|simak|lihat|tonton|saksikan)(?:\s+(?:juga|pula))?|pilihan\s+(?:editor|redaksi)|next|"
    r"(?:berita|artikel|topik|video)\s+(?:terkait|lainnya|terpopuler|rekomendasi|pilihan)|"
    r"rekomendasi(?:\s+untuk\s+anda)?|related\s+\w+)"
    r"(?:\s+(?:berita|artikel|video|foto)(?=\s*[:>»]))?\s*[:>»\])]*",
    re.IGNORECASE,
)


def metadata(result: CleanResult) -> dict[str, object]:
    """The fields outlet and city (str or None), byline, editor and read_also (lists of str).

    All keys are always there. A list is in the order of the text, without repetitions.
    """
    outlet = city = None
    writers: list[str] = []
    editors: list[str] = []
    titles: list[str] = []
    for kind, rule, text in _removed(result):
        if kind == "dateline":
            named, place = _dateline(rule, text)
            outlet, city = outlet or named, city or place
        elif kind == "byline":
            for role, name in _people(text):
                (editors if role in _EDITORS.split("|") else writers).append(name)
        elif kind == "read_also":
            titles += _titles(text)
    return {
        "outlet": outlet,
        "city": city,
        "byline": list(dict.fromkeys(writers)),
        "editor": list(dict.fromkeys(editors)),
        "read_also": list(dict.fromkeys(titles)),
    }


def _removed(result: CleanResult) -> Iterator[tuple[str, str, str]]:
    """Kind, rule id and text of each piece of boilerplate.

    The step holds the text as the boilerplate stage saw it, with entities and odd spaces repaired.
    """
    for change in result.changes:
        for step in change.steps:
            family, _, rest = step.rule.partition(".")
            if family == "boilerplate":
                yield rest.partition(".")[0], step.rule, step.before


def _dateline(rule: str, text: str) -> tuple[str | None, str | None]:
    """Outlet and city of "BOGOR, SUARAMELATI.com -", "Melatipos.id, Bogor -", "Bogor (MELATI) -"."""
    name = _DOMAIN.search(text) or _BRACKETS.search(text)
    outlet = None
    if name:
        outlet = re.sub(r"\s", "", name[0]) if name.re is _DOMAIN else name[1]
        text = f"{text[: name.start()]},{text[name.end() :]}"
    parts = [part for part in (part.strip(" ()") for part in _DASH.split(text)) if part]
    places = [part for part in parts if not _NO_PLACE.search(part)]
    if outlet is None and len(places) > 1 and rule not in _PLACES_ONLY:
        outlet = places.pop()  # "Bogor, Kabar Melati --"
    return outlet, _city(places[0]) if places else None


_PLACES_ONLY = (
    "boilerplate.dateline.city",
    "boilerplate.dateline.city_date",
    "boilerplate.dateline.capitals",
)


def _city(name: str) -> str:
    """A city in capitals as a name: "Banda Aceh"; "DKI JAKARTA" keeps its abbreviation."""
    return " ".join(word.title() if word.isupper() and len(word) > 3 else word for word in name.split())


def _people(text: str) -> Iterator[tuple[str, str]]:
    """The role and name of everybody in a byline; the role is "" where there is none."""
    text = _ROLE_GLUED.sub("\n", text.strip())
    roles = list(_ROLE.finditer(text))
    known = [role for role in roles if role[1] in f"{_WRITERS}|{_EDITORS}".split("|")]
    for role in known:
        end = next((other.start() for other in roles if other.start() > role.start()), len(text))
        name = re.split(r"[\n|¦()]", text[role.end() : end].strip())[0].strip(" ,.;-–—")
        if name:
            yield role[1], name
    if known:
        return
    if report := _REPORT.match(text):  # "Laporan Wartawan Suara Melati, Rina Sari"
        yield "", re.split(r"[|¦]", report[1])[0].rpartition(",")[2].strip()
    elif head := _HEAD_BYLINE.match(text):
        yield "", head[1]
    else:
        yield from (("", signed[1] or signed[2]) for signed in _SIGNED.finditer(text))


def _titles(text: str) -> Iterator[str]:
    """The headlines behind or below a "Baca juga:" label; none if the label stood alone."""
    text = text.strip()
    label = _LABEL.match(text)
    for line in (text[label.end() :] if label else text).splitlines():
        title = line.strip(" \t[]()")
        if title:
            yield title

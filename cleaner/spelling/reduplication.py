"""Words said twice: "buku-bukunya", "tolong-menolong", and pairs that carry affixes: "diombang-ambingkan"."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.spelling.affixes import (
    VERB_SUFFIXES,
    Analysis,
    IsRoot,
    active_stems,
    after,
    base,
    endings,
    nasal_stems,
    stems,
)


def reduplications(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """A word of two halves: "buku-bukunya", "berlari-lari", "memukul-mukul", "tolong-menolong".

    Both halves must come from the same root. Rhyming pairs ("sayur-mayur") are listed or not at all.
    """
    first, _, second = word.partition("-")
    if not first or not second or "-" in second:
        return
    yield from _pairs(word, is_root)
    for rest, ending in [(second, ()), *endings(second)]:
        for one in stems(first, is_root):
            if rest == first or rest in _echoes(first, one):
                yield Analysis(one.prefixes, one.root, (*one.suffixes, *ending), reduplicated=True)
                continue
            for suffix in ("an", "kan", "i"):  # mobil-mobilan, melihat-lihatkan, kehijau-hijauan
                if rest.endswith(suffix) and rest[: -len(suffix)] in (first, one.root, *_echoes(first, one)):
                    yield Analysis(one.prefixes, one.root, (suffix, *ending), reduplicated=True)
        if first.startswith(("ke", "se")) and len(first) > 4 and is_root(first[2:]):  # sebaik-baiknya
            root = first[2:]
            for tail, allowed in ((root, "se"), (root + "an", "ke")):
                if rest == tail and first.startswith(allowed):
                    yield Analysis((first[:2],), root, (*(("an",) if allowed == "ke" else ()), *ending), True)
        if is_root(first) and rest.startswith("me"):  # tolong-menolong
            for stem in active_stems(rest, is_root):
                if stem.root == first:
                    yield Analysis(stem.prefixes, first, (*stem.suffixes, *ending), reduplicated=True)


def _echoes(first: str, analysis: Analysis) -> tuple[str, ...]:
    """What the second half repeats: the root, or the root with its nasal ("memukul-mukul")."""
    if not analysis.prefixes:
        return ()
    tail = "".join(analysis.suffixes)
    nasal = first[2:] if analysis.prefixes[0] == "me" else ""
    spoken = tuple(form for form in (nasal, nasal[1:] if nasal[:1] in ("m", "n") else "") if len(form) > 2)
    return (analysis.root, analysis.root + tail, *spoken)


def _pairs(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """A listed pair as the root: digembar-gemborkan, mengombang-ambingkan, kepura-puraan."""
    for rest, ending in [(word, ()), *endings(word)]:
        found: list[Iterator[Analysis]] = []
        if rest.startswith("me"):
            found = [after("me", base(stem, is_root, VERB_SUFFIXES)) for stem in nasal_stems(rest[2:])]
        elif rest.startswith("di"):
            found = [after("di", base(rest[2:], is_root, VERB_SUFFIXES))]
        elif rest.startswith("ter"):
            found = [after("ter", base(rest[3:], is_root, VERB_SUFFIXES))]
        elif rest.startswith("ke"):
            found = [after("ke", base(rest[2:], is_root, ("an",)))]
        for stem in (stem for group in found for stem in group):
            yield stem._replace(suffixes=(*stem.suffixes, *ending))

"""The affixes of Indonesian and their sound changes: what stands before and behind a root.

One function a prefix, named by what it makes: `active_stems` me-, `_passive` di-, `_accidental` ter-,
`_having` ber-, `_agent` pe-, `_state` ke-...-an, `_same` se-. Each takes the whole word and yields the
analyses that begin with its prefix. `stems` asks them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

VOWELS = frozenset("aeiou")
PARTICLES = ("lah", "kah", "tah", "pun")
CLITICS = ("nya", "ku", "mu")
BOUND = (
    "adi agro anti antar auto awa bio dasa dwi eka ekstra eko foto geo hidro hiper infra inter intra kardio "
    "kontra kuasi lintas maha makro mega meta mikro mini mono multi nano narko neo neuro nir non para pasca "
    "penta petro poli pra pramu pro proto pseudo psiko purna radio semi serba sosio sub super supra swa tele "
    "termo trans tri tuna ultra"
).split()
"""Prefixes written together with what follows: pascapanen, antarnegara, nonaktif, tunawisma."""
_ANY_BOUND = tuple(BOUND)

_CLUSTER = re.compile(r"(?:[ptk][rl]|kh|ps|ts|sp|st|sk|sy|sl|sw|sn|sm|sf)[a-z]")
_FIRST_ER = re.compile(r"r|[^aeiou]*er[^aeiou]")
_ONE_SYLLABLE = re.compile(r"[^aeiou]{1,3}[aeiou][^aeiou]{1,2}(?:kan|an|i)?")


class Analysis(NamedTuple):
    """One way to take a word apart: prefixes outermost first, suffixes innermost first."""

    prefixes: tuple[str, ...]
    root: str
    suffixes: tuple[str, ...]
    reduplicated: bool = False


IsRoot = Callable[[str], bool]


def without_clitic(word: str, shortest: int) -> Iterator[tuple[str, str]]:
    """``word`` cut in front of its clitic, if ``shortest`` letters are left: "bukunya" -> "buku", "nya"."""
    for clitic in CLITICS:
        if word.endswith(clitic) and len(word) >= len(clitic) + shortest:
            yield word[: -len(clitic)], clitic


def endings(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``word`` without its clitic, its particle, or both: "bukunyalah" -> "buku"."""
    for stem, clitic in without_clitic(word, 3):
        yield stem, (clitic,)
    for particle in PARTICLES:
        if word.endswith(particle) and len(word) > len(particle) + 2:
            rest = word[: -len(particle)]
            if particle != "pun":  # -pun is joined to twelve listed conjunctions only ("meskipun")
                yield rest, (particle,)
                for stem, clitic in without_clitic(rest, 3):
                    yield stem, (clitic, particle)


def bound_forms(word: str) -> list[str]:
    """The bound forms that ``word`` begins with: of most words one look tells that there are none."""
    return [prefix for prefix in BOUND if word.startswith(prefix)] if word.startswith(_ANY_BOUND) else []


def stems(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """``word`` has neither clitic nor particle."""
    if is_root(word):
        yield Analysis((), word, ())
    yield from _suffixed(word, is_root)
    for prefix, derive in _DERIVATIONS:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield from derive(word, is_root)
    for prefix in bound_forms(word):
        if len(word) >= len(prefix) + 4:
            rest = word[len(prefix) :]
            if is_root(rest):
                yield Analysis((prefix,), rest, ())


def _suffixed(
    word: str, is_root: IsRoot, allowed: tuple[str, ...] = ("kan", "i", "an")
) -> Iterator[Analysis]:
    """A root with one suffix: "makanan", "dalami", "tingkatkan"."""
    for suffix in allowed:
        if word.endswith(suffix):
            root = word[: -len(suffix)]
            # "-i" does not follow i; "-kan" after k is doubled ("menaikkan"), never single, so that
            # "naikan" is only naik + -an.
            if len(root) > 2 and not (suffix == "i" and root[-1] == "i") and is_root(root):
                yield Analysis((), root, (suffix,))


def base(word: str, is_root: IsRoot, suffixes: tuple[str, ...]) -> Iterator[Analysis]:
    """What stands behind a prefix: a root, with one of ``suffixes`` or (if "" is among them) without."""
    if "" in suffixes and is_root(word):
        yield Analysis((), word, ())
    yield from _suffixed(word, is_root, tuple(s for s in suffixes if s))


def after(prefix: str, found: Iterator[Analysis]) -> Iterator[Analysis]:
    """``found``, each with ``prefix`` in front."""
    for stem in found:
        yield stem._replace(prefixes=(prefix, *stem.prefixes))


def nasal_stems(rest: str) -> Iterator[str]:
    """What may stand behind me- or pe-: "nyapu" -> "sapu" and "nyapu", "mbaca" -> "baca".

    >>> list(nasal_stems("ngirim"))
    ['irim', 'kirim']
    """
    if rest.startswith("nge") and _ONE_SYLLABLE.fullmatch(rest, 3):
        yield rest[3:]  # mengecat, mengesahkan
    if rest.startswith("ng"):
        stem = rest[2:]
        if stem[:1] in VOWELS:
            yield stem
            yield "k" + stem
        elif stem[:1] in ("g", "h", "q") or (stem[:1] == "k" and _CLUSTER.match(stem)):
            yield stem
        yield rest  # nganga
    elif rest.startswith("ny"):
        if rest[2:3] in VOWELS:
            yield "s" + rest[2:]
        yield rest  # nyanyi
    elif rest.startswith("m"):
        stem = rest[1:]
        if stem[:1] in ("b", "f", "v") or (stem[:1] == "p" and _CLUSTER.match(stem)):
            yield stem
        elif stem[:1] in VOWELS:
            yield "p" + stem
        yield rest  # masak
    elif rest.startswith("n"):
        stem = rest[1:]
        if stem[:1] in ("d", "c", "j", "z") or (stem[:1] in ("t", "s") and _CLUSTER.match(stem)):
            yield stem
        elif stem[:1] in VOWELS:
            yield "t" + stem
        yield rest  # nilai
    elif rest[:1] in ("l", "r", "w", "y"):
        yield rest


VERB_SUFFIXES = ("", "kan", "i")


def _verb_bases(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """What me-, di-, ku- and ter- take: a root, or a stem that already has a prefix and takes -kan."""
    yield from base(word, is_root, VERB_SUFFIXES)
    for inner in ("ber", "se", "ke", "ter", "per", "pel", "pe"):  # memberlakukan, menyeragamkan, mengemukakan
        if word.startswith(inner) and word.endswith(("kan", "i")):
            yield from after(inner, _suffixed(word[len(inner) :], is_root, ("kan", "i")))
    for bound in ("salah", "tanggung", "non"):  # menyalahgunakan, menonaktifkan
        if word.startswith(bound):
            yield from after(bound, _suffixed(word[len(bound) :], is_root, ("kan", "i")))


def active_stems(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """me-: memukul, mempelajari, memperbaiki."""
    for stem in nasal_stems(word[2:]):
        yield from after("me", _verb_bases(stem, is_root))
    if word.startswith(("memper", "mempel")):
        yield from after("memper", base(word[6:], is_root, VERB_SUFFIXES))
        if word[5] == "r":  # memperumit
            yield from after("memper", base(word[5:], is_root, VERB_SUFFIXES))


def _passive(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """di-: dipukul, diperbaiki, dinonaktifkan. No sound changes."""
    yield from after("di", _verb_bases(word[2:], is_root))
    if word.startswith("diper"):
        for stem in (word[5:], word[4:]):  # diperbaiki, diperingan
            yield from after("diper", base(stem, is_root, VERB_SUFFIXES))


def _accidental(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """ter-: terbesar, terpukul, terselesaikan. "te-" before r and -er-: terasa, tepercaya."""
    if word.startswith("ter"):
        yield from after("ter", _verb_bases(word[3:], is_root))
    if word.startswith("terper"):
        yield from after("ter", after("per", base(word[6:], is_root, ("kan", "i"))))
    if _FIRST_ER.match(word, 2) and is_root(word[2:]):
        yield Analysis(("ter",), word[2:], ())


def _having(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """ber-: bermain, berdasarkan, berpendidikan, berkeadilan. "be-" before r and -er-: beragam, bekerja."""
    if word.startswith("ber") and not _FIRST_ER.match(word, 3):  # so not "berkerja"
        yield from after("ber", base(word[3:], is_root, ("", "an", "kan")))
        yield from after("ber", _nouns(word[3:], is_root))
    if _FIRST_ER.match(word, 2):
        yield from after("ber", base(word[2:], is_root, ("", "an", "kan")))


def _agent(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """pe-: penulis, penulisan, pemberdayaan, pembelajaran, penyalahgunaan."""
    for stem in nasal_stems(word[2:]):
        yield from after("pe", base(stem, is_root, ("", "an")))
        if stem.endswith("an"):
            for inner in ("ber", "bel", "se", "ke", "ter", "salah", "non"):
                if stem.startswith(inner):
                    yield from after("pe", after(inner, _suffixed(stem[len(inner) :], is_root, ("an",))))
    if word.startswith("pemer"):  # pemerolehan, pemercepat
        yield from after("pe", after("per", base(word[5:], is_root, ("", "an"))))
    if word.startswith("per"):  # peringatan, perubahan, perempatan; perkuat, perbaiki
        yield from after("per", base(word[3:], is_root, ("", "kan", "i", "an")))
        if word.startswith(("perse", "perke")):  # persekutuan, perkebunan is per- + kebun
            yield from after("per", after(word[3:5], _suffixed(word[5:], is_root, ("an",))))
        if word[2:3] == "r":  # perumahan
            yield from after("per", _suffixed(word[2:], is_root, ("an",)))
    elif word.startswith("pe") and word.endswith("an"):  # pegunungan, pedesaan, pekerjaan
        yield from after("pe", _suffixed(word[2:], is_root, ("an",)))


_BEFORE_STATE = (
    *("ber", "ter", "se", "per", "tidak", "tak", "kurang", "maha"),
    *("tidakber", "tidakter", "tidakse"),  # ketidakberuntungan, ketidakterpenuhan, ketidakseimbangan
)


def _state(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """ke-...-an: kebesaran, keberhasilan, ketidakadilan, kekurangpahaman, kepemimpinan."""
    if not word.endswith("an"):
        return
    yield from after("ke", _suffixed(word[2:], is_root, ("an",)))
    for inner in (*_BEFORE_STATE, *BOUND):
        if word.startswith(inner, 2):
            yield from after("ke", after(inner, _suffixed(word[2 + len(inner) :], is_root, ("an",))))
    if (
        word.startswith("ber", 2) and word[5:6] not in VOWELS
    ):  # kebekerjaan does not exist, kebermanfaatan does
        return
    if word.startswith("pe", 2):
        for stem in nasal_stems(word[4:]):
            yield from after("ke", after("pe", _suffixed(stem, is_root, ("an",))))


def _same(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """se-: sebesar, sekampung, seharusnya, sepengetahuan, setidaknya."""
    yield from after("se", base(word[2:], is_root, ("",)))
    yield from after("se", _nouns(word[2:], is_root))
    if word.startswith("seper"):
        yield from after("se", after("per", base(word[5:], is_root, ("an",))))


def _nouns(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """Derived nouns that take another prefix: ber-penghasilan, ber-penduduk, se-pengetahuan."""
    if word.startswith("pe"):
        yield from _agent(word, is_root)
    elif word.endswith("an"):
        if word.startswith("ke"):
            yield from _state(word, is_root)
        else:
            yield from _suffixed(word, is_root, ("an",))


def _proclitic(prefix: str) -> Callable[[str, IsRoot], Iterator[Analysis]]:
    """ku-, kau-: kubaca, kauperlukan."""

    def derive(word: str, is_root: IsRoot) -> Iterator[Analysis]:
        return after(prefix, base(word[len(prefix) :], is_root, ("", "kan", "i")))

    return derive


_DERIVATIONS: tuple[tuple[str, Callable[[str, IsRoot], Iterator[Analysis]]], ...] = (
    ("me", active_stems),
    ("di", _passive),
    ("te", _accidental),
    ("be", _having),
    ("pe", _agent),
    ("ke", _state),
    ("se", _same),
    ("ku", _proclitic("ku")),
    ("kau", _proclitic("kau")),
    ("memper", lambda word, is_root: after("memper", _nouns(word[6:], is_root))),
)

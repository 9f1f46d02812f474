"""Indonesian word formation: is "mempertanggungjawabkannya" a right form, though no list has it?

An Indonesian verb has dozens of forms, so no list is complete. This module takes a word apart from
the outside to the inside,

    particle  -lah -kah -tah -pun        bacalah
    clitic    -nya -ku -mu, ku- kau-     bukunya, kubaca
    affixes   me- di- ter- ber- per- pe- ke- se-, -kan -i -an, and their pairs (ke-...-an)
    root      baca

and accepts it if a known root remains and all sounds fit. The sound changes of me- and pe- are what
people get wrong, and what makes a wrong form recognisable:

    p t k s fall after the nasal      me- + pukul = memukul, + tulis = menulis, + kirim = mengirim,
                                      + sapu = menyapu       (so not "mempukul", "mensapu")
    b f v, d c j z, g h and vowels    membaca, mendapat, mencari, mengganti, mengambil
    l r w y m n                       melihat, merasa (no nasal)
    one syllable                      mengecat, mengebom, mengesahkan

Whoever writes "mensukseskan" or "mempengaruhi" breaks the second line; such forms are no valid form
here, even where they are frequent.

Start reading at `analyses`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cleaner.spelling.lexicon import Lexicon

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

_CLUSTER = re.compile(r"(?:[ptk][rl]|kh|ps|ts|sp|st|sk|sy|sl|sw|sn|sm|sf)[a-z]")
_FIRST_ER = re.compile(r"r|[^aeiou]*er[^aeiou]")
_ONE_SYLLABLE = re.compile(r"[^aeiou]{1,3}[aeiou][^aeiou]{1,2}(?:kan|an|i)?")
_SHAPE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_IN_USE = 10  # occurrences
_LONGEST = 34  # "mempertanggungjawabkan" has 22 letters; with reduplication hardly more than 30


class Analysis(NamedTuple):
    """One way to take a word apart: prefixes outermost first, suffixes innermost first."""

    prefixes: tuple[str, ...]
    root: str
    suffixes: tuple[str, ...]
    reduplicated: bool = False


IsRoot = Callable[[str], bool]


def analyses(word: str, is_root: IsRoot) -> list[Analysis]:
    """Every way to derive ``word`` (lower case) from a root that ``is_root`` accepts.

    A root by itself is the analysis without affixes. Simple analyses come first.

    >>> analyses("menyapunya", {"sapu"}.__contains__)
    [Analysis(prefixes=('me',), root='sapu', suffixes=('nya',), reduplicated=False)]
    """
    if len(word) > _LONGEST or not _SHAPE.fullmatch(word):
        return []
    found = dict.fromkeys(_reduplications(word, is_root) if "-" in word else _words(word, is_root))
    return sorted(found, key=lambda a: (len(a.prefixes) + len(a.suffixes), a))


def is_valid_form(word: str, lexicon: Lexicon) -> bool:
    """Is ``word`` (lower case) listed, or rightly derived?

    Affixes need a root (`Lexicon.is_root`): a well attested base word of the standard language, not a
    name nor slang. A clitic goes to any word that is in use, English ones included ("smartphonenya",
    "skillnya"), and a bound prefix to any longer word ("pascapenerapan").
    """
    if word in lexicon:
        return True
    if lexicon.is_misspelt(word):
        return False
    if derives(word, lexicon.is_root):
        return True
    for rest, _ in _endings(word):
        if len(rest) > 3 and lexicon.count(rest) >= _IN_USE and (rest in lexicon or lexicon.is_foreign(rest)):
            return True
    for prefix in BOUND:
        if word.startswith(prefix) and len(word) > len(prefix) + 4:
            rest = word[len(prefix) :]
            if rest in lexicon and lexicon.count(rest) >= _IN_USE:
                return True
    if "-" in word:
        first, _, second = word.partition("-")
        stem = min((rest for rest, _ in [(second, ()), *_endings(second)]), key=len)
        return len(first) > 2 and first in (second, stem) and first in lexicon
    return False


def derives(word: str, is_root: IsRoot) -> bool:
    """Has ``word`` at least one analysis? Stops at the first, unlike `analyses`."""
    if len(word) > _LONGEST or not _SHAPE.fullmatch(word):
        return False
    found = _reduplications(word, is_root) if "-" in word else _words(word, is_root)
    return next(found, None) is not None


def _words(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """Particle and clitic off, then `_stems`."""
    yield from _stems(word, is_root)
    for rest, ending in _endings(word):
        for stem in _stems(rest, is_root):
            # "-nya-nya", or a particle before a clitic, do not exist.
            yield stem._replace(suffixes=(*stem.suffixes, *ending))


def _endings(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``word`` without its clitic, its particle, or both: "bukunyalah" -> "buku"."""
    for clitic in CLITICS:
        if word.endswith(clitic) and len(word) > len(clitic) + 2:
            yield word[: -len(clitic)], (clitic,)
    for particle in PARTICLES:
        if word.endswith(particle) and len(word) > len(particle) + 2:
            rest = word[: -len(particle)]
            if particle != "pun":  # -pun is joined to twelve listed conjunctions only ("meskipun")
                yield rest, (particle,)
                for clitic in CLITICS:
                    if rest.endswith(clitic) and len(rest) > len(clitic) + 2:
                        yield rest[: -len(clitic)], (clitic, particle)


def _stems(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """``word`` has neither clitic nor particle."""
    if is_root(word):
        yield Analysis((), word, ())
    yield from _suffixed(word, is_root)
    for prefix, derive in _DERIVATIONS:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield from derive(word, is_root)
    for prefix in BOUND:
        if word.startswith(prefix) and len(word) >= len(prefix) + 4:
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


def _base(word: str, is_root: IsRoot, suffixes: tuple[str, ...]) -> Iterator[Analysis]:
    """What stands behind a prefix: a root, with one of ``suffixes`` or (if "" is among them) without."""
    if "" in suffixes and is_root(word):
        yield Analysis((), word, ())
    yield from _suffixed(word, is_root, tuple(s for s in suffixes if s))


def _with(prefix: str, stems: Iterator[Analysis]) -> Iterator[Analysis]:
    for stem in stems:
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


_VERB = ("", "kan", "i")


def _verb_bases(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """What me-, di-, ku- and ter- take: a root, or a stem that already has a prefix and takes -kan."""
    yield from _base(word, is_root, _VERB)
    for inner in ("ber", "se", "ke", "ter", "per", "pel", "pe"):  # memberlakukan, menyeragamkan, mengemukakan
        if word.startswith(inner) and word.endswith(("kan", "i")):
            yield from _with(inner, _suffixed(word[len(inner) :], is_root, ("kan", "i")))
    for bound in ("salah", "tanggung", "non"):  # menyalahgunakan, menonaktifkan
        if word.startswith(bound):
            yield from _with(bound, _suffixed(word[len(bound) :], is_root, ("kan", "i")))


def _active(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """me-: memukul, mempelajari, memperbaiki."""
    for stem in nasal_stems(word[2:]):
        yield from _with("me", _verb_bases(stem, is_root))
    if word.startswith(("memper", "mempel")):
        yield from _with("memper", _base(word[6:], is_root, _VERB))
        if word[5] == "r":  # memperumit
            yield from _with("memper", _base(word[5:], is_root, _VERB))


def _passive(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """di-: dipukul, diperbaiki, dinonaktifkan. No sound changes."""
    yield from _with("di", _verb_bases(word[2:], is_root))
    if word.startswith("diper"):
        for stem in (word[5:], word[4:]):  # diperbaiki, diperingan
            yield from _with("diper", _base(stem, is_root, _VERB))


def _accidental(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """ter-: terbesar, terpukul, terselesaikan. "te-" before r and -er-: terasa, tepercaya."""
    yield from _with("ter", _verb_bases(word[3:], is_root))
    if word.startswith("terper"):
        yield from _with("ter", _with("per", _base(word[6:], is_root, ("kan", "i"))))
    if _FIRST_ER.match(word, 2) and is_root(word[2:]):
        yield Analysis(("ter",), word[2:], ())


def _having(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """ber-: bermain, berdasarkan, berpendidikan, berkeadilan. "be-" before r and -er-: beragam, bekerja."""
    if not _FIRST_ER.match(word, 3):  # so not "berkerja"
        yield from _with("ber", _base(word[3:], is_root, ("", "an", "kan")))
        yield from _with("ber", _nouns(word[3:], is_root))
    if _FIRST_ER.match(word, 2):
        yield from _with("ber", _base(word[2:], is_root, ("", "an", "kan")))


def _agent(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """pe-: penulis, penulisan, pemberdayaan, pembelajaran, penyalahgunaan."""
    for stem in nasal_stems(word[2:]):
        yield from _with("pe", _base(stem, is_root, ("", "an")))
        if stem.endswith("an"):
            for inner in ("ber", "bel", "se", "ke", "ter", "salah", "non"):
                if stem.startswith(inner):
                    yield from _with("pe", _with(inner, _suffixed(stem[len(inner) :], is_root, ("an",))))
    if word.startswith("pemer"):  # pemerolehan, pemercepat
        yield from _with("pe", _with("per", _base(word[5:], is_root, ("", "an"))))
    if word.startswith("per"):  # peringatan, perubahan, perempatan; perkuat, perbaiki
        yield from _with("per", _base(word[3:], is_root, ("", "kan", "i", "an")))
        if word.startswith(("perse", "perke")):  # persekutuan, perkebunan is per- + kebun
            yield from _with("per", _with(word[3:5], _suffixed(word[5:], is_root, ("an",))))
        if word[2:3] == "r":  # perumahan
            yield from _with("per", _suffixed(word[2:], is_root, ("an",)))
    elif word.startswith("pe") and word.endswith("an"):  # pegunungan, pedesaan, pekerjaan
        yield from _with("pe", _suffixed(word[2:], is_root, ("an",)))


def _state(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """ke-...-an: kebesaran, keberhasilan, ketersediaan, ketidakadilan, kepemimpinan."""
    if not word.endswith("an"):
        return
    yield from _with("ke", _suffixed(word[2:], is_root, ("an",)))
    for inner in ("ber", "ter", "se", "tidak", "tak", "per", *BOUND):
        if word.startswith(inner, 2):
            yield from _with("ke", _with(inner, _suffixed(word[2 + len(inner) :], is_root, ("an",))))
    if (
        word.startswith("ber", 2) and word[5:6] not in VOWELS
    ):  # kebekerjaan does not exist, kebermanfaatan does
        return
    if word.startswith("pe", 2):
        for stem in nasal_stems(word[4:]):
            yield from _with("ke", _with("pe", _suffixed(stem, is_root, ("an",))))


def _same(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """se-: sebesar, sekampung, seharusnya, sepengetahuan, setidaknya."""
    yield from _with("se", _base(word[2:], is_root, ("",)))
    yield from _with("se", _nouns(word[2:], is_root))
    if word.startswith("seper"):
        yield from _with("se", _with("per", _base(word[5:], is_root, ("an",))))


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
        return _with(prefix, _base(word[len(prefix) :], is_root, ("", "kan", "i")))

    return derive


_DERIVATIONS: tuple[tuple[str, Callable[[str, IsRoot], Iterator[Analysis]]], ...] = (
    ("me", _active),
    ("di", _passive),
    ("te", _accidental),
    ("be", _having),
    ("pe", _agent),
    ("ke", _state),
    ("se", _same),
    ("ku", _proclitic("ku")),
    ("kau", _proclitic("kau")),
    ("memper", lambda word, is_root: _with("memper", _nouns(word[6:], is_root))),
)


def _reduplications(word: str, is_root: IsRoot) -> Iterator[Analysis]:
    """A word of two halves: "buku-bukunya", "berlari-lari", "memukul-mukul", "tolong-menolong".

    Both halves must come from the same root. Rhyming pairs ("sayur-mayur") are listed or not at all.
    """
    first, _, second = word.partition("-")
    if not first or not second or "-" in second:
        return
    for rest, ending in [(second, ()), *_endings(second)]:
        for one in _stems(first, is_root):
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
            for stem in _active(rest, is_root):
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

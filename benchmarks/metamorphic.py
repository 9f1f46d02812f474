"""How steady are the corrections? Change a text in a way that should not matter, and compare.

    python benchmarks/metamorphic.py CORPUS.jsonl [...]      # field "text"; .xz is read as well
    python benchmarks/metamorphic.py --names                 # 5,000 invented names in sentences

Relations, each counted over the applied typo corrections of a text (`typo.*`, profile typos), as the share
that is found again, with the same correction, in the changed text:

quotes     each line in quotation marks
lines      each sentence on a line of its own
capitals   the first letter of each corrected word as a capital (the correction then has one too)
alone      the corrected word's sentence without the rest of the text
outlet     profile news with another outlet's name given: the typo corrections stay
new slip   two letters of a frequent word of the text swapped: it is put right again
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import random
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cleaner import Change, Cleaner, Config

TYPOS = Cleaner(Config(profile="typos"))
NEWS = Cleaner()
Pair = tuple[str, str]


def corrections(text: str, cleaner: Cleaner = TYPOS, outlet: str | None = None) -> list[Change]:
    """The applied typo corrections."""
    changes = cleaner.clean(text, outlet=outlet).changes
    return [change for change in changes if change.rule.startswith("typo.") and change.before.strip()]


def pairs(changes: Iterable[Change]) -> list[Pair]:
    """What became what, in small letters, sorted."""
    return sorted((change.before.lower(), change.after.lower()) for change in changes)


def kept(before: list[Pair], after: list[Pair]) -> tuple[int, int]:
    """How many of ``before`` are in ``after``, and how many there are."""
    rest = list(after)
    found = 0
    for pair in before:
        if pair in rest:
            rest.remove(pair)
            found += 1
    return found, len(before)


def quotes(text: str) -> tuple[int, int]:
    """Each line in quotation marks."""
    changed = "\n".join(f"“{line}”" if line.strip() else line for line in text.split("\n"))
    return kept(pairs(corrections(text)), pairs(corrections(changed)))


def lines(text: str) -> tuple[int, int]:
    """Each sentence on a line of its own."""
    return kept(
        pairs(corrections(text)), pairs(corrections(re.sub(r"(?<=[a-z]{3}[.!?]) (?=[A-Z])", "\n", text)))
    )


def capitals(text: str) -> tuple[int, int]:
    """A capital for each corrected word that had none."""
    found = [
        change for change in corrections(text) if change.before.islower() and change.rule != "typo.casing"
    ]
    out, position = [], 0
    for change in found:
        out += [text[position : change.start], change.before.capitalize()]
        position = change.end
    return kept(pairs(found), pairs(corrections("".join([*out, text[position:]]))))


def alone(text: str) -> tuple[int, int]:
    """The sentence of each correction without the rest."""
    found = total = 0
    for change in corrections(text):
        start = max(text.rfind(". ", 0, change.start) + 2, text.rfind("\n", 0, change.start) + 1, 0)
        ends = [end for end in (text.find(". ", change.end), text.find("\n", change.end)) if end >= 0]
        sentence = text[start : min(ends) + 1 if ends else len(text)]
        found += kept(pairs([change]), pairs(corrections(sentence)))[0]
        total += 1
    return found, total


def outlet(text: str) -> tuple[int, int]:
    """Another outlet's name: its rules run instead, but words are words."""
    return kept(pairs(corrections(text, NEWS)), pairs(corrections(text, NEWS, "suara")))


def new_slip(text: str) -> tuple[int, int]:
    """Two letters swapped inside one long, frequent word; the same word each run."""
    known = [match for match in re.finditer(r"(?<= )[a-z]{7,}(?= )", text) if match[0] in FREQUENT]
    if not known:
        return 0, 0
    chance = random.Random(text)
    word = chance.choice(known)
    at = chance.randrange(1, len(word[0]) - 2)
    letters = list(word[0])
    letters[at], letters[at + 1] = letters[at + 1], letters[at]
    slip = "".join(letters)
    if slip == word[0]:
        return 0, 0
    changed = text[: word.start()] + slip + text[word.end() :]
    return int((slip, word[0]) in pairs(corrections(changed))), 1


FREQUENT = frozenset(
    "pemerintah masyarakat indonesia menteri kegiatan pendidikan kesehatan kabupaten kecamatan pembangunan "
    "melakukan mengatakan menjelaskan memberikan menurut sebelumnya sementara kemudian sehingga terhadap "
    "tersebut merupakan berdasarkan pelaksanaan kepolisian penduduk perusahaan pertandingan keluarga".split()
)
RELATIONS: dict[str, Callable[[str], tuple[int, int]]] = {
    "quotes": quotes,
    "lines": lines,
    "capitals": capitals,
    "alone": alone,
    "outlet": outlet,
    "new slip": new_slip,
}


def rates(texts: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each relation, how many corrections held and how many there were."""
    totals = dict.fromkeys(RELATIONS, (0, 0))
    for text in texts:
        for name, relation in RELATIONS.items():
            held, of = relation(text)
            totals[name] = totals[name][0] + held, totals[name][1] + of
    return totals


# Parts of names, written down for this purpose; a name is put together at random from one people's parts.
PARTS = {
    "Indonesian": (
        """
        Budi Agus Siti Dewi Rudi Hendra Yusuf Rina Fitri Bayu Dimas Rizky Putri Intan Wulan
        Galih Anggi Tegar Nadia Bagas Ilham Ratih Yuni Tono
        """,
        """
        Santoso Wijaya Permana Saputra Lestari Kurniawan Setiawan Hidayat Nugroho Firmansyah
        Maulana Ramadhan Pratama Kusuma Hartono Gunawan Susanti Anggraini Purnama Wibowo
        """,
    ),
    "Arabic": (
        """
        Ahmad Muhammad Abdullah Abdul Fatimah Khadijah Zainal Syarifuddin Nur Aisyah Mukhlis
        Thariq Hasyim Zulkarnain Salahuddin Ruqayyah Ubaidillah Faishal Qomaruddin Nashrullah
        """,
        """
        Al-Habsyi Assegaf Shihab Basalamah Baharun Bawazier Al-Kaff Rahman Hakim Ghozali Syukur
        Maghfur Djunaidi Alatas Bahasuan Ba'asyir Ar-Rasyid Musthofa
        """,
    ),
    "Chinese": (
        """
        Tan Lim Oey Kwee Liem Thio Tjoa Gouw Njoo Sie Ong Khouw Yap Kho Tjia The Lie Go
        """,
        """
        Kiem Liong Hok Djin Sioe Bie Tjin Hwie Swan Hong Giok Nio Tek Sing Boen Hian Kwan Beng
        Seng Tjwan
        """,
    ),
    "Javanese": (
        """
        Suparman Sutrisno Wagiman Paijo Sukarni Ngatiyem Sumirah Tukijan Warsito Mulyono
        Ngadiman Sarjono Kasmi Poniman Suwarni Kartijan Suharsih Djoko Sugeng Trimo
        """,
        """
        Hadiwijoyo Kusumodiningrat Prawirodirdjo Sastrowardoyo Notonegoro Mangkusubroto
        Tjokroaminoto Widodo Reksohadiprodjo Hardjosumarto Wiryosukarto Suryodipuro Atmosudirdjo
        Kartosuwiryo
        """,
    ),
    "Batak": (
        """
        Marudut Tigor Togar Poltak Sahat Binsar Hotman Lambok Parlindungan Saur Tiurma Rotua
        Maruli Bonar Mangasi Duma Rumondang Jonggi Parulian Tiur
        """,
        """
        Sihombing Simanjuntak Hutagalung Nainggolan Panjaitan Situmorang Siregar Lumbantobing
        Pardede Sitompul Manurung Hutabarat Napitupulu Tampubolon Silalahi Marpaung Pangaribuan
        Simbolon
        """,
    ),
}
TEMPLATES = (
    "Menurut {}, rapat itu berjalan lancar sampai sore.",
    "Acara tersebut dihadiri oleh {} dan sejumlah warga.",
    '"Kami akan terus bekerja," kata {} di Jakarta, Senin (5/2/2024).',
    "{} lahir di Semarang dan tinggal di Bandung sejak kecil.",
    "Ketua panitia, {}, menyerahkan hadiah kepada para pemenang.",
)


def names(count: int = 5_000) -> Iterator[tuple[str, str, str]]:
    """``count`` different names with their people and a sentence that holds them; the same each run."""
    chance = random.Random(10)
    seen: set[str] = set()
    for people in itertools.cycle(PARTS):
        if len(seen) == count:
            return
        given, family = (part.split() for part in PARTS[people])
        while True:
            first = chance.sample(given, chance.choice((1, 1, 2)))
            last = chance.sample(family, 2 if people == "Chinese" else chance.choice((1, 1, 2)))
            name = " ".join([*first[:1], *last] if people == "Chinese" else [*first, *last])
            if name not in seen:
                break
        seen.add(name)
        yield people, name, chance.choice(TEMPLATES).format(name)


def changed_names(count: int = 5_000) -> tuple[list[tuple[str, Change]], list[tuple[str, Change]]]:
    """Changes and suggestions that touch a name, each with the name."""
    applied, suggested = [], []
    for _, name, sentence in names(count):
        start = sentence.index(name)
        end = start + len(name)
        result = NEWS.clean(sentence)
        applied += [(name, change) for change in result.changes if change.start < end and start < change.end]
        suggested += [
            (name, change) for change in result.suggestions if change.start < end and start < change.end
        ]
    return applied, suggested


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield json.loads(line)["text"]


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="*", type=Path)
    parser.add_argument("--names", action="store_true")
    options = parser.parse_args()
    if options.names:
        applied, suggested = changed_names()
        print(f"5,000 names: {len(applied)} changed, {len(suggested)} suggestions")
        for name, change in (*applied, *suggested):
            print(f"  {name}: {change.rule} {change.before} -> {change.after} ({change.confidence})")
    for name, (held, of) in rates(_texts(options.corpus)).items() if options.corpus else ():
        print(f"{name:9} {held:6,} of {of:6,}  {held / of if of else 0:.3f}")


if __name__ == "__main__":
    main()

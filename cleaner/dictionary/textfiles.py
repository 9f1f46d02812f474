"""The readable lists: sorted, tab-separated, one entry a line, for people and for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cleaner.dictionary.confusions import Confusion
from cleaner.dictionary.corpus import Counts
from cleaner.dictionary.names import Name
from cleaner.dictionary.pairs import Pair
from cleaner.spelling.lexicon import Flag

_COLUMN = Flag.BASE | Flag.DERIVED | Flag.INFORMAL | Flag.NONSTANDARD | Flag.FOREIGN | Flag.NAME
_BIGRAMS = 400_000


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write text lines, ended by line feeds whatever the platform."""
    path.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8"))


def flag_names(flag: Flag) -> str:
    """Flags as the lists write them: "base,name"."""
    return ",".join(str(part.name).lower() for part in Flag if part & flag & _COLUMN)


def write_lists(
    folder: Path,
    flags: Mapping[str, Flag],
    frequency: Mapping[str, int],
    names: Mapping[str, Name],
    english: Iterable[str],
    counts: Counts,
) -> None:
    """``id_words.tsv``, ``id_frequency.txt``, ``id_bigrams.txt``, ``names.tsv``, ``english.txt``."""
    write_lines(
        folder / "id_words.tsv",
        (
            f"{word}\t{frequency[word]}\t{flag_names(flags[word])}"
            for word in sorted(flags)
            if flags[word] & _COLUMN
        ),
    )
    indonesian = [word for word in sorted(flags) if flags[word] & (Flag.BASE | Flag.DERIVED)]
    write_lines(folder / "id_frequency.txt", (f"{word} {max(1, frequency[word])}" for word in indonesian))
    known = set(indonesian)
    pairs = {pair: count for pair, count in counts.bigrams.items() if pair[0] in known and pair[1] in known}
    kept = sorted(sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:_BIGRAMS])
    write_lines(folder / "id_bigrams.txt", (f"{a} {b} {max(1, round(pairs[a, b]))}" for a, b in kept))
    write_lines(
        folder / "names.tsv",
        (f"{names[word].cased}\t{names[word].count}\t{names[word].share:.2f}" for word in sorted(names)),
    )
    write_lines(folder / "english.txt", sorted(english))


def write_pairs(path: Path, columns: str, pairs: Iterable[Pair]) -> None:
    """A table of wrong and right forms, with a remark naming its columns."""
    write_lines(path, [f"# {columns}", *("\t".join(pair) for pair in sorted(pairs))])


def write_confusions(path: Path, confusions: Iterable[Confusion]) -> None:
    """The table of real-word confusions."""
    rows = (
        f"{c.rare}\t{c.frequent}\t{c.rare_count}\t{c.frequent_count}\t{c.separation:.2f}" for c in confusions
    )
    write_lines(path, ["# rare, frequent, count of each, separation (see SOURCES.md)", *rows])

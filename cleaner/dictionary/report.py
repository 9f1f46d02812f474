"""What a build is worth: entries, coverage of unseen news, misspellings it takes for words, sizes."""

from __future__ import annotations

import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cleaner.dictionary.sources import read_sources, read_tsv
from cleaner.spelling.colloquial import is_colloquial
from cleaner.spelling.data import read_rows
from cleaner.spelling.language_model import WORD_OR_MARK, sentences
from cleaner.spelling.lexicon import Lexicon
from cleaner.spelling.morphology import derives, is_valid_form
from cleaner.spelling.voice import other_voice

_LETTERS = "abcdefghijklmnoprstuwy"
_WORD = re.compile(r"[^\W\d_]+")


def report(output: Path, shared: Path, held_out: Sequence[str]) -> str:
    """The text that the builder prints."""
    lexicon = Lexicon.open(output)
    lines = ["", *entries(output), ""]
    if held_out:
        lines += coverage_lines(count_words(held_out), lexicon)
    else:
        lines.append("coverage: not measured (build with --hold-out)")
    lines += noise_lines(shared, lexicon)
    lines += ["", *sizes(output)]
    return "\n".join(lines) + "\n"


def entries(folder: Path) -> list[str]:
    """How many entries each list has, and ``id_words.tsv`` by flag."""
    flags: Counter[str] = Counter()
    for row in read_rows(folder / "id_words.tsv"):
        flags["all"] += 1
        flags.update(row[2].split(","))
    lines = ["id_words.tsv by flag: " + ", ".join(f"{flag} {n:,}" for flag, n in flags.most_common())]
    tables = sorted(folder.glob("*.tsv"))
    return lines + [f"{path.name}: {sum(1 for _ in read_rows(path)):,} rows" for path in tables]


def count_words(lines: Iterable[str]) -> Counter[str]:
    """Words of ASCII letters written in lower case, with hyphens, of two letters or more."""
    words: Counter[str] = Counter()
    for line in lines:
        for sentence in sentences(line):
            words.update(WORD_OR_MARK.findall(sentence))
    return plain_words(words)


def plain_words(words: Counter[str]) -> Counter[str]:
    """Those of ``words`` that have only lower-case letters a-z and hyphens, two letters or more."""
    plain: Counter[str] = Counter()
    for word, count in words.items():
        bare = word.replace("-", "")
        if len(bare) > 1 and bare.isalpha() and bare.isascii() and bare.islower():
            plain[word] = count
    return plain


def is_known(word: str, lexicon: Lexicon) -> bool:
    """Indonesian, English, a name, or a compound of such parts."""
    if is_valid_form(word, lexicon) or lexicon.is_foreign(word) or lexicon.is_name(word):
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(not part or part == "nya" or is_known(part, lexicon) for part in parts)


def is_undoubted(word: str, lexicon: Lexicon) -> bool:
    """Known, or a form that the speller leaves alone for what it is made of: ngambil, dibubuhkan."""
    return is_known(word, lexicon) or is_colloquial(word, lexicon) or other_voice(word, lexicon.__contains__)


def coverage_lines(words: Counter[str], lexicon: Lexicon) -> list[str]:
    """Share of running and of different words that are known."""

    def line(label: str, test: Callable[[str], bool]) -> str:
        hits = {word: n for word, n in words.items() if test(word)}
        repeated = [word for word, n in words.items() if n > 1]
        tokens = sum(hits.values()) / max(1, words.total())
        types = len(hits) / max(1, len(words))
        twice = sum(word in hits for word in repeated) / max(1, len(repeated))
        return (
            f"coverage, {label}: {tokens:.2%} of {words.total():,} words, "
            f"{types:.2%} of {len(words):,} types, {twice:.2%} of the types seen twice"
        )

    return [
        line("known", lambda word: is_known(word, lexicon)),
        line("Indonesian only", lambda word: is_valid_form(word, lexicon)),
        line("with spoken forms and the other voice", lambda word: is_undoubted(word, lexicon)),
    ]


def noise_lines(shared: Path, lexicon: Lexicon) -> list[str]:
    """How many misspellings pass for Indonesian words, and how many of these are words by chance.

    A slip in a short word often makes another word ("kata" -> "kaca"): such forms are told apart by KBBI, or
    by two lists.
    """
    sources = read_sources(shared / "lexicon")
    real = {row[0].lower() for row in read_tsv(shared / "typos" / "nonword-real.tsv")}
    synthetic = synthetic_typos(shared / "typos" / "sentences-synthetic.tsv")
    machine = machine_typos(shared / "lexicon" / "simplemma.txt", lexicon)
    lines = []
    for label, wrong in (("real", real), ("synthetic", synthetic), ("machine-made", machine)):
        listed = sum(word in lexicon for word in wrong)
        valid = sum(is_valid_form(word, lexicon) for word in wrong)
        lines.append(
            f"noise, {label}: of {len(wrong):,} wrong forms {listed / len(wrong):.2%} listed, "
            f"{(valid - listed) / len(wrong):.2%} passed by word formation"
        )
        words = {word for word in wrong if word in sources.witness or len(sources.support(word)) > 1}
        others = wrong - words
        accepted = sum(is_valid_form(word, lexicon) for word in others)
        lines.append(
            f"  without the {len(words):,} forms that KBBI or two lists have: "
            f"{accepted / len(others):.2%} of {len(others):,} accepted"
        )
    derived = {
        w for w in _lines(shared / "lexicon" / "kbbi-derived-forms.txt") if w.replace("-", "").isalpha()
    }
    accepted = sum(is_valid_form(word, lexicon) for word in derived)
    alone = sum(derives(word, lexicon.is_root) for word in derived)
    lines.append(
        f"right derived forms of KBBI accepted: {accepted / len(derived):.2%} of {len(derived):,} "
        f"({alone / len(derived):.2%} by word formation alone)"
    )
    return lines


def synthetic_typos(path: Path) -> set[str]:
    """The lower-case words that differ between the two columns."""
    wrong = set()
    for row in read_tsv(path):
        before, after = _WORD.findall(row[0]), _WORD.findall(row[1])
        if len(before) == len(after):
            wrong |= {a for a, b in zip(before, after, strict=True) if a != b and a.islower() and b.islower()}
    return wrong


def machine_typos(path: Path, lexicon: Lexicon) -> set[str]:
    """Frequent words of five letters or more with one letter dropped, added, replaced or swapped.

    Those that happen to be words of simplemma's small, clean list are left out.
    """
    clean = set(_lines(path))
    chooser = random.Random(7)  # noqa: S311 - not for secrets
    frequent = sorted(
        word for word in clean if len(word) > 4 and word.isalpha() and lexicon.count(word) > 100
    )
    wrong = set()
    for word in frequent:
        for kind in range(4):
            i = chooser.randrange(1, len(word))
            letter = chooser.choice(_LETTERS)
            wrong.add(
                (
                    word[:i] + word[i + 1 :],
                    word[:i] + letter + word[i:],
                    word[:i] + letter + word[i + 1 :],
                    word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :],
                )[kind]
            )
    return wrong - clean


def sizes(folder: Path) -> list[str]:
    """Bytes of every file, plain and as compressed as in a wheel."""
    lines, plain, packed = [], 0, 0
    for path in sorted(folder.iterdir()):
        if path.is_file():
            data = path.read_bytes()
            small = len(zlib.compress(data, 6))
            plain, packed = plain + len(data), packed + small
            lines.append(f"{path.name:20} {len(data):>12,} bytes, compressed {small:>11,}")
    return [*lines, f"{'total':20} {plain:>12,} bytes, compressed {packed:>11,}"]


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

"""A dictionary of a user's own: the shipped one, and what a corpus adds to it.

The corpus is counted as ours was, and its words are judged by the same rules (`cleaner.dictionary.words`);
the shipped dictionary takes the place of the word lists as the second witness. What it lists stays listed.
New words need more: many occurrences, or some in many documents, and no far more frequent word near them.

Start reading at `build_own`.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from cleaner.dictionary import report
from cleaner.dictionary.build import Say, Vocabulary, decide_vocabulary, write_checksums, write_data
from cleaner.dictionary.corpus import Counts, blocks, count_corpus
from cleaner.dictionary.evidence import EVIDENCE, write_evidence
from cleaner.dictionary.letters import LETTERS
from cleaner.dictionary.names import Name
from cleaner.dictionary.review import Review, read_review
from cleaner.dictionary.shipped import Shipped, add_counts, read_shipped
from cleaner.dictionary.textfiles import write_lines
from cleaner.errors import DictionaryError
from cleaner.spelling.data import CHECKSUMS, TABLES, data_file, data_folder
from cleaner.spelling.lexicon import Flag, Lexicon

STEPS = 10
"""Steps of `build_own` that are told."""
_SHOWN = 15


def build_own(
    documents: Iterable[str],
    output: Path,
    progress: Say,
    accepted: frozenset[str] = frozenset(),
    rejected: frozenset[str] = frozenset(),
    base: Path | None = None,
) -> str:
    """Build a dictionary folder from ``documents`` and return the report.

    ``accepted`` and ``rejected`` are words (lower case) that a person has decided on; ``base`` is the
    dictionary to start from, None for the shipped one. The folder appears under its name when it is
    complete; an older dictionary there is replaced. Raises DictionaryError if something else stands there,
    or if there is nothing to count.
    """
    refuse_other_folder(output)
    texts = (block for document in documents for block in blocks(document.split("\n")))
    counts = count_corpus({"news": texts}, progress)
    if not counts.lower:
        raise DictionaryError("the corpus has no words; is it the right file, and the right --text-field?")
    own = Counter(counts.lower)
    base = base or data_folder()
    shipped = read_shipped(base)
    add_counts(counts, shipped, base)
    progress("read the shipped dictionary")
    ours = read_review((base if (base / "review").is_dir() else data_folder()) / "review")
    review = Review(accepted, rejected | (ours.rejected - accepted), frozenset(), frozenset(), {})
    vocabulary = decide_vocabulary(counts, shipped.sources(), review, progress)
    _lay_over(vocabulary, shipped, accepted, rejected, counts)
    temporary = Path(mkdtemp(prefix=f".{output.name}.", suffix=".tmp", dir=output.parent))
    try:
        # The decision on a correction was trained with our letter models.
        for name in (*TABLES, LETTERS):
            shutil.copyfile(data_file(name, base), temporary / name)
        write_data(temporary, vocabulary, counts, progress)
        write_checksums(temporary)
        write_evidence(
            temporary / EVIDENCE,
            vocabulary.words,
            vocabulary.flags,
            vocabulary.names,
            counts,
            shipped.sources(),
            vocabulary.lookalikes,
        )
        text = _report(temporary, base, own, vocabulary, shipped, counts)
        write_lines(temporary / "report.txt", text.splitlines())
        temporary.chmod(0o755)
        _replace(output, temporary)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return text


def refuse_other_folder(output: Path) -> None:
    """Raises DictionaryError if ``output`` is something that a build must not replace."""
    if not output.parent.is_dir():
        raise DictionaryError(f"{output}: the folder {output.parent} does not exist")
    if output.is_dir() and any(output.iterdir()) and not (output / CHECKSUMS).is_file():
        raise DictionaryError(f"{output}: is a folder of something else; name a new one")
    if output.exists() and not output.is_dir():
        raise DictionaryError(f"{output}: is a file, not a folder")


def _lay_over(
    vocabulary: Vocabulary,
    shipped: Shipped,
    accepted: frozenset[str],
    rejected: frozenset[str],
    counts: Counts,
) -> None:
    """The shipped dictionary has the last word, but for what the user has decided."""
    flags, names = vocabulary.flags, vocabulary.names
    flags.update({word: flag for word, flag in shipped.flags.items() if word not in accepted})
    # What a small corpus makes a suspect is not known as a misspelling, only not as a word.
    new = {word for word, flag in flags.items() if flag & Flag.MISSPELT and word not in shipped.flags}
    for word in rejected | new:
        flags.pop(word, None)
    for word, name in shipped.names.items():
        names[word] = Name(name.cased, counts.words[word], name.share)
    for word in set(names) - set(flags):
        del names[word]
    vocabulary.english = {word: counts.words[word] for word, flag in flags.items() if flag & Flag.FOREIGN}


def _replace(output: Path, temporary: Path) -> None:
    """Put the new folder in the place of the old one."""
    old = Path(mkdtemp(prefix=f".{output.name}.", suffix=".old", dir=output.parent))
    if output.exists():
        output.replace(old / "dictionary")
    temporary.replace(output)
    shutil.rmtree(old)


def _report(
    folder: Path,
    base: Path,
    own: Counter[str],
    vocabulary: Vocabulary,
    shipped: Shipped,
    counts: Counts,
) -> str:
    """What the corpus has added, and how much of it is known with and without that."""
    lines = ["", *report.entries(folder), ""]
    new = [word for word in vocabulary.flags if word not in shipped.flags]
    for label, bits in (
        ("words", Flag.BASE | Flag.DERIVED),
        ("names", Flag.NAME),
        ("foreign words", Flag.FOREIGN),
    ):
        found = sorted(
            (word for word in new if vocabulary.flags[word] & bits), key=lambda w: (-counts.words[w], w)
        )
        shown = ", ".join(found[:_SHOWN]) + (", ..." if len(found) > _SHOWN else "")
        lines.append(f"new {label}: {len(found):,}{f' ({shown})' if found else ''}")
    words = report.plain_words(own)
    for label, lexicon in (("the dictionary before", Lexicon.open(base)), ("this one", Lexicon.open(folder))):
        known = report.coverage_lines(words, lexicon)[0].partition(": ")[2]
        lines.append(f"known to {label}: {known}")
    lines += ["", *report.sizes(folder)]
    return "\n".join(lines) + "\n"

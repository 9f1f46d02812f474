"""The evidence of a build, one word a row: why it is in the dictionary, or out.

Not shipped: it tells which words KBBI has, and it is as big as the dictionary itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from cleaner.dictionary.corpus import Counts
from cleaner.dictionary.names import Name
from cleaner.dictionary.sources import Sources
from cleaner.dictionary.textfiles import flag_names, write_lines
from cleaner.dictionary.words import Words
from cleaner.spelling.lexicon import Flag

EVIDENCE = "evidence.tsv"
COLUMNS = (
    "word",
    "status",
    "flags",
    "lower case",
    "all",
    "law",
    "blocks",
    "lists",
    "KBBI",
    "capitals",
    "why",
    "near",
    "explained by",
)


def write_evidence(
    path: Path,
    words: Words,
    flags: Mapping[str, Flag],
    names: Mapping[str, Name],
    counts: Counts,
    sources: Sources,
    lookalikes: Mapping[str, str],
) -> Counter[str]:
    """Write the table. Returns the number of words by status.

    The status of a word that no list proposed is name, foreign or misspelt.
    """
    rows = []
    statuses: Counter[str] = Counter()
    for word in sorted({*words.verdicts, *flags}):
        verdict, flag = words.verdicts.get(word), flags.get(word, Flag(0))
        status, why, near, explained = verdict or ("", "", "", "")
        if verdict is None or (status == "out" and flag):
            status = "misspelt" if flag & Flag.MISSPELT else "name" if flag & Flag.NAME else "foreign"
        if word in lookalikes:
            why, near = "word formation allows it, nobody writes it", lookalikes[word]
        statuses[status] += 1
        cells = (
            word,
            status,
            flag_names(flag),
            counts.lower[word],
            counts.words[word],
            counts.law[word],
            counts.spread[word],
            "+".join(sources.support(word)),
            "yes" if word in sources.witness else "",
            f"{names[word].share:.2f}" if word in names else "",
            why,
            near,
            explained,
        )
        rows.append("\t".join(map(str, cells)))
    write_lines(path, ["# " + "\t".join(COLUMNS), *rows])
    return statuses

"""What to do with the documents of a corpus: how they are read, cleaned and written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from cleaner.corpus.compression import split_suffix
from cleaner.corpus.inputs import WHOLE_FILES, Input
from cleaner.corpus.plan import plan_of
from cleaner.corpus.reading import Reading, read_input
from cleaner.corpus.worker import BlockCleaner
from cleaner.engine import Cleaner
from cleaner.errors import InputError


@dataclass(frozen=True)
class Job:
    """What to do with the documents: everything that decides what is written."""

    cleaner: Cleaner
    reading: Reading
    languages: tuple[str, ...] = ()
    """Only documents in these languages are cleaned; none: all."""
    to: str | None = None
    """One of `FORMATS`; None: as the input."""
    limit: int = 16 << 20
    """Bytes of the longest document that is cleaned."""

    def block_cleaner(self) -> BlockCleaner:
        """What does the work."""
        compression = "" if self.to in (None, "parquet") else split_suffix(PurePosixPath(f"a.{self.to}"))[1]
        table = self.to == "parquet"
        return BlockCleaner(
            self.cleaner, self.reading, self.languages, self.to is not None, compression, table
        )

    def plan(self, inputs: list[Input]) -> dict[str, Any]:
        """All of it as plain values, to compare with when a run goes on."""
        return plan_of(self.cleaner.config, self.options(), inputs)

    def options(self) -> dict[str, Any]:
        """What is no setting of the `Cleaner`."""
        return {
            **self.reading._asdict(),
            "only_language": list(self.languages),
            "to": self.to,
            "max_size": self.limit,
        }

    def check_names(self, inputs: list[Input]) -> None:
        """Raises InputError if the first document of a format has not the fields that were named.

        Then a name is wrong, and nothing is done. Later documents may lack them; that is told of each.
        """
        seen: set[str] = set()
        for source in inputs:
            if source.form in {*WHOLE_FILES, "lines"} or source.form in seen or source.size < 0:
                continue
            try:
                block = next(read_input(source, self.limit))
            except InputError:
                continue  # it cannot be read, which is told in its turn
            if block.data and not block.problem:
                seen.add(source.form)
                for record in self.reading.records(block, check=True):
                    if record.has_text:
                        break

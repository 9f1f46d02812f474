"""datatrove: a formatter block for a pipeline, with statistics by rule.

    LocalPipelineExecutor([JsonlReader("masuk"), CleanerFormatter(), JsonlWriter("keluar")], tasks=4)

Each document's text is replaced. ``log=True`` puts the change log of the document into its metadata, with
which `cleaner.integrations.columns.revert` gives the original back. Nothing is lost: a document of which
nothing is left is dropped, and goes to the exclusion writer with its original text; one that cannot be
cleaned passes through unchanged, with the reason in its metadata.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cleaner.engine import Cleaner
from cleaner.errors import MissingExtraError
from cleaner.integrations.columns import cleaner_of, log_cell, problem_of
from cleaner.result import CleanResult

try:
    from datatrove.pipeline.formatters.base import BaseFormatter
    from datatrove.utils.typeshelper import StatHints
except ImportError as error:
    raise MissingExtraError("datatrove", "datatrove") from error

if TYPE_CHECKING:
    from datatrove.data import Document
    from datatrove.pipeline.writers.disk_base import DiskWriter

LOG = "cleaner_log"
PROBLEM = "cleaner_problem"
"""Names in `Document.metadata`."""


class CleanerFormatter(BaseFormatter):  # type: ignore[misc]
    """Clean the text of every document.

    ``settings`` are those of `cleaner.Config`. Statistics: total, changed, changes, changes_<rule>,
    suggestions, removed_chars (original less clean length, in code points), dropped_empty, failed. Raises
    ConfigError for a wrong setting.
    """

    name = "cleaner"

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        *,
        log: bool = False,
        exclusion_writer: DiskWriter | None = None,
        **settings: Any,
    ) -> None:
        super().__init__()
        self.cleaner: Cleaner = cleaner_of(cleaner, settings)
        self.log = log
        self.exclusion_writer = exclusion_writer

    def format(self, text: str) -> str:
        """The clean text, as the base class wants it; `run` does more."""
        return self.cleaner.clean(text).text

    def run(self, data: Iterator[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002
        """Clean the documents one by one, in order."""
        from cleaner.corpus.careful import CarefulCleaner, Failed

        careful = CarefulCleaner(self.cleaner)
        with self.exclusion_writer or contextlib.nullcontext() as writer:
            for doc in data:
                self.stat_update(StatHints.total)
                problem = problem_of(doc.text)
                if problem is None:
                    with self.track_time():
                        result = careful.clean(doc.text)
                    problem = result.problem if isinstance(result, Failed) else None
                if problem is not None:
                    self.stat_update("failed")
                    doc.metadata[PROBLEM] = problem
                elif not self._take(doc, result):
                    self.stat_update(StatHints.dropped, "dropped_empty")
                    if writer is not None:
                        doc.metadata["filter_reason"] = "empty"
                        writer.write(doc, rank)
                    continue
                self.stat_update(StatHints.forwarded)
                self.update_doc_stats(doc)
                yield doc

    def _take(self, doc: Document, result: CleanResult) -> bool:
        """Put the result into the document, and count; False, and as it was, if nothing is left of it."""
        for change in result.changes:
            self.stat_update("changes", f"changes_{change.rule}")
        if result.suggestions:
            self.stat_update("suggestions", value=len(result.suggestions))
        if result.changes:
            self.stat_update("changed")
            self.stat_update("removed_chars", value=len(result.original) - len(result.text))
        if result.original.strip() and not result.text.strip():
            return False
        if self.log:
            doc.metadata[LOG] = log_cell(result)
        doc.text = result.text
        return True

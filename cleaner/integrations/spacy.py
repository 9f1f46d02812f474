"""spaCy: clean before tokenizing and keep the way back, or mark suggestions and leave the text alone.

    nlp = spacy.blank("id")
    clean_first(nlp)                            # or in a config: @tokenizers = "cleaner.CleaningTokenizer.v1"
    doc = nlp("Ia tidka pulang.")               # doc.text is clean
    doc[1]._.original                           # "tidka": what stood there
    doc[1]._.original_span                      # (3, 8): and where

    nlp.add_pipe("cleaner_suggestions")         # doc.spans["cleaner"]: one span a change
    span._.correction                           # "tidak"

All offsets are code points, half-open, as everywhere in spaCy.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cleaner.config import Config
from cleaner.edits import Change
from cleaner.engine import Cleaner
from cleaner.errors import MissingExtraError
from cleaner.integrations.columns import cleaner_of
from cleaner.replay import map_span
from cleaner.result import CleanResult

try:
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc, Span, SpanGroup, Token
except ImportError as error:
    raise MissingExtraError("spacy", "spacy") from error

_KEY = "cleaner"
"""In ``Doc.user_data``: the result as plain values, which survive `Doc.to_bytes` and ``n_process``."""


class CleaningTokenizer:
    """Cleans a text, tokenizes it with another tokenizer, and keeps the result in the Doc."""

    def __init__(self, tokenizer: Any, cleaner: Cleaner) -> None:
        self.tokenizer = tokenizer
        self.cleaner = cleaner

    def __call__(self, text: str) -> Doc:
        """A Doc of the clean text. Raises InvalidTextError for a text with a lone surrogate."""
        result = self.cleaner.clean(text)
        doc: Doc = self.tokenizer(result.text)
        doc.user_data[_KEY] = result.to_dict()
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:  # noqa: ARG002 - spaCy's
        """A Doc for each text, lazily and in order."""
        return map(self, texts)

    def __getattr__(self, name: str) -> Any:
        # What else a tokenizer has (rules, explain, ...) is that of the inner one.
        if name in ("tokenizer", "cleaner"):
            raise AttributeError(name)
        return getattr(self.tokenizer, name)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The state of the inner tokenizer; the settings are in the pipeline's config."""
        return bytes(self.tokenizer.to_bytes(exclude=exclude))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> CleaningTokenizer:
        """Load what `to_bytes` gave."""
        self.tokenizer.from_bytes(data, exclude=exclude)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the inner tokenizer."""
        self.tokenizer.to_disk(path, exclude=exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> CleaningTokenizer:
        """Load what `to_disk` saved."""
        self.tokenizer.from_disk(path, exclude=exclude)
        return self


@spacy.registry.tokenizers("cleaner.CleaningTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer(settings: dict[str, Any]) -> Any:
    """For the config of a pipeline: ``settings`` as in `cleaner.Config`, spaCy's tokenizer inside."""
    cleaner = cleaner_of(None, settings)

    def create(nlp: Language) -> CleaningTokenizer:
        inner = spacy.registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp)
        return CleaningTokenizer(inner, cleaner)

    return create


def clean_first(nlp: Language, cleaner: Cleaner | None = None, **settings: Any) -> Language:
    """Make ``nlp`` clean every text before it tokenizes it; returns ``nlp``.

    ``settings`` are those of `cleaner.Config`. They go into ``nlp.config``, so `spacy.load` gives the
    same pipeline back, if its tokenizer is spaCy's own and the cleaner has learnt no vocabulary. Raises
    ConfigError for a wrong setting, ValueError if ``nlp`` cleans already.
    """
    chosen = cleaner_of(cleaner, settings)
    if isinstance(nlp.tokenizer, CleaningTokenizer):
        raise ValueError("this pipeline cleans already; its cleaner is nlp.tokenizer.cleaner")
    nlp.tokenizer = CleaningTokenizer(nlp.tokenizer, chosen)
    nlp.config["nlp"]["tokenizer"] = {
        "@tokenizers": "cleaner.CleaningTokenizer.v1",
        "settings": _plain(chosen.config),
    }
    return nlp


def _plain(config: Config) -> dict[str, Any]:
    """The settings that are not the default, as a spaCy config can hold them."""
    default = Config().to_dict()
    return {key: value for key, value in config.to_dict().items() if value != default[key]}


@Language.factory(  # type: ignore[untyped-decorator]
    "cleaner_suggestions", default_config={"spans_key": _KEY, "settings": {}}
)
def create_suggestions(nlp: Language, name: str, spans_key: str, settings: dict[str, Any]) -> Suggestions:  # noqa: ARG001
    """The component `Suggestions` for ``nlp.add_pipe``."""
    return Suggestions(cleaner_of(None, settings), spans_key)


class Suggestions:
    """Marks in ``doc.spans[spans_key]`` what the cleaner would change or suggests; the text stays.

    A span covers the tokens that the change touches. Its label is the rule, its ``id_`` the id of the
    change, and ``span._.correction`` what would stand in the place of ``span.text``. The changes as they
    are in the change log, with exact offsets, are in the attributes of the group.
    """

    def __init__(self, cleaner: Cleaner, spans_key: str = _KEY) -> None:
        self.cleaner = cleaner
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with the spans."""
        result = self.cleaner.clean(doc.text)
        changes = sorted([*result.changes, *result.suggestions], key=lambda item: (item.start, item.end))
        starts = [token.idx for token in doc]
        doc.spans[self.spans_key] = SpanGroup(
            doc,
            name=self.spans_key,
            attrs={"changes": {change.id: change.to_dict() for change in changes}},
            spans=[_tokens_of(doc, starts, change) for change in changes],
        )
        return doc


def _tokens_of(doc: Doc, starts: list[int], change: Change) -> Span:
    """The tokens that a change touches, white space behind a token being part of it.

    An insertion touches the token behind it, or at the end of the text the last one.
    """
    first = max(0, bisect_right(starts, change.start) - 1)
    last = max(first, bisect_left(starts, change.end) - 1)
    return Span(doc, first, last + 1, label=change.rule, span_id=change.id)


def _correction(span: Span) -> str | None:
    """What the text of this span would be with its change; None if it is none of `Suggestions`."""
    for group in span.doc.spans.values():
        change = group.attrs.get("changes", {}).get(span.id_)
        if change is not None:
            text = span.doc.text
            before, after = text[span.start_char : change["start"]], text[change["end"] : span.end_char]
            return f"{before}{change['after']}{after}"
    return None


def _original_span(place: Token | Span) -> tuple[int, int]:
    """Where a token or span of a cleaned Doc stood in the original, widened to whole changes."""
    start = place.idx if isinstance(place, Token) else place.start_char
    end = start + len(place.text)
    row = place.doc.user_data.get(_KEY)
    if row is None:
        return start, end
    return map_span(
        start,
        end,
        [(change["cleaned_start"], change["cleaned_end"]) for change in row["changes"]],
        [(change["start"], change["end"]) for change in row["changes"]],
    )


def _original(place: Token | Span) -> str:
    row = place.doc.user_data.get(_KEY)
    start, end = _original_span(place)
    return str(row["original"][start:end]) if row is not None else place.text


def _result(doc: Doc) -> CleanResult | None:
    row = doc.user_data.get(_KEY)
    return CleanResult.from_dict(row) if row is not None else None


for _kind in (Token, Span):
    _kind.set_extension("original", getter=_original, force=True)
    _kind.set_extension("original_span", getter=_original_span, force=True)
Span.set_extension("correction", getter=_correction, force=True)
Doc.set_extension("cleaning", getter=_result, force=True)

"""scikit-learn: `TextCleaner`, a transformer for the front of a text pipeline.

make_pipeline(TextCleaner(profile="news"), TfidfVectorizer(), LogisticRegression())
"""

from __future__ import annotations

from typing import Any

from cleaner.config import Config
from cleaner.engine import Cleaner
from cleaner.errors import InvalidTextError, MissingExtraError
from cleaner.integrations.columns import clean_column, problem_of

try:
    import numpy as np
    from sklearn.base import BaseEstimator, TransformerMixin
except ImportError as error:
    raise MissingExtraError("scikit-learn", "sklearn") from error


class TextCleaner(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Clean a 1-D collection of texts; the output is a 1-D array of str, dtype object.

    The parameters are those of `cleaner.Config`, and ``n_jobs``: the number of processes. There is
    nothing to learn, so `fit` only checks the parameters and `transform` works without it.
    """

    def __init__(
        self,
        profile: str = "news",
        strength: str = "balanced",
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        ignore_words: tuple[str, ...] = (),
        ignore_patterns: tuple[str, ...] = (),
        min_confidence: float | None = None,
        outlet: str | None = None,
        rules: tuple[str, ...] = (),
        dictionary: str | None = None,
        vocabulary: tuple[str, ...] = (),
        language: str = "id",
        max_length: int | None = None,
        decisions: tuple[str, ...] = (),
        corrections: tuple[str, ...] = (),
        n_jobs: int = 1,
    ) -> None:
        self.profile = profile
        self.strength = strength
        self.select = select
        self.ignore = ignore
        self.ignore_words = ignore_words
        self.ignore_patterns = ignore_patterns
        self.min_confidence = min_confidence
        self.outlet = outlet
        self.rules = rules
        self.dictionary = dictionary
        self.vocabulary = vocabulary
        self.language = language
        self.max_length = max_length
        self.decisions = decisions
        self.corrections = corrections
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> TextCleaner:  # noqa: ARG002, N803 - scikit-learn's names
        """Check the parameters and the kind of ``X``. Raises ConfigError or ValueError."""
        self._cleaner()
        _texts(X)
        return self

    def transform(self, X: Any) -> np.ndarray[Any, Any]:  # noqa: N803
        """The texts of ``X`` (list, array, Series; 1-D), cleaned, in order: shape (n_samples,).

        Raises ValueError if ``X`` is one str or not 1-D, InvalidTextError if an item is no text.
        """
        cleaner, texts = self._cleaner(), _texts(X)
        cleaned = np.empty(len(texts), dtype=object)
        cleaned[:] = clean_column(cleaner, texts, self.n_jobs, with_logs=False).texts
        return cleaned

    def _cleaner(self) -> Cleaner:
        cleaner = Cleaner(
            Config.from_dict(
                {key: value for key, value in self.get_params(deep=False).items() if key != "n_jobs"},
                "TextCleaner",
            )
        )
        cleaner.check()
        return cleaner

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        tags.requires_fit = False
        return tags


def _texts(X: Any) -> list[str]:  # noqa: N803
    """The items of a 1-D collection as a list, each a text."""
    if isinstance(X, (str, bytes)):
        raise ValueError("X is one string; pass a list of texts, for example [text]")
    shape = getattr(X, "shape", None)
    if shape is not None and len(shape) != 1:
        raise ValueError(
            f"X has the shape {shape}; pass one column of texts: frame['text'], not frame[['text']]"
        )
    texts = list(X)
    for row, text in enumerate(texts):
        problem = problem_of(text)
        if problem:
            raise InvalidTextError(f"row {row}: {problem}; fill or drop missing texts first")
    return texts

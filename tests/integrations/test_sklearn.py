"""scikit-learn: the estimator contract, and a pipeline with the cleaner at its head."""

from __future__ import annotations

import pickle

import pytest

pytest.importorskip("sklearn", reason="needs scikit-learn: pip install 'bersih[sklearn]'")
import numpy as np
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import Pipeline
from sklearn.utils import estimator_checks

from cleaner.config import Config
from cleaner.errors import ConfigError, InvalidTextError
from cleaner.integrations.sklearn import TextCleaner

# `check_estimator` feeds numbers to most of its checks and skips estimators of strings; these need none.
CHECKS = [
    "check_estimator_cloneable",
    "check_estimator_repr",
    "check_estimator_tags_renamed",
    "check_get_params_invariance",
    "check_mixin_order",
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_set_params",
    "check_valid_tag_types",
]


@pytest.mark.parametrize("check", CHECKS)
def test_the_estimator_contract(check):
    getattr(estimator_checks, check)("TextCleaner", TextCleaner())


def test_the_parameters_are_the_settings():
    params = TextCleaner().get_params()
    assert params.pop("n_jobs") == 1
    assert Config(**params) == Config()
    assert list(params) == sorted(Config().to_dict())


def test_kinds_of_input():
    expected = ["Ia tidak pulang.", "Baik."]
    texts = ["Ia tidka pulang.", "Baik."]
    pandas = pytest.importorskip("pandas")
    for given in (texts, tuple(texts), np.array(texts), np.array(texts, dtype=object), pandas.Series(texts)):
        clean = TextCleaner(profile="typos").fit_transform(given)
        assert clean.tolist() == expected
        assert (clean.shape, clean.dtype) == ((2,), np.dtype(object))
    assert TextCleaner().transform([]).shape == (0,)
    assert TextCleaner(n_jobs=2).transform(texts).tolist() == expected


def test_wrong_input_is_told():
    with pytest.raises(ValueError, match="one string"):
        TextCleaner().fit("Ia pulang.")
    with pytest.raises(ValueError, match=r"shape \(1, 1\)"):
        TextCleaner().transform(np.array([["Ia pulang."]]))
    with pytest.raises(InvalidTextError, match=r"row 1: .*NoneType"):
        TextCleaner().transform(["Ia pulang.", None])
    with pytest.raises(ConfigError, match="did you mean 'news'"):
        TextCleaner(profile="nws").fit(["Ia pulang."])


def test_clone_and_pickle():
    transformer = TextCleaner(profile="typos", ignore_words=("tidka",)).fit(["Ia"])
    for copy in (clone(transformer), pickle.loads(pickle.dumps(transformer))):
        assert copy.get_params() == transformer.get_params()
        assert copy.transform(["Ia tidka pulang."]).tolist() == ["Ia tidka pulang."]


def test_a_grid_search_over_a_pipeline():
    model = Pipeline([("clean", TextCleaner()), ("count", CountVectorizer()), ("bayes", MultinomialNB())])
    texts = ["Ia tidak pulang.", "Ia tidka pulang.", "Harga cabai naik.", "Harga caabi naik."] * 2
    search = GridSearchCV(model, {"clean__profile": ["minimal", "typos"]}, cv=2)
    search.fit(texts, ["orang", "orang", "pasar", "pasar"] * 2)
    assert search.predict(["Ia tidka di rumah."]).tolist() == ["orang"]
    vocabulary = (
        clone(model).set_params(clean__profile="typos").fit(texts, ["a", "a", "b", "b"] * 2)[1].vocabulary_
    )
    assert "tidak" in vocabulary and "tidka" not in vocabulary


def test_one_column_of_a_table():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"isi": ["Ia tidka pulang.", "Baik."], "n": [1, 2]})
    steps = Pipeline([("clean", TextCleaner(profile="typos")), ("count", CountVectorizer())])
    table = ColumnTransformer([("isi", steps, "isi")], remainder="passthrough").fit_transform(frame)
    assert table.shape == (2, 5)

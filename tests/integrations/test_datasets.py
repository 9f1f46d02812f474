"""Hugging Face datasets: map with processes, the cache, and streams."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

datasets = pytest.importorskip(
    "datasets", reason="needs datasets: pip install 'bersih[datasets]' or '.[test-integrations]'"
)
from datasets.fingerprint import Hasher  # noqa: E402

import cleaner  # noqa: E402
from cleaner.integrations.columns import revert  # noqa: E402
from cleaner.integrations.datasets import Cleaning, cleaning  # noqa: E402

DIRTY = [None] * 10 + ["Ia tidka pulang.", "Baik."] * 10


@pytest.fixture
def stored(tmp_path):
    """A dataset on disk, whose maps are cached beside it."""
    datasets.Dataset.from_dict({"n": list(range(30)), "text": DIRTY}).save_to_disk(tmp_path / "korpus")
    return lambda: datasets.load_from_disk(tmp_path / "korpus")


def test_map_with_two_processes_and_a_cache_hit(stored, monkeypatch):
    def clean(**settings):
        function = cleaning("text", n_changes="n_changes", log="log", profile="typos", **settings)
        return stored().map(function, batched=True, batch_size=10, num_proc=2)

    first = clean()
    assert first["text"][10:12] == ["Ia tidak pulang.", "Baik."]
    assert first["text"][:10] == [None] * 10 and first["log"][:10] == [""] * 10
    assert first["n_changes"][:] == [0] * 10 + [1, 0] * 10
    assert revert(first["text"][10], first["log"][10]) == "Ia tidka pulang."
    assert {name: kind.dtype for name, kind in first.features.items()} == {
        "n": "int64", "text": "string", "n_changes": "int64", "log": "string",
    }  # fmt: skip

    def refuse(self, batch):
        raise AssertionError("this run was to be read from the cache")

    monkeypatch.setattr(Cleaning, "__call__", refuse)
    second = clean()
    assert second.cache_files == first.cache_files and second["text"][:] == first["text"][:]
    monkeypatch.undo()
    assert clean(strength="precision").cache_files != first.cache_files


def test_the_hash_is_that_of_the_settings_the_version_and_the_dictionary(monkeypatch):
    code = (
        "from datasets.fingerprint import Hasher; from cleaner.integrations.datasets import cleaning;"
        "print(Hasher.hash(cleaning(profile='typos', ignore_words=['melati'])))"
    )
    elsewhere = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    used = cleaning(profile="typos", ignore_words=["melati"])
    assert used({"text": ["Ia tidka pulang."]}) == {"text": ["Ia tidak pulang."]}
    assert Hasher.hash(used) == elsewhere.stdout.strip()
    assert Hasher.hash(used) != Hasher.hash(cleaning(profile="typos"))
    monkeypatch.setattr(cleaner, "__version__", "99")
    assert Hasher.hash(cleaning(profile="typos", ignore_words=["melati"])) != elsewhere.stdout.strip()


def test_a_stream(stored):
    stream = (
        stored().to_iterable_dataset(num_shards=2).map(cleaning(profile="typos", log="log"), batched=True)
    )
    rows = list(stream)
    assert [row["n"] for row in rows] == list(range(30))
    assert rows[10]["text"] == "Ia tidak pulang."


def test_the_function_can_be_pickled():
    copy = pickle.loads(pickle.dumps(cleaning("isi", n_changes="n")))
    assert copy({"isi": ["Ia tidka pulang."]}) == {"isi": ["Ia tidak pulang."], "n": [1]}


def test_mistakes_are_told():
    data = datasets.Dataset.from_dict({"isi": ["Ia"], "log": ["x"]})
    with pytest.raises(KeyError, match="no column 'text'; the columns are: isi, log"):
        data.map(cleaning(), batched=True)
    with pytest.raises(TypeError, match="batched=True"):
        data.map(cleaning("isi"))
    with pytest.raises(ValueError, match="column 'log' already"):
        data.map(cleaning("isi", log="log"), batched=True)

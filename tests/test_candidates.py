"""The candidate index against symspellpy, and what it promises by itself."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from symspellpy import SymSpell, Verbosity

from cleaner.dictionary.binary import write_candidates
from cleaner.spelling.candidates import PREFIX, CandidateIndex, deletions

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def index() -> CandidateIndex:
    return CandidateIndex.open()


def misspell(word: str, edits: int, chooser: random.Random) -> str:
    letters = list(word)
    for _ in range(edits):
        i = chooser.randrange(len(letters) + 1)
        kind = chooser.randrange(4)
        if kind == 0:
            letters.insert(i, chooser.choice(LETTERS))
        elif i < len(letters) and kind == 1:
            del letters[i]
        elif i < len(letters) and kind == 2:
            letters[i] = chooser.choice(LETTERS)
        elif i + 1 < len(letters):
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
    return "".join(letters) or word


def test_symspellpy_finds_the_same(tmp_path, index):
    words = index.words()[::7]
    write_candidates(tmp_path, words)
    own = CandidateIndex.open(tmp_path)
    oracle = SymSpell(max_dictionary_edit_distance=2, prefix_length=PREFIX)
    for word in words:
        oracle.create_dictionary_entry(word, 1)
    chooser = random.Random(1)
    for _ in range(1000):
        wrong = misspell(chooser.choice(words), chooser.randrange(3), chooser)
        distance = chooser.randrange(3)
        expected = {
            (s.term, s.distance) for s in oracle.lookup(wrong, Verbosity.ALL, max_edit_distance=distance)
        }
        assert set(own.lookup(wrong, distance)) == expected


@settings(max_examples=200)
@given(
    st.lists(st.text(alphabet="abn", min_size=1, max_size=12), min_size=1, max_size=30, unique=True),
    st.text(alphabet="abn", min_size=1, max_size=12),
)
def test_complete_on_small_alphabets(tmp_path_factory, words, wrong):
    folder = tmp_path_factory.mktemp("index")
    write_candidates(folder, words)
    expected = sorted(
        ((w, d) for w in words if (d := OSA.distance(w, wrong)) <= 2), key=lambda found: (found[1], found[0])
    )
    assert CandidateIndex.open(folder).lookup(wrong) == expected


def test_sorted_by_distance_and_word(index):
    found = index.lookup("kesepatan")
    assert ("kesempatan", 1) in found
    assert ("kesepakatan", 2) in found
    assert found == sorted(found, key=lambda candidate: (candidate[1], candidate[0]))


def test_the_word_itself_comes_first(index):
    assert index.lookup("rumah")[0] == ("rumah", 0)
    assert index.lookup("rumah", 0) == [("rumah", 0)]
    assert index.lookup("zzzzzzzzzz") == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("seoang", "seorang"),
        ("hanga", "hanya"),
        ("maish", "masih"),
        ("memilki", "memiliki"),
        ("perusahan", "perusahaan"),
        ("dnegan", "dengan"),
        ("indonsia", "indonesia"),
    ],
)
def test_right_word_is_a_candidate(index, wrong, right):
    assert (right, 1) in index.lookup(wrong)


def test_misspellings_are_no_candidates(index):
    words = set(index.words())
    assert not words & {"yag", "memilki", "dnegan", "lainya", "menunjukan", "uga", "yangi"}


def test_deletions():
    assert deletions(b"ab") == {b"ab", b"a", b"b", b""}
    assert len(deletions(b"abcdefgh")) == 1 + 8 + 28

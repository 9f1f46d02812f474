"""Tokens, contexts, and what the model prefers."""

from __future__ import annotations

from array import array
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import DictionaryError
from cleaner.spelling import language_model
from cleaner.spelling.data import data_file, open_table, write_table
from cleaner.spelling.language_model import (
    END,
    START,
    LanguageModel,
    context,
    normalise_token,
    sentences,
    tokens,
)
from cleaner.spelling.lexicon import COUNTS, Lexicon, quantise


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel.open()


def test_sentences_end_at_stops_only():
    assert sentences("Ia pergi. Besok pulang!") == ["Ia pergi", " Besok pulang"]
    assert sentences("Menurut Dr. Budi dan H. Ahmad, harga Rp. 5.000 tetap.") == [
        "Menurut Dr. Budi dan H. Ahmad, harga Rp. 5.000 tetap"
    ]
    assert sentences("Ia berkata, “Baik.” Lalu pergi.") == ["Ia berkata, “Baik", " Lalu pergi"]


def test_tokens_are_classes_and_lower_case():
    assert [normalise_token(t) for t in ("Rumah", "10.30", "1990-an", ",", "Jum’at")] == [
        "rumah",
        "<num>",
        "<num>",
        "<p>",
        "jum'at",
    ]
    assert tokens("“Harga naik 5,5%,” kata Budi (45)") == [
        "harga",
        "naik",
        "<num>",
        "<p>",
        "kata",
        "budi",
        "<p>",
        "<num>",
    ]


def test_context_knows_sentence_borders():
    text = "Ia pulang. Sebuah mobil menabrak pagar, lalu kabur."
    start = text.index("mobil")
    assert context(text, start, start + 5) == (["<s>", "sebuah"], ["menabrak", "pagar"])
    start = text.index("pagar")
    assert context(text, start, start + 5) == (["mobil", "menabrak"], ["<p>", "lalu"])
    start = text.index("Sebuah")
    assert context(text, start, start + 6) == (["<s>"], ["mobil", "menabrak"])
    start = text.index("kabur")
    assert context(text, start, start + 5) == (["<p>", "lalu"], ["</s>"])


@pytest.mark.parametrize(
    ("left", "right", "better", "worse"),
    [
        (["di", "luar"], [END], "negeri", "ngeri"),
        ([START, "ia"], ["bekerja", "keras"], "mesti", "mesin"),
        (["kata", "dia"], ["wartawan", END], "kepada", "kepala"),
        (["di", "bawah"], ["<p>"], "umur", "umum"),
        (["oleh", START], ["tahun", "<num>"], "pada", "padi"),
        (["rumah"], ["itu"], "sakit", "saksit"),
    ],
)
def test_prefers_what_people_write(model, left, right, better, worse):
    assert model.score(left, [better], right) > model.score(left, [worse], right)


def test_counts(model):
    assert model.bigram("di", "atas") > 1000
    assert model.bigram("atas", "qwertyz") == 0


def test_score_multiplies_the_words_and_what_follows(model):
    whole = model.score(["di"], ["luar", "negeri"], ["pada"])
    steps = [(["di"], "luar"), (["di", "luar"], "negeri"), (["luar", "negeri"], "pada")]
    assert whole == pytest.approx(sum(model.score(left, [word], []) for left, word in steps))
    assert model.alone("rumah") == model.score([], ["rumah"], [])


@pytest.mark.parametrize(
    ("left", "words", "right"),
    [
        (["di", "luar"], ["negeri"], ["pada", "tahun"]),
        ([START], ["ia"], ["bekerja", END]),
        (["di"], ["bawah", "umur"], ["<p>"]),
        ([], ["rumah"], []),
        (["jauh", "di", "luar"], [], ["negeri", "pada", "tahun"]),
    ],
)
def test_a_window_gives_the_product_of_single_steps(model, left, words, right):
    window, tokens = model.window(left, right), [*words, *right[:2]]
    before = [[*left, *tokens[:i]] for i in range(len(tokens))]
    assert window.score(words) == pytest.approx(
        sum(model.score(seen, [token], []) for seen, token in zip(before, tokens, strict=True))
    )
    assert window.without == pytest.approx(model.score([], right[:2], []))


def test_probabilities_are_probabilities(model):
    for word in ("di", "rumah", "qwertyz", "<num>", END):
        for left in ([], ["di"], ["berada", "di"], ["qwertyz", "zyx"]):
            assert model.score(left, [word], []) < 0


def test_probabilities_sum_to_one_at_most(model):
    words = [row.split("\t")[0] for row in data_file("id_words.tsv").read_text(encoding="utf-8").splitlines()]
    assert 0.3 < sum(10 ** model.score(["di", "luar"], [word], []) for word in words) < 1.05


def test_quantised_counts_are_right_to_three_percent():
    assert quantise(0) == 0
    for count in (1, 3, 10, 1234, 50_000, 400_000):
        assert COUNTS[quantise(count)] == pytest.approx(count, rel=0.035)
    assert [quantise(n) for n in (1, 2, 5, 100)] == sorted(quantise(n) for n in (1, 2, 5, 100))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(DictionaryError, match=r"words\.marisa"):
        Lexicon.open(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"not a table at all", b"cleaner1\xff\xff\xff\xff"])
def test_damaged_table_is_refused(tmp_path, damage):
    path = tmp_path / "words.bin"
    path.write_bytes(damage)
    with pytest.raises(DictionaryError, match=r"damaged|cut off"):
        open_table(path)


def test_cut_off_table_is_refused(tmp_path):
    path = tmp_path / "t.bin"
    write_table(path, {"a": array("I", range(100)), "b": array("B", [1, 2, 3])})
    assert list(open_table(path)["b"]) == [1, 2, 3]
    assert open_table(path)["a"][99] == 99
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(DictionaryError, match="cut off"):
        open_table(path)


PIECES = [
    *" .,-'’!?\n\t”(1é",
    ", ",
    ". ",
    " kata ",
    " dia, ",
    " Kata",
    "ia ",
    "Dr. ",
    "Jum'at ",
    "kata-kata ",
    " 10",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(0), st.integers(0))
def test_the_quick_look_at_a_context_sees_what_the_long_one_sees(text, one, two):
    start, end = sorted((one % (len(text) + 1), two % (len(text) + 1)))
    quick = context(text, start, end)
    with patch.multiple(language_model, _plain_left=lambda *_: None, _plain_right=lambda *_: None):
        assert context(text, start, end) == quick

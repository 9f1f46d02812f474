"""spaCy: the way back from tokens to the original, spans of suggestions, and saving both."""

from __future__ import annotations

import subprocess
import sys

import pytest

spacy = pytest.importorskip(
    "spacy", reason="needs spacy: pip install 'bersih[spacy]' or '.[test-integrations]'"
)
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

import cleaner  # noqa: E402
from cleaner.errors import ConfigError  # noqa: E402
from cleaner.integrations.spacy import CleaningTokenizer, clean_first  # noqa: E402

TEXT = "TRIBUNNEWS.COM - Ia tidka  pulang.Lalu makan."
PLACES = [
    ("Ia", "Ia"),
    ("tidak", "tidka"),
    ("pulang", "pulang"),
    (".", "."),
    ("Lalu", "Lalu"),
    ("makan", "makan"),
    (".", "."),
]


@pytest.fixture(scope="module")
def cleaning():
    return clean_first(spacy.blank("id"))  # takes two seconds: Indonesian has many tokenizer exceptions


def test_tokens_know_what_stood_there_and_where(cleaning):
    doc = cleaning(TEXT)
    assert doc.text == "Ia tidak pulang. Lalu makan."
    assert [(token.text, token._.original) for token in doc] == PLACES
    assert all(TEXT[slice(*token._.original_span)] == token._.original for token in doc)
    assert doc[1:3]._.original == "tidka  pulang"
    assert doc._.cleaning == cleaner.clean(TEXT)


def test_a_doc_that_was_not_cleaned_is_its_own_original(marking):
    doc = marking("Ia tidka.")
    assert doc._.cleaning is None
    assert (doc[1]._.original, doc[1]._.original_span) == ("tidka", (3, 8))


def test_pipes_and_processes(cleaning):
    for docs in (cleaning.pipe([TEXT] * 3), cleaning.pipe([TEXT] * 3, n_process=2)):
        assert [[(token.text, token._.original) for token in doc] for doc in docs] == [PLACES] * 3


def test_a_pipeline_is_saved_with_its_settings(tmp_path):
    nlp = clean_first(spacy.blank("id"), profile="typos", ignore_words=["tidka"])
    nlp.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    assert loaded.tokenizer.cleaner.config == nlp.tokenizer.cleaner.config
    assert loaded("Ia tidka pulnag.").text == "Ia tidka pulang."
    assert loaded.tokenizer.explain("Ia pulang.")  # what the inner tokenizer has is still there
    loaded.from_bytes(nlp.to_bytes())
    assert isinstance(loaded.tokenizer, CleaningTokenizer)


def test_a_saved_pipeline_is_found_by_whoever_loads_it(cleaning, tmp_path):
    cleaning.to_disk(tmp_path / "model")
    code = f"import spacy; print(spacy.load({str(tmp_path / 'model')!r})('Ia tidka pulang.').text)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Ia tidak pulang.\n"


def test_wrong_settings_are_told(cleaning):
    with pytest.raises(ConfigError, match="did you mean 'news'"):
        clean_first(cleaning, profile="nws")
    with pytest.raises(ValueError, match="cleans already"):
        clean_first(cleaning)


@pytest.fixture(scope="module")
def marking():
    nlp = spacy.blank("id")
    nlp.add_pipe("cleaner_suggestions", config={"settings": {"profile": "typos"}})
    return nlp


def spans_of(doc):
    return [(span.text, span.label_, span._.correction) for span in doc.spans["cleaner"]]


MARKED = [
    ("tidka", "typo.nonword", "tidak"),
    (" ", "spacing.double", ""),
    ("Lalu", "spacing.after_stop", " Lalu"),
]


def test_suggestions_leave_the_text_alone(marking):
    doc = marking(TEXT)
    assert doc.text == TEXT
    assert spans_of(doc) == MARKED
    changes = doc.spans["cleaner"].attrs["changes"]
    result = cleaner.clean(TEXT, profile="typos")
    assert [changes[span.id_] for span in doc.spans["cleaner"]] == [c.to_dict() for c in result.changes]


def test_what_only_suggests_is_marked_too(marking):
    doc = marking("Itu resiko besar.")
    assert cleaner.clean(doc.text, profile="typos").changes == []
    assert spans_of(doc) == [("resiko", "typo.nonstandard", "risiko")]


def test_empty_and_odd_docs(marking):
    assert list(marking("").spans["cleaner"]) == []
    words = Doc(marking.vocab, words=["Ia", "tidka", "pulang"])
    assert spans_of(marking(words)) == [
        ("tidka", "typo.nonword", "tidak"),
        ("pulang", "spacing.trailing", "pulang"),
    ]
    assert spans_of(marking("Ia di rumah  ")) == [("rumah  ", "spacing.trailing", "rumah")]


def test_spans_are_saved_with_the_documents(marking, tmp_path):
    doc = marking(TEXT)
    assert spans_of(Doc(marking.vocab).from_bytes(doc.to_bytes())) == MARKED
    (stored,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(marking.vocab)
    assert spans_of(stored) == MARKED
    assert [spans_of(doc) for doc in marking.pipe([TEXT] * 2, n_process=2)] == [MARKED] * 2
    marking.to_disk(tmp_path / "model")
    doc = spacy.load(tmp_path / "model")(TEXT)
    assert spans_of(doc) == MARKED


@given(st.lists(st.sampled_from([*TEXT, "tidka", "di lakukan", "rumah", "\n", "&amp;", "é"])).map("".join))
def test_each_span_holds_its_change(marking, text):
    doc = marking(text)
    changes = doc.spans["cleaner"].attrs["changes"]
    for span in doc.spans["cleaner"]:
        change = changes[span.id_]
        end = span.end_char + len(span[-1].whitespace_)
        assert span.start_char <= change["start"] <= change["end"] <= end
        assert text[: span.start_char] + span._.correction + text[max(span.end_char, change["end"]) :] == (
            text[: change["start"]] + change["after"] + text[change["end"] :]
        )


def test_another_key(marking):
    component = marking.create_pipe("cleaner_suggestions", config={"spans_key": "sc"})
    doc = component(marking.make_doc("Ia tidka pulang."))
    assert [span.text for span in doc.spans["sc"]] == ["tidka"]

"""Errors of the library: one tree, and sentences that say what to do."""

from __future__ import annotations

import pytest

import cleaner


def test_all_errors_share_one_base():
    from cleaner import errors

    every = [item for item in vars(errors).values() if isinstance(item, type)]
    assert len(every) > 5
    assert all(issubclass(item, cleaner.CleanerError) for item in every)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"teks", "takes a str, not bytes; decode it first"),
        (None, "takes a str, not NoneType"),
        ("ab\ud800", "lone surrogate U+D800 at code point 2"),
    ],
)
def test_what_is_no_text_is_refused(text, message):
    with pytest.raises(cleaner.InvalidTextError) as caught:
        cleaner.clean(text, profile="minimal")
    assert message in str(caught.value)


def test_a_wrong_setting_of_clean_is_told():
    with pytest.raises(cleaner.ConfigError, match="unknown key 'profil'"):
        cleaner.clean("teks", profil="news")
    with pytest.raises(cleaner.ConfigError, match="no rule or family 'typos'"):
        cleaner.clean("teks", select=["typos"])


def test_changes_of_another_text_are_refused():
    result = cleaner.clean("Teh &amp; kopi", profile="minimal")
    assert cleaner.revert(result.text, result.changes) == result.original
    with pytest.raises(cleaner.ChangeMismatchError, match="the log belongs to another text"):
        cleaner.apply("Kopi saja", result.changes)
    with pytest.raises(KeyError, match="no change has the id 'x'"):
        result.revert(["x"])

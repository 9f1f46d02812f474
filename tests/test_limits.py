"""What is too long, too deep or malformed is refused with a message that says where and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import (
    ChangeMismatchError,
    Cleaner,
    CleanResult,
    Config,
    ConfigError,
    InputError,
    InvalidTextError,
    clean,
)
from cleaner.corpus.html import extract
from cleaner.corpus.log import Log

DEEP = 100_000


def test_a_text_that_is_too_long() -> None:
    cleaner = Cleaner(Config(max_length=20))
    assert cleaner.clean("x" * 20).text == "x" * 20
    with pytest.raises(InvalidTextError, match="the text has 21 code points, max_length allows 20"):
        cleaner.clean("x" * 21)


@pytest.mark.parametrize("value", [0, -1, 1.5, "20", True])
def test_max_length_is_a_number(value: object) -> None:
    with pytest.raises(ConfigError, match="max_length must be a number of code points"):
        Config.from_dict({"max_length": value})


def test_a_long_document_of_many_is_passed_through_and_told(run, in_tmp: Path) -> None:
    lines = [
        json.dumps({"text": text}) for text in ("Ia tidka ada.", "Ia tidka ada. " * 10, "Dia utnuk apa.")
    ]
    (in_tmp / "a.jsonl").write_text("\n".join(lines) + "\n")
    result = run("clean", "a.jsonl", "-o", "b.jsonl", "--max-length", "50")
    assert result.exit_code == 2
    assert "a.jsonl:2" in result.stderr
    assert "max_length allows 50" in result.stderr
    cleaned = (in_tmp / "b.jsonl").read_text().splitlines()
    assert cleaned[1] == lines[1]
    assert [json.loads(cleaned[i])["text"] for i in (0, 2)] == ["Ia tidak ada.", "Dia untuk apa."]


def test_settings_nested_deep(run, in_tmp: Path) -> None:
    (in_tmp / "cleaner.toml").write_text(f"select = {'[' * DEEP}{']' * DEEP}\n")
    result = run("config")
    assert result.exit_code == 2
    assert "cleaner.toml: not valid TOML" in result.stderr


HEADER = json.dumps({"schema": "cleaner.log/1"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        ("x\n", "log.jsonl:1: this is no JSON"),
        ("[1]\n", "log.jsonl:1: a log row is an object"),
        ('{"schema": "cleaner.log/2"}\n', "its first row has no schema 'cleaner.log/1'"),
        (f"{HEADER}\n" + "[" * DEEP + "]" * DEEP + "\n", "log.jsonl:2: this is no JSON"),
        (f'{HEADER}\n{{"a":' + "[" * DEEP + "\n", "log.jsonl:2: this is no JSON"),
        (f"{HEADER}\n{{}}\n", "log.jsonl:2: malformed log row: Object missing required field `doc_id`"),
        (f'{HEADER}\n{{"doc_id": "a", "file": "b", "sha256": 5}}\n', "log.jsonl:2: malformed log row"),
        (
            f'{HEADER}\n{{"doc_id": "a", "file": "b", "sha256": {{"cleaned": []}}}}\n',
            "log.jsonl:2: malformed",
        ),
    ],
)
def test_a_malformed_log_is_refused_with_its_line(content: str, message: str, in_tmp: Path) -> None:
    Path("log.jsonl").write_text(content)
    with pytest.raises(InputError) as caught, Log.open(Path("log.jsonl")):
        pass
    assert message in str(caught.value)


def test_a_log_with_made_up_changes_writes_nothing(run, in_tmp: Path) -> None:
    (in_tmp / "a.txt").write_text("Ia tidka ada.\n")
    assert run("clean", "a.txt", "-o", "b.txt", "--log", "log.jsonl").exit_code == 0
    header, row = (in_tmp / "log.jsonl").read_text().splitlines()
    for field, value in (
        ("cleaned_start", 4),
        ("cleaned_start", "3"),
        ("after", 7),
        ("before", None),
        ("start", -1),
    ):
        broken = json.loads(row)
        broken["changes"][0][field] = value
        (in_tmp / "log.jsonl").write_text(f"{header}\n{json.dumps(broken)}\n")
        result = run("revert", "log.jsonl", "b.txt", "-o", "c.txt")
        assert result.exit_code == 2, (field, value)
        assert "Traceback" not in result.stderr
        assert not (in_tmp / "c.txt").exists()


def test_a_result_from_a_malformed_dictionary() -> None:
    good = clean("Ia tidka ada.").to_dict()
    for key in good:
        with pytest.raises(ValueError):
            CleanResult.from_dict({name: value for name, value in good.items() if name != key})
    with pytest.raises(ChangeMismatchError):
        CleanResult.from_dict({**good, "text": "Ia tidak ada!"})


def test_pages_nested_deep_or_without_an_article() -> None:
    for page in ("<div>" * 50_000, "<", b"<\xff\xfe", "<p>" + "<b>" * 20_000 + "x"):
        with pytest.raises(InputError):
            extract(page)


def test_the_memory_of_judged_words_is_bounded(monkeypatch) -> None:
    """... and forgetting changes no judgement. A doubtful word takes 2 KB with its candidates."""
    from cleaner.spelling import speller

    words = [f"{a}{b}kan" for a in ("mel", "mem", "tidka", "sekola") for b in "abcdefghijklmnop"]
    texts = [f"Mereka {word} rumah di desa {word}i." for word in words] * 2
    whole = [Cleaner().clean(text).to_dict() for text in texts]
    monkeypatch.setattr(speller, "_REMEMBER_FINE", 30)
    monkeypatch.setattr(speller, "_REMEMBER_DOUBTFUL", 5)
    small = speller.Speller()
    for word in words:
        small.judge(word)
        assert len(small.fine) <= 30 and len(small._doubtful) <= 5 and len(small._older) <= 5
    cleaner = Cleaner()
    assert [cleaner.clean(text).to_dict() for text in texts] == whole


def test_a_word_that_is_met_again_and_again_is_judged_once(monkeypatch) -> None:
    from cleaner.spelling import speller

    monkeypatch.setattr(speller, "_REMEMBER_DOUBTFUL", 5)
    small = speller.Speller()
    judged: list[str] = []
    real = small._judge
    monkeypatch.setattr(small, "_judge", lambda token: (judged.append(token), real(token))[1])
    rare = [f"sekola{a}{b}kan" for a in "bcdfghjk" for b in "bcdfghjk"]
    for word in rare:
        assert small.judge("tidka").suspicions[0].word == "tidka"
        small.judge(word)
    assert judged.count("tidka") == 1
    assert len(judged) > len(small._doubtful) + len(small._older)

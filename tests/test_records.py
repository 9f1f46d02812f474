"""Records and the log: what goes in comes out, and the log gives it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus.files import decode
from cleaner.corpus.records import read_records
from cleaner.corpus.spellings import JSON, STYLES
from cleaner.errors import InputError

MINIMAL = ("--profile", "minimal")

SPACE = st.sampled_from(["", " ", "\t", "  "])
TEXT = st.text(st.characters(codec="utf-8"), max_size=8)


@st.composite
def json_strings(draw, text=TEXT):
    """A string as some writer may spell it, escapes mixed as it likes."""
    out = []
    for char in draw(text):
        plain = json.dumps(char, ensure_ascii=False)[1:-1]
        ways = [plain, json.dumps(char)[1:-1]]
        if char == "/":
            ways.append("\\/")
        if ord(char) < 0x10000:
            ways += [f"\\u{ord(char):04x}", f"\\u{ord(char):04X}"]
        out.append(draw(st.sampled_from(ways)))
    return f'"{"".join(out)}"'


def as_array(items: list[str]) -> str:
    return f"[ {' ,'.join(items)}]"


def as_object(items: list[str]) -> str:
    """With a key "text" of its own, which is not the record's."""
    return "{" + ",".join(f'"text":{v}' if n == 0 else f'"{n}" : {v}' for n, v in enumerate(items)) + "}"


NUMBERS = ["1.0e5", "-0", "12345678901234567890123", "0.10"]
VALUES = st.recursive(
    json_strings() | st.sampled_from([*NUMBERS, "null", "true", "[]"]),
    lambda inner: st.lists(inner, max_size=3).map(as_array) | st.lists(inner, max_size=2).map(as_object),
    max_leaves=5,
)


@st.composite
def lines(draw):
    """A JSON object with a text, any spelling, and the span of the text's literal in it."""
    keys = draw(st.lists(TEXT.filter(lambda key: key != "text"), max_size=4, unique=True))
    keys.insert(draw(st.integers(0, len(keys))), "text")
    line = draw(SPACE) + "{"
    for n, key in enumerate(keys):
        spelling = '"text"' if key == "text" else draw(json_strings(st.just(key)))
        value = draw(json_strings()) if key == "text" else draw(VALUES)
        line += ("," if n else "") + draw(SPACE) + spelling + draw(SPACE) + ":" + draw(SPACE)
        if key == "text":
            start, end = len(line), len(line) + len(value)
        line += value + draw(SPACE)
    return line + "}" + draw(SPACE), start, end


@given(st.lists(lines(), max_size=4), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans(), TEXT)
def test_any_spelling_survives(tmp_path_factory, drawn, newline, bom, last_newline, new):
    path = tmp_path_factory.mktemp("records") / "a.jsonl"
    data = ("\ufeff" if bom else "") + newline.join(line for line, _, _ in drawn)
    data += newline if last_newline else ""
    path.write_bytes(data.encode())
    records = list(read_records(path))
    assert b"".join(record.raw() for record in records) == data.encode()
    texts = [record for record in records if record.has_text]
    assert [record.problem for record in records] == [None] * len(records)
    assert [record.text for record in texts] == [json.loads(line)["text"] for line, _, _ in drawn]
    for record, (line, start, end) in zip(texts, drawn, strict=True):
        written = record.with_literal('"X"').decode().lstrip("\ufeff").rstrip("\r\n")
        assert written == f'{line[:start]}"X"{line[end:]}'
        assert json.loads(record.with_text(new).decode().lstrip("\ufeff"))["text"] == new


@pytest.mark.parametrize("style", JSON)
def test_a_known_style_is_kept(tmp_path, style):
    dump = STYLES[style].dump
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": {dump("a/b é")}}}', encoding="utf-8")
    (record,) = read_records(path)
    assert record.style == style
    assert record.with_text("c/d ü").decode() == f'{{"text": {dump("c/d ü")}}}'


def test_an_id_may_be_a_number_or_missing(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1.0e5, "text": ""}\n{"text": ""}\n{"id": "\\u00e9", "text": ""}\n')
    assert [record.doc_id for record in read_records(path)] == ["1.0e5", f"{path.as_posix()}:2", "é"]


def test_large_files_are_read_lazily(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n' * 3)
    records = read_records(path)
    assert next(records).line == 1
    records.close()


def test_the_offset_of_a_bad_byte_is_that_in_the_file():
    with pytest.raises(InputError, match="byte 0xFF at offset 103 is not valid UTF-8"):
        decode(b"abc\xff", "utf-8", "a", 100)


# The log


ROWS = [
    '{"id": "a", "text": "caf\\u00e9 &amp; teh"}',
    "",
    '{"id": "b", "text": "bersih"}',
    '{"id": "c", "text": "a\\/b &amp; \\u00E9 \\u0026lt; é"}',  # in nobody's style
    '{"id": "c", "text": "a\\/b &amp; c"}',  # an id that occurs twice
    '{"text": "&amp;"}',
    '{"text": "&#38;"}',  # cleaned it is the same text as the one before
    "rusak",
    '{"id": "d", "text": "&amp;"}',
    '{"id": "e", "text": "&amp;"}',  # the same id and the same cleaned text: told apart by their order
    '{"id": "e", "text": "&#38;"}',
]


@pytest.fixture
def cleaned(run, in_tmp) -> Path:
    """A folder with asal.jsonl, bersih.jsonl and log.jsonl."""
    (in_tmp / "asal.jsonl").write_bytes(("\ufeff" + "\r\n".join(ROWS)).encode())
    run("clean", "asal.jsonl", "-o", "bersih.jsonl", "--log", "log.jsonl", *MINIMAL)
    assert "&amp;" not in (in_tmp / "bersih.jsonl").read_text(encoding="utf-8")
    return in_tmp


def test_revert_gives_the_original_bytes(run, cleaned):
    result = run("revert", "log.jsonl", "bersih.jsonl", "-o", "lagi.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (cleaned / "lagi.jsonl").read_bytes() == (cleaned / "asal.jsonl").read_bytes()


PIECES = ["a", " ", "  ", "&amp;", "\r\n", "\n", "\r", "\u00a0", "é", "\ufeff"]
DIRTY = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.binary(max_size=40) | DIRTY.map(str.encode))
def test_revert_any_text_file(tmp_path_factory, data):
    from click.testing import CliRunner

    from cleaner.cli import cli

    folder = tmp_path_factory.mktemp("revert")
    one, two, log, three = (str(folder / name) for name in ("a.txt", "b.txt", "l.jsonl", "c.txt"))
    Path(one).write_bytes(data)
    runner = CliRunner()
    made = runner.invoke(cli, ["clean", one, "-o", two, "--log", log, "--isolated", *MINIMAL])
    if made.exit_code == 2:  # no text: nothing is written
        assert not Path(two).exists()
        return
    assert runner.invoke(cli, ["revert", log, two, "-o", three]).exit_code == 0
    assert Path(three).read_bytes() == data


def test_revert_only_one_change(run, cleaned):
    rows = [json.loads(line) for line in (cleaned / "log.jsonl").read_text("utf-8").splitlines()[1:]]
    wanted = rows[0]["changes"][0]["id"]
    run("revert", "log.jsonl", "bersih.jsonl", "-o", "satu.jsonl", "--id", wanted)
    now = (cleaned / "satu.jsonl").read_bytes()
    assert now == (cleaned / "bersih.jsonl").read_bytes().replace(b"caf\\u00e9 &", b"caf\\u00e9 &amp;")


def test_revert_refuses_an_unknown_change(run, cleaned):
    result = run("revert", "log.jsonl", "bersih.jsonl", "-o", "x", "--id", "0123456789ab")
    assert result.exit_code == 2
    assert "log.jsonl: no change has the id '0123456789ab'" in result.stderr


def test_revert_refuses_an_edited_text(run, cleaned):
    path = cleaned / "bersih.jsonl"
    path.write_bytes(path.read_bytes().replace(b"teh", b"kopi"))
    result = run("revert", "log.jsonl", "bersih.jsonl", "-o", "x.jsonl")
    assert result.exit_code == 2
    assert "bersih.jsonl:1: this is not the text that was cleaned as 'a'" in result.stderr
    assert not (cleaned / "x.jsonl").exists()


def test_revert_refuses_another_file(run, cleaned):
    (cleaned / "lain.jsonl").write_text('{"id": "z", "text": "lain"}\n')
    result = run("revert", "log.jsonl", "lain.jsonl", "-o", "x.jsonl")
    assert result.exit_code == 2
    assert "none of the 8 documents in log.jsonl is in the input" in result.stderr


def test_revert_tells_of_missing_documents(run, cleaned):
    path = cleaned / "bersih.jsonl"
    path.write_bytes(path.read_bytes().split(b"\r\n")[0])
    result = run("revert", "log.jsonl", "bersih.jsonl", "-o", "x.jsonl")
    assert result.exit_code == 0
    assert "7 logged documents are not in bersih.jsonl: c, c, asal.jsonl:6, ..." in result.stderr


def test_revert_refuses_a_damaged_log(run, cleaned):
    path = cleaned / "log.jsonl"
    path.write_text(path.read_text("utf-8").replace('"before":"&amp;"', '"before":"&quot;"', 1), "utf-8")
    result = run("revert", "log.jsonl", "bersih.jsonl", "-o", "x.jsonl")
    assert result.exit_code == 2
    assert "bersih.jsonl:1: taking the changes back does not give the original text" in result.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "l.jsonl: is no change log: the file is empty"),
        ('{"text": "a"}\n', "l.jsonl: is no change log: its first row has no schema 'cleaner.log/1'"),
        ("teks biasa\n", "l.jsonl:1: this is no JSON"),
        ("[]\n", "l.jsonl:1: a log row is an object, this is not"),
        ('{"schema": "cleaner.log/1"}\n{"doc_id": "a"}\n', "l.jsonl:2: malformed log row"),
    ],
)
def test_what_is_no_log_is_refused(run, in_tmp, text, message):
    (in_tmp / "l.jsonl").write_text(text)
    (in_tmp / "a.jsonl").write_text("")
    result = run("revert", "l.jsonl", "a.jsonl", "-o", "x")
    assert result.exit_code == 2
    assert message in result.stderr

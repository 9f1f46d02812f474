"""Files in and out: nothing is lost, nothing half written, and every mistake gets a clear sentence."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest

from cleaner.engine import Cleaner

DIRTY = "Teh &amp; kopi"
CLEAN = "Teh & kopi"
MINIMAL = ("--profile", "minimal")


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "frame", ["{}", "{}\n", "{}\r\n", "a\r\n{}\rb\n\n", "\n\n{}\u2028x\x85y\n", "\ufeff{}\n"]
)
def test_line_ends_and_byte_order_mark_survive(run, in_tmp, frame):
    (in_tmp / "a.txt").write_bytes(frame.format(DIRTY).encode())
    run("clean", "a.txt", "-o", "b.txt", "--select", "encoding.entity", *MINIMAL)
    assert (in_tmp / "b.txt").read_bytes() == frame.format(CLEAN).encode()


def test_another_encoding_is_read_and_written(run, in_tmp):
    (in_tmp / "a.txt").write_bytes("Café &amp; teh\r\n".encode("cp1252"))
    run("clean", "a.txt", "-o", "b.txt", "--encoding", "cp1252", *MINIMAL)
    assert (in_tmp / "b.txt").read_bytes() == "Café & teh\r\n".encode("cp1252")


def test_utf16(run, in_tmp):
    (in_tmp / "a.txt").write_bytes("Teh &amp; kopi".encode("utf-16"))
    assert "say --encoding utf-16" in run("clean", "a.txt").stderr
    run("clean", "a.txt", "-o", "b.txt", "--encoding", "utf-16", *MINIMAL)
    assert (in_tmp / "b.txt").read_bytes() == "Teh & kopi".encode("utf-16")


def test_what_the_encoding_cannot_hold_is_passed_through(run, in_tmp):
    data = "&euro; dan &#1071;".encode("latin-1")
    (in_tmp / "a.txt").write_bytes(data)
    result = run("clean", "a.txt", "-o", "b.txt", "--encoding", "latin-1", "--log", "l.jsonl", *MINIMAL)
    assert result.exit_code == 2
    assert "cannot be written as ISO8859-1; convert the file to UTF-8 first" in result.stderr
    assert (in_tmp / "b.txt").read_bytes() == data
    assert len((in_tmp / "l.jsonl").read_text().splitlines()) == 1


def test_other_fields_survive_byte_for_byte(run, in_tmp):
    row = (
        '{ "id" :12345678901234567890123,"kunci\\u0021": 1.0e5,\t"text": "Teh &amp; kopi", '
        '"sumber":"caf\\u00e9\\/", "isi": {"text" : "Teh &amp; kopi", "b":[ 1,2 ]}, "z": -0.0 }\r\n'
    )
    (in_tmp / "a.jsonl").write_bytes(b"\n" + row.encode() + b"  \n" + row.encode().rstrip())
    result = run("clean", "a.jsonl", "-o", "b.jsonl", *MINIMAL)
    assert result.exit_code == 0
    done = row.replace('"text": "Teh &amp; kopi"', '"text": "Teh & kopi"').encode()
    assert (in_tmp / "b.jsonl").read_bytes() == b"\n" + done + b"  \n" + done.rstrip()


def test_the_text_keeps_its_style_of_escapes(run, in_tmp):
    rows = ['{"text": "caf\\u00e9 &amp; teh"}', '{"text": "a\\/b &amp; é"}', '{"text": "a/b &amp; é"}']
    (in_tmp / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    run("clean", "a.jsonl", "-o", "b.jsonl", *MINIMAL)
    assert (in_tmp / "b.jsonl").read_text(encoding="utf-8") == "\n".join(rows).replace("&amp;", "&")


def test_several_files_go_to_a_folder(run, in_tmp):
    for name in ("a.txt", "b.txt"):
        (in_tmp / name).write_text(DIRTY)
    assert run("clean", "a.txt", "b.txt", "-o", "hasil/baru", *MINIMAL).exit_code == 0
    assert names(in_tmp / "hasil/baru") == ["a.txt", "b.txt"]
    assert (in_tmp / "hasil/baru/b.txt").read_text() == CLEAN


def test_in_place_keeps_mode_and_links(run, in_tmp):
    path = in_tmp / "a.txt"
    path.write_text(DIRTY)
    path.chmod(0o640)
    (in_tmp / "link.txt").symlink_to(path)
    run("clean", "link.txt", "--in-place", *MINIMAL)
    assert (in_tmp / "link.txt").is_symlink()
    assert path.read_text() == CLEAN
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_mode(run, in_tmp):
    (in_tmp / "a.txt").write_text(DIRTY)
    (in_tmp / "biasa").write_text("")
    run("clean", "a.txt", "-o", "b.txt", *MINIMAL)
    assert (in_tmp / "b.txt").stat().st_mode == (in_tmp / "biasa").stat().st_mode


def test_a_device_is_written_to_not_replaced(run, in_tmp):
    (in_tmp / "a.txt").write_text(DIRTY)
    device = Path(os.devnull)
    before = device.stat()
    assert run("clean", "a.txt", "-o", os.devnull, *MINIMAL).exit_code == 0
    after = device.stat()
    assert (after.st_mode, after.st_ino) == (before.st_mode, before.st_ino)


def test_a_run_that_breaks_leaves_nothing(run, in_tmp, monkeypatch):
    (in_tmp / "a.jsonl").write_text(f'{{"text": "{DIRTY}"}}\n' * 2)
    (in_tmp / "b.jsonl").write_text("lama")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("clean", "a.jsonl", "-o", "b.jsonl", "--log", "l.jsonl", *MINIMAL)
    assert result.exit_code == 2
    assert "b.jsonl: cannot write it: the disk is full" in result.stderr
    assert names(in_tmp) == ["a.jsonl", "b.jsonl"]
    assert (in_tmp / "b.jsonl").read_text() == "lama"


def break_on_a_word(self, text, **kwargs):
    if "rusak" in text:
        raise ZeroDivisionError("division by zero")
    return UNBROKEN(self, text, **kwargs)


UNBROKEN = Cleaner.clean


def test_a_failing_document_is_passed_through(run, in_tmp, monkeypatch):
    monkeypatch.setattr(Cleaner, "clean", break_on_a_word)
    (in_tmp / "a.jsonl").write_text('{"text": "rusak &amp;"}\n{"text": "&amp;"}\n')
    result = run("clean", "a.jsonl", *MINIMAL)
    assert result.exit_code == 2
    assert result.stdout == '{"text": "rusak &amp;"}\n{"text": "&"}\n'
    assert "a.jsonl:1: internal error: ZeroDivisionError: division by zero" in result.stderr
    assert "1 document, 1 changed, 1 change (encoding 1), 0 suggestions, 1 failed" in result.stderr


BAD_LINES = {
    "[1]": "this is an array, not an object with fields",
    "{": "this is no JSON: ",
    '{"judul": "x"}': "no field 'text'; the fields are: judul",
    '{"text": null}': "the field 'text' is null, not a string",
    '{"text": 3}': "the field 'text' is a number, not a string",
    '{"text": "a", "text": "b"}': "a field occurs twice in this object",
    '{"text": "\\ud800"}': "this is no JSON: ",
}


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_bad_line_is_told_and_passed_through(run, in_tmp, line):
    data = f'{{"text": "&amp;"}}\n{line}\n{{"text": "&amp;"}}'
    (in_tmp / "a.jsonl").write_text(data)
    result = run("clean", "a.jsonl", *MINIMAL)
    assert result.exit_code == 2
    assert result.stdout == data.replace("&amp;", "&")
    assert f"cleaner: a.jsonl:2: {BAD_LINES[line]}" in result.stderr
    assert "2 documents, 2 changed, 2 changes (encoding 2), 0 suggestions, 1 failed" in result.stderr


def test_a_bad_byte_in_a_line(run, in_tmp):
    data = b'{"text": "&amp;"}\n{"text": "caf\xe9 &amp;"}\n'
    (in_tmp / "a.jsonl").write_bytes(data)
    result = run("clean", "a.jsonl", "-o", "b.jsonl", *MINIMAL)
    assert "a.jsonl:2: byte 0xE9 at offset 31 is not valid UTF-8" in result.stderr
    assert (in_tmp / "b.jsonl").read_bytes() == data.replace(b"&amp;", b"&", 1)
    result = run("clean", "a.jsonl", "-o", "b.jsonl", "--encoding", "cp1252", *MINIMAL)
    assert result.exit_code == 0
    assert (in_tmp / "b.jsonl").read_bytes() == data.replace(b"&amp;", b"&")


def test_only_the_first_problems_of_a_file_are_told(run, in_tmp):
    (in_tmp / "a.jsonl").write_text('{"text": "a"}\n' + "x\n" * 25)
    result = run("clean", "a.jsonl", *MINIMAL)
    assert result.stderr.count("this is no JSON") == 10
    assert "a.jsonl: 15 more lines like these" in result.stderr


MESSAGES = {
    "a missing file": (["clean", "naskah.tx"], "naskah.tx: no such file; did you mean 'naskah.txt'?"),
    "a missing folder": (["clean", "x/y.txt"], "x/y.txt: no such file; the folder x does not exist either"),
    "a folder": (["clean", "data"], "data: is a folder; name the files in it, for example data/*.txt"),
    "a binary file": (["clean", "gambar.txt"], "is a binary file (NUL byte at offset 3), not text"),
    "a packed file": (["clean", "a.jsonl.gz"], "a.jsonl.gz: is gzip data; unpack it first"),
    "a wrong encoding": (
        ["clean", "latin.txt"],
        "latin.txt: byte 0xE9 at offset 9 (line 2) is not valid UTF-8; if the file has another encoding,",
    ),
    "an unknown encoding": (
        ["clean", "naskah.txt", "--encoding", "utf8x"],
        "--encoding: unknown encoding 'utf8x'; did you mean 'utf-8'?",
    ),
    "json": (["clean", "a.json"], "a.json: .json may be anything; say --format jsonl"),
    "utf-16 json lines": (
        ["clean", "a.jsonl", "--encoding", "utf-16"],
        "a.jsonl: a JSONL file must be UTF-8, not UTF-16",
    ),
    "no text field": (
        ["clean", "isi.jsonl"],
        "isi.jsonl: no field 'text'; the fields are: id, judul, isi; did you mean --text-field isi?",
    ),
    "a misspelt text field": (
        ["clean", "isi.jsonl", "--text-field", "judl"],
        "no field 'judl'; the fields are: id, judul, isi; did you mean --text-field judul?",
    ),
    "a misspelt id field": (
        ["clean", "isi.jsonl", "--text-field", "isi", "--id-field", "idd"],
        "no field 'idd'; the fields are: id, judul, isi; did you mean --id-field id?",
    ),
    "an unknown outlet": (
        ["clean", "naskah.txt", "--outlet", "kompass"],
        "outlet = 'kompass' is not known; did you mean 'kompas'?",
    ),
    "an unknown profile": (
        ["clean", "naskah.txt", "--profile", "newz"],
        "command line: profile = 'newz' is not known; did you mean 'news'?",
    ),
    "an unknown rule": (
        ["clean", "naskah.txt", "--select", "spacin"],
        "no rule or family 'spacin'; did you mean 'spacing'?",
    ),
    "several files to one": (
        ["clean", "naskah.txt", "isi.jsonl", "-o", "latin.txt"],
        "latin.txt: must be a folder for several input files",
    ),
    "two of one name": (
        ["clean", "naskah.txt", "data/naskah.txt", "-o", "hasil"],
        "naskah.txt and data/naskah.txt would both be written as naskah.txt",
    ),
    "over its own input": (
        ["clean", "naskah.txt", "-o", "naskah.txt"],
        "naskah.txt: would overwrite an input; say --in-place to do that",
    ),
    "no folder to write in": (
        ["clean", "naskah.txt", "-o", "tidak/ada.txt"],
        "tidak/ada.txt: cannot write it: the folder",
    ),
    "the log over the text": (
        ["clean", "naskah.txt", "-o", "b.txt", "--log", "b.txt"],
        "--log and the cleaned text would go to the same place",
    ),
    "both on standard output": (
        ["clean", "naskah.txt", "--log", "-"],
        "--log and the cleaned text would go to the same place",
    ),
    "the log over the input": (
        ["clean", "naskah.txt", "--log", "naskah.txt"],
        "--log would overwrite an input file",
    ),
    "two wishes": (["clean", "naskah.txt", "--in-place", "-o", "b"], "contradict each other"),
    "standard input in place": (["clean", "-", "--in-place"], "cannot be cleaned in place"),
}


@pytest.mark.parametrize("case", MESSAGES)
def test_messages(run, in_tmp, case):
    (in_tmp / "naskah.txt").write_text("Satu.\n")
    (in_tmp / "data").mkdir()
    (in_tmp / "data/naskah.txt").write_text("Dua.\n")
    (in_tmp / "gambar.txt").write_bytes(b"GIF\0\1")
    (in_tmp / "a.jsonl.gz").write_bytes(b"\x1f\x8b\x08")
    (in_tmp / "a.json").write_text("{}")
    (in_tmp / "a.jsonl").write_text('{"text": "a"}')
    (in_tmp / "latin.txt").write_bytes("Satu.\ncafé.\n".encode("latin-1"))
    (in_tmp / "isi.jsonl").write_text('{"id": 1, "judul": "Judul", "isi": "Isi berita."}\n')
    before = {path: path.read_bytes() for path in in_tmp.rglob("*") if path.is_file()}
    arguments, message = MESSAGES[case]
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in re.sub(r"\s+", " ", result.stderr)
    assert result.stdout == ""
    assert {path: path.read_bytes() for path in in_tmp.rglob("*") if path.is_file()} == before


def test_an_empty_file_is_fine(run, in_tmp):
    (in_tmp / "kosong.txt").write_bytes(b"")
    result = run("clean", "kosong.txt", "-o", "b.txt")
    assert result.exit_code == 0
    assert "kosong.txt: the file is empty" in result.stderr
    assert (in_tmp / "b.txt").read_bytes() == b""


def test_one_bad_file_does_not_stop_the_others(run, in_tmp):
    (in_tmp / "a.txt").write_bytes(b"\xff\xff")
    (in_tmp / "b.txt").write_text(DIRTY)
    result = run("clean", "a.txt", "b.txt", "-o", "hasil", *MINIMAL)
    assert result.exit_code == 2
    assert names(in_tmp / "hasil") == ["b.txt"]


def test_the_log_has_a_header_and_a_row_for_each_changed_document(run, in_tmp):
    from cleaner import __version__

    (in_tmp / "a.jsonl").write_text(
        '{"id": "x", "text": "&amp;"}\n{"id": "y", "text": "bersih"}\n{"text": "caf\\u00e9 &amp;"}\n'
    )
    run("clean", "a.jsonl", "-o", "b.jsonl", "--log", "l.jsonl", *MINIMAL)
    header, first, second = map(json.loads, (in_tmp / "l.jsonl").read_text().splitlines())
    assert (header["schema"], header["version"]) == ("cleaner.log/1", __version__)
    assert header["config"]["profile"] == "minimal"
    assert header["fingerprint"] == first["fingerprint"]
    assert (first["doc_id"], first["file"], first["line"]) == ("x", "a.jsonl", 1)
    assert [change["before"] for change in first["changes"]] == ["&amp;"]
    assert "escapes" not in first
    assert (second["doc_id"], second["line"], second["escapes"]) == ("a.jsonl:3", 3, "ascii")

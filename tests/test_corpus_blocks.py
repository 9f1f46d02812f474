"""Blocks: cut alike from anywhere, whatever the pieces; CSV rows as the csv module reads them."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus import blocks
from cleaner.corpus.blocks import Start, read_blocks
from cleaner.corpus.compression import SUFFIXES, compress, decompressed
from cleaner.corpus.csvrows import CsvRows, cells, end_of_row, unquoted
from cleaner.corpus.inputs import Input
from cleaner.corpus.reading import Reading
from cleaner.errors import InputError

LIMIT = 30  # bytes of a document
FORMS = {"jsonl": b"ab{\n\n\r", "csv": b'ab,\n\n"\r', "txt": b"ab\n"}


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "SIZE", 16)


def pieces(data: bytes, size: int):
    return iter([data[at : at + size] for at in range(0, len(data), size)])


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data(), one=st.integers(1, 40), other=st.integers(1, 200))
def test_blocks_depend_on_the_file_alone(form, data, one, other):
    letters = st.sampled_from([bytes([code]) for code in FORMS[form]])
    content = b"".join(data.draw(st.lists(letters, max_size=150)))
    content = (b"id,text\n" if form == "csv" else b"") + content
    source = Input("x", f"x.{form}", form)
    found = list(read_blocks(source, pieces(content, one), LIMIT))
    assert list(read_blocks(source, pieces(content, other), LIMIT)) == found
    assert b"".join(block.data for block in found) == content
    assert all(len(block.data) <= LIMIT + 2 * blocks.SIZE for block in found)
    if form == "txt":
        return
    for number, block in enumerate(found):
        if block.whole:  # a run may go on from here
            rest = read_blocks(source, pieces(content, other), LIMIT, Start(block.end, block.next))
            left = found[number + 1 :]
            assert left == [item for item in rest if item.data]


def test_a_line_that_is_too_long_is_handed_on_in_pieces():
    line = b"x" * 100
    found = list(read_blocks(Input("x", "x.jsonl", "jsonl"), pieces(b"a\n" + line + b"\nb\n", 7), LIMIT))
    long = [block for block in found if block.problem]
    assert b"".join(block.data for block in long) == line + b"\n"
    assert [block.told for block in long] == [True] + [False] * (len(long) - 1)
    assert {block.first for block in long} == {2}
    assert found[-1].data == b"b\n" and found[-1].first == 3 and not found[-1].problem


def test_after_a_quote_that_is_not_closed_nothing_is_cleaned():
    data = b'id,text\n1,a\n2,"' + b"b\n" * 60
    found = list(read_blocks(Input("x", "x.csv", "csv"), pieces(data, 9), LIMIT))
    assert [block.data for block in found if not block.problem] == [b"id,text\n1,a\n"]
    assert "never closed" in found[1].problem and not found[1].whole and found[-1].whole


def test_a_damaged_file_gives_what_can_be_read_and_then_the_error():
    packed = gzip.compress(b"".join(b"%x\n" % (7**n) for n in range(200)), mtime=0)[:-300]
    found = []
    with pytest.raises(InputError, match="end too early: the file was cut off"):
        found.extend(read_blocks(Input("x", "x", "lines"), decompressed(pieces(packed, 5), ".gz"), LIMIT))
    assert b"".join(block.data for block in found).startswith(b"1\n7\n31\n")


@pytest.mark.parametrize("suffix", ["", *SUFFIXES])
@given(parts=st.lists(st.binary(max_size=50), max_size=5), size=st.integers(1, 80))
def test_members_one_behind_the_other_are_one_file(suffix, parts, size):
    packed = b"".join(compress(part, suffix) for part in parts)
    assert b"".join(decompressed(pieces(packed, size), suffix)) == b"".join(parts)
    assert packed == b"".join(compress(part, suffix) for part in parts)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_broken_data_are_told(suffix):
    packed = bytearray(compress(b"Teh dan kopi. " * 2000, suffix))
    packed[len(packed) // 2] ^= 0xFF
    packed[1] ^= 0xFF
    with pytest.raises(InputError, match=r"are broken|end too early"):
        list(decompressed(pieces(bytes(packed), 50), suffix))


def test_a_gzip_file_may_be_padded_with_zeros():
    packed = gzip.compress(b"teh") + b"\0" * 600 + gzip.compress(b"kopi") + b"\0" * 10
    assert b"".join(decompressed(pieces(packed, 7), ".gz")) == b"tehkopi"


@given(st.text(st.sampled_from('ab,"\n\0\r '), max_size=20), st.sampled_from(",;\t|"))
def test_cells_are_those_of_the_csv_module(text, delimiter):
    text = text.replace("\r", "\r\n") + "\n"
    row = text.replace(",", delimiter).encode()
    end = end_of_row(row, 0, delimiter.encode())
    if end < 0:
        return
    found = [unquoted(row[a:b].decode()) for a, b in cells(row[:end], delimiter.encode())]
    expected = next(csv.reader(io.StringIO(row[:end].decode(), newline=""), delimiter=delimiter))
    assert found == (expected or [""])


def test_a_row_that_is_not_complete_is_found_fast():
    row = b'1,"' + b'a""b' * 50_000 + b"\n" + b'x""y' * 50_000
    assert end_of_row(row, 0, b",") == -1


def test_csv_columns_are_named_by_the_first_row():
    def records(data: bytes, **names: str):
        source = Input("a.csv", "a.csv", "csv")
        (block,) = read_blocks(source, iter([data]), 1000)
        return list(Reading(**names).records(block))

    blocks.SIZE = 1000
    made = records('\ufeffid;teks;k\r\n7;"a;""b""";c\r\n8;d\r\n\r\n9;e;"f\n"'.encode(), text_field="teks")
    assert [record.text for record in made if record.has_text] == ['a;"b"', "e"]
    assert [record.id for record in made] == [None, "7", None, None, "9"]
    assert made[2].problem == "this row has 2 cells, the first one 3"
    assert made[1].with_text("x").endswith(b'7;"x";c\r\n')
    assert made[4].with_text('"') == b'9;"""";"f\n"'
    with pytest.raises(InputError, match="no column 'text'; the columns are: id, texts; did you mean"):
        records(b"id,texts\n1,a\n")
    with pytest.raises(InputError, match="is there twice"):
        records(b"text,text\n1,a\n")


def test_a_column_of_its_own_may_become_empty():
    rows = CsvRows("a.csv", "utf-8", "text", None, None, b"text\n")
    record = rows.parse(2, b"\n")
    assert record.has_text and record.text == "" and record.with_text("a") == b"a\n"

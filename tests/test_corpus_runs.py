"""Corpus runs of every format, from the command line: what they write, and what it is good for."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import re
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.cli import cli
from cleaner.config import Config
from cleaner.corpus.compression import SUFFIXES, compress, decompressed
from cleaner.corpus.inputs import find_inputs
from cleaner.corpus.job import Job
from cleaner.corpus.reading import Reading
from cleaner.corpus.run import CorpusRun
from cleaner.corpus.sidefiles import SIDE_FILES
from cleaner.corpus.target import Target
from cleaner.engine import Cleaner
from cleaner.parallel import Died, ordered

MINIMAL = ("--profile", "minimal", "--isolated")
DIRTY = "Teh  &amp; kopi , kata Rina .\nHarga cabai naik."
CLEAN = "Teh & kopi, kata Rina.\nHarga cabai naik."
LINES = (
    b'{"id": "a", "n": 12345678901234567890123, "x": 1.0e5, '
    b'"text": "Teh  &amp; kopi , kata Rina .", "z": [1 ]}\n'
    b"\n"
    b'{"text":"Harga cabai naik.","id":"b"}\r\n'
    b'{"id": "c", "text": "caf\\u00e9  ramai"}'
)
CLEAN_LINES = (
    b'{"id": "a", "n": 12345678901234567890123, "x": 1.0e5, "text": "Teh & kopi, kata Rina.", "z": [1 ]}\n'
    b"\n"
    b'{"text":"Harga cabai naik.","id":"b"}\r\n'
    b'{"id": "c", "text": "caf\\u00e9 ramai"}'
)


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # the work folder of remote runs
    return tmp_path


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr("cleaner.corpus.blocks.SIZE", 40_000)


def cleaner(*words: object, code: int = 0) -> Result:
    """The command; it must end with this exit code."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result


def corpus(*words: object, code: int = 0, workers: int = 1) -> Result:
    return cleaner("corpus", *words, "-j", workers, *MINIMAL, code=code)


def rows(path: str) -> list[dict[str, object]]:
    suffix = Path(path).suffix if Path(path).suffix in SUFFIXES else ""
    data = b"".join(decompressed(iter([Path(path).read_bytes()]), suffix))
    return [json.loads(line) for line in data.splitlines()]


def check_all(out: str, originals: dict[str, bytes]) -> None:
    """verify finds nothing, and revert gives the originals back, unpacked where they are compressed."""
    assert "all fit" in cleaner("verify", out).stderr
    cleaner("revert", out, "-o", "back")
    found = {path.relative_to("back").as_posix() for path in Path("back").rglob("*") if path.is_file()}
    assert found == set(originals)
    for name, data in originals.items():
        suffix = Path(name).suffix if Path(name).suffix in SUFFIXES else ""
        assert b"".join(decompressed(iter([Path("back", name).read_bytes()]), suffix)) == data


@pytest.mark.parametrize("suffix", ["", *SUFFIXES])
def test_jsonl(suffix):
    Path(f"a.jsonl{suffix}").write_bytes(compress(LINES, suffix))
    corpus(f"a.jsonl{suffix}", "-o", "out")
    written = Path(f"out/a.jsonl{suffix}").read_bytes()
    assert b"".join(decompressed(iter([written]), suffix)) == CLEAN_LINES
    head, *documents = rows("out/changes.jsonl.zst")
    assert head["schema"] == "cleaner.log/1"
    assert [row["doc_id"] for row in documents] == ["a", "c"]
    run = json.loads(Path("out/run.json").read_bytes())
    assert run["schema"] == "cleaner.run/1" and run["documents"] == 3 and run["rejected"] == 0
    (item,) = run["inputs"]
    assert item["sha256"] == hashlib.sha256(Path(f"a.jsonl{suffix}").read_bytes()).hexdigest()
    assert item["output"]["sha256"] == hashlib.sha256(written).hexdigest()
    assert Path("out/rejected.jsonl").read_bytes() == b""
    assert not Path("out/.cleaner").exists()
    check_all("out", {f"a.jsonl{suffix}": LINES})


def test_csv():
    data = b'\xef\xbb\xbfid,text,n\r\n1,"Teh  dan ""kopi""",0012\r\n2,Cabai  naik,"x,y"\r\n3,Biasa saja,\r\n'
    Path("a.csv").write_bytes(data)
    corpus("a.csv", "-o", "out")
    assert Path("out/a.csv").read_bytes() == data.replace(b"Teh  dan", b"Teh dan").replace(
        b"Cabai  naik", b"Cabai naik"
    )
    check_all("out", {"a.csv": data})


def test_a_table_keeps_its_columns_and_types():
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    table = pa.table(
        {
            "n": pa.array([1, None, 3], pa.int16()),
            "text": pa.array([DIRTY, None, "Biasa saja."], pa.large_string()),
            "tags": pa.array([["a"], [], None], pa.list_(pa.string())),
        }
    )
    pq.write_table(table, "a.parquet")
    corpus("a.parquet", "-o", "out")
    found = pq.read_table("out/a.parquet")
    assert found.schema.equals(table.schema)
    assert found.drop_columns("text").equals(table.drop_columns("text"))
    assert found["text"].to_pylist() == [CLEAN, None, "Biasa saja."]
    assert "all fit" in cleaner("verify", "out").stderr
    cleaner("revert", "out", "-o", "back")
    assert pq.read_table("back/a.parquet").equals(table)


def test_a_folder_keeps_its_tree():
    Path("in/sub").mkdir(parents=True)
    Path("in/a.txt").write_bytes(b"\xef\xbb\xbf" + DIRTY.encode())
    Path("in/sub/b.txt").write_bytes(b"Biasa saja.")
    Path("in/sub/empty.txt").write_bytes(b"")
    Path("in/picture.png").write_bytes(b"\x89PNG")
    corpus("in", "-o", "out")
    names = {path.relative_to("out").as_posix() for path in Path("out").rglob("*") if path.is_file()}
    assert names == {"a.txt", "sub/b.txt", "sub/empty.txt", *SIDE_FILES}
    assert Path("out/a.txt").read_bytes() == b"\xef\xbb\xbf" + CLEAN.encode()
    originals = {name: Path("in", name).read_bytes() for name in ("a.txt", "sub/b.txt", "sub/empty.txt")}
    check_all("out", originals)


def test_lines_are_documents():
    Path("a.txt").write_bytes(b"Teh  dan kopi\r\n\nCabai  naik")
    corpus("a.txt", "-o", "out", "--format", "lines")
    assert Path("out/a.txt").read_bytes() == b"Teh dan kopi\r\n\nCabai naik"
    check_all("out", {"a.txt": Path("a.txt").read_bytes()})


@pytest.mark.parametrize("to", ["jsonl", "jsonl.zst", "jsonl.gz", "parquet"])
def test_another_format(to):
    Path("in").mkdir()
    Path("in/a.jsonl").write_bytes(LINES)
    Path("in/b.csv").write_bytes(b"id,text,k\n7,Teh  dan kopi,9\n")
    Path("in/c.txt").write_bytes(DIRTY.encode())
    corpus("in", "-o", "out", "--to", to)
    found = []
    for name in ("a", "b", "documents"):
        if to == "parquet":
            pq = pytest.importorskip("pyarrow.parquet")
            found += pq.read_table(f"out/{name}.parquet").to_pylist()
        else:
            data = b"".join(decompressed(iter([Path(f"out/{name}.{to}").read_bytes()]), Path(to).suffix))
            found += [json.loads(line) for line in data.splitlines() if line.strip()]
    assert [row["id"] for row in found] == ["a", "b", "c", "7", "c.txt"]
    assert [row["text"] for row in found] == [
        "Teh & kopi, kata Rina.", "Harga cabai naik.", "caf\xe9 ramai", "Teh dan kopi", CLEAN,
    ]  # fmt: skip
    assert found[3]["k"] == "9"
    assert "all fit" in cleaner("verify", "out").stderr


def test_standard_input_and_output():
    result = CliRunner().invoke(
        cli,
        [
            "corpus",
            "-",
            "-o",
            "-",
            "--format",
            "jsonl",
            "-j",
            "1",
            "--profile",
            "minimal",
            "--isolated",
            "-q",
        ],
        input=LINES,
    )
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes == CLEAN_LINES


def test_standard_output_cannot_take_everything():
    Path("a.jsonl").write_bytes(LINES)
    assert "say --to jsonl" in corpus("a.jsonl", "-o", "-", "--to", "parquet", code=2).stderr
    assert "cannot go on" in corpus("a.jsonl", "-o", "-", "--resume", code=2).stderr


def test_a_run_to_an_address_goes_on(small_blocks):
    pytest.importorskip("fsspec")
    import fsspec

    Path("a.jsonl").write_bytes(many(2_000))
    Path("b.jsonl").write_bytes(LINES)
    address = f"memory://{uuid.uuid4().hex}"
    run = CorpusRun(Job(minimal(), Reading()), find_inputs(["a.jsonl", "b.jsonl"]), Target(address))
    run.checkpoint = 0
    run.on_progress = lambda stats, _: run.stop() if stats.documents > 700 else None
    assert run.run() is False
    corpus("a.jsonl", "b.jsonl", "-o", address, "--resume")
    corpus("a.jsonl", "b.jsonl", "-o", "whole")
    for name in ("a.jsonl", "b.jsonl", "changes.jsonl.zst"):
        with fsspec.open(f"{address}/{name}", "rb") as stream:
            assert stream.read() == Path("whole", name).read_bytes()
    assert not list(Path("cache").rglob("*.jsonl*"))


def test_addresses():
    pytest.importorskip("fsspec")
    import fsspec

    root = f"memory://{uuid.uuid4().hex}"
    with fsspec.open(f"{root}/in/sub/a.jsonl.gz", "wb") as out:
        out.write(gzip.compress(LINES))
    corpus(f"{root}/in", "-o", f"{root}/out")
    with fsspec.open(f"{root}/out/sub/a.jsonl.gz", "rb") as stream:
        assert gzip.decompress(stream.read()) == CLEAN_LINES
    assert "all fit" in cleaner("verify", f"{root}/out").stderr
    cleaner("revert", f"{root}/out", "-o", "back")
    assert gzip.decompress(Path("back/sub/a.jsonl.gz").read_bytes()) == LINES


def test_a_file_address_is_a_folder(small_blocks, place):
    Path("a.jsonl").write_bytes(many(2_000))
    address = f"{place.as_uri()}/out"
    run = CorpusRun(Job(minimal(), Reading()), find_inputs(["a.jsonl"]), Target(address))
    run.checkpoint = 0
    run.on_progress = lambda stats, _: run.stop() if stats.documents > 700 else None
    assert run.run() is False
    assert Path("out/.cleaner/state.json").exists()  # in the folder: to give a file its place is a rename
    corpus("a.jsonl", "-o", address, "--resume")
    corpus("a.jsonl", "-o", "whole")
    assert Path("out/a.jsonl").read_bytes() == Path("whole/a.jsonl").read_bytes()
    assert "all fit" in cleaner("verify", address).stderr
    cleaner("revert", address, "-o", "back")
    assert Path("back/a.jsonl").read_bytes() == many(2_000)


@pytest.fixture
def store(place):
    """File systems of other protocols that write into folders here, and say what was asked of them."""
    pytest.importorskip("fsspec")
    from fsspec import register_implementation
    from fsspec.implementations.local import LocalFileSystem

    asked: list[tuple[str, str]] = []

    class Far(LocalFileSystem):
        protocol = ("farfiles", "oss")

        def put_file(self, lpath, rpath, **options):
            name = Path(rpath).name
            asked.append(("put", name))
            if name.endswith("b.jsonl.part") and asked.count(("put", name)) < 2:
                Path(rpath).write_bytes(b"half")
                raise OSError("the line was cut")
            super().put_file(lpath, rpath, **options)

        def mv(self, path1, path2, **options):
            if Path(path2).exists():
                raise FileExistsError(path2)
            asked.append(("mv", Path(path2).name))
            super().mv(path1, path2, **options)

    for protocol in Far.protocol:
        register_implementation(protocol, Far, clobber=True)
    return asked


def test_an_upload_has_another_name_until_it_is_whole(store, place):
    Path("a.jsonl").write_bytes(LINES)
    Path("b.jsonl").write_bytes(LINES)
    address = f"farfiles://{place}/far"
    done = corpus("a.jsonl", "b.jsonl", "-o", address, code=2)
    assert "the line was cut" in done.stderr and "--resume" in done.stderr
    assert sorted(path.name for path in Path("far").iterdir()) in ([], ["a.jsonl"])
    corpus("a.jsonl", "b.jsonl", "-o", address, "--resume")
    found = sorted(path.name for path in Path("far").iterdir())
    assert found == sorted(["a.jsonl", "b.jsonl", *SIDE_FILES])
    assert store.index(("put", ".a.jsonl.part")) < store.index(("mv", "a.jsonl"))
    assert store[-2:] == [("put", ".run.json.part"), ("mv", "run.json")]
    corpus("a.jsonl", "b.jsonl", "-o", address, "--overwrite")
    assert "all fit" in cleaner("verify", address).stderr


def test_an_object_store_shows_only_what_is_whole(store, place):
    """... so it is not asked to rename, which there is to copy."""
    Path("a.jsonl").write_bytes(LINES)
    corpus("a.jsonl", "-o", f"oss://{place}/far")
    assert {what for what, _ in store} == {"put"}
    assert Path("far/a.jsonl").read_bytes() == CLEAN_LINES


def many(count: int) -> bytes:
    return "".join(
        json.dumps({"id": n, "text": f"Teh  &amp; kopi nomor {n} . " * (1 + n % 9)}) + "\n"
        for n in range(count)
    ).encode()


def test_the_number_of_processes_does_not_matter(small_blocks):
    Path("a.jsonl").write_bytes(many(2_000))
    Path("b.jsonl.gz").write_bytes(gzip.compress(many(500)))
    corpus("a.jsonl", "b.jsonl.gz", "-o", "one")
    corpus("a.jsonl", "b.jsonl.gz", "-o", "two", workers=2)
    for name in ("a.jsonl", "b.jsonl.gz", "changes.jsonl.zst", "rejected.jsonl"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()
    numbers = [json.loads(Path(out, "stats.json").read_bytes()) for out in ("one", "two")]
    for stats in numbers:
        del stats["seconds"], stats["slowest"]
    assert numbers[0] == numbers[1]
    assert numbers[0]["documents"] == 2_500 and numbers[0]["duplicate_ids"] == 500


def minimal(**more: object) -> Cleaner:
    return Cleaner(Config(profile="minimal", **more))


def stopped_run(name: str = "a.jsonl", out: str = "out") -> None:
    """A run that stops after a few blocks, like one that is interrupted, with `corpus`'s settings."""
    run = CorpusRun(Job(minimal(), Reading()), find_inputs([name]), Target(out), checkpoint=0)
    run.on_progress = lambda stats, _: run.stop() if stats.documents > 700 else None
    assert run.run() is False


def test_resume_refuses_what_changed(small_blocks):
    Path("a.jsonl").write_bytes(many(2_000))
    stopped_run()
    assert "resume" in corpus("a.jsonl", "-o", "out", code=2).stderr
    told = corpus("a.jsonl", "-o", "out", "--resume", "--strength", "recall", code=2).stderr
    assert "setting strength: was 'balanced', is 'recall'" in told
    told = corpus("a.jsonl", "-o", "out", "--resume", "--text-field", "isi", code=2).stderr
    assert "option text_field: was 'text', is 'isi'" in told
    Path("b.jsonl").write_bytes(LINES)
    assert (
        "b.jsonl: is an input and was not before"
        in corpus("a.jsonl", "b.jsonl", "-o", "out", "--resume", code=2).stderr
    )
    before = Path("a.jsonl").stat()
    Path("a.jsonl").write_bytes(many(2_000) + b"\n")
    assert "a.jsonl: had" in corpus("a.jsonl", "-o", "out", "--resume", code=2).stderr
    # Changed within, with the same size and time: the hash of what was read tells.
    data = many(2_000)
    Path("a.jsonl").write_bytes(data.replace(b"nomor 5 ", b"nomor 6 ", 1))
    os.utime("a.jsonl", ns=(before.st_atime_ns, before.st_mtime_ns))
    told = corpus("a.jsonl", "-o", "out", "--resume", code=2).stderr
    assert "its beginning is not what was read before the stop" in told
    Path("a.jsonl").write_bytes(data)
    os.utime("a.jsonl", ns=(before.st_atime_ns, before.st_mtime_ns))
    corpus("a.jsonl", "-o", "out", "--resume")
    corpus("a.jsonl", "-o", "whole")
    for name in ("a.jsonl", "changes.jsonl.zst"):
        assert Path("out", name).read_bytes() == Path("whole", name).read_bytes()
    assert "nothing to do" in corpus("a.jsonl", "-o", "out", "--resume").stderr
    assert "is not empty" in corpus("a.jsonl", "-o", "out", code=2).stderr


def test_resume_refuses_another_vocabulary():
    Path("words.txt").write_text("+\tbecsama\n")
    before = Job(minimal(vocabulary=("words.txt",)), Reading()).plan([])
    Path("words.txt").write_text("+\tbecsama\n+\twesnore\n")
    after = Job(minimal(vocabulary=("words.txt",)), Reading()).plan([])
    assert [key for key in before if before[key] != after[key]] == ["setting vocabulary"]


def test_resume_refuses_other_corrections():
    Path("perbaikan.tsv").write_text("becsama\tbersama\n")
    before = Job(minimal(corrections=("perbaikan.tsv",)), Reading()).plan([])
    Path("perbaikan.tsv").write_text("becsama\tbesama\n")
    after = Job(minimal(corrections=("perbaikan.tsv",)), Reading()).plan([])
    assert [key for key in before if before[key] != after[key]] == ["corrections"]


def test_an_engine_of_ones_own():
    Path("a.jsonl").write_bytes(LINES)
    used = []

    def engine(work, jobs, workers, stop):
        used.append(workers)
        yield from ordered(work, jobs, 1, stop)

    run = CorpusRun(Job(minimal(), Reading()), find_inputs(["a.jsonl"]), Target("out"), 7, engine=engine)
    assert run.run() and used == [7]
    assert Path("out/a.jsonl").read_bytes() == CLEAN_LINES


@pytest.mark.parametrize("to", [None, "jsonl"])
def test_a_block_that_ends_every_worker_is_put_aside(to, small_blocks):
    data = many(700)
    Path("a.jsonl").write_bytes(data)

    def engine(work, jobs, workers, stop):
        for number, block in enumerate(jobs):
            yield block, Died(-9) if number == 1 else work(block)

    run = CorpusRun(Job(minimal(), Reading(), to=to), find_inputs(["a.jsonl"]), Target("out"), engine=engine)
    assert run.run()
    (row,) = rows("out/rejected.jsonl")
    first, last = map(int, re.search(r"lines (\d+) to (\d+) cannot be cleaned", row["reason"]).groups())
    assert "it ended 3 workers (SIGKILL); most often that is too little memory" in row["reason"]
    assert row["line"] == first > 1
    before, after = data.splitlines(), Path("out/a.jsonl").read_bytes().splitlines()
    assert len(before) == len(after)
    same = [number for number, (one, other) in enumerate(zip(before, after, strict=True), 1) if one == other]
    assert same == list(range(first, last + 1))
    assert "all fit" in cleaner("verify", "out").stderr


def test_texts_in_other_languages_stay():
    pytest.importorskip("py3langid")
    english = "The government said on  Tuesday that the price of rice would not rise this year."
    indonesian = "Pemerintah mengatakan pada hari Selasa bahwa harga  beras tidak akan naik tahun ini."
    Path("a.txt").write_text(f"{english}\n{indonesian}\n")
    told = corpus("a.txt", "-o", "out", "--format", "lines", "--only-language", "id").stderr
    assert "1 documents in other languages passed through" in told
    assert Path("out/a.txt").read_text() == f"{english}\n{indonesian.replace('  ', ' ')}\n"
    assert "all fit" in cleaner("verify", "out").stderr


def test_web_pages_give_their_article():
    pytest.importorskip("trafilatura")
    paragraph = "<p>Warga Kampung Melati  membeli teh &amp;amp; kopi di pasar pada hari Minggu pagi.</p>"
    Path("in").mkdir()
    Path("in/a.html").write_text(f"<html><body><article>{paragraph * 6}</article></body></html>")
    Path("in/b.html").write_text("")
    corpus("in", "-o", "out", code=2)
    assert "teh & kopi" in Path("out/a.txt").read_text()
    assert [row["doc_id"] for row in rows("out/rejected.jsonl")] == ["b.html"]
    assert "all fit" in cleaner("verify", "out").stderr
    Path("out/b.txt").write_text("x")
    assert "b.html: has a text in the output" in cleaner("verify", "out", code=1).stderr


def test_texts_of_another_format_come_back():
    Path("in").mkdir()
    Path("in/a.jsonl").write_bytes(LINES)
    Path("in/c.txt").write_bytes(DIRTY.encode())
    corpus("in", "-o", "out", "--to", "jsonl.zst")
    cleaner("revert", "out", "-o", "back")
    assert [row["text"] for row in rows("back/documents.jsonl.zst")] == [DIRTY]
    data = b"".join(decompressed(iter([Path("back/a.jsonl.zst").read_bytes()]), ".zst"))
    assert data.splitlines() == LINES.splitlines()


BROKEN = (
    b'{"id": "a", "text": "Teh  dan kopi"}\n'
    b"no json\n"
    b'{"id": "b", "isi": "x"}\n'
    b'{"id": "c", "text": 7}\n'
    b'{"id": "d", "text": "\xff"}\n'
    b'{"id": "a", "text": "Cabai  naik"}\n'
)


def test_what_cannot_be_cleaned_is_named_and_stays():
    Path("a.jsonl").write_bytes(BROKEN)
    told = corpus("a.jsonl", "-o", "out", code=2).stderr
    assert "4 could not be cleaned" in told and "1 documents have an id that was there before" in told
    expected = BROKEN.replace(b"Teh  dan", b"Teh dan").replace(b"Cabai  naik", b"Cabai naik")
    assert Path("out/a.jsonl").read_bytes() == expected
    rejected = rows("out/rejected.jsonl")
    assert [row["line"] for row in rejected] == [2, 3, 4, 5]
    assert all(row["reason"] for row in rejected)
    run = json.loads(Path("out/run.json").read_bytes())
    assert run["duplicate_ids"] == {"documents": 1, "first": ["a.jsonl:6 has the id of a.jsonl:1"]}
    check_all("out", {"a.jsonl": BROKEN})


def test_too_many_errors_stop_the_run_and_it_can_go_on():
    Path("a.jsonl").write_bytes(BROKEN)
    told = corpus("a.jsonl", "-o", "out", "--max-errors", 3, code=2).stderr
    assert "more than --max-errors 3" in told and "--resume" in told
    assert not Path("out/run.json").exists()
    corpus("a.jsonl", "-o", "out", "--max-errors", 4, "--resume", code=2)
    assert json.loads(Path("out/run.json").read_bytes())["rejected"] == 4


def test_a_damaged_file_is_named_and_the_others_are_cleaned():
    Path("a.jsonl.gz").write_bytes(gzip.compress(many(4_000))[:-2000])
    Path("b.jsonl").write_bytes(LINES)
    told = corpus("a.jsonl.gz", "b.jsonl", "-o", "out", code=2).stderr
    assert "could not be cleaned" in told
    assert Path("out/b.jsonl").read_bytes() == CLEAN_LINES
    assert any("cut off" in str(row["reason"]) for row in rows("out/rejected.jsonl"))
    assert gzip.decompress(Path("out/a.jsonl.gz").read_bytes()).startswith(b'{"id": 0, "text": "Teh & kopi')


def test_a_wrong_field_stops_at_once():
    Path("a.jsonl").write_bytes(LINES)
    assert "isi" in corpus("a.jsonl", "-o", "out", "--text-field", "isi", code=2).stderr
    assert not Path("out/a.jsonl").exists()


def test_verify_names_what_was_altered():
    Path("a.jsonl").write_bytes(LINES + b"\n")
    Path("b.jsonl").write_bytes(LINES + b"\n")
    corpus("a.jsonl", "b.jsonl", "-o", "out")
    good = Path("out/a.jsonl").read_bytes()
    for altered, told in [
        (good.replace(b"Rina", b"Rini"), "a.jsonl:1"),
        (good.replace(b"cabai", b"cabe"), "a.jsonl:3"),
        (good.replace(b"1.0e5", b"100000"), "a.jsonl:1: something beside the text differs"),
        (good[: good.rindex(b"{")], "a.jsonl:4: is missing in the output"),
        (good + b'{"text": "x"}', "has more documents than the input"),
    ]:
        Path("out/a.jsonl").write_bytes(altered)
        found = cleaner("verify", "out", code=1).stderr
        assert told in found, found
        assert "b.jsonl" not in found
    Path("out/a.jsonl").write_bytes(good)
    Path("b.jsonl").write_bytes(LINES.replace(b"Rina", b"Rini"))
    assert "b.jsonl:1: the input is not the text that was cleaned" in cleaner("verify", "out", code=1).stderr


def test_revert_refuses_an_altered_output_and_a_full_folder():
    Path("a.jsonl").write_bytes(LINES)
    corpus("a.jsonl", "-o", "out")
    Path("full").mkdir()
    Path("full/x").write_text("x")
    assert "is not an empty folder" in cleaner("revert", "out", "-o", "full", code=2).stderr
    data = Path("out/a.jsonl").read_bytes()
    Path("out/a.jsonl").write_bytes(data.replace(b"Rina", b"Rini"))
    assert "Traceback" not in cleaner("revert", "out", "-o", "back", code=2).stderr


def test_stats_and_the_page():
    text = json.dumps({"id": "<b>x", "text": "<script>alert(1)</script>  Teh &amp; kopi ."})
    Path("a.jsonl").write_bytes(LINES + b"\n" + text.encode() + b"\n")
    corpus("a.jsonl", "-o", "out")
    shown = cleaner("stats", "out").stdout
    assert "documents                       4" in shown and "spacing." in shown
    numbers = json.loads(cleaner("stats", "out", "--json").stdout)
    assert numbers["schema"] == "cleaner.stats/1" and numbers["documents"] == 4
    assert numbers["changes"] == sum(rule["changes"] for rule in numbers["rules"].values())
    assert sum(numbers["confidences"]) == numbers["changes"] and sum(numbers["rates"]) == 4
    of_log = json.loads(cleaner("stats", "out/changes.jsonl.zst", "--json").stdout)
    assert of_log["only_logged"] and of_log["documents"] == 3
    assert of_log["changes"] == numbers["changes"] and of_log["rules"] == numbers["rules"]
    page = Path("out/report.html").read_text()
    assert "<svg" in page and "<script" not in page and "http://" not in page and "https://" not in page
    assert "&lt;b&gt;x" in page
    cleaner("stats", "out/changes.jsonl.zst", "--html", "log.html")
    assert "made from a change log alone" in Path("log.html").read_text()


def test_a_sample_is_drawn_judged_and_estimated():
    Path("a.jsonl").write_bytes(many(300))
    corpus("a.jsonl", "-o", "out")
    cleaner("sample", "out", "-n", 30, "-o", "sample.csv")
    again = cleaner("sample", "out", "-n", 30).stdout_bytes
    assert Path("sample.csv").read_bytes() == again
    drawn = list(csv.DictReader(io.StringIO(again.decode("utf-8-sig"), newline="")))
    assert len(drawn) == 30 and {"nomor" in row["left"] + row["right"] for row in drawn} == {True}
    strata = {row["stratum"]: int(row["changes_in_stratum"]) for row in drawn}
    stats = json.loads(Path("out/stats.json").read_bytes())
    assert strata == {name: rule["changes"] for name, rule in stats["rules"].items() if rule["changes"]}
    assert "nothing is judged yet" in cleaner("sample", "--estimate", "sample.csv", code=2).stderr
    for number, row in enumerate(drawn):
        row["verdict"] = "n" if number == 0 else "y"
    with Path("judged.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, list(drawn[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(drawn)
    told = cleaner("sample", "--estimate", "judged.csv").stdout
    assert "all of these" in told and "95 % interval" in told
    drawn[0]["verdict"] = "maybe"
    with Path("judged.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, list(drawn[0]))
        writer.writeheader()
        writer.writerows(drawn)
    assert "neither" in cleaner("sample", "--estimate", "judged.csv", code=2).stderr


TEXT = st.text(st.sampled_from('ab .,"\n\r\t&;<ÃÂ©\u200b'), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, max_size=6), escaped=st.booleans())
def test_any_corpus_comes_back(texts, escaped, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    data = "\n".join(json.dumps({"text": text, "n": n}, ensure_ascii=escaped) for n, text in enumerate(texts))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["text", "n"])
    writer.writerows([text, n] for n, text in enumerate(texts))
    (folder / "in").mkdir()
    (folder / "in/a.jsonl").write_bytes(data.encode())
    (folder / "in/b.csv").write_bytes(out.getvalue().encode())
    CorpusRun(Job(minimal(), Reading()), find_inputs([str(folder / "in")]), Target(str(folder / "out"))).run()
    assert "all fit" in cleaner("verify", folder / "out").stderr
    cleaner("revert", folder / "out", "-o", folder / "back")
    for name in ("a.jsonl", "b.csv"):
        assert (folder / "back" / name).read_bytes() == (folder / "in" / name).read_bytes()

"""Shards: the same bytes as blocks, whoever reads them; pieces that are there are used, others swept."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cleaner.cli import cli
from cleaner.config import Config
from cleaner.corpus import sharded, shards
from cleaner.corpus.blocks import read_blocks
from cleaner.corpus.compression import compress
from cleaner.corpus.inputs import find_inputs
from cleaner.corpus.job import Job
from cleaner.corpus.reading import ChangedError, Reading
from cleaner.corpus.run import CorpusRun
from cleaner.corpus.sharded import ShardedRun
from cleaner.corpus.shards import Part, Survey
from cleaner.corpus.target import Target
from cleaner.corpus.worker import BlockCleaner
from cleaner.engine import Cleaner
from cleaner.errors import InputError
from cleaner.parallel import Died, ordered

LIMIT = 60_000


@pytest.fixture(autouse=True, scope="module")
def small():
    """Small blocks, and shards of three of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.corpus.blocks.SIZE", 10_000)
        patch.setattr(sharded, "LONGEST", 30_000)
        patch.setattr(sharded, "SHARES", 1)
        yield


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def rows(count: int, start: int = 0) -> list[dict[str, object]]:
    rest = " Warga desa pergi ke pasar."
    return [
        {"id": f"d{n}", "text": f"Teh &amp; kopi nomor {n}." + rest * (3 + 3 * (n % 9))}
        for n in range(start, start + count)
    ]


def lines(count: int, start: int = 0) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows(count, start)).encode()


def folder_of_everything(root: Path) -> None:
    """Each format, whole and damaged."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    (root / "teks").mkdir(parents=True)
    long = json.dumps({"text": "x" * 3 * LIMIT}).encode() + b"\n"
    (root / "a.jsonl").write_bytes(lines(220) + b"{rusak\n" + long + lines(130, 700))
    (root / "b.jsonl.gz").write_bytes(gzip.compress(lines(150), mtime=0))
    (root / "c.jsonl.zst").write_bytes(compress(lines(90, 900), ".zst"))
    (root / "d.jsonl.gz").write_bytes(gzip.compress(lines(300), mtime=0)[:-500])
    table = io.StringIO()
    writer = csv.DictWriter(table, ["id", "text"])
    writer.writeheader()
    writer.writerows({**row, "text": f'{row["text"]}\n"kutipan"'} for row in rows(220, 2000))
    (root / "e.csv").write_text(table.getvalue(), newline="")
    (root / "f.csv").write_text(
        table.getvalue()[:50_000] + '\nx,"tidak ditutup' + table.getvalue(), newline=""
    )
    pq.write_table(
        pa.Table.from_pylist(rows(900)), root / "g.parquet", row_group_size=100, compression="none"
    )
    data = bytearray((root / "g.parquet").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 500] = bytes(500)
    (root / "h.parquet").write_bytes(data)
    (root / "i.parquet").write_bytes(bytes(40_000))
    (root / "j.jsonl").write_bytes(b"")
    for number, row in enumerate(rows(60)):
        (root / f"teks/{number}.txt").write_text(str(row["text"]))


@pytest.fixture(scope="module")
def all_formats(tmp_path_factory, small):
    """A folder of everything, and what a run in blocks makes of it."""
    root = tmp_path_factory.mktemp("semua")
    folder_of_everything(root / "in")
    assert run_of(CorpusRun, [str(root / "in")], str(root / "satu")).run()
    return str(root / "in"), everything(str(root / "satu"))


def run_of(kind: type[CorpusRun], names: list[str], out: str, to: str | None = None, **more) -> CorpusRun:
    job = Job(Cleaner(Config(profile="minimal")), Reading(), to=to, limit=LIMIT)
    return kind(job, find_inputs(names), Target(out), **more)


def everything(out: str) -> dict[str, object]:
    """All that a run wrote, without times."""
    found: dict[str, object] = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in Path(out).rglob("*")
        if path.is_file() and path.name not in ("run.json", "stats.json", "report.html")
    }
    run, stats = (json.loads(Path(out, name).read_bytes()) for name in ("run.json", "stats.json"))
    del stats["seconds"], stats["slowest"]
    return {**found, "stats": stats, **{key: run[key] for key in ("inputs", "documents", "rejected")}}


def test_the_same_as_in_blocks(all_formats):
    name, want = all_formats
    pieces = run_of(ShardedRun, [name], "dua")
    handed: list[shards.Shard] = []

    def engine(work, jobs, workers, stop):
        for job, result in ordered(work, jobs, 1, stop):
            handed.extend([job] if isinstance(work, shards.ShardWork) else [])
            yield job, result

    pieces.engine = engine
    assert pieces.run()
    assert everything("dua") == want
    assert pieces.bytes_read == sum(source.size for source in pieces.inputs)
    parts = [part.source.name for shard in handed for part in shard if part.end is not None]
    assert min(parts.count(name) for name in ("a.jsonl", "e.csv", "g.parquet")) >= 3, parts
    assert max(len(shard) for shard in handed) > 10, "small texts should go together"


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@given(data=st.data(), size=st.integers(1, 90))
def test_parts_hold_the_blocks_of_the_file(form, data, size, tmp_path_factory):
    letters = st.sampled_from({"jsonl": "ab{\n\n\r", "csv": 'ab,\n\n"\r'}[form])
    content = "".join(data.draw(st.lists(letters, max_size=150))).encode()
    content = (b"id,text\n" if form == "csv" else b"") + content
    path = tmp_path_factory.mktemp("bagian") / f"x.{form}"
    path.write_bytes(content)
    (source,) = find_inputs([str(path)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.corpus.blocks.SIZE", 16)
        want = list(read_blocks(source, iter([content]), 30))
        parts, ending = Survey(30, size)(Part(source, 0))
        found = [block for part in parts for block, _ in part.blocks(30)]
    assert ending.size == len(content)
    assert [block._replace(last=False) for block in found] == want
    assert [block.last for block in found] == [False] * (len(want) - 1) + [True]


def stopped(kind: type[CorpusRun], name: str, documents: int) -> CorpusRun:
    run = run_of(kind, [name], "out")
    run.on_progress = lambda stats, _: run.stop() if stats.documents > documents else None
    assert run.run() is False
    return run


@pytest.mark.parametrize(
    "kinds", [(CorpusRun, ShardedRun), (ShardedRun, CorpusRun), (ShardedRun, ShardedRun)]
)
@pytest.mark.parametrize("documents", [100, 500, 800])
def test_a_run_goes_on_in_blocks_or_in_shards(kinds, documents, all_formats):
    name, want = all_formats
    stopped(kinds[0], name, documents)
    assert run_of(kinds[1], [name], "out").run(resume=True)
    assert everything("out") == want


def test_the_same_in_another_format(two_files):
    for kind, out in ((CorpusRun, "blok"), (ShardedRun, "out")):
        assert run_of(kind, ["a.jsonl", "b.jsonl.gz"], out, to="jsonl.gz").run()
    assert everything("out") == everything("blok")


@dataclass(frozen=True)
class Counting(BlockCleaner):
    """Notes which blocks it cleaned."""

    seen: tuple[list[tuple[str, int]], ...] = ([],)

    def __call__(self, block):
        self.seen[0].append((block.source.name, block.offset))
        return super().__call__(block)


def counting(run: CorpusRun) -> list[tuple[str, int]]:
    seen: list[tuple[str, int]] = []
    run.clean = Counting(run.job.cleaner, run.job.reading, seen=(seen,))
    return seen


def killed_with_pieces(count: int) -> list[tuple[str, int]]:
    """A run that ends when ``count`` pieces are committed and none is in the books; the blocks in them."""
    run = run_of(ShardedRun, ["a.jsonl", "b.jsonl.gz"], "out")
    seen = counting(run)

    def engine(work, jobs, workers, stop):
        if not isinstance(work, shards.ShardWork):
            yield from ordered(work, jobs, 1, stop)
        for job in islice(jobs, count):
            work(job)
        raise KeyboardInterrupt

    run.engine = engine
    with pytest.raises(KeyboardInterrupt):
        run.run()
    assert len(list(Path("out/.cleaner").glob("*.shard"))) == count
    return seen


@pytest.fixture
def two_files():
    Path("a.jsonl").write_bytes(lines(400))
    Path("b.jsonl.gz").write_bytes(gzip.compress(lines(200, 1000), 0, mtime=0))
    assert run_of(CorpusRun, ["a.jsonl", "b.jsonl.gz"], "satu").run()


def test_committed_pieces_are_not_cleaned_again(two_files):
    before = killed_with_pieces(4)
    run = run_of(ShardedRun, ["a.jsonl", "b.jsonl.gz"], "out")
    after = counting(run)
    assert run.run(resume=True)
    assert len(before) >= 10 and not set(before) & set(after)
    assert everything("out") == everything("satu")


def test_what_does_not_belong_there_is_swept(two_files):
    killed_with_pieces(2)
    work = Path("out/.cleaner")
    (piece, _) = sorted(work.glob("*.shard"))
    stale = [work / f".{piece.name}.abc123.tmp", work / f"{'0' * 16}{piece.name[16:]}"]
    for path in stale:
        path.write_bytes(b"setengah")
    run = run_of(ShardedRun, ["a.jsonl", "b.jsonl.gz"], "out")
    swept = []
    run.on_progress = lambda *_: swept.append([path.exists() for path in stale])
    assert run.run(resume=True)
    assert swept[0] == [False, False]
    assert everything("out") == everything("satu")


def test_a_piece_of_another_input_is_not_used(two_files):
    """The size and the time are the same; the hash is not."""
    killed_with_pieces(8)
    for name in ("a.jsonl", "b.jsonl.gz"):
        status, data = Path(name).stat(), Path(name).read_bytes()
        if name.endswith(".gz"):
            data = gzip.compress(gzip.decompress(data).replace(b"nomor 1003.", b"nomor 1303."), 0, mtime=0)
            assert len(data) == status.st_size, "the changed file should be packed as well as the other"
        else:
            data = data.replace(b"nomor 393.", b"nomor 309.")
        Path(name).write_bytes(data)
        os.utime(name, ns=(status.st_atime_ns, status.st_mtime_ns))
    run = run_of(ShardedRun, ["a.jsonl", "b.jsonl.gz"], "out")
    again = counting(run)
    assert run.run(resume=True)
    assert {name for name, _ in again} == {"a.jsonl", "b.jsonl.gz"}
    assert min(offset for name, offset in again if name == "a.jsonl") > 50_000
    assert Path("out/a.jsonl").read_bytes().count(b"nomor 309.") == 2
    assert b"nomor 1303." in gzip.decompress(Path("out/b.jsonl.gz").read_bytes())
    assert CliRunner().invoke(cli, ["verify", "out"]).exit_code == 0


def test_an_input_that_changes_under_the_run_is_refused(two_files):
    run = run_of(ShardedRun, ["a.jsonl", "b.jsonl.gz"], "out")
    status = Path("a.jsonl").stat()

    def engine(work, jobs, workers, stop):
        if isinstance(work, shards.ShardWork):
            jobs = iter(list(jobs))
            Path("a.jsonl").write_bytes(lines(400).replace(b"nomor 393.", b"nomor 309."))
            os.utime("a.jsonl", ns=(status.st_atime_ns, status.st_mtime_ns))
        yield from ordered(work, jobs, 1, stop)

    run.engine = engine
    with pytest.raises(ChangedError, match=r"a\.jsonl: was written to since the run began"):
        run.run()


def test_an_input_that_other_machines_do_not_see_stops_the_run(two_files, monkeypatch):
    monkeypatch.setattr(shards, "is_as_found", lambda source: source.name != "b.jsonl.gz")
    with pytest.raises(
        InputError, match=r"b\.jsonl\.gz: the machine \S+ has no such file.*under the same path"
    ):
        run_of(ShardedRun, ["a.jsonl", "b.jsonl.gz"], "out").run()


def test_a_work_folder_that_other_machines_do_not_see(two_files, monkeypatch):
    monkeypatch.setattr(shards.ShardWork, "sees_folder", lambda _: False)
    assert run_of(ShardedRun, ["a.jsonl", "b.jsonl.gz"], "out").run()
    assert everything("out") == everything("satu")


def test_of_a_shard_that_ends_every_worker_one_block_is_put_aside(two_files):
    def engine(work, jobs, workers, stop):
        """Dies of a text, as long as it has not been found which."""
        for job in jobs:
            if isinstance(work, Survey):
                yield job, work(job)
            elif isinstance(work, shards.ShardWork):
                data = b"".join(block.data for part in job for block, _ in part.blocks(LIMIT))
                yield job, Died(None) if b"nomor 223." in data else work(job)
            else:
                yield job, Died(None) if b"nomor 223." in job.data else work(job)

    assert run_of(CorpusRun, ["a.jsonl", "b.jsonl.gz"], "blok", engine=engine).run()
    assert run_of(ShardedRun, ["a.jsonl", "b.jsonl.gz"], "out", engine=engine).run()
    assert everything("out") == everything("blok")
    (row,) = map(json.loads, Path("out/rejected.jsonl").read_bytes().splitlines())
    assert "it ended 3 workers" in row["reason"]
    after = Path("out/a.jsonl").read_bytes()
    assert b" &amp; kopi nomor 223." in after and 5 < after.count(b" &amp; ") < 40


@pytest.mark.skipif(sys.platform == "win32", reason="has no named pipes")
def test_streams_are_refused():
    os.mkfifo("pipa.jsonl")
    with pytest.raises(InputError, match="is a stream, which a cluster cannot read"):
        run_of(ShardedRun, ["pipa.jsonl"], "out").run()
    told = CliRunner().invoke(cli, ["corpus", "-", "-o", "out", "--engine", "ray"])
    assert told.exit_code == 2 and "no standard input" in told.stderr

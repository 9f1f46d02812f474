"""A Ray cluster gives the bytes that one process gives, also when workers and machines die under it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest

from cleaner import Cleaner, Config
from cleaner.corpus import sharded
from cleaner.corpus.cluster import Cluster
from cleaner.corpus.compression import compress
from cleaner.corpus.inputs import find_inputs
from cleaner.corpus.job import Job
from cleaner.corpus.reading import Reading
from cleaner.corpus.run import CorpusRun
from cleaner.corpus.sharded import ShardedRun
from cleaner.corpus.target import Target
from cleaner.errors import InputError, MissingExtraError
from cleaner.parallel import Died, ordered

ray = pytest.importorskip("ray", reason="needs: pip install 'bersih[ray]'")
from ray.cluster_utils import Cluster as Machines  # noqa: E402

pytestmark = pytest.mark.filterwarnings("default")  # Ray's own, which differ from version to version

TEXT = "Pasar nomor {n} dibuka, kata Budi. Harga cabai &amp; bawang naik. "
REST = "Warga desa pergi ke pasar lama di tengah kota. "


@pytest.fixture
def machines():
    """A cluster of a head without processors and two more nodes with one each, on this machine."""
    cluster = Machines(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    nodes = [cluster.add_node(num_cpus=1), cluster.add_node(num_cpus=1)]
    yield cluster, nodes
    ray.shutdown()
    cluster.shutdown()


def rows(count: int) -> list[dict[str, object]]:
    return [{"id": f"d{n}", "text": TEXT.format(n=n) + REST * 55} for n in range(count)]


def corpus(folder: Path, documents: int = 4000) -> Path:
    """Some megabytes of JSON Lines, one of them broken."""
    path = folder / "berita.jsonl"
    lines = [json.dumps(row) for row in rows(documents)]
    lines[documents // 2] = "{rusak"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def every_format(folder: Path) -> Path:
    """A folder with JSON Lines plain, gzip and Zstandard, CSV, Parquet in row groups, and texts."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    root = folder / "masuk"
    (root / "teks").mkdir(parents=True)
    data = corpus(root, 1500).read_bytes()
    (root / "b.jsonl.gz").write_bytes(gzip.compress(data[:700_000], mtime=0))
    (root / "c.jsonl.zst").write_bytes(compress(data[:700_000], ".zst"))
    table = io.StringIO()
    writer = csv.DictWriter(table, ["id", "text"])
    writer.writeheader()
    writer.writerows({**row, "text": f'{row["text"]}\n"kutipan"'} for row in rows(600))
    (root / "d.csv").write_text(table.getvalue(), newline="")
    pq.write_table(pa.Table.from_pylist(rows(600)), root / "e.parquet", row_group_size=100)
    for number, row in enumerate(rows(40)):
        (root / f"teks/{number}.txt").write_text(str(row["text"]))
    return root


def new_run(kind: type[CorpusRun], path: Path, out: Path, engine, workers: int, **more) -> CorpusRun:
    job = Job(Cleaner(Config(profile="minimal")), Reading())
    return kind(
        job, find_inputs([str(path)]), Target(str(out)), workers, checkpoint=0.0, engine=engine, **more
    )


def run(kind: type[CorpusRun], path: Path, out: Path, engine, workers: int, **more) -> CorpusRun:
    """A finished run."""
    found = new_run(kind, path, out, engine, workers, **more)
    assert found.run()
    return found


def hashes(out: Path) -> dict[str, str]:
    """Of all outputs and the log."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name not in ("run.json", "stats.json", "report.html")
    }


def test_the_same_bytes_as_on_one_machine(tmp_path):
    root = every_format(tmp_path)
    run(CorpusRun, root, tmp_path / "satu", ordered, 1)
    done = run(ShardedRun, root, tmp_path / "ray", Cluster().ordered, 2)
    assert hashes(tmp_path / "ray") == hashes(tmp_path / "satu")
    assert len(hashes(tmp_path / "ray")) == 47
    assert done.stats.rejected == 3
    inputs = [json.loads((tmp_path / out / "run.json").read_bytes())["inputs"] for out in ("satu", "ray")]
    assert inputs[0] == inputs[1]


def test_a_node_that_dies_costs_nothing(tmp_path, machines):
    cluster, nodes = machines
    path = corpus(tmp_path)
    run(CorpusRun, path, tmp_path / "satu", ordered, 1)
    killed = []

    def kill_one(stats, _read):
        if stats.documents > 500 and not killed:
            killed.append(stats.documents)
            threading.Thread(target=cluster.remove_node, args=(nodes[0], False)).start()

    run(ShardedRun, path, tmp_path / "ray", Cluster(cluster.address).ordered, 0, on_progress=kill_one)
    assert killed and killed[0] < 3999, "the node should have died while there was work left"
    assert hashes(tmp_path / "ray") == hashes(tmp_path / "satu")


@pytest.fixture(scope="module")
def local():
    """One cluster for the tests that need nothing special."""
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    yield
    ray.shutdown()


class Noted:
    """A `BlockCleaner` that notes in a file of its own which block it cleaned; it may die of a text."""

    def __init__(self, clean, folder: Path, deadly: bytes = b"") -> None:
        self.clean, self.folder, self.deadly = clean, folder, deadly

    def __call__(self, block):
        if self.deadly and self.deadly in block.data:
            os.kill(os.getpid(), signal.SIGKILL)
        (self.folder / f"{block.offset}-{uuid.uuid4().hex}").touch()
        time.sleep(0.1)
        return self.clean(block)


def noted(folder: Path) -> list[int]:
    """Offsets of the blocks that were cleaned, each as often as it was."""
    return sorted(int(path.name.partition("-")[0]) for path in folder.iterdir())


DRIVER = """
import sys
from pathlib import Path

import test_ray
from ray import cloudpickle
from test_ray import Cluster, Noted, ShardedRun, new_run

cloudpickle.register_pickle_by_value(test_ray)  # the workers of this cluster cannot import it
path, out, notes, address = sys.argv[1:]
run = new_run(ShardedRun, Path(path), Path(out), Cluster(address).ordered, 0)
run.clean = Noted(run.clean, Path(notes))
run.run()
"""


def test_a_driver_that_is_killed_goes_on_with_what_is_committed(tmp_path, machines):
    cluster, _ = machines
    path, out, notes = corpus(tmp_path), tmp_path / "ray", tmp_path / "catatan"
    notes.mkdir()
    run(CorpusRun, path, tmp_path / "satu", ordered, 1)
    places = [str(Path(__file__).parent), *(item for item in sys.path if item)]
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, path, out, notes, cluster.address],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
    )
    for _ in range(600):
        if len(noted(notes)) >= 6:
            break
        time.sleep(0.05)
    driver.kill()
    driver.wait()
    time.sleep(2)  # Ray ends its workers
    work = out / ".cleaner"
    offset = json.loads((work / "state.json").read_bytes())["offset"]
    pieces = sorted(int(piece.name.split("-")[2]) for piece in work.glob("*.shard"))
    stale = work / ".abc.shard.123.tmp"
    stale.write_bytes(b"setengah")
    before = noted(notes)
    kept = [piece for piece in pieces if piece >= offset]
    again = new_run(ShardedRun, path, out, Cluster(cluster.address).ordered, 0)
    again.clean = Noted(again.clean, notes)
    swept = []
    again.on_progress = lambda *_: swept.append(not stale.exists())
    assert again.run(resume=True) and all(swept)
    after = list(noted(notes))
    for number in before:
        after.remove(number)
    done = {number for number in before if number < offset or number in kept}
    assert done and not done & set(after), "what was committed should not be cleaned again"
    assert again.journal.state.stops == 1
    assert hashes(out) == hashes(tmp_path / "satu")


def test_no_cluster_there():
    with pytest.raises(InputError, match="cannot join the Ray cluster"):
        list(Cluster("127.0.0.1:1").ordered(str, iter([1]), 1))


def test_only_the_block_that_is_deadly_is_put_aside(tmp_path, local, monkeypatch):
    monkeypatch.setattr(sharded, "SHARES", 1)
    monkeypatch.setattr(sharded, "LONGEST", 3 << 20)
    path, notes = corpus(tmp_path), tmp_path / "catatan"
    notes.mkdir()
    done = new_run(ShardedRun, path, tmp_path / "ray", Cluster().ordered, 2)
    real = done.clean
    done.clean = Noted(real, notes, deadly=b"nomor 1000 ")
    done.clean.leave = real.leave
    assert done.run()
    broken, deadly = sorted(
        map(json.loads, (tmp_path / "ray/rejected.jsonl").read_bytes().splitlines()),
        key=lambda row: row["line"],
        reverse=True,
    )
    assert "it ended 3 workers" in deadly["reason"] and "no JSON" in broken["reason"]
    first, last = map(int, re.search(r"lines (\d+) to (\d+)", deadly["reason"]).groups())
    assert first <= 1001 <= last
    cleaned = (tmp_path / "ray/berita.jsonl").read_text().splitlines()
    left = [number for number, line in enumerate(cleaned, 1) if "&amp;" in line]
    assert left == list(range(first, last + 1))


class Fragile:
    """Ends its own process at the first try of each third job; always, for those named."""

    def __init__(self, folder: Path, always: tuple[int, ...] = ()) -> None:
        self.folder = folder
        self.always = always

    def __call__(self, job: int) -> int:
        mark = self.folder / str(job)
        if job in self.always or (job % 3 == 0 and not mark.exists()):
            mark.write_text("")
            os.kill(os.getpid(), signal.SIGKILL)
        return job * job


def test_workers_that_die_are_replaced_and_a_deadly_job_is_put_aside(tmp_path, local):
    results = dict(Cluster().ordered(Fragile(tmp_path, always=(4,)), iter(range(8)), 2))
    assert list(results) == list(range(8))
    assert isinstance(results.pop(4), Died)
    assert results == {n: n * n for n in range(8) if n != 4}


def refuse(job: int) -> int:
    """Work that fails."""
    raise InputError(f"no {job}")


def test_errors_of_the_work_come_through(local):
    with pytest.raises(InputError, match="no 0"):
        list(Cluster().ordered(refuse, iter(range(3)), 1))


def slowly(job: int) -> int:
    """Work that takes a while."""
    time.sleep(0.2)
    return job


def test_stop_ends_early(local):
    seen = []
    for job, _ in Cluster().ordered(slowly, iter(range(1000)), 2, lambda: len(seen) > 2):
        seen.append(job)
    assert seen == [0, 1, 2]


def test_ray_is_missing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'bersih\[ray\]'"):
        list(Cluster().ordered(slowly, iter([1]), 1))

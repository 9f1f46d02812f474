"""A Ray cluster gives the bytes that one process gives, also when workers and machines die under it."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from cleaner import Cleaner, Config
from cleaner.corpus.cluster import Cluster
from cleaner.corpus.inputs import find_inputs
from cleaner.corpus.reading import Reading
from cleaner.corpus.run import CorpusRun, Job
from cleaner.corpus.target import Target
from cleaner.errors import InputError, MissingExtraError
from cleaner.parallel import Died, ordered

ray = pytest.importorskip("ray", reason="needs: pip install 'bersih[ray]'")
from ray.cluster_utils import Cluster as Machines  # noqa: E402

pytestmark = pytest.mark.filterwarnings("default")  # Ray's own, which differ from version to version

SAME = ("changes.jsonl.zst", "rejected.jsonl")
TEXT = "Pasar{n} dibuka  lagi , kata Budi.Harga cabai &amp; bawang tidka naik. "


@pytest.fixture
def machines():
    """A cluster of a head without processors and two more nodes with one each, on this machine."""
    cluster = Machines(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    nodes = [cluster.add_node(num_cpus=1), cluster.add_node(num_cpus=1)]
    yield cluster, nodes
    ray.shutdown()
    cluster.shutdown()


def corpus(folder: Path, documents: int = 5000) -> Path:
    """Some megabytes of JSON Lines, one of them broken."""
    path = folder / "berita.jsonl"
    rows = [json.dumps({"id": n, "text": TEXT.format(n=n) * 12}) for n in range(documents)]
    rows[documents // 2] = "{rusak"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def run(path: Path, out: Path, engine, workers: int, on_progress=lambda *_: None) -> CorpusRun:
    """A finished run."""
    job = Job(Cleaner(Config(profile="minimal")), Reading())
    found = CorpusRun(
        job, find_inputs([str(path)]), Target(str(out)), workers, None, 0.0, on_progress, engine
    )
    assert found.run()
    return found


def assert_same(one: Path, two: Path, name: str) -> None:
    for file in (name, *SAME):
        assert (one / file).read_bytes() == (two / file).read_bytes(), file


def test_the_same_bytes_as_on_one_machine(tmp_path):
    path = corpus(tmp_path)
    run(path, tmp_path / "satu", ordered, 1)
    done = run(path, tmp_path / "ray", Cluster().ordered, 2)
    assert_same(tmp_path / "satu", tmp_path / "ray", path.name)
    assert done.stats.documents == 4999 and done.stats.rejected == 1


def test_a_node_that_dies_costs_nothing(tmp_path, machines):
    cluster, nodes = machines
    path = corpus(tmp_path)
    run(path, tmp_path / "satu", ordered, 1)
    killed = []

    def kill_one(stats, _read):
        if stats.documents > 500 and not killed:
            killed.append(stats.documents)
            threading.Thread(target=cluster.remove_node, args=(nodes[0], False)).start()

    run(path, tmp_path / "ray", Cluster(cluster.address).ordered, 0, kill_one)
    assert killed and killed[0] < 4999, "the node should have died while there was work left"
    assert_same(tmp_path / "satu", tmp_path / "ray", path.name)


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


def test_workers_that_die_are_replaced_and_a_deadly_job_is_put_aside(tmp_path):
    results = dict(Cluster().ordered(Fragile(tmp_path, always=(4,)), iter(range(8)), 2))
    assert list(results) == list(range(8))
    assert isinstance(results.pop(4), Died)
    assert results == {n: n * n for n in range(8) if n != 4}


def refuse(job: int) -> int:
    """Work that fails."""
    raise InputError(f"no {job}")


def test_errors_of_the_work_come_through():
    with pytest.raises(InputError, match="no 0"):
        list(Cluster().ordered(refuse, iter(range(3)), 1))


def slowly(job: int) -> int:
    """Work that takes a while."""
    time.sleep(0.2)
    return job


def test_stop_ends_early():
    seen = []
    for job, _ in Cluster().ordered(slowly, iter(range(1000)), 2, lambda: len(seen) > 2):
        seen.append(job)
    assert seen == [0, 1, 2]


def test_no_cluster_there():
    with pytest.raises(InputError, match="cannot join the Ray cluster"):
        list(Cluster("127.0.0.1:1").ordered(slowly, iter([1]), 1))


def test_ray_is_missing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'bersih\[ray\]'"):
        list(Cluster().ordered(slowly, iter([1]), 1))

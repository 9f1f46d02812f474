"""Work in processes: in order, whatever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

import cleaner
from cleaner.parallel import MAX_DEATHS, Died, ordered

ENV = {**os.environ, "PYTHONPATH": str(Path(cleaner.__file__).parents[1])}


@dataclass(frozen=True)
class Work:
    """Doubles a number. -1 kills the worker, -2 only while ``folder`` is empty, -3 is an error."""

    folder: Path

    def __call__(self, number: int) -> tuple[int, bytes]:
        if number == -1:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == -2 and not list(self.folder.iterdir()):
            (self.folder / "died").touch()
            os._exit(7)
        if number == -3:
            raise LookupError("no such number")
        time.sleep(0.001 * (number % 3))
        return 2 * number, bytes(200_000)  # more than a pipe holds


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers, tmp_path):
    results = list(ordered(Work(tmp_path), iter(range(50)), workers))
    assert [(job, result[0]) for job, result in results] == [(n, 2 * n) for n in range(50)]


def test_jobs_are_read_only_a_little_ahead(tmp_path):
    read = []
    jobs = (read.append(n) or n for n in range(1000))
    results = ordered(Work(tmp_path), jobs, 2)
    next(results)
    assert len(read) < 20
    results.close()


@pytest.mark.skipif(os.name != "posix", reason="kills the POSIX way")
def test_a_worker_that_dies_is_replaced(tmp_path):
    jobs = [1, 2, -2, 3, 4]
    assert [result[0] for _, result in ordered(Work(tmp_path), iter(jobs), 2)] == [2, 4, -4, 6, 8]


@pytest.mark.skipif(os.name != "posix", reason="kills the POSIX way")
def test_a_deadly_job_is_given_up_and_the_others_are_done(tmp_path):
    jobs = [*range(10), -1, *range(10, 20)]
    results = dict(ordered(Work(tmp_path), iter(jobs), 2))
    assert results.pop(-1) == Died(-signal.SIGKILL)
    assert {job: result[0] for job, result in results.items()} == {n: 2 * n for n in range(20)}
    assert Died(-9).reason.startswith(f"it ended {MAX_DEATHS} workers (SIGKILL)")


def test_an_error_is_raised_here(tmp_path):
    with pytest.raises(LookupError, match="no such number"):
        list(ordered(Work(tmp_path), iter([1, -3]), 2))


def test_stop_ends_early(tmp_path):
    seen = []
    for job, _ in ordered(Work(tmp_path), iter(range(1000)), 2, stop=lambda: len(seen) >= 3):
        seen.append(job)
    assert seen == [0, 1, 2]


def test_a_script_without_a_main_part_is_told(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import cleaner\nprint(len(list(cleaner.Cleaner().clean_many(['a'] * 200, workers=2))))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=ENV, timeout=60)
    assert done.returncode == 1
    assert "put its main part under: if __name__ == '__main__':" in done.stderr


def test_texts_that_kill_are_an_error(monkeypatch):
    from cleaner import parallel

    monkeypatch.setattr(parallel, "ordered", lambda *_: iter([(["a", "b"], Died(-9))]))
    with pytest.raises(cleaner.CleanerError, match="one of the texts 1 to 2 cannot be cleaned: it ended 3"):
        list(cleaner.Cleaner().clean_many(["a", "b"], workers=2))

"""Work in several processes: results in order, bounded memory, and a worker that dies is replaced.

Each worker has a pipe of its own. A pool whose workers share one queue (`multiprocessing.Pool`, and
`concurrent.futures`, which notices the death but ends every worker for it) cannot tell which job a dead
worker had, and waits for ever if one dies while it holds the queue's lock or has written half a result.
Here a death closes one pipe: its job is known and goes to another worker, the others go on.

A worker ends when its parent does, however that ends.

Start reading at `ordered`.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import connection
from typing import Any, Generic, NamedTuple, TypeVar

from cleaner.engine import Cleaner
from cleaner.errors import WorkerDiedError
from cleaner.result import CleanResult

Job = TypeVar("Job")
Result = TypeVar("Result")

MAX_DEATHS = 3
"""A job that ends so many workers is given up."""

_AHEAD = 3  # jobs on their way for each worker: results that wait for their turn are held in memory
_HANDED = 2  # of these, in the worker's hands: one it works on, one to go on with at once
_POLL = 0.2  # seconds after which `stop` is asked again


class Died(NamedTuple):
    """Stands for the result of a job that was given up."""

    exitcode: int | None
    """Of the last worker it ended, if that is known; negative: the signal."""

    @property
    def reason(self) -> str:
        """What happened, in a sentence."""
        if self.exitcode is None:
            return f"it ended {MAX_DEATHS} workers"
        how = signal.Signals(-self.exitcode).name if self.exitcode < 0 else f"exit code {self.exitcode}"
        hint = "; most often that is too little memory" if self.exitcode == -9 else ""
        return f"it ended {MAX_DEATHS} workers ({how}){hint}"


Engine = Callable[
    [Callable[[Any], Any], Iterator[Any], int, Callable[[], bool]],
    Generator[tuple[Any, Any], None, None],
]
"""What has jobs done, in order: `ordered`, or a function like it that sends them to other machines."""


@dataclass
class _Task(Generic[Job, Result]):
    job: Job
    deaths: int = 0
    done: bool = False
    result: Any = None


@dataclass
class _Worker(Generic[Job, Result]):
    process: Any
    pipe: Any
    tasks: deque[_Task[Job, Result]] = field(default_factory=deque)
    """In its hands, the one it works on first."""
    started: bool = False
    """Did it say that it is there?"""


def ordered(
    work: Callable[[Job], Result],
    jobs: Iterator[Job],
    workers: int,
    stop: Callable[[], bool] = lambda: False,
) -> Generator[tuple[Job, Result | Died], None, None]:
    """Each job with ``work(job)``, in the order of ``jobs``, which is read only a little ahead.

    One worker is this process itself; more are processes of their own, to which ``work`` is pickled. An
    exception that ``work`` raises is raised here. When ``stop`` says so the iterator ends early, and
    jobs under way are dropped.
    """
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    if workers == 1:
        for job in jobs:
            if stop():
                return
            yield job, work(job)
        return
    pool: _Pool[Job, Result] = _Pool(work, workers)
    try:
        yield from pool.run(jobs, stop)
    finally:
        pool.close()


class _Pool(Generic[Job, Result]):
    def __init__(self, work: Callable[[Job], Result], workers: int) -> None:
        # Spawned, not forked: a fork of a threaded process (a notebook, a data loader) can hang.
        self.context = multiprocessing.get_context("spawn")
        self.work = work
        self.size = workers
        self.false_starts = 0
        self.workers = [self.start() for _ in range(workers)]

    def start(self) -> _Worker[Job, Result]:
        """A new worker."""
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, self.work), daemon=True)
        process.start()
        theirs.close()  # now only the worker holds it, so its death closes the pipe
        return _Worker(process, ours)

    def run(self, jobs: Iterator[Job], stop: Callable[[], bool]) -> Iterator[tuple[Job, Result | Died]]:
        window: deque[_Task[Job, Result]] = deque()
        waiting: deque[_Task[Job, Result]] = deque()
        more = True
        while not stop():
            while more and len(window) < _AHEAD * self.size:
                try:
                    task: _Task[Job, Result] = _Task(next(jobs))
                except StopIteration:
                    more = False
                else:
                    window.append(task)
                    waiting.append(task)
            self.hand_out(waiting)
            if not window:
                return
            if window[0].done:
                task = window.popleft()
                yield task.job, task.result
                continue
            pipes = {worker.pipe: worker for worker in self.workers}
            for pipe in connection.wait(list(pipes), _POLL):
                self.receive(pipes[pipe], waiting)

    def hand_out(self, waiting: deque[_Task[Job, Result]]) -> None:
        """Give jobs to the workers that have the fewest."""
        while waiting:
            worker = min(self.workers, key=lambda worker: len(worker.tasks))
            if len(worker.tasks) >= _HANDED:
                return
            task = waiting.popleft()
            worker.tasks.append(task)
            try:
                worker.pipe.send(task.job)
            except OSError:
                self.bury(worker, waiting)

    def receive(self, worker: _Worker[Job, Result], waiting: deque[_Task[Job, Result]]) -> None:
        """Take what a worker sends: a result, an error, or the end of the pipe."""
        try:
            fine, value = worker.pipe.recv()
        except (EOFError, OSError):
            self.bury(worker, waiting)
            return
        if not worker.started:
            worker.started = True
            self.false_starts = 0
            return
        if not fine:
            raise value
        task = worker.tasks.popleft()
        task.result, task.done = value, True

    def bury(self, worker: _Worker[Job, Result], waiting: deque[_Task[Job, Result]]) -> None:
        """Replace a dead worker. The job it worked on is to blame; all it had go to others, first."""
        worker.pipe.close()
        worker.process.join()
        self.false_starts += not worker.started
        if self.false_starts > MAX_DEATHS * self.size:
            raise WorkerDiedError(
                "the worker processes end before they begin; if this is a script of yours, put its main part "
                "under: if __name__ == '__main__':"
            )
        for number, task in enumerate(worker.tasks):
            task.deaths += worker.started and number == 0
            if task.deaths == MAX_DEATHS:
                task.result, task.done = Died(worker.process.exitcode), True
        waiting.extendleft(task for task in reversed(worker.tasks) if not task.done)
        self.workers[self.workers.index(worker)] = self.start()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()


def _serve(pipe: Any, work: Callable[[Any], Any]) -> None:
    """A worker's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, jobs), daemon=True).start()
    pipe.send((True, None))
    while True:
        job = jobs.get()
        try:
            answer: tuple[bool, Any] = True, work(job)
        except Exception as error:
            answer = False, error
        pipe.send(answer)


def _listen(pipe: Any, jobs: queue.SimpleQueue[Any]) -> None:
    """Take jobs while others are worked on, and end the process when the parent is gone.

    The parent's end is watched beside the pipe, which a process that the parent forked may hold open.
    """
    parent = multiprocessing.parent_process()
    watched = [pipe, parent.sentinel] if parent else [pipe]
    while True:
        ready = connection.wait(watched)
        try:
            if pipe not in ready:
                raise EOFError
            jobs.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(1)


_CHUNK = 64
"""Texts that travel together: one by one costs more than two processes gain."""

Document = tuple[str, "str | None"]
"""A text, and the outlet it is from if that is known."""


@dataclass(frozen=True)
class _CleanChunk:
    cleaner: Cleaner

    def __call__(self, documents: list[Document]) -> list[CleanResult]:
        return [self.cleaner.clean(text, outlet=outlet) for text, outlet in documents]


def clean_many(
    cleaner: Cleaner, documents: Iterable[Document], workers: int, progress: bool
) -> Iterator[CleanResult]:
    """Results in the order of ``documents``, cleaned lazily, so an endless iterator is fine.

    Raises ValueError if ``workers`` is below 1, and WorkerDiedError if texts end worker after worker.
    """
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    results: Iterator[CleanResult]
    if workers == 1:
        results = (cleaner.clean(text, outlet=outlet) for text, outlet in documents)
    else:
        results = _in_processes(cleaner, iter(documents), workers)
    return _counted(results) if progress else results


def _in_processes(cleaner: Cleaner, documents: Iterator[Document], workers: int) -> Iterator[CleanResult]:
    chunks = iter(lambda: list(islice(documents, _CHUNK)), [])
    number = 0
    for chunk, results in ordered(_CleanChunk(cleaner), chunks, workers):
        if isinstance(results, Died):
            last = number + len(chunk)
            raise WorkerDiedError(
                f"one of the texts {number + 1} to {last} cannot be cleaned: {results.reason}"
            )
        number += len(chunk)
        yield from results


def _counted(results: Iterator[CleanResult]) -> Iterator[CleanResult]:
    count = changes = 0
    for result in results:
        count += 1
        changes += len(result.changes)
        if count % 100 == 0:
            print(f"\r{count:,} texts, {changes:,} changes", end="", file=sys.stderr, flush=True)
        yield result
    print(f"\r{count:,} texts, {changes:,} changes", file=sys.stderr)

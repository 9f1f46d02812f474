"""Work on the machines of a Ray cluster: `cleaner.parallel.ordered` with other hands.

What is to be done, a shard of a corpus (see `cleaner.corpus.shards`), goes elsewhere as a Ray task, which Ray
starts again on another worker or machine when the one it ran on dies. Results come back in order.

What does the work (settings, and with them the memory of judged words) is put into Ray's object store once,
and unpacked once in each worker process: the dictionary is opened there, from the installed package.

Start reading at `Cluster.ordered`. Source: https://docs.ray.io/en/latest/ray-core/fault-tolerance.html
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable, Generator, Iterator
from typing import Any, NamedTuple, TypeVar

from cleaner.errors import InputError, MissingExtraError
from cleaner.parallel import MAX_DEATHS, Died

Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 3  # jobs on their way for each processor of the cluster
_POLL = 0.2  # seconds after which `stop` is asked again

_WORK: dict[str, Callable[[Any], Any]] = {}
"""In a worker process: what does the work, by the id of its copy in the object store."""


class Cluster(NamedTuple):
    """A Ray cluster. ``address`` as `ray.init` takes it; None: one of this machine, started for the run."""

    address: str | None = None

    def ordered(
        self,
        work: Callable[[Task], Result],
        jobs: Iterator[Task],
        workers: int = 0,
        stop: Callable[[], bool] = lambda: False,
    ) -> Generator[tuple[Task, Result | Died], None, None]:
        """Each job with ``work(job)``, in the order of ``jobs``: see `cleaner.parallel.ordered`.

        ``workers``: jobs worked on at the same time; 0: as many as the cluster has processors. Raises
        MissingExtraError without Ray, and InputError if the cluster cannot be reached.
        """
        ray = _ray()
        with _Connection(ray, self.address, workers):
            task = ray.remote(num_cpus=1, max_retries=MAX_DEATHS - 1)(_run)
            stored = ray.put(work)
            limit = _AHEAD * (workers or max(1, int(ray.cluster_resources().get("CPU", 1))))
            window: deque[tuple[Task, Any]] = deque()
            more = True
            while not stop():
                while more and len(window) < limit:
                    try:
                        job = next(jobs)
                    except StopIteration:
                        more = False
                    else:
                        # In a list, so that Ray hands the reference over and not a new copy for each task.
                        window.append((job, task.remote(stored.hex(), [stored], job)))
                if not window:
                    return
                job, reference = window[0]
                if ray.wait([reference], timeout=_POLL)[0]:
                    window.popleft()
                    yield job, _result(ray, reference)
            for _, reference in window:
                ray.cancel(reference, force=True)


class _Connection:
    """Joins a cluster and leaves it again, unless the program had joined it itself."""

    def __init__(self, ray: Any, address: str | None, workers: int) -> None:
        self.ray = ray
        self.address = address
        self.workers = workers
        self.joined = False

    def __enter__(self) -> None:
        if self.ray.is_initialized():
            return
        if self.address and "://" not in self.address and ":" in self.address:
            _knock(self.address)
        local = {"num_cpus": self.workers or None, "include_dashboard": False} if self.address is None else {}
        try:
            self.ray.init(
                address=self.address or "local", log_to_driver=False, logging_level="error", **local
            )
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise _unreachable(self.address, error) from error
        self.joined = True

    def __exit__(self, *_: object) -> None:
        if self.joined:
            self.ray.shutdown()


def _knock(address: str) -> None:
    """Raises InputError at once if nobody listens there; Ray itself tries for five minutes."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=10).close()
    except (OSError, ValueError) as error:
        raise _unreachable(address, error) from error


def _unreachable(address: str | None, error: Exception) -> InputError:
    return InputError(f"cannot join the Ray cluster {address!r}: {error}. Start one with: ray start --head")


def _run(name: str, stored: list[Any], job: Any) -> Any:
    """A task: in a worker process of the cluster."""
    if name not in _WORK:
        import ray

        if len(_WORK) > 1:  # a run has two: it cleans shards, and single blocks
            _WORK.clear()
        _WORK[name] = ray.get(stored[0])
    return _WORK[name](job)


def _result(ray: Any, reference: Any) -> Any:
    """What a task returned. An exception of its own is raised here, a death that repeats itself is told."""
    try:
        return ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        raise error.as_instanceof_cause() from error
    except (
        ray.exceptions.WorkerCrashedError,
        ray.exceptions.NodeDiedError,
        ray.exceptions.OutOfMemoryError,
    ):
        return Died(None)


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("ray", "ray") from error
    return ray

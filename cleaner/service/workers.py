"""Processes that clean for the service, so that a time limit is one.

A thread that cleans cannot be stopped. A process can: one that takes too long is killed and another
one started, and the other requests do not notice.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import time
from contextlib import suppress
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from cleaner.config import Config
from cleaner.engine import Cleaner
from cleaner.errors import CleanerError


class TooLateError(Exception):
    """The time limit was reached, in the queue or while cleaning."""


class WorkerDiedError(Exception):
    """The process that cleaned this text is gone: killed from outside, or out of memory."""


class Reply(NamedTuple):
    """An HTTP status and a JSON body."""

    status: int
    body: bytes


class Pool:
    """``size`` processes; each cleans one text at a time, at most ``timeout`` seconds."""

    def __init__(self, config: Config, size: int, timeout: float) -> None:
        self.config = config
        self.size = size
        self.timeout = timeout
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._starting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the processes and wait until they are ready. Raises WorkerDiedError."""
        workers = await asyncio.gather(*(self._started() for _ in range(self.size)))
        for worker in workers:
            self._idle.put_nowait(worker)
        if not all(worker.process.is_alive() for worker in workers):
            raise WorkerDiedError("a process ended while it started; see its error above")

    async def stop(self) -> None:
        """End the processes, each as soon as it has answered."""
        for _ in range(self.size):
            worker = await self._idle.get()
            worker.stop()

    async def run(self, action: str, text: str, settings: dict[str, Any]) -> Reply:
        """The answer to one request. Raises TooLateError or WorkerDiedError."""
        deadline = time.monotonic() + self.timeout
        try:
            worker = await asyncio.wait_for(self._idle.get(), self.timeout)
        except asyncio.TimeoutError as error:
            raise TooLateError("all workers are busy; try again later") from error
        # To its end even if the client goes away: the worker must come back to the queue.
        return await asyncio.shield(self._finish(worker, (action, text, settings), deadline))

    async def _finish(
        self, worker: _Worker, request: tuple[str, str, dict[str, Any]], deadline: float
    ) -> Reply:
        reply = None
        try:
            if not worker.process.is_alive():  # killed while it had nothing to do
                worker.kill()
                worker = await self._started()
            reply = await asyncio.to_thread(worker.ask, request, deadline - time.monotonic())
        finally:
            if reply is None:
                worker.kill()
                task = asyncio.create_task(self._replace())
                self._starting.add(task)  # asyncio itself does not keep a task alive
                task.add_done_callback(self._starting.discard)
            else:
                self._idle.put_nowait(worker)
        if reply is None:
            raise TooLateError(f"cleaning took longer than {self.timeout:g} seconds; send a shorter text")
        return reply

    async def _replace(self) -> None:
        self._idle.put_nowait(await self._started())

    async def _started(self) -> _Worker:
        """A new worker that has opened its data, so that no request pays for it; or one that died of it."""
        worker = _Worker(self.config)
        await asyncio.to_thread(worker.wait)
        return worker


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, config: Config) -> None:
        # Spawned, not forked: the server has threads.
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other, config, _answer), daemon=True)
        self.process.start()
        other.close()  # so that a process that died is the end of the pipe

    def wait(self) -> None:
        """Until the process is ready, or has ended."""
        with suppress(EOFError, OSError):
            self.pipe.recv()

    def ask(self, request: tuple[str, str, dict[str, Any]], timeout: float) -> Reply | None:
        """The reply, or None if it did not come in time. Raises WorkerDiedError."""
        try:
            self.pipe.send(request)
            return self.pipe.recv() if self.pipe.poll(max(0.0, timeout)) else None
        except (EOFError, OSError) as error:
            raise WorkerDiedError from error

    def stop(self) -> None:
        """Let the process end, which it does as soon as its pipe is closed."""
        self.pipe.close()
        self.process.join(1)
        if self.process.is_alive():
            self.kill()

    def kill(self) -> None:
        """End the process at once."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _work(pipe: Connection, config: Config, answer: Any) -> None:
    """What a process does: answer until the pipe is closed, which the death of the server does too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the server says when to end

    @lru_cache(maxsize=8)
    def cleaner_of(settings: tuple[tuple[str, Any], ...]) -> Cleaner:
        cleaner = Cleaner(Config.from_dict({**config.to_dict(), **dict(settings)}, "request"))
        cleaner.check()
        return cleaner

    cleaner_of(()).clean("Ia sudah pulang.")
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            pipe.send(answer(cleaner_of, *pipe.recv()))


def _answer(cleaner_of: Any, action: str, text: str, settings: dict[str, Any]) -> Reply:
    import msgspec

    try:
        frozen = {key: tuple(v) if isinstance(v, list) else v for key, v in settings.items()}
        result = cleaner_of(tuple(sorted(frozen.items()))).clean(text)
    except CleanerError as error:
        return Reply(422, str(error).encode("utf-8"))
    row = result.to_dict()
    if action == "clean":
        row = {key: row[key] for key in ("text", "changes", "fingerprint")}
    return Reply(200, msgspec.json.encode(row))

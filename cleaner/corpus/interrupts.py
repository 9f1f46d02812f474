"""Ctrl-C in a run that may take days: the first one ends it so that it can go on, the second one at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def interrupts(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C, and a polite kill, call ``stop`` once; a second one ends the process as it always does.

    Only the main thread is told of them; in another one nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def first(_number: int, _frame: Any) -> None:
        for name, handler in old.items():
            signal.signal(name, handler)
        stop()

    old = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    for name in old:
        signal.signal(name, first)
    try:
        yield
    finally:
        for name, handler in old.items():
            signal.signal(name, handler)

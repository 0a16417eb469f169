"""Named single threads that work one task after another: the store, one per device port.

A lane owns what it touches (a connection, a port), so nothing else needs a lock. Lanes are joined by
a context manager; a leaked lane is a test failure. No Qt here: `ui/tasks.py` brings results home.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from types import TracebackType
from typing import Protocol, Self, TypeVar

T = TypeVar("T")


class Runner(Protocol):
    """Where work is done: a lane in the program, inline in tests."""

    def submit(self, work: Callable[[], T]) -> Future[T]: ...


class Lane:
    """One named thread with a line of work. `submit` never blocks; errors arrive in the Future."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"lane-{name}", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue `work`; raises RuntimeError after `close`."""
        if self._closed:
            raise RuntimeError(f"lane {self.name} is closed")
        future: Future[T] = Future()

        def task() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - handed on whole to whoever asked
                future.set_exception(error)
            else:
                future.set_result(result)

        self._work.put(task)
        return future

    def close(self, timeout: float = 5.0) -> None:
        """Finish what is queued and join the thread."""
        if not self._closed:
            self._closed = True
            self._work.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    def _run(self) -> None:
        while (task := self._work.get()) is not None:
            task()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class InlineRunner:
    """Does the work at once in the caller's thread; for tests and one-shot commands."""

    def submit(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - same contract as Lane
            future.set_exception(error)
        return future

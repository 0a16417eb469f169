"""Brings the results of lanes home to the GUI thread.

Presenters see the `TaskRunner` protocol alone. A `UserFacingError` goes to the one place that shows
errors (or to the caller's own `failed`); anything else is raised in the GUI thread, where the crash
hook takes it. No results are delivered after `close`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from counter_app.errors import UserFacingError
from counter_app.lanes import Runner

T = TypeVar("T")
Failed = Callable[[UserFacingError], None]


class TaskRunner(Protocol):
    """What presenters use: work elsewhere, the result here."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None: ...


class Tasks(QObject):
    """Runs work on a `Runner` and calls back in the thread this object lives in."""

    _home = Signal(object)

    def __init__(self, runner: Runner, show_error: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._show_error = show_error
        self._under_way = 0
        self._closed = False
        self._home.connect(self._arrive)

    @property
    def under_way(self) -> int:
        """How many results are still to come."""
        return self._under_way

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do `work` on the lane; `done(result)` or `failed(error)` follow on the GUI thread."""
        self._under_way += 1

        def land(future: Future[T]) -> None:
            def deliver() -> None:
                error = future.exception()
                if error is None:
                    if done is not None:
                        done(future.result())
                elif isinstance(error, UserFacingError):
                    (failed or self._show_error)(error)
                else:
                    raise error

            self._home.emit(deliver)

        self._runner.submit(work).add_done_callback(land)

    def close(self) -> None:
        """Deliver nothing more; what is under way is still done by its lane."""
        self._closed = True

    @Slot(object)
    def _arrive(self, deliver: Callable[[], None]) -> None:
        self._under_way -= 1
        if not self._closed:
            deliver()

"""Sees to it that a home in use has a keeper: one that was killed is replaced while windows are open."""

from __future__ import annotations

import subprocess
import threading
from types import TracebackType
from typing import Final, Self

from counter_app.home import Home
from counter_app.keeper.start import ensure_keeper

LOOK_SECONDS: Final = 5.0


class KeeperWatch:
    """A context: starts a keeper when there is none, at once and whenever one has died."""

    def __init__(self, home: Home, every: float = LOOK_SECONDS) -> None:
        self._home = home
        self._every = every
        self._over = threading.Event()
        self._started: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="keeper-watch", daemon=True)

    def __enter__(self) -> Self:
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    @property
    def started(self) -> subprocess.Popen[bytes] | None:
        """The keeper this watch started last; None when another's ran already."""
        return self._started

    def _run(self) -> None:
        while not self._over.wait(self._every):
            self._look()

    def _look(self) -> None:
        if self._started is not None:
            self._started.poll()  # a dead child is not left lying as a zombie
        self._started = ensure_keeper(self._home) or self._started

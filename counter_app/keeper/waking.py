"""One watch on the store, heard by several duties: a commit must not be heard by the first one only."""

from __future__ import annotations

import threading
from collections.abc import Callable


class CommitWatch:
    """`changed` says once whether anybody has committed (`Store.changed`)."""

    def __init__(self, changed: Callable[[], bool]) -> None:
        self._changed = changed
        self._guard = threading.Lock()
        self._unheard: list[bool] = []

    def ear(self) -> Callable[[], bool]:
        """Asked by one duty: whether a commit has landed since it asked last."""
        with self._guard:
            own = len(self._unheard)
            self._unheard.append(True)

        def heard() -> bool:
            with self._guard:
                if self._changed():
                    self._unheard = [True] * len(self._unheard)
                fresh, self._unheard[own] = self._unheard[own], False
                return fresh

        return heard

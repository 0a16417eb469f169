"""The keeper's two duties towards the centre: keeping step, and listening for what others did.

The line is opened at the first step and, while that fails, at later ones: a database that does not answer
must not end the keeper. Not here: what a step is (`use_cases/sync`), which line it is (`bootstrap`).
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.use_cases.ports.centre import Centre, CentreAway
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.sync.sync import Listener, Sync


class CentreDuties:
    """`sync` is for one thread, `listen` for another; `close` when both have ended."""

    def __init__(
        self,
        open_centre: Callable[[], Centre],
        make_sync: Callable[[Centre], Sync],
        note_away: Callable[[], None],
        clock: Clock,
    ) -> None:
        """`note_away` says that the line could not be opened."""
        self._open_centre = open_centre
        self._make_sync = make_sync
        self._note_away = note_away
        self._clock = clock
        self._centre: Centre | None = None
        self._sync: Sync | None = None
        self._listener: Listener | None = None

    def sync(self) -> bool:
        """One step. UserFacingError of the store, or of a home whose line cannot be opened at all."""
        if self._sync is None:
            try:
                self._centre = self._open_centre()
            except CentreAway:
                self._note_away()
                return False
            self._sync = self._make_sync(self._centre)
            self._listener = Listener(self._centre, self._sync, self._clock)
        return self._sync.step()

    def woken(self) -> bool:
        """Whether there is something to fetch, or it is time to look."""
        return self._sync is None or self._sync.woken()

    def listen(self) -> bool:
        """Wait for what others do, some seconds at most; True when it may wait again at once."""
        return self._listener is not None and self._listener.step()

    def close(self) -> None:
        if self._centre is not None:
            self._centre.close()

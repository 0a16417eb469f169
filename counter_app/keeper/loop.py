"""The keeper's loop: each duty in a thread of its own, woken by changes, ended together.

A duty that fails with an error people can mend is logged and tried again later, ever more slowly;
any other error ends the keeper, so that the next front end starts a fresh one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.locks import DutyLock, presence

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 0.02
PRESENCE_SECONDS: Final = 2.0
LOOK_SECONDS: Final = 0.2
SLOWEST_RETRY_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Duty:
    """`step` does one piece of work and says whether there may be more at once."""

    name: str
    step: Callable[[], bool]
    every: float
    woken: Callable[[], bool] | None = None


class Keeper:
    """Runs duties until told to stop, or until no front end of the home is left."""

    def __init__(self, home: Home, duties: Sequence[Duty], *, stay: bool) -> None:
        self._home = home
        self._duties = duties
        self._stay = stay
        self._stop = threading.Event()
        self._failure: BaseException | None = None

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> bool:
        """Run until stopped. False at once when another keeper has this home."""
        lock = DutyLock(self._home.locks, "keeper")
        if not lock.take() and not self._second_try(lock):
            return False
        threads = [
            threading.Thread(target=self._work, args=(duty,), name=f"keeper-{duty.name}")
            for duty in self._duties
        ]
        try:
            for thread in threads:
                thread.start()
            self._watch()
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()
            lock.release()
        if self._failure is not None:
            raise self._failure
        return True

    def _second_try(self, lock: DutyLock) -> bool:
        """Somebody who only looks whether a keeper runs holds the lock for a moment."""
        self._stop.wait(LOOK_SECONDS)
        return lock.take()

    def _watch(self) -> None:
        """Wait for the end: told to stop, a duty broken, or every front end gone twice in a row."""
        alone = 0
        while not self._stop.wait(PRESENCE_SECONDS):
            if self._stay:
                continue
            everyone = presence(self._home.locks)
            alone = alone + 1 if everyone.take() else 0
            everyone.release()
            if alone >= 2:
                return

    def _work(self, duty: Duty) -> None:
        wait = duty.every
        try:
            while not self._stop.is_set():
                try:
                    more = duty.step()
                    wait = duty.every
                except UserFacingError as error:
                    log.warning("%s: %s", duty.name, error)
                    more, wait = False, min(max(wait, 1.0) * 2, SLOWEST_RETRY_SECONDS)
                if not more:
                    self._rest(duty, wait)
        except BaseException as error:
            self._failure = error
            self._stop.set()
            raise

    def _rest(self, duty: Duty, seconds: float) -> None:
        """Sleep until the time is up, something changed, or the end."""
        if duty.woken is None:
            self._stop.wait(seconds)
            return
        waited = 0.0
        while waited < seconds and not self._stop.wait(POLL_SECONDS):
            waited += POLL_SECONDS
            if duty.woken():
                return

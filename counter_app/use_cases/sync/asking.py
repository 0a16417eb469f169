"""Short questions to the centre with short patience, on a lane of their own.

Who has no answer in time goes on alone; for some seconds nobody waits for the centre again, and meanwhile it
is asked in the background whether it is back. Not here: what is asked (`link.py`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, TypeVar

from counter_app.errors import UserFacingError
from counter_app.lanes import Lane, Runner
from counter_app.use_cases.ports.centre import Centre, CentreAway
from counter_app.use_cases.ports.clock import Clock

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_SECONDS: Final = 0.8
AWAY_SECONDS: Final = 5.0
QUICKLY_SECONDS: Final = 0.2
# whoever answers there, it is not the hall's centre
NOT_THE_CENTRE: Final = frozenset(
    {
        "centre.wrong-certificate",
        "centre.certificate-unreadable",
        "centre.certificate-time",
        "centre.other-hall",
    }
)


class Asking:
    """One process's questions. Safe to call from any thread but the one that draws."""

    def __init__(
        self,
        open_centre: Callable[[], Centre],
        clock: Clock,
        known_away: Callable[[], bool],
        runner: Runner | None = None,
    ) -> None:
        """`open_centre` is called at the first question, on the lane. `known_away`: somebody else has found
        that the centre does not answer."""
        self._open_centre = open_centre
        self._clock = clock
        self._known_away = known_away
        self._runner = runner
        self._lane: Lane | None = None
        self._centre: Centre | None = None
        self._guard = threading.Lock()
        self._hanging = 0  # requests nobody waits for any more
        self._away_until = 0.0
        self._reached_at = -AWAY_SECONDS
        self._closed = False

    @property
    def away(self) -> bool:
        """Whether the centre is known not to answer; asks nobody."""
        now = self._clock.monotonic()
        with self._guard:
            if self._hanging or now < self._away_until:
                return True
            if now - self._reached_at < AWAY_SECONDS:
                return False
        return self._known_away()

    def ask(
        self,
        work: Callable[[Centre], T],
        *,
        late: Callable[[T], None] | None = None,
        seconds: float = PATIENCE_SECONDS,
    ) -> T:
        """The answer within so many seconds; `late` is given what comes after all.

        Raises CentreAway, and the centre's UserFacingError.
        """
        if self.away:
            self._look_whether_back()
            raise CentreAway
        future = self._submit(work)
        try:
            answer = future.result(seconds)
        except TimeoutError as error:
            self._missed()
            self._abandon(future, late)
            raise CentreAway from error
        except CentreAway:
            self._missed()
            raise
        except UserFacingError as error:
            if error.code in NOT_THE_CENTRE:
                self._missed()
                raise CentreAway(str(error)) from error
            raise
        self._reached()
        return answer

    def in_background(self, work: Callable[[Centre], object]) -> None:
        """Asked without waiting; what goes wrong is logged and nothing more."""
        with self._guard:
            if self._closed or self._hanging:
                return
        self._submit(work).add_done_callback(self._background_done)

    def close(self) -> None:
        """Let go of the line; what hangs is not waited for long."""
        with self._guard:
            self._closed = True
            lane, self._lane = self._lane, None
        if lane is not None:
            lane.submit(self._let_go)
            lane.close(timeout=PATIENCE_SECONDS)
        elif self._runner is not None:
            self._let_go()

    def _let_go(self) -> None:
        centre, self._centre = self._centre, None
        if centre is not None:
            centre.close()

    def _abandon(self, future: Future[T], late: Callable[[T], None] | None) -> None:
        with self._guard:
            self._hanging += 1

        def done(answered: Future[T]) -> None:
            with self._guard:
                self._hanging -= 1
            if late is not None and answered.exception() is None:
                late(answered.result())

        future.add_done_callback(done)

    def _look_whether_back(self) -> None:
        """Nobody waits for it, so that the next question may find the centre again."""
        with self._guard:
            due = self._clock.monotonic() >= self._away_until
        if due:
            self.in_background(lambda centre: centre.wait(0, 0.0))

    def _submit(self, work: Callable[[Centre], T]) -> Future[T]:
        with self._guard:
            if self._closed:
                raise CentreAway
            if self._runner is None and self._lane is None:
                self._lane = Lane("centre")
            runner: Runner | None = self._runner or self._lane
        if runner is None:
            raise CentreAway

        def run() -> T:
            began = self._clock.monotonic()
            if self._centre is None:
                self._centre = self._open()
            try:
                return work(self._centre)
            except CentreAway:
                if self._clock.monotonic() - began > QUICKLY_SECONDS:
                    raise
                return work(self._centre)  # a line that broke unused; the same key gives the same answer

        return runner.submit(run)

    def _open(self) -> Centre:
        """A line that cannot even be opened (its certificate is gone) is no reason to stop calling."""
        try:
            return self._open_centre()
        except UserFacingError as error:
            log.warning("the line to the centre cannot be opened: %s", error)
            raise CentreAway(str(error)) from error

    def _background_done(self, done: Future[object]) -> None:
        error = done.exception()
        if error is None:
            self._reached()
            return
        if isinstance(error, CentreAway):
            self._missed()
        log.info("asked the centre in the background: %r", error)

    def _reached(self) -> None:
        with self._guard:
            self._reached_at, self._away_until = self._clock.monotonic(), 0.0

    def _missed(self) -> None:
        with self._guard:
            self._away_until = self._clock.monotonic() + AWAY_SECONDS
            self._reached_at = -AWAY_SECONDS

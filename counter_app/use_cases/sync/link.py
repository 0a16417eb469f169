"""The line to the centre that windows and commands use beside the keeper's: short questions, short patience.

Everything is asked on a lane of its own, never in the thread that wants the answer and never inside a local
transaction. Who has no answer in time goes on alone; what the centre grants too late is given back unused
(design: claim). Not here: sending and fetching all day (`sync.py`, the keeper's), deciding what to call
(`use_cases/waiting`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final, TypeVar

from counter_app.domain.centre.granting import GRANT_USED_WITHIN
from counter_app.domain.centre.offline import BoundAct, not_offline
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.lanes import Lane, Runner
from counter_app.use_cases.ports.centre import (
    Centre,
    CentreAway,
    Claim,
    DeviceStanding,
    Granted,
    Publication,
    Pulled,
)
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.store import Reader, Store
from counter_app.use_cases.ports.sync import Also, Journal, Standing
from counter_app.use_cases.sync.neighbours import keep_neighbours
from counter_app.use_cases.sync.state import read_state

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_SECONDS: Final = 0.8
AWAY_SECONDS: Final = 5.0  # so long nobody waits for it again
SETTLE_SECONDS: Final = 0.5
LOOK_SECONDS: Final = 0.02
BOUND_SECONDS: Final = 10.0
_LINK: Final = Actor("keeper")


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the centre grants: `ticket` "" when nobody waits. `asked` is the monotonic time of the request."""

    grant: str
    ticket: str
    asked: float


class CentreLink:
    """One process's line to its centre. Safe to call from any thread but the one that draws."""

    def __init__(
        self,
        open_centre: Callable[[], Centre],
        store: Store,
        journal: Journal,
        clock: Clock,
        *,
        also: Also | None = None,
        runner: Runner | None = None,
    ) -> None:
        """`open_centre` is called at the first question, on the lane; it may raise `CentreAway`. `also` is
        done with foreign events that are taken in (search tokens)."""
        self._open_centre = open_centre
        self._store = store
        self._journal = journal
        self._clock = clock
        self._also = also
        self._runner = runner
        self._lane: Lane | None = None
        self._centre: Centre | None = None
        self._guard = threading.Lock()
        self._journal_turn = threading.Lock()  # a journal is for one thread at a time
        self._hanging = 0  # requests nobody waits for any more
        self._away_until = 0.0
        self._reached_at = -AWAY_SECONDS
        self._closed = False

    @property
    def away(self) -> bool:
        """Whether the centre is known not to answer, by this process or by the keeper; asks nobody."""
        now = self._clock.monotonic()
        with self._guard:
            if self._hanging or now < self._away_until:
                return True
            if now - self._reached_at < AWAY_SECONDS:
                return False
        with self._store.reading() as reader:
            return read_state(reader).state == "cut_off"

    @property
    def unsent(self) -> int:
        """Own acts the centre has not acknowledged."""
        return self._standing().unsent

    def claim(self, actor: Actor, key: str) -> Claimed | None:
        """Which ticket may be called at the actor's counter? None when the centre is away: go on alone.

        The hall's order is taken in up to the grant first. UserFacingError `centre.*` (an answer: no).
        """
        standing = self._standing()
        asked = self._clock.monotonic()
        wanted = Claim(key, actor.place, actor.staff, standing.pulled, standing.secrets)
        try:
            granted = self._ask(lambda centre: centre.claim(wanted), late=self._came_late)
        except CentreAway:
            return None
        claimed = Claimed(granted.grant, granted.ticket, asked)
        try:
            here = self._taken_in(granted)
        except CentreAway:
            here = False
        except UserFacingError as error:
            self.give_back(claimed)
            if error.code.startswith("sync."):  # out of step: the foot says so, and work goes on alone
                return None
            raise
        if not here:
            self.give_back(claimed)
            return None
        return claimed

    def usable(self, claimed: Claimed) -> bool:
        """A grant is used soon after its request, or not at all: the centre gives it to others then."""
        return self._clock.monotonic() - claimed.asked <= GRANT_USED_WITHIN

    def give_back(self, claimed: Claimed) -> None:
        """In the background: the ticket keeps its place."""
        if claimed.ticket:
            self._in_background(lambda centre: centre.give_back(claimed.grant))

    def settle(self) -> None:
        """Give the keeper a moment to send what was done here, so that the centre decides on it."""
        self._wait_sent(SETTLE_SECONDS)

    def catch_up(self) -> bool:
        """Take in the hall's order as it stands now; False when the centre is away."""
        try:
            self._pull_until(lambda reader: False)
        except CentreAway:
            return False
        return True

    def numbers(self, letter: str, day: str) -> bool:
        """Lease the next block of ticket numbers and wait for it; False when the centre is away."""
        try:
            place = self._ask(lambda centre: centre.numbers(letter, day))
            return self._pull_until(lambda reader: self._standing().pulled >= place)
        except CentreAway:
            return False

    def devices(self) -> tuple[DeviceStanding, ...]:
        """Every device of the hall as the centre knows it; noted here too. Raises `CentreAway`."""
        found = self._ask(lambda centre: centre.devices())
        self._store.act(_LINK, "", lambda tx: keep_neighbours(tx, found))
        return found

    def need_in_step(self, act: BoundAct) -> None:
        """Before an act for the whole hall: the centre answers, and everything is here and there.

        UserFacingError `centre.needed`.
        """
        if not self.catch_up():
            raise needed(act)
        self._wait_sent(BOUND_SECONDS)
        if self.unsent:
            raise needed(act)

    def close_day(self, key: str, day: str, staff: str) -> bool:
        """Total and sign the day at the centre, once everything of this machine is there; False when the
        centre went away meanwhile."""
        self._wait_sent(BOUND_SECONDS)
        if self.unsent:
            return False
        try:
            place = self._ask(lambda centre: centre.close_day(key, day, staff), seconds=BOUND_SECONDS)
            return self._pull_until(lambda reader: self._standing().pulled >= place)
        except CentreAway:
            return False

    def publish(self, publications: Sequence[Publication]) -> None:
        """Put rows in force for the whole hall, and take them in here. UserFacingError `centre.needed`."""
        place = 0
        try:
            for publication in publications:
                place = self._ask(_publish(publication), seconds=BOUND_SECONDS)
            self._pull_until(lambda reader: self._standing().pulled >= place)
        except CentreAway as error:
            raise needed("publish") from error

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

    def _taken_in(self, granted: Granted) -> bool:
        """Whether the grant and its ticket are here after taking in the tail, and pulling on if need be."""
        self._take_in(granted.tail)
        return not granted.ticket or self._pull_until(lambda reader: reader.event(granted.grant) is not None)

    def _pull_until(self, there: Callable[[Reader], bool]) -> bool:
        """Pull until something is here or there is no more. Raises CentreAway, `sync.*`."""
        while True:
            with self._store.reading() as reader:
                if there(reader):
                    return True
            standing = self._standing()
            after, secrets = standing.pulled, standing.secrets
            pulled = self._ask(_pull(after, secrets))
            self._take_in(pulled)
            if pulled.last >= pulled.head:
                with self._store.reading() as reader:
                    return there(reader)

    def _standing(self) -> Standing:
        with self._journal_turn:
            return self._journal.standing()

    def _take_in(self, pulled: Pulled) -> None:
        with self._journal_turn:
            self._journal.take_in(pulled, self._also)

    def _wait_sent(self, seconds: float) -> None:
        """Until the keeper has sent everything, or the time is up."""
        pause = threading.Event()
        for _ in range(round(seconds / LOOK_SECONDS)):
            if not self.unsent or self.away:
                return
            pause.wait(LOOK_SECONDS)

    def _ask(
        self,
        work: Callable[[Centre], T],
        *,
        late: Callable[[T], None] | None = None,
        seconds: float = PATIENCE_SECONDS,
    ) -> T:
        """The answer within so many seconds. Raises CentreAway; `late` is then given what still comes."""
        if self.away:
            self._look_whether_back()
            raise CentreAway
        future = self._submit(work)
        try:
            answer = future.result(seconds)
        except TimeoutError as error:
            self._missed()
            with self._guard:
                self._hanging += 1
            future.add_done_callback(lambda done: self._no_longer_hanging())
            if late is not None:
                handle = late
                future.add_done_callback(
                    lambda done: handle(done.result()) if done.exception() is None else None
                )
            raise CentreAway from error
        except CentreAway:
            self._missed()
            raise
        with self._guard:
            self._reached_at, self._away_until = self._clock.monotonic(), 0.0
        return answer

    def _in_background(self, work: Callable[[Centre], object]) -> None:
        """Asked without waiting; what goes wrong is logged and nothing more."""
        with self._guard:
            if self._closed or self._hanging:
                return
        self._submit(work).add_done_callback(self._background_done)

    def _look_whether_back(self) -> None:
        """Nobody waits for it, so that the next question may find the centre again."""
        with self._guard:
            due = self._clock.monotonic() >= self._away_until
        if due:
            self._in_background(lambda centre: centre.wait(0, 0.0))

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
            if self._centre is None:
                self._centre = self._open_centre()
            return work(self._centre)

        return runner.submit(run)

    def _background_done(self, done: Future[object]) -> None:
        error = done.exception()
        if error is None:
            with self._guard:
                self._reached_at, self._away_until = self._clock.monotonic(), 0.0
            return
        if isinstance(error, CentreAway):
            self._missed()
        log.warning("asked the centre in the background: %r", error)

    def _came_late(self, granted: Granted) -> None:
        """Nobody waits for this grant any more."""
        if granted.ticket:
            log.info("grant %s came too late and is given back", granted.grant)
            self._in_background(lambda centre: centre.give_back(granted.grant))

    def _missed(self) -> None:
        with self._guard:
            self._away_until = self._clock.monotonic() + AWAY_SECONDS
            self._reached_at = -AWAY_SECONDS

    def _no_longer_hanging(self) -> None:
        with self._guard:
            self._hanging -= 1


def _pull(after: int, secrets: int) -> Callable[[Centre], Pulled]:
    return lambda centre: centre.pull(after, secrets)


def _publish(publication: Publication) -> Callable[[Centre], int]:
    return lambda centre: centre.publish(publication)


def needed(act: BoundAct) -> UserFacingError:
    """What is for the whole hall waits for the centre (design: without the centre admin edits wait)."""
    bound = not_offline(act)
    if bound is None:
        raise ValueError(f"{act} needs no centre")
    return UserFacingError(
        "centre.needed",
        bound.why,
        kept="Nothing was changed.",
        remedy="Look at the foot of the window; do it again when it says “in step”.",
    )

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
from dataclasses import dataclass
from typing import Final

from counter_app.domain.centre.granting import GRANT_USED_WITHIN
from counter_app.domain.centre.offline import BoundAct, not_offline
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.lanes import Runner
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
from counter_app.use_cases.sync.asking import Asking
from counter_app.use_cases.sync.neighbours import keep_neighbours
from counter_app.use_cases.sync.state import read_state

log = logging.getLogger(__name__)

SETTLE_SECONDS: Final = 0.5
LOOK_SECONDS: Final = 0.02
BOUND_SECONDS: Final = 10.0
PIECE_SECONDS: Final = 5.0
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
        self._store = store
        self._journal = journal
        self._clock = clock
        self._also = also
        self._journal_turn = threading.Lock()  # a journal is for one thread at a time
        self._asking = Asking(open_centre, clock, self._cut_off, runner)

    @property
    def away(self) -> bool:
        """Whether the centre is known not to answer, by this process or by the keeper; asks nobody."""
        return self._asking.away

    def standing(self) -> Standing:
        """Where this machine's journal stands."""
        with self._journal_turn:
            return self._journal.standing()

    @property
    def unsent(self) -> int:
        """Own acts the centre has not acknowledged."""
        return self.standing().unsent

    def claim(self, actor: Actor, key: str) -> Claimed | None:
        """Which ticket may be called at the actor's counter? None when the centre is away: go on alone.

        The hall's order is taken in up to the grant first; what does not fit is as good as no answer, and the
        foot says that this machine is out of step. UserFacingError when the centre refuses.
        """
        standing = self.standing()
        asked = self._clock.monotonic()
        wanted = Claim(key, actor.place, actor.staff, standing.pulled, standing.secrets)
        try:
            granted = self._asking.ask(lambda centre: centre.claim(wanted), late=self._came_late)
        except CentreAway:
            return None
        claimed = Claimed(granted.grant, granted.ticket, asked)
        try:
            here = self._taken_in(granted)
        except CentreAway:
            here = False
        except UserFacingError as error:
            self.give_back(claimed)
            log.warning("what came with a grant was not taken in: %s", error)
            return None
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
            self._asking.in_background(lambda centre: centre.give_back(claimed.grant))

    def settle(self) -> None:
        """Give the keeper a moment to send what was done here, so that the centre decides on it."""
        self._wait_sent(SETTLE_SECONDS)

    def catch_up(self) -> bool:
        """Take in the hall's order as it stands now; False when the centre is away."""
        try:
            self._pull_until(lambda reader: False)
        except (CentreAway, UserFacingError) as error:
            log.info("goes on without the hall's latest: %r", error)
            return False
        return True

    def numbers(self, letter: str, day: str) -> bool:
        """Lease the next block of ticket numbers and wait for it; False when the centre is away."""
        try:
            place = self._asking.ask(lambda centre: centre.numbers(letter, day))
            return self._pull_until(lambda reader: self.standing().pulled >= place)
        except (CentreAway, UserFacingError) as error:
            log.info("no numbers of %s were leased: %r", letter, error)
            return False

    def devices(self) -> tuple[DeviceStanding, ...]:
        """Every device of the hall as the centre knows it; noted here too. Raises `CentreAway`."""
        found = self._asking.ask(lambda centre: centre.devices())
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
            place = self._asking.ask(lambda centre: centre.close_day(key, day, staff), seconds=BOUND_SECONDS)
            return self._pull_until(lambda reader: self.standing().pulled >= place)
        except CentreAway:
            return False

    def answered(self, there: Callable[[Reader], bool]) -> bool:
        """Wait until what was done here is at the centre and its answer has come back; False when it went
        away meanwhile, or has not answered yet."""
        self._wait_sent(BOUND_SECONDS)
        try:
            return self._pull_until(there)
        except CentreAway:
            return False

    def publish(self, publications: Sequence[Publication]) -> None:
        """Put rows in force for the whole hall, and take them in here. UserFacingError `centre.needed`."""
        place = 0
        try:
            for publication in publications:
                place = self._asking.ask(_publish(publication), seconds=BOUND_SECONDS)
            self._pull_until(lambda reader: self.standing().pulled >= place)
        except CentreAway as error:
            raise needed("publish") from error

    def picture(self, digest: str, size: int) -> bytes:
        """Sealed bytes another counter took, piece by piece. Raises CentreAway, UserFacingError
        `centre.*`.
        """
        found = bytearray()
        while len(found) < size:
            piece = self._asking.ask(_piece(digest, len(found)), seconds=PIECE_SECONDS)
            if not piece:
                raise CentreAway("a picture without end")
            found += piece
        return bytes(found)

    def close(self) -> None:
        """Let go of the line."""
        self._asking.close()

    def _cut_off(self) -> bool:
        with self._store.reading() as reader:
            return read_state(reader).state == "cut_off"

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
            standing = self.standing()
            after, secrets = standing.pulled, standing.secrets
            pulled = self._asking.ask(_pull(after, secrets))
            self._take_in(pulled)
            if pulled.last >= pulled.head:
                with self._store.reading() as reader:
                    return there(reader)

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

    def _came_late(self, granted: Granted) -> None:
        """Nobody waits for this grant any more."""
        if granted.ticket:
            log.info("grant %s came too late and is given back", granted.grant)
            self._asking.in_background(lambda centre: centre.give_back(granted.grant))


def _pull(after: int, secrets: int) -> Callable[[Centre], Pulled]:
    return lambda centre: centre.pull(after, secrets)


def _piece(digest: str, at: int) -> Callable[[Centre], bytes]:
    return lambda centre: centre.picture_piece(digest, at)


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

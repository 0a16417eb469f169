"""The rating pad and the strip of a counter at work: what is finished is asked about, what is called is
shown.

The keeper calls `step`; both find their counter by the machine at which it was opened, unless a strip is set
up for one by number. A device that is away loses nothing: the strip is written again when it is back, the pad
asks until the time for it is over. (mission: Q6, M3)
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.duty import Duty
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.rating import RATINGS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.frames import LedStrip, RatingPad, StripState
from counter_app.use_cases.ports.store import Reader, Store
from counter_app.use_cases.waiting.ratings import Ratings

log = logging.getLogger(__name__)

ASKED_FOR: Final = timedelta(seconds=60)
SHOWN_FOR: Final = timedelta(minutes=3)
AGAIN_SECONDS: Final = 5.0
REPEAT_SECONDS: Final = 20.0  # a pad says nothing to a question: one that was lost on the wire is asked again
IN_USE: Final = "port.busy"
IN_USE_SECONDS: Final = 0.5
REFRESH_SECONDS: Final = 60.0
GIVEN: Final = "rating.given"


def own_counter(reader: Reader, named: str = "") -> Duty | None:
    """The counter by number, else the one last opened at this machine; None while none is."""
    duties = reader.waiting.duties()
    if named:
        return next((duty for duty in duties if duty.counter == named), None)
    mine = [duty for duty in duties if duty.device == reader.device]
    return max(mine, key=lambda duty: duty.since, default=None)


class RatingWork:
    """One pad. `step` is for one thread."""

    def __init__(
        self,
        store: Store,
        ratings: Ratings,
        pad: RatingPad,
        clock: Clock,
        doubt: Callable[[], None] = lambda: None,
    ) -> None:
        """`doubt` is told of each trouble with it, so that somebody asks it how it is."""
        self._store = store
        self._ratings = ratings
        self._pad = pad
        self._clock = clock
        self._doubt = doubt
        self._seen = store.last_change()
        self._asked: Ticket | None = None
        self._invited = False
        self._again_at = 0.0
        self._repeat_at = 0.0

    def step(self) -> bool:
        """Ask about what was just finished, or listen for the press; True while one is asked about.

        UserFacingError `store.*`."""
        self._look()
        ticket = self._asked
        if ticket is None:
            return False
        if self._is_over(ticket):
            self._end()
            return False
        if self._clock.monotonic() < self._again_at:
            return False
        try:
            return self._talk(ticket)
        except UserFacingError as error:
            if error.code.startswith("store."):
                raise
            log.info("the rating pad: %s", error)
            self._invited = False
            asked = error.code == IN_USE  # how it is, just now
            self._again_at = self._clock.monotonic() + (IN_USE_SECONDS if asked else AGAIN_SECONDS)
            if not asked:
                self._doubt()
            return False

    def close(self) -> None:
        self._pad.close()

    def _talk(self, ticket: Ticket) -> bool:
        if not self._invited or self._clock.monotonic() >= self._repeat_at:
            self._pad.ask()
            self._invited = True
            self._repeat_at = self._clock.monotonic() + REPEAT_SECONDS
        score = self._pad.score()
        if score is None:
            return True
        try:
            self._ratings.rate(Actor("citizen", ticket.counter or ""), f"pad:{ticket.id}", ticket.id, score)
        except UserFacingError as error:
            if error.code != GIVEN:
                raise
        self._pad.thank()
        self._end()
        return False

    def _look(self) -> None:
        """The ticket finished last at this counter takes the place of an older one."""
        changes = self._store.changes_since(self._seen)
        if not changes:
            return
        self._seen = changes[-1].id
        with self._store.reading() as reader:
            duty = own_counter(reader)
            for change in changes:
                ticket = (
                    reader.get(TICKETS, change.subject.partition(":")[2]) if change.kind == "ticket" else None
                )
                if ticket is not None and duty is not None and self._just_served(ticket, duty, reader):
                    self._asked, self._invited, self._again_at = ticket, False, 0.0

    def _just_served(self, ticket: Ticket, duty: Duty, reader: Reader) -> bool:
        ended = ticket.ended_at
        fresh = ended is not None and reader.now - ended < ASKED_FOR
        served = ticket.state == "served" and ticket.counter == duty.counter
        return served and fresh and reader.get(RATINGS, ticket.id) is None

    def _is_over(self, ticket: Ticket) -> bool:
        """The next citizen is called, the time is over, or it was rated elsewhere."""
        if ticket.ended_at is None or self._clock.now() - ticket.ended_at > ASKED_FOR:
            return True
        with self._store.reading() as reader:
            called = reader.waiting.at_counter(ticket.counter or "")
            busy = any(one.state in ("called", "serving") for one in called)
            return busy or reader.get(RATINGS, ticket.id) is not None

    def _end(self) -> None:
        self._asked, self._invited = None, False
        self._pad.close()


class StripWork:
    """One strip. `step` is for one thread."""

    def __init__(
        self, store: Store, strip: LedStrip, clock: Clock, doubt: Callable[[], None] = lambda: None
    ) -> None:
        """`doubt` as for a pad."""
        self._store = store
        self._strip = strip
        self._clock = clock
        self._doubt = doubt
        self._shown: tuple[StripState, str, str] | None = None
        self._again_at = 0.0

    def step(self) -> bool:
        """Show what has changed; the same again now and then, since a strip that was off says nothing.

        UserFacingError `store.*`."""
        wanted = self._wanted()
        now = self._clock.monotonic()
        if wanted is None or (wanted == self._shown and now < self._again_at):
            return False
        if self._shown is None and now < self._again_at:
            return False
        try:
            self._strip.show(*wanted)
        except UserFacingError as error:
            log.info("the strip: %s", error)
            self._doubt()
            self._shown, self._again_at = None, now + AGAIN_SECONDS
            return False
        self._shown, self._again_at = wanted, now + REFRESH_SECONDS
        return False

    def _wanted(self) -> tuple[StripState, str, str] | None:
        with self._store.reading() as reader:
            duty = own_counter(reader, self._strip.counter)
            if duty is None:
                known = self._shown[1] if self._shown else self._strip.counter
                return ("closed", known, "") if known else None
            if duty.state != "open":
                return duty.state, duty.counter, ""
            for ticket in reader.waiting.at_counter(duty.counter):
                if ticket.state == "serving":
                    return "serving", duty.counter, ticket.number
                called = ticket.called_at
                if ticket.state == "called" and called is not None and reader.now - called < SHOWN_FOR:
                    return "called", duty.counter, ticket.number
            return "open", duty.counter, ""

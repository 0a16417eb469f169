"""Noting how this device stands, seldom enough: each note is a commit that wakes every window.

A moment behind is no state: whoever acts is behind until the centre has answered. Progress is watched, not
errors: who has something to send or to fetch and gets no further for long says so (design: anti-entropy).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.ports.sync import Standing
from counter_app.use_cases.sync.state import CentreState, StateName, note_state, read_state

KEEPER: Final = Actor("keeper")
BEHIND_SECONDS: Final = 1.0
FIGURES_SECONDS: Final = 1.0
TIMES_SECONDS: Final = 15.0
STUCK_SECONDS: Final = 60.0
STUCK: Final = "sync.stuck"


class Noting:
    """Keeps the note `centre/state` true."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        with store.reading() as reader:
            self._noted = read_state(reader)
        self._noted_at = -TIMES_SECONDS
        self._behind_since: float | None = None
        self._moved = (0, 0, clock.monotonic())
        self._contact = self._noted.last_contact
        self._agreed = self._noted.agreed_at

    @property
    def noted(self) -> CentreState:
        return self._noted

    def talked(self) -> None:
        """The centre answered just now."""
        self._contact = _text(self._clock.now())

    def stands(self, standing: Standing, *, agreed: bool) -> None:
        """The centre answers. `agreed`: everything is here and there, and the roots are equal."""
        now = self._clock.monotonic()
        if agreed:
            self._agreed, self._behind_since = _text(self._clock.now()), None
            self._moved = (standing.acked, standing.pulled, now)
            self._write("in_step", standing, "")
            return
        if self._behind_since is None:
            self._behind_since = now
        if (standing.acked, standing.pulled) != self._moved[:2]:
            self._moved = (standing.acked, standing.pulled, now)
        stuck = now - self._moved[2] >= STUCK_SECONDS
        if self._noted.state != "in_step" or now - self._behind_since >= BEHIND_SECONDS:
            self._write("catching_up", standing, STUCK if stuck else "")

    def is_not(self, state: StateName, standing: Standing, reason: str = "") -> None:
        """Cut off, out of step or revoked."""
        self._behind_since = None
        self._write(state, standing, reason)

    def _write(self, state: StateName, standing: Standing, reason: str) -> None:
        was = self._noted
        new = CentreState(
            state=state,
            since=was.since if was.state == state else _text(self._clock.now()),
            unsent=standing.unsent + standing.aside,
            oldest_unsent=standing.oldest_unsent,
            last_contact=self._contact,
            agreed_at=self._agreed,
            hall_seq=standing.pulled,
            reason=reason,
        )
        now = self._clock.monotonic()
        if (new.state, new.reason) == (was.state, was.reason):
            figures = replace(
                new, last_contact=was.last_contact, agreed_at=was.agreed_at, hall_seq=was.hall_seq
            )
            wait = TIMES_SECONDS if figures == was else FIGURES_SECONDS
            if new == was or now - self._noted_at < wait:
                return
        self._store.act(KEEPER, "", lambda tx: note_state(tx, new))
        self._noted, self._noted_at = new, now


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")

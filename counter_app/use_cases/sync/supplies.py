"""What a device keeps in hand for when the line is cut: ticket numbers, leases for its open counters, and
how the hall's other machines stand.

Not here: how they are used (`use_cases/waiting`), how the centre grants them (`use_cases/centre`).
"""

from __future__ import annotations

import logging
from typing import Final

from counter_app.domain.centre.numbering import NUMBERS, numbers_id
from counter_app.domain.journal import Actor, device_of
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import Centre
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.ports.sync import Journal
from counter_app.use_cases.sync.neighbours import keep_neighbours

KEEPER: Final = Actor("keeper")
log = logging.getLogger(__name__)

NUMBERS_LEFT: Final = 10
NUMBERS_SECONDS: Final = 2.0
LEASE_SECONDS: Final = 20.0
DEVICES_SECONDS: Final = 45.0
REFUSED_SECONDS: Final = 60.0


class Supplies:
    """Asks in good time, and not again and again for what was refused."""

    def __init__(self, journal: Journal, store: Store, centre: Centre, clock: Clock) -> None:
        self._journal = journal
        self._store = store
        self._centre = centre
        self._clock = clock
        self._next: dict[str, float] = {}

    def step(self) -> None:
        """Raises CentreAway."""
        if self._due("numbers", NUMBERS_SECONDS):
            self._numbers()
        if self._due("leases", LEASE_SECONDS):
            self._leases()
        if self._due("devices", DEVICES_SECONDS):
            self._look_around()

    def _look_around(self) -> None:
        """How the hall's other machines stand, so that a silent one is shown as such (mission: H4)."""
        devices = self._centre.devices()
        self._store.act(KEEPER, "", lambda tx: keep_neighbours(tx, devices))

    def _numbers(self) -> None:
        """For each letter this device gave tickets of today."""
        with self._store.reading() as reader:
            day, device = reader.now.date().isoformat(), reader.device
            runs = self._journal.runs("ticket/")
            low = []
            for name, used in runs.items():
                _, letter, of_day = name.split("/")
                state = reader.get(NUMBERS, numbers_id(device, letter, of_day))
                if of_day == day and (state.count if state else 0) - used < NUMBERS_LEFT:
                    low.append(letter)
        for letter in low:
            if self._due(f"numbers/{letter}", 0.0):
                try:
                    self._centre.numbers(letter, day)
                except UserFacingError as error:
                    self._refused(f"numbers/{letter}", error)

    def _leases(self) -> None:
        """For each counter at which somebody is signed in on this machine."""
        with self._store.reading() as reader:
            shifts = reader.waiting.access.open_shifts()
            own = [(shift.counter, shift.staff) for shift in shifts if device_of(shift.id) == reader.device]
        for counter, staff in own:
            if self._due(f"lease/{counter}", 0.0):
                try:
                    self._centre.lease(counter, staff)
                except UserFacingError as error:
                    self._refused(f"lease/{counter}", error)

    def _due(self, name: str, every: float) -> bool:
        now = self._clock.monotonic()
        if now < self._next.get(name, now):
            return False
        self._next[name] = now + every
        return True

    def _refused(self, name: str, error: UserFacingError) -> None:
        if error.code == "centre.revoked":
            raise error
        log.info("%s: %s", name, error)
        self._next[name] = self._clock.monotonic() + REFUSED_SECONDS

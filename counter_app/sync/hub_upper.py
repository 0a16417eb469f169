"""The `Upper` port over HTTPS to the hub of the hall above; log-in, times, errors are `hub_centre.py`'s."""

from __future__ import annotations

from counter_app.sync.hub_centre import HubCentre
from counter_app.use_cases.ports.relay import Letter, MirrorStanding, Stretch
from counter_app.use_cases.relay import wire


class HubUpper(HubCentre):
    """`Upper` over HTTPS; as a device of the hall above the same line is its `Centre` too."""

    def standing(self, hall: str) -> MirrorStanding:
        return self._ask(wire.STANDING, wire.StandingAsked(hall), self._times.hello)

    def mirror(self, stretch: Stretch) -> MirrorStanding:
        return self._ask(wire.MIRROR, stretch, self._times.bulk)

    def letters(self, after: int) -> tuple[Letter, ...]:
        return self._ask(wire.LETTERS, wire.LettersAsked(after), self._times.bulk)

    def taken(self, number: int) -> None:
        self._ask(wire.TAKEN, wire.LettersTaken(number), self._times.hello)

"""What the hub serves: one hall's centre as the hub sees it. `use_cases/centre` is behind it."""

from __future__ import annotations

from typing import Protocol

from counter_app.use_cases.centre.wire import Enrolled
from counter_app.use_cases.ports.centre import Centre
from counter_app.use_cases.ports.centre_store import DeviceRow


class HubHall(Protocol):
    """Threads share it. Every call may raise CentreAway or UserFacingError."""

    @property
    def hall(self) -> str: ...

    @property
    def training(self) -> bool:
        """Whether this is a hall for training: its machines are never real ones, nor real ones its."""
        ...

    def known(self, device: str) -> DeviceRow | None:
        """The enrolled device, revoked or not."""
        ...

    def line(self, device: str) -> Centre:
        """What this device may ask. The hub has made sure that it is this device that asks."""
        ...

    def enrol(self, code: str, public: bytes) -> Enrolled:
        """Use up a one-time code. UserFacingError `centre.code-unknown` and what else stands against it."""
        ...

    def wait(self, after: int, seconds: float) -> int:
        """The hall's newest place, as soon as it is beyond `after`, or after so many seconds."""
        ...

    def sweep(self) -> None:
        """What the centre does by the clock: called about once a second."""
        ...

"""Row queries about shifts and looks, and the hashing of PINs."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from counter_app.domain.access.looks import Look
from counter_app.domain.access.shift import ShiftState


class AccessRows(Protocol):
    def shift_of(self, staff: str) -> ShiftState | None:
        """The clerk's shift that has not ended; the latest, where two machines each began one."""
        ...

    def shift_at(self, counter: str) -> ShiftState | None:
        """The latest shift at this counter that has not ended."""
        ...

    def open_shifts(self) -> tuple[ShiftState, ...]: ...

    def shifts_of(self, staff: str, since: datetime, limit: int) -> tuple[ShiftState, ...]:
        """Sign-ins and sign-outs, newest first."""
        ...

    def looks_at(self, party: str, limit: int) -> tuple[Look, ...]:
        """Who looked at this person, newest first."""
        ...

    def looks_since(self, since: datetime, limit: int) -> tuple[Look, ...]: ...


class PinHasher(Protocol):
    """A slow, salted hash. Both calls take a while on purpose: never inside an act."""

    def hash(self, pin: str) -> str: ...

    def verify(self, hashed: str, pin: str) -> bool:
        """False for a wrong PIN and for a text that is no hash."""
        ...

    def stale(self, hashed: str) -> bool:
        """Whether it was made with weaker settings than today's."""
        ...

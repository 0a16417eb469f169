"""What a print queue of any system is asked, and the honest answers it gives."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from counter_app.use_cases.ports.printing import PrinterState


class Phase(Protocol):
    """`ipp.JobPhase` and its like."""

    @property
    def ended(self) -> bool: ...

    @property
    def name(self) -> str: ...


class TakenOut(Enum):
    """What became of a job that was to leave the queue."""

    GONE = auto()  # it had ended, or the queue would not let it go
    UNTOUCHED = auto()  # taken out before anything of it was printed: certain
    BEGUN = auto()  # taken out; what is on paper nobody knows


class Queue(Protocol):
    """What both kinds of queue do. All but `__init__` raise UserFacingError when it is away or refuses."""

    def state(self) -> PrinterState: ...

    def send(self, name: str, data: bytes, kind: str, *, size: str = "") -> int:
        """Hand a document over; the queue's number of the job. `QueueTrouble` says whether it may have it."""
        ...

    def phase(self, job: int) -> Phase: ...

    def cancel(self, job: int) -> TakenOut: ...

    def waiting(self, wanted: str) -> tuple[int, ...]:
        """Jobs of this account that have not ended, by the name of the job or of their owner (`names`)."""
        ...

"""A ticket as it stands, where it waits, and how it may be called next.

A ticket waits in exactly one *pool*: the day, where (a line and the licence it asks for, a named
counter, a clerk) and the class (priority, appointment, ordinary). Heads of pools are all the choice
ever looks at, which keeps it flat at any length (`choice.py`). Not here: how events change a ticket
(`fold.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

State = Literal[
    "waiting", "called", "serving", "held", "no_show", "served", "gave_up", "carried_over", "void"
]
Queue = Literal["priority", "appointment", "ordinary"]
STATES: Final[tuple[State, ...]] = get_args(State)
QUEUES: Final[tuple[Queue, ...]] = ("priority", "appointment", "ordinary")
LIVE: Final = frozenset({"waiting", "called", "serving", "held"})
AT_COUNTER: Final = frozenset({"called", "serving"})
BY_CARD: Final = frozenset({"elder"})  # the card shows it; every other kind needs staff and a reason
BY_STAFF: Final = frozenset({"elder", "disabled", "military", "pregnant", "carried_over"})


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing the citizen came for."""

    item: str
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """The fold of a ticket. `place` sorts as text: the earlier waits further ahead.

    `called_at`, `started_at` belong to the latest call. `service_seconds` is set when the ticket has
    been served. `licence` is what a counter needs for it; empty: any counter of the line. `overtaken` names
    events that no longer fitted when they arrived.
    """

    id: str
    number: str
    line: str
    day: str
    state: State
    place: str
    issued_at: datetime
    channel: str
    issuer: str
    language: str
    licence: str = ""
    matters: tuple[Matter, ...] = ()
    priority: str | None = None
    priority_reason: str = ""
    appointment_at: datetime | None = None
    person: str | None = None
    slip_number: str | None = None
    slip_at: datetime | None = None
    carried_from: str | None = None
    wait_low: int | None = None
    wait_high: int | None = None
    to_counter: str | None = None
    to_staff: str | None = None
    counter: str | None = None
    staff: str | None = None
    calls: int = 0
    called_at: datetime | None = None
    started_at: datetime | None = None
    first_called_at: datetime | None = None
    returned_at: datetime | None = None
    held_at: datetime | None = None
    held_reason: str = ""
    holds: int = 0
    misses: int = 0
    carried_to: str | None = None
    ended_at: datetime | None = None
    end_reason: str = ""
    service_seconds: int | None = None
    overtaken: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def waits_since(self) -> datetime:
        """From when the wait counts: the slip's time, or an appointment or a return if that is later."""
        later = (self.appointment_at, self.returned_at)
        return max((self.slip_at or self.issued_at, *(moment for moment in later if moment)))

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(matter.item for matter in self.matters)

    @property
    def matters_done(self) -> int:
        return sum(matter.done_at is not None for matter in self.matters)

    @property
    def queue(self) -> Queue:
        if self.priority is None:
            return "ordinary"
        return "appointment" if self.priority == "appointment" else "priority"

    @property
    def pool(self) -> str | None:
        """Where it waits; None when it does not wait."""
        if self.state != "waiting":
            return None
        return pool(self.day, self.where, self.queue)

    @property
    def where(self) -> str:
        if self.to_counter:
            return at_counter(self.to_counter)
        if self.to_staff:
            return at_staff(self.to_staff)
        return in_line(self.line, self.licence)


def in_line(line: str, licence: str = "") -> str:
    return f"line:{line}/{licence}"


def at_counter(counter: str) -> str:
    return f"counter:{counter}"


def at_staff(staff: str) -> str:
    return f"staff:{staff}"


def pool(day: str, where: str, queue: Queue) -> str:
    """`2026-11-23/line:A/BIRTH/ordinary`."""
    return f"{day}/{where}/{queue}"


def place_at(moment: datetime, tie: int = 0) -> str:
    """A place by arrival: milliseconds since 1970 and a tie-breaker; sorts as text."""
    return f"{int(moment.timestamp() * 1000):014d}.{tie:012d}"


def number_text(prefix: str, serial: int) -> str:
    """`A012`; from 1000 on the number simply grows (`A1000`)."""
    return f"{prefix}{serial:03d}"

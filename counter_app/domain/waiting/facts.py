"""What happens to a ticket, as facts (mission: Q1, Q2, Q7).

Times inside bodies are ISO 8601 texts; when a fact happened stands on its event. A citizen's keyed
hash and a reason for priority are private parts (`person`, `reason`), never bodies.
Not here: what the facts come to (`fold.py`), duty, help and ratings (their own modules).
"""

from __future__ import annotations

from typing import ClassVar

from counter_app.domain.journal import Fact


class TicketFact(Fact):
    """Base of every fact about one ticket."""

    ticket: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"ticket:{self.ticket}",)


class LineFact(TicketFact):
    """A fact the line's own count of turns follows as well (fairness, mission: Q3)."""

    line: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"ticket:{self.ticket}", f"lineup:{self.line}")


class TicketIssued(TicketFact):
    """A ticket begins. `slip_number`/`slip_at` are set for a slip entered later (补录, mission: X6)."""

    number: str
    line: str
    day: str
    licence: str = ""
    items: tuple[str, ...] = ()
    channel: str = "kiosk"
    issuer: str = ""
    language: str = "zh_CN"
    priority: str | None = None
    appointment_at: str | None = None
    slip_number: str | None = None
    slip_at: str | None = None
    carried_from: str | None = None
    ahead: int = 0
    wait_low: int | None = None
    wait_high: int | None = None


class TicketCalled(LineFact):
    """The number is shown and said at a counter. `rule` tells why it was this one's turn.

    `grant` is the id of the centre's `TicketGranted` behind it. `offline` says that the centre was away: the
    same number may have been called elsewhere (mission: Q4).
    """

    version: ClassVar[int] = 2

    counter: str
    staff: str
    queue: str
    rule: str
    out_of_turn: bool = False
    reason: str = ""
    grant: str = ""
    offline: bool = False


class TicketRecalled(TicketFact):
    counter: str


class CallTakenBack(LineFact):
    """叫错: the call was a mistake; the ticket has its old place again."""

    counter: str


class ServingStarted(TicketFact):
    counter: str


class TicketFinished(TicketFact):
    counter: str
    staff: str


class TicketMissed(TicketFact):
    """Nobody came to the call (过号)."""

    counter: str


class TicketHeld(TicketFact):
    """Set aside at this counter while the citizen fetches something (暂挂)."""

    counter: str
    reason: str


class TicketResumed(TicketFact):
    counter: str
    staff: str


class TicketReturned(TicketFact):
    """Back in the waiting line: at its old place, or at `place` after a no-show.

    `cause` is one of `log-off`, `crash`, `closing`, `hold-limit`, `after-no-show`.
    """

    cause: str
    place: str | None = None


class TicketTransferred(TicketFact):
    """Sent on to a `line`, a `counter` or a clerk (`staff`); the place is kept."""

    to: str
    id: str
    licence: str = ""
    reason: str
    counter: str = ""


class MatterAdded(TicketFact):
    item: str


class MatterFinished(TicketFact):
    """The matter in hand is done and the next one on the ticket begins."""

    item: str


class TicketPrioritised(TicketFact):
    """Staff gave (or with kind `none` took away) priority; why is the private part `reason`."""

    kind: str


class TicketVoided(TicketFact):
    reason: str


class TicketGaveUp(TicketFact):
    """The citizen left without being served."""

    reason: str = ""


class TicketCarriedOver(TicketFact):
    """The day closed first: the holder gets a priority ticket on showing this one."""

    reason: str = ""


class CarriedTicketUsed(TicketFact):
    """The holder of a carried-over ticket got the new one, `by`; it gives no third."""

    by: str


class DayClosed(Fact):
    """The lines of `day` were closed; how its tickets ended, counted by state."""

    day: str
    ended: int
    counts: dict[str, int]

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"day:{self.day}",)

"""What commands of the waiting room take and give: frozen, told apart by kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.waiting.forecast import WaitRange
from counter_app.domain.waiting.ticket import Ticket
from counter_app.use_cases.ports.store import Transaction

Channel = Literal["kiosk", "counter", "command", "slip"]


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """A line's letter or items (or both). `priority`: `elder` (the card shows it), `disabled`,
    `military`, `pregnant` (staff, with a reason) or `appointment` with `appointment_at`.

    `person` is the keyed hash of the ID number, never the number. `slip_number` and `slip_at` enter a
    pre-numbered slip later (channel `slip`). `carried_from` is the id of a ticket carried over.
    """

    line: str | None = None
    items: tuple[str, ...] = ()
    language: str = "zh_CN"
    channel: Channel = "kiosk"
    priority: str | None = None
    priority_reason: str = ""
    person: str | None = None
    appointment_at: datetime | None = None
    slip_number: str | None = None
    slip_at: datetime | None = None
    carried_from: str | None = None


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """`ahead` counts up to 500. `wait` is None while no counter of the line is open."""

    ticket: str
    number: str
    line: str
    ahead: int
    wait: WaitRange | None
    counters: tuple[str, ...]
    paper: str | None


@dataclass(frozen=True, slots=True)
class TransferTo:
    """A counter's number, a line's letter, or a clerk's badge."""

    kind: Literal["counter", "line", "staff"]
    id: str


@dataclass(frozen=True, slots=True)
class TicketPaperRequest:
    """All a ticket's paper needs to know (papers.md 排队号票)."""

    ticket: Ticket
    plan: HallPlan
    items: tuple[Item, ...]
    ahead: int
    wait: WaitRange | None
    counters: tuple[str, ...]


class TicketPaper(Protocol):
    """Issues the paper and its print job inside the act that issues the ticket."""

    def issue_ticket_paper(self, tx: Transaction, request: TicketPaperRequest) -> str:
        """The paper's id; an event of the act names it as its subject `paper:<id>`."""
        ...

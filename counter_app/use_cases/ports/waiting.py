"""Row queries about tickets, counters and waiting lines; `store/waiting_rows.py` answers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from counter_app.domain.waiting.duty import Duty
from counter_app.domain.waiting.helpcall import HelpCall
from counter_app.domain.waiting.ticket import Ticket
from counter_app.use_cases.ports.access import AccessRows


class WaitingRows(Protocol):
    """Every list is bounded, every query an index seek: the same at 100 and 1,000,000 tickets.

    Pools are texts of `domain/waiting/ticket.pool`.
    """

    @property
    def access(self) -> AccessRows:
        """Rows of the neighbouring room: who is at which counter."""
        ...

    def heads(self, pools: Sequence[str]) -> tuple[Ticket, ...]:
        """The first ticket of each pool that has one."""
        ...

    def counts(self, pools: Sequence[str], cap: int) -> Mapping[str, int]:
        """People waiting in each pool, counted up to `cap`."""
        ...

    def first(self, pools: Sequence[str], each: int) -> tuple[Ticket, ...]:
        """Up to `each` tickets of every pool, by place over all."""
        ...

    def by_number(self, day: str, number: str) -> Ticket | None: ...

    def at_counter(self, counter: str) -> tuple[Ticket, ...]:
        """Called, serving and held tickets of a counter, oldest call first."""
        ...

    def by_staff(self, staff: str) -> tuple[Ticket, ...]:
        """Called, serving and held tickets of a clerk."""
        ...

    def missed(self, day: str, limit: int) -> tuple[Ticket, ...]:
        """No-shows of the day, newest first."""
        ...

    def calls(self, day: str, limit: int) -> tuple[Ticket, ...]:
        """Tickets at a counter now, the latest call first."""
        ...

    def live_of(self, person: str) -> tuple[Ticket, ...]:
        """Tickets of this person (keyed hash) that have not ended."""
        ...

    def issued_since(self, issuer: str, since: datetime, cap: int) -> int: ...

    def service_seconds(self, lines: Sequence[str], each: int) -> Mapping[str, tuple[int, ...]]:
        """Recent seconds from call to end per line, newest first."""
        ...

    def open_tickets(self, limit: int) -> tuple[Ticket, ...]:
        """Every ticket of any day that has not ended, oldest first."""
        ...

    def states(self, day: str, cap: int) -> Mapping[str, int]:
        """How many tickets of the day are in each state that has any, each counted up to `cap`."""
        ...

    def longest(self, day: str) -> Ticket | None:
        """The ticket of the day that is furthest ahead of all."""
        ...

    def duties(self) -> tuple[Duty, ...]: ...

    def help_calls(self, limit: int) -> tuple[HelpCall, ...]:
        """Calls for help that nobody answered, oldest first."""
        ...

    def rating_counts(self, column: str, value: str, since: datetime, until: datetime) -> Mapping[int, int]:
        """Ratings by score, of a `staff`, `counter` or `line`."""
        ...

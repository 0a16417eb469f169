"""Tables of the waiting room: tickets, turns of a line, duty, help calls, ratings.

`pool` is set only while a ticket waits, `at_counter` only while it is called, serving or held, so the
partial indexes stay as small as the hall is full, however many tickets the store keeps.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BLOB, TEXT, Column, Index, Integer, Table

from counter_app.domain.waiting.choice import LINEUPS, Lineup
from counter_app.domain.waiting.duty import DUTIES, Duty
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.helpcall import HELP_CALLS, HelpCall
from counter_app.domain.waiting.rating import RATINGS, Rating
from counter_app.domain.waiting.ticket import Ticket
from counter_app.store.access_tables import ACCESS_PROJECTIONS
from counter_app.store.projections import Projection
from counter_app.store.schema import METADATA

tickets = Table(
    "tickets",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("day", TEXT, nullable=False),
    Column("number", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("line", TEXT, nullable=False),
    Column("pool", TEXT),
    Column("place", TEXT, nullable=False),
    Column("at_counter", TEXT),
    Column("by_staff", TEXT),
    Column("called", TEXT),
    Column("missed", TEXT),
    Column("person", TEXT),
    Column("issuer", TEXT, nullable=False),
    Column("issued", TEXT, nullable=False),
    Column("live", Integer),
    Column("served", TEXT),
    Column("seconds", Integer),
)
_c = tickets.c
Index("tickets_pool", _c.pool, _c.place, _c.id, sqlite_where=_c.pool.is_not(None))
Index("tickets_waiting", _c.day, _c.place, sqlite_where=_c.pool.is_not(None))
Index("tickets_counter", _c.at_counter, sqlite_where=_c.at_counter.is_not(None))
Index("tickets_staff", _c.by_staff, sqlite_where=_c.by_staff.is_not(None))
Index("tickets_called", _c.day, _c.called, sqlite_where=_c.called.is_not(None))
Index("tickets_missed", _c.day, _c.missed, sqlite_where=_c.missed.is_not(None))
Index("tickets_person", _c.person, sqlite_where=_c.person.is_not(None))
Index("tickets_live", _c.live, _c.issued, sqlite_where=_c.live.is_not(None))
Index("tickets_served", _c.line, _c.served, _c.seconds, sqlite_where=_c.served.is_not(None))
Index("tickets_number", _c.day, _c.number)
Index("tickets_state", _c.day, _c.state)
Index("tickets_issuer", _c.issuer, _c.issued)

lineups = Table(
    "lineups", METADATA, Column("id", TEXT, primary_key=True), Column("fold", BLOB, nullable=False)
)
duties = Table("duties", METADATA, Column("id", TEXT, primary_key=True), Column("fold", BLOB, nullable=False))
help_calls = Table(
    "help_calls",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("asked", TEXT),
)
Index("help_calls_open", help_calls.c.asked, sqlite_where=help_calls.c.asked.is_not(None))
ratings = Table(
    "ratings",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("score", Integer, nullable=False),
    Column("staff", TEXT, nullable=False),
    Column("counter", TEXT, nullable=False),
    Column("line", TEXT, nullable=False),
    Index("ratings_staff", "staff", "at", "score"),
    Index("ratings_counter", "counter", "at", "score"),
    Index("ratings_line", "line", "at", "score"),
)


def _ticket(ticket: Ticket) -> dict[str, Any]:
    here = ticket.state in ("called", "serving", "held")
    shown = ticket.state in ("called", "serving") and ticket.called_at is not None
    served = ticket.ended_at if ticket.service_seconds is not None else None
    return {
        "day": ticket.day,
        "number": ticket.number,
        "state": ticket.state,
        "line": ticket.line,
        "pool": ticket.pool,
        "place": ticket.place,
        "at_counter": ticket.counter if here else None,
        "by_staff": ticket.staff if here else None,
        "called": ticket.called_at.isoformat() if shown and ticket.called_at else None,
        "missed": ticket.ended_at.isoformat() if ticket.state == "no_show" and ticket.ended_at else None,
        "person": ticket.person if ticket.live else None,
        "issuer": ticket.issuer,
        "issued": ticket.issued_at.isoformat(),
        "live": 1 if ticket.live else None,
        "served": served.isoformat() if served else None,
        "seconds": ticket.service_seconds,
    }


def _lineup(state: Lineup) -> dict[str, Any]:
    return {}


def _duty(state: Duty) -> dict[str, Any]:
    return {}


def _help(call: HelpCall) -> dict[str, Any]:
    return {"asked": call.asked_at.isoformat() if call.answered_at is None else None}


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "at": rating.at.isoformat(),
        "score": rating.score,
        "staff": rating.staff,
        "counter": rating.counter,
        "line": rating.line,
    }


TICKET_PROJECTION: Final = Projection(TICKETS, tickets, _ticket)

WAITING_PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    TICKET_PROJECTION,
    Projection(LINEUPS, lineups, _lineup),
    Projection(DUTIES, duties, _duty, version=2),
    Projection(HELP_CALLS, help_calls, _help),
    Projection(RATINGS, ratings, _rating),
    *ACCESS_PROJECTIONS,
)

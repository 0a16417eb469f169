"""Row queries of the waiting room: seeks on partial indexes, every list bounded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import TEXT, Select, bindparam, column, func, select

from counter_app.domain.waiting.duty import DUTIES, Duty
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.helpcall import HELP_CALLS, HelpCall
from counter_app.domain.waiting.ticket import STATES, Ticket
from counter_app.store.access_rows import SqliteAccessRows
from counter_app.store.query import Prepared, Query, prepared
from counter_app.store.waiting_tables import duties, help_calls, ratings, tickets

_t = tickets.c
_FOLD = select(_t.fold)
_LIVE_CAP: Final = 20
_listed = func.json_each(bindparam("pools")).table_valued("value").alias("listed")


def _of_pool(what: Select[tuple[bytes]]) -> Select[tuple[bytes]]:
    return what.where(_t.pool == _listed.c.value).order_by(_t.place, _t.id).correlate(_listed)


_HEADS: Final = prepared(select(_of_pool(_FOLD).limit(1).scalar_subquery()).select_from(_listed))
_COUNT: Final = prepared(
    select(func.count()).select_from(
        select(_t.id).where(_t.pool == bindparam("pool")).limit(bindparam("most")).subquery()
    )
)
_FIRST: Final = prepared(
    _FOLD.where(_t.pool == bindparam("pool")).order_by(_t.place, _t.id).limit(bindparam("most"))
)
_BY_NUMBER: Final = prepared(
    _FOLD.where(_t.day == bindparam("day"), _t.number == bindparam("number"))
    .order_by(_t.issued.desc())
    .limit(1)
)
_AT_COUNTER: Final = prepared(_FOLD.where(_t.at_counter == bindparam("counter")).order_by(_t.called))
_BY_STAFF: Final = prepared(_FOLD.where(_t.by_staff == bindparam("staff")).order_by(_t.called))
_CALLS: Final = prepared(
    _FOLD.where(_t.day == bindparam("day"), _t.called.is_not(None))
    .order_by(_t.called.desc())
    .limit(bindparam("most"))
)
_MISSED: Final = prepared(
    _FOLD.where(_t.day == bindparam("day"), _t.missed.is_not(None))
    .order_by(_t.missed.desc())
    .limit(bindparam("most"))
)
_LIVE_OF: Final = prepared(_FOLD.where(_t.person == bindparam("person")).limit(_LIVE_CAP))
_ISSUED: Final = prepared(
    select(func.count()).select_from(
        select(_t.id)
        .where(_t.issuer == bindparam("issuer"), _t.issued > bindparam("since"))
        .limit(bindparam("most"))
        .subquery()
    )
)
_SERVED: Final = prepared(
    select(_t.seconds)
    .where(_t.line == bindparam("line"), _t.served.is_not(None))
    .order_by(_t.served.desc())
    .limit(bindparam("most"))
)
_OPEN: Final = prepared(_FOLD.where(_t.live == 1).order_by(_t.issued).limit(bindparam("most")))
_IN_STATE: Final = prepared(
    select(func.count()).select_from(
        select(_t.id)
        .where(_t.day == bindparam("day"), _t.state == bindparam("state"))
        .limit(bindparam("most"))
        .subquery()
    )
)
_LONGEST: Final = prepared(
    _FOLD.where(_t.day == bindparam("day"), _t.pool.is_not(None)).order_by(_t.place).limit(1)
)
_DUTIES: Final = prepared(select(duties.c.fold))
_HELP: Final = prepared(
    select(help_calls.c.fold)
    .where(help_calls.c.asked.is_not(None))
    .order_by(help_calls.c.asked)
    .limit(bindparam("most"))
)
_RATINGS: Final = {
    name: prepared(
        select(ratings.c.score, func.count())
        .where(
            column(name, TEXT) == bindparam("value"),
            ratings.c.at >= bindparam("since"),
            ratings.c.at < bindparam("until"),
        )
        .group_by(ratings.c.score)
        .select_from(ratings)
    )
    for name in ("staff", "counter", "line")
}


class SqliteWaitingRows:
    """`WaitingRows` over one cursor."""

    def __init__(self, query: Query) -> None:
        self._query = query

    @property
    def access(self) -> SqliteAccessRows:
        return SqliteAccessRows(self._query)

    def heads(self, pools: Sequence[str]) -> tuple[Ticket, ...]:
        rows = self._query.all(_HEADS, pools=json.dumps(pools))
        return tuple(TICKETS.decode(fold) for (fold,) in rows if fold is not None)

    def counts(self, pools: Sequence[str], cap: int) -> Mapping[str, int]:
        return {pool: self._count(_COUNT, pool=pool, most=cap) for pool in pools}

    def first(self, pools: Sequence[str], each: int) -> tuple[Ticket, ...]:
        found = [ticket for pool in pools for ticket in self._tickets(_FIRST, pool=pool, most=each)]
        return tuple(sorted(found, key=lambda ticket: (ticket.place, ticket.id)))

    def by_number(self, day: str, number: str) -> Ticket | None:
        return next(iter(self._tickets(_BY_NUMBER, day=day, number=number)), None)

    def at_counter(self, counter: str) -> tuple[Ticket, ...]:
        return self._tickets(_AT_COUNTER, counter=counter)

    def by_staff(self, staff: str) -> tuple[Ticket, ...]:
        return self._tickets(_BY_STAFF, staff=staff)

    def missed(self, day: str, limit: int) -> tuple[Ticket, ...]:
        return self._tickets(_MISSED, day=day, most=limit)

    def calls(self, day: str, limit: int) -> tuple[Ticket, ...]:
        return self._tickets(_CALLS, day=day, most=limit)

    def live_of(self, person: str) -> tuple[Ticket, ...]:
        return self._tickets(_LIVE_OF, person=person)

    def issued_since(self, issuer: str, since: datetime, cap: int) -> int:
        return self._count(_ISSUED, issuer=issuer, since=since.isoformat(), most=cap)

    def service_seconds(self, lines: Sequence[str], each: int) -> Mapping[str, tuple[int, ...]]:
        return {
            line: tuple(row[0] for row in self._query.all(_SERVED, line=line, most=each)) for line in lines
        }

    def open_tickets(self, limit: int) -> tuple[Ticket, ...]:
        return self._tickets(_OPEN, most=limit)

    def states(self, day: str, cap: int) -> Mapping[str, int]:
        counts = {state: self._count(_IN_STATE, day=day, state=state, most=cap) for state in STATES}
        return {state: count for state, count in counts.items() if count}

    def longest(self, day: str) -> Ticket | None:
        return next(iter(self._tickets(_LONGEST, day=day)), None)

    def duties(self) -> tuple[Duty, ...]:
        return tuple(DUTIES.decode(fold) for (fold,) in self._query.all(_DUTIES))

    def help_calls(self, limit: int) -> tuple[HelpCall, ...]:
        return tuple(HELP_CALLS.decode(fold) for (fold,) in self._query.all(_HELP, most=limit))

    def rating_counts(self, column: str, value: str, since: datetime, until: datetime) -> Mapping[int, int]:
        span = {"since": since.isoformat(), "until": until.isoformat()}
        return dict(self._query.all(_RATINGS[column], value=value, **span))

    def _tickets(self, statement: Prepared, **params: object) -> tuple[Ticket, ...]:
        return tuple(TICKETS.decode(fold) for (fold,) in self._query.all(statement, **params))

    def _count(self, statement: Prepared, **params: object) -> int:
        row = self._query.one(statement, **params)
        return int(row[0]) if row else 0

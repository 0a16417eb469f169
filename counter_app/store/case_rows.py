"""Row queries of the case room: seeks, every list bounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import TEXT, bindparam, select

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.erasing import ERASURES, Erasure
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES, Party
from counter_app.domain.intake.pictures import ALBUMS, Album
from counter_app.store.case_tables import albums, cases, erasures, parties
from counter_app.store.query import Prepared, Query, prepared
from counter_app.store.search_rows import find
from counter_app.use_cases.ports.cases import Found

_c, _p, _e = cases.c, parties.c, erasures.c
_FOLD = select(_c.fold)
_OF_TICKET_CAP: Final = 20
_BY_NUMBER: Final = prepared(_FOLD.where(_c.number == bindparam("number")).limit(1))
_BY_QUERY: Final = prepared(_FOLD.where(_c.query == bindparam("code")).limit(1))
_OF_TICKET: Final = prepared(
    _FOLD.where(_c.ticket == bindparam("ticket")).order_by(_c.changed.desc()).limit(_OF_TICKET_CAP)
)
_NEWEST_PARTIES = (
    select(_p.id)
    .where(_p.lookup == bindparam("lookup"))
    .order_by(_p.recorded.desc())
    .limit(bindparam("parties"))
)
_OF_PERSON: Final = prepared(
    _FOLD.where(_c.applicant.in_(_NEWEST_PARTIES)).order_by(_c.changed.desc()).limit(bindparam("most"))
)
_OF_PROJECT: Final = prepared(
    _FOLD.where(_c.project == bindparam("project")).order_by(_c.changed.desc()).limit(bindparam("most"))
)
_OPEN_AT: Final = prepared(
    _FOLD.where(_c.counter == bindparam("counter"), _c.open.is_not(None))
    .order_by(_c.changed.desc())
    .limit(bindparam("most"))
)
_OPEN: Final = prepared(_FOLD.where(_c.open == 1).order_by(_c.changed.desc()).limit(bindparam("most")))
_TO_SIGN: Final = prepared(_FOLD.where(_c.to_sign.is_not(None)).order_by(_c.to_sign).limit(bindparam("most")))
_AWAITED: Final = prepared(
    _FOLD.where(_c.supply_by.is_not(None)).order_by(_c.supply_by).limit(bindparam("most"))
)
_UNASKED: Final = prepared(
    _FOLD.where(_c.decide.is_not(None), _c.decide < bindparam("day", type_=TEXT))
    .order_by(_c.decide)
    .limit(bindparam("most"))
)
_ASKED_LATE: Final = prepared(
    _FOLD.where(_c.asked_late.is_not(None)).order_by(_c.asked_late).limit(bindparam("most"))
)
_TO_FILE: Final = prepared(_FOLD.where(_c.to_file.is_not(None)).order_by(_c.to_file).limit(bindparam("most")))
_RECENT: Final = prepared(_FOLD.order_by(_c.changed.desc()).limit(bindparam("most")))
_PERSON: Final = prepared(
    select(_p.fold).where(_p.lookup == bindparam("lookup")).order_by(_p.recorded.desc()).limit(1)
)


_PARTIES_OF: Final = prepared(
    select(_p.id)
    .where(_p.lookup == bindparam("lookup"))
    .order_by(_p.recorded.desc())
    .limit(bindparam("most"))
)
_ERASURES: Final = prepared(select(_e.fold).order_by(_e.asked.desc()).limit(bindparam("most")))
_ALBUMS: Final = prepared(
    select(albums.c.fold)
    .where(albums.c.id > bindparam("after"))
    .order_by(albums.c.id)
    .limit(bindparam("most"))
)


class SqliteCaseRows:
    """`CaseRows` from the case tables."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def by_number(self, number: str) -> Case | None:
        return self._one(_BY_NUMBER, number=number)

    def by_query(self, code: str) -> Case | None:
        return self._one(_BY_QUERY, code=code)

    def of_ticket(self, ticket: str) -> tuple[Case, ...]:
        return self._all(_OF_TICKET, ticket=ticket)

    def of_project(self, project: str, most: int) -> tuple[Case, ...]:
        return self._all(_OF_PROJECT, project=project, most=most)

    def of_person(self, lookup: str, most: int) -> tuple[Case, ...]:
        return self._all(_OF_PERSON, lookup=lookup, parties=most * 5, most=most)

    def open_at(self, counter: str, most: int) -> tuple[Case, ...]:
        if not counter:
            return self._all(_OPEN, most=most)
        return self._all(_OPEN_AT, counter=counter, most=most)

    def to_be_signed(self, most: int) -> tuple[Case, ...]:
        return self._all(_TO_SIGN, most=most)

    def awaited(self, most: int) -> tuple[Case, ...]:
        return self._all(_AWAITED, most=most)

    def unasked(self, day: date, most: int) -> tuple[Case, ...]:
        return self._all(_UNASKED, day=day.isoformat(), most=most)

    def asked_late(self, most: int) -> tuple[Case, ...]:
        return self._all(_ASKED_LATE, most=most)

    def to_file(self, most: int) -> tuple[Case, ...]:
        return self._all(_TO_FILE, most=most)

    def recent(self, most: int) -> tuple[Case, ...]:
        return self._all(_RECENT, most=most)

    def person(self, lookup: str) -> Party | None:
        row = self._query.one(_PERSON, lookup=lookup)
        return None if row is None else PARTIES.decode(row[0])

    def parties_of(self, lookup: str, most: int) -> tuple[str, ...]:
        return tuple(id for (id,) in self._query.all(_PARTIES_OF, lookup=lookup, most=most))

    def erasures(self, most: int) -> tuple[Erasure, ...]:
        return tuple(ERASURES.decode(row[0]) for row in self._query.all(_ERASURES, most=most))

    def albums(self, after: str, most: int) -> tuple[Album, ...]:
        return tuple(ALBUMS.decode(row[0]) for row in self._query.all(_ALBUMS, after=after, most=most))

    def find(self, tokens: Sequence[str], most: int) -> tuple[Found, ...]:
        return find(self._query, tokens, most)

    def _one(self, statement: Prepared, **params: object) -> Case | None:
        row = self._query.one(statement, **params)
        return None if row is None else CASES.decode(row[0])

    def _all(self, statement: Prepared, **params: object) -> tuple[Case, ...]:
        return tuple(CASES.decode(row[0]) for row in self._query.all(statement, **params))

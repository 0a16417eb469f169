"""Tables of the case room: cases, parties, erasures, albums of pictures.

`open` and `ticket` are set only where they matter, so their partial indexes stay small.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BLOB, TEXT, Column, Index, Integer, Table

from counter_app.domain.intake.case import PROJECT, Case
from counter_app.domain.intake.deeming import i7_asked_late
from counter_app.domain.intake.erasing import ERASURES, Erasure
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES, Party
from counter_app.domain.intake.pictures import ALBUMS
from counter_app.store.projections import Projection
from counter_app.store.schema import METADATA

cases = Table(
    "cases",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("number", TEXT),
    Column("query", TEXT),
    Column("stage", TEXT, nullable=False),
    Column("item", TEXT),
    Column("applicant", TEXT),
    Column("counter", TEXT, nullable=False),
    Column("ticket", TEXT),
    Column("changed", TEXT, nullable=False),
    Column("open", Integer),
    Column("to_sign", TEXT),
    Column("supply_by", TEXT),
    Column("decide", TEXT),
    Column("to_file", TEXT),
    Column("project", TEXT),
    Column("asked_late", TEXT),
)
_c = cases.c
Index("cases_number", _c.number, sqlite_where=_c.number.is_not(None))
Index("cases_query", _c.query, sqlite_where=_c.query.is_not(None))
Index("cases_applicant", _c.applicant, sqlite_where=_c.applicant.is_not(None))
Index("cases_ticket", _c.ticket, sqlite_where=_c.ticket.is_not(None))
Index("cases_changed", _c.changed)
Index("cases_to_sign", _c.to_sign, sqlite_where=_c.to_sign.is_not(None))
Index("cases_supply", _c.supply_by, sqlite_where=_c.supply_by.is_not(None))
Index("cases_decide", _c.decide, sqlite_where=_c.decide.is_not(None))
Index("cases_to_file", _c.to_file, sqlite_where=_c.to_file.is_not(None))
Index("cases_asked_late", _c.asked_late, sqlite_where=_c.asked_late.is_not(None))
Index("cases_project", _c.project, sqlite_where=_c.project.is_not(None))
Index("cases_open", _c.open, _c.changed, sqlite_where=_c.open.is_not(None))
Index("cases_open_counter", _c.counter, _c.changed, sqlite_where=_c.open.is_not(None))

parties = Table(
    "parties",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("lookup", TEXT),
    Column("recorded", TEXT, nullable=False),
)
_p = parties.c
Index("parties_lookup", _p.lookup, _p.recorded, sqlite_where=_p.lookup.is_not(None))


erasures = Table(
    "erasures",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("asked", TEXT, nullable=False),
)
Index("erasures_asked", erasures.c.asked)

albums = Table(
    "albums",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
)


def _case_columns(case: Case) -> dict[str, Any]:
    applicant = case.applicant
    return {
        "number": case.number or None,
        "query": case.query or None,
        "stage": case.stage,
        "item": case.draft.item or None,
        "applicant": applicant.party if applicant else None,
        "counter": case.counter,
        "ticket": case.ticket,
        "changed": case.changed_at.isoformat(timespec="milliseconds"),
        "open": 1 if case.open else None,
        "supply_by": _supply_by(case),
        "to_sign": case.hand_over.sign_by.isoformat() if case.hand_over and case.to_be_signed else None,
        "decide": case.decide_by.isoformat() if case.stage == "received" and case.decide_by else None,
        "to_file": _to_file(case),
        "project": case.draft.fields.get(PROJECT) or None,
        "asked_late": _asked_late(case),
    }


def _supply_by(case: Case) -> str | None:
    """Until when something promised, or asked for by notice, is to come; None when nothing is."""
    until = case.notices[-1].until if case.stage == "notified" and case.notices else None
    if case.supply_by is not None and case.lacking and not case.ended:
        until = case.supply_by
    return until.isoformat() if until else None


def _asked_late(case: Case) -> str | None:
    """When its lead gave a notice too late, as long as that stands (mission: I7)."""
    notice = i7_asked_late(case)
    return notice.at.isoformat(timespec="milliseconds") if notice is not None else None


def _to_file(case: Case) -> str | None:
    """Since when a numbered case has ended without its file being closed (mission: C14)."""
    waits = case.ended and case.number and not case.filed
    return case.ended_at.isoformat(timespec="milliseconds") if waits and case.ended_at else None


def _party_columns(party: Party) -> dict[str, Any]:
    return {
        "lookup": (party.identity.lookup or None) if party.identity else None,
        "recorded": party.recorded_at.isoformat(timespec="milliseconds"),
    }


def _erasure_columns(erasure: Erasure) -> dict[str, Any]:
    return {"asked": erasure.asked_at.isoformat(timespec="milliseconds")}


CASE_PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    Projection(CASES, cases, _case_columns, version=10),
    Projection(PARTIES, parties, _party_columns, version=2),
    Projection(ERASURES, erasures, _erasure_columns),
    Projection(ALBUMS, albums, lambda album: {}),
)

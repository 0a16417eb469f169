"""From when a case's limits count, and the fact that starts its clock (mission: I8, T1)."""

from __future__ import annotations

from datetime import datetime

from counter_app.domain.catalogue.checklist import Checklist
from counter_app.domain.catalogue.items import Item
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.deeming import AcceptanceDeemed
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.facts import ClockStarted
from counter_app.domain.time.ledger import due
from counter_app.domain.time.limits import Limit


def counts_from(case: Case, item: Item | None, now: datetime) -> datetime:
    """Acceptance, or receipt where the item says so; before either, now."""
    by_receipt = item is not None and item.clock_start == "receipt"
    return (case.received_at if by_receipt else None) or case.accepted_at or now


def clock_started(
    case: Case, item: Item, lines: Checklist, calendar: WorkCalendar, now: datetime, *, joint: bool = False
) -> ClockStarted:
    """Both limits as the checklist gives them for this case. `joint`: it belongs to a joint matter, whose
    extension is longer (mission: C8)."""
    since = counts_from(case, item, now)
    limits = (lines.promised_limit or lines.legal_limit, lines.legal_limit)
    promised, legal = (due(limit, since, calendar) if limit else None for limit in limits)
    return ClockStarted(
        case=case.id,
        item=case.draft.item,
        department=lines.department,
        since=since.isoformat(timespec="milliseconds"),
        legal=packed(limits[1]),
        promised=packed(limits[0]),
        legal_due=legal.day.isoformat() if legal else None,
        promised_due=promised.day.isoformat() if promised else None,
        provisional=any(entry is not None and entry.provisional for entry in (promised, legal)),
        joint=joint,
    )


def acceptance_deemed(case: Case, started: ClockStarted) -> AcceptanceDeemed:
    """What silence has accepted, with the dates its clock begins with. `case` as of today."""
    return AcceptanceDeemed(
        case=case.id,
        since=(case.accepted_at or case.opened_at).isoformat(timespec="milliseconds"),
        promised_due=started.promised_due,
        legal_due=started.legal_due,
        provisional=started.provisional,
    )


def packed(limit: Limit | None) -> tuple[int, str] | None:
    """A limit as facts carry it."""
    return (limit.amount, limit.unit) if limit else None

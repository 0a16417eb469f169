"""Shortcomings after receipt, and what silence comes to (mission: I7, I8).

The lead tells all shortcomings within two working days of receipt; after that the time is the lead's own.
When nothing was asked within the legal five working days, the case counts as accepted from receipt
(行政许可法 §32): from then on by the calendar alone, also before anybody has written it down.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from counter_app.domain.changing import replace
from counter_app.domain.intake.case import Act, Case, Notice
from counter_app.domain.intake.facts import CaseFact
from counter_app.domain.journal import Recorded
from counter_app.domain.time.alarms import working_days_left
from counter_app.domain.time.calendar import ONE_DAY, WorkCalendar
from counter_app.domain.time.ledger import due
from counter_app.domain.time.limits import Limit

LEAD_DAYS: Final = 2
DECIDE_WITHIN: Final = Limit(5, "working_days")
DEEMED: Final = "deemed"


class AcceptanceDeemed(CaseFact):
    """Nothing was asked in time: accepted from receipt. A second one, or a late one, changes nothing."""

    since: str
    promised_due: str | None = None
    legal_due: str | None = None
    provisional: bool = False


class ReceiptRecounted(CaseFact):
    """A calendar came: it is said by another day whether what was received is accepted (mission: T1, I7)."""

    decide_by: str


def i7_decide_by(since: datetime, calendar: WorkCalendar) -> date:
    """The last day on which it is said whether papers received at `since` are accepted."""
    return due(DECIDE_WITHIN, since, calendar).day


def i7_recounted(case: Case, calendar: WorkCalendar, today: date) -> ReceiptRecounted | None:
    """What a calendar makes of that day; None where it stays, or silence has accepted the case already."""
    if case.stage != "received" or case.decide_from is None or i7_is_deemed(case, today):
        return None
    day = i7_decide_by(case.decide_from, calendar)
    return ReceiptRecounted(case=case.id, decide_by=day.isoformat()) if day != case.decide_by else None


def receipt_recounted(case: Case, fact: ReceiptRecounted, event: Recorded) -> Case:
    if case.stage != "received":
        return case
    return replace(case, decide_by=date.fromisoformat(fact.decide_by))


def i7_is_deemed(case: Case, today: date) -> bool:
    """Whether silence has accepted the case, and nobody has written it down yet."""
    waits = case.stage == "received" and case.accepted_at is None and case.decide_by is not None
    return waits and case.decide_by is not None and today > case.decide_by


def i7_as_of(case: Case, today: date) -> Case:
    """The case as it stands today, silence counted in."""
    if not i7_is_deemed(case, today):
        return case
    return replace(case, stage="accepted", accepted_at=case.received_at, handled_as="promise", steps=())


def i7_lead_late(case: Case, today: date, calendar: WorkCalendar) -> int:
    """Working days since receipt beyond the lead's two, when shortcomings are told today; 0 in time."""
    if case.received_at is None or case.stage != "received":
        return 0
    passed = -working_days_left(case.received_at.date(), today, calendar)
    return max(0, passed - LEAD_DAYS)


def i7_asked_late(case: Case) -> Notice | None:
    """The notice that its lead asked too late for, until the case is accepted or has ended: papers that came
    answer it and do not undo the delay."""
    if case.stage not in ("notified", "reopened") or case.accepted_at is not None:
        return None
    return next((notice for notice in reversed(case.notices) if notice.lead_late), None)


def i7_answered(case: Case, notice: Notice) -> Act | None:
    """When, and before whom, the citizen came with papers after that notice."""
    return next((act for act in case.acts if act.kind == "return_visit" and act.at >= notice.at), None)


def i7_lead_by(received: date, calendar: WorkCalendar) -> date:
    """The last of the lead's two working days after receipt."""
    day = received
    for _ in range(LEAD_DAYS):
        day = calendar.next_working(day + ONE_DAY)
    return day


def deemed(case: Case, fact: AcceptanceDeemed, event: Recorded) -> Case | None:
    if case.stage != "received":
        return case if case.accepted_at else None
    act = Act(DEEMED, event.id, event.at, event.actor.staff, event.actor.place)
    return replace(
        case,
        stage="accepted",
        acts=(*case.acts, act),
        steps=(),
        accepted_at=datetime.fromisoformat(fact.since),
        handled_as="promise",
        promised_due=date.fromisoformat(fact.promised_due) if fact.promised_due else None,
        legal_due=date.fromisoformat(fact.legal_due) if fact.legal_due else None,
        due_provisional=fact.provisional,
    )

"""The papers about a case's time, from the case as it stands (mission: T2, T3, C8, S6).

Not here: how they read (`domain/paper/builders/time.py`), what may stop a clock (`domain/time/stopping.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.intake.scene import Planned, Scene, applicant_of, paper_limit
from counter_app.domain.paper.facts import LedgerLine, Limit, PaperFacts
from counter_app.domain.paper.facts_time import ProgressSlipFacts, TimeNoticeFacts, TimePart, UrgeSlipFacts
from counter_app.domain.time.alarms import working_days_left
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import Clock
from counter_app.domain.time.ledger import Due
from counter_app.domain.time.limits import Limit as TimeLimit
from counter_app.domain.time.runs import runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to the date, in the words of the act. `now` None while the clock stands. `ground` is a
    message source; `until` the last day of what is over already; `days` leads to `now`."""

    part: TimePart
    reason: str = ""
    basis: tuple[str, ...] = ()
    approver: str = ""
    since: date
    expected: date | None = None
    ground: str = ""
    until: date | None = None
    added: TimeLimit | None = None
    was: date | None = None
    now: date | None = None
    provisional: bool = False
    days: Due | None = None


def time_notice(scene: Scene, change: Change) -> Planned:
    """The notice the citizen gets of every change of his date."""
    facts = TimeNoticeFacts(
        head=scene.head,
        part=change.part,
        authority=scene.authority,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        reason=change.reason,
        basis=change.basis,
        approver=change.approver,
        since=change.since,
        expected=change.expected,
        ground=change.ground,
        until=change.until,
        ledger=ledger_lines(change.days) if change.days is not None and change.now is not None else (),
        added=paper_limit(change.added) if change.added else None,
        was=change.was,
        now=change.now,
        provisional=change.provisional,
        now_at=change.days.at if change.days is not None and change.now is not None else None,
    )
    return Planned(facts, sheet=True)


def moved_notice(scene: Scene, clock: Clock) -> PaperFacts:
    """The notice of a date that nobody's act has moved (`time/dates.moved_by_itself`)."""
    move = clock.moves[-1]
    change = Change(
        part="lapsed" if move.cause == "lapsed" else "moved",
        since=move.at.date(),
        was=move.was,
        now=clock.promised_due,
        provisional=clock.provisional,
        days=scene.due,
    )
    return time_notice(scene, change).facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a case stands, in words the citizen reads; `standing` is what time is not counted for now."""

    stage: str
    standing: str = ""
    standing_until: date | None = None
    next_step: str = ""
    next_by: date | None = None
    owed: str = ""
    owed_on: date | None = None
    urged: str = ""
    urge_answer: str = ""
    urge_answered_on: date | None = None


def progress_slip(scene: Scene, said: Progress, calendar: WorkCalendar) -> Planned:
    """进度单. Its ledger is the promised limit's; whose fault a delay is stands nowhere in it."""
    due, legal = scene.due, scene.legal_due
    accepted = scene.case.accepted_at if not scene.case.ended else None
    known = due if accepted and due is not None and not due.standing else None
    lines, promised = scene.checklist, scene.checklist.promised_limit or scene.checklist.legal_limit
    facts = ProgressSlipFacts(
        head=scene.head,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        stage=said.stage,
        accepted_on=_day(scene.case.accepted_at),
        promised_limit=_limit(promised),
        legal_limit=_limit(lines.legal_limit),
        due_on=known.day if known else None,
        due_at=known.at if known else None,
        legal_due_on=legal.day if known and legal and not legal.standing else None,
        provisional=bool(known and known.provisional),
        standing=said.standing,
        standing_until=said.standing_until,
        left=max(0, working_days_left(known.day, scene.today, calendar)) if known else None,
        ledger=ledger_lines(due) if due is not None and accepted else (),
        next_step=said.next_step,
        next_by=said.next_by,
        owed=said.owed,
        owed_on=said.owed_on,
        urged=said.urged,
        urge_answer=said.urge_answer,
        urge_answered_on=said.urge_answered_on,
        remedies=scene.remedies,
    )
    return Planned(facts)


def urge_slip(scene: Scene, asked: str, reply_by: date) -> Planned:
    """催办凭证 for the citizen who asked at a counter."""
    facts = UrgeSlipFacts(
        head=scene.head,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        asked=asked,
        answers=scene.department,
        reply_by=reply_by,
    )
    return Planned(facts)


def ledger_lines(due: Due) -> tuple[LedgerLine, ...]:
    """Every day of a limit as papers print it."""
    return tuple(
        LedgerLine(
            from_on=run.first,
            until_on=run.last,
            first_n=run.n,
            last_n=run.m,
            why=run.why,
            basis=run.basis,
            provisional=run.provisional,
        )
        for run in runs(due.ledger)
    )


def _limit(limit: TimeLimit | None) -> Limit | None:
    return paper_limit(limit) if limit else None


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None

"""What a case's clock asks of somebody, as rows among his work: orders to answer, requests to approve,
suspensions that are soon over (mission: T4, C8).

No tasks are opened for them: the clock has them already, and who may answer is asked of the same rules as the
answer itself (`domain/casework/time_rights.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from counter_app.domain.casework.clocks import working_days_left
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.rights import Who, i10_sight
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import TimeKind
from counter_app.domain.casework.time_rights import c8_may_answer, t4_may_reply
from counter_app.domain.intake.fold import CASES
from counter_app.domain.time.clock import Clock
from counter_app.domain.time.stopping import c8_near_end
from counter_app.use_cases.casework.inbox import RowMaker, in_order, urgency
from counter_app.use_cases.casework.views import Inbox, InboxRow
from counter_app.use_cases.intake.queries import due_day

SEPARATOR: Final = "|"


def named(kind: TimeKind, case: str, id: str) -> str:
    """What such a row is called: it is no task."""
    return SEPARATOR.join((kind, case, id))


def with_time(inbox: Inbox, maker: RowMaker, who: Who, most: int) -> Inbox:
    """The inbox with what clocks ask of this person, by their days."""
    found = tuple(row for clock in _clocks(maker, who, most) for row in time_rows(maker, who, clock))
    if not found:
        return inbox
    rows = in_order((*inbox.rows, *found))
    return replace(inbox, rows=rows[:most], more=inbox.more or len(rows) > most)


def time_rows(maker: RowMaker, who: Who, clock: Clock) -> Iterator[InboxRow]:
    """What the clock of one case asks of this person."""
    plan, today = maker.plan, maker.today
    row = _Row(maker, who, clock)
    for urge in clock.urges:
        if urge.answered_at is None and t4_may_reply(who, plan, urge):
            yield row.of("urge", urge.id, urge.text, urge.by, urge.at, urge.reply_by, urge.department)
    if not clock.running:
        return
    for ask in clock.asks:
        if not ask.answer and ask.by != who.staff and c8_may_answer(who, plan, clock, ask, today):
            yield row.of("ask", ask.id, ask.reason, ask.by, ask.at, clock.promised_due, code=ask.kind)
    stop = clock.standing
    if stop and who.department == clock.department and who.has("case.review") and c8_near_end(clock, today):
        yield row.of("suspension", stop.id, stop.reason, stop.asked_by, stop.start, stop.until)


def _clocks(maker: RowMaker, who: Who, most: int) -> tuple[Clock, ...]:
    """Those that may ask something of this person, each once."""
    rows, plan = maker.reader.clocks, maker.plan
    found: list[Clock] = []
    if who.has("case.review", "case.decide"):
        found += rows.urged(most, who.department)
    if who.has("reply.enter"):
        found += rows.urged(most)
    if who.has("case.approve"):
        held = {post.department for post in plan.posts if who.staff in (post.a, post.b)}
        for department in sorted({who.department, *held} - {""}):
            found += rows.asked(most, department)
    if who.has("time.beyond"):
        found += rows.asked(most)
    if who.has("case.review"):
        found += rows.suspended(who.department, most)
    return tuple({clock.case: clock for clock in found}.values())


class _Row:
    """Makes rows of one clock; an applicant is named only to who may see the case."""

    def __init__(self, maker: RowMaker, who: Who, clock: Clock) -> None:
        self._maker = maker
        self._clock = clock
        self._case = maker.reader.need(CASES, clock.case)
        self._handling = maker.reader.get(HANDLINGS, clock.case) or Handling(clock.case)
        self._sees = i10_sight(who, self._handling) == "all"
        self._hidden = maker.onlooker.hides(self._case, self._handling)

    def of(
        self,
        kind: TimeKind,
        id: str,
        words: str,
        by: str,
        since: datetime,
        due: date | None,
        department: str = "",
        *,
        code: str = "",
    ) -> InboxRow:
        maker, case, department = self._maker, self._case, department or self._clock.department
        member, body = maker.plan.member(by), maker.catalogue.body(department)
        left = working_days_left(due, maker.today, maker.calendar) if due else None
        return InboxRow(
            task=named(kind, case.id, id),
            case=case.id,
            number=case.number,
            kind=kind,
            code=code or id,
            name="" if self._hidden else words,
            item="" if self._hidden else maker.item(case),
            applicant=maker.applicant(case) if self._sees else "",
            department=department,
            department_name=body.name if body else department,
            post="",
            post_name="",
            staff="",
            staff_name=member.name if member else by,
            since=since,
            due=due,
            days_left=left,
            urgency=urgency(due, maker.today, left),
            case_due=due_day(maker.reader, case),
            lead=department == self._clock.department,
            on_paper=False,
            booked_late=False,
            joint="",
            sensitive=self._handling.sensitive,
            waits_for=(),
            mine=False,
            hidden=self._hidden,
        )

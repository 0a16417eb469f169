"""How clocks read in one look at the hall: rows of the late board and its lists, for whoever asks (mission:
S1, T4, I10).

A sensitive case that he may not see shows its number only. Not here: which clocks are read (`queries.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, TypedDict

from counter_app.domain.casework.clocks import as_of
from counter_app.domain.casework.signers import c9_lacking
from counter_app.domain.casework.task import Task
from counter_app.domain.casework.time_rights import s1_concerns
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.time.alarms import (
    Level,
    t4_horizon,
    t4_level,
    t4_level_now,
    working_days_left,
)
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.dates import level_now
from counter_app.domain.time.ledger import due
from counter_app.domain.time.limits import Limit
from counter_app.domain.time.stopping import c8_near_end
from counter_app.domain.time.urges import Urge
from counter_app.use_cases.casework.restricted import Onlooker
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Reader
from counter_app.use_cases.time.views import (
    AskedRow,
    AskRow,
    BoardLine,
    ClockView,
    LateRow,
    SuspendedRow,
    UrgeRow,
    UrgeTo,
)

MOST_HOURS: Final = 500  # of one day
REPLY_DAYS: Final = "urge.reply_days"
REPLY_DEFAULT: Final = 2


class Replies(TypedDict):
    """What a late row says of its orders."""

    reply_by: date | None
    answered_at: datetime | None
    answered_by: str


def reply_day(plan: HallPlan, calendar: WorkCalendar, now: datetime) -> date:
    """By when an order is answered unless it names another day."""
    return due(Limit(plan.settings.get(REPLY_DAYS, REPLY_DEFAULT), "working_days"), now, calendar).day


class SeenTime:
    """Hall, catalogue and calendar of one read, who reads, and how clocks read in them."""

    def __init__(self, reader: Reader, reference: CaseReference, actor: Actor | None) -> None:
        self._reader = reader
        self.onlooker = Onlooker(reader, reference, actor)
        self._place = actor.place if actor else ""
        self.plan: HallPlan = reference.plan(reader)
        self.catalogue: Catalogue = reference.catalogue(reader)
        self.calendar: WorkCalendar = reference.calendar(reader)
        self.now = reader.now
        self.today = reader.now.date()
        self.horizon = t4_horizon(self.today, self.calendar)
        self._levels: dict[date, Level] = {}
        self._cases: dict[str, Case | None] = {}

    def unsigned(self) -> tuple[str, ...]:
        """Departments where no post approves what is to be approved there."""
        lacking = c9_lacking(self.plan, self.catalogue.current(self.today))
        return tuple(dict.fromkeys(self.department(code) for code, _ in lacking))

    def level(self, due: date) -> Level:
        """Worked out once a day that something is due on."""
        if due not in self._levels:
            self._levels[due] = t4_level(due, self.today, self.calendar)
        return self._levels[due]

    def level_of(self, clock: Clock, due: date) -> Level:
        """A limit in hours is late from its very minute."""
        limit = clock.limit("promised")
        if limit is not None and limit.unit == "hours":
            return level_now(clock, self.calendar, self.now)
        return self.level(due)

    def level_of_work(self, task: Task, clock: Clock | None) -> Level:
        """How late a piece of work is as of now; "" while it stands."""
        found = as_of(task, clock, self.calendar, self.now)
        if found is None or found.at is not None:
            return t4_level_now(found, self.now, self.calendar) if found else ""
        return "" if found.standing else self.level(found.day)

    def hours_today(self) -> Iterable[tuple[Task, Clock | None]]:
        """Work in hours that ends today. What has stood is among the stopped work already."""
        for task in self._reader.casework.in_hours(self.today, MOST_HOURS):
            clock = self._reader.get(CLOCKS, task.case)
            if clock is None or not (clock.running and clock.stops):
                yield task, clock

    def view(self, case: Case, clock: Clock) -> ClockView:
        promised = clock.counted("promised", self.calendar, self.now)
        legal = clock.counted("legal", self.calendar, self.now)
        runs = clock.running and promised is not None and not promised.standing
        return ClockView(
            case=case.id,
            number=case.number,
            item=self.item(clock.item),
            department=self.department(clock.department),
            stage=case.stage,
            clock=clock,
            promised=promised,
            legal=legal,
            level=t4_level_now(promised, self.now, self.calendar) if promised and clock.running else "",
            left=working_days_left(promised.day, self.today, self.calendar) if promised and runs else None,
            today=self.today,
            warn=c8_near_end(clock, self.today),
            urges=tuple(self.urge(clock, urge) for urge in clock.urges),
            asked=tuple(
                AskedRow(one, self.name(one.by), self.name(one.answered_by) if one.answered_by else "")
                for one in clock.asks
            ),
        )

    def late(self, clock: Clock) -> LateRow:
        due = clock.promised_due or clock.legal_due
        counted = clock.counted("promised", self.calendar, self.now)
        hidden = self._hides(clock)
        return LateRow(
            case=clock.case,
            number=self.number(clock.case),
            item="" if hidden else self.item(clock.item),
            department=self.department(clock.department),
            due=due,
            level=self.level_of(clock, due) if due else "",
            left=working_days_left(due, self.today, self.calendar) if due else 0,
            by_law=clock.legal_due is not None and self.today > clock.legal_due,
            urged=len(clock.urges),
            **self._replies(clock.urges),
            hidden=hidden,
            due_at=counted.at if counted else None,
        )

    def late_work(self, task: Task, clock: Clock | None) -> LateRow | None:
        """None when this work is in time, or stands with its case."""
        found, level = as_of(task, clock, self.calendar, self.now), self.level_of_work(task, clock)
        if found is None or not level:
            return None
        urges = [
            urge
            for urge in (clock.urges if clock else ())
            if urge.department == task.department and urge.step in ("", task.name)
        ]
        hidden = self.onlooker.hides(self._case(task.case))
        return LateRow(
            case=task.case,
            number=self.number(task.case),
            item=self.item(clock.item) if clock and not hidden else "",
            department=self.department(task.department),
            due=found.day,
            due_at=found.at,
            level=level,
            left=working_days_left(found.day, self.today, self.calendar),
            by_law=False,
            urged=len(urges),
            **self._replies(urges),
            code=task.department,
            step=task.name,
            hidden=hidden,
        )

    def _replies(self, urges: Sequence[Urge]) -> Replies:
        """Until when the next reply is owed; when none is, who replied last."""
        owed = [urge.reply_by for urge in urges if urge.answered_at is None]
        replied = [urge for urge in urges if urge.answered_at is not None]
        if owed or not replied:
            return Replies(reply_by=min(owed, default=None), answered_at=None, answered_by="")
        last = max(replied, key=lambda urge: urge.answered_at or urge.at)
        return Replies(reply_by=None, answered_at=last.answered_at, answered_by=self.name(last.answered_by))

    def suspended(self, clock: Clock) -> SuspendedRow:
        stop, hidden = clock.standing, self._hides(clock)
        assert stop is not None
        return SuspendedRow(
            case=clock.case,
            number=self.number(clock.case),
            item="" if hidden else self.item(clock.item),
            department=self.department(clock.department),
            since=stop.start.date(),
            expected=stop.expected,
            until=stop.until,
            reason="" if hidden else stop.reason,
            does="" if hidden else stop.does,
            approver=self.name(stop.by),
            warn=c8_near_end(clock, self.today),
            hidden=hidden,
        )

    def asks(self, clock: Clock) -> Iterable[AskRow]:
        """Requests that wait in this case, of those that concern who asks (mission: S1)."""
        hidden = self._hides(clock)
        for ask in clock.asks:
            if not ask.answer and self._concerns(clock, clock.department, ask.by):
                yield AskRow(
                    clock.case,
                    ask.id,
                    self.number(clock.case),
                    "" if hidden else self.item(clock.item),
                    self.department(clock.department),
                    ask.kind,
                    ask.amount,
                    ask.unit,
                    ask.expected,
                    self.name(ask.by),
                    "" if hidden else ask.reason,
                    hidden,
                )

    def urges(self, clock: Clock) -> Iterable[UrgeRow]:
        """Orders that wait for a reply, and answered ones whose work is late or nearly so all the same."""
        hidden = self._hides(clock)
        for urge in clock.urges:
            waits = urge.answered_at is None or self._still_late(clock, urge)
            if waits and self._concerns(clock, urge.department, urge.by):
                yield self.urge(clock, urge, hidden=hidden)

    def _still_late(self, clock: Clock, urge: Urge) -> bool:
        """Until the case has ended, or the step that was urged is done (mission: T4)."""
        if not clock.running:
            return False
        if not urge.step:
            day = clock.promised_due or clock.legal_due
            return day is not None and bool(self.level_of(clock, day))
        for task in self._reader.casework.of_case(clock.case):
            if task.open and (task.department, task.name) == (urge.department, urge.step):
                return bool(self.level_of_work(task, clock))
        return False

    def _concerns(self, clock: Clock, department: str, by: str) -> bool:
        case, who = self._case(clock.case), self.onlooker.who
        return case is None or who is None or s1_concerns(who, self.plan, case, self._place, department, by)

    def _hides(self, clock: Clock) -> bool:
        return self.onlooker.hides(self._case(clock.case))

    def urge(self, clock: Clock, urge: Urge, *, hidden: bool = False) -> UrgeRow:
        return UrgeRow(
            clock.case,
            urge.id,
            self.number(clock.case),
            "" if hidden else self.item(clock.item),
            self.department(urge.department),
            self.name(urge.by),
            urge.by_leader,
            "" if hidden else urge.text,
            urge.reply_by,
            late=urge.answered_at is None and self.today > urge.reply_by,
            at=urge.at,
            step=urge.step,
            answer="" if hidden else urge.answer,
            answered_by=self.name(urge.answered_by),
            answered_at=urge.answered_at,
            hidden=hidden,
        )

    def urge_to(self, clock: Clock, tasks: Iterable[Task]) -> Iterable[UrgeTo]:
        yield UrgeTo(clock.department, self.department(clock.department))
        for task in tasks:
            if task.open and task.kind in ("step", "assist"):
                yield UrgeTo(task.department, self.department(task.department), task.name)

    def line(self, department: str, step: str, cause: str, found: dict[Level, int]) -> BoardLine:
        return BoardLine(
            department,
            self.department(department),
            step,
            cause,
            found["yellow"],
            found["reminder"],
            found["warning"],
            found["alarm"],
        )

    def item(self, key: str) -> str:
        code, _, version = key.rpartition("@")
        return self.catalogue.version(code, int(version)).name if code else key

    def department(self, code: str) -> str:
        body = self.catalogue.body(code)
        return body.name if body else code

    def name(self, badge: str) -> str:
        member = self.plan.member(badge)
        return member.name if member else badge

    def number(self, case: str) -> str:
        state = self._case(case)
        return state.number if state else case

    def _case(self, id: str) -> Case | None:
        """Read once for the whole list."""
        if id not in self._cases:
            self._cases[id] = self._reader.get(CASES, id)
        return self._cases[id]

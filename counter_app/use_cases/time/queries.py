"""What is shown of time: a case's clock with its ledger, the late board, what stands, waits, was urged.

Everything is computed as of now. Not here: what changes any of it (`casetime.py`, `urging.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from counter_app.domain.casework.clocks import as_of
from counter_app.domain.casework.task import Task
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.time.alarms import (
    LEVELS,
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
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Reader, Store
from counter_app.use_cases.time.flagged import flagged_rows
from counter_app.use_cases.time.received import Waiting
from counter_app.use_cases.time.views import (
    ASKED_LATE,
    RECEIVED,
    AskRow,
    Board,
    BoardLine,
    ClockView,
    FlaggedRow,
    LateRow,
    SuspendedRow,
    UrgeOffer,
    UrgeRow,
    UrgeTo,
)

MOST: Final = 500
REPLY_DAYS: Final = "urge.reply_days"
REPLY_DEFAULT: Final = 2
MOST_RECEIVED: Final = 2_000


class TimeQueries:
    """Questions about time; each is one short read."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def clock(self, case: str) -> ClockView:
        """UserFacingError `case.unknown`, `clock.unknown` (before acceptance there is none)."""
        with self._store.reading() as reader:
            seen = _Seen(reader, self._reference)
            return seen.view(reader.need(CASES, case), reader.need(CLOCKS, case))

    def clock_of(self, case: str) -> ClockView | None:
        """As `clock`; None before acceptance."""
        with self._store.reading() as reader:
            clock = reader.get(CLOCKS, case)
            seen = _Seen(reader, self._reference)
            return seen.view(reader.need(CASES, case), clock) if clock else None

    def board(self) -> Board:
        """Late and nearly late work, counted by department, step and cause (mission: S1)."""
        with self._store.reading() as reader:
            seen = _Seen(reader, self._reference)
            counts: dict[tuple[str, str, str], dict[Level, int]] = defaultdict(
                lambda: dict.fromkeys(LEVELS, 0)
            )
            for entry in reader.clocks.due_by(seen.horizon):
                counts[entry.department, entry.step, entry.cause][seen.level(entry.due)] += entry.count
            for task, clock in reader.clocks.stopped_work(seen.horizon):
                found = counts[task.department, task.name, task.kind]
                if task.due is not None:
                    found[seen.level(task.due)] -= 1
                due, stands = as_of(task, clock, seen.calendar, seen.now)
                if due is not None and not stands:
                    found[seen.level(due)] += 1
            for clock in reader.clocks.hours_due(seen.today, MOST):
                found = counts[clock.department, "", ""]
                found[seen.level(seen.today)] -= 1
                found[level_now(clock, seen.calendar, seen.now)] += 1
            waiting = Waiting(reader, self._reference)
            for case in waiting.cases(MOST_RECEIVED):
                level = seen.level(waiting.lead_by(case))
                counts[waiting.lines(case).department, RECEIVED, ASKED_LATE][level] += 1
            for department, level in waiting.asked_late(MOST_RECEIVED):
                counts[department, RECEIVED, ASKED_LATE][level] += 1
            flagged = len(flagged_rows(reader, self._reference, MOST))
            lines = [
                seen.line(*key, found)
                for key, found in counts.items()
                if any(found[level] for level in LEVELS if level)
            ]
        lines.sort(key=lambda line: (bool(line.step), -line.alarm, -line.late, -line.yellow, line.code))
        return Board(seen.today, tuple(lines), flagged)

    def flagged(self, most: int = MOST) -> tuple[FlaggedRow, ...]:
        """Meetings sent up needlessly, or not sent up, the latest first (mission: C15)."""
        with self._store.reading() as reader:
            return flagged_rows(reader, self._reference, most)

    def late(self, department: str = "", most: int = MOST) -> tuple[LateRow, ...]:
        """Cases late or nearly so, the longest late first; of one department, or all."""
        with self._store.reading() as reader:
            seen = _Seen(reader, self._reference)
            return tuple(seen.late(clock) for clock in reader.clocks.late(department, seen.horizon, most))

    def late_work(self, department: str, step: str, cause: str, most: int = MOST) -> tuple[LateRow, ...]:
        """The pieces of work that one line of the board counts, the longest late first (mission: S1, T5)."""
        with self._store.reading() as reader:
            seen = _Seen(reader, self._reference)
            found = reader.clocks.late_work(department, step, cause, seen.horizon, most)
            rows = [row for task, clock in found if (row := seen.late_work(task, clock)) is not None]
        return tuple(sorted(rows, key=lambda row: (row.due or date.max, row.number)))

    def suspended(self, department: str = "", most: int = MOST) -> tuple[SuspendedRow, ...]:
        """Open suspensions, the longest first (mission: C8)."""
        with self._store.reading() as reader:
            seen = _Seen(reader, self._reference)
            return tuple(seen.suspended(clock) for clock in reader.clocks.suspended(department, most))

    def asked(self, most: int = MOST) -> tuple[AskRow, ...]:
        """Requests that wait for approval."""
        with self._store.reading() as reader:
            seen = _Seen(reader, self._reference)
            return tuple(row for clock in reader.clocks.asked(most) for row in seen.asks(clock))

    def urged(self, most: int = MOST) -> tuple[UrgeRow, ...]:
        """Urging orders that wait for a reply, the earliest day first."""
        with self._store.reading() as reader:
            seen = _Seen(reader, self._reference)
            rows = [row for clock in reader.clocks.urged(most) for row in seen.urges(clock)]
        return tuple(sorted(rows, key=lambda row: (row.reply_by, row.number)))

    def urge_offer(self, case: str) -> UrgeOffer:
        """Whom an order can go to. UserFacingError `clock.unknown`."""
        with self._store.reading() as reader:
            seen = _Seen(reader, self._reference)
            clock = reader.need(CLOCKS, case)
            to = tuple(seen.urge_to(clock, reader.casework.of_case(case)))
            return UrgeOffer(to, reply_day(seen.plan, seen.calendar, seen.now))


def reply_day(plan: HallPlan, calendar: WorkCalendar, now: datetime) -> date:
    """By when an order is answered unless it names another day."""
    return due(Limit(plan.settings.get(REPLY_DAYS, REPLY_DEFAULT), "working_days"), now, calendar).day


class _Seen:
    """Hall, catalogue and calendar of one read, and how clocks read in them."""

    def __init__(self, reader: Reader, reference: CaseReference) -> None:
        self._reader = reader
        self.plan: HallPlan = reference.plan(reader)
        self.catalogue: Catalogue = reference.catalogue(reader)
        self.calendar: WorkCalendar = reference.calendar(reader)
        self.now = reader.now
        self.today = reader.now.date()
        self.horizon = t4_horizon(self.today, self.calendar)
        self._levels: dict[date, Level] = {}

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
        )

    def late(self, clock: Clock) -> LateRow:
        due = clock.promised_due or clock.legal_due
        open_urges = _open(clock.urges)
        return LateRow(
            case=clock.case,
            number=self.number(clock.case),
            item=self.item(clock.item),
            department=self.department(clock.department),
            due=due,
            level=self.level_of(clock, due) if due else "",
            left=working_days_left(due, self.today, self.calendar) if due else 0,
            by_law=clock.legal_due is not None and self.today > clock.legal_due,
            urged=len(clock.urges),
            reply_by=min((urge.reply_by for urge in open_urges), default=None),
        )

    def late_work(self, task: Task, clock: Clock | None) -> LateRow | None:
        """None when this work is in time, or stands with its case."""
        due, stands = as_of(task, clock, self.calendar, self.now)
        if due is None or stands or not self.level(due):
            return None
        urges = [
            urge
            for urge in (clock.urges if clock else ())
            if urge.department == task.department and urge.step in ("", task.name)
        ]
        return LateRow(
            case=task.case,
            number=self.number(task.case),
            item=self.item(clock.item) if clock else "",
            department=self.department(task.department),
            due=due,
            level=self.level(due),
            left=working_days_left(due, self.today, self.calendar),
            by_law=False,
            urged=len(urges),
            reply_by=min((urge.reply_by for urge in _open(urges)), default=None),
            code=task.department,
            step=task.name,
        )

    def suspended(self, clock: Clock) -> SuspendedRow:
        stop = clock.standing
        assert stop is not None
        return SuspendedRow(
            case=clock.case,
            number=self.number(clock.case),
            item=self.item(clock.item),
            department=self.department(clock.department),
            since=stop.start.date(),
            expected=stop.expected,
            until=stop.until,
            reason=stop.reason,
            does=stop.does,
            approver=self.name(stop.by),
            warn=c8_near_end(clock, self.today),
        )

    def asks(self, clock: Clock) -> Iterable[AskRow]:
        for ask in clock.asks:
            if not ask.answer:
                yield AskRow(
                    clock.case,
                    ask.id,
                    self.number(clock.case),
                    self.item(clock.item),
                    self.department(clock.department),
                    ask.kind,
                    ask.amount,
                    ask.unit,
                    ask.expected,
                    self.name(ask.by),
                    ask.reason,
                )

    def urges(self, clock: Clock) -> Iterable[UrgeRow]:
        return (self.urge(clock, urge) for urge in _open(clock.urges))

    def urge(self, clock: Clock, urge: Urge) -> UrgeRow:
        return UrgeRow(
            clock.case,
            urge.id,
            self.number(clock.case),
            self.item(clock.item),
            self.department(urge.department),
            self.name(urge.by),
            urge.by_leader,
            urge.text,
            urge.reply_by,
            late=urge.answered_at is None and self.today > urge.reply_by,
            at=urge.at,
            step=urge.step,
            answer=urge.answer,
            answered_by=self.name(urge.answered_by),
            answered_at=urge.answered_at,
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
        state = self._reader.get(CASES, case)
        return state.number if state else case


def _open(urges: Iterable[Urge]) -> list[Urge]:
    return [urge for urge in urges if urge.answered_at is None]

"""What is shown of time: a case's clock with its ledger, the late board, what stands, waits, was urged.

Everything is computed as of now. Not here: what changes any of it (`casetime.py`, `urging.py`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from counter_app.domain.intake.deeming import i7_asked_late
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.time.alarms import (
    LEVELS,
    Level,
)
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.dates import level_now
from counter_app.use_cases.casework.restricted import Onlooker, Opening, need_sight
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.time.flagged import flagged_rows
from counter_app.use_cases.time.received import Waiting, late_level
from counter_app.use_cases.time.rows import SeenTime, reply_day
from counter_app.use_cases.time.views import (
    ASKED_LATE,
    RECEIVED,
    AskRow,
    Board,
    ClockView,
    FlaggedRow,
    LateRow,
    SuspendedRow,
    UrgeOffer,
    UrgeRow,
)

MOST: Final = 500
MOST_RECEIVED: Final = 2_000


class TimeQueries:
    """Questions about time; each is one short read."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def clock(self, case: str) -> ClockView:
        """UserFacingError `case.unknown`, `clock.unknown` (before acceptance there is none)."""
        with self._store.reading() as reader:
            seen = SeenTime(reader, self._reference, None)
            return seen.view(reader.need(CASES, case), reader.need(CLOCKS, case))

    def clock_of(self, case: str, opening: Opening | None = None) -> ClockView | None:
        """As `clock`; None before acceptance. Who came upon it in a list says how: `case.restricted`."""
        with self._store.reading() as reader:
            if opening is not None:
                need_sight(reader, self._reference, reader.need(CASES, case), opening.actor.place, opening)
            clock = reader.get(CLOCKS, case)
            seen = SeenTime(reader, self._reference, None)
            return seen.view(reader.need(CASES, case), clock) if clock else None

    def board(self) -> Board:
        """Late and nearly late work, counted by department, step and cause (mission: S1)."""
        with self._store.reading() as reader:
            seen = SeenTime(reader, self._reference, None)
            counts: dict[tuple[str, str, str], dict[Level, int]] = defaultdict(
                lambda: dict.fromkeys(LEVELS, 0)
            )
            for entry in reader.clocks.due_by(seen.horizon):
                counts[entry.department, entry.step, entry.cause][seen.level(entry.due)] += entry.count
            for task, clock in (*reader.clocks.stopped_work(seen.horizon), *seen.hours_today()):
                found = counts[task.department, task.name, task.kind]
                if task.due is not None:
                    found[seen.level(task.due)] -= 1
                found[seen.level_of_work(task, clock)] += 1
            for clock in reader.clocks.hours_due(seen.today, MOST):
                found = counts[clock.department, "", ""]
                found[seen.level(seen.today)] -= 1
                found[level_now(clock, seen.calendar, seen.now)] += 1
            waiting = Waiting(reader, self._reference)
            for case in waiting.cases(MOST_RECEIVED):
                level = seen.level(waiting.lead_by(case))
                counts[waiting.lines(case).department, RECEIVED, ASKED_LATE][level] += 1
            for case in waiting.asked_late(MOST_RECEIVED):
                notice = i7_asked_late(case)
                if notice is not None:
                    counts[waiting.lines(case).department, RECEIVED, ASKED_LATE][late_level(notice)] += 1
            flagged = len(flagged_rows(reader, self._reference, seen.onlooker, MOST))
            unsigned = seen.unsigned()
            lines = [
                seen.line(*key, found)
                for key, found in counts.items()
                if any(found[level] for level in LEVELS if level)
            ]
        lines.sort(key=lambda line: (bool(line.step), -line.alarm, -line.late, -line.yellow, line.code))
        return Board(seen.today, tuple(lines), flagged, unsigned)

    def flagged(self, actor: Actor, most: int = MOST) -> tuple[FlaggedRow, ...]:
        """Meetings sent up needlessly, or not sent up, the latest first (mission: C15)."""
        with self._store.reading() as reader:
            onlooker = Onlooker(reader, self._reference, actor)
            return flagged_rows(reader, self._reference, onlooker, most)

    def late(self, actor: Actor, department: str = "", most: int = MOST) -> tuple[LateRow, ...]:
        """Cases late or nearly so, the longest late first; of one department, or all."""
        with self._store.reading() as reader:
            seen = SeenTime(reader, self._reference, actor)
            return tuple(seen.late(clock) for clock in reader.clocks.late(department, seen.horizon, most))

    def late_work(
        self, actor: Actor, department: str, step: str, cause: str, most: int = MOST
    ) -> tuple[LateRow, ...]:
        """The pieces of work that one line of the board counts, the longest late first (mission: S1, T5)."""
        with self._store.reading() as reader:
            seen = SeenTime(reader, self._reference, actor)
            found = reader.clocks.late_work(department, step, cause, seen.horizon, most)
            rows = [row for task, clock in found if (row := seen.late_work(task, clock)) is not None]
        return tuple(sorted(rows, key=lambda row: (row.due or date.max, row.number)))

    def suspended(self, actor: Actor, department: str = "", most: int = MOST) -> tuple[SuspendedRow, ...]:
        """Open suspensions, the longest first (mission: C8)."""
        with self._store.reading() as reader:
            seen = SeenTime(reader, self._reference, actor)
            return tuple(seen.suspended(clock) for clock in reader.clocks.suspended(department, most))

    def asked(self, actor: Actor, most: int = MOST) -> tuple[AskRow, ...]:
        """Requests that wait for approval, of those that concern this person."""
        with self._store.reading() as reader:
            seen = SeenTime(reader, self._reference, actor)
            return tuple(row for clock in reader.clocks.asked(most) for row in seen.asks(clock))

    def urged(self, actor: Actor, most: int = MOST) -> tuple[UrgeRow, ...]:
        """Urging orders that concern this person: those that wait for a reply, the earliest day first, then
        those whose reply came while the work is late all the same (mission: T4)."""
        with self._store.reading() as reader:
            seen = SeenTime(reader, self._reference, actor)
            clocks = (*reader.clocks.urged(most), *reader.clocks.replied(most))
            once = {clock.case: clock for clock in clocks}
            rows = [row for clock in once.values() for row in seen.urges(clock)]
        return tuple(sorted(rows, key=lambda row: (row.answered_at is not None, row.reply_by, row.number)))

    def urge_offer(self, case: str) -> UrgeOffer:
        """Whom an order can go to. UserFacingError `clock.unknown`."""
        with self._store.reading() as reader:
            seen = SeenTime(reader, self._reference, None)
            clock = reader.need(CLOCKS, case)
            to = tuple(seen.urge_to(clock, reader.casework.of_case(case)))
            return UrgeOffer(to, reply_day(seen.plan, seen.calendar, seen.now))

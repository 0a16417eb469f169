"""Row queries about clocks: `store/clock_rows.py` answers. Lists are bounded, queries are index seeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from counter_app.domain.casework.task import Task
from counter_app.domain.time.clock import Clock


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many open cases or pieces of work of one sort are due on `due`.

    `step` and `cause` are empty for whole cases; for work, its name and kind (step, assist, question …).
    """

    department: str
    step: str
    cause: str
    due: date
    count: int


class ClockRows(Protocol):
    def due_by(self, until: date) -> tuple[DueCount, ...]:
        """Counts of what runs and is due on `until` or earlier, by department, step, cause and day."""
        ...

    def stopped_work(self, until: date) -> tuple[tuple[Task, Clock], ...]:
        """Open work whose last day as it was set is `until` or earlier, of cases whose clock was stopped: it
        may be due later than that, or not at all now."""
        ...

    def hours_due(self, day: date, most: int) -> tuple[Clock, ...]:
        """Running cases with a limit in hours that is over on `day`."""
        ...

    def late_work(
        self, department: str, step: str, cause: str, until: date, most: int
    ) -> tuple[tuple[Task, Clock | None], ...]:
        """Open work of one sort whose last day as it was set is `until` or earlier, the earliest first, with
        its case's clock: as that stands the work may be due later, or not at all now."""
        ...

    def late(self, department: str, until: date, most: int) -> tuple[Clock, ...]:
        """Running cases due on `until` or earlier, the earliest first; of all departments for ""."""
        ...

    def unnoted(self, until: date, most: int) -> tuple[Clock, ...]:
        """As `late` of all departments, without those whose alarm is written down already."""
        ...

    def reaching(self, day: date, most: int) -> tuple[Clock, ...]:
        """Running cases one of whose dates is `day` or later, or may be as their clock stands: the latest of
        them first."""
        ...

    def untold(self, most: int) -> tuple[Clock, ...]:
        """Running cases whose date was moved last by a calendar, or by a suspension over by itself."""
        ...

    def suspended(self, department: str, most: int) -> tuple[Clock, ...]:
        """Cases whose clock stands by suspension, the longest first; of all departments for ""."""
        ...

    def suspended_count(self, department: str) -> int: ...

    def asked(self, most: int, department: str = "") -> tuple[Clock, ...]:
        """Cases with a request that waits for approval; of one lead department, or all."""
        ...

    def urged(self, most: int, department: str = "") -> tuple[Clock, ...]:
        """Cases with an urging order that nobody has answered, the earliest reply-by date first; those that
        one department is to answer, or all."""
        ...

    def replied(self, most: int) -> tuple[Clock, ...]:
        """Running cases with an urging order that was answered, the latest reply first."""
        ...

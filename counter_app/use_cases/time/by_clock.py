"""A machine that works alone is its own centre: it writes down what time alone has made true (design §1).

The keeper calls it now and then. In a hall with a centre nothing is done here (`centre/by_clock.py` does it).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from counter_app.domain.casework.clocks import recounted
from counter_app.domain.casework.task import Task
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.deeming import i7_recounted
from counter_app.domain.journal import Actor, Fact
from counter_app.domain.time.by_clock import due_facts
from counter_app.domain.time.calendar import CALENDAR_YEARS
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.facts import DuesRecomputed
from counter_app.use_cases.casework.following import begin, is_begun
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.time.keeping import write_deemed

BY_CLOCK: Final = Actor("centre")
STAMPS: Final = "calendar-stamps"
AT_ONCE: Final = 500
MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose date a calendar has moved: the promised one, or before acceptance that of the answer."""

    case: str
    was: date | None
    now: date | None
    provisional: bool


class ByClock:
    """`alone`: no centre does this for the hall."""

    def __init__(self, store: Store, reference: CaseReference, *, alone: bool) -> None:
        self._store = store
        self._reference = reference
        self._alone = alone

    def step(self) -> bool:
        """Write what is due now; True when there may be more at once."""
        if not self._alone:
            return False
        self.recompute()
        with self._store.reading() as reader:
            yesterday = reader.now.date() - timedelta(days=1)
            late = reader.clocks.unnoted(yesterday, AT_ONCE)
            hours = reader.clocks.hours_due(reader.now.date(), AT_ONCE)
            suspended = reader.clocks.suspended("", AT_ONCE)
            unasked = reader.cases.unasked(reader.now.date(), AT_ONCE)
        for case in unasked:
            self._deem(case.id, f"deemed:{case.id}:{case.decide_by}")
        return self._write((*late, *hours, *suspended)) == AT_ONCE

    def recompute(self) -> tuple[Moved, ...]:
        """After a calendar was published: work out the dates anew that it reaches; gives those that moved."""
        if not self._alone:
            return ()
        with self._store.reading() as reader:
            stamps, known = _stamps(reader), json.loads(reader.note(STAMPS) or b"{}")
            changed = [
                int(year) for year in stamps.keys() | known.keys() if stamps.get(year) != known.get(year)
            ]
            if not changed:
                return ()
            first = date(min(changed), 1, 1)
            before = reader.clocks.reaching(first, MOST) if known else ()
            received = reader.cases.unasked(date.max, MOST) if known else ()
            work = reader.casework.due_from(first, MOST) if known else ()
        self._write(before)
        answers = self._recounted(received, work)
        self._store.act(BY_CLOCK, "", lambda tx: tx.keep_note(STAMPS, json.dumps(stamps).encode()))
        with self._store.reading() as reader:
            after = {clock.case: reader.get(CLOCKS, clock.case) for clock in before}
        moved = tuple(
            Moved(clock.case, clock.promised_due, then.promised_due, then.provisional)
            for clock in before
            if (then := after[clock.case]) is not None and then.promised_due != clock.promised_due
        )
        return (*moved, *answers)

    def _recounted(self, received: Iterable[Case], work: Iterable[Task]) -> list[Moved]:
        """Days on which silence accepts, and the days of work under way; gives the cases whose answer the
        citizen was promised for another day."""
        with self._store.reading() as reader:
            calendar, now = self._reference.calendar(reader), reader.now
        answers = []
        for case in received:
            fact = i7_recounted(case, calendar, now.date())
            if fact is not None:
                self._store.act(BY_CLOCK, "", _recording(fact))
                day = date.fromisoformat(fact.decide_by)
                answers.append(Moved(case.id, case.decide_by, day, not calendar.knows(day.year)))
        for task in work:
            moved = recounted(task, calendar)
            if moved is not None:
                self._store.act(BY_CLOCK, "", _recording(moved))
        return answers

    def _deem(self, case: str, key: str) -> None:
        """What silence has accepted is in the handler's inbox from now on. No paper goes out by itself."""

        def work(tx: Transaction) -> None:
            if write_deemed(tx, self._reference, case) and not is_begun(tx, case):
                begin(tx, self._reference, case)

        self._store.act(BY_CLOCK, key, work)

    def _write(self, clocks: Iterable[Clock]) -> int:
        written = 0
        with self._store.reading() as reader:
            calendar, now = self._reference.calendar(reader), reader.now
        for clock in clocks:
            for key, fact in due_facts(clock, calendar, now):
                self._store.act(BY_CLOCK, key, _recording(fact))
                written += not isinstance(fact, DuesRecomputed)
        return written


def _recording(fact: Fact) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        tx.record(fact)

    return work


def _stamps(reader: Reader) -> dict[str, str]:
    """What is in force of each year, so that a change is seen."""
    rows = reader.published(CALENDAR_YEARS)
    return {key: sha256(CALENDAR_YEARS.encode(row)).hexdigest()[:16] for key, row in rows.items()}

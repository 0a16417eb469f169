"""The use cases about time, bound together: what windows, commands and the keeper are given."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.reference import Publishing
from counter_app.use_cases.time.by_clock import ByClock
from counter_app.use_cases.time.calendar import CalendarEditing
from counter_app.use_cases.time.casetime import CaseTime
from counter_app.use_cases.time.progress import ProgressSlips
from counter_app.use_cases.time.queries import TimeQueries
from counter_app.use_cases.time.received import Received
from counter_app.use_cases.time.urging import Urging


@dataclass(frozen=True)
class TimeRoom:
    """`by_clock` does nothing where the hall has a centre."""

    commands: CaseTime
    queries: TimeQueries
    urging: Urging
    progress: ProgressSlips
    calendar: CalendarEditing
    by_clock: ByClock
    received: Received


def time_room(
    store: Store,
    reference: CaseReference,
    publishing: Publishing,
    statements: StatementMaker,
    *,
    alone: bool,
) -> TimeRoom:
    by_clock = ByClock(store, reference, alone=alone)
    return TimeRoom(
        commands=CaseTime(store, reference, statements),
        queries=TimeQueries(store, reference),
        urging=Urging(store, reference, statements),
        progress=ProgressSlips(store, reference, statements),
        calendar=CalendarEditing(store, reference, publishing, by_clock),
        by_clock=by_clock,
        received=Received(store, reference),
    )

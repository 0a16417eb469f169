"""An end is set aside: clock, work and what was booked go on (mission: C6, C14, T1)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from counter_app.clock import HALL_ZONE
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.time.calendar import CalendarYear
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.limits import Limit
from tests.support.case_world import ADMIN, CLERK, COMMERCE, LEAD, MANAGER, PLAIN, SITE_USE, CaseWorld, Limits
from tests.support.clock import HandClock
from tests.support.memory_store import MemoryStore

WHY = DecisionInput(reason="有误", article="某条例第三条")
OFF_2027 = tuple(date(2027, *day) for day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)))


@pytest.fixture
def world() -> CaseWorld:
    clock = HandClock(datetime(2026, 8, 3, 9, tzinfo=HALL_ZONE))
    world = CaseWorld(MemoryStore(clock).as_store, clock)
    world.prepare()
    return world


def clock_of(world: CaseWorld) -> Clock:
    with world.store.reading() as reader:
        return reader.need(CLOCKS, world.case)


def open_work(world: CaseWorld) -> dict[str, bool]:
    """What waits for somebody, and whether a delay is booked to it."""
    with world.store.reading() as reader:
        return {task.code: task.late for task in reader.casework.of_case(world.case) if task.open}


def accepted(world: CaseWorld, at: datetime, limits: Limits = PLAIN) -> None:
    world.begin(limits, at)
    world.intake.decide(CLERK, world.key(), world.case, "accept")


def set_aside(world: CaseWorld) -> None:
    world.archiving.undo_end(MANAGER, world.key(), world.case, "有误", "某条例第九条")


def test_C14_clock_and_work_go_on_when_an_end_is_set_aside(world: CaseWorld) -> None:
    accepted(world, datetime(2026, 11, 2, 9, tzinfo=HALL_ZONE))
    world.intake.decide(CLERK, world.key(), world.case, "withdraw", WHY)
    assert (clock_of(world).running, open_work(world)) == (False, {})
    set_aside(world)
    assert (clock_of(world).running, open_work(world)) == (True, {"review": False, "check": False})


def test_C6_a_booked_delay_outlives_an_end_that_is_set_aside(world: CaseWorld) -> None:
    accepted(world, datetime(2026, 11, 2, 9, tzinfo=HALL_ZONE))
    asking = world.casework.asking
    asking.request(LEAD, world.key(), world.case, [SITE_USE])
    asking.answer(COMMERCE, world.key(), world.case, SITE_USE, "agree")
    asking.repeat(LEAD, world.key(), world.case, SITE_USE, "assist_short", "未达要求")
    world.intake.decide(CLERK, world.key(), world.case, "withdraw", WHY)
    set_aside(world)
    assert open_work(world)[SITE_USE]


def test_I7_silence_does_not_accept_what_was_refused_and_taken_up_again(world: CaseWorld) -> None:
    world.begin(PLAIN, datetime(2026, 11, 2, 9, tzinfo=HALL_ZONE))
    world.intake.decide(CLERK, world.key(), world.case, "receive")
    world.intake.decide(CLERK, world.key(), world.case, "refuse", WHY)
    world.clock.advance(days=28)
    set_aside(world)
    world.time.by_clock.step()
    with world.store.reading() as reader:
        case = reader.need(CASES, world.case)
    assert (case.stage, case.decide_by) == ("received", date(2026, 12, 7))


def test_T1_a_legal_date_moves_there_and_back_and_there_again(world: CaseWorld) -> None:
    """The promised day stays: each move is written all the same."""
    limits = Limits(Limit(5, "working_days"), Limit(1, "working_days"), None, None, None, PLAIN.assists)
    accepted(world, datetime(2026, 12, 29, 9, tzinfo=HALL_ZONE), limits)
    calendar = world.time.calendar
    calendar.announce(ADMIN, world.key(), [CalendarYear(2027, off=OFF_2027)])
    days = []
    for word in ("off", "plain", "off", "plain"):
        calendar.set_day(ADMIN, world.key(), date(2027, 1, 4), "off" if word == "off" else "plain")
        clock = clock_of(world)
        days.append((clock.promised_due, clock.legal_due))
    stays = date(2026, 12, 30)
    assert days == [(stays, date(2027, 1, 7)), (stays, date(2027, 1, 6))] * 2

"""What time alone makes true is written by the hall's centre, once (mission: T1, T4, I7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from counter_app.domain.casework.task import TASKS, TaskOpened
from counter_app.domain.intake.facts import CaseOpened, ItemChosen, PapersReceived
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import read
from counter_app.domain.time.calendar import CALENDAR_YEARS, CalendarYear
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.facts import ClockStarted, DuePassed, DuesRecomputed
from counter_app.use_cases.centre import by_clock
from tests.support.centre_rules import RuleHall
from tests.support.centres import REFERENCE
from tests.support.intake_hall import catalogue

KINDS = {"item": REFERENCE.items}
YEAR = CalendarYear(2026, off=(date(2026, 12, 31),))


@pytest.fixture(autouse=True)
def machine(hall: RuleHall) -> None:
    hall.enrol("1")
    publish(hall, YEAR)


def publish(hall: RuleHall, year: CalendarYear) -> None:
    with hall.deciding() as tx:
        rows = {str(year.year): CALENDAR_YEARS.encode(year)}
        tx.publish("calendar", rows, replace=False, staff="a001", key=f"{year.off}")


def turns(hall: RuleHall, most: int = 20) -> int:
    """Sweeps until the round is over; gives how many wrote something."""
    wrote = 0
    for _ in range(most):
        with hall.deciding() as tx:
            wrote += by_clock.step(tx, KINDS)
    return wrote


def started(hall: RuleHall, due: date, number: int = 0) -> str:
    device = hall.devices["1"]
    case = f"1.9.{number}"
    since = datetime(2026, 11, 23, 10, tzinfo=hall.clock.now().tzinfo)
    device.acts(
        ClockStarted(
            case=case,
            item="0603@1",
            department="population",
            since=since.isoformat(),
            legal=None,
            promised=(3, "working_days"),
            legal_due=None,
            promised_due=due.isoformat(),
        )
    )
    return case


def facts(hall: RuleHall, case: str) -> list[object]:
    with hall.store.reading() as reader:
        return [read(entry.data).fact for entry in reader.history(f"clock:{case}")]


def test_T4_each_level_is_written_once_by_the_centre(hall: RuleHall) -> None:
    case = started(hall, date(2026, 11, 26))
    hall.push(hall.devices["1"])
    assert turns(hall) == 0
    for days in (4, 3, 1, 1):
        hall.clock.advance(days=days)
        turns(hall)
        turns(hall)
    levels = [fact.level for fact in facts(hall, case) if isinstance(fact, DuePassed)]
    assert levels == ["reminder", "warning", "alarm"]


def test_T1_a_published_calendar_moves_dates_in_the_same_day(hall: RuleHall) -> None:
    case = started(hall, date(2026, 11, 26))
    hall.push(hall.devices["1"])
    turns(hall)
    publish(hall, CalendarYear(2026, off=(date(2026, 11, 25),)))
    assert turns(hall) == 1
    assert turns(hall) == 0
    moved = [fact for fact in facts(hall, case) if isinstance(fact, DuesRecomputed)]
    assert [fact.promised_due for fact in moved] == ["2026-11-27"]
    with hall.store.reading() as reader:
        clock = reader.get(CLOCKS, case)
    assert clock is not None
    assert clock.promised_due == date(2026, 11, 27)


def test_a_large_hall_is_gone_through_page_by_page(hall: RuleHall) -> None:
    for number in range(by_clock.PAGE + 5):
        started(hall, date(2026, 11, 26), number)
    hall.push(hall.devices["1"])
    hall.clock.advance(days=10)
    assert turns(hall) == 2


def test_I7_silence_after_receipt_accepts_and_starts_the_clock(hall: RuleHall) -> None:
    item = next(entry for entry in catalogue().items if entry.code == "0603")
    with hall.deciding() as tx:
        body = REFERENCE.items.encode(item)
        tx.publish("item", {f"0603@{item.version}": body}, replace=False, staff="a001", key="item")
    device = hall.devices["1"]
    case = device.next_id
    device.acts(CaseOpened(case=case))
    device.acts(ItemChosen(case=case, code="0603", item_version=item.version))
    device.acts(PapersReceived(case=case, materials=(), decide_by="2026-11-30"))
    hall.push(device)
    hall.clock.advance(days=7)
    assert turns(hall) == 0
    hall.clock.advance(seconds=timedelta(days=1).total_seconds())
    assert turns(hall) == 1
    assert turns(hall) == 0
    with hall.store.reading() as reader:
        state, clock = reader.get(CASES, case), reader.get(CLOCKS, case)
    assert state is not None
    assert clock is not None
    assert (state.stage, clock.promised_due) == ("accepted", date(2026, 11, 26))


def test_T1_a_published_calendar_moves_the_answer_and_the_work_under_way(hall: RuleHall) -> None:
    """What waits for its acceptance, and what lies in an inbox, by the centre's own round."""
    device, tz = hall.devices["1"], hall.clock.now().tzinfo
    case = "1.9.7"
    device.acts(CaseOpened(case=case))
    device.acts(ItemChosen(case=case, code="0603", item_version=1))
    device.acts(PapersReceived(case=case, materials=(), decide_by="2026-11-30"))
    work = TaskOpened(
        case=case,
        task=f"{case}/step/review",
        kind="step",
        code="review",
        name="审查",
        department="population",
        limit=(3, "working_days"),
        due="2026-11-26",
    )
    device.acts(work)
    hall.push(device)
    hall.clock.set(datetime(2026, 11, 24, 10, tzinfo=tz))
    turns(hall)
    with hall.deciding() as tx:
        received = tx.get(CASES, case)
    assert received is not None
    first = received.decide_by
    publish(hall, CalendarYear(2026, off=(date(2026, 11, 25),)))
    turns(hall)
    with hall.deciding() as tx:
        received, piece = tx.get(CASES, case), tx.get(TASKS, work.task)
    assert received is not None
    assert piece is not None
    assert first is not None
    assert received.decide_by is not None
    assert received.decide_by > first
    assert piece.due == date(2026, 11, 27)
    with hall.deciding() as tx:
        assert by_clock.step(tx, KINDS) is False


def test_T4_hours_that_are_over_are_written_within_the_hour(hall: RuleHall) -> None:
    device, tz = hall.devices["1"], hall.clock.now().tzinfo
    since = datetime(2026, 11, 23, 10, tzinfo=tz)
    device.acts(
        ClockStarted(
            case="1.9.8",
            item="0603@1",
            department="population",
            since=since.isoformat(),
            legal=None,
            promised=(4, "hours"),
            legal_due=None,
            promised_due="2026-11-23",
        )
    )
    hall.push(device)
    hall.clock.set(datetime(2026, 11, 23, 13, 30, tzinfo=tz))
    assert turns(hall) == 0
    hall.clock.set(datetime(2026, 11, 23, 14, 5, tzinfo=tz))
    assert turns(hall) == 1
    assert [fact.level for fact in facts(hall, "1.9.8") if isinstance(fact, DuePassed)] == ["reminder"]
    assert turns(hall) == 0

"""What stops a clock and what is added to it, by table and against a naive one (mission: T2, T3, C8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.time.calendar import WorkCalendar, read_years
from counter_app.domain.time.ledger import ADDED, STOPPED, Added, Due, Running, Stop, StopKind, reckon
from counter_app.domain.time.limits import Limit, Unit
from counter_app.i18n import RESOURCES
from tests.conftest import LONG
from tests.unit.domain.time.naive_clock import last_moment

CALENDAR = WorkCalendar(read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8")))
HALL = timezone(timedelta(hours=8))
FIVE = Limit(5, "working_days")
MONDAY = "2026-11-23T10:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HALL)


def stop(kind: StopKind, start: str, end: str | None) -> Stop:
    return Stop(kind, at(start), at(end) if end else None, "行政许可法第四十五条")


def run(limit: Limit, *stops: Stop, added: tuple[Added, ...] = (), now: str = MONDAY) -> Due:
    return reckon(Running(limit, at(MONDAY), stops, added), CALENDAR, at(now))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-24T09:00", "2026-11-24T17:00", "2026-12-01"),  # a hearing of one day takes that day
        ("2026-11-24T17:59", "2026-11-25T08:00", "2026-12-02"),  # both ends are taken, whatever the hour
        ("2026-11-28T09:00", "2026-11-29T09:00", "2026-11-30"),  # a weekend was not counted anyway
        ("2026-11-30T09:00", "2026-12-01T09:00", "2026-12-02"),  # the last day itself
        ("2026-12-01T09:00", "2026-12-08T09:00", "2026-11-30"),  # after the end it moves nothing
        ("2026-11-23T11:00", "2026-11-24T11:00", "2026-12-01"),  # the day of arrival never counted
    ],
)
def test_T2_a_stop_takes_every_working_day_it_touches(start: str, end: str, expected: str) -> None:
    assert run(FIVE, stop("excluded", start, end)).day == date.fromisoformat(expected)


def test_T2_days_stopped_twice_are_taken_once() -> None:
    result = run(
        FIVE,
        stop("excluded", "2026-11-24T09:00", "2026-11-26T09:00"),
        stop("correction", "2026-11-25T09:00", "2026-11-26T09:00"),
    )
    assert result.day == date(2026, 12, 3)
    assert [entry.why for entry in result.ledger if entry.state == "stopped"] == [STOPPED["excluded"]] * 3


def test_T3_a_stopped_day_names_its_basis() -> None:
    result = run(FIVE, stop("excluded", "2026-11-24T09:00", "2026-11-24T17:00"))
    taken = next(entry for entry in result.ledger if entry.state == "stopped")
    assert (taken.day, taken.n, taken.basis) == (date(2026, 11, 24), 0, "行政许可法第四十五条")


def test_C8_an_open_suspension_moves_the_date_each_day() -> None:
    open_one = stop("suspension", "2026-11-24T09:00", None)
    days = [run(FIVE, open_one, now=f"2026-11-2{n}T12:00").day for n in (4, 5, 6)]
    assert days == [date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)]
    assert run(FIVE, open_one).standing
    assert not run(FIVE, stop("suspension", "2026-12-24T09:00", None)).standing


def test_T2_natural_days_and_months_give_back_every_stopped_day() -> None:
    weekend = stop("suspension", "2026-11-28T09:00", "2026-11-29T09:00")
    assert run(Limit(10, "natural_days"), weekend).day == date(2026, 12, 7)  # 5 December is a Saturday
    assert run(Limit(1, "months")).day == date(2026, 12, 23)
    assert run(Limit(1, "months"), weekend).day == date(2026, 12, 25)


def test_T2_hours_stop_to_the_minute() -> None:
    result = run(Limit(24, "hours"), stop("correction", "2026-11-23T14:00", "2026-11-23T16:30"))
    assert result.at == at("2026-11-24T12:30")
    assert [(entry.day.day, entry.n) for entry in result.ledger] == [(23, 11), (24, 24)]


def test_T2_what_is_added_counts_on_from_the_last_day() -> None:
    result = run(FIVE, added=(Added("extension", Limit(10, "working_days"), "经办理机关负责人批准"),))
    assert result.day == date(2026, 12, 14)
    tail = [entry for entry in result.ledger if entry.state == "added"]
    assert [entry.n for entry in tail] == list(range(1, 11))
    assert {entry.why for entry in tail} == {ADDED["extension"]}


def test_T2_a_limit_in_natural_days_moves_off_a_day_off_only_at_the_very_end() -> None:
    """It ends on Saturday 28 November: the Monday is already the first added day."""
    result = run(Limit(5, "natural_days"), added=(Added("extension", Limit(1, "working_days")),))
    assert result.day == date(2026, 11, 30)


def test_C8_rework_is_added_to_hours_in_hours() -> None:
    result = run(Limit(24, "hours"), added=(Added("rework", Limit(7, "hours")),))
    assert result.at == at("2026-11-24T17:00")


def test_T2_hours_are_not_added_to_days() -> None:
    with pytest.raises(ValueError, match="hours cannot be added"):
        run(FIVE, added=(Added("rework", Limit(7, "hours")),))


def test_T3_every_day_stands_in_the_ledger_once() -> None:
    result = run(
        Limit(20, "working_days"),
        stop("suspension", "2026-12-30T09:00", "2027-01-04T09:00"),
        added=(Added("extension", Limit(10, "working_days")),),
    )
    days = [entry.day for entry in result.ledger]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert days[-1] == result.day


BEGINS = datetime(2025, 9, 1, tzinfo=HALL)
moments = st.integers(0, 6 * 24 * 500).map(lambda tick: BEGINS + timedelta(minutes=10 * tick))
lengths = st.integers(0, 6 * 24 * 40).map(lambda tick: timedelta(minutes=10 * tick))
amounts: dict[Unit, st.SearchStrategy[int]] = {
    "on_the_spot": st.just(0),
    "hours": st.integers(1, 72),
    "working_days": st.integers(1, 45),
    "natural_days": st.integers(1, 60),
    "months": st.integers(1, 6),
    "years": st.just(1),
}


@st.composite
def clocks(draw: st.DrawFn) -> tuple[Running, datetime]:
    """Any clock that began in the known years or runs out of them, and a later moment."""
    unit = draw(st.sampled_from(list(amounts)))
    started = draw(moments)
    kinds = st.sampled_from(list(STOPPED))
    stops = []
    for _ in range(draw(st.integers(0, 4))):
        start = started + draw(lengths)
        stops.append(Stop(draw(kinds), start, draw(st.none() | lengths.map(start.__add__))))
    extra: list[Unit] = ["working_days", "natural_days", "months"]
    added = []
    for _ in range(draw(st.integers(0, 2))):
        more = draw(st.sampled_from(extra + (["hours"] if unit == "hours" else [])))
        added.append(Added("extension", Limit(draw(st.integers(1, 15 if more != "months" else 2)), more)))
    return Running(Limit(draw(amounts[unit]), unit), started, tuple(stops), tuple(added)), draw(moments)


@pytest.mark.timeout(7200 if LONG else 120)
@settings(max_examples=100_000 if LONG else 1_000)
@given(clocks())
def test_T1_T2_the_ledger_agrees_with_a_clerk_counting_with_a_finger(drawn: tuple[Running, datetime]) -> None:
    running, now = drawn
    result = reckon(running, CALENDAR, now)
    assert (result.day, result.at) == last_moment(running, CALENDAR, now)
    days = [entry.day for entry in result.ledger]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert days[-1] == result.day
    if running.limit.unit == "working_days":
        assert max(entry.n for entry in result.ledger if entry.state == "counted") == running.limit.amount

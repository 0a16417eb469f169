"""Due dates and their ledgers, by table (mission: T1, T3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.time.calendar import WorkCalendar, read_years
from counter_app.domain.time.ledger import ARRIVED_OFF, WAITS, add_months, due
from counter_app.domain.time.limits import Limit, Unit
from counter_app.i18n import RESOURCES

CALENDAR = WorkCalendar(read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8")))
HALL = timezone(timedelta(hours=8))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HALL)


@pytest.mark.parametrize(
    ("amount", "unit", "accepted", "expected"),
    [
        (3, "working_days", "2026-11-23T10:32", "2026-11-26"),  # Monday: Tuesday is the first day
        (3, "working_days", "2026-11-21T10:32", "2026-11-25"),  # Saturday: Monday is the first day
        (5, "working_days", "2026-09-28T09:00", "2026-10-10"),  # over the National Day and a make-up Saturday
        (1, "working_days", "2026-10-09T09:00", "2026-10-10"),  # the make-up Saturday counts
        (0, "working_days", "2026-11-28T10:00", "2026-11-30"),  # never on a day off, however short
        (0, "working_days", "2026-11-27T10:00", "2026-11-27"),
        (1, "working_days", "2026-10-10T09:00", "2026-10-12"),  # arriving on a make-up day is no weekend
        (5, "natural_days", "2026-11-23T10:32", "2026-11-30"),  # ends on Saturday: Monday
        (3, "natural_days", "2026-11-21T10:32", "2026-11-25"),  # Saturday: Monday is the first day
        (1, "months", "2026-01-30T10:00", "2026-02-28"),  # ends on 28 February, a make-up Saturday
        (2, "years", "2024-02-29T10:00", "2026-02-28"),
        (48, "hours", "2026-11-23T10:32", "2026-11-25"),
        (24, "hours", "2026-11-21T10:32", "2026-11-24"),
        (0, "on_the_spot", "2026-11-22T10:32", "2026-11-22"),
    ],
)
def test_due_by_table(amount: int, unit: Unit, accepted: str, expected: str) -> None:
    assert due(Limit(amount, unit), at(accepted), CALENDAR).day == date.fromisoformat(expected)


def test_hours_keep_the_minute() -> None:
    assert due(Limit(48, "hours"), at("2026-11-23T10:32"), CALENDAR).at == at("2026-11-25T10:32")


def test_T3_the_ledger_says_why_each_day_counts_or_not() -> None:
    result = due(Limit(2, "working_days"), at("2026-11-21T09:00"), CALENDAR)
    assert [(entry.day.day, entry.n, entry.why) for entry in result.ledger] == [
        (21, 0, ARRIVED_OFF),
        (22, 0, "weekend"),
        (23, 1, "working day"),
        (24, 2, "working day"),
    ]


def test_a_natural_limit_that_ends_on_a_day_off_says_that_it_moves() -> None:
    result = due(Limit(5, "natural_days"), at("2026-11-23T09:00"), CALENDAR)
    assert result.ledger[-1].why == WAITS


def test_beyond_the_known_calendar_the_date_is_provisional() -> None:
    assert due(Limit(20, "working_days"), at("2026-12-21T09:00"), CALENDAR).provisional
    assert not due(Limit(3, "working_days"), at("2026-12-21T09:00"), CALENDAR).provisional


@given(
    st.dates(date(2024, 1, 1), date(2027, 6, 1)),
    st.integers(1, 60),
    st.sampled_from(["working_days", "natural_days", "months"]),
)
def test_never_due_on_a_day_off_nor_before_arrival(day: date, amount: int, unit: Unit) -> None:
    result = due(Limit(amount, unit), datetime(day.year, day.month, day.day, 9, tzinfo=HALL), CALENDAR)
    assert CALENDAR.works(result.day)
    assert result.day > day
    if unit == "working_days":
        assert max(entry.n for entry in result.ledger) == amount


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_never_skip_a_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day

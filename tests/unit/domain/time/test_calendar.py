"""The work calendar against the notices it was seeded from (mission: T1)."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from counter_app.domain.time.calendar import HOLIDAY, MAKE_UP, CalendarYear, WorkCalendar, read_years
from counter_app.i18n import RESOURCES

SEED = (RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8")


def test_the_seed_agrees_with_the_published_notices_day_by_day() -> None:
    calendar = WorkCalendar(read_years(SEED))
    day = date(2018, 1, 1)
    while day <= date(2026, 12, 31):
        assert calendar.works(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_make_up_days_work_and_holidays_do_not() -> None:
    calendar = WorkCalendar(read_years(SEED))
    assert calendar.kind(date(2026, 10, 10)).why == MAKE_UP
    assert calendar.kind(date(2026, 10, 7)).why == HOLIDAY


def test_a_year_without_a_notice_is_weekdays_and_fixed_days_and_says_so() -> None:
    calendar = WorkCalendar(read_years(SEED))
    monday = calendar.kind(date(2027, 3, 1))
    assert (monday.works, monday.provisional) == (True, True)
    assert not calendar.works(date(2027, 1, 1))
    assert not calendar.works(date(2027, 10, 1))
    assert not calendar.works(date(2027, 3, 6))
    assert not calendar.knows(2027)


def test_a_date_under_the_wrong_year_is_refused() -> None:
    with pytest.raises(ValueError, match="2025-01-01 stands under 2026"):
        read_years('{"2026": {"off": ["2025-01-01"], "work": []}}')


def test_an_entered_notice_is_no_longer_provisional() -> None:
    calendar = WorkCalendar({"2027": CalendarYear(2027, off=(date(2027, 2, 8),), work=(date(2027, 2, 13),))})
    assert not calendar.kind(date(2027, 2, 9)).provisional
    assert not calendar.works(date(2027, 2, 8))
    assert calendar.works(date(2027, 2, 13))

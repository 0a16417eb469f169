"""The work calendar as the administrator edits it (mission: T1): a year's notice, a day put right.

Published one way by the centre; dates that rest on it are then worked out again, and what moved is told. Not
here: the counting (`domain/time`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.time.calendar import (
    CALENDAR_YEARS,
    FIXED_DAYS_OFF,
    ONE_DAY,
    SATURDAY,
    CalendarYear,
    DayKind,
    read_years,
)
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.reference import Publishing
from counter_app.use_cases.time.by_clock import ByClock
from counter_app.use_cases.time.who import acting

FIXED_SINCE: Final = 2025
DayWord = Literal["off", "work", "plain"]


@dataclass(frozen=True, slots=True)
class YearView:
    """One year. `announced`: its notice has been entered; else weekdays and the fixed days are assumed."""

    year: int
    announced: bool
    off: tuple[date, ...]
    work: tuple[date, ...]
    days: tuple[tuple[date, DayKind], ...]

    @property
    def working_days(self) -> int:
        return sum(kind.works for _, kind in self.days)


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A case whose promised day the new calendar has moved: the citizen is to be told."""

    case: str
    number: str
    was: date | None
    now: date | None
    provisional: bool


class CalendarEditing:
    """UserFacingError `access.no-right`, `time.who`, `centre.needed`, `calendar.*`."""

    def __init__(
        self, store: Store, reference: CaseReference, publishing: Publishing, by_clock: ByClock
    ) -> None:
        self._store = store
        self._reference = reference
        self._publishing = publishing
        self._by_clock = by_clock

    def year(self, year: int) -> YearView:
        with self._store.reading() as reader:
            row = reader.published(CALENDAR_YEARS).get(str(year)) or CalendarYear(year)
            calendar = self._reference.calendar(reader)
        first = date(year, 1, 1)
        days = (first + ONE_DAY * n for n in range((date(year + 1, 1, 1) - first).days))
        return YearView(
            year, calendar.knows(year), row.off, row.work, tuple((day, calendar.kind(day)) for day in days)
        )

    def today(self) -> date:
        with self._store.reading() as reader:
            return reader.now.date()

    def years(self) -> tuple[int, ...]:
        """Those whose notice has been entered."""
        with self._store.reading() as reader:
            return tuple(sorted(row.year for row in reader.published(CALENDAR_YEARS).values()))

    def import_file(self, actor: Actor, key: str, file: Path) -> tuple[MovedRow, ...]:
        """As `import_text`, from a file. UserFacingError `calendar.no-file`."""
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserFacingError(
                "calendar.no-file",
                "The file {file} cannot be read.",
                kept="The calendar in force stays.",
                remedy="Name a text file in UTF-8.",
                file=str(file),
            ) from error
        return self.import_text(actor, key, text)

    def import_text(self, actor: Actor, key: str, text: str) -> tuple[MovedRow, ...]:
        """Years from a file `{"2027": {"off": […], "work": […]}}`; gives the cases whose day moved."""
        try:
            years = read_years(text)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserFacingError(
                "calendar.unreadable",
                "This file is no calendar: {reason}",
                kept="The calendar in force stays.",
                remedy="Write each year with its days off and make-up days (see `calendar import --help`).",
                reason=str(error),
            ) from error
        return self.announce(actor, key, years.values())

    def announce(self, actor: Actor, key: str, years: Iterable[CalendarYear]) -> tuple[MovedRow, ...]:
        """Put whole years in force; gives the cases whose day moved."""
        rows = {str(row.year): _checked(row) for row in years}
        return self._publish(actor, key, rows)

    def set_day(self, actor: Actor, key: str, day: date, word: DayWord) -> tuple[MovedRow, ...]:
        """One day of an announced year: off, a make-up working day, or as its weekday says.

        UserFacingError `calendar.not-announced` before the year's notice is entered.
        """
        with self._store.reading() as reader:
            row = reader.published(CALENDAR_YEARS).get(str(day.year))
        if row is None:
            raise UserFacingError(
                "calendar.not-announced",
                "The notice of {year} has not been entered: its days are provisional.",
                kept="Nothing was changed.",
                remedy="Enter the whole notice first, days off and make-up days.",
                year=day.year,
            )
        off = {one for one in row.off if one != day} | ({day} if word == "off" else set())
        work = {one for one in row.work if one != day} | ({day} if word == "work" else set())
        changed = CalendarYear(day.year, tuple(sorted(off)), tuple(sorted(work)))
        return self._publish(actor, key, {str(day.year): _checked(changed)})

    def _publish(self, actor: Actor, key: str, rows: Mapping[str, CalendarYear]) -> tuple[MovedRow, ...]:
        with self._store.reading() as reader:
            acting(self._reference.plan(reader), actor, "calendar.edit")
        self._by_clock.recompute()
        self._publishing.calendar(actor, key, rows)
        moved = self._by_clock.recompute()
        with self._store.reading() as reader:
            return tuple(
                MovedRow(one.case, reader.need(CASES, one.case).number, one.was, one.now, one.provisional)
                for one in moved
            )


def _checked(row: CalendarYear) -> CalendarYear:
    """UserFacingError `calendar.fixed`, `calendar.make-up`: what no notice says is a slip of the pen."""
    fixed = [date(row.year, *day) for day in sorted(FIXED_DAYS_OFF)] if row.year >= FIXED_SINCE else []
    missing = [day for day in fixed if day not in row.off]
    if missing:
        raise UserFacingError(
            "calendar.fixed",
            "{day} is a day off by law and is not in the notice.",
            kept="The calendar in force stays.",
            remedy="Enter the whole notice, the fixed days among it.",
            day=missing[0],
        )
    odd = [day for day in row.work if day.weekday() < SATURDAY or day in row.off]
    if odd:
        raise UserFacingError(
            "calendar.make-up",
            "{day} cannot be a make-up working day: it is a weekday, or a day off as well.",
            kept="The calendar in force stays.",
            remedy="Make-up days are Saturdays and Sundays that are worked.",
            day=odd[0],
        )
    return row

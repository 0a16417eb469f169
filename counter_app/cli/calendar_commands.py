"""`calendar show | import | set`: which days count, published for the whole hall (mission: T1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from counter_app.cli.frame import DONE, Call, add_command, add_group
from counter_app.i18n import Translator
from counter_app.use_cases.time.calendar import DayWord, MovedRow, YearView

WORDS: dict[str, DayWord] = {"off": "off", "work": "work", "plain": "plain"}


def add(parsers: Any) -> None:
    group = add_group(parsers, "calendar", "the work calendar: days off and make-up days")
    shown = add_command(group, "show", show, "a year's days off and make-up days")
    shown.add_argument("year", type=int, nargs="?", default=0)
    imported = add_command(group, "import", import_, "put whole years in force from a file", journal=True)
    imported.add_argument("file", type=Path, help='{"2027": {"off": ["2027-01-01", …], "work": […]}}')
    set_ = add_command(group, "set", set_day, "one day of an announced year", journal=True)
    set_.add_argument("day", type=date.fromisoformat)
    set_.add_argument("word", choices=tuple(WORDS), help="off, a make-up working day, or as its weekday says")


def show(call: Call) -> int:
    with call.program() as program:
        year = call.arguments.year or program.clock.now().year
        view = program.time.calendar.year(year)
        known = program.time.calendar.years()
    answer = {
        "year": view.year,
        "announced": view.announced,
        "off": view.off,
        "work": view.work,
        "working_days": view.working_days,
        "known": known,
    }
    call.say(answer, _lines(view, call.t))
    return DONE


def _lines(view: YearView, t: Translator) -> list[str]:
    if not view.announced:
        head = t("{year}: not announced yet; weekdays and the fixed days off are assumed", year=view.year)
        return [head]
    return [
        t("{year}: {count} working days", year=view.year, count=view.working_days),
        f"{t('Days off')}: " + "、".join(f"{day:%m-%d}" for day in view.off),
        f"{t('Make-up days')}: " + "、".join(f"{day:%m-%d}" for day in view.work),
    ]


def import_(call: Call) -> int:
    with call.program() as program:
        moved = program.time.calendar.import_file(call.actor, call.key, call.arguments.file)
    return _told(call, moved)


def set_day(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        moved = program.time.calendar.set_day(call.actor, call.key, given.day, WORDS[given.word])
    return _told(call, moved)


def _told(call: Call, moved: tuple[MovedRow, ...]) -> int:
    lines = [call.t("The calendar is in force; {count} promised dates moved.", count=len(moved))]
    lines += [f"  {row.number}  {row.was} → {row.now}" for row in moved]
    call.say({"moved": moved}, lines)
    return DONE

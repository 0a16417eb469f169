"""The work calendar as a page: a year in months, a day set by one letter, a notice from a file (mission: T1).

No Qt. Without the hall's centre nothing is changed, and the message says so.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from counter_app.domain.time.calendar import MAKE_UP, DayKind
from counter_app.errors import mark
from counter_app.ui.theme.tokens import State
from counter_app.ui.time.clock_presenter import Show
from counter_app.ui.widgets.facts_shown import DayShown, KeyShown, PageShown, Paint, SentenceShown
from counter_app.ui.workplace import Workplace
from counter_app.use_cases.time.calendar import DayWord, MovedRow, YearView
from counter_app.use_cases.time.room import TimeRoom

KEYS: Final = (
    ("N", mark("next year"), "next"),
    ("V", mark("year before"), "before"),
    ("F", mark("day off"), "off"),
    ("S", mark("make-up day"), "work"),
    ("D", mark("as its weekday says"), "plain"),
    ("W", mark("enter a year's notice from a file"), "import"),
    ("Esc", mark("leave"), ""),
)
WORDS: Final[dict[str, DayWord]] = {"off": "off", "work": "work", "plain": "plain"}


class CalendarPresenter:
    """`today` begins with its year."""

    def __init__(self, here: Workplace, room: TimeRoom, show: Show) -> None:
        self._here = here
        self._room = room
        self._show = show
        self._year = 0

    def open(self, year: int) -> None:
        self._year = year
        self._here.reads.run(lambda: self._room.calendar.year(year), self._opened, self._here.error)

    def command(self, name: str, day: str) -> None:
        """A letter of the page; `day` is the one in hand, in ISO."""
        if name in ("next", "before"):
            self.open(self._year + (1 if name == "next" else -1))
        elif name == "import":
            self._import()
        elif name in WORDS and day:
            chosen, word = date.fromisoformat(day), WORDS[name]
            self._here.act(
                f"calendar:{day}",
                lambda actor, key: self._room.calendar.set_day(actor, key, chosen, word),
                self._moved,
                right="calendar.edit",
            )

    def _opened(self, view: YearView) -> None:
        t, now = self._here.t, self._room.calendar.today()
        said = (
            SentenceShown(
                t("{year}: {count} working days", year=view.year, count=view.working_days), State.READY
            )
            if view.announced
            else SentenceShown(
                t("{year}: not announced yet; weekdays and the fixed days off are assumed", year=view.year),
                State.SOON,
                strong=True,
            )
        )
        self._show(
            PageShown(
                title=t("Work calendar {year}", year=view.year),
                sentences=(said,),
                days=tuple(self._day(day, kind, day == now) for day, kind in view.days),
                by_month=True,
                legend=(
                    ("plain", t("worked")),
                    ("off", t("day off")),
                    ("added", t("make-up day")),
                ),
                keys=tuple(KeyShown(cap, t(words), name) for cap, words, name in KEYS),
            )
        )

    def _day(self, day: date, kind: DayKind, today: bool) -> DayShown:
        paint: Paint = "added" if kind.why == MAKE_UP else "plain" if kind.works else "off"
        says = f"{day} · {self._here.t(kind.why)}"
        return DayShown(day, paint, says, today=today, unsure=kind.provisional and kind.works)

    def _import(self) -> None:
        here, t = self._here, self._here.t

        def chosen(_: str, text: str) -> None:
            path = Path(text.strip().strip('"'))
            here.act(
                "calendar:import",
                lambda actor, key: self._room.calendar.import_file(actor, key, path),
                self._moved,
                right="calendar.edit",
            )

        here.ask(t("Which file holds the notice?"), (), chosen, text=t("Path of the file"))

    def _moved(self, rows: tuple[MovedRow, ...]) -> None:
        here, t = self._here, self._here.t
        self.open(self._year)
        said = "、".join(f"{row.number} {row.was} → {row.now}" for row in rows[:5])
        here.tell(
            t("The calendar is in force; {count} promised dates moved.", count=len(rows)),
            remedy=said,
            level="warn" if rows else "info",
        )

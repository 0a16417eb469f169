"""Time in one workspace: its commands and the page they share. The window gives the page. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.ui.time.calendar_presenter import CalendarPresenter
from counter_app.ui.time.clock_presenter import ClockPresenter, Show
from counter_app.ui.time.late_presenter import LatePresenter
from counter_app.ui.time.received_presenter import ReceivedNeeds, ReceivedPresenter
from counter_app.ui.widgets.facts_shown import PageShown
from counter_app.ui.workplace import Workplace
from counter_app.use_cases.casework.time_work import SEPARATOR
from counter_app.use_cases.casework.views import InboxRow
from counter_app.use_cases.time.room import TimeRoom


class TimeDesk:
    """`show` puts a page over the window, `case()` names the case in hand, `received` says how a received
    case is looked at here.

    `commands` are the workspace's own; `page_command` and `opened` come from the page.
    """

    def __init__(
        self,
        here: Workplace,
        room: TimeRoom,
        show: Show,
        case: Callable[[], str | None],
        received: ReceivedNeeds,
    ) -> None:
        self._room = room
        self._case = case
        self._page: str = ""
        self.clock = ClockPresenter(here, room, self._showing("clock", show))
        self.received = ReceivedPresenter(here, room.received, self._showing("received", show), received)
        self.late = LatePresenter(here, room, self._showing("late", show), self.clock, self.received.list)
        self.calendar = CalendarPresenter(here, room, self._showing("calendar", show))

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "case_clock": lambda: self.clock.open(self._case()),
            "late_board": self.late.board,
            "late_cases": lambda: self.late.cases(""),
            "suspended": self.late.suspended,
            "time_asked": self.late.asked,
            "urge_orders": self.late.orders,
            "received": self.received.list,
            "calendar": lambda: self.calendar.open(self._room.calendar.today().year),
        }

    def reply(self, row: InboxRow) -> None:
        """An order among somebody's work is answered."""
        _, case, urge = row.task.split(SEPARATOR, 2)
        self.late.reply(case, urge, row.name)

    def decide(self, row: InboxRow) -> None:
        """A request among somebody's work is approved, or not."""
        _, case, ask = row.task.split(SEPARATOR, 2)
        self.clock.decide(case, ask, row.name)

    def page_command(self, name: str, row: str) -> None:
        if self._page == "clock":
            self.clock.command(name)
        elif self._page == "late":
            self.late.command(name, row)
        elif self._page == "calendar":
            self.calendar.command(name, row)
        elif self._page == "received":
            self.received.command(name, row)

    def opened(self, row: str) -> None:
        if self._page == "late":
            self.late.opened(row)
        elif self._page == "received":
            self.received.opened(row)

    def _showing(self, page: str, show: Show) -> Show:
        def shown(facts: PageShown) -> None:
            self._page = page
            show(facts)

        return shown

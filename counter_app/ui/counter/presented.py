"""The presenters of a counter, made and joined to one another and to their views; the menu's commands.

The window is one of these: it adds keys, cards, changes and timers.
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.waiting.ticket import Ticket
from counter_app.ui.counter.access_presenter import AccessPresenter
from counter_app.ui.counter.around_presenters import AroundPresenters
from counter_app.ui.counter.case_papers_presenter import CasePapersPresenter
from counter_app.ui.counter.centre_presenter import CentrePresenter
from counter_app.ui.counter.day_presenter import DayPresenter
from counter_app.ui.counter.decide_presenter import DecidePresenter
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.erase_presenter import ErasePresenter
from counter_app.ui.counter.find_presenter import FindPresenter
from counter_app.ui.counter.foot_presenter import FootPresenter
from counter_app.ui.counter.halls_presenter import HallsPresenter
from counter_app.ui.counter.help_presenter import HelpPresenter
from counter_app.ui.counter.keypad import Keypad
from counter_app.ui.counter.line_presenter import LinePresenter
from counter_app.ui.counter.looks_presenter import LooksPresenter
from counter_app.ui.counter.marks_presenter import MarksPresenter
from counter_app.ui.counter.panels import Panels
from counter_app.ui.counter.paper_presenter import PaperPresenter
from counter_app.ui.counter.peripherals_presenter import PeripheralsPresenter
from counter_app.ui.counter.persons_presenter import PersonsPresenter
from counter_app.ui.counter.pictures_presenter import PicturesPresenter
from counter_app.ui.counter.rating_presenter import RatingPresenter
from counter_app.ui.counter.scan_presenter import ScanPresenter
from counter_app.ui.counter.screen import CounterScreen
from counter_app.ui.counter.signing_presenter import SigningPresenter
from counter_app.ui.counter.slip_presenter import SlipPresenter
from counter_app.ui.counter.ticket_presenter import TicketPresenter
from counter_app.ui.counter.time_desk import time_desk
from counter_app.ui.counter.work_presenter import WorkPresenter
from counter_app.ui.tasks import Tasks
from counter_app.use_cases.intake.views import CaseView


class Presented:
    """What a counter window is made of besides Qt."""

    desk: Desk
    panels: Panels
    _screen: CounterScreen
    _imaging: Tasks

    def _present(
        self,
        command: Callable[[str], None],
        case_changed: Callable[[CaseView | None], None],
        began: Callable[[], None],
        after_question: Callable[..., None],
    ) -> None:
        """`command` does one by name, `case_changed` is told of the case in hand, `began` of a log-in;
        `after_question` takes the keys back to the work."""
        desk, panels = self.desk, self.panels
        self.papers = PaperPresenter(desk, panels.paper.show_paper)
        self.peripherals = PeripheralsPresenter(desk, panels.peripherals)
        self.foot = FootPresenter(desk, self.papers, panels.foot.show_foot, self.peripherals.open)
        self.work = WorkPresenter(desk, self._screen, case_changed)
        self.persons = PersonsPresenter(desk, self._screen, self.work)
        self.marks = MarksPresenter(desk, self.work)
        self.pictures = PicturesPresenter(desk, self.work, self._screen, self._imaging)
        self.rating = RatingPresenter(desk, self._screen, panels.chooser.withdraw, self._listen)
        self._keypad = Keypad(self.rating.digit, panels) if desk.deps.rating_keypad else None
        self.line = LinePresenter(desk, panels.line.show_line, self._ticket_changed, self._ended)
        self.tickets = TicketPresenter(desk, self.line)
        self.day = DayPresenter(desk, self.line.refresh)
        self.help = HelpPresenter(desk, panels.line.alarms.show_alarms)
        self.case_papers = CasePapersPresenter(desk, lambda: self.work.view, self.papers)
        self.signing = SigningPresenter(desk, lambda: self.work.view, self._screen)
        self.looks = LooksPresenter(desk, lambda: self.work.view)
        self.erase = ErasePresenter(desk, lambda: self.work.view, self.work.refresh)
        self.halls = HallsPresenter(desk, lambda: self.work.view, self.work.refresh)
        self.slips = SlipPresenter(desk, self.line, self.tickets)
        self.finder = FindPresenter(
            desk,
            self.work,
            self.line,
            self.papers,
            panels.head.box.show_hits,
            panels.head.box.empty,
            command,
        )
        self.around = AroundPresenters(
            desk,
            lambda: self.work.view,
            self.work.refresh,
            self.finder.open_case,
            lambda paper: self.case_papers.open(paper, "A4"),
            panels.course.show_course,
        )
        self.scans = ScanPresenter(desk, self.finder, self.persons, self.foot, panels.head.box, panels.login)
        self.decide = DecidePresenter(desk, lambda: self.work.view, self.work.refresh)
        self.access = AccessPresenter(desk, panels.login, self._show_desk, began)
        self.centre = CentrePresenter(desk, self.foot, panels.devices.show_devices)
        self.time = time_desk(desk, panels, after_question, self.finder.open_case)

    def _listen(self, on: bool) -> None:
        if self._keypad is not None:
            self._keypad.listen(on)

    def _show_desk(self, at_work: bool) -> None:
        """A counter that is locked or left shows no paper and asks nobody."""
        if not at_work:
            self.signing.withdraw()
            self.rating.leave()
        self.panels.show_desk(at_work)

    def take_back_citizen(self) -> bool:
        """The citizen's screen goes dark; whether there was something on it to take back."""
        return any((self.signing.withdraw(), self.rating.withdraw()))

    def _ended(self, ticket: Ticket) -> None:
        """What was laid before the citizen makes room for the rating."""
        self.signing.withdraw()
        self.rating.ask(ticket)

    def _ticket_changed(self) -> None:
        if self.desk.hands.ticket is not None:
            self.rating.leave()
        self.work.ticket_changed()
        self.persons.left_over()

    def _sign(self) -> None:
        self.rating.leave()
        self.signing.ask()

    def _further(self) -> dict[str, Callable[[], None]]:
        """The commands of the menu, and those of what rings."""
        return {
            "back_in_line": self.line.back_in_line,
            **self.tickets.commands,
            "slip": self.slips.begin,
            "help_answer": self.help.answer,
            "help_escalate": self.help.escalate,
            "check_store": self.foot.check_store,
            "devices": self.centre.devices,
            "conflicts": self.centre.conflicts,
            "close_day": self.day.close_day,
            "day_total": self.day.print_total,
            "attendance": self.day.attendance,
            "duties": self.day.duties,
            "case_papers": self.case_papers.list,
            "form": self.case_papers.form,
            "copy_stamp": self.case_papers.copy_stamp,
            "guide_sheet": self.case_papers.guide_sheet,
            "sign_paper": self._sign,
            "who_looked": self.looks.who_looked,
            "erase": self.erase.erase,
            "erasures": self.erase.list_erased,
            "forward": self.halls.forward,
            "incoming": self.halls.incoming,
            **self.around.commands,
            **self.time.commands,
            **self.peripherals.commands,
            "scanner_sheet": self.scans.sheet,
        }

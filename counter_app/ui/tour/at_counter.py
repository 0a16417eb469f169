"""The tour's clerk: logs in, calls, checks, decides and finishes, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt

from counter_app.ui.tour.citizens import Citizen
from counter_app.ui.tour.deps import AtCounter
from counter_app.ui.tour.hands import Hands, TourStopped
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.waiting.rows import TicketRow

DIGITS: Final = (
    Qt.Key.Key_0,
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_3,
    Qt.Key.Key_4,
    Qt.Key.Key_5,
    Qt.Key.Key_6,
)
MARKS: Final = {"Q": Qt.Key.Key_Q, "G": Qt.Key.Key_G, "R": Qt.Key.Key_R}
MOST_QUESTIONS: Final = 20


class Clerk:
    """Works the counter's window."""

    def __init__(self, deps: AtCounter, hands: Hands) -> None:
        self._deps = deps
        self._hands = hands
        self._window = deps.counter

    def log_in(self) -> str:
        """One key: the training clerk is offered."""
        self._hands.until(lambda: not self._window.busy or None, "the log-in")
        self._hands.press(self._window, Qt.Key.Key_Return)
        desk = self._window.desk
        shift = self._hands.until(lambda: desk.hands.shift, "a clerk logged in")
        self._settle()
        return f"{shift.name} · {shift.counter}"

    def call_next(self) -> TicketRow:
        self._hands.press(self._window, Qt.Key.Key_F3)
        desk = self._window.desk
        return self._hands.until(lambda: desk.hands.ticket, "a ticket called")

    def card_read(self, citizen: Citizen) -> CaseView:
        """The citizen hands over the card; the case begins by itself; card and face are compared."""
        self._deps.counter_tray.lay(citizen.card)
        self._when(lambda view: bool(view.persons), "the card read")
        self._settle()
        self._hands.press(self._window, Qt.Key.Key_Y)
        self._deps.counter_tray.lift()
        return self._when(lambda view: bool(view.persons[0].same), "card and face compared")

    def item_chosen(self, citizen: Citizen) -> CaseView:
        """The ticket's item is there already; else it is found by its pinyin initials."""
        if citizen.typed:
            self._hands.press(self._window, Qt.Key.Key_K, with_ctrl=True)
            self._hands.type(self._window, citizen.typed)
            self._settle()
            self._hands.press(self._window, Qt.Key.Key_Return)
        wanted = citizen.item
        return self._when(lambda view: bool(view.item and view.item.code == wanted), f"item {wanted}")

    def answered(self, citizen: Citizen) -> CaseView:
        """Each question by one digit, until none is open."""
        for _ in range(MOST_QUESTIONS):
            self._settle()
            view = self._need_view()
            asked = next((entry for entry in view.questions if entry.answer is None), None)
            if asked is None or view.stops:
                return view
            if citizen.typed:
                self._hands.press(self._window, Qt.Key.Key_2, with_ctrl=True)
            self._hands.press(self._window, DIGITS[citizen.answers.get(asked.question.code, 1)])
            code = asked.question.code
            self._when(partial(_is_answered, code), f"an answer to {code}")
            if asked.question.kind == "multiple_choice":  # more may be added: Enter goes on
                self._settle()
                self._hands.press(self._window, Qt.Key.Key_Return)
        return self._need_view()

    def checked(self, citizen: Citizen) -> CaseView:
        """Each material by one letter; what is wrong gets its first standard reason."""
        self._hands.press(self._window, Qt.Key.Key_3, with_ctrl=True)
        self._settle()
        for line in self._need_view().lines:
            if line.mark is not None or not line.markable:
                continue
            key = citizen.wrong.get(line.material, "")
            self._hands.press(self._window, MARKS[key] if key else Qt.Key.Key_Space)
            if key:
                self._settle()
                self._hands.press(self._window, Qt.Key.Key_1)
            self._when(partial(_is_marked, line.material), f"a mark on {line.material}")
        self._settle()
        return self._need_view()

    def decided(self, citizen: Citizen) -> CaseView:
        """F9 does what the verdict suggests."""
        suggested = self._need_view().verdict.suggested
        self._hands.press(self._window, Qt.Key.Key_F9)
        self._settle()
        if self._window.panels.chooser.isVisible():
            self._hands.type(self._window, citizen.article)
            self._hands.press(self._window, Qt.Key.Key_Return)
        view = self._when(lambda view: bool(view.number), f"the decision {citizen.outcome}")
        self._settle()
        if suggested != citizen.outcome:
            raise TourStopped(f"the verdict suggested {suggested}, not {citizen.outcome}")
        return view

    def finished(self, citizen: Citizen) -> str:
        """Finish, and the citizen rates on the pad shown."""
        number = self._window.desk.hands.ticket
        self._hands.press(self._window, Qt.Key.Key_F2)
        self._settle()
        self._hands.press(self._window, DIGITS[citizen.rating])
        self._hands.until(lambda: self._window.desk.hands.ticket is None or None, "the ticket finished")
        self._settle()
        return number.number if number else ""

    def view_in_hand(self) -> CaseView:
        self._settle()
        return self._need_view()

    def _view(self) -> CaseView | None:
        case = self._window.desk.hands.case
        if case is None:
            return None
        return self._deps.program.intake_queries.case_view(case, self._window.desk.deps.counter)

    def _need_view(self) -> CaseView:
        return self._hands.until(self._view, "a case in hand")

    def _when(self, holds: Callable[[CaseView], bool], what: str) -> CaseView:
        """The case in hand, as soon as `holds` is true of it."""

        def found() -> CaseView | None:
            view = self._view()
            return view if view is not None and holds(view) else None

        return self._hands.until(found, what)

    def _settle(self) -> None:
        """Until nothing is on its way to the window."""
        self._hands.look()
        self._hands.until(lambda: not self._window.busy or None, "the window at rest")
        self._hands.look()


def _is_answered(code: str, view: CaseView) -> bool:
    entry = next((entry for entry in view.questions if entry.question.code == code), None)
    return entry is None or entry.answer is not None


def _is_marked(material: str, view: CaseView) -> bool:
    return any(line.material == material and line.mark is not None for line in view.lines)

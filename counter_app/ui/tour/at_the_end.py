"""The tour's last part at the counter: how the case went, its result collected, its file closed.

mission: C11, C13, C14, P6, T3.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.numbers import read_number
from counter_app.domain.paper.facts import PaperKind
from counter_app.ui.tour.citizens import Citizen
from counter_app.ui.tour.deps import TourDeps
from counter_app.ui.tour.hands import Hands, TourStopped
from counter_app.ui.tour.summary import Summary

RESULT: Final = "LN-2026-17"


class AfterDecision:
    """Works the counter's window for the case that the departments have granted."""

    def __init__(self, deps: TourDeps, hands: Hands, summary: Summary) -> None:
        self._deps = deps
        self._hands = hands
        self._summary = summary
        self._window = deps.counter

    def play(self, case: str, citizen: Citizen) -> None:
        step, hands = self._summary.step, self._hands
        with step("the end: found by its number") as produced:
            produced.append(self._opened(case))
        with step("the end: course and every day of it") as produced:
            for page in ("LC", "TC"):
                self._more(page)
                produced.append(hands.shoot(self._window, f"end-{page.lower()}"))
                self._press(Qt.Key.Key_Escape)
        with step("the end: the result is recorded and collected") as produced:
            produced.append(self._collected(case, citizen))
        with step("the end: the file is closed") as produced:
            produced.append(self._filed(case))

    def _opened(self, case: str) -> str:
        """By its number in the one box; without card or ticket the clerk says why."""
        number = self._state(case)
        self._press(Qt.Key.Key_K, with_ctrl=True)
        self._hands.type(self._window, number)
        self._settle()
        self._press(Qt.Key.Key_Return)
        if self._window.panels.chooser.question is not None:
            self._press(Qt.Key.Key_1)
        self._until(lambda: self._in_hand() == case, f"{number} in hand")
        return number

    def _state(self, case: str) -> str:
        with self._deps.program.store.reading() as reader:
            state = reader.need(CASES, case)
        if state.stage != "granted":
            raise TourStopped(f"{state.number} is {state.stage}, not granted")
        return state.number

    def _in_hand(self) -> str:
        view = self._window.work.view
        return view.case if view else ""

    def _collected(self, case: str, citizen: Citizen) -> str:
        hands = self._hands
        self._more("JR")
        self._press(Qt.Key.Key_1)
        hands.type(self._window, RESULT)
        self._press(Qt.Key.Key_Return, Qt.Key.Key_Return)
        self._until(lambda: self._result(case) == "ready", "the result recorded")
        self._deps.counter_tray.lay(citizen.card)
        self._until(lambda: self._window.panels.chooser.question is not None, "the page of the result")
        hands.shoot(self._window, "end-result")
        self._press(Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Tab)
        hands.type(self._window, self._receipt(case))
        self._press(Qt.Key.Key_Return)
        self._until(lambda: self._result(case) == "handed_over", "the result handed over")
        self._deps.counter_tray.lift()
        return hands.shoot(self._window, "end-collected")

    def _result(self, case: str) -> str:
        with self._deps.program.store.reading() as reader:
            delivery = reader.get(DELIVERIES, case)
        return delivery.results[0].state if delivery and delivery.results else ""

    def _receipt(self, case: str) -> str:
        """The number of the notice of acceptance, as its bar code reads."""
        with self._deps.program.store.reading() as reader:
            papers = reader.papers.of_case(case)
        named = (paper.number for paper in papers if paper.kind == PaperKind.ACCEPTANCE.value)
        number = read_number(next(named, ""))
        if number is None:
            raise TourStopped("the case has no notice of acceptance")
        return number.plain

    def _filed(self, case: str) -> str:
        archiving = self._deps.program.around.archiving
        self._more("JA")
        self._hands.shoot(self._window, "end-file")
        self._press(Qt.Key.Key_1)
        if self._window.panels.chooser.question is not None:
            self._press(Qt.Key.Key_1)  # the paper originals are in the file

        def closed() -> bool:
            file = archiving.view(case).file
            return file is not None and file.closed

        self._until(closed, "the file closed")
        return self._hands.shoot(self._window, "end-filed")

    def _more(self, letters: str) -> None:
        self._press(Qt.Key.Key_M, with_ctrl=True)
        for letter in letters:
            self._press(Qt.Key(ord(letter)))

    def _press(self, *keys: Qt.Key, with_ctrl: bool = False) -> None:
        for key in keys:
            self._hands.press(self._window, key, with_ctrl=with_ctrl)
            self._settle()

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        self._hands.until(lambda: holds() or None, what)
        self._settle()

    def _settle(self) -> None:
        self._hands.look()
        self._hands.until(lambda: not self._window.busy or None, "the counter at rest")
        QApplication.processEvents()

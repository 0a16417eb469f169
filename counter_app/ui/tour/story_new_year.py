"""Over New Year: a case is suspended in December and goes on in January, in a year whose calendar is not
announced yet; then the notice arrives and another case's date follows it visibly (mission: C8, T1–T4, S1)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt

from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.facts_intake import AcceptanceFacts
from counter_app.domain.paper.facts_time import ProgressSlipFacts, TimeNoticeFacts
from counter_app.ui.tour.at_window import AtWindow
from counter_app.ui.tour.citizens import Citizen
from counter_app.ui.tour.story import Story, of_kind
from counter_app.ui.tour.story_birth_permit import WIFE

HANDLER, APPROVER, ADMIN = "1021", "1009", "1012"
FIRST: Final = replace(WIFE, story="new-year")
SECOND: Final = replace(FIRST, card="reyila")
WHY: Final = "等待户籍地出具生育状况证明"
DOES: Final = "每周电话催询一次"
NOTICE: Final = {
    "2027": {
        "off": ["2027-01-01", "2027-01-02", "2027-01-03"]
        + [f"2027-02-{day:02d}" for day in range(5, 12)]
        + [f"2027-05-0{day}" for day in range(1, 6)]
        + [f"2027-10-0{day}" for day in range(1, 8)],
        "work": ["2027-01-30"],
    }
}


class NewYear(Story):
    def play(self) -> None:
        with self.step("new year: the clerk logs in on 24 December") as produced:
            produced.append(self.open_windows())
            self.check("clerk", produced[0], "王敏 · 3")
        case = self._accepted(FIRST, "2027-01-08", "new-year")
        self._suspended(case)
        self._stands(case)
        self._goes_on(case)
        self._a_year_without_notice()
        self.sound()

    def _accepted(self, citizen: Citizen, due: str, name: str) -> str:
        counter, clerk = self.counter, self.counter.clerk
        said = name.replace("-", " ")
        with self.step(f"{said}: accepted, due in a year that is not announced") as produced:
            counter.press(Qt.Key.Key_N, with_ctrl=True)
            clerk.card_read(citizen)
            clerk.item_chosen(citizen)
            clerk.answered(citizen)
            clerk.checked(citizen)
            produced.extend(counter.both(f"{name}-checklist"))
            case = clerk.decided(citizen).case
            self.stage(case, "accepted")
            clock = self.clock(case)
            self.check("due", f"{clock.promised_due}", due)
            self.check("provisional", clock.provisional, True)
            paper = of_kind(AcceptanceFacts, self.paper(case, citizen.paper, f"{name}-acceptance"))
            self.check("due on paper", f"{paper.due_on}", due)
            produced.extend(self._clock_page(counter, f"{name}-days"))
        return case

    def _suspended(self, case: str) -> None:
        desk = self.desk
        with self.step("new year: the handler asks for a suspension on 28 December") as produced:
            produced.append(self.day("2026-12-28"))
            desk.log_in(HANDLER)
            desk.hand(case, "review")
            desk.press(Qt.Key.Key_F6)
            self.until(self.deps.desk.panels.facts.isVisible, "the page of the clock")
            desk.press(Qt.Key.Key_G)
            desk.choose("其他原因")
            for words in (WHY, DOES, "2027-01-12"):
                desk.write(words)
            self.until(lambda: bool(self.clock(case).asks), "the request")
            self.check("asked by", self.clock(case).asks[0].kind, "suspension")
            produced.extend(desk.both("new-year-asked"))
            desk.press(Qt.Key.Key_Escape)
        with self.step("new year: another approves, the citizen is told") as produced:
            produced.append(desk.log_in(APPROVER))
            desk.hand(case, "ask")
            produced.extend(desk.both("new-year-approval"))
            desk.press(Qt.Key.Key_F8)
            desk.choose("批准")
            self.until(lambda: self.clock(case).standing is not None, "the suspension")
            paper = of_kind(TimeNoticeFacts, self.paper(case, PaperKind.TIME_NOTICE, "new-year-suspended"))
            told = (paper.part, paper.now, f"{paper.expected}")
            self.check("notice", told, ("suspension", None, "2027-01-12"))

    def _stands(self, case: str) -> None:
        desk = self.desk
        with self.step("new year: on 11 January nothing is late") as produced:
            produced.append(self.day("2027-01-11"))
            view = self.deps.program.time.queries.clock(case)
            self.check("level and days left", (view.level, view.left), ("", None))
            board = self.deps.program.time.queries.board
            self.check("late work", len(board().lines), 0)
            desk.log_in(HANDLER)
            desk.hand(case, "review")
            produced.extend(desk.both("new-year-stands"))
            desk.command("suspended")
            self.until(self.deps.desk.panels.facts.isVisible, "the list of suspended cases")
            produced.append(desk.shoot("new-year-suspended-list"))
            desk.press(Qt.Key.Key_Escape)

    def _goes_on(self, case: str) -> None:
        counter, desk = self.counter, self.desk
        with self.step("new year: on 12 January it goes on, every day is given back") as produced:
            produced.append(self.day("2027-01-12"))
            desk.log_in(HANDLER)
            desk.hand(case, "review")
            desk.press(Qt.Key.Key_F6)
            self.until(self.deps.desk.panels.facts.isVisible, "the page of the clock")
            desk.press(Qt.Key.Key_R)
            self.until(lambda: self.clock(case).standing is None, "time running again")
            self.check("due", f"{self.clock(case).promised_due}", "2027-01-25")
            produced.extend(desk.both("new-year-resumed"))
            desk.press(Qt.Key.Key_Escape)
            paper = of_kind(TimeNoticeFacts, self.paper(case, PaperKind.TIME_NOTICE, "new-year-resumed"))
            self.check("notice", (paper.part, f"{paper.now}"), ("resumed", "2027-01-25"))
        with self.step("new year: the citizen asks, the slip has every day and blames nobody") as produced:
            counter.open(self.case(case).number, case)
            counter.command("case_clock")
            self.until(self.deps.counter.panels.facts.isVisible, "the page of the clock")
            produced.extend(counter.both("new-year-ledger"))
            counter.press(Qt.Key.Key_P)
            kind = PaperKind.PROGRESS_SLIP
            slip = of_kind(ProgressSlipFacts, self.paper(case, kind, "new-year-progress-slip"))
            span = (f"{slip.ledger[0].from_on}", f"{slip.ledger[-1].until_on}")
            self.check("days on paper", span, ("2026-12-24", "2027-01-25"))
            self.check("whose waiting it was is on paper", WHY[2:5] in repr(slip.ledger), False)
            counter.press(Qt.Key.Key_Escape)

    def _a_year_without_notice(self) -> None:
        """Provisional dates, then the notice: what moves is listed, and stands in the case's clock."""
        counter, desk = self.counter, self.desk
        with self.step("without notice: 25 January") as produced:
            produced.append(self.day("2027-01-25"))
            years = self.deps.program.time.calendar.years()
            self.check("last year announced", years[-1], 2026)
        case = self._accepted(SECOND, "2027-02-08", "without-notice")
        with self.step("without notice: the notice is entered, one promised date moves") as produced:
            file = self.deps.folder / "2027.json"
            file.write_text(json.dumps(NOTICE), encoding="utf-8")
            produced.append(desk.log_in(ADMIN))
            desk.command("calendar")
            self.until(self.deps.desk.panels.facts.isVisible, "the calendar")
            produced.extend(desk.both("without-notice-calendar-before"))
            desk.press(Qt.Key.Key_W)
            desk.write(str(file))
            produced.append(desk.said("2027-02-08 → 2027-02-12"))
            produced.append(desk.shoot("without-notice-moved"))
            produced.extend(desk.both("without-notice-calendar-after"))
            desk.press(Qt.Key.Key_Escape)
            clock = self.clock(case)
            self.check("due", f"{clock.promised_due}", "2027-02-12")
            self.check("provisional", clock.provisional, False)
            self.check("moved by", clock.moves[-1].cause, "calendar")
        with self.step("without notice: the new date explains itself") as produced:
            ledger = self.deps.program.time.queries.clock(case).ledger
            why = {one.day: one.why for one in ledger.ledger} if ledger else {}
            days = (why.get(date(2027, 1, 30)), why.get(date(2027, 2, 8)))
            self.check("why", days, ("make-up working day", "public holiday"))
            counter.open(self.case(case).number, case)
            produced.extend(self._clock_page(counter, "without-notice-ledger"))

    def _clock_page(self, at: AtWindow, name: str) -> list[str]:
        """Every day of the case in hand."""
        at.command("case_clock")
        self.until(at.window.panels.facts.isVisible, "the page of the clock")
        pictures = at.both(name)
        at.press(Qt.Key.Key_Escape)
        return pictures

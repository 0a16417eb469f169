"""The tour behind the counters: one case from the inbox to its decision, one with assists and a dispute.

Three people sign the first; in the second a department is asked, answers, is asked again with a booked
cause, disputes it, and the management settles it (mission: C4–C7, C9, C12).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt

from counter_app.domain.journal import Actor
from counter_app.ui.tour.deps import Behind
from counter_app.ui.tour.hands import Hands, TourStopped
from counter_app.ui.tour.summary import Summary
from counter_app.use_cases.casework.views import AssistRow, CasePage
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.program import Program

LEVELS: Final = ("1021", "1009", "1022")  # handler, approver, final approver of 人口计生
LEAD, ASSIST, MANAGER = "1014", "1018", "1011"
ITEM: Final = "0512"
MATTER: Final = "site_use"
LAW: Final = ("流动人口计划生育工作条例", "第七条")
MORE: Final = {"repeat": Qt.Key.Key_R, "dispute": Qt.Key.Key_Y}
WIDE: Final = (1920, 1080)
LOW: Final = (1366, 768)


class DepartmentsAtWork:
    """Works the desk's window as those people do, one after another."""

    def __init__(self, behind: Behind, program: Program, hands: Hands, summary: Summary) -> None:
        self._desk, self._citizen = behind.desk, behind.citizen
        self._program = program
        self._hands = hands
        self._summary = summary
        self._case = ""

    def play(self) -> None:
        desk, hands, step = self._desk, self._hands, self._summary.step
        with step("desk: opens") as produced:
            desk.resize(*LOW)
            desk.show()
            hands.look()
            produced.append(hands.shoot(desk, "desk-log-in"))
        self._signed()
        with step("desk: a case that needs others") as produced:
            produced.append(self._accepted())
        self._assisted()

    def _signed(self) -> None:
        """What the first citizen brought is reviewed, approved and decided."""
        hands, step = self._hands, self._summary.step
        for at, badge in enumerate(LEVELS):
            with step(f"desk: opinion {at + 1} of 3") as produced:
                produced.append(self._log_in(badge))
                produced.append(self._both(f"desk-inbox-{at + 1}"))
                self._fill()
                produced.append(hands.shoot(self._desk, f"desk-opinion-{at + 1}"))
                self._press(Qt.Key.Key_F9)
                produced.append(self._told("已签署"))

    def _assisted(self) -> None:
        hands, step = self._hands, self._summary.step
        with step("desk: all assists at once") as produced:
            produced.append(self._log_in(LEAD))
            self._press(Qt.Key.Key_F5)
            produced.append(hands.shoot(self._desk, "desk-assists"))
            self._press(Qt.Key.Key_1)
            produced.append(self._told("协办"))
            produced.append(self._both("desk-assists-asked"))
            self._press(Qt.Key.Key_4, with_ctrl=True)
            produced.append(hands.shoot(self._desk, "desk-plan"))
            self._press(Qt.Key.Key_4, with_ctrl=True)
        with step("desk: the other department answers") as produced:
            produced.append(self._log_in(ASSIST))
            self._press(Qt.Key.Key_F8)
            produced.append(hands.shoot(self._desk, "desk-answer"))
            self._press(Qt.Key.Key_1)
            self._assist(lambda row: row.answer == "agree", "an answer")
        with step("desk: asked a second time") as produced:
            self._log_in(LEAD)
            self._more("repeat")
            self._press(Qt.Key.Key_1, Qt.Key.Key_1)
            produced.append(hands.shoot(self._desk, "desk-second-request"))
            self._press(Qt.Key.Key_Return)
            self._assist(lambda row: row.cause == "assist_short", "a booked cause")
        with step("desk: the cause is disputed and settled") as produced:
            self._log_in(ASSIST)
            self._more("dispute")
            self._press(Qt.Key.Key_1)
            hands.type(self._desk, "要求未写明面积")
            self._press(Qt.Key.Key_Return)
            self._assist(lambda row: row.disputed, "a dispute")
            self._log_in(MANAGER)
            produced.append(hands.shoot(self._desk, "desk-dispute"))
            self._press(Qt.Key.Key_F8, Qt.Key.Key_1, Qt.Key.Key_2)
            hands.type(self._desk, "两次要求不一致，责任在主办")
            self._press(Qt.Key.Key_Return)
            row = self._assist(lambda row: row.settled, "a settled cause")
            produced.append(row.cause or "")
            produced.append(hands.shoot(self._desk, "desk-settled"))

    def _fill(self) -> None:
        """Each line by its first digit; the law by hand where the form has none yet."""
        view = self._desk.panels.case.opinion
        self._press(Qt.Key.Key_3, with_ctrl=True)
        for _ in view.lines.rows.rows:
            self._press(Qt.Key.Key_1)
        for field, words in ((view.law, LAW[0]), (view.article, LAW[1])):
            if not field.text():
                field.setFocus()
                self._hands.type(self._desk, words)
        self._settle()

    def _log_in(self, badge: str) -> str:
        """Badge and PIN, as somebody types them; whoever was here has logged off."""
        desk, hands = self._desk, self._hands
        if desk.here.hands.shift is not None:
            self._press(Qt.Key.Key_Q, with_ctrl=True)
            hands.until(lambda: desk.here.hands.shift is None or None, "the desk logged off")
        member = self._program.plan().member(badge)
        if member is None:
            raise TourStopped(f"nobody has the badge {badge}")
        desk.panels.login.take_over(badge, member.training_pin, submit=True)
        shift = hands.until(lambda: desk.here.hands.shift, f"{member.name} logged in")
        self._settle()
        hands.until(lambda: desk.here.hands.read, f"work in hand of {member.name}")
        self._settle()
        return shift.name

    def _accepted(self) -> str:
        """Another counter accepts a case that two departments and the police have a part in."""
        intake, counter = self._program.intake, Actor("1006", "5")
        case = intake.open_case(counter, _key())
        intake.record_person(counter, _key(), case, "applicant", PersonInput.from_document(self._citizen))
        intake.choose_item(counter, _key(), case, ITEM)
        intake.answer(counter, _key(), case, "staff", "no")
        for line in self._program.intake_queries.case_view(case).lines:
            if line.mark is None and line.markable:
                intake.mark(counter, _key(), case, line.material, "present")
        intake.decide(counter, _key(), case, "accept")
        self._case = case
        return self._page().number

    def _assist(self, holds: Callable[[AssistRow], bool], what: str) -> AssistRow:
        def found() -> AssistRow | None:
            rows = (row for row in self._page().assists if row.matter == MATTER)
            return next((row for row in rows if holds(row)), None)

        row = self._hands.until(found, what)
        self._settle()
        return row

    def _page(self) -> CasePage:
        return self._program.casework.queries.page(Actor(LEAD), self._case)

    def _more(self, command: str) -> None:
        self._press(Qt.Key.Key_M, with_ctrl=True)
        self._press(MORE[command])

    def _press(self, *keys: Qt.Key, with_ctrl: bool = False) -> None:
        for key in keys:
            self._hands.press(self._desk, key, with_ctrl=with_ctrl)
            self._settle()

    def _told(self, words: str) -> str:
        """The message that the desk shows, once it holds these words."""
        bar = self._desk.panels.notice

        def said() -> str | None:
            return bar.accessibleName() if bar.current is not None and words in bar.accessibleName() else None

        return self._hands.until(said, f"“{words}” said at the desk")

    def _both(self, name: str) -> str:
        self._desk.resize(*WIDE)
        self._hands.shoot(self._desk, f"{name}-{WIDE[0]}")
        self._desk.resize(*LOW)
        return self._hands.shoot(self._desk, f"{name}-{LOW[0]}")

    def _settle(self) -> None:
        self._hands.look()
        self._hands.until(lambda: not self._desk.busy or None, "the desk at rest")
        self._hands.look()


def _key() -> str:
    return uuid.uuid4().hex

"""The chopsticks business, second half: one assist is late, one is disputed, the results arrive in the system
and release the licence (mission: C2, C4, C6, C7, C11, T5, H2). The intake: `story_chopsticks.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt

from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.facts_outcome import ResultFacts
from counter_app.ui.tour.story import Story, of_kind
from counter_app.use_cases.casework.views import AssistRow

LICENCE, HYGIENE, TIMBER = "0511", "0512", "0513"
NAMES: Final = {LICENCE: "营业执照", HYGIENE: "卫生许可证", TIMBER: "木材经营加工许可证"}
HEALTH: Final = (("1014", "review"), ("1015", "approval"), ("1017", "final"))
COMMERCE: Final = (("1018", "review"), ("1019", "approval"), ("1020", "final"))
LEAD, ASSIST, MANAGER = "1014", "1018", "1011"
LATE, DISPUTED = "timber_source", "site_use"
LAWS: Final = {
    LICENCE: ("中华人民共和国市场主体登记管理条例", "第十九条"),
    HYGIENE: ("公共场所卫生管理条例", "第四条"),
}
NUMBERS: Final = {LICENCE: "91130900MA0TEST", HYGIENE: "卫许〔2026〕7", TIMBER: "木许〔2026〕3"}


class Permits(Story):
    cases: Mapping[str, str]

    def decided(self) -> None:
        """What the departments do from the first day to the licence."""
        self._asked()
        self._late()
        self._disputed()
        self._results()
        self._released()

    def _asked(self) -> None:
        desk, hygiene = self.desk, self.cases[HYGIENE]
        with self.step("chopsticks: the health bureau asks all at once") as produced:
            produced.append(desk.log_in(LEAD))
            desk.hand(hygiene, "review")
            desk.press(Qt.Key.Key_F5)
            produced.append(desk.shoot("chopsticks-assists"))
            desk.choose("一次提齐")
            produced.append(desk.said("协办"))
            asked = sorted(one.matter for one in self.page(hygiene, LEAD).assists)
            self.check("asked", asked, [DISPUTED, LATE])
            self.paper(hygiene, PaperKind.COPY_NOTICE, "chopsticks-copy-notice")
            produced.extend(desk.both("chopsticks-asked"))

    def _late(self) -> None:
        """Nobody has answered past the day: both lie before the management."""
        counter, desk, hygiene = self.counter, self.desk, self.cases[HYGIENE]
        with self.step("chopsticks: an answer is late and lies before the management") as produced:
            produced.append(self.day("2026-11-26"))
            late = sorted(one.matter for one in self.page(hygiene, LEAD).assists if one.late)
            self.check("late", late, [DISPUTED, LATE])
            produced.append(desk.log_in(MANAGER))
            desk.hand(hygiene, LATE)
            produced.extend(desk.both("chopsticks-late"))
            desk.command("late_board")
            page = self.deps.desk.panels.facts
            self.until(page.isVisible, "the board of late work")
            produced.append(desk.shoot("chopsticks-late-board"))
            desk.press(Qt.Key.Key_Escape)
        with self.step("chopsticks: the late answer comes on paper") as produced:
            counter.open(self.case(hygiene).number, hygiene)
            counter.command("replies")
            counter.choose("卫生许可证", "同意")
            counter.write("")
            row = self._assist(LATE, lambda one: one.answer == "agree")
            day = row.answered_at.date() if row.answered_at else None
            self.check("answered and due", (f"{day}", f"{row.due}"), ("2026-11-26", "2026-11-25"))
            produced.append(counter.shoot("chopsticks-late-answer"))

    def _disputed(self) -> None:
        desk, hygiene = self.desk, self.cases[HYGIENE]
        promised = self.case(hygiene).promised_due
        with self.step(
            "chopsticks: an answer falls short, is asked for again, the cause is disputed"
        ) as produced:
            produced.append(desk.log_in(ASSIST))
            desk.hand(hygiene, DISPUTED)
            desk.press(Qt.Key.Key_F8)
            desk.choose("同意")
            self._assist(DISPUTED, lambda one: one.answer == "agree")
            desk.log_in(LEAD)
            desk.hand(hygiene, "review")
            desk.command("repeat")
            desk.choose("场所用途核对", "协办")
            desk.write("没有写明面积")
            self._assist(DISPUTED, lambda one: one.cause == "assist_short")
            desk.log_in(ASSIST)
            desk.hand(hygiene, DISPUTED)
            desk.command("dispute")
            desk.choose("场所用途核对")
            desk.write("首次没有要求写面积")
            self.check("disputed", self._assist(DISPUTED, lambda one: one.disputed).disputed, True)
            produced.append(desk.shoot("chopsticks-disputed"))
        with self.step("chopsticks: the management settles it") as produced:
            produced.append(desk.log_in(MANAGER))
            desk.hand(hygiene, "dispute")
            produced.extend(desk.both("chopsticks-dispute"))
            desk.press(Qt.Key.Key_F8)
            desk.choose("场所用途核对", "主办")
            desk.write("首次要求不清")
            row = self._assist(DISPUTED, lambda one: one.settled)
            self.check("cause", row.cause, "lead_unclear")
            self.check("the citizen's day", self.case(hygiene).promised_due, promised)
            desk.log_in(ASSIST)
            desk.hand(hygiene, DISPUTED)
            desk.press(Qt.Key.Key_F8)
            desk.choose("同意")
            self._assist(DISPUTED, lambda one: one.answer == "agree")

    def _results(self) -> None:
        counter, desk = self.counter, self.desk
        hygiene, timber, licence = (self.cases[item] for item in (HYGIENE, TIMBER, LICENCE))
        with self.step("chopsticks: the timber permit is decided on paper") as produced:
            produced.append(self.day("2026-11-27"))
            counter.command("replies")
            counter.choose("木材", "准予")
            for words in ("", "木材经营加工管理办法", "第六条", NUMBERS[TIMBER]):
                counter.write(words)
            self.stage(timber, "granted")
            self.check("the licence", self.case(licence).stage, "pre_reviewed")
        with self.step("chopsticks: first look at the licence, its plan beside it") as produced:
            produced.append(desk.log_in(COMMERCE[0][0]))
            desk.hand(licence, "review")
            produced.extend(desk.both("chopsticks-pre-review"))
            desk.press(Qt.Key.Key_4, with_ctrl=True)
            produced.extend(desk.both("chopsticks-plan"))
            desk.press(Qt.Key.Key_4, with_ctrl=True)
            produced.append(desk.sign(LAWS[LICENCE]))
            self.done(licence, "review")
        with self.step("chopsticks: visit, test and three signatures for the hygiene permit") as produced:
            produced.append(desk.log_in(LEAD))
            for step in ("visit", "test"):
                desk.hand(hygiene, step)
                desk.press(Qt.Key.Key_F9)
                desk.choose("完成")
                desk.write("")
                self.done(hygiene, step, "done")
            for badge, step in HEALTH:
                produced.append(desk.log_in(badge))
                desk.hand(hygiene, step)
                produced.append(desk.sign(LAWS[HYGIENE], NUMBERS[HYGIENE] if step == "final" else ""))
                self.done(hygiene, step)
            self.stage(hygiene, "granted")

    def _released(self) -> None:
        desk, licence = self.desk, self.cases[LICENCE]
        with self.step("chopsticks: both results are here, the licence is accepted by itself") as produced:
            self.stage(licence, "accepted")
            page = self.page(licence, COMMERCE[1][0])
            numbers = sorted(row.result_number for row in page.prerequisites)
            self.check("results", numbers, sorted((NUMBERS[HYGIENE], NUMBERS[TIMBER])))
            produced.append(desk.log_in(COMMERCE[1][0]))
            desk.hand(licence, "approval")
            produced.extend(desk.both("chopsticks-released"))
        for badge, step in COMMERCE[1:]:
            with self.step(f"chopsticks: {step} of the licence") as produced:
                produced.append(desk.log_in(badge))
                desk.hand(licence, step)
                produced.append(desk.sign(LAWS[LICENCE], NUMBERS[LICENCE] if step == "final" else ""))
                self.done(licence, step)
        with self.step("chopsticks: the licence is granted") as produced:
            self.stage(licence, "granted")
            paper = of_kind(ResultFacts, self.paper(licence, PaperKind.RESULT, "chopsticks-result"))
            self.check("number on paper", paper.result_number, NUMBERS[LICENCE])
            produced.extend(desk.both("chopsticks-granted"))

    def _assist(self, matter: str, holds: Callable[[AssistRow], bool]) -> AssistRow:
        def found() -> AssistRow | None:
            rows = self.page(self.cases[HYGIENE], LEAD).assists
            return next((row for row in rows if row.matter == matter and holds(row)), None)

        return self.desk.until(found, f"the assist {matter}")

"""A birth certificate reported up: the street reviews, other departments and a meeting have their say, the
county decides (mission: I9, I10, C4, C5, C9, C11, C15, H2)."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt

from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.facts_casework import CopyNoticeFacts
from counter_app.domain.paper.facts_intake import AcceptanceFacts
from counter_app.domain.paper.facts_outcome import ResultFacts
from counter_app.ui.tour.citizens import Citizen
from counter_app.ui.tour.story import Story, of_kind

HANDLER, APPROVER, FINAL, CIVIL = "1021", "1009", "1022", "1008"
WIFE: Final = Citizen(
    story="birth-permit",
    card="li",
    category="06",
    item="0602",
    outcome="accept",
    paper=PaperKind.ACCEPTANCE,
    answers={"which_child": 2, "pregnant": 2, "adopted": 2},
    typed="syzsp",
)
LAW: Final = ("中华人民共和国人口与计划生育法", "第十八条")
NUMBER: Final = "鲁生育〔2026〕18"


class BirthPermit(Story):
    def play(self) -> None:
        with self.step("birth permit: the clerk logs in") as produced:
            produced.append(self.open_windows())
            self.check("clerk", produced[0], "王敏 · 3")
        case = self._accepted()
        self._assists(case)
        self._street(case)
        self._county(case)
        self.sound()

    def _accepted(self) -> str:
        counter, clerk = self.counter, self.counter.clerk
        with self.step("birth permit: accepted, to be reported up") as produced:
            counter.press(Qt.Key.Key_N, with_ctrl=True)
            clerk.card_read(WIFE)
            clerk.item_chosen(WIFE)
            clerk.answered(WIFE)
            clerk.checked(WIFE)
            produced.extend(counter.both("birth-permit-checklist"))
            case = clerk.decided(WIFE).case
            self.stage(case, "accepted")
            self.check("handled", self.case(case).handled_as, "report_up")
            paper = of_kind(AcceptanceFacts, self.paper(case, WIFE.paper, "birth-permit-acceptance"))
            self.check("due on paper", paper.due_on, self.clock(case).promised_due)
        return case

    def _assists(self, case: str) -> None:
        counter, desk = self.counter, self.desk
        with self.step("birth permit: all assists at once, what is known is looked up") as produced:
            produced.append(desk.log_in(HANDLER))
            desk.hand(case, "review")
            desk.press(Qt.Key.Key_F5)
            produced.append(desk.shoot("birth-permit-assists"))
            desk.press(Qt.Key.Key_1)
            produced.append(desk.said("协办"))
            page = self.page(case, HANDLER)
            self.check("asked", sorted(one.matter for one in page.assists), ["household", "marriage"])
            self.check("looked up", [one.matter for one in page.looked_up], ["address"])
            notice = of_kind(
                CopyNoticeFacts, self.paper(case, PaperKind.COPY_NOTICE, "birth-permit-copy-notice")
            )
            produced.append(notice.head.number)
            produced.extend(desk.both("birth-permit-asked"))
        with self.step("birth permit: civil affairs answers at its desk") as produced:
            produced.append(self.day("2026-11-24"))
            desk.log_in(CIVIL)
            desk.hand(case, "marriage")
            desk.press(Qt.Key.Key_F8)
            desk.choose("同意")
            self.until(lambda: self._answer(case, "marriage") == "agree", "the answer")
            self.check("answer", self._answer(case, "marriage"), "agree")
        with self.step("birth permit: the police answer on paper, entered at the counter") as produced:
            counter.open(self.case(case).number, case)
            counter.command("replies")
            produced.append(counter.shoot("birth-permit-replies"))
            counter.choose("生育证", "同意")
            counter.write("")
            self.until(lambda: self._answer(case, "household") == "agree", "the answer")
            self.check("answer", self._answer(case, "household"), "agree")

    def _street(self, case: str) -> None:
        desk = self.desk
        with self.step("birth permit: first review by the street, with the plan beside it") as produced:
            produced.append(desk.log_in(HANDLER))
            desk.hand(case, "review")
            desk.press(Qt.Key.Key_4, with_ctrl=True)
            produced.extend(desk.both("birth-permit-plan"))
            desk.press(Qt.Key.Key_4, with_ctrl=True)
            produced.append(desk.sign(LAW))
            self.done(case, "review")
        with self.step("birth permit: which meeting decides it") as produced:
            desk.hand(case, "meeting")
            for level, flag in (("计生办例会", "missed"), ("街道办公会", "")):
                desk.command("meeting_level")
                desk.choose(level)
                self.until(partial(self._flagged, case, flag), f"the flag “{flag}”")
                self.check(level, self._flag(case), flag)
                produced.append(desk.shoot(f"birth-permit-meeting-{flag or 'right'}"))
            desk.press(Qt.Key.Key_F9)
            desk.choose("完成")
            desk.write("同意上报")
            self.done(case, "meeting", "done")
        for badge, step in ((APPROVER, "approval"), (FINAL, "final")):
            with self.step(f"birth permit: {step} by the street") as produced:
                produced.append(desk.log_in(badge))
                desk.hand(case, step)
                produced.append(desk.sign(LAW))
                self.done(case, step)

    def _county(self, case: str) -> None:
        desk = self.desk
        with self.step("birth permit: it lies before the county") as produced:
            self.check("stage", self.case(case).stage, "accepted")
            produced.append(desk.log_in(HANDLER))
            desk.hand(case, "report")
            report = next(one for one in self.page(case, HANDLER).steps if one.kind == "report")
            self.check("report", report.state, "open")
            produced.append(f"{report.due}")
            produced.extend(desk.both("birth-permit-reported"))
        with self.step("birth permit: the county has decided") as produced:
            produced.append(self.day("2026-12-10"))
            desk.log_in(HANDLER)
            desk.hand(case, "report")
            desk.press(Qt.Key.Key_F9)
            desk.choose("准予")
            desk.write(NUMBER)
            desk.write("同意再生育")
            self.stage(case, "granted")
            self.check("number", self.page(case, HANDLER).result_number, NUMBER)
            paper = of_kind(ResultFacts, self.paper(case, PaperKind.RESULT, "birth-permit-result"))
            self.check("number on paper", paper.result_number, NUMBER)
            self.check("who decided, on paper", paper.upper_body, "县级计划生育行政部门")
            produced.extend(desk.both("birth-permit-granted"))

    def _answer(self, case: str, matter: str) -> str:
        rows = self.page(case, HANDLER).assists
        return next((row.answer or "" for row in rows if row.matter == matter), "")

    def _flagged(self, case: str, flag: str) -> bool:
        return self._flag(case) == flag

    def _flag(self, case: str) -> str:
        return next(row.flag for row in self.page(case, HANDLER).steps if row.code == "meeting")

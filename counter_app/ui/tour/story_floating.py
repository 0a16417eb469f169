"""A floating certificate of a married mother with one shortcoming: one notice that names it, a return visit
that opens nothing else, three signatures, the certificate (mission: I6, P2, C1, C9)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.facts_intake import AcceptanceFacts, OnceOnlyNoticeFacts
from counter_app.ui.tour.citizens import Citizen
from counter_app.ui.tour.story import Story, of_kind

MOTHER: Final = Citizen(
    story="floating",
    card="reyila",
    category="06",
    item="0603",
    outcome="notify",
    paper=PaperKind.ONCE_ONLY_NOTICE,
    answers={"married": 1, "has_children": 1, "unlawful_birth": 2},
    wrong={"contraception_proof": "Q"},
    typed="ldrk",
)
SHORT: Final = "contraception_proof"
SIGNERS: Final = (("1021", "review"), ("1009", "approval"), ("1022", "final"))
LAW: Final = ("流动人口计划生育工作条例", "第七条")
NUMBER: Final = "流婚〔2026〕31"


class FloatingCertificate(Story):
    def play(self) -> None:
        with self.step("floating: the clerk logs in") as produced:
            produced.append(self.open_windows())
            self.check("clerk", produced[0], "王敏 · 3")
        case = self._notice()
        self._return_visit(case)
        for at, (badge, step) in enumerate(SIGNERS, 1):
            self._signed(case, badge, step, at)
        self._granted(case)
        self.sound()

    def _notice(self) -> str:
        counter, clerk = self.counter, self.counter.clerk
        with self.step("floating: one paper is missing") as produced:
            counter.press(Qt.Key.Key_N, with_ctrl=True)
            clerk.card_read(MOTHER)
            clerk.item_chosen(MOTHER)
            clerk.answered(MOTHER)
            view = clerk.checked(MOTHER)
            self.check("short", [line.material for line in view.lines if line.mark == "missing"], [SHORT])
            self.check("suggested", view.verdict.suggested, "notify")
            produced.extend(counter.both("floating-one-missing"))
        with self.step("floating: the once-only notice names it") as produced:
            view = clerk.decided(MOTHER)
            self.stage(view.case, "notified")
            notice = of_kind(OnceOnlyNoticeFacts, self.paper(view.case, MOTHER.paper, "floating-notice"))
            self.check("problems", [one.wrong for one in notice.problems], ["未带"])
            produced.append(notice.problems[0].material)
            produced.append(counter.shoot("floating-notice"))
        return view.case

    def _return_visit(self, case: str) -> None:
        counter, clerk = self.counter, self.counter.clerk
        with self.step("floating: two days later she is back") as produced:
            produced.append(self.day("2026-11-25"))
            counter.open(self.case(case).number, case, "申请人前来补正")
            view = clerk.view_in_hand()
            opened = [line.material for line in view.lines if line.markable]
            self.check("opened again", opened, [SHORT])
            produced.extend(counter.both("floating-return-visit"))
        with self.step("floating: accepted") as produced:
            clerk.checked(MOTHER_AGAIN)
            view = clerk.decided(MOTHER_AGAIN)
            self.stage(case, "accepted")
            paper = of_kind(AcceptanceFacts, self.paper(case, MOTHER_AGAIN.paper, "floating-acceptance"))
            self.check("due on paper", f"{paper.due_on}", "2026-11-30")
            produced.append(counter.shoot("floating-accepted"))

    def _signed(self, case: str, badge: str, step: str, at: int) -> None:
        desk = self.desk
        with self.step(f"floating: opinion {at} of 3") as produced:
            produced.append(desk.log_in(badge))
            desk.hand(case, step)
            if step == "review":
                produced.extend(desk.both("floating-desk"))
                desk.fill(LAW)
                produced.extend(desk.both("floating-opinion"))
            produced.append(desk.sign(LAW, NUMBER if step == "final" else ""))
            self.done(case, step)

    def _granted(self, case: str) -> None:
        with self.step("floating: granted, nobody has anything left to do") as produced:
            self.stage(case, "granted")
            page = self.page(case, "1021")
            self.check("number", page.result_number, NUMBER)
            self.check("signers", len({one.name for one in page.opinions}), 3)
            produced.append(self.desk.shoot("floating-granted"))


MOTHER_AGAIN: Final = Citizen(
    story="floating",
    card="reyila",
    category="06",
    item="0603",
    outcome="accept",
    paper=PaperKind.ACCEPTANCE,
)

"""The chopsticks business, first half: one intake opens three cases, papers that they share are taken once,
the licence is looked through while two permits run (mission: C2, C11). What follows: `story_permits.py`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt

from counter_app.domain.paper.facts import PaperKind
from counter_app.ui.tour.citizens import Citizen
from counter_app.ui.tour.story_permits import HYGIENE, LICENCE, NAMES, TIMBER, Permits

SHARED: Final = "一件事共用"
SHARED_BY: Final = {HYGIENE: [], TIMBER: ["premises"]}
TRADER: Final = Citizen(
    story="chopsticks",
    card="zhao",
    category="05",
    item=LICENCE,
    outcome="accept",
    paper=PaperKind.ACCEPTANCE,
    answers={"form": 1, "scope": 1, "by_agent": 2},
    typed="yyzz",
)
FOR_HYGIENE: Final = replace(TRADER, item=HYGIENE, answers={"staff": 2})
FOR_TIMBER: Final = replace(TRADER, item=TIMBER, answers={"imported": 1})


class Chopsticks(Permits):
    def play(self) -> None:
        with self.step("chopsticks: the clerk logs in") as produced:
            produced.append(self.open_windows())
            self.check("clerk", produced[0], "艾力·马木提 · 5")
        self.cases = self._one_intake()
        self._permits_accepted()
        self._licence_looked_through()
        self.decided()
        self.sound()

    def _one_intake(self) -> dict[str, str]:
        """The licence's situation opens the permits; gives the cases by item."""
        counter, clerk = self.counter, self.counter.clerk
        with self.step("chopsticks: one intake opens three cases") as produced:
            counter.press(Qt.Key.Key_N, with_ctrl=True)
            clerk.card_read(TRADER)
            clerk.item_chosen(TRADER)
            view = clerk.answered(TRADER)
            needed = sorted(item for item, _, _ in view.prerequisites)
            self.check("needed first", needed, [HYGIENE, TIMBER])
            produced.extend(counter.both("chopsticks-licence"))
            counter.command("joint")
            produced.append(counter.said("已同时开办"))
            matter = self.deps.program.casework.queries.matter(view.case)
            self.check("cases", sorted(row.item for row in matter), [LICENCE, HYGIENE, TIMBER])
            produced.extend(counter.both("chopsticks-joint"))
        return {row.item: row.case for row in matter}

    def _permits_accepted(self) -> None:
        """The licence first, since what is shared counts as taken with it; then both permits."""
        counter, clerk = self.counter, self.counter.clerk
        with self.step("chopsticks: the licence's own papers are checked") as produced:
            self._go_to(LICENCE)
            view = clerk.checked(TRADER)
            said = {line.material: line.reason for line in view.lines}
            self.check("hygiene permit", said["hygiene_permit"], "结果办出后由系统送达，不需提交")
            produced.extend(counter.both("chopsticks-licence-checked"))
        for citizen, name in ((FOR_HYGIENE, "hygiene"), (FOR_TIMBER, "timber")):
            with self.step(f"chopsticks: the {name} permit is accepted, shared papers once") as produced:
                self._go_to(citizen.item)
                view = clerk.answered(citizen)
                shared = [line.material for line in view.lines if line.reason.startswith(SHARED)]
                self.check("taken with the licence", shared, SHARED_BY[citizen.item])
                clerk.checked(citizen)
                produced.extend(counter.both(f"chopsticks-{name}-checked"))
                clerk.decided(citizen)
                case = self.cases[citizen.item]
                self.stage(case, "accepted")
                paper = self.paper(case, PaperKind.ACCEPTANCE, f"chopsticks-{name}-acceptance")
                produced.append(paper.head.number)

    def _licence_looked_through(self) -> None:
        counter = self.counter
        with self.step("chopsticks: the licence goes to its department meanwhile") as produced:
            self._go_to(LICENCE)
            counter.command("joint_pre_review")
            produced.append(counter.said("预审"))
            self.stage(self.cases[LICENCE], "pre_reviewed")
            counter.command("course")
            page = self.deps.counter.panels.course
            self.until(page.isVisible, "the page of the course")
            produced.extend(counter.both("chopsticks-course"))
            self.check(
                "the licence's last step on the plan", "核准发照" in page.chart.accessibleDescription(), True
            )
            counter.press(Qt.Key.Key_P)
            self.paper(self.cases[LICENCE], PaperKind.PLAN, "chopsticks-plan")
            counter.press(Qt.Key.Key_Escape)

    def _go_to(self, item: str) -> None:
        """To another case of the matter, by the key that opened them."""
        if self.counter.in_hand != self.cases[item]:
            self.counter.command("joint")
            self.counter.choose(NAMES[item])
            self.until(lambda: self.counter.in_hand == self.cases[item], f"{NAMES[item]} in hand")

"""A handbook on the spot: registered, granted and handed over in one visit, out of the counter's own numbered
stock, which is counted in the evening (mission: I9, P11)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.facts_arriving import BlankCountFacts
from counter_app.domain.paper.facts_outcome import ResultFacts
from counter_app.ui.tour.citizens import Citizen
from counter_app.ui.tour.story import Story, of_kind

BLANK: Final = "计划生育服务手册"
FIRST, LAST, NEXT = "SC000101", "SC000105", "SC000102"
COUNTER: Final = "3"
MOTHER: Final = Citizen(
    story="handbook",
    card="li",
    category="06",
    item="0601",
    outcome="grant",
    paper=PaperKind.RESULT,
    answers={"by_agent": 2},
    typed="fwsc",
)


class Handbook(Story):
    def play(self) -> None:
        self._stock()
        self._on_the_spot()
        self._counted()
        self.sound()

    def _stock(self) -> None:
        counter = self.counter
        with self.step("handbook: the clerk logs in") as produced:
            produced.append(self.open_windows())
            self.check("clerk", produced[0], "王敏 · 3")
        with self.step("handbook: five numbered books are taken in") as produced:
            counter.command("blanks")
            counter.choose("入库")
            for words in (BLANK, FIRST, LAST):
                counter.write(words)
            produced.append(counter.said("5"))
            self._stands(5, FIRST)

    def _on_the_spot(self) -> None:
        counter, clerk = self.counter, self.counter.clerk
        with self.step("handbook: card, item and situation") as produced:
            counter.press(Qt.Key.Key_N, with_ctrl=True)
            clerk.card_read(MOTHER)
            clerk.item_chosen(MOTHER)
            view = clerk.answered(MOTHER)
            self.check("item", view.item.kind if view.item else 0, 1)  # 即办件
            self.check("citizen", view.persons[0].name, "李秀英")
            produced.extend(counter.both("handbook-situations"))
        with self.step("handbook: papers checked, the book is issued") as produced:
            view = clerk.checked(MOTHER)
            self.check("suggested", view.verdict.suggested, "grant")
            counter.command("blanks")
            counter.choose(BLANK)
            produced.append(counter.shoot("handbook-blanks"))
            counter.choose(FIRST)
            produced.append(counter.said(FIRST))
            self._stands(4, NEXT)
        with self.step("handbook: granted on the spot") as produced:
            view = clerk.decided(MOTHER)
            self.stage(view.case, "granted")
            self.check("handled", self.case(view.case).handled_as, "spot")
            produced.extend(counter.both("handbook-granted"))
            paper = of_kind(ResultFacts, self.paper(view.case, MOTHER.paper, "handbook-result"))
            self.check("granted on paper", paper.granted, True)
            self.check("book on paper", paper.result_number, FIRST)

    def _counted(self) -> None:
        counter = self.counter
        with self.step("handbook: the evening's count agrees") as produced:
            counter.command("blanks")
            counter.choose(BLANK)
            counter.choose("清点")
            counter.write("4")
            produced.append(counter.said("清点"))
            paper = of_kind(BlankCountFacts, self.newest(PaperKind.BLANK_COUNT, "handbook-count"))
            self.check("issued on paper", paper.issued, (FIRST,))
            self.check("counted on paper", (paper.recorded, paper.counted), (4, 4))

    def _stands(self, left: int, following: str) -> None:
        blanks = self.deps.program.around.blanks.of(COUNTER)
        self.check("books left", blanks.left(BLANK), left)
        self.check("the next book", blanks.following(BLANK), following)

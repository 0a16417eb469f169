"""Papers of the case in hand: print again, open as A4 or A5, register the seal; forms and stamps (P). No Qt.

Jobs of this counter's printer are `paper_presenter.py`'s. A sheet goes to the A4 printer, or is made
as a file and opened with the system's viewer, which prints it (mission: P1, P12, P13).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import IssuedPaper
from counter_app.errors import mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.find_words import PAPER_KINDS
from counter_app.ui.counter.paper_presenter import PaperPresenter
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.ports.printing import PrintEnd, PrintOutcome, Why

SEALS: Final = (mark("Seal for handling matters"), mark("Official seal of the department"))


class CasePapersPresenter:
    """`view` gives the case as shown."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None], papers: PaperPresenter) -> None:
        self._desk = desk
        self._view = view
        self._papers = papers

    def list(self) -> None:
        """All papers of the case, the latest first."""
        desk, case = self._desk, self._case()
        if case:
            desk.reads.run(lambda: desk.deps.papers.of_case(case), self._choose)

    def form(self) -> None:
        """The application form, filled in, as a sheet (mission: P12)."""
        papers = self._desk.deps.papers
        self._issue("form", papers.print_form)

    def copy_stamp(self) -> None:
        """The sheet that says the copies agree with their originals (mission: P12)."""
        papers = self._desk.deps.papers
        self._issue("copy_stamp", papers.print_copy_stamp)

    def guide_sheet(self) -> None:
        """The guide of the item in hand on A4, for the situation as answered (mission: P7)."""
        view, papers = self._view(), self._desk.deps.papers
        if view is None or view.item is None:
            self._desk.tell(self._desk.t("Choose an item first."))
            return
        item = view.item.code
        answers = {one.question.code: one.answer for one in view.questions if one.answer is not None}
        self._issue(
            "guide", lambda actor, key, case: papers.print_guide(actor, key, item, answers, slip=False)
        )

    def open(self, paper: str, size: str) -> None:
        """Make the file and open it; where no viewer opens, say where it lies."""
        desk = self._desk

        def made(path: Path) -> None:
            if desk.deps.open_file(path):
                desk.tell(desk.t("The paper is open in the viewer."), level="good")
            else:
                desk.tell(desk.t("The paper is saved: {path}", path=str(path)), level="good")

        desk.reads.run(lambda: desk.deps.sheet(paper, size), made, desk.error)

    def _case(self) -> str:
        view = self._view()
        if view is None:
            self._desk.tell(self._desk.t("No case is in hand."))
            return ""
        return view.case

    def _issue(self, name: str, work: Callable[[Actor, str, str], str]) -> None:
        case = self._case()
        if case:
            self._desk.act(
                name,
                lambda actor, key: work(actor, key, case),
                lambda paper: self.open(paper, "A4"),
                right="case.open",
            )

    def _choose(self, papers: tuple[IssuedPaper, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not papers:
            desk.tell(t("This case has no paper yet."))
            return
        rows = tuple(reversed(papers))[:9]
        choices = tuple(
            Choice(
                row.id, str(at), f"{row.number} · {t(PAPER_KINDS.get(row.kind, row.kind))}", self._state(row)
            )
            for at, row in enumerate(rows, 1)
        )
        known = {row.id: row for row in rows}
        desk.ask(t("Papers of this case"), choices, lambda paper, text: self._what(known[paper]))

    def _state(self, row: IssuedPaper) -> str:
        t = self._desk.t
        sealed = t("sealed {day}", day=f"{row.sealed_at:%Y-%m-%d}") if row.sealed_at else ""
        parts = (f"{row.issued_at:%Y-%m-%d %H:%M}", t("printed {count} times", count=row.prints), sealed)
        return " · ".join(part for part in parts if part)

    def _what(self, row: IssuedPaper) -> None:
        desk, t = self._desk, self._desk.t
        sealable = row.sheet and row.sealed_at is None
        choices = (
            Choice("reprint", "1", t("Print again, with the reason"), "", row.roll, t("It is a sheet only.")),
            Choice("A4", "2", t("Open as A4")),
            Choice("A5", "3", t("Open as A5")),
            Choice("seal", "4", t("Register the seal"), "", sealable, t("Only a sheet is sealed, and once.")),
            Choice("printer", "5", t("Print on the A4 printer")),
        )

        def answered(choice: str, text: str) -> None:
            if choice == "reprint":
                self._papers.reprint(row.id, row.number)
            elif choice == "seal":
                self._seal(row)
            elif choice == "printer":
                self._print_sheet(row)
            else:
                self.open(row.id, choice)

        desk.ask(row.number, choices, answered)

    def _print_sheet(self, row: IssuedPaper) -> None:
        """By the system's printing, on the lane of slow questions: it may take half a minute."""
        desk, t, print_sheet = self._desk, self._desk.t, self._desk.deps.print_sheet
        if print_sheet is None:
            self.open(row.id, "A4")
            return
        desk.tell(t("{number} is handed to the A4 printer …", number=row.number))
        actor, key = desk.actor, desk.new_key()
        desk.asks.run(
            lambda: print_sheet(actor, key, row.id, ""),
            lambda outcome: self._sheet_out(row, outcome),
            desk.error,
        )

    def _sheet_out(self, row: IssuedPaper, outcome: PrintOutcome) -> None:
        desk, t = self._desk, self._desk.t
        if outcome.end is PrintEnd.FAILED:
            told = t("{number} was not printed on the A4 printer.", number=row.number)
            desk.tell(told, remedy=t(outcome.why.message), level="bad")
        elif outcome.why is Why.FILED:
            told = t("{number} was written to a file, not on paper.", number=row.number)
            remedy = t("Nothing was printed: print the file, or declare an A4 printer.")
            desk.tell(told, remedy=remedy, level="warn")
        else:
            told = t("{number} was handed to the A4 printer: look what comes out.", number=row.number)
            desk.tell(told, level="good")

    def _seal(self, row: IssuedPaper) -> None:
        desk, papers = self._desk, self._desk.deps.papers

        def seal(which: str) -> None:
            desk.act(
                "seal",
                lambda actor, key: papers.seal(actor, key, row.id, which),
                lambda _: desk.tell(
                    desk.t("The seal on {number} is registered.", number=row.number), level="good"
                ),
                right="case.decide",
            )

        desk.ask_reason(desk.t("Which seal?"), tuple(desk.t(one) for one in SEALS), seal)

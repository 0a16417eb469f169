"""The right zone and the papers of this counter: preview, earlier cases, retry and reprint. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from counter_app.domain.intake.case import OPEN_STAGES, Stage
from counter_app.domain.intake.words import item_words
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.columns import lay_out
from counter_app.domain.paper.lines import ThermalLines
from counter_app.errors import mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.shown import EarlierShown, PaperShown
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import CaseRow, CaseView
from counter_app.use_cases.papers.papers import JobRow
from counter_app.use_cases.ports.printing import Why

REPRINTS: Final = (mark("Lost by the citizen"), mark("Printed badly"), mark("Paper jam"))
STAGES: Final[dict[Stage, tuple[str, State]]] = {
    "draft": (mark("draft"), State.IDLE),
    "held": (mark("held until today"), State.STOPPED),
    "pre_reviewed": (mark("looked through"), State.IDLE),
    "received": (mark("papers received"), State.PENDING),
    "notified": (mark("notice is out"), State.CORRECT),
    "reopened": (mark("brought again"), State.PENDING),
    "accepted": (mark("accepted"), State.READY),
    "granted": (mark("granted"), State.DONE),
    "refused": (mark("not accepted"), State.FAULT),
    "no_permit": (mark("no permit needed"), State.DONE),
    "withdrawn": (mark("withdrawn"), State.STOPPED),
    "forwarded": (mark("handed over to another hall"), State.DONE),
    "denied": (mark("denied"), State.FAULT),
    "terminated": (mark("terminated"), State.STOPPED),
    "lapsed": (mark("lapsed"), State.STOPPED),
    "merged": (mark("goes on with another"), State.DONE),
}
# Of what was sent and not confirmed: it certainly ended in mid-paper, or nobody knows where. A printer that
# never confirms is not one of them: every paper of it would be asked about.
BROKEN_OFF: Final = frozenset(why.message for why in (Why.LINE_LOST, Why.STALLED, Why.STOPPED))
JOB_STATES: Final = {
    "queued": mark("waits for the printer"),
    "printing": mark("is being printed"),
    "printed": mark("printed"),
    "sent_unconfirmed": mark("sent, not confirmed"),
    "failed": mark("failed"),
    "dropped": mark("given up"),
}


class PaperPresenter:
    """`show` draws the zone."""

    def __init__(self, desk: Desk, show: Callable[[PaperShown], None]) -> None:
        self._desk = desk
        self._show = show
        self._case: str | None = None
        self._last = PaperShown()

    def case_changed(self, view: CaseView | None) -> None:
        """The paper grows with the case in hand."""
        desk, deps = self._desk, self._desk.deps
        if view is None or view.case != self._case:
            self._last = PaperShown()
        self._case = view.case if view else None
        if view is None:
            self._show(PaperShown())
            return
        if view.stage not in OPEN_STAGES:
            self._show(replace(self._last, caption=desk.t("Issued"), earlier=self._all_earlier(view)))
            self._show_printed(view)
            return
        staff = desk.hands.shift.staff if desk.hands.shift else ""
        case, earlier = view.case, self._all_earlier(view)

        def preview() -> tuple[str, ThermalLines | None]:
            paper = deps.cases.preview(case, desk.t, staff=staff, counter=deps.counter)
            return (paper.title, lay_out(paper, deps.columns)) if paper else ("", None)

        def shown(result: tuple[str, ThermalLines | None]) -> None:
            if case != self._case:
                return
            title, lines = result
            width = desk.t("{millimetres} mm", millimetres=80 if deps.columns > 40 else 58)
            caption = desk.t("Will be printed · {width}", width=width) if lines else ""
            self._last = PaperShown(caption, title, lines, earlier)
            self._show(self._last)

        desk.reads.run(preview, shown)

    def _show_printed(self, view: CaseView) -> None:
        """The newest paper of the case as it was printed, with its number and code."""
        desk, deps, case = self._desk, self._desk.deps, view.case
        earlier = self._all_earlier(view)

        def printed() -> PaperShown | None:
            issued = deps.papers.of_case(case)
            if not issued:
                return None
            paper = build(deps.papers.facts(issued[-1].id)[1], desk.t)
            return PaperShown(desk.t("Issued"), paper.title, lay_out(paper, deps.columns), earlier)

        def shown(result: PaperShown | None) -> None:
            if result is not None and case == self._case:
                self._last = result
                self._show(result)

        desk.reads.run(printed, shown)

    def jobs(self) -> None:
        """The latest papers of this counter: what failed is tried again, what is lost printed again."""
        desk, deps = self._desk, self._desk.deps
        desk.reads.run(lambda: deps.papers.job_list(deps.counter, 9), self._choose_job)

    def reprint(self, paper: str, number: str) -> None:
        """补打: it says so and why."""
        desk, papers = self._desk, self._desk.deps.papers

        def again(reason: str) -> None:
            desk.act(
                "reprint",
                lambda actor, key: papers.reprint(actor, key, paper, reason),
                lambda job: desk.tell(desk.t("Printed again."), level="good"),
                right="paper.reprint",
            )

        phrases = tuple(desk.t(reason) for reason in REPRINTS)
        desk.ask_reason(desk.t("Print {number} again: why?", number=number), phrases, again)

    def retry(self, job: str) -> None:
        """The same job once more."""
        desk, papers = self._desk, self._desk.deps.papers
        desk.act(
            "retry",
            lambda actor, key: papers.retry(actor, key, job),
            lambda _: desk.tell(desk.t("The paper is sent again."), level="good"),
        )

    def guide(self, view: CaseView | None) -> None:
        """The slip of the item in hand, for the situation as answered."""
        desk, papers = self._desk, self._desk.deps.papers
        if view is None or view.item is None:
            desk.tell(desk.t("Choose an item first."))
            return
        item = view.item.code
        answers = {one.question.code: one.answer for one in view.questions if one.answer is not None}
        desk.act(
            "guide",
            lambda actor, key: papers.print_guide(actor, key, item, answers),
            lambda paper: desk.tell(desk.t("The guide is being printed."), level="good"),
        )

    def _choose_job(self, rows: tuple[JobRow, ...]) -> None:
        desk = self._desk
        if not rows:
            desk.tell(desk.t("No paper was printed here yet."))
            return
        choices = tuple(self._job_choice(at, row) for at, row in enumerate(rows, 1))

        def answered(choice: str, text: str) -> None:
            row = next(row for row in rows if row.job == choice)
            self.settle(row)

        desk.ask(desk.t("Papers of this counter"), choices, answered)

    def _job_choice(self, at: int, row: JobRow) -> Choice:
        t = self._desk.t
        state = t(JOB_STATES.get(row.state, row.state))
        why = t(row.why) if row.why else ""
        return Choice(row.job, str(at), f"{row.number} · {state}", why)

    def settle(self, row: JobRow) -> None:
        """What one does about a paper, as it stands."""
        if row.state == "sent_unconfirmed" or (row.state == "failed" and row.may_have_printed):
            self._ask_whole(row)
        elif row.state == "failed":
            self.retry(row.job)
        elif row.state == "queued" and row.stale:
            self._ask_stale(row)
        else:
            self.reprint(row.paper, row.number)

    def _ask_whole(self, row: JobRow) -> None:
        """Some printers go on by themselves after a new roll, some begin anew; half a paper is not a paper.

        Enter takes what cannot do harm: where it is known that the paper broke off, it is printed again.
        """
        desk, t, papers = self._desk, self._desk.t, self._desk.deps.papers
        unconfirmed = row.state == "sent_unconfirmed"
        choices = (
            Choice("whole", "1", t("It came out whole")),
            Choice("again", "2", t("It is not whole: print it again"), t("it says 补打; take the half back")),
            *((Choice("none", "3", t("Nothing came out: print it")),) if unconfirmed else ()),
        )

        def answered(choice: str, text: str) -> None:
            if choice == "again":
                self.retry(row.job)
            else:
                desk.act(
                    "confirm",
                    lambda actor, key: papers.confirm(actor, key, row.job, choice == "whole"),
                    lambda _: None if choice == "whole" else self.retry(row.job),
                )

        broke_off = not unconfirmed or row.why in BROKEN_OFF
        desk.ask(
            t("Look at the printer: {number}", number=row.number),
            choices,
            answered,
            chosen="again" if broke_off else "whole",
        )

    def _ask_stale(self, row: JobRow) -> None:
        """A paper of an earlier day: its citizen may be gone."""
        desk, papers = self._desk, self._desk.deps.papers
        choices = (
            Choice("print", "1", desk.t("Print it now")),
            Choice("drop", "2", desk.t("Give it up; it can be printed again later")),
        )

        def answered(choice: str, text: str) -> None:
            if choice == "print":
                desk.act("print_now", lambda actor, key: papers.print_now(actor, key, row.job))
            else:
                reason = desk.t("of an earlier day")
                desk.act("drop", lambda actor, key: papers.drop(actor, key, row.job, reason))

        day = f"{row.queued_at:%Y-%m-%d %H:%M}"
        desk.ask(desk.t("{number} of {day} was not printed", number=row.number, day=day), choices, answered)

    def _all_earlier(self, view: CaseView) -> tuple[EarlierShown, ...]:
        return tuple(self._earlier(row) for row in view.earlier)

    def _earlier(self, row: CaseRow) -> EarlierShown:
        (words, state), t = STAGES[row.stage], self._desk.t
        item = item_words(t, row.item, hidden=row.hidden) or row.number
        return EarlierShown(row.case, row.changed_at.date().isoformat(), item, t(words), state)

"""The course of a case at the counter: its page and plan, its class, answers that came on paper. No Qt.

mission: C1 (the counter's view), C11 (plan), H2 (reply slips), I10. Joint matters: `needed_presenter.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from counter_app.domain.arriving.consultations import Consultation
from counter_app.domain.casework.words import (
    ANSWER_WORDS,
    COMPLEXITY_WORDS,
    FAILED_WORDS,
    PREREQUISITE_WORDS,
    STEP_STATE_WORDS,
    chosen_words,
)
from counter_app.domain.intake.words import STAGE_WORDS, item_words
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.advice_presenter import advice_lines
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.of_case import OfCase
from counter_app.ui.counter.shown import CourseShown
from counter_app.ui.counter.slips import Slips
from counter_app.ui.widgets.plan_bars import change_words, chart_bars, critical_way
from counter_app.use_cases.casework.joint_views import PrerequisiteRow
from counter_app.use_cases.casework.views import CasePage, InboxRow, PlanView
from counter_app.use_cases.intake.views import CaseView

NOT_BEGUN: Final = "work.not-begun"
DAY: Final = "%m-%d"


class CoursePresenter(OfCase):
    """`view` gives the case as shown, `refresh` shows it anew, `show` the page."""

    def __init__(
        self,
        desk: Desk,
        view: Callable[[], CaseView | None],
        refresh: Callable[[], None],
        show: Callable[[CourseShown], None],
    ) -> None:
        super().__init__(desk, view, refresh)
        self._show = show
        self._casework = desk.deps.casework
        self._slips = Slips(desk, self._words, self._done)

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """By the names that `commands.py` gives them."""
        return {
            "course": self.page,
            "replies": self.replies,
            "contest": self.contest,
            "case_class": self.case_class,
        }

    def page(self) -> None:
        """How the case stands and its plan; before acceptance the plan as it is foreseen."""
        case, actor = self._case(), self._desk.actor
        if case is None:
            return
        queries = self._casework.queries

        consulting = self._desk.deps.around.consulting

        def read() -> tuple[CasePage | None, PlanView, tuple[Consultation, ...]]:
            try:
                page = queries.page(actor, case.case)
            except UserFacingError as error:
                if error.code != NOT_BEGUN:
                    raise
                page = None
            return page, queries.plan(actor, case.case), consulting.of_case(case.case)

        self._desk.reads.run(read, lambda found: self._page(case, *found), self._desk.error)

    def print(self) -> None:
        """The plan on paper, for the applicant."""
        case = self._case()
        if case is not None:
            plans = self._casework.plans
            self._desk.act(
                "plan",
                lambda actor, key: plans.print(actor, key, case.case),
                lambda _: self._desk.tell(self._desk.t("The plan is being printed."), level="good"),
                right="case.open",
            )

    def replies(self) -> None:
        """What waits for an answer on paper; the slip's answer is entered (mission: H2)."""
        self._list(lambda row: row.on_paper, self._desk.t("Replies awaited on paper"), self._slips.enter)

    def contest(self) -> None:
        """A department that has not moved in does not accept the booked cause of its delay (mission: C7)."""
        case, desk, actor = self._case(), self._desk, self._desk.actor
        if case is not None:
            queries = self._casework.queries
            desk.reads.run(lambda: queries.page(actor, case.case), self._slips.contest, desk.error)

    def case_class(self) -> None:
        """Simple, ordinary, complex; sensitive or not: it picks procedure, limit and who may see (mission:
        I10)."""
        case, t = self._case(), self._desk.t
        if case is not None:
            asks = (
                Ask("complexity", t("How complex is this case?"), choices=worded(t, COMPLEXITY_WORDS)),
                Ask(
                    "sensitive",
                    t("Is it sensitive? Then only those who handle it see it."),
                    choices=choices_of((("no", t("no"), ""), ("yes", t("yes"), ""))),
                ),
            )
            ask_all(self._desk, asks, lambda given: self._classed(case.case, given))

    def _classed(self, case: str, given: Answers) -> None:
        intake = self._desk.deps.intake

        def both(actor: Actor, key: str) -> None:
            for name in ("complexity", "sensitive"):
                intake.set_field(actor, f"{key}/{name}", case, name, given[name])

        told = self._desk.t("The class of the case is set.")
        self._desk.act("class", both, lambda _: self._done(told), right="case.open")

    def _page(
        self, case: CaseView, page: CasePage | None, plan: PlanView, advice: tuple[Consultation, ...]
    ) -> None:
        t = self._desk.t
        told = [line for one in advice for line in advice_lines(one, self._desk.deps.plan, t)]
        item = case.item.name if case.item else ""
        stage = t(STAGE_WORDS[case.stage])
        names = {row.code: row.name for row in plan.rows}
        self._show(
            CourseShown(
                title="  ".join(part for part in (item, case.number, stage) if part),
                due=self._due(page, plan),
                lines=(*(self._lines(page) if page else ()), *self._kept_back(page), *told),
                bars=chart_bars(plan.rows, plan.today, t),
                today=plan.today,
                changes=tuple(
                    t("Moved {day}: {what}", day=f"{change.at:{DAY}}", what=what)
                    for change in plan.changes
                    if (what := change_words(change, names, t))
                )[-2:],
            )
        )

    def _due(self, page: CasePage | None, plan: PlanView) -> str:
        t = self._desk.t
        due = (page.promised_due or page.legal_due) if page else None
        parts = [t("promised for {day}", day=due)] if due else []
        if plan.ends_on is not None:
            parts.append(
                t("planned to end on {day}", day=plan.ends_on) + self._later(page, due, plan.ends_on)
            )
        if plan.critical:
            parts.append(t("critical: {way}", way=critical_way(plan.critical)))
        return "    ".join(parts)

    def _later(self, page: CasePage | None, due: date | None, ends: date) -> str:
        """Why the plan ends after what was promised."""
        if page is None or due is None or ends <= due or page.decided_at is not None:
            return ""
        t = self._desk.t
        return f" ({t('the upper body has its own time') if page.reported_up else t('later than it is due')})"

    def _kept_back(self, page: CasePage | None) -> tuple[str, ...]:
        """Why there is so little to see (mission: I10)."""
        kept = page is not None and page.sight == "state"
        return (self._desk.t("Sensitive: its course is for those who handle it."),) if kept else ()

    def _lines(self, page: CasePage) -> list[str]:
        t = self._desk.t
        steps = " · ".join(f"{row.name}（{t(STEP_STATE_WORDS[row.state])}）" for row in page.steps)
        lines = [steps] if steps else []
        lines += [f"{row.name}：{row.remark}" for row in page.steps if row.remark]
        lines += [
            f"{row.name}：{t(PREREQUISITE_WORDS[row.state])} {row.result_number} {self._failed(row)}".rstrip()
            for row in page.prerequisites
        ]
        for assist in page.assists:
            answer = t(ANSWER_WORDS[assist.answer]) if assist.answer else t("not answered yet")
            lines.append(f"{assist.department_name} · {assist.name}：{answer}")
        return lines

    def _failed(self, row: PrerequisiteRow) -> str:
        """Why it does not come, and where the applicant's choice is kept."""
        t = self._desk.t
        if row.chosen_at is not None and row.state == "open" and not row.asked:
            return f"（{chosen_words(t, row.chosen_at, row.chosen_name)}）"
        if not row.asked:
            return ""
        return f"{t(FAILED_WORDS[row.how])}（{t('Ctrl+M, L W: what the applicant chose')}）"

    def _list(self, wanted: Callable[[InboxRow], bool], title: str, take: Callable[[InboxRow], None]) -> None:
        desk, actor = self._desk, self._desk.actor

        def found(rows: tuple[InboxRow, ...]) -> None:
            if not rows:
                desk.tell(desk.t("Nothing waits."), level="good")
                return
            known = {row.task: row for row in rows}
            lines = tuple(
                (
                    row.task,
                    f"{row.number} {item_words(desk.t, row.item, hidden=row.hidden)}",
                    self._words(row),
                )
                for row in rows
            )
            desk.ask(title, choices_of(lines), lambda task, _: take(known[task]))

        queries = self._casework.queries
        desk.reads.run(
            lambda: tuple(row for row in queries.inbox(actor).rows if wanted(row)), found, desk.error
        )

    def _words(self, row: InboxRow) -> str:
        t = self._desk.t
        said = t("On {day}") if row.kind == "meeting" else t("reply by {day}")
        due = said.format(day=f"{row.due:{DAY}}") if row.due else ""
        return " · ".join(part for part in (row.department_name, row.name, row.applicant, due) if part)

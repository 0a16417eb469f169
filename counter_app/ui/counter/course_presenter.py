"""The course of a case at the counter: its page and plan, joint matters, answers that came on paper. No Qt.

mission: C1 (the counter's view), C2 (one intake opens all cases; three ways out), C11 (plan), H2 (reply
slips).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import ANSWERS, WAYS, Answer, View, WayOut
from counter_app.domain.casework.words import (
    ANSWER_WORDS,
    COMPLEXITY_WORDS,
    FAILED_WORDS,
    PREREQUISITE_WORDS,
    STEP_STATE_WORDS,
    VIEW_WORDS,
    WAY_WORDS,
)
from counter_app.domain.intake.words import STAGE_WORDS
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.shown import CourseShown
from counter_app.ui.widgets.plan_bars import chart_bars, critical_way
from counter_app.use_cases.casework.views import CasePage, InboxRow, PlanView, PrerequisiteRow
from counter_app.use_cases.intake.views import CaseView

NOT_BEGUN: Final = "work.not-begun"
DAY: Final = "%m-%d"
AGAIN: Final = "again"
SHOWN: Final = "shown"


class CoursePresenter:
    """`view` gives the case as shown, `refresh` shows it anew, `open_case` takes one in hand, `show` the
    page."""

    def __init__(
        self,
        desk: Desk,
        view: Callable[[], CaseView | None],
        refresh: Callable[[], None],
        open_case: Callable[[str], None],
        show: Callable[[CourseShown], None],
    ) -> None:
        self._desk = desk
        self._view, self._refresh, self._open_case, self._show = view, refresh, open_case, show
        self._casework = desk.deps.casework

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """By the names that `commands.py` gives them."""
        return {
            "course": self.page,
            "joint": self.joint,
            "joint_pre_review": self.pre_review,
            "replies": self.replies,
            "ways_out": self.ways_out,
            "case_class": self.case_class,
        }

    def page(self) -> None:
        """How the case stands and its plan; before acceptance the plan as it is foreseen."""
        case, actor = self._case(), self._desk.actor
        if case is None:
            return
        queries = self._casework.queries

        def read() -> tuple[CasePage | None, PlanView]:
            try:
                page = queries.page(actor, case.case)
            except UserFacingError as error:
                if error.code != NOT_BEGUN:
                    raise
                page = None
            return page, queries.plan(case.case)

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

    def joint(self) -> None:
        """Open the cases this one needs first; the clerk goes on with the first of them."""
        case, desk = self._case(), self._desk
        if case is None:
            return
        if not case.prerequisites:
            desk.tell(desk.t("This case needs no results of other items."))
            return
        joint = self._casework.joint
        names = "、".join(text for _, text, _ in case.prerequisites)

        def opened(cases: Mapping[str, str]) -> None:
            desk.tell(desk.t("Opened beside it: {names}", names=names), level="good")
            first = next((id for id in cases.values() if id != case.case), case.case)
            self._open_case(first)

        desk.act("joint", lambda actor, key: joint.open(actor, key, case.case), opened, right="case.open")

    def pre_review(self) -> None:
        """Let its department look it through while the earlier cases run."""
        case, desk, joint = self._case(), self._desk, self._casework.joint
        if case is not None:
            desk.act(
                "pre_review",
                lambda actor, key: joint.pre_review(actor, key, case.case),
                lambda _: self._done(desk.t("It is with its department for a first look.")),
                right="case.decide",
            )

    def replies(self) -> None:
        """What waits for an answer on paper; the slip's answer is entered (mission: H2)."""
        self._list(lambda row: row.on_paper, self._desk.t("Replies awaited on paper"), self._reply)

    def ways_out(self) -> None:
        """A prerequisite does not come: the applicant chooses, for the case in hand or one that waits
        (C2)."""
        case, desk, actor = self._view(), self._desk, self._desk.actor
        if case is None or not case.prerequisites:
            self._waiting()
            return

        def found(page: CasePage) -> None:
            rows = [row for row in page.prerequisites if row.state in ("open", "failed")]
            rows.sort(key=lambda row: not row.ways)
            if not rows:
                self._waiting()
                return
            named = {row.item: row for row in rows}
            lines = choices_of(
                tuple((row.item, row.name, desk.t(PREREQUISITE_WORDS[row.state])) for row in rows)
            )
            ask = Ask("item", desk.t("Which result does not come?"), lines, when=lambda _: len(rows) > 1)
            first = rows[0].item
            ask_all(desk, (ask,), lambda given: self._way(page.case, named[given.get("item", first)]))

        queries = self._casework.queries
        desk.reads.run(lambda: queries.page(actor, case.case), found, lambda _: self._waiting())

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

    def _waiting(self) -> None:
        self._list(
            lambda row: row.kind == "prerequisite",
            self._desk.t("A prerequisite does not come"),
            self._way_of,
        )

    def _way_of(self, task: InboxRow) -> None:
        desk, actor, queries = self._desk, self._desk.actor, self._casework.queries

        def found(page: CasePage) -> None:
            self._way(task.case, next(row for row in page.prerequisites if row.item == task.code))

        desk.reads.run(lambda: queries.page(actor, task.case), found, desk.error)

    def _case(self) -> CaseView | None:
        case = self._view()
        if case is None or case.item is None:
            self._desk.tell(self._desk.t("Choose an item first."))
            return None
        return case

    def _done(self, words: str) -> None:
        self._desk.tell(words, level="good")
        self._refresh()

    def _page(self, case: CaseView, page: CasePage | None, plan: PlanView) -> None:
        t = self._desk.t
        item = case.item.name if case.item else ""
        stage = t(STAGE_WORDS[case.stage])
        names = {row.code: row.name for row in plan.rows}
        self._show(
            CourseShown(
                title="  ".join(part for part in (item, case.number, stage) if part),
                due=self._due(page, plan),
                lines=tuple(self._lines(page)) if page else (),
                bars=chart_bars(plan.rows, plan.today, t),
                today=plan.today,
                changes=tuple(
                    t("Moved {day}: {what}", day=f"{change.at:{DAY}}", what=what)
                    for change in plan.changes
                    if (what := _moves(change.moved, names))
                )[-2:],
            )
        )

    def _due(self, page: CasePage | None, plan: PlanView) -> str:
        t = self._desk.t
        due = (page.promised_due or page.legal_due) if page else None
        parts = [t("promised for {day}", day=due)] if due else []
        if plan.ends_on is not None:
            parts.append(t("planned to end on {day}", day=plan.ends_on))
        if plan.critical:
            parts.append(t("critical: {way}", way=critical_way(plan.critical)))
        return "    ".join(parts)

    def _lines(self, page: CasePage) -> list[str]:
        t = self._desk.t
        steps = " · ".join(f"{row.name}（{t(STEP_STATE_WORDS[row.state])}）" for row in page.steps)
        lines = [steps] if steps else []
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
        if not row.ways:
            return ""
        return f"{t(FAILED_WORDS[row.how])}（{t('Ctrl+M, L W: what the applicant chose')}）"

    def _list(self, wanted: Callable[[InboxRow], bool], title: str, take: Callable[[InboxRow], None]) -> None:
        desk, actor = self._desk, self._desk.actor

        def found(rows: tuple[InboxRow, ...]) -> None:
            if not rows:
                desk.tell(desk.t("Nothing waits."), level="good")
                return
            known = {row.task: row for row in rows}
            lines = tuple((row.task, f"{row.number} {row.item}", self._words(row)) for row in rows)
            desk.ask(title, choices_of(lines), lambda task, _: take(known[task]))

        queries = self._casework.queries
        desk.reads.run(
            lambda: tuple(row for row in queries.inbox(actor).rows if wanted(row)), found, desk.error
        )

    def _words(self, row: InboxRow) -> str:
        t = self._desk.t
        due = t("reply by {day}", day=f"{row.due:{DAY}}") if row.due else ""
        return " · ".join(part for part in (row.department_name, row.name, row.applicant, due) if part)

    def _reply(self, row: InboxRow) -> None:
        t = self._desk.t
        decides = row.kind != "assist"
        answers = worded(t, VIEW_WORDS) if decides else worded(t, ANSWER_WORDS)
        asks = (
            Ask("answer", t("What does the slip say?"), choices=answers, hint=self._words(row)),
            Ask("reason", t("Reason"), label=t("Reason"), needed=False),
            Ask("law", t("Law"), label=t("Law"), needed=decides),
            Ask("article", t("Article"), label=t("Article"), needed=decides),
            Ask("number", t("Number of the result"), needed=False, when=lambda given: decides),
        )
        ask_all(self._desk, asks, lambda given: self._enter(row, given))

    def _enter(self, row: InboxRow, given: Answers) -> None:
        desk, casework = self._desk, self._casework
        answer: Answer | None = next((one for one in ANSWERS if one == given["answer"]), None)
        view: View = "grant" if given["answer"] == "grant" else "deny"
        slip = OpinionInput(
            view=view,
            text=given["reason"],
            law=given["law"],
            article=given["article"],
            result_number=given.get("number", ""),
        )
        told = desk.t("The reply is entered.")
        if row.kind == "assist" and answer is not None:
            desk.act(
                "reply",
                lambda actor, key: casework.asking.answer(
                    actor, key, row.case, row.code, answer, slip.text, slip.law, slip.article
                ),
                lambda _: self._done(told),
                right="reply.enter",
            )
        else:
            desk.act(
                "reply",
                lambda actor, key: casework.work.enter_reply(actor, key, row.case, row.code, slip),
                lambda _: self._done(told),
                right="reply.enter",
            )

    def _way(self, case: str, row: PrerequisiteRow) -> None:
        """What can be done about one result that is not here: the three ways, a new application, the result
        itself when somebody brings it."""
        desk, t = self._desk, self._desk.t
        known = t(FAILED_WORDS[row.how]) if row.how else t(PREREQUISITE_WORDS[row.state])
        lines: tuple[tuple[str, str, str], ...] = tuple((way, t(WAY_WORDS[way]), "") for way in row.ways)
        if row.again:
            lines += ((AGAIN, t("apply for it again"), t("a new application opens; this case waits for it")),)
        lines += ((SHOWN, t("the result was shown here"), t("enter its number")),)

        def chosen(choice: str, _: str) -> None:
            if choice == AGAIN:
                self._again(case, row)
            elif choice == SHOWN:
                self._shown(case, row)
            else:
                self._settle(case, row, next(one for one in WAYS if one == choice))

        hint = f"{row.name}：{known} {row.number}".strip()
        desk.ask(t("What did the applicant choose?"), choices_of(lines), chosen, hint=hint)

    def _settle(self, case: str, row: PrerequisiteRow, way: WayOut) -> None:
        joint = self._casework.joint
        self._desk.act(
            "way",
            lambda actor, key: joint.settle(actor, key, case, row.item, way),
            lambda _: self._done(self._desk.t("The choice is recorded.")),
            right="case.decide",
        )

    def _again(self, case: str, row: PrerequisiteRow) -> None:
        desk, joint = self._desk, self._casework.joint

        def opened(new: str) -> None:
            desk.tell(desk.t("Opened beside it: {names}", names=row.name), level="good")
            self._open_case(new)

        desk.act(
            "again",
            lambda actor, key: joint.apply_again(actor, key, case, row.item),
            opened,
            right="case.open",
        )

    def _shown(self, case: str, row: PrerequisiteRow) -> None:
        desk, joint = self._desk, self._casework.joint

        def given(answers: Answers) -> None:
            desk.act(
                "arrived",
                lambda actor, key: joint.arrived(actor, key, case, row.item, answers["number"]),
                lambda _: self._done(desk.t("The result is here.")),
                right="case.decide",
            )

        number = Ask("number", desk.t("Number of the result"), hint=row.name)
        ask_all(desk, (number,), given)


def _moves(moved: tuple[tuple[str, object, object], ...], names: Mapping[str, str]) -> str:
    shown = [f"{names[code]} {old or '—'} → {new or '—'}" for code, old, new in moved if code in names]
    return "；".join(shown[:3])

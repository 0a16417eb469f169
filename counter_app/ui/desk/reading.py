"""All that the desk shows of one case, read at once and off the window's thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.journal import Actor
from counter_app.ui.desk.deps import DeskDeps
from counter_app.use_cases.casework.views import CasePage, InboxRow, PlanView
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.time.views import ClockView


@dataclass(frozen=True, slots=True)
class CaseRead:
    """`materials` is None for whoever may not see the whole case, `plan` where it has no steps."""

    page: CasePage
    materials: CaseView | None = None
    clock: ClockView | None = None
    plan: PlanView | None = None

    @property
    def case(self) -> str:
        return self.page.case

    def task(self, id: str, staff: str) -> InboxRow | None:
        """The piece of work that was chosen, else one's own, else the first that waits."""
        tasks = self.page.tasks
        named = next((task for task in (*tasks, *self.page.time_work) if task.task == id), None)
        own = next((task for task in tasks if task.staff == staff), None)
        return named or own or next(iter(tasks), None)


def read_case(deps: DeskDeps, actor: Actor, case: str) -> CaseRead:
    """UserFacingError `case.unknown`, `work.not-begun`, `work.who`."""
    page = deps.casework.queries.page(actor, case)
    if page.sight == "state":
        return CaseRead(page)
    whole = page.sight == "all"
    return CaseRead(
        page,
        deps.cases.case_view(case, "") if whole else None,
        deps.time.queries.clock_of(case),
        deps.casework.queries.plan(actor, case) if page.steps else None,
    )

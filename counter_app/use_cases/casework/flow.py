"""How work moves by rule: steps whose start condition is met begin, pieces of work open and close (mission:
C3, T5).

Called at the end of every act on a case, inside its transaction. Not here: what people decide (`work.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from counter_app.domain.casework.clocks import last_day
from counter_app.domain.casework.facts import HandlingClosed, ReportedUp, StepStarted
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.procedure import c3_ready_steps
from counter_app.domain.casework.state import Handling, Step
from counter_app.domain.casework.task import TASKS, TaskClosed, TaskKind, TaskOpened
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.limits import Limit
from counter_app.use_cases.casework.ground import Ground, management
from counter_app.use_cases.casework.planning import keep_plan
from counter_app.use_cases.ports.store import Transaction

PLAN: Final = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of work to open. `staff` when it is for one person at once."""

    kind: TaskKind
    code: str
    name: str
    department: str
    post: str = ""
    staff: str = ""
    limit: Limit | None = None
    lead: bool = True
    on_paper: bool = False


def open_work(tx: Transaction, on: Ground, work: Piece) -> str:
    """Put it into the inbox it belongs to; gives its id."""
    return open_for(tx, on.case.id, on.calendar, work)


def open_for(tx: Transaction, case: str, calendar: WorkCalendar, work: Piece) -> str:
    """The same for a case that is not handled yet."""
    id = tx.next_id
    due = last_day(work.limit, tx.now, calendar)
    tx.record(
        TaskOpened(
            case=case,
            task=id,
            kind=work.kind,
            code=work.code,
            name=work.name,
            department=work.department,
            post=work.post,
            staff=work.staff,
            limit=(work.limit.amount, work.limit.unit) if work.limit else None,
            due=due.isoformat() if due else None,
            lead=work.lead,
            on_paper=work.on_paper,
        )
    )
    return id


def close_work(tx: Transaction, case: str, task: str, outcome: str) -> None:
    """Done; what was closed before stays as it was."""
    known = tx.get(TASKS, task) if task else None
    if known is not None and known.open:
        tx.record(TaskClosed(case=case, task=task, outcome=outcome))


def refreshed(tx: Transaction, on: Ground) -> Ground:
    """The same ground after what this act has recorded so far."""
    return replace(on, handling=tx.need(HANDLINGS, on.case.id))


def advance(tx: Transaction, on: Ground, cause: str) -> Ground:
    """Start every step whose condition is met now, side by side where they can be; then the plan is worked
    out again. `cause` is what happened (`step:review`, `accepted` …)."""
    on = refreshed(tx, on)
    _ask_for_plan(tx, on)
    while ready := c3_ready_steps(on.handling):
        for step in ready:
            _start(tx, on, step)
        on = refreshed(tx, on)
    keep_plan(tx, on.reference, on.case.id, cause)
    return refreshed(tx, on)


def _ask_for_plan(tx: Transaction, on: Ground) -> None:
    """The plan lies before the management until it is approved (报领导审批, mission: C11)."""
    handling = on.handling
    if not handling.plan_approval or handling.plan_approved_by or not handling.open:
        return
    if any(task.kind == PLAN for task in tx.casework.of_case(on.case.id)):
        return
    post = management(on.plan)
    department = post.department if post and post.department else "centre"
    work = Piece(
        kind="plan", code=PLAN, name="审定办事计划", department=department, post=post.code if post else ""
    )
    open_work(tx, on, work)


def _start(tx: Transaction, on: Ground, step: Step) -> None:
    """Work that comes back from an approver goes to the person who had it."""
    had = _who_had(tx, on, step)
    work = Piece(
        kind="step",
        code=step.code,
        name=step.name,
        department=step.department,
        post=step.post,
        staff=had,
        limit=_limit(on, step),
        lead=step.department == on.handling.department,
        on_paper=on.on_paper(step.department),
    )
    task = open_work(tx, on, work)
    tx.record(StepStarted(case=on.case.id, step=step.code, task=task))
    if step.kind == "report" and on.item.report_up is not None:
        due = last_day(on.item.report_up.limit, tx.now, on.calendar)
        tx.record(
            ReportedUp(
                case=on.case.id,
                step=step.code,
                upper_body=on.item.report_up.body,
                due=due.isoformat() if due else None,
            )
        )


def _limit(on: Ground, step: Step) -> Limit | None:
    """A step's own limit; waiting for a meeting has its level's where the step gives none (mission: C15)."""
    if step.limit is None and step.kind == "meeting":
        level = next((entry for entry in on.item.decision_levels if entry.code == step.level), None)
        return level.limit if level else None
    return step.limit


def _who_had(tx: Transaction, on: Ground, step: Step) -> str:
    if not step.sent_back:
        return ""
    earlier = [opinion.staff for opinion in on.handling.opinions if opinion.step == step.code]
    return earlier[-1] if earlier else ""


def close_all(tx: Transaction, handling: Handling, cause: str) -> None:
    """The case has ended: nothing of it waits in any inbox."""
    for task in tx.casework.of_case(handling.case):
        close_work(tx, handling.case, task.id, cause)
    if handling.open:
        tx.record(HandlingClosed(case=handling.case, cause=cause))

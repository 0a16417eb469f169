"""How work moves by rule: steps whose start condition is met begin, pieces of work open and close (mission:
C3, T5).

Called at the end of every act on a case, inside its transaction. Not here: what people decide (`work.py`).
"""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.casework.beginning import (
    PLAN,
    assist_work,
    i9_upper_limit,
    plan_work,
    step_started,
    step_work,
)
from counter_app.domain.casework.facts import HandlingClosed
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opening import Piece, name_of, opened
from counter_app.domain.casework.procedure import c3_ready_steps
from counter_app.domain.casework.state import Handling, Step
from counter_app.domain.casework.task import TASKS, TaskClosed
from counter_app.domain.catalogue.handling import AssistMatter
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import CLOCKS
from counter_app.use_cases.casework.ground import Ground, need_signers
from counter_app.use_cases.casework.planning import keep_plan
from counter_app.use_cases.ports.store import Transaction


def open_work(tx: Transaction, on: Ground, work: Piece) -> str:
    """Put it into the inbox it belongs to; gives its id."""
    return open_for(tx, on.case.id, on.calendar, work)


def open_for(tx: Transaction, case: str, calendar: WorkCalendar, work: Piece) -> str:
    """The same for a case that is not handled yet."""
    before = sum((task.kind, task.code) == (work.kind, work.code) for task in tx.casework.of_case(case))
    id = name_of(case, work, before, tx.next_id)
    tx.record(opened(case, id, work, calendar, tx.now))
    return id


def open_assist(tx: Transaction, on: Ground, matter: AssistMatter) -> str:
    """The assisting department's request lies in its inbox."""
    return open_work(tx, on, assist_work(matter, on.plan))


def close_work(tx: Transaction, case: str, task: str, outcome: str, *, hand: bool = False) -> None:
    """Done; what was closed before stays as it was. `hand`: whoever acts has the work in his own hands."""
    known = tx.get(TASKS, task) if task else None
    if known is not None and known.open:
        tx.record(TaskClosed(case=case, task=task, outcome=outcome, hand=hand))


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


def advance_signed(tx: Transaction, on: Ground, cause: str) -> Ground:
    """The same when a handler or approver sends it on: `work.no-post` where nobody could sign what begins."""
    after = advance(tx, on, cause)
    need_signers(on, after)
    return after


def _ask_for_plan(tx: Transaction, on: Ground) -> None:
    """The plan lies before the management until it is approved (报领导审批, mission: C11)."""
    handling = on.handling
    if not handling.plan_approval or handling.plan_approved_by or not handling.open:
        return
    if any(task.kind == PLAN for task in tx.casework.of_case(on.case.id)):
        return
    open_work(tx, on, plan_work(on.plan))


def plan_again(tx: Transaction, on: Ground, note: str) -> None:
    """The word with which the plan was sent back is answered: it lies before the management again."""
    if on.handling.plan_returned == note and not on.handling.plan_approved_by and on.handling.open:
        open_work(tx, on, plan_work(on.plan))


def _start(tx: Transaction, on: Ground, step: Step) -> None:
    """Work that comes back from an approver goes to the person who had it."""
    task = open_work(tx, on, step_work(step, on.handling, on.item, on.plan, _who_had(tx, on, step)))
    for fact in step_started(on.case.id, step, task, on.item, on.calendar, tx.now):
        tx.record(fact)
    clock = tx.get(CLOCKS, on.case.id)
    if step.kind == "report" and clock is not None:
        more = i9_upper_limit(clock, on.item, on.calendar, tx.now)
        if more is not None:
            tx.record(more)


def _who_had(tx: Transaction, on: Ground, step: Step) -> str:
    if not step.sent_back:
        return ""
    earlier = [opinion.staff for opinion in on.handling.opinions if opinion.step == step.code]
    return earlier[-1] if earlier else ""


def close_all(tx: Transaction, handling: Handling, cause: str) -> None:
    """The case has ended: nothing of it waits in any inbox but a dispute, which is about whose delay it was
    (mission: C7)."""
    for task in tx.casework.of_case(handling.case):
        if task.kind != "dispute":
            close_work(tx, handling.case, task.id, cause)
    if handling.open:
        tx.record(HandlingClosed(case=handling.case, cause=cause))

"""Who has a piece of work in his hands, when two machines that were cut off meet (mission: C12, X1).

Who took it first has it. What the other did as if it were his is kept in the journal and not applied: nobody
signs for work that a colleague has. An act is late as a whole, so that no step begins on an opinion that does
not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.casework import facts as f
from counter_app.domain.casework.joint_facts import PlanKept
from counter_app.domain.casework.state import LEVELS, Handling, Step
from counter_app.domain.casework.task import TaskClosed, TaskFact, TaskOpened, TaskPassed, TaskTaken, taker
from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded

MOST_LATE: Final = 50
# what follows from the case's own end stands whatever else its act wanted
_ALWAYS: Final = (f.HandlingClosed,)
_BY_HAND: Final = (
    f.ReviewFilled,
    f.OpinionGiven,
    f.StepEnded,
    f.StepSentBack,
    f.UpperBodyAnswered,
    f.AssistAnswered,
    f.GroupQuestionAnswered,
    f.OrderReplied,
)


def overtaken(state: Handling, event: Recorded) -> Handling:
    """The event changes nothing, nor does what else its act did."""
    late = state.late
    if event.key and _act(event) not in late:
        late = (*late, _act(event))[-MOST_LATE:]
    return replace(state, overtaken=(*state.overtaken, event.id), late=late)


def held(state: Handling, fact: TaskFact, event: Recorded) -> Handling:
    """The case's work after one more fact about a piece of it."""
    known = state.work.get(fact.task, "")
    if isinstance(fact, TaskOpened):
        return state if fact.task in state.work else _with(state, fact.task, fact.staff)
    if isinstance(fact, TaskTaken | TaskPassed):
        holder = None if known is None else taker(known, fact)
        return overtaken(state, event) if holder is None else _with(state, fact.task, holder)
    if isinstance(fact, TaskClosed):
        others = fact.hand and known not in ("", None, event.actor.staff)
        return state if others else _with(state, fact.task, None)
    return state


def is_late(state: Handling, fact: Fact, event: Recorded) -> bool:
    """Whether this does not count: its act came too late, or somebody else has the work."""
    if isinstance(fact, _ALWAYS):
        return False
    if event.key and _act(event) in state.late:
        return True
    if not isinstance(fact, _BY_HAND):
        return False
    holder = state.work.get(task_of(state, fact))
    return bool(holder) and holder != event.actor.staff


def is_silent(fact: Fact) -> bool:
    """What a late act worked out only for itself needs no word."""
    return isinstance(fact, PlanKept)


def task_of(state: Handling, fact: Fact) -> str:
    """The piece of work that a fact is about, as far as it is one's own; "" when it is nobody's."""
    if isinstance(fact, TaskFact):
        return fact.task
    if isinstance(fact, f.OpinionGiven | f.ReviewFilled | f.StepEnded | f.StepSentBack | f.UpperBodyAnswered):
        step = state.step(fact.step)
        return step.task if step is not None and _signed(step, fact) else ""
    if isinstance(fact, f.AssistAnswered):
        assist = state.assist(fact.matter)
        return assist.task if assist is not None else ""
    if isinstance(fact, f.GroupQuestionAnswered):
        return next((note.task for note in state.notes if note.id == fact.note), "")
    if isinstance(fact, f.OrderReplied):
        tasks = next((dict(order.tasks) for order in state.orders if order.id == fact.order), {})
        return tasks.get(fact.department, "")
    return ""


def _signed(step: Step, fact: Fact) -> bool:
    """A visit may be ended by any colleague of the lead."""
    return step.kind in LEVELS or not isinstance(fact, f.StepEnded)


def _with(state: Handling, task: str, holder: str | None) -> Handling:
    work: Mapping[str, str | None] = {**state.work, task: holder}
    return replace(state, work=work)


def _act(event: Recorded) -> str:
    return f"{event.device}/{event.key}"

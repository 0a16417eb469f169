"""The centre writes down what silence has accepted, and the case goes behind the counter in the same
decision (mission: I7).

Its work has the names any machine would give it (`domain/casework/opening.py`): whoever acts on the case
meanwhile, cut off, opens the same. Not here: copy-notices and the plan on paper, which a person sends out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counter_app.domain.casework.beginning import (
    handling_begun,
    lines_of,
    plan_work,
    prerequisites_promised,
    step_started,
    step_work,
)
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opening import Piece, name_of, opened
from counter_app.domain.casework.procedure import c3_ready_steps
from counter_app.domain.casework.state import Handling
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.deeming import i7_as_of
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.time_start import acceptance_deemed, clock_started
from counter_app.domain.journal import Fact, read
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.use_cases.ports.centre_store import CentreTransaction


@dataclass(frozen=True, slots=True)
class Ground:
    """What is published of the case's item, the hall and its days."""

    item: Item
    plan: HallPlan
    calendar: WorkCalendar


def deem(tx: CentreTransaction, key: str, kept: Case, on: Ground) -> None:
    """Write all of it under this key."""
    id, today = kept.id, tx.now.date()
    case = i7_as_of(_with_words(tx, kept), today)
    lines = lines_of(on.item, case, today, on.plan.settings)
    handling = tx.get(HANDLINGS, id)
    joint = handling is not None and handling.joint is not None
    started = clock_started(case, on.item, lines, on.calendar, tx.now, joint=joint)
    facts: list[Fact] = [acceptance_deemed(case, started), started]
    if handling is None or handling.begun_at is None:
        facts.append(handling_begun(case, on.item, lines, on.plan, today))
        needed = prerequisites_promised(case, lines)
        if needed is not None and not (handling and handling.prerequisites):
            facts.append(needed)
    for fact in facts:
        tx.record(fact, key=key)
    begun = tx.get(HANDLINGS, id)
    for fact in _first_work(tx, begun, on) if begun else ():
        tx.record(fact, key=key)


def _with_words(tx: CentreTransaction, kept: Case) -> Case:
    """The case as a desk has it. What the counter set of its class (复杂, 敏感) are words, and who may see
    the case depends on them (mission: I10)."""
    places = [entry.hall_seq for entry in tx.history(CASES.subject(kept.id))]
    case = CASES.replay(
        read(entry.data, {part.slot: part.data for part in entry.parts if part.data is not None})
        for entry in tx.at(places, "desk")
    )
    return case or kept


def _first_work(tx: CentreTransaction, handling: Handling, on: Ground) -> Iterator[Fact]:
    """The plan before the management, or the steps whose start condition is met."""
    case = handling.case

    def open_work(work: Piece) -> tuple[str, Fact]:
        name = name_of(case, work, 0, "")
        return name, opened(case, name, work, on.calendar, tx.now)

    if handling.plan_approval and not handling.plan_approved_by:
        yield open_work(plan_work(on.plan))[1]
    for step in c3_ready_steps(handling):
        task, fact = open_work(step_work(step, handling, on.item, on.plan))
        yield fact
        yield from step_started(case, step, task, on.item, on.calendar, tx.now)

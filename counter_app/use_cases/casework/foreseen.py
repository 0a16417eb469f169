"""The plan as it is foreseen when a case is accepted: it stands on the notice of acceptance (papers.md,
mission: C11)."""

from __future__ import annotations

from counter_app.domain.paper.facts import PlanStep
from counter_app.use_cases.casework.notices import plan_steps
from counter_app.use_cases.casework.planning import Planner
from counter_app.use_cases.intake.look import CaseReference, Look
from counter_app.use_cases.ports.store import Reader


def planned_steps(reader: Reader, reference: CaseReference, seen: Look) -> tuple[PlanStep, ...]:
    """Nothing for an item that goes the usual way: then the due date says it all."""
    if seen.item is None or not seen.item.steps:
        return ()
    return plan_steps(Planner(reader, reference).bars(seen.case.id))

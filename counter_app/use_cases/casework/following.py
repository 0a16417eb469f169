"""What follows from a decision at the counter: accepted cases go behind it, ended ones leave every inbox.

Called by `intake/deciding.py` inside the decision's own act, so nothing lies between (mission: C3, I9, I10).
"""

from __future__ import annotations

from counter_app.domain.casework.facts import HandlingBegun
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.procedure import i10_class_of, packed, steps_of
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.use_cases.casework.flow import advance, close_all
from counter_app.use_cases.casework.ground import ground
from counter_app.use_cases.intake.look import CaseReference, look
from counter_app.use_cases.ports.store import Transaction


def follow(tx: Transaction, reference: CaseReference, id: str) -> None:
    """Begin handling what was accepted with a promise; end what has ended."""
    case = tx.need(CASES, id)
    handling = tx.get(HANDLINGS, id)
    begun = handling is not None and handling.begun_at is not None
    if case.stage == "accepted" and not begun:
        _begin(tx, reference, case)
    elif case.ended and handling is not None:
        close_all(tx, handling, case.stage)


def _begin(tx: Transaction, reference: CaseReference, case: Case) -> None:
    seen = look(tx, reference, case.id)
    item, lines = seen.needed_item()
    classed = i10_class_of(item)
    on_paper = frozenset(entry.code for entry in seen.plan.departments if not entry.moved_in)
    steps = steps_of(item, case.draft.answers, classed, lines.department, seen.today, on_paper)
    tx.record(
        HandlingBegun(
            case=case.id,
            item=case.draft.item,
            department=lines.department,
            case_class=classed.found.code if classed.found else "",
            authority=classed.authority,
            complexity=classed.complexity,
            sensitive=classed.sensitive,
            restricted=classed.restricted,
            steps=tuple(packed(step, seen.plan) for step in steps),
            plan_approval=item.plan_approval,
        )
    )
    advance(tx, ground(tx, reference, case.id))

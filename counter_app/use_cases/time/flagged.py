"""Meetings of another level than the table gives: sent up needlessly, or not sent up (mission: C15)."""

from __future__ import annotations

from counter_app.domain.casework.procedure import c15_level_of, i10_class_of
from counter_app.domain.casework.state import Handling, Step
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.items import Item
from counter_app.domain.intake.fold import CASES
from counter_app.use_cases.casework.restricted import Onlooker
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Reader
from counter_app.use_cases.time.views import FlaggedRow


def flagged_rows(
    reader: Reader, reference: CaseReference, onlooker: Onlooker, most: int
) -> tuple[FlaggedRow, ...]:
    """The latest first. A row names nobody."""
    catalogue = reference.catalogue(reader)
    return tuple(
        _row(reader, catalogue, onlooker, handling, step)
        for handling in reader.casework.flagged(most)
        for step in handling.steps
        if step.flag
    )


def _row(
    reader: Reader, catalogue: Catalogue, onlooker: Onlooker, handling: Handling, step: Step
) -> FlaggedRow:
    case = reader.need(CASES, handling.case)
    hidden = onlooker.hides(case)
    key = case.item_key
    assert key is not None
    item = catalogue.version(*key)
    classed = i10_class_of(item, handling.complexity, handling.sensitive)
    right = c15_level_of(item, classed)
    body = catalogue.body(handling.department)
    at = step.ended_at or step.started_at
    return FlaggedRow(
        case=case.id,
        number=case.number,
        item="" if hidden else item.name,
        department=body.name if body else handling.department,
        step=step.name,
        level=_name(item, step.meets_at),
        table=right.name if right else "",
        flag=step.flag,
        on=at.date() if at else None,
        hidden=hidden,
    )


def _name(item: Item, code: str) -> str:
    return next((level.name for level in item.decision_levels if level.code == code), code)

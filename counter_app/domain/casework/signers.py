"""Departments whose cases nobody could approve: what setting up a hall still lacks (mission: C9, H5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from counter_app.domain.casework.procedure import USUAL
from counter_app.domain.casework.rights import c9_posts
from counter_app.domain.catalogue.handling import StepKind
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan

_SIGNED: Final[tuple[StepKind, ...]] = ("approval", "final")


def c9_lacking(plan: HallPlan, items: Iterable[Item]) -> tuple[tuple[str, StepKind], ...]:
    """(department, kind of step) that these items ask for and no post signs, of departments that have moved
    in; what is decided on the spot asks for none."""
    wanted = dict.fromkeys(pair for item in items if not item.on_the_spot for pair in _signed(item))
    moved_in = {entry.code for entry in plan.departments if entry.moved_in}
    return tuple(
        (department, kind)
        for department, kind in wanted
        if department in moved_in and not c9_posts(plan, department, kind)
    )


def _signed(item: Item) -> Iterator[tuple[str, StepKind]]:
    for step in item.steps or USUAL:
        if step.kind in _SIGNED:
            yield step.department or item.department, step.kind

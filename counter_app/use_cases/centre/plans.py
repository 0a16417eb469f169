"""The hall's plan as the centre's rules read it: lines, counters and rules, never items."""

from __future__ import annotations

from typing import Final, Protocol

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.waiting.rules import rules_of
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre_store import CentreReader, DeviceRow
from counter_app.use_cases.reference import HALLS, HERE
from counter_app.use_cases.waiting.reference import HallNow

NO_ITEMS: Final = Catalogue((), (), (), (), ())


class Plans(Protocol):
    """Where the plan comes from."""

    def plan(self, reader: CentreReader) -> HallPlan: ...


class PublishedPlans:
    """The plan among the centre's published rows."""

    def plan(self, reader: CentreReader) -> HallPlan:
        """UserFacingError `hall.not-set-up` before one was published."""
        plan = reader.published(HALLS).get(HERE)
        if plan is None:
            raise UserFacingError(
                "hall.not-set-up",
                "The centre has no hall plan yet.",
                remedy="Publish the hall's plan first.",
            )
        return plan


def hall_of(plans: Plans, reader: CentreReader) -> HallNow:
    """The hall as of one decision. It knows no items: whose turn it is depends on lines only."""
    plan = plans.plan(reader)
    return HallNow(plan, NO_ITEMS, rules_of(plan.settings), reader.now)


def need_role(device: DeviceRow, allowed: frozenset[str]) -> None:
    """UserFacingError `device.role` when a device of this role does not do such things."""
    if device.role not in allowed:
        raise UserFacingError(
            "device.role",
            "The machine {device} is enrolled for another use.",
            remedy="Use a machine of the right kind, or have this one enrolled anew.",
            device=device.name or device.device,
        )

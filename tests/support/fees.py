"""A catalogue with a fee: the shipped one has none, since no standard was read for any of its items."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.items import Fee, Reduction
from counter_app.domain.catalogue.materials import LegalBasis
from counter_app.use_cases.reference import Publishing
from tests.support.intake_hall import CLERK, IntakeHall, catalogue

CUT = LegalBasis(name="某省减免办法", article="第二条")
FEE = Fee(
    code="card",
    name="证照工本费",
    amount_fen=1005,
    unit="证",
    most=3,
    pay_within_days=5,
    basis=LegalBasis(name="某省收费目录", article="第三项"),
    reductions=(Reduction(code="disabled", name="残疾人", percent=50, basis=CUT),),
)


def with_fees() -> Catalogue:
    """0603 and 0605 cost something."""
    items = tuple(
        replace(item, fees=(FEE,)) if item.code in ("0603", "0605") else item for item in catalogue().items
    )
    return replace(catalogue(), items=items)


def charge_fees(hall: IntakeHall) -> None:
    """Put a catalogue in force in which 0603 and 0605 cost something."""
    Publishing(hall.store, hall.reference).catalogue(CLERK, "fees", with_fees())

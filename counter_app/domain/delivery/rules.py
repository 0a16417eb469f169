"""Who may collect what, and what must be shown for it: pure (mission: P6).

The receipt alone is no authority, whoever holds it; a mandate needs both people's documents; a lost receipt
goes by declaration. Not here: recording it (`use_cases/delivery`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from counter_app.domain.catalogue.items import DeliveryRule
from counter_app.domain.intake.case import Mandate
from counter_app.domain.time.limits import Limit
from counter_app.errors import mark

Relation = Literal["applicant", "agent", "spouse", "guardian", "collector", "representative"]
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the collector laid on the counter. `lookup` is the keyed hash of his number, `applicant_lookup`
    that of the applicant's document he brought along; `receipt`: one of the case's papers was shown."""

    relation: Relation
    name: str
    lookup: str
    receipt: bool
    declared: bool = False
    mandate: Mandate | None = None
    applicant_lookup: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the case knows: the keyed hashes of who applies and of those with a role in it, and whether an
    organisation applies."""

    applicant: str
    named: Sequence[tuple[str, str]]
    organisation: bool
    today: date


def problems(rule: DeliveryRule, known: Known, shown: Shown) -> tuple[str, ...]:
    """Every reason why it may not be handed over yet, as message sources; none: it may."""
    found = []
    if not shown.name.strip() or not shown.lookup:
        found.append(mark("The collector shows an identity document; the receipt alone is no authority."))
    if shown.relation not in rule.collectors:
        found.append(mark("For this item nobody in this relation may collect."))
    if not shown.receipt and not shown.declared:
        found.append(mark("The receipt is shown, or its loss is declared in writing."))
    if shown.relation == "applicant":
        if known.organisation:
            found.append(mark("An organisation collects by its representative or an agent."))
        elif shown.lookup and shown.lookup != known.applicant:
            found.append(mark("This document is not the applicant's."))
    elif shown.relation == "agent":
        found += _mandate(known, shown)
    elif shown.relation != "representative" and not _named(known, shown):
        found.append(mark("The case names nobody with this document in this role."))
    return tuple(found)


def _mandate(known: Known, shown: Shown) -> list[str]:
    found = []
    if shown.mandate is None or not shown.mandate.holds(known.today):
        found.append(mark("An agent shows a mandate in force."))
    if not known.organisation and shown.applicant_lookup != known.applicant:
        found.append(mark("An agent brings the applicant's document as well as his own."))
    return found


def _named(known: Known, shown: Shown) -> bool:
    return any(role == shown.relation and lookup == shown.lookup for role, lookup in known.named)


def valid_until(start: date, validity: Limit | None) -> date | None:
    """The last day of a result's validity; None when none is stated. Days of other units have no end here."""
    if validity is None or validity.unit not in ("years", "months"):
        return None
    months = validity.amount * (12 if validity.unit == "years" else 1)
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    for day in range(start.day, 27, -1):
        try:
            return date.fromordinal(date(year, month, day).toordinal() - 1)
        except ValueError:
            continue
    return date.fromordinal(date(year, month, min(start.day, 28)).toordinal() - 1)

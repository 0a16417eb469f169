"""What the hall holds itself, so that no department is asked for it (信息查询性质的协办砍掉, mission: C5,
I11)."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.domain.catalogue.handling import AssistMatter
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.parties import PARTIES
from counter_app.use_cases.ports.store import Reader

EARLIER: Final = 50


def c5_known(reader: Reader, case: Case, today: date, matter: AssistMatter) -> str:
    """Where the hall has it: the number of an earlier case of this applicant whose result still stands, or
    `party`; "" when it must be asked."""
    kind, _, code = matter.known_from.partition(":")
    person = case.applicant
    party = reader.get(PARTIES, person.party) if person else None
    identity = party.identity if party else None
    if identity is None:
        return ""
    if kind == "party":
        return "party"
    if kind != "item" or not identity.lookup:
        return ""
    for earlier in reader.cases.of_person(identity.lookup, EARLIER):
        key = earlier.item_key
        if (
            earlier.stage == "granted"
            and key is not None
            and key[0] == code
            and _stands(reader, earlier, today)
        ):
            return earlier.number
    return ""


def _stands(reader: Reader, case: Case, today: date) -> bool:
    """Whether its result may still be relied on: not revoked, not run out."""
    delivery = reader.get(DELIVERIES, case.id)
    results = delivery.results if delivery is not None else ()
    return any(one.valid(today) and not one.decision for one in results)

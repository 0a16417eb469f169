"""Whether a result may go out now, by this hand or this way: every act of handing over asks here (P5, P6).

Not here: the rule of who may collect (`domain/delivery/rules.py`), recording it (`delivering.py`).
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.delivery.delivery import Delivery
from counter_app.domain.delivery.rules import Known, Shown, problems
from counter_app.domain.fees.fees import FEES
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.numbers import read_number, tidy_query_code
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.delivery.inputs import ServedInput
from counter_app.use_cases.intake.look import Look
from counter_app.use_cases.ports.store import Reader

FEE_DUE: Final = mark("A fee of this case is still to be paid.")
BY_WAY: Final = frozenset({"post", "electronic"})  # manners that the catalogue gives for each item


def is_receipt(reader: Reader, case: Case, text: str) -> bool:
    """Whether this is the case's number, its query code or the number of one of its papers; a bar code holds
    a number without its word."""
    number = read_number(text) if text else None
    if not text or number is None:
        return bool(text) and tidy_query_code(text) == case.query
    own = (case.number, *(paper.number for paper in reader.papers.of_case(case.id)))
    return str(number) in own or (not number.word and number.plain in map(_plain, own))


def _plain(text: str) -> str:
    number = read_number(text)
    return number.plain if number else ""


def refuse_unfit(
    reader: Reader, seen: Look, shown: Shown, delivery: Delivery, results: tuple[int, ...]
) -> None:
    """UserFacingError `delivery.not-allowed` with every reason, when this collector may not have them."""
    item, _ = seen.needed_item()
    applicant = seen.case.applicant
    identity = seen.identities.get(applicant.party) if applicant else None
    named = [
        (person.role, seen.identities[person.party].lookup)
        for person in seen.case.draft.persons
        if person.party in seen.identities
    ]
    known = Known(
        identity.lookup if identity else "",
        named,
        identity is not None and identity.sort == "organisation",
        seen.today,
    )
    found = problems(item.delivery, known, shown)
    if _owed(reader, seen.case.id, delivery, results):
        found = (*found, FEE_DUE)
    if found:
        raise _not_allowed(found)


def refuse_unpaid(reader: Reader, case: str, delivery: Delivery, results: tuple[int, ...]) -> None:
    """UserFacingError `delivery.not-allowed` while a fee is owed, whichever way it is to go."""
    if _owed(reader, case, delivery, results):
        raise _not_allowed((FEE_DUE,))


def need_way(seen: Look, way: str) -> None:
    """UserFacingError `delivery.way` when the catalogue does not let the result go that way."""
    if way not in seen.needed_item()[0].delivery.ways:
        raise UserFacingError(
            "delivery.way",
            "The catalogue does not let this result go that way.",
            kept="Nothing was changed.",
            remedy="Hand it over at the counter.",
        )


def need_served(seen: Look, given: ServedInput) -> None:
    """What is taken in person is handed over at the counter, where the document is read and the receipt asked
    for; UserFacingError `delivery.in-person`, `delivery.way`."""
    if given.manner == "direct" and not given.refused.strip():
        raise UserFacingError(
            "delivery.in-person",
            "What is handed over in person is collected with a document and the receipt.",
            kept="Nothing was handed over.",
            remedy="Hand it over at the counter, or say why it was refused.",
        )
    if given.manner in BY_WAY:
        need_way(seen, given.manner)


def _owed(reader: Reader, case: str, delivery: Delivery, results: tuple[int, ...]) -> bool:
    """A decision is told whether or not its fee was paid; a fee keeps back only what the item ends in."""
    fees = reader.get(FEES, case)
    return fees is not None and fees.owed > 0 and any(not delivery.results[at - 1].decision for at in results)


def _not_allowed(found: tuple[str, ...]) -> UserFacingError:
    return UserFacingError(
        "delivery.not-allowed",
        found[0],
        kept="Nothing was handed over.",
        remedy="Ask for what is missing; the result stays here.",
        all=found,
    )

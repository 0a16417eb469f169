"""What a decision produces: the catalogue's result with its number and validity (mission: C13).

On the spot it is in the hands of who came; otherwise it waits to be collected.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.catalogue.items import Result
from counter_app.domain.delivery import facts as f
from counter_app.domain.delivery.rules import valid_until
from counter_app.domain.journal import Fact
from counter_app.errors import UserFacingError
from counter_app.use_cases.delivery.inputs import ResultInput
from counter_app.use_cases.intake.look import Look

FIRST: Final = (1,)


def result_fact(seen: Look, given: ResultInput) -> Fact:
    """What the decision produced. UserFacingError `result.unknown` when the item has no such result."""
    item, _ = seen.needed_item()
    result = _result(item.results, given.code)
    start = given.valid_from or seen.today
    end = given.valid_until or valid_until(start, result.validity)
    return f.ResultRecorded(
        case=seen.case.id,
        code=result.code,
        name=result.name,
        number=given.number,
        valid_from=start.isoformat(),
        valid_until=end.isoformat() if end else None,
        blank=given.blank,
    )


def _result(results: tuple[Result, ...], code: str) -> Result:
    found = next((one for one in results if one.code == code or not code), None)
    if found is None:
        raise no_result()
    return found


def no_result() -> UserFacingError:
    """UserFacingError `result.unknown`."""
    return UserFacingError(
        "result.unknown", "There is no such result.", kept="Nothing was changed.", remedy="Look at the list."
    )


def produced(seen: Look, number: str, *, spot: bool) -> list[tuple[Fact, dict[str, bytes]]]:
    """The facts that go with granting: none where the item ends in no paper.

    Decided later than at this visit and without a number, it is recorded when there is one.
    """
    item, _ = seen.needed_item()
    if not item.results or not (spot or number):
        return []
    made: list[tuple[Fact, dict[str, bytes]]] = [(result_fact(seen, ResultInput(number=number)), {})]
    who = seen.case.with_role("agent") or seen.case.applicant
    if spot and who is not None:
        identity = seen.identities.get(who.party)
        role = "representative" if who.role == "organisation" else who.role
        fact = f.ResultHandedOver(
            case=seen.case.id,
            results=FIRST,
            manner="direct",
            relation=role,
            lookup=identity.lookup if identity else "",
        )
        made.append((fact, {"receiver": identity.name.encode()} if identity else {}))
    return made

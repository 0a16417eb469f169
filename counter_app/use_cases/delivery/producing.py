"""What a decision produces: the catalogue's result with its number and validity, or the decision itself
(mission: C13, C17).

On the spot it is in the hands of who came; otherwise it waits to be collected.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.catalogue.items import Result
from counter_app.domain.delivery import facts as f
from counter_app.domain.delivery.delivery import DECISION
from counter_app.domain.delivery.rules import valid_until
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.domain.journal import Fact
from counter_app.errors import UserFacingError
from counter_app.use_cases.delivery.inputs import ResultInput
from counter_app.use_cases.intake.look import Look

Made = list[tuple[Fact, dict[str, bytes]]]
FIRST: Final = (1,)
PERMIT_DENIED: Final = "不予行政许可决定书"
DENIED: Final = "不予办理决定书"
ENDS: Final[dict[DecisionKind, str]] = {"terminate": "终止办理决定书", "lapse": "申请失效告知书"}


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


def produced(seen: Look, number: str, *, spot: bool) -> Made:
    """The facts that go with granting: none where the item ends in no paper.

    Decided later than at this visit and without a number, it is still to be made, by its day.
    """
    item, _ = seen.needed_item()
    if not item.results:
        return []
    if not (spot or number):
        return [(f.ResultDue(case=seen.case.id, until=seen.deliver_by.isoformat()), {})]
    return [(result_fact(seen, ResultInput(number=number)), {}), *(_handed(seen, FIRST) if spot else ())]


def decision_made(seen: Look, outcome: DecisionKind, number: str, *, earlier: int, here: bool) -> Made:
    """A denial or an end that the citizen has to get (送达): `number` is its paper's, `earlier` how many
    results there are; `here`: he stands at the counter and takes it with him. Nothing for other outcomes."""
    item, _ = seen.needed_item()
    name = (PERMIT_DENIED if item.permit else DENIED) if outcome == "deny" else ENDS.get(outcome, "")
    if not name:
        return []
    fact = f.ResultRecorded(case=seen.case.id, code=DECISION, name=name, number=number)
    return [(fact, {}), *(_handed(seen, (earlier + 1,)) if here else ())]


def _handed(seen: Look, results: tuple[int, ...]) -> Made:
    """Into the hands of who came: the agent where there is one."""
    who = seen.case.with_role("agent") or seen.case.applicant
    if who is None:
        return []
    identity = seen.identities.get(who.party)
    role = "representative" if who.role == "organisation" else who.role
    fact = f.ResultHandedOver(
        case=seen.case.id,
        results=results,
        manner="direct",
        relation=role,
        lookup=identity.lookup if identity else "",
    )
    return [(fact, {"receiver": identity.name.encode()} if identity else {})]

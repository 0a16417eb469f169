"""What waits for the citizen, or for a paper of his, as of now: one reason a case and subject.

mission: C13, C17, I6, I15, I17. Everything follows from the cases' own streams; nothing of it is kept. Not
here: whether somebody should try today (`domain/telling/reasons.py`), tries and letters (`telling.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from counter_app.domain.delivery.delivery import DELIVERIES, Delivery
from counter_app.domain.fees.fees import FEES
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.telling.reasons import SOON, Reason
from counter_app.domain.telling.telling import TELLINGS
from counter_app.domain.time.clock import Clock
from counter_app.domain.time.dates import moved_by_itself
from counter_app.domain.time.ledger import due
from counter_app.use_cases.casework.results_needed import results_needed
from counter_app.use_cases.intake.look import DELIVER_WITHIN, CaseReference
from counter_app.use_cases.ports.store import Reader

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """`things` names what waits, or what is to come."""

    case: Case
    reason: Reason
    things: tuple[str, ...]


def all_waiting(reader: Reader, reference: CaseReference) -> Iterator[Waiting]:
    """Results and decisions, certificates to be made, papers promised or asked for, moved dates, fees."""
    for delivery in reader.listed.open(DELIVERIES, MOST):
        case = reader.get(CASES, delivery.id)
        if case is not None:
            yield from _of_delivery(reader, reference, case, delivery)
    for case in reader.cases.awaited(MOST):
        yield from _of_papers(reader, reference, case)
    for clock in reader.clocks.untold(MOST):
        yield from _of_clock(reader, clock)
    for needed in results_needed(reader):
        if needed.what == "waiting":
            continue
        catalogue = reference.catalogue(reader)
        names = tuple(catalogue.history(item)[-1].name for item in needed.items)
        yield Waiting(needed.case, Reason(needed.what, needed.since), names)
    for fees in reader.listed.open(FEES, MOST):
        case = reader.get(CASES, fees.id)
        if case is not None and fees.charged_at is not None and _soon(reader, fees.pay_by):
            names = tuple(line.name for line in fees.lines)
            yield Waiting(case, Reason("fee", fees.charged_at, fees.pay_by), names)


def _of_clock(reader: Reader, clock: Clock) -> Iterator[Waiting]:
    """Once he has been told there is no more to it: the new date stands on every paper."""
    move, telling = moved_by_itself(clock), reader.get(TELLINGS, clock.case)
    case = reader.get(CASES, clock.case)
    if move is None or move.now is None or case is None:
        return
    if telling is None or not telling.told_since("time", move.at):
        yield Waiting(case, Reason("time", move.at), (move.now.isoformat(),))


def _soon(reader: Reader, until: date | None) -> bool:
    return until is not None and until - SOON <= reader.now.date()


def _of_delivery(
    reader: Reader, reference: CaseReference, case: Case, delivery: Delivery
) -> Iterator[Waiting]:
    """An end that was set aside leaves no decision to be delivered."""
    waiting = [delivery.results[at - 1] for at in delivery.waiting]
    results = [one for one in waiting if not one.decision]
    decisions = [one for one in waiting if one.decision] if case.ended else []
    if results:
        since = min(one.since for one in results)
        yield Waiting(case, Reason("result", since), tuple(one.name for one in results))
    if decisions:
        since = min(one.since for one in decisions)
        until = due(DELIVER_WITHIN, since, reference.calendar(reader)).day
        yield Waiting(case, Reason("decision", since, until), tuple(one.name for one in decisions))
    if delivery.expected is not None and case.stage == "granted":
        decided = case.ended_at or case.changed_at
        yield Waiting(
            case, Reason("certificate", decided, delivery.expected), _results(reader, reference, case)
        )


def _of_papers(reader: Reader, reference: CaseReference, case: Case) -> Iterator[Waiting]:
    if case.stage == "notified":
        notice = case.notices[-1]
        if _soon(reader, notice.until):
            codes = tuple(line.material for line in notice.lines)
            yield Waiting(
                case, Reason("notice", notice.at, notice.until), materials(reader, reference, case, codes)
            )
    elif _soon(reader, case.supply_by):
        since: datetime = case.accepted_at or case.changed_at
        yield Waiting(
            case, Reason("lack", since, case.supply_by), materials(reader, reference, case, case.lacking)
        )


def materials(
    reader: Reader, reference: CaseReference, case: Case, codes: tuple[str, ...]
) -> tuple[str, ...]:
    """Their names as the case's version of the item has them."""
    key = case.item_key
    item = reference.catalogue(reader).version(*key) if key else None
    named = [item.material(code) if item else None for code in codes]
    return tuple(one.full_name if one else code for one, code in zip(named, codes, strict=True))


def _results(reader: Reader, reference: CaseReference, case: Case) -> tuple[str, ...]:
    key = case.item_key
    item = reference.catalogue(reader).version(*key) if key else None
    return tuple(result.name for result in item.results) if item else ()

"""What a decision does to a case's clock: it starts with acceptance, ends with the case (mission: I8, T1).

Called by `intake/deciding.py` inside the decision's own act, so that no accepted case is without its clock.
"""

from __future__ import annotations

from datetime import date

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.deeming import AcceptanceDeemed, i7_as_of, i7_is_deemed
from counter_app.domain.intake.fold import CASES
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.facts import ClockEnded, ClockStarted, ClockTakenUp
from counter_app.domain.time.ledger import due
from counter_app.domain.time.limits import Limit
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.ports.store import Transaction


def keep_time(tx: Transaction, reference: CaseReference, id: str) -> None:
    """Start, end or take up the clock of a case after what this act has recorded."""
    case = tx.need(CASES, id)
    clock = tx.get(CLOCKS, id)
    if clock is None:
        if case.stage == "accepted":
            tx.record(_started(look(tx, reference, id), case))
    elif case.ended and clock.running:
        tx.record(ClockEnded(case=id, outcome=case.stage))
    elif case.stage == "accepted" and not clock.running:
        tx.record(ClockTakenUp(case=id))


def write_deemed(tx: Transaction, reference: CaseReference, id: str) -> None:
    """What silence has accepted is written down before anybody acts on it (mission: I7); its clock starts."""
    case = tx.need(CASES, id)
    if not i7_is_deemed(case, tx.now.date()) or case.received_at is None:
        return
    started = _started(look(tx, reference, id), i7_as_of(case, tx.now.date()))
    tx.record(
        AcceptanceDeemed(
            case=id,
            since=case.received_at.isoformat(timespec="milliseconds"),
            promised_due=started.promised_due,
            legal_due=started.legal_due,
            provisional=started.provisional,
        )
    )
    tx.record(started)


def _started(seen: Look, case: Case) -> ClockStarted:
    _, lines = seen.needed_item()
    since = seen.clock_since
    promised, legal = lines.promised_limit or lines.legal_limit, lines.legal_limit
    counted = [due(limit, since, seen.calendar) if limit else None for limit in (promised, legal)]
    return ClockStarted(
        case=case.id,
        item=case.draft.item,
        department=lines.department,
        since=since.isoformat(timespec="milliseconds"),
        legal=packed(legal),
        promised=packed(promised),
        legal_due=text(counted[1].day) if counted[1] else None,
        promised_due=text(counted[0].day) if counted[0] else None,
        provisional=any(entry is not None and entry.provisional for entry in counted),
    )


def packed(limit: Limit | None) -> tuple[int, str] | None:
    """A limit as facts carry it."""
    return (limit.amount, limit.unit) if limit else None


def text(day: date | None) -> str | None:
    return day.isoformat() if day else None

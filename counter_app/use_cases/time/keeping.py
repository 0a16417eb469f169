"""What a decision does to a case's clock: it starts with acceptance, ends with the case (mission: I8, T1).

Called by `intake/deciding.py` inside the decision's own act, so that no accepted case is without its clock.
"""

from __future__ import annotations

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.deeming import i7_as_of, i7_is_deemed
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.time_start import acceptance_deemed, clock_started
from counter_app.domain.time.by_clock import lapsed_stop, recounted
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.dates import dates
from counter_app.domain.time.facts import ClockEnded, ClockStarted, ClockTakenUp
from counter_app.use_cases.intake.look import CaseReference, look
from counter_app.use_cases.ports.store import Transaction


def keep_time(tx: Transaction, reference: CaseReference, id: str) -> None:
    """Start, end or take up the clock of a case after what this act has recorded."""
    case = tx.need(CASES, id)
    clock = tx.get(CLOCKS, id)
    if clock is None:
        if case.stage == "accepted":
            tx.record(_started(tx, reference, case))
    elif case.ended and clock.running:
        tx.record(ClockEnded(case=id, outcome=case.stage))
    elif case.stage == "accepted" and not clock.running:
        tx.record(ClockTakenUp(case=id))
        _count_again(tx, reference, id)


def _count_again(tx: Transaction, reference: CaseReference, id: str) -> None:
    """What calendars have moved while the case was at its end."""
    clock = tx.need(CLOCKS, id)
    if lapsed_stop(clock, calendar := reference.calendar(tx), tx.now) is None:
        moved = recounted(clock, dates(clock, calendar, tx.now), tx.now)
        if moved is not None:
            tx.record(moved)


def write_deemed(tx: Transaction, reference: CaseReference, id: str) -> bool:
    """What silence has accepted is written down before anybody acts on it (mission: I7); its clock starts.
    True when it was written now."""
    case = tx.need(CASES, id)
    if not i7_is_deemed(case, tx.now.date()):
        return False
    accepted = i7_as_of(case, tx.now.date())
    started = _started(tx, reference, accepted)
    tx.record(acceptance_deemed(accepted, started))
    tx.record(started)
    return True


def _started(tx: Transaction, reference: CaseReference, case: Case) -> ClockStarted:
    seen = look(tx, reference, case.id)
    item, lines = seen.needed_item()
    handling = tx.get(HANDLINGS, case.id)
    joint = handling is not None and handling.joint is not None
    return clock_started(case, item, lines, seen.calendar, tx.now, joint=joint)

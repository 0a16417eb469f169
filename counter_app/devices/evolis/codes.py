"""What the library's numbers mean, after its published header: states of the printer, ends of a print."""

from __future__ import annotations

from typing import Final

from counter_app.devices.evolis.child import ONE_SIDED
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome, Why

OFF, READY, WARNING, ERROR = range(4)
_INFORMS: Final = range(29, 54)  # what works on, with a remark
_BUSY: Final = frozenset({8, 39, 40, 41, 43, 44})
_MINOR: Final = {
    PrinterState.COVER_OPEN: (58, 65, 66, 78, 90, 97, 98, 119, 120),
    PrinterState.RIBBON_OUT: (62, 68, 69, 70, 73, 92, 93, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109),
    PrinterState.RIBBON_LOW: (42,),
    PrinterState.CARDS_OUT: (59, 71, 80, 86, 95, 96),
    PrinterState.CARDS_LOW: (38,),
    PrinterState.JAMMED: (54, 75, 81, 85, 110, 116),
    PrinterState.TRAY_FULL: (60, 67, 82, 89),
}
_STATES: Final = {minor: state for state, minors in _MINOR.items() for minor in minors}
OK: Final = 0
_NO_TIME: Final = -7
_NEED_ACTION: Final = frozenset({-8, -21})
_IN_USE: Final = frozenset({-10, -11, -13, -14, -62, -63})
_MECHANICAL: Final = -22
_AWAY: Final = frozenset({-60, -61})
_DATA: Final = frozenset({-6, -20, -25, -26, -27, -28})
STATE_WHY: Final = {
    PrinterState.COVER_OPEN: Why.COVER_OPEN,
    PrinterState.RIBBON_OUT: Why.RIBBON_OUT,
    PrinterState.CARDS_OUT: Why.CARDS_OUT,
    PrinterState.JAMMED: Why.JAMMED,
    PrinterState.TRAY_FULL: Why.TRAY_FULL,
    PrinterState.ABSENT: Why.ABSENT,
    PrinterState.OFFLINE: Why.OFFLINE,
}


def state_of(code: int, major: int, minor: int) -> PrinterState:
    """What is not known stands for trouble, never for ready."""
    if code or major == OFF:
        return PrinterState.ABSENT
    if major == READY or minor in _BUSY:
        return PrinterState.READY
    known = _STATES.get(minor)
    if known is not None:
        return known
    return PrinterState.READY if major == WARNING and minor in _INFORMS else PrinterState.OFFLINE


def refused(code: int) -> PrintOutcome:
    """Before anything moved; `ONE_SIDED` is the child's own."""
    if code == ONE_SIDED:
        return PrintOutcome.failed(Why.ONE_SIDED)
    if code in _IN_USE:
        return PrintOutcome.failed(Why.BUSY)
    if code in _DATA:
        return PrintOutcome.failed(Why.FILE_REFUSED)
    return PrintOutcome.failed(Why.OFFLINE)


def ended(code: int, size: int) -> PrintOutcome:
    """After the card was let go: what is not certain is said to be open, so that nobody prints it twice."""
    if code == OK:
        return PrintOutcome.printed(size)
    if code in _NEED_ACTION:
        return PrintOutcome.failed(Why.OFFLINE, size)
    if code in _IN_USE or code in _DATA:
        return refused(code)
    if code == _MECHANICAL:
        return PrintOutcome.failed(Why.JAMMED, size, may_have_printed=True)
    why = Why.LINE_LOST if code in _AWAY else Why.STALLED if code == _NO_TIME else Why.NO_ANSWER
    return PrintOutcome.unconfirmed(size, why)

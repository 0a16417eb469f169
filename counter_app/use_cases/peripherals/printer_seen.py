"""A receipt printer's own answers as those of any peripheral."""

from __future__ import annotations

from typing import Final

from counter_app.errors import mark
from counter_app.use_cases.ports.peripherals import Condition, Seen
from counter_app.use_cases.ports.printing import PrintEnd, PrinterState, PrintOutcome

_CONDITIONS: Final = {
    PrinterState.READY: Condition.READY,
    PrinterState.PAPER_NEAR_END: Condition.ATTENTION,
    PrinterState.SILENT: Condition.SILENT,
    PrinterState.ABSENT: Condition.ABSENT,
    PrinterState.UNKNOWN: Condition.UNKNOWN,
}
PAGE_PRINTED: Final = mark("The page was printed: compare it with what it says.")


def seen_state(state: PrinterState) -> Seen:
    return Seen(_CONDITIONS.get(state, Condition.FAULT), word=state.word, advice=state.message)


def seen_end(outcome: PrintOutcome, good: str = PAGE_PRINTED) -> Seen:
    """How something done once for a person ended; `good` is what is said where it was done for certain."""
    match outcome.end:
        case PrintEnd.PRINTED:
            return Seen(Condition.READY, advice=good)
        case PrintEnd.SENT_UNCONFIRMED:
            return Seen(Condition.UNKNOWN, advice=outcome.why.message)
        case _:
            return Seen(Condition.FAULT, advice=outcome.why.message)

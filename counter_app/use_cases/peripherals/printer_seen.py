"""A receipt printer's own answers as those of any peripheral."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from counter_app.errors import mark
from counter_app.use_cases.ports.peripherals import Condition, Seen
from counter_app.use_cases.ports.printing import PrintEnd, PrinterState, PrintOutcome, Why

_CONDITIONS: Final = {
    PrinterState.READY: Condition.READY,
    PrinterState.PAPER_NEAR_END: Condition.ATTENTION,
    PrinterState.RIBBON_LOW: Condition.ATTENTION,
    PrinterState.CARDS_LOW: Condition.ATTENTION,
    PrinterState.SILENT: Condition.SILENT,
    PrinterState.ABSENT: Condition.ABSENT,
    PrinterState.UNKNOWN: Condition.UNKNOWN,
    PrinterState.FILED: Condition.UNKNOWN,
}
LOGO_KEPT: Final = mark("The printer holds the logo: it costs no time on its papers.")
LOGO_SENT: Final = mark("The logo was sent; this printer cannot be asked: print its test page.")
PAGE_PRINTED: Final = mark("The page was printed: compare it with what it says.")


def seen_state(state: PrinterState) -> Seen:
    return Seen(_CONDITIONS.get(state, Condition.FAULT), word=state.word, advice=state.message)


def seen_logo(outcome: PrintOutcome) -> Seen:
    """How it ended that a printer was to keep a logo; one that cannot be asked took it as far as is known."""
    if outcome.end is PrintEnd.PRINTED:
        return Seen(Condition.READY, advice=LOGO_KEPT)
    if outcome.why is Why.NOT_ASKED:
        return Seen(Condition.UNKNOWN, advice=LOGO_SENT)
    return Seen(Condition.FAULT, advice=outcome.why.message)


def seen_end(outcome: PrintOutcome, good: str = PAGE_PRINTED) -> Seen:
    """How something done once for a person ended; `good` is what is said where it was done for certain."""
    match outcome.end:
        case PrintEnd.PRINTED:
            return Seen(Condition.READY, advice=good)
        case PrintEnd.SENT_UNCONFIRMED if outcome.why is Why.FILED:
            return replace(seen_state(PrinterState.FILED), advice=outcome.why.message)
        case PrintEnd.SENT_UNCONFIRMED:
            return Seen(Condition.UNKNOWN, advice=outcome.why.message)
        case _:
            return Seen(Condition.FAULT, advice=outcome.why.message)

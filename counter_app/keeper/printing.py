"""The keeper's printer lane: jobs first, and in between the printer's state for the windows' foot."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.use_cases.papers.printer_note import note_printer_state
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.ports.printing import PrinterState, ReceiptPrinter
from counter_app.use_cases.ports.store import Store

KEEPER: Final = Actor("keeper")
LOOK_SECONDS: Final = 4.0


class PrinterWatch:
    """One thread's duty: a printer is asked and printed to from one lane only."""

    def __init__(
        self,
        store: Store,
        spooler: Spooler,
        printer: ReceiptPrinter | None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._spooler = spooler
        self._printer = printer
        self._monotonic = monotonic
        self._looked = -LOOK_SECONDS
        self._known: PrinterState | None = None

    def step(self) -> bool:
        """Print one job; or look at the printer when it is time. True when a job was done."""
        if self._spooler.step():
            self._looked = -LOOK_SECONDS  # its state may have changed with the paper
            return True
        now = self._monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._looked = now
            self._look()
        return False

    def _look(self) -> None:
        state = PrinterState.ABSENT if self._printer is None else self._printer.state()
        if state is not self._known:
            self._store.act(KEEPER, "", lambda tx: note_printer_state(tx, state))
            self._known = state

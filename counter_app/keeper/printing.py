"""The keeper's printer lane: jobs first, then what a person asked for, and in between the printer's state."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

from counter_app.domain.journal import Actor
from counter_app.use_cases.papers.printer_note import note_printer_state
from counter_app.use_cases.papers.printers import PlacedPrinter, Printers
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.peripherals.asking import Wish, Wishes
from counter_app.use_cases.peripherals.printer_seen import DRAWER_OPENED, PAGE_PRINTED, seen_end, seen_state
from counter_app.use_cases.peripherals.states import note_seen
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome
from counter_app.use_cases.ports.store import Store, Transaction

KEEPER: Final = Actor("keeper")
LOOK_SECONDS: Final = 4.0
NONE: Final = ""  # the name under which a lane without a printer is known


class LanePrinters(Printers, Protocol):
    """The printers of one lane, as the home declares them now."""

    @property
    def all(self) -> tuple[PlacedPrinter, ...]:
        """The lane's own printer first, then its stand-ins."""
        ...

    @property
    def at_work(self) -> bool:
        """False where another lane has the printer of this one's places too."""
        ...

    @property
    def is_counters(self) -> bool:
        """Whether the counter's foot shows this lane's printer."""
        ...

    def refresh(self) -> bool:
        """Look whether the home declares something else now; True when the printers are new ones."""
        ...

    def do(self, placed: PlacedPrinter, wish: Wish) -> PrintOutcome:
        """Print the page that tries a printer, or open the drawer behind it."""
        ...


class PrinterWatch:
    """One thread's duty: a printer is asked and printed to from one lane only."""

    def __init__(
        self,
        store: Store,
        spooler: Spooler,
        printers: LanePrinters,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._spooler = spooler
        self._printers = printers
        self._wishes = Wishes(store)
        self._monotonic = monotonic
        self._looked = -LOOK_SECONDS
        self._known: dict[str, PrinterState] = {}

    def step(self) -> bool:
        """Print one job, or do one wish; or look at the printers when it is time. True when work was done."""
        if self._printers.refresh():
            self._known.clear()
            self._looked = -LOOK_SECONDS
        if not self._printers.at_work:
            return False
        if self._spooler.step() or self._wished():
            self._looked = -LOOK_SECONDS  # its state may have changed with the paper
            return True
        now = self._monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._looked = now
            self._look()
        return False

    def _wished(self) -> bool:
        for placed in self._printers.all:
            wish = self._wishes.next_of(placed.name)
            if wish is not None:
                self._wishes.taken(KEEPER, wish)
                outcome = self._printers.do(placed, wish)
                good = DRAWER_OPENED if wish.wanted == "drawer" else PAGE_PRINTED
                self._wishes.answered(KEEPER, wish, seen_end(outcome, good))
                return True
        return False

    def _look(self) -> None:
        """Write down what changed; a lane that can print again gets what it could not."""
        could = self._usable
        states = {placed.name: placed.printer.state() for placed in self._printers.all}
        states = states or {NONE: PrinterState.ABSENT}
        changed = {name: state for name, state in states.items() if self._known.get(name) is not state}
        if not changed:
            return
        own = next(iter(states.values()))

        def work(tx: Transaction) -> None:
            for name, state in changed.items():
                if name != NONE:
                    note_seen(tx, name, seen_state(state))
            if self._printers.is_counters:
                note_printer_state(tx, own)

        self._store.act(KEEPER, "", work)
        self._known = states
        if self._usable and not could:
            self._spooler.revive()

    @property
    def _usable(self) -> bool:
        return any(state.can_print and state is not PrinterState.SILENT for state in self._known.values())

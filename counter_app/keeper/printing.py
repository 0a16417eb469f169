"""The keeper's printer lane: jobs first, then what a person asked for, and in between the printer's state."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from counter_app.domain.journal import Actor
from counter_app.use_cases.papers.printer_note import note_printer_state
from counter_app.use_cases.papers.printers import PlacedPrinter, Printers
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.peripherals.asking import Wish, Wishes
from counter_app.use_cases.peripherals.drawer import stayed_shut
from counter_app.use_cases.peripherals.drawer_seen import TOLD
from counter_app.use_cases.peripherals.printer_seen import PAGE_PRINTED, seen_end, seen_logo, seen_state
from counter_app.use_cases.peripherals.states import note_seen
from counter_app.use_cases.ports.peripherals import Seen
from counter_app.use_cases.ports.printing import PrintEnd, PrinterState, PrintOutcome
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
        """Print the page that tries a printer, open the drawer behind it, let it keep its logo."""
        ...

    def drawers(self, placed: PlacedPrinter, state: PrinterState) -> Mapping[str, Seen]:
        """The drawers behind a printer by name, as they look while the printer is in this state."""
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
        self._drawers: dict[str, Seen] = {}

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
            for name in (placed.name, *self._printers.drawers(placed, PrinterState.UNKNOWN)):
                wish = self._wishes.next_of(name)
                if wish is not None:
                    self._do(placed, wish)
                    return True
        return False

    def _do(self, placed: PlacedPrinter, wish: Wish) -> None:
        self._wishes.taken(KEEPER, wish)
        outcome = self._printers.do(placed, wish)
        good = TOLD if wish.wanted == "drawer" else PAGE_PRINTED
        seen = seen_logo(outcome) if wish.wanted == "logo" else seen_end(outcome, good)

        def shut(tx: Transaction) -> None:
            if wish.wanted == "drawer" and outcome.end is PrintEnd.FAILED:
                stayed_shut(tx, wish.id, outcome.why.value)

        self._wishes.answered(KEEPER, wish, seen, shut)

    def _look(self) -> None:
        """Write down what changed; a lane that can print again gets what it could not."""
        could = self._usable
        states, seen = self._asked()
        states = states or {NONE: PrinterState.ABSENT}
        changed = [name for name, state in states.items() if self._known.get(name) is not state]
        drawers = {name: one for name, one in seen.items() if self._drawers.get(name) != one}
        if not changed and not drawers:
            return
        own = next(iter(states.values()))

        def work(tx: Transaction) -> None:
            for name in changed:
                if name != NONE:
                    note_seen(tx, name, seen_state(states[name]))
            for name, one in drawers.items():
                note_seen(tx, name, one)
            if self._printers.is_counters:
                note_printer_state(tx, own)

        self._store.act(KEEPER, "", work)
        self._known, self._drawers = states, seen
        if self._usable and not could:
            self._spooler.revive()

    def _asked(self) -> tuple[dict[str, PrinterState], dict[str, Seen]]:
        """What the printers say, and of the drawers behind them."""
        states: dict[str, PrinterState] = {}
        drawers: dict[str, Seen] = {}
        for placed in self._printers.all:
            state = states[placed.name] = placed.printer.state()
            drawers |= self._printers.drawers(placed, state)
        return states, drawers

    @property
    def _usable(self) -> bool:
        return any(state.can_print and state is not PrinterState.SILENT for state in self._known.values())

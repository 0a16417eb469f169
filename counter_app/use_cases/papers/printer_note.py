"""The printer's state as the keeper last saw it: a local note, so that every window's foot can show it."""

from __future__ import annotations

from typing import Final

from counter_app.use_cases.ports.printing import PrinterState
from counter_app.use_cases.ports.store import Store, Transaction

PRINTER_NOTE: Final = "device/printer"


def printer_state(store: Store) -> PrinterState:
    """`UNKNOWN` until a keeper has looked."""
    with store.reading() as reader:
        note = reader.note(PRINTER_NOTE)
    return PrinterState.UNKNOWN if note is None else PrinterState(note.decode())


def note_printer_state(tx: Transaction, state: PrinterState) -> None:
    tx.keep_note(PRINTER_NOTE, state.value.encode())

"""Finished ESC/POS bytes → the sheets they print. No line, no faults, no waiting."""

from __future__ import annotations

from dataclasses import replace

from counter_app.simulators.printer.interpreter import Interpreter
from counter_app.simulators.printer.sheet import Sheet


def decode(data: bytes, width: int = 576, *, clone: bool = False) -> list[Sheet]:
    """The papers `data` makes on a printer of `width` dots; the last may hang uncut (`cut` False).

    Bytes that end within a command leave a line of `rubbish` on the last sheet.
    """
    printer = Interpreter(width, clone=clone)
    printer.receive(data)
    printer.pump()
    sheets = list(printer.head.sheets)
    hanging = printer.head.hanging()
    if hanging is not None:
        sheets.append(hanging)
    if printer.pending and sheets:
        note = f"{printer.pending} bytes of an unfinished command at the end"
        sheets[-1] = replace(sheets[-1], rubbish=(*sheets[-1].rubbish, note))
    return sheets

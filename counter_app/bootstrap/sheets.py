"""Sheets as private files: in a folder of this account only, gone when the window closes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from counter_app.bootstrap.left_behind import at_work
from counter_app.bootstrap.parts import queue_owner
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.home import open_home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.papers.sheets import SheetTarget
from counter_app.use_cases.ports.papers import SheetSize
from counter_app.use_cases.ports.printing import PrintOutcome, SheetPrinter
from counter_app.use_cases.program import Program

SheetsOut = Callable[[Actor, str, str, str], PrintOutcome]
SIZES: Final[dict[str, SheetSize]] = {"A4": "A4", "A5": "A5"}


def private_sheets(program: Program, t: Translator, held: ExitStack) -> Callable[[str, str], Path]:
    """`sheet(paper, "A4" | "A5")` writes the paper's PDF and gives its path; UserFacingError `paper.*`."""
    made = tempfile.TemporaryDirectory(prefix="counter-app-sheets-", ignore_cleanup_errors=True)
    folder = Path(held.enter_context(made))

    def sheet(paper: str, size: str) -> Path:
        number = program.papers.facts(paper)[0].number
        name = "".join(sign if sign.isalnum() else "-" for sign in number)
        path = folder / f"{name}-{size}.pdf"
        path.write_bytes(program.paper_reading.pdf(paper, t, SIZES.get(size, "A4")))
        return path

    return sheet


def private_volumes(program: Program, t: Translator, held: ExitStack) -> Callable[[str], Path]:
    """`volume(case)` writes a closed file's cover and papers as one PDF and gives its path."""
    made = tempfile.TemporaryDirectory(prefix="counter-app-volumes-", ignore_cleanup_errors=True)
    folder = Path(held.enter_context(made))

    def volume(case: str) -> Path:
        path = folder / f"{''.join(sign if sign.isalnum() else '-' for sign in case)}.pdf"
        path.write_bytes(program.packaging().volume(case, t))
        return path

    return volume


def scanner_sheet(t: Translator, held: ExitStack) -> Callable[[], Path]:
    """`write()` makes the page that sets scanners up and gives its path."""
    made = tempfile.TemporaryDirectory(prefix="counter-app-scanner-", ignore_cleanup_errors=True)
    folder = Path(held.enter_context(made))

    def write() -> Path:
        from counter_app.printing.scanner_sheet import scanner_sheet

        path = folder / "scanner.pdf"
        path.write_bytes(scanner_sheet(t))
        return path

    return write


def sheet_printing(program: Program, t: Translator) -> SheetsOut:
    """`print_sheet(actor, key, paper, "A4" | "A5")` on the A4 printer that the home declares now; blocks as
    it does. UserFacingError `paper.no-sheet-printer`, `queue.*`, `paper.*`.
    """

    def print_sheet(actor: Actor, key: str, paper: str, size: str) -> PrintOutcome:
        declared = _declared(program)
        wanted = SIZES.get(size or declared.text("size", "A4"), "A4")
        target = SheetTarget(
            declared.name,
            declared.url,
            wanted,
            lambda: program.paper_reading.pdf(paper, t, wanted),
            lambda: _opened(declared, queue_owner(program.home)),
            lambda: at_work(program.home),
        )
        return program.papers.sheets.print(actor, key, paper, target)

    return print_sheet


def _declared(program: Program) -> Peripheral:
    found = open_home(program.home.path).peripherals.first(Kind.SHEET_PRINTER, "counter")
    if found is None:
        raise UserFacingError(
            "paper.no-sheet-printer",
            "No A4 printer is declared on this machine.",
            kept="The paper is kept: it can be opened and printed from the viewer.",
            remedy="Add one on the page of the peripherals: Ctrl+M, M.",
        )
    return found


@contextmanager
def _opened(declared: Peripheral, own: str) -> Iterator[SheetPrinter]:
    from counter_app.devices.queue.sheets import open_sheet_printer

    printer = open_sheet_printer(declared.url, own)
    try:
        yield printer
    finally:
        printer.close()

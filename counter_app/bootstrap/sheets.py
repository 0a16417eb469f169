"""Sheets as private files: in a folder of this account only, gone when the window closes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from counter_app.i18n import Translator
from counter_app.use_cases.ports.papers import SheetSize
from counter_app.use_cases.program import Program

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

"""Printers for sheets: a queue of the system by IPP, Windows' own way of printing a PDF, or a folder.

Every call blocks for as long as the system does (20–30 s for a network printer): its user gives it a lane.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from counter_app.devices.queue.ipp_queue import IppQueue, QueueUrlBad, cups_queues
from counter_app.devices.queue.queue_printer import QueuePrinter
from counter_app.devices.queue.winspool import NoSpooler
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome, SheetPrinter, Why

if sys.platform == "win32":
    import tempfile

WINDOWS: Final = "windows"
FOLDER: Final = "file"
DEFAULT: Final = "default"


def open_sheet_printer(url: str) -> SheetPrinter:
    """`cups://NAME`, `ipp://host/…`, `windows://NAME` (or `windows://default`), `file:///folder/`.

    Nothing is reached yet. Raises QueueUrlBad, NoSpooler.
    """
    parts = urlsplit(url)
    if parts.scheme in ("cups", "ipp"):
        return QueuePrinter(IppQueue(url))
    if parts.scheme == FOLDER and parts.path.strip("/"):
        return SheetFolder(Path(url2pathname(parts.path)))
    if parts.scheme == WINDOWS and parts.netloc:
        return _shell_printer(unquote(parts.netloc))
    raise QueueUrlBad(url)


def sheet_queues() -> tuple[tuple[str, str], ...]:
    """Addresses and models of the queues that this system has."""
    if sys.platform == "win32":
        return ((f"{WINDOWS}://{DEFAULT}", ""),)
    return tuple((f"cups://{name}", model) for name, model in cups_queues())


class SheetFolder:
    """Keeps each sheet as a PDF file: for training and for halls that print from there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print_sheet(self, name: str, pdf: bytes, size: str) -> PrintOutcome:
        safe = "".join(sign if sign.isalnum() else "-" for sign in name)
        fresh = self._folder / f".{safe}.new"
        try:
            fresh.write_bytes(pdf)
            fresh.replace(self._folder / f"{safe}-{size}.pdf")
        except OSError:
            return PrintOutcome.failed(Why.FILE_REFUSED)
        return PrintOutcome.unconfirmed(len(pdf), Why.NOT_ASKED)

    def state(self) -> PrinterState:
        return PrinterState.UNKNOWN if os.access(self._folder, os.W_OK) else PrinterState.ABSENT

    def close(self) -> None:
        """Nothing is held open."""


if sys.platform == "win32":

    class ShellPrinter:
        """Windows prints a PDF with the program that opens it, by the shell. Not tried on Windows yet."""

        def __init__(self, name: str) -> None:
            self._name = name
            self._kept = tempfile.TemporaryDirectory(prefix="counter-app-print-", ignore_cleanup_errors=True)

        def print_sheet(self, name: str, pdf: bytes, size: str) -> PrintOutcome:
            path = Path(self._kept.name) / f"{''.join(filter(str.isalnum, name))}-{size}.pdf"
            try:
                path.write_bytes(pdf)
                if self._name == DEFAULT:
                    os.startfile(path, "print")
                else:
                    os.startfile(path, "printto", f'"{self._name}"')
            except OSError:  # no program prints PDF files here
                return PrintOutcome.failed(Why.ABSENT)
            return PrintOutcome.unconfirmed(len(pdf), Why.SPOOLED)

        def state(self) -> PrinterState:
            return PrinterState.UNKNOWN

        def close(self) -> None:
            """The file goes with its user: the program that prints may still read it."""
            self._kept.cleanup()

    def _shell_printer(name: str) -> SheetPrinter:
        return ShellPrinter(name)

else:

    def _shell_printer(name: str) -> SheetPrinter:
        raise NoSpooler

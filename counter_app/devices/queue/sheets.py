"""Printers for sheets: a queue of the system by IPP, Windows' own way of printing a PDF, or a folder.

Every call blocks for as long as the system does (20–30 s for a network printer): its user gives it a lane.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from counter_app.devices.queue.errors import QueueUrlBad
from counter_app.devices.queue.handed import HandedFiles
from counter_app.devices.queue.ipp_queue import IppQueue, cups_queues
from counter_app.devices.queue.queue_printer import QueuePrinter
from counter_app.devices.queue.winspool import NoSpooler
from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome, SheetPrinter, Why

WINDOWS: Final = "windows"
FOLDER: Final = "file"
DEFAULT: Final = "default"


def open_sheet_printer(url: str, own: str = "") -> SheetPrinter:
    """`cups://NAME`, `ipp://host/…`, `windows://NAME` (or `windows://default`), `file:///folder/`.

    `own` names the machine and its home in a queue that others share. Nothing is reached yet. Raises
    QueueUrlBad, NoSpooler.
    """
    parts = urlsplit(url)
    if parts.scheme in ("cups", "ipp"):
        return QueuePrinter(IppQueue(url), own and f"{own}-sheets")
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

    def print_sheet(self, name: str, pdf: bytes, size: str, order: str = "") -> PrintOutcome:
        safe = _safe(name)
        fresh = self._folder / f".{safe}.new"
        try:
            fresh.write_bytes(pdf)
            fresh.replace(self._folder / f"{safe}-{size}.pdf")
        except OSError:
            return PrintOutcome.failed(Why.FILE_REFUSED)
        return PrintOutcome.unconfirmed(len(pdf), Why.FILED)

    def take_out(self, name: str, order: str) -> PrintOutcome:
        """A file stays where it was put; a half one was never visible."""
        return PrintOutcome.unconfirmed(0, Why.STOPPED)

    def state(self) -> PrinterState:
        return PrinterState.FILED if os.access(self._folder, os.W_OK) else PrinterState.ABSENT

    def close(self) -> None:
        """Nothing is held open."""


class ShellPrinter:
    """Windows prints a PDF with the program that opens it, by the shell. Not tried on Windows yet.

    `told(path, printer)` gives the order and returns at once: the program reads the file later, so it stays.
    """

    def __init__(self, name: str, files: HandedFiles, told: Callable[[Path, str], None]) -> None:
        self._name = name
        self._files = files
        self._told = told
        files.sweep()

    def print_sheet(self, name: str, pdf: bytes, size: str, order: str = "") -> PrintOutcome:
        """See `SheetPrinter.print_sheet`."""
        try:
            self._told(self._files.keep(f"{_safe(name)}-{size}.pdf", pdf), self._name)
        except OSError:  # no program prints PDF files here
            return PrintOutcome.failed(Why.ABSENT)
        return PrintOutcome.unconfirmed(len(pdf), Why.SPOOLED)

    def take_out(self, name: str, order: str) -> PrintOutcome:
        """What the other program does with it nobody knows."""
        return PrintOutcome.unconfirmed(0, Why.STOPPED)

    def state(self) -> PrinterState:
        return PrinterState.UNKNOWN

    def close(self) -> None:
        """The file stays: the program that prints may not have read it yet."""


def _safe(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name)


if sys.platform == "win32":

    def _started(path: Path, printer: str) -> None:
        if printer == DEFAULT:
            os.startfile(path, "print")
        else:
            os.startfile(path, "printto", f'"{printer}"')

    def _shell_printer(name: str) -> SheetPrinter:
        return ShellPrinter(name, HandedFiles(), _started)

else:

    def _shell_printer(name: str) -> SheetPrinter:
        raise NoSpooler

"""From a printer's URL to its driver.

serial:///dev/ttyS0?baud=115200   serial://COM3?baud=9600   a serial port
/dev/ttyUSB0  COM3  socket://…  rfc2217://…  loop://        any pyserial URL, 115200 baud
tcp://host:9100                                             a network printer
usb://04b8:0202  usb:///dev/usb/lp0                         a USB printer (`usb_port`)
cups://NAME  ipp://host/ipp/print  spooler://NAME           a print queue of the system (`queue/`)
file:///folder/  file:///papers.escpos                      a folder or a file
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit
from urllib.request import url2pathname

from counter_app.devices.printer.escpos_printer import EscPosPrinter
from counter_app.devices.printer.file_printer import FilePrinter
from counter_app.devices.printer.job import Patience
from counter_app.devices.queue.ipp_queue import IppQueue
from counter_app.devices.queue.port import Queue
from counter_app.devices.queue.queue_printer import QueuePrinter
from counter_app.devices.queue.winspool import SCHEME as SPOOLER
from counter_app.devices.queue.winspool import windows_queue
from counter_app.devices.serial_line import LineSettings
from counter_app.devices.usb_port import SCHEME as USB
from counter_app.devices.usb_port import file_of
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.ports.printing import PrinterProfile, ReceiptPrinter

RAW_PORT: Final = 9100
BAUD: Final = 115200
_PYSERIAL: Final = frozenset({"socket", "rfc2217", "loop", "spy", "hwgrep", "alt"})


class PrinterUrlBad(UserFacingError):
    """The text names no printer that can be reached from here."""

    def __init__(self, url: str) -> None:
        super().__init__(
            "printer.bad-url",
            mark("A printer at {url} is not supported here yet."),
            remedy=mark(
                "Use serial:///dev/ttyS0, serial://COM3, usb://…, tcp://host:9100, cups://… or file:///folder/."
            ),
            url=url,
        )


def open_printer(
    url: str,
    profile: PrinterProfile,
    *,
    void_note: bytes = b"",
    lock_folder: Path | None = None,
    owner: str = "counter-app",
    own: str = "",
    real_only: bool = False,
    patience: Patience | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> ReceiptPrinter:
    """A driver for `url`; the line is opened by the first job or question, not here.

    `lock_folder` keeps other programs of the home off the port (`port_lock`). `own` names the machine and its
    home in a queue that others share; who gives it is alone in printing there for this home. `real_only`: not
    to where only programs live, looked at each time the line is opened. Raises PrinterUrlBad.
    """
    if url.startswith("file:"):
        return _file_printer(url)
    queue = open_queue(url)
    if queue is not None:
        return QueuePrinter(queue, own, alone=bool(own), clock=clock)
    line_url, baud = line_of(url)
    settings = LineSettings(line_url, baud, lock_folder, owner, real_only)
    return EscPosPrinter(settings, profile, void_note=void_note, patience=patience, clock=clock)


def open_queue(url: str) -> Queue | None:
    """The system's print queue of this address; None for what is none. Raises QueueUrlBad, NoSpooler."""
    scheme, _, name = url.partition("://")
    if scheme in ("cups", "ipp"):
        return IppQueue(url)
    return windows_queue(name) if scheme == SPOOLER else None


def _file_printer(url: str) -> FilePrinter:
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost") or not parts.path.strip("/"):
        raise PrinterUrlBad(url)
    path = Path(url2pathname(parts.path))
    return FilePrinter(path, folder=parts.path.endswith("/") or path.is_dir())


def line_of(url: str) -> tuple[str, int]:
    """The URL that `serial_line` opens, and the line speed."""
    if "://" not in url:
        if not url.strip():
            raise PrinterUrlBad(url)
        return url, BAUD
    parts = urlsplit(url)
    if parts.scheme == "tcp":
        return _network(url, parts), BAUD
    if parts.scheme == "serial":
        return _serial(url, parts)
    if parts.scheme == USB:
        return _usb(url), BAUD
    if parts.scheme in _PYSERIAL:
        return url, BAUD
    raise PrinterUrlBad(url)


def _network(url: str, parts: SplitResult) -> str:
    try:
        port = parts.port or RAW_PORT
    except ValueError:
        raise PrinterUrlBad(url) from None
    if not parts.hostname:
        raise PrinterUrlBad(url)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"socket://{host}:{port}"


def _usb(url: str) -> str:
    try:
        file_of(url)
    except ValueError:
        raise PrinterUrlBad(url) from None
    except FileNotFoundError:
        pass  # not plugged in now
    return url


def _serial(url: str, parts: SplitResult) -> tuple[str, int]:
    baud = parse_qs(parts.query).get("baud", [str(BAUD)])[-1]
    name = parts.netloc or parts.path
    if not name.strip("/") or not (baud.isascii() and baud.isdecimal() and int(baud) > 0):
        raise PrinterUrlBad(url)
    return name, int(baud)

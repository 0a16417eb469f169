"""Papers to print in tests, and simulated printers on every kind of line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from counter_app.devices.printer.job import Patience
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter

LINES: Final = ("tcp",) if sys.platform == "win32" else ("tcp", "pty")
HASTY: Final = Patience(status=0.25, confirm=0.6, mute=0.2, process_id=0.1, look=0.1, closing=0.2)
START: Final = b"\x1b@\x1c&"
CUT: Final = b"\x1dV\x42\x00"


def gbk(text: str) -> bytes:
    return text.encode("gbk")


def raster(width_bytes: int, height: int, fill: int = 0xAA) -> bytes:
    head = b"\x1dv0\x00" + width_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
    return head + bytes((fill,)) * (width_bytes * height)


def qr(payload: bytes, module: int = 4, level: int = 49) -> bytes:
    store = b"\x1d(k" + (len(payload) + 3).to_bytes(2, "little") + b"1P0" + payload
    size = b"\x1d(k\x03\x001C" + bytes((module,))
    correction = b"\x1d(k\x03\x001E" + bytes((level,))
    return size + correction + store + b"\x1d(k\x03\x001Q0"


def receipt(title: str = "收件凭证", lines: int = 8) -> bytes:
    """A paper with everything a half-sent job can be broken off in."""
    body = b"".join(gbk(f"{number}. 身份证 原件 1 份") + b"\n" for number in range(1, lines + 1))
    return (
        START
        + b"\x1ba\x01\x1d!\x11"
        + gbk(title)
        + b"\n\x1d!\x00\x1ba\x00"
        + body
        + raster(24, 12)
        + qr(b"CW:3-0318:1")
        + b"\x1dh\x28\x1dw\x02\x1dk\x49\x0a{B3-0318-7"
        + gbk("末行")
        + b"\n"
        + CUT
    )


@contextmanager
def served(line: str, serving: PrinterServing | None = None) -> Iterator[RunningPrinter]:
    """A simulated printer on `line`, one of LINES.

    A pseudo terminal goes by a name of its own: the number of a closed one is soon another test's.
    """
    wanted = serving if serving is not None else PrinterServing()
    with TemporaryDirectory() as folder:
        if line == "tcp":
            placed = replace(wanted, tcp="127.0.0.1:0")
        else:
            placed = replace(wanted, link=Path(folder) / "printer")
        running = RunningPrinter(placed)
        try:
            yield running
        finally:
            running.stop()


def order(running: RunningPrinter, *commands: str) -> None:
    """Give control commands, each of which must be obeyed."""
    for command in commands:
        assert running.control.run(command)[-1] == "ok"


def eventually(holds: Callable[[], bool], seconds: float = 3.0) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True

"""How busy the driver keeps a 115200 baud line, against the bare bytes on the same line.

The simulated cable takes each byte as long as the real one; what the driver adds is its questions
before, its looks in between and the proof at the end. Not here: how the bytes are made (`receipt`).
"""

from __future__ import annotations

import time
from typing import Final

from bench.results import Result, at_most, figure, interleaved, median
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import GENERIC_80
from counter_app.devices.serial_line import LineSettings, SerialLine
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter

BUSY: Final = 0.95  # design §5
BAUD: Final = 115200
_PICTURE: Final = b"\x1dv0\x00\x48\x00\x18\x00" + b"\x55" * (72 * 24)  # one line of a rare name, 80 mm
_TEXT: Final = "申请人：阿卜杜拉·买买提".encode("gbk") + b"\n"
_JOB: Final = b"\x1b@\x1c&" + (_TEXT * 12 + _PICTURE) * 5 + b"\x1dV\x42\x00"
_ANSWER: Final = b"\x1dr\x01"
_TOO_LONG: Final = 60.0  # seconds


def run(quick: bool) -> list[Result]:
    """Each try prints one paper by the driver and sends the same bytes bare, in turn."""
    serving = PrinterServing(tcp="127.0.0.1:0", baudrate=BAUD)
    by_driver, bare = RunningPrinter(serving), RunningPrinter(serving)
    printer = open_printer(by_driver.url, GENERIC_80)
    try:
        with SerialLine(LineSettings(bare.url, BAUD)) as line:

            def send_bare(number: int) -> None:
                line.write(_JOB + _ANSWER)
                line.read(1, time.monotonic() + _TOO_LONG)

            printed_ms, bare_ms = interleaved(
                2 if quick else 10, lambda number: printer.print_job(number, _JOB), send_bare
            )
    finally:
        printer.close()
        by_driver.stop()
        bare.stop()
    wire_ms = (len(_JOB) + len(_ANSWER)) * 10_000 / BAUD
    printed = median(printed_ms)
    return [
        at_most("time against the bare bytes", printed / median(bare_ms), "x", 1 / BUSY),
        figure("share of the time that bytes are on the line", wire_ms / printed, "share"),
        figure("paper printed and confirmed, median", printed, "ms"),
        figure("bytes of the paper", len(_JOB), "bytes"),
    ]

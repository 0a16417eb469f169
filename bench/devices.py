"""Peripherals against their bars: a receipt built, a serial line kept busy, a line of rare characters drawn.

The simulated cable takes each byte as long as the real one, so the line is measured at its real speeds. Each
kind's rows come from a function `(quick) -> list[Result]` in `ROWS`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

from bench import pictures, readers
from bench.results import Result, at_least, at_most, figure, interleaved, median
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import GENERIC_80
from counter_app.devices.serial_line import LineSettings, SerialLine
from counter_app.domain.paper.columns import lay_out
from counter_app.domain.paper.lines import Run, TextLine, ThermalLines
from counter_app.domain.paper.model import Block, Pair, Paper, Qr, Rule, Text, Title
from counter_app.printing.fonts import FontFiles
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter

BUILT_MS: Final = 3.0
BUSY: Final = 0.95
RARE_MS: Final = 10.0
LINES: Final = 40
NAME: Final = 3  # characters, each of them rare
SPEEDS: Final = (9600, 115_200)
_ANSWER: Final = b"\x1dr\x01"
_TOO_LONG: Final = 60.0  # seconds


def run(quick: bool = False) -> list[Result]:
    return [row for rows in ROWS for row in rows(quick)]


def receipt_rows(quick: bool) -> list[Result]:
    """Blocks → lines → bytes of a receipt of 40 lines; each has its own number, so nothing is remembered."""
    renderer = BundledPaperRenderer(FontFiles.bundled())

    def build(number: int) -> bytes:
        return renderer.thermal(forty_lines(number), GENERIC_80)

    interleaved(1, build)
    (times,) = interleaved(10 if quick else 200, build)
    lines = len(lay_out(forty_lines(0), GENERIC_80.columns).lines)
    return [
        at_most("receipt of 40 lines built, median", median(times), "ms", BUILT_MS),
        figure("lines of it", lines, "lines"),
    ]


def rare_rows(quick: bool) -> list[Result]:
    """A line with a name that no printer can print, drawn as dots: never seen before, and known already."""
    renderer = BundledPaperRenderer(FontFiles.bundled())

    def line(number: int) -> bytes:
        name = "".join(chr(0x20000 + NAME * number + at) for at in range(NAME))
        text = TextLine((Run(0, f"申请人：{name}（身份证）"),))
        return renderer.encoded(ThermalLines(GENERIC_80.columns, (text,)), GENERIC_80)

    interleaved(1, line)
    runs = 10 if quick else 100
    (fresh,) = interleaved(runs, lambda number: line(number + 1))
    (known,) = interleaved(runs, lambda number: line(1))
    return [
        at_most("line with 3 rare characters never drawn before, median", median(fresh), "ms", RARE_MS),
        at_most("the same line drawn again, median", median(known), "ms", RARE_MS),
    ]


def line_rows(quick: bool) -> list[Result]:
    """A serial printer's line: the paper's bytes by the driver against the same bytes sent bare."""
    return [row for speed in SPEEDS for row in _line_at(speed, quick)]


def _line_at(speed: int, quick: bool) -> list[Result]:
    paper = BundledPaperRenderer(FontFiles.bundled()).thermal(forty_lines(0), GENERIC_80)
    serving = PrinterServing(tcp="127.0.0.1:0" if sys.platform == "win32" else None, baudrate=speed)
    by_driver, bare = RunningPrinter(serving), RunningPrinter(serving)
    printer = open_printer(by_driver.url, GENERIC_80)
    printer.state()  # the line of a serial printer stays open from paper to paper
    try:
        with SerialLine(LineSettings(bare.url, speed)) as line:

            def send_bare(number: int) -> None:
                line.write(paper + _ANSWER)
                line.read(1, time.monotonic() + _TOO_LONG)

            tries = 1 if quick else 3 if speed < BUSY_SPEED else 10
            printed, sent = interleaved(tries, lambda number: printer.print_job(number, paper), send_bare)
    finally:
        printer.close()
        by_driver.stop()
        bare.stop()
    busy = median(sent) / median(printed)
    return [
        at_least(f"serial line at {speed} kept busy", busy, "share", BUSY),
        figure(f"receipt printed and confirmed at {speed}, median", median(printed), "ms"),
    ]


BUSY_SPEED: Final = 20_000  # slower lines are tried fewer times


def forty_lines(number: int) -> Paper:
    """A receipt as long as they come, with its code."""
    pairs: tuple[Block, ...] = tuple(
        Pair(f"材料 {at}", f"居民身份证 原件 1 份 复印件 {at} 份 {number:05d}") for at in range(1, 34)
    )
    blocks: tuple[Block, ...] = (
        Title("收件凭证"),
        Rule(),
        *pairs,
        Rule(),
        Text("凭本凭证领取结果；办理进度可凭查询码查询。"),
        Qr(f"GSH1:{number:05d}" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE$VK" * 4, ("扫码查询",)),
    )
    return Paper("papers-receipt", "收件凭证", f"南环便服收 2026 第 3-{number:05d} 号", "南环街道", blocks)


ROWS: Final[tuple[Callable[[bool], list[Result]], ...]] = (
    receipt_rows,
    rare_rows,
    line_rows,
    readers.run,
    pictures.run,
)

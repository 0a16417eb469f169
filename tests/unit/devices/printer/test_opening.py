"""Which URLs name a printer, and which are refused in words."""

from __future__ import annotations

import pytest

from counter_app.devices.printer.escpos_printer import EscPosPrinter
from counter_app.devices.printer.file_printer import FilePrinter
from counter_app.devices.printer.job import process_mark
from counter_app.devices.printer.opening import PrinterUrlBad, line_of, open_printer
from counter_app.devices.printer.profiles import GENERIC_80


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("serial:///dev/ttyS0?baud=9600", ("/dev/ttyS0", 9600)),
        ("serial:///dev/ttyUSB1", ("/dev/ttyUSB1", 115200)),
        ("serial://COM3?baud=19200", ("COM3", 19200)),
        ("/dev/pts/7", ("/dev/pts/7", 115200)),
        ("COM3", ("COM3", 115200)),
        ("tcp://10.0.0.7", ("socket://10.0.0.7:9100", 115200)),
        ("tcp://printer.hall:9101", ("socket://printer.hall:9101", 115200)),
        ("tcp://[::1]:9100", ("socket://[::1]:9100", 115200)),
        ("rfc2217://host:4000", ("rfc2217://host:4000", 115200)),
    ],
)
def test_a_url_names_a_line(url: str, line: tuple[str, int]) -> None:
    assert line_of(url) == line
    assert isinstance(open_printer(url, GENERIC_80), EscPosPrinter)


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "winspool://name", "http://x", "tcp://", "tcp://host:port", "serial://",
        "serial:///dev/ttyS0?baud=fast", "serial:///dev/ttyS0?baud=0", "file://", "file:///",
        "file://elsewhere/x",
    ],
)  # fmt: skip
def test_other_urls_are_refused_in_words(url: str) -> None:
    with pytest.raises(PrinterUrlBad) as refused:
        open_printer(url, GENERIC_80)
    assert refused.value.code == "printer.bad-url"
    assert url in str(refused.value)


def test_a_file_url_is_a_file() -> None:
    assert isinstance(open_printer("file:///var/papers/", GENERIC_80), FilePrinter)


def test_process_marks_are_printable_and_differ() -> None:
    marks = [process_mark(job) for job in (0, 1, 94, 95, 318, 95**4 - 1)]
    assert len(set(marks)) == len(marks)
    assert all(0x20 <= byte <= 0x7E for mark in marks for byte in mark)

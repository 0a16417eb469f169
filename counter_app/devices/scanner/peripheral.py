"""Scanners and passport readers as peripherals: on a line of their own, or at the keyboard's cable."""

from __future__ import annotations

import queue
from typing import Final

from counter_app.devices.attached import line_settings, seen_error, serial_found
from counter_app.devices.id_card.driver import BAUDRATES, supported
from counter_app.devices.scanner.scanner_lane import USUAL_BAUDRATE, ScannerLane
from counter_app.devices.serial_line import PortUrlBad, SerialLine
from counter_app.domain.scanning.codes import recognise
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.codes import said
from counter_app.use_cases.ports.identity import ReaderChanged, ReaderState
from counter_app.use_cases.ports.inputs import Scanned, ScanNews
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Option, Seen

KEYBOARD: Final = "keyboard:"
USUAL_PREFIX: Final = "F12"
TEST_SECONDS: Final = 10.0


class TextDriver:
    """`PeripheralDriver` of what sends texts: `Kind.SCANNER` and `Kind.MRZ_READER` differ in name only."""

    models: Final[tuple[str, ...]] = ()
    options: Final = (
        Option("baud", USUAL_BAUDRATE, mark("Speed of the serial line"), BAUDRATES),
        Option("prefix", USUAL_PREFIX, mark("Key that a scanner on the keyboard's cable sends first")),
    )
    example: Final = "/dev/ttyACM0"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def supported(self, peripheral: Peripheral) -> None:
        if peripheral.url != KEYBOARD and not (peripheral.url.strip() and supported(peripheral.url)):
            raise PortUrlBad(peripheral.url)

    def find(self) -> tuple[Found, ...]:
        return serial_found(self.kind)

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """An open line is all there is to know: a scanner says nothing unasked."""
        if peripheral.url == KEYBOARD:
            return Seen(Condition.UNKNOWN, advice=mark("Its codes come as keys: scan one in the window."))
        try:
            with SerialLine(line_settings(peripheral, bench, USUAL_BAUDRATE)):
                return Seen(Condition.UNKNOWN)
        except UserFacingError as error:
            return seen_error(error)

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Wait for one code and say what it is."""
        if peripheral.url == KEYBOARD:
            return self.probe(peripheral, bench)
        came: queue.SimpleQueue[ScanNews] = queue.SimpleQueue()
        lane = ScannerLane(line_settings(peripheral, bench, USUAL_BAUDRATE))
        lane.start(came.put)
        try:
            return self._first(came, bench)
        finally:
            lane.stop()

    def _first(self, came: queue.SimpleQueue[ScanNews], bench: Bench) -> Seen:
        while True:
            try:
                news = came.get(timeout=TEST_SECONDS)
            except queue.Empty:
                return Seen(Condition.SILENT, advice=mark("Nothing was scanned within ten seconds."))
            match news:
                case Scanned(text):
                    return Seen(Condition.READY, advice=said(recognise(text, bench.is_item)))
                case ReaderChanged(state, UserFacingError() as error) if state is not ReaderState.READY:
                    return seen_error(error)


def scanner_line(peripheral: Peripheral, bench: Bench) -> ScannerLane:
    """The lane of a declared scanner that has a line of its own."""
    return ScannerLane(line_settings(peripheral, bench, USUAL_BAUDRATE))

"""Rating pads and LED strips on the page of the peripherals."""

from __future__ import annotations

from typing import Final

from counter_app.devices.attached import line_settings, seen_error, serial_found
from counter_app.devices.frames.devices import FramedPad, FramedStrip
from counter_app.devices.frames.profiles import (
    BAUD,
    PAD_OPTIONS,
    PADS,
    SCORES,
    STRIP_OPTIONS,
    STRIPS,
    pad_frames,
    strip_frames,
)
from counter_app.devices.serial_line import PortUrlBad, open_port
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Option, Seen

EXAMPLE: Final = "/dev/ttyUSB0"
HELLO_SECONDS: Final = 1.0
PRESS_SECONDS: Final = 8.0
TRIAL: Final = "测试 123"


KEYPAD: Final = "keyboard:"  # a block of digits whose keys come as the keyboard's
KEYPAD_TOLD: Final = mark("Its digits come as keys while a citizen is asked: finish a service and press one.")


def is_keypad(peripheral: Peripheral) -> bool:
    return peripheral.kind is Kind.RATING_PAD and peripheral.url == KEYPAD


class RatingPadDriver:
    """`PeripheralDriver` of rating pads. A keypad has no line: the counter's window hears it."""

    kind: Final = Kind.RATING_PAD
    models: Final[tuple[str, ...]] = tuple(PADS)
    options: Final[tuple[Option, ...]] = PAD_OPTIONS
    example: Final = EXAMPLE

    def __init__(self, press_seconds: float = PRESS_SECONDS) -> None:
        self._press_seconds = press_seconds

    def supported(self, peripheral: Peripheral) -> None:
        if not is_keypad(peripheral):
            need_port(peripheral)
            pad_frames(peripheral)

    def find(self) -> tuple[Found, ...]:
        return serial_found(self.kind)

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        if is_keypad(peripheral):
            return Seen(Condition.UNKNOWN, advice=KEYPAD_TOLD)
        try:
            pad = FramedPad(peripheral, line_settings(peripheral, bench, BAUD))
            try:
                answers = pad.hello(HELLO_SECONDS)
            finally:
                pad.close()
        except UserFacingError as error:
            return seen_error(error)
        return Seen({None: Condition.UNKNOWN, True: Condition.READY, False: Condition.SILENT}[answers])

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        if is_keypad(peripheral):
            return self.probe(peripheral, bench)
        try:
            pad = FramedPad(peripheral, line_settings(peripheral, bench, BAUD))
            try:
                pad.ask()
                pressed = pad.heard(self._press_seconds, SCORES)
                pad.thank()
            finally:
                pad.close()
        except UserFacingError as error:
            return seen_error(error)
        if not pressed:
            return Seen(Condition.SILENT, advice=mark("Nobody pressed a key on the pad, or none arrived."))
        return Seen(Condition.READY, advice=mark("The pad asked and was answered."), lines=pressed)


class LedStripDriver:
    """`PeripheralDriver` of LED strips: they are written to and never answer."""

    kind: Final = Kind.LED_STRIP
    models: Final[tuple[str, ...]] = tuple(STRIPS)
    options: Final[tuple[Option, ...]] = STRIP_OPTIONS
    example: Final = EXAMPLE

    def supported(self, peripheral: Peripheral) -> None:
        need_port(peripheral)
        strip_frames(peripheral)

    def find(self) -> tuple[Found, ...]:
        return serial_found(self.kind)

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Whether its port is there: nothing may change on it."""
        settings = line_settings(peripheral, bench, BAUD)
        try:
            strip_frames(peripheral)
            open_port(settings.url, settings.baudrate).close()
        except UserFacingError as error:
            return seen_error(error)
        return Seen(Condition.UNKNOWN)

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        try:
            FramedStrip(peripheral, line_settings(peripheral, bench, BAUD)).text(TRIAL)
        except UserFacingError as error:
            return seen_error(error)
        return Seen(Condition.UNKNOWN, advice=mark("The strip was sent: {text}"), places={"text": TRIAL})


def need_port(peripheral: Peripheral) -> None:
    """UserFacingError `port.bad-url`."""
    scheme, colon, rest = peripheral.url.partition("://")
    if not peripheral.url.strip() or (colon and (scheme not in ("socket", "rfc2217", "loop") or not rest)):
        raise PortUrlBad(peripheral.url)

"""The ID-card reader as a peripheral: found on serial ports, asked for its module, tried with a card."""

from __future__ import annotations

from typing import Final

from counter_app.devices.attached import BAUD, line_settings, seen_error, serial_found
from counter_app.devices.hid_port import SCHEME, attached, place_of
from counter_app.devices.id_card.driver import BAUDRATES, IdCardDriver, supported
from counter_app.devices.id_card.once import read_one_card
from counter_app.devices.id_card.photo_plugin import PhotoPlugin
from counter_app.devices.id_card.status import ReaderSilent
from counter_app.devices.serial_line import PortUrlBad, SerialLine
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.peripherals.held import card_words
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Identity, Option, Seen

TEST_SECONDS: Final = 10.0


class IdReaderDriver:
    """`PeripheralDriver` of resident ID readers."""

    kind: Final = Kind.ID_READER
    models: Final[tuple[str, ...]] = ()
    options: Final = (
        Option("baud", BAUD, mark("Speed of the serial line"), BAUDRATES),
        Option("photo_decoder", "", mark("Program that decodes the photo: WLT in, PNG out")),
        Option("fastest", False, mark("Let a slow reader talk at the fastest speed")),
    )
    example: Final = "/dev/ttyUSB0"

    def supported(self, peripheral: Peripheral) -> None:
        if not _can_be(peripheral.url):
            raise PortUrlBad(peripheral.url)

    def find(self) -> tuple[Found, ...]:
        """Serial ports, and USB devices of the kind HID that are their makers' own: what each is, nobody
        can tell from outside."""
        hid = (Found(self.kind, one.url, one.name) for one in attached() if one.reports.is_makers)
        return (*serial_found(self.kind), *hid)

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        try:
            with SerialLine(line_settings(peripheral, bench)) as line:
                module = IdCardDriver(line).probe()
        except ReaderSilent as error:
            return Seen.refused(error, Condition.SILENT)
        except UserFacingError as error:
            return seen_error(error)
        return Seen(Condition.READY, identity=Identity(serial=module.number, simulated=module.simulated))

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Read one card; what is told of it names nobody."""
        try:
            card = read_one_card(line_settings(peripheral, bench), TEST_SECONDS, real_only=not bench.training)
        except UserFacingError as error:
            return seen_error(error)
        told = card_words(card.document, PhotoPlugin(peripheral.text("photo_decoder")))
        return Seen(Condition.READY, advice=mark("A card was read."), lines=told)


def _can_be(url: str) -> bool:
    if not url.startswith(f"{SCHEME}:"):
        return bool(url.strip()) and supported(url)
    try:
        place_of(url)
    except ValueError:
        return False
    except FileNotFoundError:
        pass  # not plugged in now
    return True

"""The smart-card slot as a peripheral: `pcsc:` is the first reader, `pcsc:NAME` one whose name holds NAME."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Final

from counter_app.devices.pcsc.errors import SERVICE_GONE, PcscAbsent, PcscTrouble
from counter_app.devices.pcsc.library import SmartCards, SystemSmartCards
from counter_app.devices.pcsc.slot_lane import SlotLane, fitting
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import VIRTUAL_SLOT, Kind, Peripheral
from counter_app.use_cases.ports.inputs import ChipFailed, ChipLaid, ScanNews
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Identity, Option, Seen

SCHEME: Final = "pcsc:"
TEST_SECONDS: Final = 10.0


class SlotDriver:
    """`PeripheralDriver` of smart-card slots; `service` makes a connection."""

    kind: Final = Kind.CARD_SLOT
    models: Final[tuple[str, ...]] = ()
    options: Final[tuple[Option, ...]] = ()
    example: Final = SCHEME

    def __init__(self, service: Callable[[], SmartCards] = SystemSmartCards) -> None:
        self._service = service

    def supported(self, peripheral: Peripheral) -> None:
        if not peripheral.url.startswith(SCHEME) or peripheral.url.startswith("pcsc://"):
            raise UserFacingError(
                "pcsc.bad-url",
                "{url} is not a smart-card slot.",
                remedy="Write pcsc: for the first reader, or pcsc: and a part of its name.",
                url=peripheral.url,
            )

    def find(self) -> tuple[Found, ...]:
        try:
            cards = self._service()
        except (PcscAbsent, PcscTrouble):
            return ()
        try:
            return tuple(Found(self.kind, SCHEME + name, name) for name in cards.readers())
        except PcscTrouble:
            return ()
        finally:
            cards.close()

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        try:
            self.supported(peripheral)
            wanted = peripheral.url.removeprefix(SCHEME)
            found = fitting((one.what for one in self._listed()), wanted, real_only=not bench.training)
        except UserFacingError as error:
            return _seen(error)
        if not found:
            return Seen(Condition.ABSENT, advice=mark("No smart-card reader is plugged in."))
        virtual = VIRTUAL_SLOT in found[0].casefold()
        return Seen(Condition.READY, identity=Identity(model=found[0], simulated=virtual))

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Wait for one card; its serial is shown in part."""
        seen = self.probe(peripheral, bench)
        if seen.condition is not Condition.READY:
            return seen
        came: queue.SimpleQueue[ScanNews] = queue.SimpleQueue()
        lane = slot_lane(peripheral, bench, self._service)
        lane.start(came.put)
        try:
            return _first(came)
        finally:
            lane.stop()

    def _listed(self) -> tuple[Found, ...]:
        cards = self._service()
        try:
            return tuple(Found(self.kind, SCHEME + name, name) for name in cards.readers())
        finally:
            cards.close()


def slot_lane(
    peripheral: Peripheral, bench: Bench, service: Callable[[], SmartCards] = SystemSmartCards
) -> SlotLane:
    return SlotLane(peripheral.url.removeprefix(SCHEME), real_only=not bench.training, service=service)


def _first(came: queue.SimpleQueue[ScanNews]) -> Seen:
    while True:
        try:
            news = came.get(timeout=TEST_SECONDS)
        except queue.Empty:
            return Seen(Condition.SILENT, advice=mark("No card was laid on within ten seconds."))
        match news:
            case ChipLaid(serial):
                return Seen(Condition.READY, advice=mark("A card was read."), lines=(f"{serial[:4]}…",))
            case ChipFailed(error):
                return _seen(error)


def _seen(error: UserFacingError) -> Seen:
    gone = isinstance(error, PcscAbsent) or (isinstance(error, PcscTrouble) and error.number in SERVICE_GONE)
    return Seen.refused(error, Condition.ABSENT if gone else Condition.FAULT)

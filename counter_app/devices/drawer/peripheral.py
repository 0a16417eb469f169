"""Cash drawers on the page of the peripherals."""

from __future__ import annotations

from typing import Final

from counter_app.devices.attached import line_settings, seen_error, serial_found
from counter_app.devices.drawer.drawer import SerialDrawer
from counter_app.devices.drawer.profiles import (
    DRAWERS,
    OPTIONS,
    drawer_frames,
    is_behind_printer,
    need_pulse,
)
from counter_app.devices.frames.peripheral import need_port
from counter_app.devices.frames.profiles import BAUD
from counter_app.devices.serial_line import open_port
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.peripherals.drawer_seen import TOLD, seen_drawer
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Option, Seen

THROUGH_PRINTER: Final = mark("It is opened through its printer, which is asked while a window runs.")


class DrawerDriver:
    """`PeripheralDriver` of cash drawers."""

    kind: Final = Kind.DRAWER
    models: Final[tuple[str, ...]] = tuple(DRAWERS)
    options: Final[tuple[Option, ...]] = OPTIONS
    example: Final = "printer:"

    def supported(self, peripheral: Peripheral) -> None:
        need_pulse(peripheral)
        if not is_behind_printer(peripheral):
            need_port(peripheral)
        drawer_frames(peripheral)

    def find(self) -> tuple[Found, ...]:
        """None says that it is one: a person chooses its port."""
        return serial_found(self.kind)

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        if is_behind_printer(peripheral):
            return Seen(Condition.UNKNOWN, advice=THROUGH_PRINTER)
        try:
            settings = line_settings(peripheral, bench, BAUD)
            drawer = SerialDrawer(peripheral, settings)
            if drawer.can_tell:
                is_open = drawer.is_open()
                return Seen(Condition.SILENT) if is_open is None else seen_drawer(is_open)
            open_port(settings.url, settings.baudrate).close()
        except UserFacingError as error:
            return seen_error(error)
        return seen_drawer(None)

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        if is_behind_printer(peripheral):
            return Seen(Condition.UNKNOWN, advice=THROUGH_PRINTER)
        try:
            SerialDrawer(peripheral, line_settings(peripheral, bench, BAUD)).kick()
        except UserFacingError as error:
            return seen_error(error)
        return Seen(Condition.UNKNOWN, advice=TOLD)

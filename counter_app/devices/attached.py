"""What every driver of a line needs to answer as a peripheral: attached serial ports, errors as states."""

from __future__ import annotations

from typing import Final

from serial.tools.list_ports import comports

from counter_app.devices.port_lock import PortBusy
from counter_app.devices.serial_line import LineLost, LineSettings, PortAbsent
from counter_app.errors import UserFacingError
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Seen

BAUD: Final = 115200
_LINE: Final = {PortBusy: Condition.BUSY, PortAbsent: Condition.ABSENT, LineLost: Condition.ABSENT}


def seen_error(error: UserFacingError) -> Seen:
    """What a line's error says of the device at its end."""
    if error.code == "peripheral.simulated":
        return Seen.refused(error, Condition.REFUSED)
    return Seen.refused(error, _LINE.get(type(error), Condition.FAULT))


def serial_found(kind: Kind) -> tuple[Found, ...]:
    """Serial ports with something in them: a port without a name of its own is a socket on the board."""
    return tuple(
        Found(
            kind, port.device, " ".join(filter(None, (port.manufacturer, port.product))) or port.description
        )
        for port in comports()
        if port.vid is not None
    )


def line_settings(peripheral: Peripheral, bench: Bench, baud: int = BAUD) -> LineSettings:
    """The line to a peripheral whose address is a pyserial URL; option `baud` is its speed."""
    real_only = not bench.training and peripheral.options.get("bridge") is not True
    speed = int(peripheral.number("baud", baud))
    return LineSettings(peripheral.url, speed, bench.locks, bench.owner, real_only)

"""What every driver of a line needs to answer as a peripheral: attached serial ports, errors as states."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from serial.tools.list_ports import comports

from counter_app.devices.port_lock import PortBusy
from counter_app.devices.serial_line import LineLost, LineSettings, PortAbsent
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Seen

BAUD: Final = 115200
TTYS: Final = Path("/sys/class/tty")
ON_BOARD: Final = mark("socket on the board")
_LINE: Final = {PortBusy: Condition.BUSY, PortAbsent: Condition.ABSENT, LineLost: Condition.ABSENT}


def seen_error(error: UserFacingError) -> Seen:
    """What a line's error says of the device at its end."""
    if error.code == "peripheral.simulated":
        return Seen.refused(error, Condition.REFUSED)
    return Seen.refused(error, _LINE.get(type(error), Condition.FAULT))


def serial_found(kind: Kind) -> tuple[Found, ...]:
    """Serial ports: what is plugged in by USB with its name, then the sockets on the board."""
    return tuple(Found(kind, device, what) for device, what in _ports())


def _ports() -> Iterator[tuple[str, str]]:
    listed = comports()
    for port in listed:
        if port.vid is not None:
            name = " ".join(filter(None, (port.manufacturer, port.product)))
            yield port.device, name or port.description
    if sys.platform == "win32":
        yield from ((port.device, port.description) for port in listed if port.vid is None)
    else:
        yield from ((device, ON_BOARD) for device in board_ports())


def board_ports(tree: Path = TTYS) -> tuple[str, ...]:
    """The board's own sockets on Linux. The kernel lists many that are not there, and pyserial leaves out
    those of boards without a PC's bus: the chip's type tells, 0 is none."""
    found = []
    for entry in sorted(tree.glob("*/type"), key=lambda entry: (len(entry.parent.name), entry.parent.name)):
        try:
            if entry.read_text(encoding="ascii").strip() != "0":
                found.append(f"/dev/{entry.parent.name}")
        except (OSError, UnicodeDecodeError):
            continue
    return tuple(found)


def line_settings(peripheral: Peripheral, bench: Bench, baud: int = BAUD) -> LineSettings:
    """The line to a peripheral whose address is a pyserial URL; option `baud` is its speed."""
    speed = int(peripheral.number("baud", baud))
    return LineSettings(peripheral.url, speed, bench.locks, bench.owner, real_only(peripheral, bench))


def real_only(peripheral: Peripheral, bench: Bench) -> bool:
    """Whether its line is refused where it leads to a program: in a real home, without a converter."""
    return not bench.training and peripheral.options.get("bridge") is not True

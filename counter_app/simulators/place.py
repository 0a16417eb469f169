"""Where a simulated device can be reached: HOST:PORT, or a pseudo terminal. With errors to mend."""

from __future__ import annotations

import sys
from pathlib import Path

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.line import ByteDevice, LineServer, tcp_line

if sys.platform != "win32":
    from counter_app.simulators.line import pty_line
if sys.platform == "linux":
    from counter_app.simulators.hid_line import hid_line


class AddressBad(UserFacingError):
    def __init__(self, text: str) -> None:
        super().__init__("simulator.address-bad", mark("{text} is not HOST:PORT."), text=text)


class PlaceTaken(UserFacingError):
    """The port or pseudo terminal could not be opened."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            "simulator.place-taken",
            mark("The simulator cannot be reached at {where} ({why})."),
            remedy=mark("Choose another port; port 0 takes any that is free."),
            where=where,
            why=why,
        )


class NoPty(UserFacingError):
    def __init__(self) -> None:
        super().__init__(
            "simulator.no-pty",
            mark("This system has no pseudo terminals."),
            remedy=mark("Serve on TCP instead."),
        )


class NoHidLine(UserFacingError):
    def __init__(self) -> None:
        super().__init__(
            "simulator.no-hid",
            mark("This system has no files for USB devices of the kind HID."),
            remedy=mark("Serve on TCP instead."),
        )


def serve_tcp(device: ByteDevice, where: str, *, baudrate: int | None = None) -> LineServer:
    """Serve any simulated device at HOST:PORT. Raises AddressBad, PlaceTaken."""
    host, _, port = where.rpartition(":")
    if not port.isascii() or not port.isdecimal() or not host or int(port) > 65535:
        raise AddressBad(where)
    try:
        return tcp_line(device, host, int(port), baudrate=baudrate)
    except OSError as error:
        raise PlaceTaken(where, str(error)) from error


def open_place(
    device: ByteDevice,
    *,
    tcp: str | None,
    link: Path | None = None,
    baudrate: int | None = None,
    hid: Path | None = None,
) -> LineServer:
    """Serve at `tcp` where given, as a HID device at `hid` where given, else on a pseudo terminal (under the
    name `link` where given).

    Raises AddressBad, PlaceTaken, NoPty, NoHidLine.
    """
    if hid is not None:
        return _serve_hid(device, hid)
    if tcp is not None:
        return serve_tcp(device, tcp, baudrate=baudrate)
    if sys.platform == "win32":
        raise NoPty
    else:  # noqa: RET506 - without it the type checker reads on under Windows
        try:
            return pty_line(device, link=link, baudrate=baudrate)
        except OSError as error:
            raise PlaceTaken(str(link or "pty"), str(error)) from error


def _serve_hid(device: ByteDevice, path: Path) -> LineServer:
    if sys.platform != "linux":
        raise NoHidLine
    else:  # noqa: RET506 - without it the type checker reads on elsewhere
        try:
            return hid_line(device, path)
        except OSError as error:
            raise PlaceTaken(str(path), str(error)) from error

"""Bytes out and in over any pyserial URL, with deadlines; one thread owns a line.

`/dev/ttyUSB0`, `COM3`, `socket://host:port`, `usb://…`, `hid://…`, `rfc2217://…`, `loop://`. Whatever goes
wrong on an open line is one thing, `LineLost`: the caller closes, backs off and opens again. What the bytes
mean and when to try again are deliberately not here.
"""

from __future__ import annotations

import errno
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

import serial

from counter_app.devices.hid_port import HidPort
from counter_app.devices.port_lock import PortBusy, PortLock
from counter_app.devices.tcp_port import TcpPort
from counter_app.devices.usb_port import UsbPort
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import leads_to_program, simulator_refused

if sys.platform != "win32":
    import termios

    # termios.error is what a vanished terminal raises, and no OSError
    PORT_ERRORS: Final[tuple[type[Exception], ...]] = (OSError, termios.error)
else:
    PORT_ERRORS: Final[tuple[type[Exception], ...]] = (OSError,)

SLICE: Final = 0.05  # seconds a read blocks at most before it looks at deadline and stop flag
WRITE_SECONDS: Final = 5.0
BITS_PER_BYTE: Final = 10  # 8N1: a start bit, eight of data, a stop bit
_BUSY: Final = frozenset({errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK})


class PortAbsent(UserFacingError):
    """No such port, or nobody listens there."""

    def __init__(self, url: str) -> None:
        super().__init__(
            "port.absent",
            mark("There is nothing at the port {url}."),
            remedy=mark("Check cable and port name; it is tried again by itself."),
            url=url,
        )


class PortDenied(UserFacingError):
    """The operating system does not let this user open the port."""

    def __init__(self, url: str) -> None:
        super().__init__(
            "port.denied",
            mark("This user may not open the port {url}."),
            remedy=mark("Add the user to the group that owns it (often dialout) and log in again."),
            url=url,
        )


class HidDenied(UserFacingError):
    """The same for a device of USB's kind HID: its file is root's until a rule says otherwise."""

    def __init__(self, url: str) -> None:
        super().__init__(
            "port.denied",
            mark("This user may not open the port {url}."),
            remedy=mark(
                "Put installer/70-counter-app-hid.rules with its maker and product into /etc/udev/rules.d,"
                " then plug it in again."
            ),
            url=url,
        )


class PortUrlBad(UserFacingError):
    """The text is no port name and no URL that is understood."""

    def __init__(self, url: str) -> None:
        super().__init__(
            "port.bad-url",
            mark("{url} is not a port."),
            remedy=mark("Write it like /dev/ttyUSB0, COM3 or socket://host:port."),
            url=url,
        )


class LineLost(UserFacingError):
    """An open line died: unplugged, switched off, network gone. `params["why"]` is for the log."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            "port.lost",
            mark("The connection at {url} broke off."),
            remedy=mark("Check the cable; it is tried again by itself."),
            url=url,
            why=why,
        )


class LineStopped(Exception):  # not a fault: the owner asked for it
    """The owner asked to stop while a read was under way."""


class Port(Protocol):
    @property
    def in_waiting(self) -> int:
        """Bytes that can be read at once."""
        ...

    def read(self, size: int, /) -> bytes: ...
    def write(self, data: bytes, /) -> int | None: ...
    def reset_input_buffer(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class LineSettings:
    """Where a line goes. `lock_folder` None: no lock file, only the exclusive opening. `real_only`: nowhere
    where only programs live, whatever a link leads to by now."""

    url: str
    baudrate: int = 115200
    lock_folder: Path | None = None
    owner: str = "counter-app"
    real_only: bool = False


def never() -> bool:
    return False


def open_port(url: str, baudrate: int) -> Port:
    """Open any pyserial URL exclusively. Raises like `SerialLine.open`."""
    try:
        if url.startswith("socket://"):
            return TcpPort.connect(url, timeout=SLICE, write_timeout=WRITE_SECONDS)
        if url.startswith("hid://"):
            return HidPort.open(url, timeout=SLICE, write_timeout=WRITE_SECONDS)
        if url.startswith("usb://"):
            return UsbPort.open(url, timeout=SLICE, write_timeout=WRITE_SECONDS)
        native = "://" not in url
        return serial.serial_for_url(
            url, baudrate, timeout=SLICE, write_timeout=WRITE_SECONDS, exclusive=True if native else None
        )
    except (ValueError, KeyError) as error:  # KeyError: pyserial's own slip over an unknown loop:// option
        raise PortUrlBad(url) from error
    except PORT_ERRORS as error:
        raise _opening_error(url, error) from error


def _opening_error(url: str, error: Exception) -> UserFacingError:
    """Windows hands its reason over as text inside a SerialException without a number."""
    number, text = getattr(error, "errno", None), str(error)
    if number in _BUSY or "xclusively lock" in text:
        return PortBusy(url)
    if "PermissionError" in text:  # the way Windows says that a port is open elsewhere
        return PortBusy(url)
    if number in {errno.EACCES, errno.EPERM}:
        return HidDenied(url) if url.startswith("hid://") else PortDenied(url)
    return PortAbsent(url)


class SerialLine:
    """An open line. Made, used and closed by one thread; opening happens in `open`.

    `clock` gives monotonic seconds, `stopping` is asked between slices of a read, `opener` opens
    the port for a URL and a baud rate.
    """

    def __init__(
        self,
        settings: LineSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        stopping: Callable[[], bool] = never,
        opener: Callable[[str, int], Port] = open_port,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self._stopping = stopping
        self._opener = opener
        self._port: Port | None = None
        self._owner_thread = 0
        folder = settings.lock_folder
        self._lock = None if folder is None else PortLock(folder, settings.url, settings.owner)

    def open(self) -> None:
        """Raises PortBusy, PortAbsent, PortDenied, PortUrlBad or `peripheral.simulated`."""
        if self.settings.real_only and leads_to_program(self.settings.url):
            raise simulator_refused(self.settings.url)
        self._owner_thread = threading.get_ident()
        if self._lock is not None:
            self._lock.take()
        try:
            self._port = self._opener(self.settings.url, self.settings.baudrate)
        finally:
            if self._port is None and self._lock is not None:
                self._lock.give_back()

    def close(self) -> None:
        """Close and unlock; never raises for a line that is dead already."""
        port, self._port = self._port, None
        try:
            if port is not None:
                port.close()
        except PORT_ERRORS:
            pass  # the operating system has closed it for us
        finally:
            if self._lock is not None:
                self._lock.give_back()

    def write(self, data: bytes) -> None:
        """Hand all bytes over. Raises LineLost."""
        port = self._open_port()
        try:
            port.write(data)
        except PORT_ERRORS as error:
            raise LineLost(self.settings.url, str(error)) from error

    def read(self, count: int, deadline: float) -> bytes:
        """Exactly `count` bytes, or fewer when `deadline` (of `clock`) passes first.

        Raises LineLost, or LineStopped when the owner is stopping.
        """
        port = self._open_port()
        data = b""
        while len(data) < count:
            if self._stopping():
                raise LineStopped
            try:
                data += port.read(count - len(data))
            except PORT_ERRORS as error:
                raise LineLost(self.settings.url, str(error)) from error
            if self.clock() >= deadline:
                break
        return data

    def read_some(self, most: int, deadline: float) -> bytes:
        """What is there, at least one byte, at most `most`; nothing when `deadline` passes first.

        One call for a burst: a thread that takes byte after byte waits for the others each time. Raises
        like `read`.
        """
        first = self.read(1, deadline)
        if not first or most == 1:
            return first
        port = self._open_port()
        try:
            waiting = min(port.in_waiting, most - 1)
            return first + port.read(waiting) if waiting else first
        except PORT_ERRORS as error:
            raise LineLost(self.settings.url, str(error)) from error

    def discard_input(self) -> None:
        """Throw away what lies in the buffer: leftovers of earlier answers. Raises LineLost."""
        port = self._open_port()
        try:
            port.reset_input_buffer()
        except PORT_ERRORS as error:
            raise LineLost(self.settings.url, str(error)) from error

    def _open_port(self) -> Port:
        if self._owner_thread != threading.get_ident():
            raise RuntimeError("a serial line belongs to the thread that opened it")
        if self._port is None:
            raise LineLost(self.settings.url, "closed")
        return self._port

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""A device on USB that is no serial port but HID, by Linux' own files for such devices: bytes in reports.

    hid:///dev/hidraw2         that device file
    hid://0483:5750            the first device of that maker and product, wherever it was plugged in
    hid://0483:5750/0001       the very one with that serial number
    …?counted=1                its reports begin with the number of bytes that are meant

Nothing but the kernel is needed, and the right to open the file (`installer/70-counter-app-hid.rules`).
Other systems give such devices to programs through a library that is not built in. A socket in the file's
place is a simulator (`simulators/hid_line.py`). What has its maker's own bulk transfers is none of these.
"""

from __future__ import annotations

import os
import select
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from urllib.parse import parse_qs, unquote, urlsplit

from counter_app.devices.hid_reports import Reports, read_descriptor
from counter_app.errors import UserFacingError, mark

CLASS: Final = Path("/sys/class/hidraw")
FOLDER: Final = Path("/dev")
SCHEME: Final = "hid"
COUNTED: Final = "counted"
_LARGEST: Final = 4096
_USB: Final = "0003"


class NoHid(UserFacingError):
    """This system has no such files."""

    def __init__(self) -> None:
        super().__init__(
            "port.no-hid",
            mark("On this system USB readers of the kind HID cannot be reached."),
            kept=mark("Nothing was changed."),
            remedy=mark("Use a reader whose driver makes a serial port, or one at a Linux machine."),
        )


@dataclass(frozen=True, slots=True)
class HidDevice:
    """One attached device, as the system's tree tells it."""

    file: Path
    maker: str
    product: str
    serial: str
    name: str
    reports: Reports

    @property
    def url(self) -> str:
        serial = f"/{self.serial}" if self.serial else ""
        return f"{SCHEME}://{self.maker}:{self.product}{serial}"


def attached(tree: Path = CLASS, folder: Path = FOLDER) -> tuple[HidDevice, ...]:
    """The devices plugged in by USB now, by their files."""
    if not tree.is_dir():
        return ()
    found = (_read(entry, folder / entry.name) for entry in sorted(tree.glob("hidraw*")))
    return tuple(one for one in found if one is not None)


def place_of(url: str, tree: Path = CLASS, folder: Path = FOLDER) -> tuple[Path, Reports]:
    """Its file and its reports. ValueError for no address, FileNotFoundError when it is not plugged in."""
    parts = urlsplit(url)
    counted = parse_qs(parts.query).get(COUNTED, ["0"])[-1]
    if parts.scheme != SCHEME or counted not in ("0", "1"):
        raise ValueError(url)
    if not parts.netloc:
        if not parts.path.strip("/"):
            raise ValueError(url)
        path = Path(unquote(parts.path))
        return path, read_descriptor(_bytes(tree / path.name / "device"), counted=counted == "1")
    maker, _, product = parts.netloc.casefold().partition(":")
    if not (_is_id(maker) and _is_id(product)):
        raise ValueError(url)
    serial = unquote(parts.path.strip("/"))
    for one in attached(tree, folder):
        if (one.maker, one.product) == (maker, product) and serial in ("", one.serial):
            return one.file, read_descriptor(_bytes(tree / one.file.name / "device"), counted=counted == "1")
    raise FileNotFoundError(url)


class HidPort:
    """The few calls of a pyserial port that `SerialLine` makes. Errors are OSError."""

    def __init__(self, handle: int, reports: Reports, timeout: float, write_timeout: float) -> None:
        self._handle = handle
        self._reports = reports
        self._timeout = timeout
        self._write_timeout = write_timeout
        self._buffer = b""

    @classmethod
    def open(cls, url: str, *, timeout: float, write_timeout: float) -> Self:
        """Raises ValueError for a bad URL, NoHid, OSError where it is not or may not be opened."""
        if sys.platform != "linux":
            raise NoHid
        file, reports = place_of(url)
        if file.is_socket():
            handle = _connected(file)
        else:
            handle = os.open(file, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        return cls(handle, reports, timeout, write_timeout)

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes that come within the timeout."""
        if not self._buffer and select.select([self._handle], [], [], self._timeout)[0]:
            self._buffer = self._report()
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data

    @property
    def in_waiting(self) -> int:
        """What is left of the last report; whether another one waits the system does not say."""
        return len(self._buffer)

    def write(self, data: bytes, /) -> int:
        """All of it, in as many reports as it takes; TimeoutError when the device takes none for too long."""
        for report in self._reports.wrapped(data):
            if not select.select([], [self._handle], [], self._write_timeout)[1]:
                raise TimeoutError("the device takes no more reports")
            os.write(self._handle, report)
        return len(data)

    def reset_input_buffer(self) -> None:
        self._buffer = b""
        while select.select([self._handle], [], [], 0)[0]:
            self._report()

    def close(self) -> None:
        os.close(self._handle)

    def _report(self) -> bytes:
        try:
            report = os.read(self._handle, _LARGEST)
        except BlockingIOError:
            return b""
        if not report:
            raise ConnectionResetError("the device went away")
        return self._reports.unwrapped(report)


def _connected(file: Path) -> int:
    """A simulator in the file's place."""
    if sys.platform != "linux":
        raise NoHid
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        line.connect(str(file))
    except OSError:
        line.close()
        raise
    line.setblocking(False)
    return line.detach()


def _read(entry: Path, file: Path) -> HidDevice | None:
    place = entry / "device"
    try:
        lines = (place / "uevent").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    said = dict(line.split("=", 1) for line in lines if "=" in line)
    bus, _, ids = said.get("HID_ID", "").partition(":")
    maker, _, product = ids.casefold().partition(":")
    if bus != _USB or not product:
        return None
    reports = read_descriptor(_bytes(place))
    name = said.get("HID_NAME", "")
    return HidDevice(file, maker[-4:], product[-4:], said.get("HID_UNIQ", ""), name, reports)


def _bytes(place: Path) -> bytes:
    try:
        return (place / "report_descriptor").read_bytes()
    except OSError:
        return b""


def _is_id(text: str) -> bool:
    return len(text) == 4 and all(sign in "0123456789abcdef" for sign in text)

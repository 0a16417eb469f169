"""A printer on USB through the system's printer class (`usblp`): bytes out and in, no driver of its own.

    usb:///dev/usb/lp0        that device file
    usb://04b8:0202           the first printer of that maker and product, wherever it was plugged in
    usb://04b8:0202/J5XF0042  the very one with that serial number

A device file changes its number when it is plugged in again; maker, product and serial do not. Windows gives
a program no such file: there a USB printer is reached through its serial driver or the spooler.
"""

from __future__ import annotations

import os
import select
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from urllib.parse import unquote, urlsplit

CLASS: Final = Path("/sys/class/usbmisc")
FOLDER: Final = Path("/dev/usb")
SCHEME: Final = "usb"
_PARTS: Final = ("idVendor", "idProduct", "serial", "manufacturer", "product")
_UP: Final = 6  # folders from a class entry to its device at most


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """One attached printer, as the system's tree tells it."""

    file: Path
    maker: str
    product: str
    serial: str
    name: str

    @property
    def url(self) -> str:
        serial = f"/{self.serial}" if self.serial else ""
        return f"{SCHEME}://{self.maker}:{self.product}{serial}"


def attached(tree: Path = CLASS, folder: Path = FOLDER) -> tuple[UsbPrinter, ...]:
    """The printers plugged in now, by their device files."""
    if not tree.is_dir():
        return ()
    found = (_read(entry, folder / entry.name) for entry in sorted(tree.glob("lp*")))
    return tuple(one for one in found if one is not None)


def file_of(url: str, tree: Path = CLASS, folder: Path = FOLDER) -> Path:
    """The device file of a URL. ValueError for none, FileNotFoundError when it is not plugged in."""
    parts = urlsplit(url)
    if parts.scheme != SCHEME:
        raise ValueError(url)
    if not parts.netloc:
        if not parts.path.strip("/"):
            raise ValueError(url)
        return Path(parts.path)
    maker, _, product = parts.netloc.casefold().partition(":")
    if not (_is_id(maker) and _is_id(product)):
        raise ValueError(url)
    serial = unquote(parts.path.strip("/"))
    for one in attached(tree, folder):
        if (one.maker, one.product) == (maker, product) and serial in ("", one.serial):
            return one.file
    raise FileNotFoundError(url)


class UsbPort:
    """The few calls of a pyserial port that `SerialLine` makes. Errors are OSError."""

    def __init__(self, handle: int, timeout: float, write_timeout: float) -> None:
        self._handle = handle
        self._timeout = timeout
        self._write_timeout = write_timeout

    @classmethod
    def open(cls, url: str, *, timeout: float, write_timeout: float) -> Self:
        """Raises ValueError for a bad URL, OSError where there is no such printer or it may not be opened."""
        if sys.platform == "win32":
            raise FileNotFoundError(url)
        file = file_of(url)
        return cls(os.open(file, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY), timeout, write_timeout)

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes that come within the timeout."""
        if not select.select([self._handle], [], [], self._timeout)[0]:
            return b""
        try:
            data = os.read(self._handle, size)
        except BlockingIOError:
            return b""
        if not data:
            raise ConnectionResetError("the printer went away")
        return data

    @property
    def in_waiting(self) -> int:
        """The system does not say: what a printer answers is short."""
        return 0

    def write(self, data: bytes, /) -> int:
        """All bytes; TimeoutError when the printer takes none for too long."""
        left = memoryview(data)
        while left:
            if not select.select([], [self._handle], [], self._write_timeout)[1]:
                raise TimeoutError("the printer takes no more bytes")
            try:
                left = left[os.write(self._handle, left) :]
            except BlockingIOError:
                continue
        return len(data)

    def reset_input_buffer(self) -> None:
        while select.select([self._handle], [], [], 0)[0]:
            try:
                if not os.read(self._handle, 4096):
                    return
            except BlockingIOError:
                return

    def close(self) -> None:
        os.close(self._handle)


def _read(entry: Path, file: Path) -> UsbPrinter | None:
    """Walk up from the class entry to the folder that names the device."""
    place = (entry / "device").resolve()
    for folder in (place, *place.parents[:_UP]):
        if (folder / "idVendor").is_file():
            maker, product, serial, made_by, name = (_line(folder / part) for part in _PARTS)
            return UsbPrinter(file, maker, product, serial, f"{made_by} {name}".strip())
    return None


def _line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _is_id(text: str) -> bool:
    return len(text) == 4 and all(sign in "0123456789abcdef" for sign in text)

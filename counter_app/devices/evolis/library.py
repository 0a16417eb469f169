"""The maker's C library by ctypes: the dozen calls that find a printer, ask it, and print one card.

Only `child.py` loads it: a crash in it takes nothing of ours along. Names and sizes after the published
header (`evolis.h`); both spellings of older and newer releases are understood.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from ctypes import POINTER, Structure, byref, c_bool, c_char, c_char_p, c_int, c_size_t, c_uint32, c_void_p
from dataclasses import dataclass
from typing import Any, Final

AUTOMATIC: Final = 0  # open mode: direct, or through the maker's service where one runs
FRONT, BACK = 0, 1


class LibraryAbsent(Exception):
    """It cannot be loaded, or it is another library."""


class _Ribbon(Structure):
    _fields_ = (
        ("description", c_char * 64),
        ("zone", c_char * 8),
        ("type", c_int),
        ("capacity", c_int),
        ("remaining", c_int),
        ("progress", c_int),
        ("product_code", c_char * 16),
        ("batch_number", c_uint32),
        ("built_at", c_char * 24),
        ("serial_number", c_char * 24),
        ("internal_code", c_char * 24),
    )


class _Info(Structure):
    _fields_ = (
        ("name", c_char * 128),
        ("type", c_int),
        ("mark", c_int),
        ("mark_name", c_char * 32),
        ("model", c_int),
        ("model_name", c_char * 32),
        ("model_id", c_uint32),
        ("firmware", c_char * 16),
        ("serial_number", c_char * 16),
        ("head_number", c_char * 16),
        ("zone", c_char * 16),
        ("flips", c_bool),
        ("features", c_bool * 12),
        ("insertion", c_uint32),
        ("ejection", c_uint32),
        ("rejection", c_uint32),
        ("lcd_firmware", c_char * 16),
        ("lcd_graphics", c_char * 16),
        ("scanner_firmware", c_char * 64),
        ("later", c_char * 4096),  # what newer releases may write behind it
    )


class _Device(Structure):
    _fields_ = (
        ("id", c_char * 128),
        ("name", c_char * 256),
        ("display_name", c_char * 256),
        ("uri", c_char * 512),
        ("mark", c_int),
        ("model", c_int),
        ("supervised", c_bool),
        ("online", c_bool),
        ("link", c_int),
        ("driver_version", c_char * 128),
    )


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What is known of the ribbon; counts are cards."""

    description: str
    capacity: int
    remaining: int


@dataclass(frozen=True, slots=True)
class Maker:
    """`flips`: it turns the card over and prints both sides."""

    model: str
    serial: str
    firmware: str
    flips: bool


class Library:
    """The loaded library. For one thread."""

    def __init__(self, path: str) -> None:
        """Raises LibraryAbsent."""
        try:
            self._library = ctypes.CDLL(path)
            self._open = self._opener()
            self._close = self._call("evolis_close", None, c_void_p)
            self._state = self._call("evolis_get_state", c_int, c_void_p, POINTER(c_int), POINTER(c_int))
            self._ribbon = self._call("evolis_get_ribbon", c_int, c_void_p, POINTER(_Ribbon))
            self._info = self._call(
                self._either("evolis_get_info", "evolis_get_infos"), c_int, c_void_p, c_void_p
            )
            self._init = self._call("evolis_print_init", c_int, c_void_p)
            self._face = self._call("evolis_print_set_imageb", c_int, c_void_p, c_int, c_char_p, c_size_t)
            self._print = self._call("evolis_print_exect", c_int, c_void_p, c_int)
            self._devices = self._call("evolis_get_devices", c_int, POINTER(POINTER(_Device)), c_int, c_int)
            self._free = self._call("evolis_free_devices", None, POINTER(_Device))
        except (OSError, AttributeError) as error:
            raise LibraryAbsent(str(error)) from error

    def printers(self) -> tuple[tuple[str, str], ...]:
        """Names and what they are called, of those the system knows."""
        found = POINTER(_Device)()
        count = self._devices(byref(found), 0, 0)
        names = tuple((_text(found[at].name), _text(found[at].display_name)) for at in range(max(0, count)))
        if count > 0:
            self._free(found)
        return names

    def open(self, printer: str) -> Session | None:
        """None when there is none of this name, or it does not answer."""
        handle = self._open(printer.encode())
        return Session(self, handle) if handle else None

    def _opener(self) -> Callable[[bytes], int | None]:
        if hasattr(self._library, "evolis_open_with_mode"):
            with_mode = self._call("evolis_open_with_mode", c_void_p, c_char_p, c_int)
            return lambda name: with_mode(name, AUTOMATIC)
        plain = self._call("evolis_open", c_void_p, c_char_p, c_bool)
        return lambda name: plain(name, False)

    def _either(self, new: str, old: str) -> str:
        return new if hasattr(self._library, new) else old

    def _call(self, name: str, gives: Any, *takes: Any) -> Callable[..., int]:
        function = self._library[name]
        function.restype, function.argtypes = gives, takes
        return function


class Session:
    """One open printer; `close` it."""

    def __init__(self, library: Library, handle: int) -> None:
        self._library = library
        self._handle = handle

    def state(self) -> tuple[int, int, int]:
        """The answer's code, then major and minor state."""
        major, minor = c_int(0), c_int(0)
        code = self._library._state(self._handle, byref(major), byref(minor))
        return code, major.value, minor.value

    def ribbon(self) -> Ribbon | None:
        found = _Ribbon()
        if self._library._ribbon(self._handle, byref(found)):
            return None
        return Ribbon(_text(found.description), found.capacity, found.remaining)

    def maker(self) -> Maker:
        found = _Info()
        if self._library._info(self._handle, byref(found)):
            return Maker("", "", "", flips=True)  # not known: printing says whether it can
        serial, firmware = _text(found.serial_number), _text(found.firmware)
        return Maker(_text(found.model_name), serial, firmware, flips=found.flips)

    def prepare(self, faces: Sequence[bytes]) -> int:
        """A new print of these faces (BMP); nothing moves yet. The first code that is no success, else 0."""
        code = self._library._init(self._handle)
        for face, image in zip((FRONT, BACK), faces, strict=False):
            code = code or self._library._face(self._handle, face, image, len(image))
        return code

    def print(self, seconds: int) -> int:
        """Print one card and wait for its end; the answer's code."""
        return self._library._print(self._handle, seconds * 1000)

    def close(self) -> None:
        self._library._close(self._handle)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")

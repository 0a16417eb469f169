"""The system's PC/SC library by ctypes: `libpcsclite.so.1`, `winscard.dll`, the framework of macOS.

pyscard has no wheels for Linux and needs swig, a compiler and headers on the counter, so it is not used
(decision 022). The library is loaded when a slot is first opened; a bare machine has none and is told so.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from typing import Any, Final, Protocol

from counter_app.devices.pcsc.errors import DONE, NO_READERS, TIMEOUT, PcscAbsent, PcscTrouble

SYSTEM: Final = 2
SHARED: Final = 2
ANY_PROTOCOL: Final = 3
LEAVE: Final = 0
PRESENT: Final = 0x20
CHANGED: Final = 0x02
_LONGEST_ANSWER: Final = 264
_LONGEST_LIST: Final = 4096
_ATR: Final = 36 if sys.platform == "win32" else 33
_Number = ctypes.c_ulong if sys.platform != "darwin" else ctypes.c_uint32
_Handle = ctypes.c_size_t if sys.platform == "win32" else ctypes.c_long


@dataclass(frozen=True, slots=True)
class SlotState:
    """A reader's state; `counter` goes up with each card that comes or goes."""

    present: bool
    counter: int
    atr: bytes


class SmartCards(Protocol):
    """One connection to the service. Every call may raise PcscTrouble."""

    def readers(self) -> tuple[str, ...]:
        """Names of the readers plugged in; none is no error."""
        ...

    def state(self, reader: str) -> SlotState: ...

    def ask(self, reader: str, command: bytes) -> bytes:
        """Send one command to the card in `reader`; its whole answer with the two status bytes."""
        ...

    def close(self) -> None: ...


class _ReaderState(ctypes.Structure):
    _fields_ = (
        ("reader", ctypes.c_char_p),
        ("user", ctypes.c_void_p),
        ("known", _Number),
        ("now", _Number),
        ("atr_size", _Number),
        ("atr", ctypes.c_ubyte * _ATR),
    )
    if sys.platform == "darwin":
        _pack_ = 1


class _Protocol(ctypes.Structure):
    _fields_ = (("protocol", _Number), ("size", _Number))


def _load() -> Any:
    """The library with its calls by their plain names. Raises PcscAbsent."""
    try:
        if sys.platform == "win32":
            return ctypes.WinDLL("winscard.dll")
        if sys.platform == "darwin":
            return ctypes.CDLL("/System/Library/Frameworks/PCSC.framework/PCSC")
        return ctypes.CDLL("libpcsclite.so.1")
    except OSError as error:
        raise PcscAbsent from error


class SystemSmartCards:
    """`SmartCards` over the system's library. Belongs to the thread that made it."""

    def __init__(self) -> None:
        """Raises PcscAbsent, or PcscTrouble when no service runs."""
        self._library = _load()
        suffix = "A" if sys.platform == "win32" else ""
        self._list = getattr(self._library, f"SCardListReaders{suffix}")
        self._status = getattr(self._library, f"SCardGetStatusChange{suffix}")
        self._connect = getattr(self._library, f"SCardConnect{suffix}")
        self._context = _Handle()
        _check(self._library.SCardEstablishContext(_Number(SYSTEM), None, None, ctypes.byref(self._context)))

    def readers(self) -> tuple[str, ...]:
        size, names = _Number(_LONGEST_LIST), ctypes.create_string_buffer(_LONGEST_LIST)
        code = _code(self._list(self._context, None, names, ctypes.byref(size)))
        if code == NO_READERS:
            return ()
        _check(code)
        listed = names.raw[: size.value].split(b"\0")
        return tuple(name.decode("utf-8", "replace") for name in listed if name)

    def state(self, reader: str) -> SlotState:
        asked = _ReaderState(reader=reader.encode())
        code = _code(self._status(self._context, _Number(0), ctypes.byref(asked), _Number(1)))
        if code != TIMEOUT:
            _check(code)
        now = int(asked.now)
        return SlotState(bool(now & PRESENT), now >> 16, bytes(asked.atr[: int(asked.atr_size)]))

    def ask(self, reader: str, command: bytes) -> bytes:
        card, protocol = _Handle(), _Number()
        _check(
            self._connect(
                self._context,
                reader.encode(),
                _Number(SHARED),
                _Number(ANY_PROTOCOL),
                ctypes.byref(card),
                ctypes.byref(protocol),
            )
        )
        try:
            header = _Protocol(protocol.value, ctypes.sizeof(_Protocol))
            size, answer = _Number(_LONGEST_ANSWER), ctypes.create_string_buffer(_LONGEST_ANSWER)
            _check(
                self._library.SCardTransmit(
                    card,
                    ctypes.byref(header),
                    command,
                    _Number(len(command)),
                    None,
                    answer,
                    ctypes.byref(size),
                )
            )
            return answer.raw[: size.value]
        finally:
            self._library.SCardDisconnect(card, _Number(LEAVE))

    def close(self) -> None:
        """Never raises: a service that went away has closed it for us."""
        self._library.SCardReleaseContext(self._context)


def _code(result: int) -> int:
    """Results are signed on some systems and of 64 bits on others."""
    return result & 0xFFFFFFFF


def _check(result: int) -> None:
    if (code := _code(result)) != DONE:
        raise PcscTrouble(code)

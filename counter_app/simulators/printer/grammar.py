"""Cuts a stream of ESC/POS bytes into commands, without knowing what they do.

Lengths are those of Epson's public command reference. Not here: meaning, state, two-byte text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ESC, GS, FS, DLE = 0x1B, 0x1D, 0x1C, 0x10
TEXT: Final = b""
_LEADS: Final = frozenset((ESC, GS, FS, DLE))
_FIRST_PRINTABLE: Final = 0x20

_FIXED: Final[dict[bytes, int]] = {
    **dict.fromkeys((b"\x1b@", b"\x1b2", b"\x1bi", b"\x1bm", b"\x1bS", b"\x1bL", b"\x1c&", b"\x1c."), 0),
    **{bytes((ESC, code)): 1 for code in b"!EG-MaJKde3 tRV{Tr=%?Uu"},
    **{bytes((ESC, code)): 2 for code in b"$\\B"},
    b"\x1bp": 3,
    b"\x1bc3": 1,
    b"\x1bc4": 1,
    b"\x1bc5": 1,
    b"\x1bW": 8,
    **{bytes((GS, code)): 1 for code in b"!BHhwfarIEb/T"},
    **{bytes((GS, code)): 2 for code in b"LWP$\\"},
    b"\x1d:": 0,
    b"\x1dc": 0,
    b"\x1d^": 3,
    b"\x1dz0": 2,
    **{bytes((FS, code)): 1 for code in b"!-WC"},
    b"\x1cS": 2,
    b"\x1cp": 2,
    b"\x1c2": 74,
    b"\x10\x04": 1,
    b"\x10\x05": 1,
}
_THREE_BYTE_CODES: Final = frozenset((b"\x1bc", b"\x1dz"))
_REAL_TIME_PARAMETERS: Final = {1: 2, 2: 2, 3: 5, 7: 1, 8: 7}  # of DLE DC4 fn
_FEEDING_CUTS: Final = frozenset((65, 66, 97, 98, 103, 104))
_COUNTED_BARCODES: Final = 65  # GS k m: from here on the length is given, below a NUL ends the data


@dataclass(frozen=True, slots=True)
class Token:
    """`code` names the command (`b"\\x1d!"`, `b"\\x1d(k"`, `b"\\n"`), `TEXT` for printable bytes."""

    code: bytes
    args: bytes
    size: int
    known: bool = True


def next_token(data: bytes | bytearray, at: int) -> Token | None:
    """The command at `at`, or None while more bytes are needed. An unknown one is two bytes long."""
    if at >= len(data):
        return None
    first = data[at]
    if first >= _FIRST_PRINTABLE:
        return _text(data, at)
    if first not in _LEADS:
        return Token(bytes((first,)), b"", 1)
    code = bytes(data[at : at + 2])
    if len(code) < 2:
        return None
    if code in _THREE_BYTE_CODES:
        code = bytes(data[at : at + 3])
        if len(code) < 3:
            return None
    count = _FIXED.get(code)
    if count is not None:
        return _sized(data, at, code, len(code) + count)
    return _variable(data, at, code)


def _text(data: bytes | bytearray, at: int) -> Token:
    end = at + 1
    while end < len(data) and data[end] >= _FIRST_PRINTABLE:
        end += 1
    return Token(TEXT, bytes(data[at:end]), end - at)


def _sized(data: bytes | bytearray, at: int, code: bytes, size: int, skip: int = 0) -> Token | None:
    """The whole command of `size` bytes; `skip` bytes of length after the code are no arguments."""
    if at + size > len(data):
        return None
    return Token(code, bytes(data[at + len(code) + skip : at + size]), size)


def _variable(data: bytes | bytearray, at: int, code: bytes) -> Token | None:
    head = bytes(data[at : at + 10])
    if code in (b"\x1d(", b"\x1c("):
        # <GS ( f> pL pH, then that many bytes: the function's letter belongs to the code
        return None if len(head) < 5 else _sized(data, at, head[:3], 5 + _low_high(head, 3), 2)
    if code == b"\x1d8":
        return None if len(head) < 7 else _sized(data, at, head[:3], 7 + _four(head, 3), 4)
    if code == b"\x1dv":
        if len(head) < 8:
            return None
        return _sized(data, at, code, 8 + _low_high(head, 4) * _low_high(head, 6))
    if code == b"\x1b*":
        if len(head) < 5:
            return None
        return _sized(data, at, code, 5 + _low_high(head, 3) * (3 if head[2] >= 32 else 1))
    if code == b"\x1d*":
        return None if len(head) < 4 else _sized(data, at, code, 4 + head[2] * head[3] * 8)
    return _ended(data, at, code, head)


def _pictures(data: bytes | bytearray, at: int, code: bytes) -> Token | None:
    """`FS q n`, then n pictures, each with its sizes in eights of dots."""
    if len(data) < at + 3:
        return None
    size = 3
    for _ in range(data[at + 2]):
        head = bytes(data[at + size : at + size + 4])
        if len(head) < 4:
            return None
        size += 4 + _low_high(head, 0) * _low_high(head, 2) * 8
    return _sized(data, at, code, size)


def _ended(data: bytes | bytearray, at: int, code: bytes, head: bytes) -> Token | None:
    """Commands whose third byte, or a NUL, says how long they are."""
    if code == b"\x1cq":
        return _pictures(data, at, code)
    if code not in (b"\x1bD", b"\x1dk", b"\x1dV", b"\x10\x14"):
        return Token(code, b"", 2, known=False)
    if code == b"\x1bD":
        return _until_nul(data, at, code, at + 2)
    if len(head) < 3:
        return None
    kind = head[2]
    if code == b"\x1dV":
        return _sized(data, at, code, 4 if kind in _FEEDING_CUTS else 3)
    if code == b"\x10\x14":
        return _sized(data, at, code, 3 + _REAL_TIME_PARAMETERS.get(kind, 0))
    if kind < _COUNTED_BARCODES:
        return _until_nul(data, at, code, at + 3)
    return None if len(head) < 4 else _sized(data, at, code, 4 + head[3])


def _until_nul(data: bytes | bytearray, at: int, code: bytes, start: int) -> Token | None:
    end = data.find(0, start)
    return None if end < 0 else _sized(data, at, code, end + 1 - at)


def _low_high(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 2], "little")


def _four(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 4], "little")

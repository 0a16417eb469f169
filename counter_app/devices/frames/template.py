"""A frame written as text, built into bytes and known again among bytes. Pure.

    A5 01              bytes in hexadecimal
    '欢迎光临'          a text, in GBK
    {text}             a value as GBK text; {text:16} in exactly so many bytes, cut between characters, blank
                       filled
    {number:u8}        a number: u8, u16 (high byte first), u16le; {number:d3} as so many digits
    [ … ]              what length and checksums count; without brackets all that stands before the checksum
    {len} {len:u16}    the bytes that follow it within the brackets
    {xor} {sum} {sum16} {sum16le} {crc16} {crc16le}    checksums; CRC-16 is that of Modbus

In a frame to be known again `??` is any byte. What is wrong with a template is a ValueError that says where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Value = str | int
LONGEST: Final = 512  # bytes of a frame
_TOKEN: Final = re.compile(
    r"\s+|(?P<hex>[0-9A-Fa-f]{2})(?![0-9A-Za-z])|'(?P<text>[^']*)'|\{(?P<field>[a-z][a-z0-9]*)(:(?P<form>[a-z0-9]+))?\}"
    r"|(?P<mark>[\[\]])|(?P<any>\?\?)"
)
_NUMBER: Final = {"u8": (1, "big"), "u16": (2, "big"), "u16le": (2, "little")}


def crc16(data: bytes) -> int:
    """Modbus: polynomial 0xA001, beginning with 0xFFFF."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def _xor(data: bytes) -> bytes:
    value = 0
    for byte in data:
        value ^= byte
    return bytes([value])


CHECKS: Final[Mapping[str, tuple[int, Callable[[bytes], bytes]]]] = {
    "xor": (1, _xor),
    "sum": (1, lambda data: bytes([sum(data) & 0xFF])),
    "sum16": (2, lambda data: (sum(data) & 0xFFFF).to_bytes(2, "big")),
    "sum16le": (2, lambda data: (sum(data) & 0xFFFF).to_bytes(2, "little")),
    "crc16": (2, lambda data: crc16(data).to_bytes(2, "big")),
    "crc16le": (2, lambda data: crc16(data).to_bytes(2, "little")),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One token: `kind` is `bytes`, `any`, `open`, `close`, `field`, `len` or `check`."""

    kind: str
    data: bytes = b""
    name: str = ""
    form: str = ""


def fitted(text: str, size: int) -> bytes:
    """GBK in exactly so many bytes; what does not fit is left out whole, what GBK lacks becomes `?`."""
    found = b""
    for character in text:
        one = character.encode("gbk", "replace")
        if len(found) + len(one) > size:
            break
        found += one
    return found.ljust(size)


class FrameTemplate:
    """ValueError when `text` is none, and from `build` when a value does not fit."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = _pieces(text)
        self.fields = frozenset(piece.name for piece in self.pieces if piece.kind == "field")

    def build(self, values: Mapping[str, Value]) -> bytes:
        """The frame's bytes. ValueError for a value that is missing or does not fit."""
        if any(piece.kind == "any" for piece in self.pieces):
            raise ValueError(f"?? can only be received: {self.text}")
        parts = [self._part(piece, values) for piece in self.pieces]
        for at, piece in enumerate(self.pieces):
            if piece.kind == "len":
                counted = sum(len(part) for part in parts[at + 1 : _end(self.pieces, at)])
                parts[at] = _number(counted, piece.form or "u8")
        for at, piece in enumerate(self.pieces):
            if piece.kind == "check":
                parts[at] = CHECKS[piece.name][1](b"".join(parts[_start(self.pieces, at) : at]))
        frame = b"".join(parts)
        if not frame or len(frame) > LONGEST:
            raise ValueError(f"a frame of {len(frame)} bytes: {self.text}")
        return frame

    def _part(self, piece: Piece, values: Mapping[str, Value]) -> bytes:
        if piece.kind != "field":
            return piece.data
        if piece.name not in values:
            raise ValueError(f"no value for {piece.name}")
        value = values[piece.name]
        if piece.form.isdecimal():
            return fitted(str(value), int(piece.form))
        if not piece.form:
            return str(value).encode("gbk", "replace")
        number = _as_number(value)
        if piece.form.startswith("d"):
            digits = f"{number:0{int(piece.form[1:])}d}"
            if number < 0 or len(digits) > int(piece.form[1:]):
                raise ValueError(f"{value} has too many digits for {piece.form}")
            return digits.encode()
        return _number(number, piece.form)


class FramePattern:
    """A frame of fixed length to be known among bytes. ValueError when `text` is none, or has fields."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = _pieces(text)
        if any(piece.kind in ("field", "len") for piece in self.pieces):
            raise ValueError(f"fields cannot be received: {text}")
        self.size = sum(len(piece.data) for piece in self.pieces)
        if not self.size or not any(piece.kind == "bytes" and piece.data for piece in self.pieces):
            raise ValueError(f"nothing to know it by: {text}")

    def fits(self, data: bytes) -> bool:
        """Whether these bytes, exactly as many, are such a frame."""
        if len(data) != self.size:
            return False
        at = 0
        starts = [0] * (len(self.pieces) + 1)
        for n, piece in enumerate(self.pieces):
            starts[n] = at
            at += len(piece.data)
        for n, piece in enumerate(self.pieces):
            got = data[starts[n] : starts[n] + len(piece.data)]
            if piece.kind == "bytes" and got != piece.data:
                return False
            if piece.kind == "check":
                counted = data[starts[_start(self.pieces, n)] : starts[n]]
                if got != CHECKS[piece.name][1](counted):
                    return False
        return True


@dataclass(frozen=True, slots=True)
class ReplyMap:
    """What frames of a device mean: `A5 01 {xor} = 1; A5 02 {xor} = 2`."""

    replies: tuple[tuple[FramePattern, str], ...]

    @classmethod
    def parse(cls, text: str) -> ReplyMap:
        """ValueError for what is none."""
        replies = []
        for entry in text.split(";"):
            if not entry.strip():
                continue
            frame, equals, meaning = entry.rpartition("=")
            if not equals or not meaning.strip():
                raise ValueError(f"no meaning: {entry.strip()}")
            replies.append((FramePattern(frame), meaning.strip()))
        if not replies:
            raise ValueError("no replies")
        return cls(tuple(replies))

    @property
    def longest(self) -> int:
        return max(pattern.size for pattern, _ in self.replies)

    def take(self, buffer: bytes) -> tuple[tuple[str, ...], bytes]:
        """Meanings of all frames in the bytes, and what may yet become one. Noise is passed over."""
        meanings: list[str] = []
        at = 0
        while (hit := self._next(buffer, at)) is not None:
            meanings.append(hit[1])
            at = hit[0]
        return tuple(meanings), buffer[max(at, len(buffer) - self.longest + 1) :]

    def _next(self, buffer: bytes, begin: int) -> tuple[int, str] | None:
        """Where the first frame from here on ends, and what it means."""
        for at in range(begin, len(buffer)):
            for pattern, meaning in self.replies:
                if pattern.fits(buffer[at : at + pattern.size]):
                    return at + pattern.size, meaning
        return None


def _pieces(text: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(f"not understood from here: {text[at : at + 20]}")
        at = token.end()
        piece = _piece(token)
        if piece is not None:
            found.append(piece)
    _check(found, text)
    return tuple(found)


def _piece(token: re.Match[str]) -> Piece | None:
    if token["hex"] is not None:
        return Piece("bytes", bytes.fromhex(token["hex"]))
    if token["text"] is not None:
        return Piece("bytes", token["text"].encode("gbk"))
    if token["mark"] is not None:
        return Piece("open" if token["mark"] == "[" else "close")
    if token["any"] is not None:
        return Piece("any", b"\x00")
    name, form = token["field"], token["form"] or ""
    if name is None:
        return None
    if name == "len" and form in ("", *_NUMBER):
        return Piece("len", bytes(_NUMBER[form or "u8"][0]), form=form)
    if name in CHECKS and not form:
        return Piece("check", bytes(CHECKS[name][0]), name)
    digits = form.removeprefix("d")
    sized = digits.isdecimal() and 0 < int(digits[:4]) <= LONGEST
    if name in ("len", *CHECKS) or not (form in ("", *_NUMBER) or sized):
        raise ValueError(f"no such field: {token[0]}")
    return Piece("field", name=name, form=form)


def _check(pieces: Sequence[Piece], text: str) -> None:
    marks = [piece.kind for piece in pieces if piece.kind in ("open", "close")]
    if marks not in ([], ["open", "close"]):
        raise ValueError(f"brackets: {text}")
    if not pieces:
        raise ValueError("an empty frame")


def _start(pieces: Sequence[Piece], at: int) -> int:
    """Where what a checksum counts begins."""
    return next((n for n, piece in enumerate(pieces[:at]) if piece.kind == "open"), 0)


def _end(pieces: Sequence[Piece], at: int) -> int:
    """Where what a length counts ends: at the bracket, else before the checksum."""
    for n in range(at + 1, len(pieces)):
        if pieces[n].kind in ("close", "check"):
            return n
    return len(pieces)


def _as_number(value: Value) -> int:
    text = str(value)
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if not digits or len(digits) > 9:
        raise ValueError(f"no number: {text}")
    return int(digits)


def _number(value: int, form: str) -> bytes:
    size, order = _NUMBER[form]
    try:
        return value.to_bytes(size, "big" if order == "big" else "little")
    except OverflowError as error:
        raise ValueError(f"{value} does not fit in {form}") from error

"""Frames of the serial SAM protocol: building requests, finding replies in a noisy stream.

    request   AA AA AA 96 69 | LEN | CMD PARA | DATA | CHK       LEN = len(DATA) + 3
    reply     AA AA AA 96 69 | LEN | SW1 SW2 SW3 | DATA | CHK    LEN = len(DATA) + 4

LEN is two bytes, big-endian, unsigned; CHK is the XOR of every byte from LEN to before CHK. Pure
functions only: waiting, deadlines and retries are the driver's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Final

PREAMBLE: Final = bytes.fromhex("AAAAAA9669")
HEAD: Final = len(PREAMBLE) + 2
SMALLEST_LEN: Final = 4  # SW1 SW2 SW3 CHK
LARGEST_LEN: Final = 4 + 6 + 256 + 1024 + 1024  # text, photo, fingerprints: a frame of 2321 bytes
SMALLEST_REPLY: Final = HEAD + SMALLEST_LEN


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole reply with a right checksum."""

    sw1: int
    sw2: int
    sw3: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A reply, and the bytes behind it that belong to none of it."""

    reply: Reply
    rest: bytes


@dataclass(frozen=True, slots=True)
class Partial:
    """Nothing whole yet: `kept` may be the beginning of a reply, at least `missing` bytes lack."""

    kept: bytes
    missing: int


@dataclass(frozen=True, slots=True)
class Damaged:
    """A whole frame whose checksum is wrong. `rest` begins behind its preamble."""

    rest: bytes


def build(cmd: int, para: int, data: bytes = b"") -> bytes:
    """A request frame."""
    body = (len(data) + 3).to_bytes(2, "big") + bytes((cmd, para)) + data
    return PREAMBLE + body + bytes((checksum(body),))


def checksum(body: bytes) -> int:
    """XOR of all bytes."""
    return reduce(xor, body, 0)


def scan(buffer: bytes) -> Found | Partial | Damaged:
    """Find the first reply in `buffer`, past noise and false preambles.

    Reading exactly `Partial.missing` bytes more never reads past a reply's end.
    """
    start = buffer.find(PREAMBLE)
    while start >= 0:
        frame = buffer[start:]
        if len(frame) < HEAD:
            return Partial(frame, SMALLEST_REPLY - len(frame))
        length = int.from_bytes(frame[len(PREAMBLE) : HEAD], "big")
        if not SMALLEST_LEN <= length <= LARGEST_LEN:
            start = buffer.find(PREAMBLE, start + 1)
            continue
        if len(frame) < HEAD + length:
            return Partial(frame, HEAD + length - len(frame))
        body, found = frame[len(PREAMBLE) : HEAD + length - 1], frame[HEAD + length - 1]
        if checksum(body) != found:
            return Damaged(frame[len(PREAMBLE) :])
        return Found(Reply(body[2], body[3], body[4], body[5:]), frame[HEAD + length :])
    kept = _possible_beginning(buffer)
    return Partial(kept, SMALLEST_REPLY - len(kept))


def _possible_beginning(buffer: bytes) -> bytes:
    """The longest end of `buffer` that could be the beginning of a preamble."""
    for size in range(len(PREAMBLE) - 1, 0, -1):
        if buffer.endswith(PREAMBLE[:size]):
            return PREAMBLE[:size]
    return b""

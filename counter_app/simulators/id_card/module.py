"""The reader's security module: what it answers to which request, and what it remembers.

Pure state machine over one card slot; frames, time and faults are `device`'s.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from counter_app.domain.identity.document import IdentityDocument
from counter_app.domain.identity.layouts import encode

DONE: Final = 0x90
FOUND: Final = 0x9F
NOTHING: Final = 0x91
LENGTH_WRONG: Final = 0x11
COMMAND_WRONG: Final = 0x21
READ_FAILED: Final = 0x41
NO_CARD: Final = 0x80
SELECT_FAILED: Final = 0x81

SPEEDS: Final = (115200, 57600, 38400, 19200, 9600)  # by the second byte of command 60
MODULE_NUMBER: Final = bytes((99, 0, 99, 0)) + struct.pack("<3i", 19700101, 0, 0)  # kept for simulators


@dataclass(frozen=True, slots=True)
class CardImage:
    """What a card's chip holds: 256 bytes of text, the photo, an address written later, and 0, 512 or 1024
    bytes of fingerprints."""

    text: bytes
    photo: bytes
    newest_address: str = ""
    fingerprints: bytes = b""

    @property
    def serial(self) -> bytes:
        """Bytes that differ between cards, as those in the answers to find and select do."""
        return hashlib.sha256(self.text).digest()[:12]


@dataclass(frozen=True, slots=True)
class Answer:
    """SW1 SW2 SW3 and data."""

    sw3: int
    data: bytes = b""
    sw1: int = 0
    sw2: int = 0


def card_image(document: IdentityDocument) -> CardImage:
    """The chip of a card with this record. Raises ValueError when a field does not fit."""
    return CardImage(encode(document), document.photo, document.newest_address)


class SamModule:
    """`old`: an early module that knows neither 30 10 nor 30 03, and reads a card once only."""

    def __init__(self, *, old: bool = False) -> None:
        self._old = old
        self._card: CardImage | None = None
        self._found = self._selected = self._read = False
        self.speed = SPEEDS[0]

    @property
    def card(self) -> CardImage | None:
        return self._card

    def lay(self, card: CardImage) -> None:
        """Put a card on the reader, in place of one that lies there."""
        self._card = card
        self._forget()

    def lift(self) -> None:
        self._card = None
        self._forget()

    def answer(self, cmd: int, para: int, data: bytes) -> Answer:
        """The answer to one well-formed request."""
        if data and (cmd, para) != (0x61, 0xFF):
            return Answer(LENGTH_WRONG)
        match cmd, para:
            case 0x10, 0xFF:
                self._forget()
                return Answer(DONE)
            case 0x11, 0xFF:
                return Answer(DONE)
            case 0x12, 0xFF:
                return Answer(DONE, MODULE_NUMBER)
            case 0x60, choice if choice < len(SPEEDS):
                self.speed = SPEEDS[choice]
                return Answer(DONE)
            case 0x61, 0xFF:
                return Answer(DONE) if len(data) == 1 else Answer(LENGTH_WRONG)
            case 0x20 | 0x30, _:
                return self._card_answer(cmd, para)
        return Answer(COMMAND_WRONG)

    def _card_answer(self, cmd: int, para: int) -> Answer:
        match cmd, para:
            case 0x20, 0x01:
                return self._find()
            case 0x20, 0x02:
                return self._select()
            case 0x30, 0x01:
                return self._read_card()
            case 0x30, 0x10 if not self._old:
                return self._read_card(prints=True)
            case 0x30, 0x03 if not self._old:
                return self._newest_address()
        return Answer(COMMAND_WRONG)

    def _find(self) -> Answer:
        if self._card is None or self._read:
            return Answer(NO_CARD)
        self._found, self._selected = True, False
        return Answer(FOUND, self._card.serial[:4])

    def _select(self) -> Answer:
        if self._card is None or not self._found:
            return Answer(SELECT_FAILED, sw1=0x00, sw2=0x01)
        self._selected = True
        return Answer(DONE, self._card.serial[4:])

    def _read_card(self, *, prints: bool = False) -> Answer:
        if self._card is None or not self._selected or (self._old and self._read):
            return Answer(READ_FAILED, sw1=0x00, sw2=0x02)
        self._read = True
        text, photo = self._card.text, self._card.photo
        lengths = struct.pack(">2H", len(text), len(photo))
        if not prints:
            return Answer(DONE, lengths + text + photo)
        fingers = self._card.fingerprints
        return Answer(DONE, lengths + struct.pack(">H", len(fingers)) + text + photo + fingers)

    def _newest_address(self) -> Answer:
        if self._card is None or not self._selected:
            return Answer(READ_FAILED)
        address = self._card.newest_address.encode("utf-16-le")
        return Answer(DONE, address) if address else Answer(NOTHING)

    def _forget(self) -> None:
        self._found = self._selected = self._read = False

"""The hall's other machines as the centre last told of them: a local note, so that every view can say so.

A machine's windows give signs of life on that machine only. What others know is when the centre last heard of
it, and that only while they reach the centre themselves: who is cut off calls nobody silent. Not here: this
machine's own standing (`state.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec

from counter_app.use_cases.ports.centre import DeviceStanding
from counter_app.use_cases.ports.store import Reader, Transaction

NOTE: Final = "centre/devices"
GOOD_FOR: Final = 3  # so many patiences after it was told, a note says nothing of now any more


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`devices` as the centre knew them at `asked_at`, this machine among them."""

    asked_at: datetime
    devices: tuple[DeviceStanding, ...]

    def standing(self, device: str) -> DeviceStanding | None:
        return next((one for one in self.devices if one.device == device), None)


_decode: Final = msgspec.json.Decoder(Neighbours).decode


def keep_neighbours(tx: Transaction, devices: tuple[DeviceStanding, ...]) -> None:
    tx.keep_note(NOTE, msgspec.json.encode(Neighbours(tx.now, devices)))


def neighbours(reader: Reader) -> Neighbours | None:
    """None until the centre told of them."""
    note = reader.note(NOTE)
    return None if note is None else _decode(note)


def is_silent(reader: Reader, device: str, patience: int) -> bool:
    """Whether the centre had not heard of another machine for more than `patience` seconds when asked.

    False for this machine, for one the centre never heard of, and while nobody asked for long.
    """
    if device in ("", reader.device):
        return False
    known = neighbours(reader)
    if known is None or reader.now - known.asked_at > timedelta(seconds=patience * GOOD_FOR):
        return False
    standing = known.standing(device)
    if standing is None or not standing.last_contact:
        return False
    heard = datetime.fromisoformat(standing.last_contact)
    return known.asked_at - heard > timedelta(seconds=patience)

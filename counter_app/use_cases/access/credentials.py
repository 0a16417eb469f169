"""Where PIN hashes are kept: local notes in the encrypted store, never events (design §1)."""

from __future__ import annotations

from typing import Final

from counter_app.domain.access.pins import PinSet
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.access import PinHasher
from counter_app.use_cases.ports.store import Reader, Store, Transaction

SHORTEST: Final = 4
LONGEST: Final = 64


class Credentials:
    def __init__(self, store: Store, pins: PinHasher) -> None:
        self._store = store
        self._pins = pins

    def set_pin(self, actor: Actor, key: str, staff: str, pin: str) -> None:
        """Raises `access.pin-weak`. Hashing is slow and happens before the act."""
        if not SHORTEST <= len(pin) <= LONGEST or len(set(pin)) < 2:
            raise UserFacingError(
                "access.pin-weak",
                "This PIN is too easy to guess.",
                remedy="Use at least {count} characters that are not all the same.",
                count=SHORTEST,
            )
        hashed = self._pins.hash(pin).encode()

        def work(tx: Transaction) -> None:
            tx.keep_note(credential(staff), hashed)
            tx.record(PinSet(staff=staff))

        self._store.act(actor, key, work)

    def right(self, staff: str | None, pin: str) -> bool:
        """Takes as long for a badge nobody has as for a wrong PIN."""
        with self._store.reading() as reader:
            kept = _kept(reader, staff) if staff else None
        if kept is None:
            self._pins.hash(pin)
            return False
        if not self._pins.verify(kept, pin):
            return False
        if staff and self._pins.stale(kept):
            fresh = self._pins.hash(pin).encode()
            self._store.act(Actor(staff), "", lambda tx: tx.keep_note(credential(staff), fresh))
        return True


def credential(staff: str) -> str:
    """The note's key, and the name under which the centre passes it on."""
    return f"credential/{staff}"


def _kept(reader: Reader, staff: str) -> str | None:
    note = reader.note(credential(staff))
    return note.decode() if note else None

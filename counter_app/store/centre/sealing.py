"""Private parts and credentials under the hall's key: a database administrator reads none of them.

AES-256-GCM with a random nonce in front. The associated data binds what is sealed to its place, so that a
part moved to another event or slot no longer opens. The key itself is never in the database.
"""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import SealedPart

NONCE_BYTES: Final = 12


class HallSeal:
    """Seals and opens with one hall's key of 32 bytes."""

    def __init__(self, hall: str, key: bytes) -> None:
        self._hall = hall
        self._cipher = AESGCM(key)

    def seal(self, data: bytes, *place: object) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data, self._bound(place))

    def open(self, sealed: bytes, *place: object) -> bytes:
        """UserFacingError `centre.sealed` when this key did not seal it for this place."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._bound(place))
        except (InvalidTag, ValueError) as error:
            raise UserFacingError(
                "centre.sealed",
                "Private data of this hall cannot be opened: the hall's key does not fit, or it was altered.",
                kept="Nothing was changed.",
                remedy="Check the hall's key on the centre's machine, or restore a backup.",
            ) from error

    def seal_part(self, part: SealedPart, device: str, epoch: int, seq: int) -> bytes | None:
        """None for an erased part."""
        if part.salt is None or part.data is None:
            return None
        return self.seal(bytes([len(part.salt)]) + part.salt + part.data, device, epoch, seq, part.slot)

    def open_part(self, slot: str, sealed: bytes | None, device: str, epoch: int, seq: int) -> SealedPart:
        if sealed is None:
            return SealedPart(slot, None, None)
        data = self.open(sealed, device, epoch, seq, slot)
        end = 1 + data[0]
        return SealedPart(slot, data[1:end], data[end:])

    def _bound(self, place: tuple[object, ...]) -> bytes:
        return "\n".join((self._hall, *map(str, place))).encode()

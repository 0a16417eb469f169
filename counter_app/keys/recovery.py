"""The hall's recovery key: what a dead machine's store can be opened with when its keyring is gone.

One X25519 pair a hall, made when the centre is set up. People keep the private half on paper, away from every
machine; the public half is published. Each machine seals its keys to it, beside its store and in every backup
(design: a dead machine's unsent acts can be recovered). Sealing needs no secret; opening needs the paper.
Not here: where what was sealed is kept (`bootstrap`).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.domain.centre.invitation import SIGNS, tidy_code
from counter_app.errors import UserFacingError

KEY_BYTES: Final = 32
_NONCE: Final = 12
_MAGIC: Final = b"GSR1"
_WORD: Final = "GSHR"
_CHECK_BYTES: Final = 3
_TEXT_SIGNS: Final = 56  # 35 bytes of 8 bits
_EACH: Final = 7
_LINE: Final = re.compile(r"GSHR[-\s:]*((?:[0-9A-Z][-\s]*){56})", re.IGNORECASE)
_MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The private half: 32 bytes."""

    private: bytes

    @classmethod
    def fresh(cls) -> RecoveryKey:
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        """32 raw bytes."""
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()

    def __str__(self) -> str:
        """As people keep it: `GSHR-` and 56 signs of Crockford's base 32, the last ones a check."""
        value = int.from_bytes(self.private + _check(self.private))
        signs = "".join(SIGNS[(value >> (5 * at)) & 31] for at in reversed(range(_TEXT_SIGNS)))
        return "-".join((_WORD, *(signs[at : at + _EACH] for at in range(0, _TEXT_SIGNS, _EACH))))

    def open(self, sealed: bytes, about: str) -> bytes:
        """What was sealed to this key for `about`. UserFacingError `recovery.does-not-open`."""
        start = len(_MAGIC)
        point, nonce = sealed[start : start + 32], sealed[start + 32 : start + 32 + _NONCE]
        try:
            if sealed[:start] != _MAGIC:
                raise ValueError("not sealed by this program")
            shared = X25519PrivateKey.from_private_bytes(self.private).exchange(
                X25519PublicKey.from_public_bytes(point)
            )
            cipher = AESGCM(_derived(shared, point, self.public))
            return cipher.decrypt(nonce, sealed[start + 32 + _NONCE :], about.encode())
        except (InvalidTag, ValueError) as error:
            raise UserFacingError(
                "recovery.does-not-open",
                "This recovery key does not open it: it is another hall's, or what it seals was altered.",
                kept="Nothing was changed.",
                remedy="Fetch the recovery key of the hall that this machine belongs to.",
            ) from error


def seal(public: bytes, data: bytes, about: str) -> bytes:
    """Seal to the public half (32 bytes); `about` says what it is and must be said again to open it."""
    once = X25519PrivateKey.generate()
    point = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    nonce = os.urandom(_NONCE)
    cipher = AESGCM(_derived(shared, point, public))
    return _MAGIC + point + nonce + cipher.encrypt(nonce, data, about.encode())


def seal_own(key: bytes, data: bytes, about: str) -> bytes:
    """Seal under a machine's own key of 32 bytes."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_own(key)).encrypt(nonce, data, about.encode())


def open_own(key: bytes, sealed: bytes, about: str) -> bytes | None:
    """What `seal_own` sealed; None when this key did not."""
    try:
        return AESGCM(_own(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError):
        return None


def read_recovery_key(path: Path) -> RecoveryKey:
    """The key in a file that people typed or kept: any text with the key somewhere in it.

    UserFacingError `recovery.unreadable`, `recovery.mistyped`.
    """
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(_MOST)
    except OSError as error:
        raise UserFacingError(
            "recovery.unreadable",
            "The file {path} cannot be read: {reason}",
            remedy="Name the file that holds the hall's recovery key.",
            path=str(path),
            reason=error.strerror or str(error),
        ) from error
    found = _LINE.search(text)
    if found is None:
        raise UserFacingError(
            "recovery.unreadable",
            "There is no recovery key in {path}: it begins with {word} and has {count} signs.",
            remedy="Type it as it stands on the sheet that was printed when the centre was set up.",
            path=str(path),
            word=_WORD,
            count=_TEXT_SIGNS,
        )
    value = 0
    for sign in tidy_code(found[1]):
        value = value * 32 + SIGNS.index(sign)
    data = value.to_bytes(KEY_BYTES + _CHECK_BYTES)
    if _check(data[:KEY_BYTES]) != data[KEY_BYTES:]:
        raise UserFacingError(
            "recovery.mistyped",
            "The recovery key does not check: a sign is wrong.",
            remedy="Compare it sign by sign with the sheet.",
        )
    return RecoveryKey(data[:KEY_BYTES])


def _check(private: bytes) -> bytes:
    return sha256(b"counter-app recovery key" + private).digest()[:_CHECK_BYTES]


def _derived(shared: bytes, point: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=point + public, info=b"counter-app recovery 1").derive(shared)


def _own(key: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"counter-app backup 1").derive(key)

"""Who is asking: challenge, log-in by the device's key, and the tokens of those who are in.

The challenge is not remembered: it carries its own time and seal, so nobody can fill the hub's memory with
questions. Tokens live in memory only; after a restart every device logs in again, by itself. Whether a device
still counts is asked of the store at every request, never of a session.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.use_cases.centre.wire import LoggedIn, LogIn, session_text
from counter_app.use_cases.ports.centre_store import DeviceRow

NONCE_SECONDS: Final = 30
MOST_SESSIONS: Final = 20_000
MOST_EACH: Final = 8  # keeper, windows and commands of one machine; the oldest goes
_TIME: Final = 8
_RANDOM: Final = 16


class NotProven(Exception):
    """The signature does not show that this is the device; the text is for the log."""


@dataclass(frozen=True, slots=True)
class _Session:
    device: str
    ends: float


class Sessions:
    """`certificates` gives the fingerprints now shown; `monotonic` counts seconds."""

    def __init__(
        self,
        hall: str,
        certificates: Callable[[], Sequence[str]],
        monotonic: Callable[[], float],
        seconds: int,
    ) -> None:
        self._hall = hall
        self._certificates = certificates
        self._monotonic = monotonic
        self._seconds = seconds
        self._seal_key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._sessions: OrderedDict[bytes, _Session] = OrderedDict()
        self._used: OrderedDict[bytes, float] = OrderedDict()

    def challenge(self, device: str) -> bytes:
        """A nonce for this device: 56 bytes, good once and for `NONCE_SECONDS`."""
        time = int(self._monotonic() * 1000).to_bytes(_TIME)
        head = time + secrets.token_bytes(_RANDOM)
        return head + self._seal(head, device)

    def log_in(self, row: DeviceRow | None, asked: LogIn) -> LoggedIn:
        """Let the device in whose enrolled key signed the challenge. Raises NotProven."""
        self._check_nonce(asked)
        if row is None or row.device != asked.device:
            raise NotProven("no such device")
        texts = [session_text(self._hall, asked.device, shown, asked.nonce) for shown in self._certificates()]
        if not any(signed_by(row.public, asked.signature, text) for text in texts):
            raise NotProven("signature")
        token = secrets.token_hex(32)
        now = self._monotonic()
        with self._lock:
            if asked.nonce in self._used:
                raise NotProven("challenge used twice")
            self._used[asked.nonce] = now + NONCE_SECONDS
            self._tidy(now)
            self._make_room(asked.device)
            self._sessions[_key(token)] = _Session(asked.device, now + self._seconds)
        return LoggedIn(token, self._seconds)

    def device_of(self, token: str) -> str | None:
        """Who is in under this token."""
        with self._lock:
            found = self._sessions.get(_key(token))
        if found is None or found.ends <= self._monotonic():
            return None
        return found.device

    def forget(self, device: str) -> None:
        """A device that counts no more."""
        with self._lock:
            for key in [key for key, one in self._sessions.items() if one.device == device]:
                del self._sessions[key]

    def _seal(self, head: bytes, device: str) -> bytes:
        return hmac.digest(self._seal_key, head + device.encode(), "sha256")

    def _check_nonce(self, asked: LogIn) -> None:
        head, seal = asked.nonce[: _TIME + _RANDOM], asked.nonce[_TIME + _RANDOM :]
        if not hmac.compare_digest(seal, self._seal(head, asked.device)):
            raise NotProven("challenge of another hub or device")
        if self._monotonic() - int.from_bytes(head[:_TIME]) / 1000 > NONCE_SECONDS:
            raise NotProven("challenge too old")

    def _tidy(self, now: float) -> None:
        while self._used and next(iter(self._used.values())) < now:
            self._used.popitem(last=False)
        while self._sessions and next(iter(self._sessions.values())).ends <= now:
            self._sessions.popitem(last=False)

    def _make_room(self, device: str) -> None:
        own = [key for key, one in self._sessions.items() if one.device == device]
        for key in own[: max(0, len(own) + 1 - MOST_EACH)]:
            del self._sessions[key]
        while len(self._sessions) >= MOST_SESSIONS:
            self._sessions.popitem(last=False)


def signed_by(public: str | bytes, signature: bytes, text: bytes) -> bool:
    """Whether the holder of this Ed25519 key (32 bytes, or their hex) signed `text`."""
    try:
        raw = bytes.fromhex(public) if isinstance(public, str) else public
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key(token: str) -> bytes:
    """Looked up by digest: how long a look-up takes tells nothing of the token."""
    return sha256(token.encode()).digest()

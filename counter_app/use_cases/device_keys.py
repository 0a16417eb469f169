"""The public keys of the hall's devices: published rows that papers are checked against (mission: P10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.journal import Actor
from counter_app.domain.streams import Published
from counter_app.use_cases.ports.store import Store


@dataclass(frozen=True, slots=True)
class DeviceKeyRow:
    """`public` is the Ed25519 key, 64 hex digits."""

    device: str
    public: str


@dataclass(frozen=True, slots=True)
class RecoveryKeyRow:
    """The public half of the hall's recovery key (X25519, 64 hex digits): every machine seals its keys to it.

    The centre alone publishes it, when it is set up.
    """

    public: str


DEVICE_KEYS = Published("device_key", DeviceKeyRow)
RECOVERY_KEYS = Published("recovery_key", RecoveryKeyRow)

Verify = Callable[[bytes, bytes, bytes], bool]


class HallKeys:
    """`KnownKeys` of a hall. `verify(public, signature, data)` is the machine's."""

    def __init__(self, store: Store, verify: Verify) -> None:
        self._store = store
        self._verify = verify

    def verify(self, key_id: str, data: bytes, signature: bytes) -> bool | None:
        """Whether the signature holds; None when no device of this hall has the key."""
        with self._store.reading() as reader:
            row = reader.published(DEVICE_KEYS).get(key_id)
        return None if row is None else self._verify(bytes.fromhex(row.public), signature, data)

    def publish(self, actor: Actor, key: str, key_id: str, row: DeviceKeyRow) -> None:
        """Make a device's key known to the hall."""
        self._store.act(actor, key, lambda tx: tx.publish(DEVICE_KEYS, {key_id: row}))

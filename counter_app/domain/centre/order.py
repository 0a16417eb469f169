"""The arithmetic both ends must agree on: batch digests and the running root of the hall's order."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

# What a centre decides with: a device with older rules may push and pull, a centre with older rules may not
# decide.
RULE_VERSION: Final = 2
NO_ROOT: Final = "0" * 64


def batch_digest(hall: str, device: str, epoch: int, hashes: Iterable[str]) -> bytes:
    """What a device signs when it pushes: hall, device, epoch and every event's hash, in order."""
    text = "\n".join(("counter-app batch 1", hall, device, str(epoch), *hashes))
    return sha256(text.encode()).digest()


def next_root(root: str, hashed: str) -> str:
    """The running hash of the order after one more event; both are 64 hex digits."""
    return sha256(bytes.fromhex(root) + bytes.fromhex(hashed)).hexdigest()

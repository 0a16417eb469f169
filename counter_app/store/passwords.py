"""PIN hashing by Argon2id. Costs come from outside: training and tests take less time than a hall."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@dataclass(frozen=True, slots=True)
class PinCost:
    """`memory_kib` in KiB. The defaults take about a tenth of a second on a counter's machine."""

    time: int = 3
    memory_kib: int = 65536
    lanes: int = 2


class ArgonPins:
    """`PinHasher`. Hashes carry their own cost, so old ones still verify after a change."""

    def __init__(self, cost: PinCost | None = None) -> None:
        chosen = cost or PinCost()
        self._hasher = PasswordHasher(
            time_cost=chosen.time, memory_cost=chosen.memory_kib, parallelism=chosen.lanes
        )

    def hash(self, pin: str) -> str:
        return self._hasher.hash(_bytes(pin))

    def verify(self, hashed: str, pin: str) -> bool:
        try:
            return self._hasher.verify(hashed, _bytes(pin))
        except (VerificationError, InvalidHashError):
            return False

    def stale(self, hashed: str) -> bool:
        return self._hasher.check_needs_rehash(hashed)


def _bytes(pin: str) -> bytes:
    """A broken key press (half a character) is a wrong PIN, no failure."""
    return pin.encode("utf-8", "surrogatepass")

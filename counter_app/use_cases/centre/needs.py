"""What the centre's use cases are given from outside, and the check that stands before each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from counter_app.domain.centre.granting import Tick
from counter_app.domain.streams import Published
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre_store import CentreReader, DeviceRow
from counter_app.use_cases.ports.clock import Clock

# machines at which clerks work: only they publish, keep credentials, close the day
WORKING: Final = frozenset({"counter", "desk", "centre"})

LONGEST_TEXT: Final = 200
MOST_NUMBER: Final = 1 << 62
MOST_EPOCH: Final = 1 << 31


@dataclass(frozen=True)
class CentreNeeds:
    """`verify(public, signature, data)` and `sign(data)` are Ed25519, `sign` by the centre's own key;
    `kinds` the reference data that may be published; `boot` names this run, for its monotonic clock."""

    clock: Clock
    entropy: Callable[[int], bytes]
    verify: Callable[[bytes, bytes, bytes], bool]
    sign: Callable[[bytes], bytes]
    kinds: Mapping[str, Published[Any]]
    boot: str

    def tick(self) -> Tick:
        return Tick(self.boot, self.clock.monotonic())


def is_plain(*texts: object) -> bool:
    """Short, and without signs that some database would not take."""
    for text in texts:
        if not isinstance(text, str) or len(text) > LONGEST_TEXT or not text.isprintable():
            return False
    return True


def need_plain(*texts: object) -> None:
    """UserFacingError `centre.unreadable`: a name or key that no honest machine sends."""
    if not is_plain(*texts):
        raise UserFacingError(
            "centre.unreadable",
            "The centre cannot read what this machine asks for.",
            kept="Nothing was changed at the centre.",
            remedy="Show this to the person who looks after the hall's machines.",
        )


def within(number: int, most: int = MOST_NUMBER) -> int:
    """A number from outside as the databases can take it."""
    return max(0, min(number, most))


def need_device(reader: CentreReader, device: str) -> DeviceRow:
    """The enrolled device. UserFacingError `centre.unknown-device`, `centre.revoked`."""
    row = reader.device(device)
    if row is None:
        raise UserFacingError(
            "centre.unknown-device",
            "The centre does not know the machine {device}.",
            kept="Its acts are kept on the machine.",
            remedy="Have it enrolled with a one-time code.",
            device=device,
        )
    if row.revoked:
        raise UserFacingError(
            "centre.revoked",
            "The machine {device} was taken out of the hall.",
            remedy="Ask the person who looks after the hall's machines.",
            device=row.name or device,
        )
    return row

"""How the hall's machines stand, as the page of devices shows it: what they last said, and when."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Final

from counter_app.use_cases.ports.centre import DeviceStanding
from counter_app.use_cases.ports.centre_store import CentreStore, DeviceRow
from counter_app.use_cases.relay.running import RelayState, post_state

ABOVE: Final = "above"


class Contacts:
    """Signs of life between two hellos, in memory: a pull each second is nothing to write down."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._seen: dict[str, tuple[datetime, int]] = {}

    def seen(self, device: str, now: datetime, pulled: int = 0) -> None:
        """The device was here; `pulled` is the place up to which it has the order, when it told."""
        with self._turn:
            _, before = self._seen.get(device, (now, 0))
            self._seen[device] = (now, max(before, pulled))

    def of(self, device: str) -> tuple[datetime, int] | None:
        with self._turn:
            return self._seen.get(device)

    def place(self, device: str) -> int:
        """How far in the hall's order it is known to be; 0 when it told nothing yet."""
        seen = self.of(device)
        return seen[1] if seen else 0


def devices(store: CentreStore, contacts: Contacts) -> tuple[DeviceStanding, ...]:
    """Every device that was ever enrolled, by its code; and the line to the hall above, if there is one."""
    with store.reading() as reader:
        rows = reader.devices()
        up = post_state(reader).up
    found = tuple(_standing(row, contacts.of(row.device)) for row in rows)
    return found if up.line == "none" else (*found, _upper(up))


def _upper(up: RelayState) -> DeviceStanding:
    """The relay's line as one more row: what it has not brought up waits like a machine's unsent acts."""
    return DeviceStanding(
        device=ABOVE,
        role=ABOVE,
        name="",
        epoch=1,
        last_contact=up.last,
        pulled=0,
        agreed_at="" if up.behind else up.last,
        unsent=up.behind,
        oldest_unsent=up.since if up.behind else "",
        program="",
        revoked=False,
    )


def _standing(row: DeviceRow, seen: tuple[datetime, int] | None) -> DeviceStanding:
    last = row.state.get("last_contact", "")
    pulled = int(row.state.get("pulled", "0"))
    if seen is not None:
        last = max(last, seen[0].isoformat(timespec="milliseconds"))
        pulled = max(pulled, seen[1])
    return DeviceStanding(
        device=row.device,
        role=row.role,
        name=row.name,
        epoch=row.epoch,
        last_contact=last,
        pulled=pulled,
        agreed_at=row.state.get("agreed_at", ""),
        unsent=int(row.state.get("unsent", "0")),
        oldest_unsent=row.state.get("oldest_unsent", ""),
        program=row.state.get("program", ""),
        revoked=row.revoked,
    )

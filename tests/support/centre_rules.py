"""A hall's centre with made-up devices that act on their own and send later: for tests of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from counter_app.domain.centre.granting import Tick
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import GENESIS, Actor, Envelope, Fact, Recorded, read
from counter_app.domain.waiting.duty import CounterOpened
from counter_app.domain.waiting.facts import TicketCalled, TicketIssued
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.sqlite import SqliteCentre
from counter_app.use_cases.centre import claims, conflicts, day_totals, housekeeping, leases, numbering
from counter_app.use_cases.centre.plans import PublishedPlans
from counter_app.use_cases.ports.centre import Claim
from counter_app.use_cases.ports.centre_store import CentreTransaction, DeviceRow, Incoming
from counter_app.use_cases.reference import HALLS, HERE
from tests.support.clock import HandClock
from tests.support.hall import PLAN

HALL: Final = "nanhuan"
CENTRE: Final = "Z"
DAY: Final = "2026-11-23"


class ADevice:
    """One device's chain; `unsent` are acts the centre has not heard of."""

    def __init__(self, code: str, clock: HandClock) -> None:
        self.code = code
        self.unsent: list[bytes] = []
        self._clock = clock
        self._seq = 0
        self._prev = GENESIS

    @property
    def next_id(self) -> str:
        return f"{self.code}.1.{self._seq + 1}"

    def acts(self, fact: Fact, staff: str = "", place: str = "") -> Recorded:
        self._seq += 1
        now = self._clock.now()
        envelope = Envelope(
            hall=HALL,
            device=self.code,
            epoch=1,
            seq=self._seq,
            hlc=int(now.timestamp() * 1000) << 16,
            at=now.isoformat(timespec="milliseconds"),
            actor=Actor(staff or f"w-{self.code}", place or self.code),
            key="",
            n=0,
            prev=self._prev,
        )
        data, self._prev = envelope.seal(fact, {})
        self.unsent.append(data)
        return read(data)


class RuleHall:
    """The small made-up hall (`tests/support/hall.py`) at its centre. Times are the hand clock's."""

    def __init__(self, folder: Path, plan: HallPlan = PLAN) -> None:
        self.clock = HandClock()
        self.plans = PublishedPlans()
        self.boot = "boot-1"
        self.store = CoreCentreStore(
            SqliteCentre(folder / "centre.db", bytes(range(32))),
            hall=HALL,
            centre=CENTRE,
            hall_key=bytes(range(32, 64)),
            clock=self.clock,
        )
        self.devices: dict[str, ADevice] = {}
        self._keys = 0
        with self.deciding() as tx:
            tx.publish("hall", {HERE: HALLS.encode(plan)}, replace=False, staff="a001", key="plan")

    @property
    def tick(self) -> Tick:
        return Tick(self.boot, self.clock.monotonic())

    @contextmanager
    def deciding(self) -> Iterator[CentreTransaction]:
        with self.store.deciding() as tx:
            yield tx

    def enrol(self, code: str, role: str = "counter") -> ADevice:
        with self.deciding() as tx:
            tx.keep_device(DeviceRow(device=code, role=role, name=f"machine {code}", public="", epoch=1))
        self.devices[code] = ADevice(code, self.clock)
        return self.devices[code]

    def row(self, code: str) -> DeviceRow:
        with self.store.reading() as reader:
            row = reader.device(code)
        assert row is not None
        return row

    def heard(self, code: str, place: int) -> None:
        """The device says how far it pulled."""
        row = self.row(code)
        state: Mapping[str, str] = {**row.state, "pulled": str(place)}
        with self.deciding() as tx:
            tx.keep_device(DeviceRow(code, row.role, row.name, row.public, row.epoch, state=state))

    def push(self, device: ADevice) -> int:
        """Send what the device did; gives how many conflicts were found."""
        incoming = [Incoming(read(data), data, ()) for data in device.unsent]
        device.unsent = []
        events = [entry.event for entry in incoming]
        with self.deciding() as tx:
            tx.take_in(incoming)
            for event in events:
                claims.called(tx, event)
            day_totals.count(tx, events)
            return conflicts.find(tx, events)

    def opens(self, code: str, counter: str) -> None:
        device = self.devices[code]
        device.acts(CounterOpened(counter=counter, staff=f"w-{code}"), place=counter)
        self.push(device)

    def tickets(
        self, device: ADevice, numbers: int, line: str = "A", first: int = 1, priority: str | None = None
    ) -> list[str]:
        """So many tickets, a minute apart; ids in order."""
        given = []
        for number in range(first, first + numbers):
            id = device.next_id
            device.acts(
                TicketIssued(ticket=id, number=f"{line}{number:03d}", line=line, day=DAY, priority=priority)
            )
            given.append(id)
            self.clock.advance(seconds=1)
        self.push(device)
        return given

    def claim(self, code: str, counter: str, key: str = "") -> tuple[str, str]:
        self._keys += 1
        asked = Claim(key or f"k{self._keys}", counter, f"w-{code}", 0)
        with self.deciding() as tx:
            return claims.claim(tx, self.plans, self.row(code), asked, self.tick)

    def lease(self, code: str, counter: str) -> int:
        with self.deciding() as tx:
            return leases.lease(tx, self.plans, self.row(code), counter, f"w-{code}", self.tick)

    def numbers(self, code: str, letter: str = "A", day: str = DAY) -> int:
        with self.deciding() as tx:
            return numbering.lease_numbers(tx, self.row(code), letter, day)

    def sweep(self) -> bool:
        with self.deciding() as tx:
            return housekeeping.sweep(tx, self.tick)

    def calls(self, device: ADevice, ticket: str, counter: str = "", line: str = "A") -> Recorded:
        """The device calls a ticket; nobody hears of it yet."""
        place = counter or device.code
        fact = TicketCalled(
            ticket=ticket,
            line=line,
            counter=place,
            staff=f"w-{device.code}",
            queue="ordinary",
            rule="ordinary",
        )
        return device.acts(fact, place=place)

    def close(self) -> None:
        self.store.close()

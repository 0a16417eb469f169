"""The machine the centre runs on: the real service over its SQLite store, or the naive one in memory."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from counter_app.catalogue_files.codec import JsonCodec
from counter_app.domain.hall.plan import HallPlan
from counter_app.keys.signing import DeviceKey, verify
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.sqlite import SqliteCentre
from counter_app.use_cases.centre.checking import check_centre
from counter_app.use_cases.centre.needs import CentreNeeds
from counter_app.use_cases.centre.publishing import kinds_of
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import Centre, OrderedEvent, Publication
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.reference import PublishedReference
from tests.simulation.faults import Faults, put_under
from tests.simulation.naive_centre import NaiveCentre
from tests.simulation.naive_line import NaiveLine

HALL: Final = "南环"
CENTRE: Final = "Z"
FILE: Final = "centre.db"
STORE_KEY: Final = bytes(range(32))
HALL_KEY: Final = bytes(range(32, 64))
SIGNER: Final = DeviceKey(bytes(range(64, 96)))
REFERENCE: Final = PublishedReference(JsonCodec())


class CentreHost(Protocol):
    """A centre that can be started, killed and looked into."""

    @property
    def faults(self) -> Faults: ...

    def open(self) -> None: ...

    def close(self) -> None: ...

    def line(self, device: str) -> Centre: ...

    def set_up(self, devices: dict[str, str], keys: dict[str, bytes], rows: Sequence[Publication]) -> None:
        """Enrol devices (code to role) and put the hall's reference data in force."""
        ...

    def tidy(self) -> None:
        """What it does unasked, by the clock."""
        ...

    def chain_end(self, device: str, epoch: int) -> int:
        """The last seq it has of a chain."""
        ...

    def broken(self) -> str:
        """What its own check says of it; "" when chains, parts, rows and folds are sound."""
        ...

    def order(self) -> tuple[tuple[OrderedEvent, ...], str]:
        """Everything it has in order, with all parts, and the root there."""
        ...


class RealHost:
    """The program's own centre on a SQLite file."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._boots = 0
        self._drawn = 0
        self.faults = Faults(CENTRE)

    def open(self) -> None:
        self._boots += 1
        self.faults.calm()
        dialect = SqliteCentre(self._folder / FILE, STORE_KEY)
        put_under(dialect, self.faults)
        store = CoreCentreStore(dialect, hall=HALL, centre=CENTRE, hall_key=HALL_KEY, clock=self._clock)
        needs = CentreNeeds(
            clock=self._clock,
            entropy=self._entropy,
            verify=verify,
            sign=SIGNER.sign,
            kinds=kinds_of(REFERENCE),
            boot=f"boot {self._boots}",
        )
        self.service = CentreService(store, needs)

    def _entropy(self, size: int) -> bytes:
        self._drawn += 1
        return sha256(f"{self._boots}/{self._drawn}".encode()).digest()[:size]

    def close(self) -> None:
        self.service.close()

    def line(self, device: str) -> Centre:
        return self.service.line(device)

    def set_up(self, devices: dict[str, str], keys: dict[str, bytes], rows: Sequence[Publication]) -> None:
        for device, role in devices.items():
            code = self.service.enrolling.invite(device, role, f"machine {device}", 30, "a001")
            self.service.enrol(code, keys[device])
        with self.service.store.deciding() as tx:
            for row in rows:
                tx.publish(row.kind, row.rows, replace=row.replace, staff=row.staff, key=row.key)

    def tidy(self) -> None:
        self.service.sweep()

    def chain_end(self, device: str, epoch: int) -> int:
        with self.service.store.reading() as reader:
            return reader.chain_end(device, epoch)[0]

    def broken(self) -> str:
        return check_centre(self.service.store).broken

    def order(self) -> tuple[tuple[OrderedEvent, ...], str]:
        with self.service.store.reading() as reader:
            head = reader.head()
            return reader.after(0, head.hall_seq, "centre"), head.root

    def copied_to(self, folder: Path, clock: Clock) -> RealHost:
        """A host of its own on a copy of this one's file. This one must be closed."""
        shutil.copy(self._folder / FILE, folder / FILE)
        return RealHost(folder, clock)


class NaiveHost:
    """A centre in memory: it never forgets, so being killed costs it nothing."""

    def __init__(self, centre: NaiveCentre, plan: HallPlan) -> None:
        self.centre = centre
        self.faults = Faults(CENTRE)
        self._plan = plan

    def open(self) -> None:
        """It is there."""

    def close(self) -> None:
        """It stays."""

    def line(self, device: str) -> Centre:
        return NaiveLine(self.centre, device, self._plan)

    def set_up(self, devices: dict[str, str], keys: dict[str, bytes], rows: Sequence[Publication]) -> None:
        for device, role in devices.items():
            self.centre.enrol(device, role, keys[device])
        for row in rows:
            self.centre.publish(row)

    def tidy(self) -> None:
        NaiveLine(self.centre, "", self._plan).lapse()

    def chain_end(self, device: str, epoch: int) -> int:
        return self.centre.chain_end(device, epoch)[0]

    def broken(self) -> str:
        return ""  # it keeps no rows beside its events

    def order(self) -> tuple[tuple[OrderedEvent, ...], str]:
        ordered = tuple(self.centre.ordered(placed, "centre") for placed in self.centre.order)
        return ordered, self.centre.root_at(len(self.centre.order))

    def copied_to(self, folder: Path, clock: Clock) -> NaiveHost:
        return NaiveHost(self.centre.copied(clock), self._plan)

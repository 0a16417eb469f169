"""Sixteen counters of one hall, each a machine of its own, for tests with real processes.

They do what people do in the simulation (`tests.simulation.people`), by real clocks and real lines.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

from counter_app.clock import SystemClock
from counter_app.domain.hall.plan import Counter
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.postgres import PostgresCentre
from counter_app.store.centre.sqlite import SqliteCentre
from counter_app.sync.hub_centre import HubCentre, Who
from counter_app.sync.waking import HubWaking
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import Centre
from tests.simulation.building import publications
from tests.simulation.clocks import MachineClock
from tests.simulation.machine import Machine, key_of
from tests.support.centres import CENTRE, HALL, HALL_KEY, STORE_KEY, centre_needs
from tests.support.hall import PLAN

DEVICES: Final = tuple(f"{number:02d}" for number in range(1, 17))
LICENCES: Final = (("birth", "aid"), ("aid", "work"), ("work", "firm"), ("firm", "birth"))
PLAN_OF_16: Final = replace(
    PLAN,
    counters=tuple(
        Counter(number=int(device), name=device, licences=LICENCES[at % len(LICENCES)])
        for at, device in enumerate(DEVICES)
    ),
)
CENTRE_FILE: Final = "centre.db"


def sqlite_service(folder: Path) -> CentreService:
    """The centre on its SQLite file, by the real clock; several processes may have it open."""
    clock = SystemClock()
    dialect = SqliteCentre(folder / CENTRE_FILE, STORE_KEY)
    store = CoreCentreStore(dialect, hall=HALL, centre=CENTRE, hall_key=HALL_KEY, clock=clock)
    return CentreService(store, replace(centre_needs(clock), boot=uuid.uuid4().hex))


def postgres_service(url: str, password: str) -> CentreService:
    """The centre beside a PostgreSQL, in this process."""
    clock = SystemClock()
    dialect = PostgresCentre(url, password=password)
    store = CoreCentreStore(dialect, hall=HALL, centre=CENTRE, hall_key=HALL_KEY, clock=clock)
    return CentreService(store, replace(centre_needs(clock), boot=uuid.uuid4().hex))


def set_up(service: CentreService) -> None:
    """The hall's plan in force and every counter enrolled."""
    for device in DEVICES:
        code = service.enrolling.invite(device, "counter", f"counter {device}", 30, "a001")
        service.enrol(code, key_of(device).public)
    with service.store.deciding() as tx:
        for row in publications(PLAN_OF_16):
            tx.publish(row.kind, row.rows, replace=row.replace, staff=row.staff, key=row.key)


@dataclass(frozen=True)
class Hub:
    """Where the hub is to be asked, and the certificate pinned for it."""

    url: str
    authority: bytes

    def line(self, device: str) -> HubCentre:
        who = Who(HALL, device, key_of(device).sign)
        return HubCentre(self.url, self.authority, who, waking=HubWaking)


def machine(device: str, folder: Path, line: Centre, chance: Callable[[], Random]) -> Machine:
    """A counter on its disk below `folder`; open it, and close it at the end."""
    (folder / device).mkdir(exist_ok=True)
    return Machine(
        name=device,
        code=device,
        role="counter",
        counter=str(int(device)),
        staff=f"w{device}",
        folder=folder / device,
        clock=MachineClock(SystemClock()),
        line=line,
        chance=chance,
    )

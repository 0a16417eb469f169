"""The ways to a hall's centre that the contract suite goes: each opens one in a folder.

An adapter is a name and a function; `sender` gives a device whose calls go that way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from counter_app.keys.signing import DeviceKey
from counter_app.sync.hub_centre import HubCentre, Who
from counter_app.sync.waking import HubWaking
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import Centre
from tests.support.centres import Sender, enrolled, open_centre, serving
from tests.support.clock import HandClock
from tests.support.hubs import PATIENT, ServiceDoor, running_hub
from tests.support.postgres import why_not
from tests.support.postgres_centres import emptied

LineOf = Callable[[str, DeviceKey], Centre]


@dataclass
class HallAtWork:
    """The centre itself, and how its devices reach it."""

    service: CentreService
    clock: HandClock
    line_of: LineOf

    def sender(self, device: str, role: str = "counter") -> Sender:
        """An enrolled device on this adapter's line."""
        _, key = enrolled(self.service, device, role)
        return Sender(self.line_of(device, key), device, key, self.clock, self.service.hall)


@contextmanager
def over_sqlite(folder: Path) -> Iterator[HallAtWork]:
    """In process beside a SQLite path."""
    clock = HandClock()
    service = open_centre(folder, clock)
    try:
        yield HallAtWork(service, clock, lambda device, key: service.line(device))
    finally:
        service.close()


@contextmanager
def over_postgres(folder: Path) -> Iterator[HallAtWork]:
    """In process beside a real PostgreSQL, as the hall's role."""
    if reason := why_not():
        pytest.skip(reason)
    clock = HandClock()
    with emptied() as database:
        service = serving(database.open(clock=clock), clock)
        try:
            yield HallAtWork(service, clock, lambda device, key: service.line(device))
        finally:
            service.close()


@contextmanager
def over_https(folder: Path) -> Iterator[HallAtWork]:
    """Through a real hub with real TLS, a device to a line of its own."""
    clock = HandClock()
    service = open_centre(folder, clock)
    lines: list[Centre] = []
    try:
        with running_hub(ServiceDoor(service), folder) as hub:

            def line_of(device: str, key: DeviceKey) -> Centre:
                who = Who(service.hall, device, key.sign)
                line = HubCentre(hub.url, hub.tls.authority_pem, who, times=PATIENT, waking=HubWaking)
                lines.append(line)
                return line

            try:
                yield HallAtWork(service, clock, line_of)
            finally:
                for line in lines:
                    line.close()
    finally:
        service.close()


ADAPTERS: Final[Mapping[str, Callable[[Path], AbstractContextManager[HallAtWork]]]] = {
    "https": over_https,
    "postgres": over_postgres,
    "sqlite": over_sqlite,
}

"""The hall before anything happens: a centre with its plan and catalogue, machines enrolled and in step.

It is made once a process and copied for every seed. Not here: what happens in it (`hall`).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from counter_app.catalogue_files.codec import JsonCodec
from counter_app.clock import HALL_ZONE
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.streams import Published
from counter_app.domain.time.calendar import CALENDAR_YEARS, read_years
from counter_app.i18n import RESOURCES
from counter_app.use_cases.ports.centre import Publication
from counter_app.use_cases.reference import (
    CATEGORIES,
    HALLS,
    HERE,
    PublishedReference,
)
from tests.simulation.clocks import MachineClock
from tests.simulation.hall import SimulatedHall
from tests.simulation.hosts import CENTRE, HALL, CentreHost, NaiveHost, RealHost
from tests.simulation.machine import FILES, Machine, key_of
from tests.simulation.naive_centre import NaiveCentre
from tests.simulation.network import Network, SimulatedLine
from tests.simulation.people import People
from tests.support.clock import HandClock
from tests.support.hall import CATALOGUE, PLAN

MORNING: Final = datetime(2026, 11, 23, 9, 0, tzinfo=HALL_ZONE)
FIRST_TICKETS: Final = 6  # that wait when the day begins
# device: role, counter, clerk
MACHINES: Final = {
    "1": ("counter", "1", "w001"),
    "2": ("counter", "2", "w002"),
    "3": ("counter", "3", "w003"),
    "K": ("kiosk", "", "kiosk"),
    "D": ("display", "", "display"),
}


def publications(plan: HallPlan = PLAN) -> list[Publication]:
    """The small hall of `tests.support.hall` with the real calendar."""
    years = read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8"))
    items = PublishedReference(JsonCodec()).items
    kinds: list[tuple[Published[Any], Mapping[str, Any]]] = [
        (HALLS, {HERE: plan}),
        (CALENDAR_YEARS, {year: row for year, row in years.items() if year >= "2026"}),
        (CATEGORIES, {f"{at:03d}": row for at, row in enumerate(CATALOGUE.categories)}),
        (items, {f"{item.code}@{item.version}": item for item in CATALOGUE.items}),
    ]
    return [
        Publication(
            key=f"set-up-{kind.kind}",
            kind=kind.kind,
            rows={key: kind.encode(row) for key, row in rows.items()},
            replace=False,
            staff="a001",
        )
        for kind, rows in kinds
    ]


class Building:
    """Halls of one kind, all alike at their beginning; `naive` has the centre in memory."""

    def __init__(self, folder: Path, *, naive: bool = False) -> None:
        self._folder = folder
        folder.mkdir(parents=True)
        true = HandClock(MORNING)
        clock = MachineClock(true)
        self._host: RealHost | NaiveHost = (
            NaiveHost(NaiveCentre(clock, HALL, CENTRE), PLAN) if naive else RealHost(folder, clock)
        )
        self._host.open()
        keys = {device: key_of(device).public for device in MACHINES}
        self._host.set_up({device: entry[0] for device, entry in MACHINES.items()}, keys, publications())
        hall = self._assembled("building", folder, true, self._host, clock)
        for machine in hall.machines.values():
            machine.folder.mkdir()
            machine.open()
            if machine.counter:
                machine.begin_shift()
        for _ in range(FIRST_TICKETS):
            hall.step_of(hall.machines["K"])
            for machine in hall.machines.values():
                machine.sync()
            true.advance(seconds=21)
        for machine in hall.machines.values():
            machine.close()
        self._host.close()

    def hall(self, seed: str, folder: Path) -> SimulatedHall:
        """A hall of its own for one seed; `1045@1` is seed 1045 as edition 1 of the story told it."""
        seed, _, edition = seed.partition("@")
        folder.mkdir(parents=True)
        for device in MACHINES:
            (folder / device).mkdir()
            for name in FILES:
                if (self._folder / device / name).exists():
                    shutil.copy(self._folder / device / name, folder / device / name)
        true = HandClock(MORNING + timedelta(seconds=60))
        clock = MachineClock(true)
        host = self._host.copied_to(folder, clock)
        host.open()
        hall = self._assembled(seed, folder, true, host, clock)
        if edition:
            hall.edition = int(edition)
        chance = Random(f"{seed}/building")
        hall.mishaps = chance.random() < 0.9
        for machine in hall.machines.values():
            machine.clock.jump(timedelta(seconds=chance.choice((0, 0, 0, -2, 3, 45, -400))))
            machine.open()
            if chance.random() < 0.1 and machine.role == "counter":
                hall.old.add(machine.name)
        return hall

    def _assembled(
        self, seed: str, folder: Path, true: HandClock, centre: CentreHost, clock: MachineClock
    ) -> SimulatedHall:
        chance = Random(seed)
        hall = SimulatedHall(seed, folder, true, centre, {}, chance, clock)
        network = Network(chance, hall.line_of, hall.centre_died, hall.note)
        network.meanwhile = hall.meanwhile
        hall.network = network
        hall.people = People(chance, hall.note, seed)
        for device, (role, counter, staff) in MACHINES.items():
            hall.machines[device] = Machine(
                name=device,
                code=device,
                role=role,
                counter=counter,
                staff=staff,
                folder=folder / device,
                clock=MachineClock(true),
                line=SimulatedLine(network, device),
                chance=lambda: hall.chance,
            )
        return hall

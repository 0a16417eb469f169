"""One simulated hall and one seed: every step is drawn from its own chance, so that steps can be left out.

A step is an act of somebody, a turn of some machine's keeper, time that passes, or a mishap. After the last
step everything is healed and told to say all it has to say. Not here: that end (`quiet`), what must hold then
(`invariants`), running many seeds (`__main__`).

A seed tells the same story for ever, as long as the kinds of steps are the same. What is added later belongs
to a later `edition`: a seed that found something is kept with its own, as `1045@1`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import Centre, CentreAway
from tests.simulation.clocks import MachineClock
from tests.simulation.faults import KINDS, Killed
from tests.simulation.hosts import CentreHost
from tests.simulation.machine import Machine
from tests.simulation.network import Network, Weather
from tests.simulation.people import People
from tests.simulation.versions import ALL_NEWER, NEWER, knowing, knowing_all_but
from tests.support.clock import HandClock

EDITION: Final = 2  # 2: slow transactions, the centre's clock, windows that act while their keeper waits


@dataclass
class Backup:
    """An older copy of a machine's disk, and how much had been told on it by then."""

    machine: str
    folder: Path
    told: int


@dataclass
class SimulatedHall:
    """All machines of one run."""

    seed: str
    folder: Path
    true: HandClock
    centre: CentreHost
    machines: dict[str, Machine]
    chance: Random
    centre_clock: MachineClock
    edition: int = EDITION
    network: Network = field(init=False)
    people: People = field(init=False)
    trace: list[str] = field(default_factory=list)
    events: int = 0
    backups: list[Backup] = field(default_factory=list)
    told_on: dict[str, int] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    old: set[str] = field(default_factory=set)
    retired: set[str] = field(default_factory=set)
    centre_up: bool = True
    mishaps: bool = True
    _within: int = 0
    _turns: list[Machine] = field(default_factory=list)
    _copies: int = 0

    def note(self, text: str) -> None:
        self.trace.append(text)

    # -- the wires

    def line_of(self, device: str) -> Centre:
        """The centre as it stands now, for this device."""
        if not self.centre_up:
            raise CentreAway("the centre is not running")
        return self.centre.line(device)

    def centre_died(self) -> None:
        self.note("the centre dies")
        if self.centre_up:
            self.centre.close()
        self.centre_up = False

    # -- steps

    def step(self, at: int) -> None:
        """One step; what it does depends on the seed, its number and what came before it."""
        self.chance = self.network.chance = self.people.chance = Random(f"{self.seed}/{at}")
        self.note(f"-- {at}, {self.true.now():%H:%M:%S}")
        self.true.advance(seconds=self.chance.uniform(0.1, 3.0))
        kinds: list[tuple[float, Callable[[], None]]] = [
            (100, self._act),
            (30, self._sync),
            (3, self._time_passes),
            (4, self.network.deliver_one),
            (4, self._tidy),
        ]
        if self.mishaps:
            kinds += [
                (6, self._open_the_dead),
                (1.5, self._kill),
                (5, self._arm),
                (3, self._cut_or_heal),
                (1, self._kill_centre),
                (2, self._weather),
                (0.7, self._clock_jumps),
                (0.5, self._clone),
                (0.7, self._back_up),
                (0.7, self._restore),
                (0.7, self._sing),
            ]
        if self.mishaps and self.edition > 1:
            kinds += [(4, self._slow_transaction), (0.5, self._centre_clock_jumps)]
        weights = [weight for weight, _ in kinds]
        self.chance.choices([kind for _, kind in kinds], weights)[0]()

    def _some(self, but: str = "") -> Machine | None:
        """A machine that runs."""
        alive = [one for name, one in self.machines.items() if one.alive and name not in {but, *self.retired}]
        return self.chance.choice(alive) if alive else None

    def on(self, machine: Machine, work: Callable[[], object]) -> None:
        """A turn of one machine with what its version knows; a machine that is killed lies dead after it."""
        hidden = NEWER if machine.name in self.old else frozenset()
        self._turns.append(machine)
        try:
            with knowing_all_but(hidden):
                work()
        except UserFacingError as error:
            if not error.code.startswith("store."):
                raise
            self.note(f"{machine.name}: {error.code}, as its keeper or window says")
        except Killed as killed:
            self.note(f"{killed.machine} is killed")
            machine.close()
        finally:
            self._turns.pop()

    def step_of(self, machine: Machine) -> None:
        """One act on this machine."""
        self.on(machine, partial(self.people.act_on, machine))

    def _act(self) -> None:
        machine = self._some()
        if machine is not None and not machine.counter and self.chance.random() < 0.6:
            machine = self._some()  # more is done at counters than at the kiosk
        if machine is not None:
            self.step_of(machine)

    def _sync(self, but: str = "") -> None:
        machine = self._some(but)
        if machine is not None:
            self.note(f"{machine.name}: sync")
            self.on(machine, machine.sync)

    def meanwhile(self, *, windows: bool = True) -> None:
        """While whoever has its turn waits for an answer or for its disk, others act: windows of the same
        machine too, when it is the keeper that waits for an answer."""
        if self._within:
            return
        waiting = self._turns[-1] if self._turns else None
        device = waiting.code if waiting else ""
        self._within += 1
        try:
            with knowing(ALL_NEWER):
                for _ in range(self.chance.randrange(1, 4)):
                    beside = self._beside(waiting) if windows else None
                    machine = beside or self._some(device)
                    if machine is not None and (beside or machine.code != device):
                        act = beside is not None or self.chance.random() < 0.6
                        self.note(f"  meanwhile {machine.name}")
                        self.on(machine, partial(self.people.act_on, machine) if act else machine.sync)
                self.true.advance(seconds=self.chance.choice((0.1, 0.5, 1.0, 25.0)))
        finally:
            self._within -= 1
        if waiting is not None and not waiting.alive:
            raise Killed(waiting.name)

    def _beside(self, waiting: Machine | None) -> Machine | None:
        """The machine whose keeper waits, now and then: its windows do not wait with it."""
        if self.edition == 1 or waiting is None or not waiting.alive or not waiting.keeping:
            return None
        return waiting if self.chance.random() < 0.3 else None

    def _time_passes(self) -> None:
        self.true.advance(seconds=self.chance.choice((5, 5, 31, 61, 61, 200, 700)))

    def _tidy(self) -> None:
        if self.centre_up:
            self.note("the centre tidies up")
            try:
                self.centre.tidy()
            except Killed:
                self.centre_died()
            except UserFacingError as error:
                self.note(f"  refused: {error.code}")

    # -- mishaps

    def _open_the_dead(self) -> None:
        if not self.centre_up and self.chance.random() < 0.6:
            self.note("the centre is started")
            self.centre.open()
            self.centre_up = True
        for name, machine in self.machines.items():
            if not machine.alive and name not in self.retired:
                self.note(f"{name} is started")
                self.on(machine, machine.open)

    def _kill(self) -> None:
        machine = self._some()
        if machine is not None:
            self.note(f"{machine.name} is killed between two steps")
            machine.close()

    def _kill_centre(self) -> None:
        if self.chance.random() < 0.5:
            self.centre_died()
        else:
            kind = self.chance.choice(KINDS)
            self.note(f"the centre will meet {kind}")
            self.centre.faults.arm(kind, self.chance.randrange(12))

    def _arm(self) -> None:
        machine = self._some()
        if machine is not None:
            kind = self.chance.choice(KINDS)
            self.note(f"{machine.name} will meet {kind}")
            machine.faults.arm(kind, self.chance.choice((0, 1, 3, 6, 12)))

    def _cut_or_heal(self) -> None:
        roll, network = self.chance.random(), self.network
        if roll < 0.15:
            network.centre_cut = not network.centre_cut
            self.note(f"the centre's line is {'cut' if network.centre_cut else 'healed'}")
        elif roll < 0.55 and network.cut:
            self.note("all lines are healed")
            network.cut.clear()
        else:
            machine = self._some()
            if machine is not None:
                self.note(f"the line of {machine.code} is cut")
                network.cut.add(machine.code)

    def _weather(self) -> None:
        bad = self.chance.random() < 0.6
        self.network.weather = (
            Weather(
                lost=self.chance.choice((0, 0.1, 0.3)),
                answer_lost=self.chance.choice((0, 0.1, 0.3)),
                doubled=self.chance.choice((0, 0.1, 0.3)),
                late=self.chance.choice((0, 0.1, 0.2)),
                slow=self.chance.choice((0, 0.1, 0.3)),
                killed=self.chance.choice((0, 0, 0.05)),
            )
            if bad
            else Weather()
        )
        self.note(f"weather: {self.network.weather}")

    def _clock_jumps(self) -> None:
        machine = self._some()
        if machine is not None:
            by = timedelta(seconds=self.chance.choice((-86400, -3600, -90, -5, 5, 90, 3600, 86400)))
            self.note(f"the clock of {machine.name} jumps by {by}")
            machine.clock.jump(by)

    def _slow_transaction(self) -> None:
        """A machine's next transaction is long about its COMMIT; all others stand behind the centre's."""
        if self.chance.random() < 0.4:
            self.note("the centre will be slow")
            self.centre.faults.pause = self._stand_behind
            self.centre.faults.arm("slow")
        elif machine := self._some():
            self.note(f"{machine.name} will be slow")
            machine.faults.pause = partial(self.meanwhile, windows=False)
            machine.faults.arm("slow")

    def _stand_behind(self) -> None:
        self.network.centre_busy = True
        try:
            self.meanwhile()
        finally:
            self.network.centre_busy = False

    def _centre_clock_jumps(self) -> None:
        by = timedelta(seconds=self.chance.choice((-86400, -3600, -90, -5, 5, 90, 3600, 86400)))
        self.note(f"the centre's clock jumps by {by}")
        self.centre_clock.jump(by)

    def _clone(self) -> None:
        """A disk is copied into a second machine, and both go on as the same device."""
        machine = self._some()
        if machine is None or machine.name in self.old or any(name.endswith("'") for name in self.machines):
            return
        name = machine.name + "'"
        folder = self.folder / name
        machine.copy_disk(folder)
        self.note(f"{machine.name} is cloned: {name}")
        clone = machine.twin(name, folder, MachineClock(self.true, machine.clock.wrong_by))
        self.machines[name] = clone
        self.on(clone, clone.open)

    def _back_up(self) -> None:
        machine = self._some()
        if machine is not None:
            self._copies += 1
            folder = self.folder / f"backup-{self._copies}"
            machine.copy_disk(folder)
            self.note(f"{machine.name} is backed up: {folder.name}")
            self.backups.append(Backup(machine.name, folder, len(self.people.told)))

    def _restore(self) -> None:
        """An older copy of the disk is put back; what only this disk knew since then is gone with it."""
        if not self.backups:
            return
        backup = self.backups.pop(self.chance.randrange(len(self.backups)))
        machine = self.machines[backup.machine]
        self.note(f"{machine.name} is restored from {backup.folder.name}")
        machine.close()
        machine.put_back(backup.folder)
        for told in self.people.told[backup.told :]:
            if told.machine == machine.name:
                self.lost.add(told.key)
        self.on(machine, machine.open)

    def _sing(self) -> None:
        """A machine with a later program than all others records something nobody else knows."""
        machine = self._some()
        if machine is not None and machine.name not in self.old:
            self.on(machine, lambda: machine.sing(self.people.key(), self.note))

    # -- the end

    def in_service(self) -> Iterable[Machine]:
        return [one for name, one in self.machines.items() if name not in self.retired]

    def differences(self) -> list[str]:
        """Machines of equal scope must have equal rows, all of them."""
        found: list[str] = []
        first: dict[tuple[str, str], tuple[str, str]] = {}
        for machine in self.in_service():
            digests = machine.digests()
            for kind, digest in digests.items():
                name, known = first.setdefault((machine.role, kind), (machine.name, digest))
                if known != digest:
                    found.append(f"{name} and {machine.name} have other rows of {kind}")
        return found

    def close(self) -> None:
        for machine in self.machines.values():
            machine.close()
        if self.centre_up:
            self.centre.close()
        shutil.rmtree(self.folder, ignore_errors=True)

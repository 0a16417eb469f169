"""A training hall of many machines on this one: hub, two counters, kiosk and display, each with its home.

Hub and keepers are processes of their own, as in a real hall; each machine reaches the hub by a line of its
own that can be cut. Everything lives in one folder and ends with the block. Not here: the windows
(`hall_demo.py`), what is played (`hall_tour.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.bootstrap.centre_home import CENTRE_DEVICE, open_service
from counter_app.bootstrap.demo import SimulatedDevices, simulated_devices
from counter_app.bootstrap.enrolment import enrol_home
from counter_app.bootstrap.founding import found_centre
from counter_app.bootstrap.hub_home import invitation_text
from counter_app.cli.hall_machine import Founding
from counter_app.errors import UserFacingError, mark
from counter_app.home import Home
from counter_app.i18n import RESOURCES, Translator
from counter_app.locks import is_free
from counter_app.simulators.relay import CutRelay

MINUTES: Final = 60
STOP_SECONDS: Final = 10.0
KEEPER_SECONDS: Final = 20.0
LOOK_SECONDS: Final = 0.3
STAFF: Final = "set-up"


@dataclass(frozen=True, slots=True)
class Member:
    """A machine of the training hall: its code, role, counter, and what it is called."""

    code: str
    role: str
    counter: str
    name: str

    @property
    def words(self) -> tuple[str, ...]:
        """The command line of its window."""
        return (self.role, "--counter", self.counter) if self.counter else (self.role,)


MEMBERS: Final = (
    Member("2", "counter", "2", mark("Counter 2")),
    Member("3", "counter", "3", mark("Counter 3")),
    Member("K", "kiosk", "", mark("Kiosk")),
    Member("D", "display", "", mark("Hall display")),
)


@dataclass(frozen=True)
class RunningMachine:
    """A machine at work: its home with simulated devices, its line to the hub."""

    member: Member
    devices: SimulatedDevices
    line: CutRelay

    @property
    def home(self) -> Home:
        return self.devices.home


@dataclass(frozen=True)
class TrainingHall:
    centre: Home
    machines: tuple[RunningMachine, ...]

    def machine(self, code: str) -> RunningMachine:
        return next(one for one in self.machines if one.member.code == code)

    def cut(self) -> None:
        """Every line."""
        for machine in self.machines:
            machine.line.cut()

    def heal(self) -> None:
        for machine in self.machines:
            machine.line.heal()


@contextmanager
def training_hall(
    folder: Path, t: Translator, *, store: str = "sqlite", pace: float = 1.0
) -> Iterator[TrainingHall]:
    """Found the hall in `folder` (new), enrol its machines, start hub and keepers.

    UserFacingError `hub.*`, `centre.*`; CentreAway when a database named by `store` does not answer.
    """
    with ExitStack() as held:
        plan = RESOURCES / "demo" / "hall.toml"
        centre = found_centre(Founding(folder / "centre", store, plan, CENTRE_DEVICE, training=True)).home
        host, _, port = _hub(centre, held).rpartition(":")
        machines = []
        for member in MEMBERS:
            line = CutRelay((host, int(port)))
            held.callback(line.close)
            home = _enrolled(centre, member, line, folder / f"machine-{member.code}", t)
            devices = held.enter_context(simulated_devices(home, pace=pace))
            machines.append(RunningMachine(member, devices, line))
        for machine in machines:
            start(held, machine.home, "keeper", "--stay")
        for machine in machines:
            _wait_for_keeper(machine.home)
        yield TrainingHall(centre, tuple(machines))


def start(held: ExitStack, home: Home, *words: str) -> subprocess.Popen[bytes]:
    """A process of the program on a home; it ends with `held`."""
    command = [sys.executable, "-m", "counter_app", *words, "--home", str(home.path)]
    home.make_folders()
    with (home.logs / f"{words[0]}-output.log").open("ab") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    held.callback(_end, process)
    return process


def _wait_for_keeper(home: Home) -> None:
    """A window that finds none starts one that would outlive the hall for some seconds."""
    ends = time.monotonic() + KEEPER_SECONDS
    while is_free(home.locks, "keeper") and time.monotonic() < ends:
        time.sleep(LOOK_SECONDS)


def _hub(centre: Home, held: ExitStack) -> str:
    """Start the hub on a free port; its address."""
    command = [sys.executable, "-m", "counter_app", "hub", "serve", "--home", str(centre.path)]
    process = subprocess.Popen(
        [*command, "--listen", "127.0.0.1:0", "--json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    held.callback(_end, process)
    output = process.stdout
    said = b""
    while output is not None and not said.rstrip().endswith(b"}"):
        line = output.readline()
        if not line:
            raise UserFacingError(
                "hub.not-started",
                "The hub of the training hall did not start.",
                remedy="Look at what it said before this.",
            )
        said += line
    return str(json.loads(said)["address"])


def _enrolled(centre: Home, member: Member, line: CutRelay, path: Path, t: Translator) -> Home:
    with open_service(centre) as service:
        code = service.enrolling.invite(member.code, member.role, t(member.name), MINUTES, STAFF)
    return enrol_home(invitation_text(centre, code, line.address), path).home


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()

"""Sixteen counters in four processes at one centre, `kill -9` at random, lines that break.

Once beside a real PostgreSQL in each process, once through a hub over HTTPS behind a spoilt line. Afterwards
the whole hall agrees, and what people were told is in its order once (mission: X1, X2, Q4).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO, Final

import pytest

from counter_app.hub.tls import HubTls
from counter_app.use_cases.centre.checking import check_centre
from counter_app.use_cases.centre.service import CentreService
from tests.conftest import LONG
from tests.simulation.invariants import Hall, problems
from tests.simulation.machine import Machine
from tests.simulation.people import Told
from tests.simulation.run import memory_folder
from tests.support.centres import CENTRE
from tests.support.demo import ROOT, until
from tests.support.hubs import PASSPHRASE, now
from tests.support.many_counters import DEVICES, machine, postgres_service, set_up, sqlite_service
from tests.support.postgres import why_not
from tests.support.postgres_centres import prepared
from tests.support.proxy import LineProxy

SECONDS: Final = 600.0 if LONG else 12.0
PROCESSES: Final = 4
ENVIRONMENT: Final = {**os.environ, "PYTHONFAULTHANDLER": "1"}  # a crash of a library says where
MOST_ROUNDS: Final = 30
SEED: Final = 20261123
GROUPS: Final = tuple(",".join(DEVICES[at::PROCESSES]) for at in range(PROCESSES))


@dataclass
class Processes:
    """The hall's processes; what each says goes to files, so that a kill loses only what was not said."""

    folder: Path
    chance: Random
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    started: int = 0

    def start(self, name: str, *words: str) -> None:
        self.started += 1
        with self._file(name, "out") as out, self._file(name, "err") as err:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *words], cwd=ROOT, env=ENVIRONMENT, stdout=out, stderr=err
            )

    def _file(self, name: str, kind: str) -> IO[bytes]:
        return (self.folder / f"{name}-{self.started}.{kind}").open("wb")

    def kill(self, name: str) -> None:
        """`kill -9`. Whoever ended by itself before fails the test."""
        process = self.running.pop(name)
        process.kill()
        code = process.wait(20)
        assert code == -signal.SIGKILL, f"{name} ended by itself with {code}: {self.errors()}"

    def all_at_work(self) -> bool:
        """Whether every counter has done something; a process that ended by itself fails the test."""
        for name, process in self.running.items():
            assert process.poll() is None, f"{name} ended by itself: {self.errors()}"
        return len({told.device for told in self.told()}) == len(DEVICES)

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def errors(self) -> str:
        return "\n".join(
            path.read_text()[-9000:] for path in self.folder.glob("*.err") if path.stat().st_size
        )

    def said(self) -> list[str]:
        """Whole lines only: a kill may have cut the last one."""
        texts = (path.read_text() for path in self.folder.glob("*.out"))
        return [line for text in texts for line in text.split("\n")[:-1]]

    def told(self) -> list[Told]:
        words = (line.split() for line in self.said() if line.startswith("told "))
        return [Told(device, device, key, "an act") for _, device, key in words]


@contextmanager
def processes() -> Iterator[Processes]:
    with memory_folder() as folder:
        hall = Processes(folder, Random(SEED))
        try:
            yield hall
        finally:
            for process in hall.running.values():
                process.kill()
                process.wait(20)


def work_and_break(
    hall: Processes, start: Callable[[str], None], mishaps: Sequence[Callable[[], None]]
) -> None:
    """Everybody begins; when all are at work, counters are killed and started, and other things happen."""
    for group in GROUPS:
        start(group)
    until(hall.all_at_work, "all are at work", 60)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(hall.chance.uniform(0.1, 0.8))
        if hall.chance.random() < 0.3:
            group = hall.chance.choice(GROUPS)
            hall.kill(group)
            start(group)
        elif mishaps:
            hall.chance.choice(mishaps)()
    hall.end()


def agreed(service: CentreService, hall: Processes) -> None:
    """Every disk is opened once more on a sound line; then everything must fit."""
    chance = Random(0)
    counters = [machine(device, hall.folder, service.line(device), lambda: chance) for device in DEVICES]
    try:
        for counter in counters:
            counter.open()
        quiet(service, counters)
        with service.store.reading() as reader:
            head = reader.head()
            order = reader.after(0, head.hall_seq, "centre")
        told = hall.told()
        found = problems(Hall(order, head.root, told, frozenset(), CENTRE))
        if broken := check_centre(service.store).broken:
            found.append(f"the centre: {broken}")
        for counter in counters:
            found += [f"{counter.name}: {problem}" for problem in counter.problems(order)]
        found += [f"{one.name} has other rows" for one in counters if one.digests() != counters[0].digests()]
        assert not found, found[:20]
        assert len(told) > 100, "hardly anybody did anything"
    finally:
        for counter in counters:
            counter.close()


def quiet(service: CentreService, counters: Sequence[Machine]) -> None:
    for _ in range(MOST_ROUNDS):
        with service.store.reading() as reader:
            before = reader.head().hall_seq
        for counter in counters:
            counter.keeper.heard(before)
            counter.sync()
        done = all(counter.said_all() and counter.standing().pulled == before for counter in counters)
        with service.store.reading() as reader:
            if done and reader.head().hall_seq == before:
                return
    raise AssertionError(f"no silence: {[counter.standing() for counter in counters]}")


@pytest.mark.timeout(1200 if LONG else 240)
def test_beside_postgres_in_every_process() -> None:
    if reason := why_not():
        pytest.skip(reason)
    with processes() as hall, prepared() as database:
        access = next(iter(database.access.values()))
        service = postgres_service(access.url, access.password)
        try:
            set_up(service)
            words = ("tests.faults.counters_worker", str(hall.folder))

            def start(group: str) -> None:
                mode = ("postgres", access.url, access.password)
                hall.start(group, *words, f"{SEED}-{hall.started}", group, *mode)

            def lines_drop() -> None:
                database.server.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    f"WHERE datname = '{database.name}' AND pid <> pg_backend_pid() AND random() < 0.5"
                )

            work_and_break(hall, start, [lines_drop])
            agreed(service, hall)
        finally:
            service.close()


@pytest.mark.timeout(1200 if LONG else 240)
def test_through_a_hub_on_a_bad_line() -> None:
    with processes() as hall:
        service = sqlite_service(hall.folder)
        set_up(service)
        service.close()
        tls = HubTls(hall.folder / "tls", PASSPHRASE, ("localhost", "127.0.0.1"), now)
        certificate = hall.folder / "authority.pem"
        certificate.write_bytes(tls.authority_pem)
        port = free_port()

        def start_hub() -> None:
            hall.start("hub", "tests.faults.hub_worker", str(hall.folder), str(port))

        start_hub()
        until(lambda: f"ready {port}" in hall.said(), "the hub serves", 30)
        with LineProxy(("127.0.0.1", port)) as line:
            url = f"https://127.0.0.1:{line.port}"

            def start(group: str) -> None:
                mode = ("hub", url, str(certificate))
                words = ("tests.faults.counters_worker", str(hall.folder))
                hall.start(group, *words, f"{SEED}-{hall.started}", group, *mode)

            def hub_dies() -> None:
                hall.kill("hub")
                time.sleep(hall.chance.uniform(0, 1))
                start_hub()

            work_and_break(hall, start, [hub_dies, *spoilt(line, hall.chance)])
        service = sqlite_service(hall.folder)
        try:
            agreed(service, hall)
        finally:
            service.close()


def spoilt(line: LineProxy, chance: Random) -> list[Callable[[], None]]:
    """What a line does to those on it; every other time it is mended."""
    return [
        line.drop,
        lambda: line.drop(reset=True),
        lambda: line.cut(to_client=chance.randrange(1, 20_000), reset=chance.random() < 0.5),
        lambda: line.cut(to_hub=chance.randrange(1, 20_000)),
        lambda: line.delay(chance.choice((0.05, 0.3, 0.9))),
        lambda: line.reorder(chance.choice((0.05, 0.3, 0.9))),
        line.stall,
        line.refuse,
        *[line.heal] * 8,
    ]


def free_port() -> int:
    """A port nobody has: the hub must come back to the same one."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port

"""Devices of a hall that keep step with a real centre in process, and whose line and disk can be spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_app.domain.intake.facts import CaseOpened, NoteWritten
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Fact
from counter_app.store.journal import SqliteJournal
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import Centre, CentreAway
from counter_app.use_cases.ports.store import Outcome, Transaction
from counter_app.use_cases.ports.sync import Also
from counter_app.use_cases.sync.state import CentreState, read_state
from counter_app.use_cases.sync.sync import SNAPSHOT_FROM, Sync, SyncNeeds
from tests.support.centres import HALL, device_key, enrolled
from tests.support.clock import HandClock
from tests.support.stores import CLERK, KEY


class CutLine:
    """A line that can be cut, that can lose the answer to what was asked, and that can alter answers."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self.cut = False
        self.lose: set[str] = set()
        self.twist: dict[str, Callable[[Any], Any]] = {}
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask: Callable[..., Any] = getattr(self._centre, name)

        def asked(*args: Any, **named: Any) -> Any:
            self.asked.append(name)
            if self.cut:
                raise CentreAway
            answer = ask(*args, **named)
            if name in self.lose:
                self.lose.discard(name)
                raise CentreAway
            return self.twist[name](answer) if name in self.twist else answer

        return asked


class Synced:
    """One device: its store, its line, its sync. `wiped` says that it made itself unreadable."""

    def __init__(
        self,
        folder: Path,
        service: CentreService,
        device: str,
        clock: HandClock,
        snapshot_from: int = SNAPSHOT_FROM,
    ) -> None:
        self.folder = folder
        self.device = device
        self.clock = clock
        self.line = CutLine(service.line(device))
        self.snapshot_from = snapshot_from
        self.wiped = False
        self.open()

    def open(self, also: Also | None = None) -> None:
        self.store = SqliteStore(
            self.folder / f"{self.device}.db", KEY, hall=HALL, device=self.device, clock=self.clock
        )
        self.journal = SqliteJournal(self.store)
        needs = SyncNeeds(
            hall=HALL,
            device=self.device,
            program="test",
            sign=device_key(self.device).sign,
            chance=lambda: 0.5,
            wipe=self._wipe,
            also=also,
            snapshot_from=self.snapshot_from,
        )
        self.sync = Sync(self.journal, self.store, self.line, self.clock, needs)

    def _wipe(self) -> None:
        self.wiped = True

    def close(self) -> None:
        self.store.close()

    def act(self, *facts: Callable[[Transaction], Fact], key: str = "") -> Outcome:
        """Record facts, each made from the transaction, as one act."""

        def work(tx: Transaction) -> None:
            for fact in facts:
                tx.record(fact(tx))

        return self.store.act(CLERK, key, work)

    def settle(self, seconds: float = 6.0) -> CentreState:
        """Let it work until there is nothing more to do for some seconds of its clock."""
        for _ in range(round(seconds * 2)):
            for _ in range(200):
                if not self.sync.step():
                    break
            self.clock.advance(seconds=0.5)
        return self.state

    @property
    def state(self) -> CentreState:
        with self.store.reading() as reader:
            return read_state(reader)

    def copy_disk(self, name: str) -> Path:
        """The store's files as they are now, put aside."""
        self.store.tidy()
        target = self.folder / name
        target.mkdir()
        for file in self.folder.glob(f"{self.device}.db*"):
            shutil.copy(file, target / file.name)
        return target

    def restore(self, copy: Path) -> None:
        """Put an older copy of the disk in place of this one."""
        self.close()
        for file in self.folder.glob(f"{self.device}.db*"):
            file.unlink()
        for file in copy.glob(f"{self.device}.db*"):
            shutil.copy(file, self.folder / file.name)
        self.open()


def joined(
    folder: Path, service: CentreService, device: str, clock: HandClock, role: str = "counter"
) -> Synced:
    """Enrol a device and open it; close it at the end."""
    enrolled(service, device, role)
    return Synced(folder, service, device, clock)


class SyncedHall:
    """The devices of one test, around one centre."""

    def __init__(self, folder: Path, centre: CentreService, clock: HandClock) -> None:
        self._folder, self._centre, self._clock = folder, centre, clock
        self._made: list[Synced] = []

    def join(self, code: str, role: str = "counter") -> Synced:
        self._made.append(joined(self._folder, self._centre, code, self._clock, role))
        return self._made[-1]

    def join_late(self, code: str) -> Synced:
        """A device that begins with a snapshot, however short the order is."""
        enrolled(self._centre, code)
        self._made.append(Synced(self._folder, self._centre, code, self._clock, snapshot_from=1))
        return self._made[-1]

    def clone(self, of: Synced) -> Synced:
        """Another machine with a copy of this one's disk."""
        self._made.append(Synced(of.copy_disk("clone"), self._centre, of.device, self._clock))
        return self._made[-1]

    def close(self) -> None:
        for device in self._made:
            device.close()


def case(device: Synced, key: str = "") -> str:
    def work(tx: Transaction) -> None:
        tx.record(CaseOpened(case=tx.next_id))

    return device.store.act(CLERK, key, work).first(CaseOpened).case


def note(device: Synced, case: str, text: str) -> None:
    def work(tx: Transaction) -> None:
        tx.record(NoteWritten(case=case), private={"text": text.encode()})

    device.store.act(CLERK, "", work)


def history(device: Synced, case: str) -> list[str]:
    with device.store.reading() as reader:
        return [event.hash for event in reader.history(CASES.subject(case))]


def in_step(*devices: Synced) -> None:
    """All have worked until none has anything to do, and hold the same."""
    for _ in range(6):
        for device in devices:
            device.settle()
        if len({device.journal.standing().root for device in devices}) == 1:
            break
    for device in devices:
        assert device.state.state == "in_step", device.state
        assert device.state.unsent == 0
        assert device.store.check().sound, device.store.check()
    assert len({device.journal.standing().root for device in devices}) == 1
    kinds = ["case", "party", "ticket"]
    assert len({tuple(sorted(device.journal.digest(kinds).items())) for device in devices}) == 1

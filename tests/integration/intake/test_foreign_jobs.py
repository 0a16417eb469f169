"""Print jobs of other machines lie in this store too; each machine prints its own and no other's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices.printer.profiles import GENERIC_80
from counter_app.domain.journal import Actor
from counter_app.domain.paper.jobs import JOBS, PrintQueued
from counter_app.use_cases.papers.printers import PlacedPrinter
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.ports.papers_rows import Places
from counter_app.use_cases.ports.printing import PrintEnd, PrinterProfile, PrinterState, PrintOutcome
from counter_app.use_cases.ports.store import Transaction
from tests.support.centres import open_centre
from tests.support.clock import HandClock
from tests.support.intake_hall import IntakeHall
from tests.support.machines import Machine, ManyMachines

CLERK = Actor("1002", "3")


class Hand:
    """A printer that counts the jobs it was given."""

    def __init__(self) -> None:
        self.jobs: list[int] = []
        self.interruptions = 0

    def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
        self.jobs.append(job_id)
        return PrintOutcome(PrintEnd.PRINTED)

    def interrupted(self, data: bytes) -> None:
        self.interruptions += 1

    def state(self) -> PrinterState:
        return PrinterState.READY

    places: Places = ""

    def at(self, place: str) -> tuple[PlacedPrinter, ...]:
        return (PlacedPrinter("roll", self, GENERIC_80),)

    def roll(self, facts: object, language: str, profile: PrinterProfile) -> bytes:
        return b"paper"

    def close(self) -> None:
        pass


@pytest.fixture
def many(tmp_path: Path) -> Iterator[ManyMachines]:
    clock = HandClock()
    many = ManyMachines(tmp_path, open_centre(tmp_path, clock), clock)
    yield many
    many.close()


def paper_at(machine: Machine) -> IntakeHall:
    """Print a guide there, as a clerk does."""
    hall = IntakeHall(machine.folder, machine.clock, publish=False)
    hall.papers.print_guide(CLERK, machine.key(), "0603")
    return hall


# mission: P10 M1
def test_each_machine_prints_what_it_queued(many: ManyMachines) -> None:
    hall = paper_at(many.three)
    (row,) = hall.papers.unsettled()
    many.sync()
    here, there = Hand(), Hand()
    other = Spooler(many.two.store, there, there)
    assert not other.step()
    assert there.jobs == []
    own = Spooler(many.three.store, here, here)
    assert own.step()
    assert len(here.jobs) == 1
    many.sync()
    assert not other.step()
    with many.two.store.reading() as reader:
        assert reader.need(JOBS, row.job).state == "printed"
    hall.close()


# mission: M1
def test_a_job_under_way_elsewhere_is_not_this_machines_crash(many: ManyMachines) -> None:
    hall = paper_at(many.three)
    (row,) = hall.papers.unsettled()

    class Stops(Hand):
        def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
            raise KeyboardInterrupt

    broken = Stops()
    with pytest.raises(KeyboardInterrupt):
        Spooler(many.three.store, broken, broken).step()
    many.sync()
    there = Hand()
    Spooler(many.two.store, there, there).step()
    assert there.interruptions == 0
    with many.two.store.reading() as reader:
        assert reader.need(JOBS, row.job).state == "printing"
    again = Hand()
    Spooler(many.three.store, again, again).step()
    assert again.interruptions == 1
    hall.close()


# mission: P10
def test_the_list_of_what_waits_is_this_machines(many: ManyMachines) -> None:
    hall, other = paper_at(many.three), IntakeHall(many.two.folder, many.clock, publish=False)
    many.sync()
    assert len(hall.papers.unsettled()) == 1
    with many.two.store.reading() as reader:
        assert reader.papers.unsettled(reader.device, 10) == ()
        assert len(reader.papers.unsettled("3", 10)) == 1
    hall.close()
    other.close()


def test_a_device_whose_code_begins_like_another_is_another(many: ManyMachines) -> None:
    with many.two.store.reading() as reader:
        day = reader.now.isoformat(timespec="milliseconds")

    def queue(tx: Transaction) -> None:
        tx.record(PrintQueued(job="22.1.9", paper="22.1.8", place="3"))

    many.two.store.act(CLERK, "", queue)
    with many.two.store.reading() as reader:
        assert reader.papers.next_job("2", day[:10]) is None
        assert reader.papers.next_job("22", day[:10]) is not None

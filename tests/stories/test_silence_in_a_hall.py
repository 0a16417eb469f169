"""Papers lie for a week in a hall with a centre: next morning the case is in the handler's inbox, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.intake.fold import CASES
from counter_app.domain.time.clock import CLOCKS
from counter_app.use_cases.ports.integrity import CheckReport
from tests.support.casework_hall import POPULATION
from tests.support.casework_machines import HubHall, HubMachine
from tests.support.intake_hall import CLERK, OVERSEER

HANDLER = POPULATION[0]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[HubHall]:
    with HubHall(tmp_path) as hall:
        yield hall


def received(machine: HubMachine) -> str:
    """流动人口婚育证明: papers handed in, nothing said of them yet."""
    case = machine.case("0603", "zhang", CLERK, married="no", has_children="no")
    machine.mark_all(case)
    machine.intake.decide(CLERK, machine.key(), case, "receive")
    return case


def inbox(machine: HubMachine) -> list[tuple[str, str]]:
    return [(row.case, row.code) for row in machine.casework.queries.inbox(HANDLER).rows]


def sound(machine: HubMachine) -> CheckReport:
    report = machine.store.check()
    assert report.sound, report
    return report


# mission: I7
def test_what_silence_accepted_is_in_the_handlers_inbox_and_on_the_late_board(hall: HubHall) -> None:
    case = received(hall.three)
    hall.sync()
    hall.clock.advance(days=7)  # the last day on which it may still be asked for something
    hall.sweep()
    assert inbox(hall.desk) == []

    hall.clock.advance(days=1)
    hall.sweep()
    hall.sweep()
    for machine in hall.machines:
        assert inbox(machine) == [(case, "review")]
        assert [row.case for row in machine.time.queries.late(OVERSEER)] == [case]
        sound(machine)
    assert hall.three.conflicts() == ()


# mission: I7 I10
def test_what_the_counter_set_of_its_class_holds_behind_it_too(hall: HubHall) -> None:
    case = hall.three.case("0603", "zhang", CLERK, married="no", has_children="no")
    hall.three.intake.set_field(CLERK, hall.three.key(), case, "sensitive", "yes")
    hall.three.mark_all(case)
    hall.three.intake.decide(CLERK, hall.three.key(), case, "receive")
    hall.sync()
    hall.clock.advance(days=8)
    hall.sweep()
    with hall.desk.store.reading() as reader:
        assert reader.need(HANDLINGS, case).sensitive


# mission: I7 X1
def test_a_counter_that_accepted_it_while_cut_off_opens_no_second_work(hall: HubHall) -> None:
    case = received(hall.three)
    hall.sync()
    hall.three.cut = True
    hall.clock.advance(days=7)
    hall.three.intake.decide(CLERK, hall.three.key(), case, "accept")
    assert inbox(hall.three) == [(case, "review")]

    hall.clock.advance(days=1)
    hall.sweep()
    (work,) = hall.desk.casework.queries.inbox(HANDLER).rows
    hall.desk.casework.work.take(HANDLER, hall.desk.key(), work.task)

    hall.three.cut = False
    hall.sync()
    for machine in hall.machines:
        assert inbox(machine) == [(case, "review")]
        with machine.store.reading() as reader:
            handling, clock = reader.need(HANDLINGS, case), reader.need(CLOCKS, case)
            assert (handling.overtaken, clock.overtaken) == ((), ())
            assert reader.need(CASES, case).stage == "accepted"
            assert [task.staff for task in reader.casework.of_case(case)] == [HANDLER.staff]
        sound(machine)
    # that it was accepted a second time is said, once, to the clerk who did
    (told,) = hall.three.conflicts()
    assert (told.rule, told.subject) == ("decided-twice", f"case:{case}")

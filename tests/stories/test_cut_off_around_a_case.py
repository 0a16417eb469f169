"""Money, results, files and numbered blanks at two counters that are cut off: nothing doubled in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.archive.archive import FILES
from counter_app.domain.blanks.blanks import BLANKS
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.fees.fees import FEES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor, read
from counter_app.use_cases.delivery.inputs import CollectInput
from counter_app.use_cases.fees.charging import ONCE
from tests.support.casework_hall import POPULATION
from tests.support.casework_machines import HubHall, HubMachine
from tests.support.fees import with_fees
from tests.support.intake_hall import CLERK

OTHER = Actor("1003", "4")
HANDBOOK = "计划生育服务手册"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[HubHall]:
    with HubHall(tmp_path) as hall:
        yield hall


def spot(machine: HubMachine, actor: Actor = CLERK) -> tuple[str, str]:
    """A handbook on the spot, granted; the case and its receipt."""
    case = machine.case("0605", "li", actor, replacing="no")
    machine.mark_all(case, actor)
    papers = machine.intake.decide(actor, machine.key(), case, "grant", DecisionInput(result_number="S1"))
    return case, papers.number


def granted(machine: HubMachine) -> tuple[str, str]:
    """A certificate signed by three, waiting for the citizen; the case and its receipt."""
    case = machine.case("0603", "li", CLERK, married="no", has_children="no")
    machine.mark_all(case)
    receipt = machine.intake.decide(CLERK, machine.key(), case, "accept").papers[0]
    for step, who in zip(("review", "approval", "final"), POPULATION, strict=True):
        machine.opine(case, step, who, number="LN-7" if step == "final" else "")
    return case, receipt


def own(machine: HubMachine, receipt: str) -> CollectInput:
    return CollectInput(relation="applicant", person=machine.card("li"), receipt=receipt)


def rules(machine: HubMachine) -> list[str]:
    return [one.rule for one in machine.conflicts()]


# mission: P5 X1
def test_a_fee_taken_at_two_counters_is_shown_to_both_and_given_back_once(hall: HubHall) -> None:
    hall.publish(with_fees())
    case, _ = spot(hall.three)
    hall.three.around.charging.charge(CLERK, hall.three.key(), {case: ONCE})
    hall.sync()
    hall.two.cut = True
    hall.three.around.charging.pay(CLERK, hall.three.key(), case, "cash")
    hall.two.around.charging.pay(OTHER, hall.two.key(), case, "scan")
    hall.sync()
    hall.two.cut = False
    hall.sync()

    assert rules(hall.three) == rules(hall.two) == ["paid-twice"]
    (told,) = hall.two.conflicts()
    assert told.subject == f"case:{case}"
    assert [side.staff for side in told.sides] == [OTHER.staff, CLERK.staff]
    with hall.desk.store.reading() as reader:
        fees = reader.need(FEES, case)
    assert (len(fees.payments), fees.owed, fees.paid - fees.due) == (2, 0, 1005)
    hall.agree(case)


# mission: C13 P6 X1
def test_a_result_handed_over_at_two_counters_is_one_hand_over(hall: HubHall) -> None:
    case, receipt = granted(hall.three)
    hall.sync()
    hall.two.cut = True
    hall.three.around.delivering.hand_over(CLERK, hall.three.key(), case, own(hall.three, receipt))
    hall.two.around.delivering.hand_over(OTHER, hall.two.key(), case, own(hall.two, receipt))
    hall.sync()
    hall.two.cut = False
    hall.sync()
    assert rules(hall.three) == rules(hall.two) == ["delivered-twice"]
    with hall.desk.store.reading() as reader:
        delivery = reader.need(DELIVERIES, case)
    assert [handing.staff for handing in delivery.handings] == [CLERK.staff]
    hall.agree(case)


# mission: C14 X1
def test_a_file_closed_at_two_machines_is_one_file(hall: HubHall) -> None:
    case, receipt = granted(hall.three)
    hall.three.around.delivering.hand_over(CLERK, hall.three.key(), case, own(hall.three, receipt))
    hall.sync()
    hall.two.cut = True
    for machine, actor in ((hall.three, CLERK), (hall.two, OTHER)):
        machine.around.archiving.archive(actor, machine.key(), case, "纸质原件已入卷")
    hall.sync()
    hall.two.cut = False
    hall.sync()
    with hall.desk.store.reading() as reader:
        file = reader.need(FILES, case)
    assert (file.staff, file.nth) == (CLERK.staff, 1)
    hall.agree(case)


# mission: P11 X1
def test_one_blank_issued_at_two_machines_of_a_counter_is_told(hall: HubHall) -> None:
    hall.three.around.blanks.receive(CLERK, hall.three.key(), HANDBOOK, "SC000101", "SC000105")
    first, _ = spot(hall.three)
    second, _ = spot(hall.two)
    hall.sync()
    hall.two.cut = True
    for machine, case in ((hall.three, first), (hall.two, second)):
        assert machine.around.blanks.issue(CLERK, machine.key(), HANDBOOK, case) == "SC000101"
    hall.sync()
    hall.two.cut = False
    hall.sync()
    (told,) = hall.three.conflicts()
    assert (told.rule, told.detail["number"]) == ("blank-twice", "SC000101")
    for machine in hall.machines:
        with machine.store.reading() as reader:
            assert reader.need(BLANKS, "3").left(HANDBOOK) == 4
    hall.agree(first)
    hall.agree(second)


# mission: X1
def test_a_machine_that_joins_later_is_given_all_that_is_open_however_old(hall: HubHall) -> None:
    hall.three.around.blanks.receive(CLERK, hall.three.key(), HANDBOOK, "SC000101", "SC000105")
    granted(hall.three)
    hall.sync()
    hall.clock.advance(days=200)
    with hall.service.store.reading() as reader:
        until = reader.head().hall_seq
        since = hall.clock.now().isoformat(timespec="milliseconds")
        _, places = reader.alive(until, since)
        kinds = {
            subject.partition(":")[0]
            for entry in reader.at(places, "centre")
            for subject in read(entry.data).subjects
        }
    assert {"delivery", "blanks"} <= kinds

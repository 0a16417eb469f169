"""Two people do the same work while their machines are cut off: one of them counts, both are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.overtaken import OvertakenRow
from tests.support.casework_hall import MANAGER, POPULATION
from tests.support.casework_machines import HubHall, HubMachine
from tests.support.intake_hall import CLERK

# A of the handler's post, and B, to whom it passes at the machine that is cut off
HANDLER, COLLEAGUE, APPROVER = Actor("1021", "2"), Actor("1009", "desk-D"), POPULATION[1]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[HubHall]:
    with HubHall(tmp_path) as hall:
        yield hall


def accepted(hall: HubHall) -> str:
    case = hall.three.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    hall.sync()
    return case


def stand_in(machine: HubMachine) -> None:
    machine.casework.posts.pass_over(COLLEAGUE, machine.key(), "population", "秦岚外出")


def take(machine: HubMachine, actor: Actor) -> str:
    (row,) = machine.casework.queries.inbox(actor).rows
    machine.casework.work.take(actor, machine.key(), row.task)
    return row.task


def told(machine: HubMachine, actor: Actor) -> list[OvertakenRow]:
    return list(machine.casework.overtaken.conflicts(actor))


# mission: C12 X1
def test_of_two_who_take_the_same_work_the_first_has_it_and_both_are_told(hall: HubHall) -> None:
    case = accepted(hall)
    hall.two.cut = hall.desk.cut = True
    task = take(hall.two, HANDLER)
    stand_in(hall.desk)
    take(hall.desk, COLLEAGUE)
    hall.two.cut = False
    hall.sync()
    hall.desk.cut = False
    hall.sync()

    (row,) = told(hall.desk, COLLEAGUE)
    assert (row.rule, row.case, row.work, row.mine) == ("taken-twice", case, "审查", True)
    assert (row.first, row.second) == ("1021", "1009")
    assert row.first_name != row.first
    assert row.first_at is not None
    assert row.second_at is not None
    assert row.first_at < row.second_at
    assert told(hall.two, HANDLER) == [row_for(row, True)]
    assert told(hall.two, MANAGER) == [row_for(row, False)]
    assert told(hall.two, CLERK) == []

    with hall.desk.store.reading() as reader:
        assert [one.staff for one in reader.casework.of_case(case)] == ["1021"]
    with pytest.raises(UserFacingError) as refused:
        hall.desk.casework.work.pass_on(COLLEAGUE, hall.desk.key(), task, "1021")
    assert refused.value.code == "work.not-yours"
    hall.agree(case)

    hall.desk.centre.settle(COLLEAGUE, hall.desk.key(), row.conflict, "first-does")
    hall.sync()
    assert told(hall.two, HANDLER) == []


def row_for(row: OvertakenRow, mine: bool) -> OvertakenRow:
    return OvertakenRow(**{**{name: getattr(row, name) for name in row.__dataclass_fields__}, "mine": mine})


# mission: C9 C12 X1
def test_an_opinion_on_work_that_a_colleague_has_is_kept_and_not_applied(hall: HubHall) -> None:
    case = accepted(hall)
    hall.two.cut = hall.desk.cut = True
    take(hall.two, HANDLER)
    stand_in(hall.desk)
    hall.desk.opine(case, "review", COLLEAGUE, "deny")
    hall.two.cut = False
    hall.sync()
    hall.desk.cut = False
    hall.sync()

    # the approver has nothing of it, the handler goes on
    assert hall.two.casework.queries.inbox(APPROVER).rows == ()
    (row,) = told(hall.desk, COLLEAGUE)
    assert (row.rule, row.first, row.second, row.work) == ("worked-twice", "1021", "1009", "审查")
    assert row.kept == "不符合条件，拟不予。"
    assert told(hall.two, HANDLER)[0].kept == ""
    with hall.three.store.reading() as reader:
        assert reader.need(HANDLINGS, case).opinions == ()

    hall.two.opine(case, "review", HANDLER)
    hall.sync()
    (waits,) = hall.desk.casework.queries.inbox(APPROVER).rows
    assert waits.code == "approval"
    hall.desk.opine(case, "approval", APPROVER)
    hall.sync()
    hall.agree(case)
    for machine in hall.machines:
        assert machine.page(case, HANDLER).may
        with machine.store.reading() as reader:
            views = [(one.staff, one.view) for one in reader.need(HANDLINGS, case).opinions]
        assert views == [("1021", "grant"), (APPROVER.staff, "grant")]


# mission: C9 X1
def test_both_signed_the_first_counts_and_the_approver_is_asked_once(hall: HubHall) -> None:
    case = accepted(hall)
    hall.two.cut = hall.desk.cut = True
    hall.two.opine(case, "review", HANDLER)
    stand_in(hall.desk)
    hall.desk.opine(case, "review", COLLEAGUE)
    hall.two.cut = hall.desk.cut = False
    hall.two.sync()
    hall.sync()
    (waits,) = hall.desk.casework.queries.inbox(APPROVER).rows
    assert waits.code == "approval"
    (row,) = told(hall.desk, COLLEAGUE)
    assert (row.rule, row.first, row.second) == ("worked-twice", "1021", "1009")
    hall.agree(case)


# mission: C1 C9 X1
def test_a_desk_reads_its_inbox_takes_and_signs_and_the_counter_sees_it(hall: HubHall) -> None:
    case = accepted(hall)
    take(hall.desk, POPULATION[0])
    hall.desk.opine(case, "review", POPULATION[0])
    hall.sync()
    page = hall.three.page(case, MANAGER)
    assert [(step.code, step.state) for step in page.steps][:2] == [("review", "done"), ("approval", "open")]
    assert hall.three.conflicts() == ()
    hall.agree(case)


def ordered(hall: HubHall, case: str) -> str:
    order = hall.desk.casework.asking.order(
        MANAGER, hall.desk.key(), case, ("population", "civil"), "三日内会商答复", date(2026, 12, 4)
    )
    hall.sync()
    return order


def replies(machine: HubMachine, case: str) -> tuple[tuple[str, str], ...]:
    with machine.store.reading() as reader:
        return reader.need(HANDLINGS, case).orders[0].replies


# mission: C7 C12 X1
def test_a_reply_to_an_order_that_a_colleague_has_is_kept_and_not_applied(hall: HubHall) -> None:
    case = accepted(hall)
    order = ordered(hall, case)
    hall.two.cut = hall.desk.cut = True
    (work,) = (row for row in hall.two.casework.queries.inbox(HANDLER).rows if row.kind == "order")
    hall.two.casework.work.take(HANDLER, hall.two.key(), work.task)
    stand_in(hall.desk)
    hall.desk.casework.asking.reply_order(
        COLLEAGUE, hall.desk.key(), case, order, "population", "代答：已会商"
    )
    hall.two.cut = False
    hall.sync()
    hall.desk.cut = False
    hall.sync()

    for machine in hall.machines:
        assert replies(machine, case) == ()
    (row,) = told(hall.desk, COLLEAGUE)
    assert (row.rule, row.first, row.second, row.work) == ("worked-twice", "1021", "1009", "协调事项")
    assert row.kept == "代答：已会商"
    hall.two.casework.asking.reply_order(HANDLER, hall.two.key(), case, order, "population", "已会商")
    hall.sync()
    for machine in hall.machines:
        assert replies(machine, case) == (("population", "已会商"),)
    hall.agree(case)


# mission: C7 X1
def test_of_two_replies_to_one_order_the_first_counts_and_both_are_told(hall: HubHall) -> None:
    case = accepted(hall)
    order = ordered(hall, case)
    hall.two.cut = hall.desk.cut = True
    hall.two.casework.asking.reply_order(HANDLER, hall.two.key(), case, order, "population", "甲")
    stand_in(hall.desk)
    hall.desk.casework.asking.reply_order(COLLEAGUE, hall.desk.key(), case, order, "population", "乙")
    hall.two.cut = False
    hall.sync()
    hall.desk.cut = False
    hall.sync()
    assert replies(hall.three, case) == (("population", "甲"),)
    (row,) = told(hall.desk, COLLEAGUE)
    assert (row.rule, row.first, row.second, row.kept) == ("worked-twice", "1021", "1009", "乙")
    hall.agree(case)

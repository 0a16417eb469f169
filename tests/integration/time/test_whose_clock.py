"""Whose word moves a citizen's clock: department, post and counter, not the role alone (mission: C8, T2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.journal import Actor
from counter_app.domain.time.clock import CLOCKS
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.casework.views import StepRow
from counter_app.use_cases.time.requests import Request
from tests.support.behind import go_on, open_step
from tests.support.casework_hall import CIVIL, COMMERCE, DESK, HEALTH, MANAGER, POPULATION, CaseworkHall
from tests.support.intake_hall import OVERSEER

COUNTER = Actor("1006", "5")
GRANT = OpinionInput(view="grant", text="符合条件", law="某条例", article="第三条")
SUSPEND = Request(kind="suspension", expected=date(2026, 12, 31), reason="等待检测", does="每周催办")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    made = CaseworkHall(tmp_path)
    yield made
    made.close()


@pytest.fixture
def case(hall: CaseworkHall) -> str:
    """A health permit, taken in at counter 5."""
    return hall.accepted("0512", "zhang", COUNTER, staff="no")


def refused(code: str, work: object) -> None:
    assert callable(work)
    with pytest.raises(UserFacingError) as caught:
        work()
    assert caught.value.code == code


def test_C8_another_departments_handler_neither_asks_nor_approves(hall: CaseworkHall, case: str) -> None:
    commands, key = hall.time.commands, hall.key
    for stranger in (POPULATION[1], CIVIL):
        refused("time.not-yours", lambda who=stranger: commands.ask(who, key(), case, SUSPEND))
        refused("time.not-yours", lambda who=stranger: commands.exclude(who, key(), case, "testing"))
        refused("time.not-yours", lambda who=stranger: commands.correct(who, key(), case, "不清"))
    ask = commands.ask(HEALTH[0], key(), case, SUSPEND)
    refused("time.not-approver", lambda: commands.approve(CIVIL, key(), case, ask))
    refused("time.not-approver", lambda: commands.refuse(POPULATION[2], key(), case, ask, "不同意"))
    refused("time.not-approver", lambda: commands.approve(MANAGER, key(), case, ask))
    commands.approve(Actor("1016", DESK), key(), case, ask)  # B of the approver's post
    for stranger in (CIVIL, COMMERCE[0], Actor("1007", "6")):
        refused("time.not-yours", lambda who=stranger: commands.resume(who, key(), case))
    commands.resume(COUNTER, key(), case)


def test_C8_a_handler_without_an_approvers_post_approves_nothing(hall: CaseworkHall, case: str) -> None:
    ask = hall.time.commands.ask(COUNTER, hall.key(), case, SUSPEND)
    refused("time.not-approver", lambda: hall.time.commands.approve(HEALTH[0], hall.key(), case, ask))
    hall.time.commands.approve(HEALTH[2], hall.key(), case, ask)


def test_C8_where_the_lead_has_no_approvers_post_supervision_approves(hall: CaseworkHall) -> None:
    hall.without_posts("civil-approver", "civil-final")
    case = hall.accepted("0203", "zhang", Actor("1002", "3"), who="veteran")
    ask = hall.time.commands.ask(CIVIL, hall.key(), case, SUSPEND)
    refused("time.not-approver", lambda: hall.time.commands.approve(HEALTH[1], hall.key(), case, ask))
    hall.time.commands.approve(MANAGER, hall.key(), case, ask)


def test_T2_a_command_without_a_badge_acts_for_the_home(hall: CaseworkHall, case: str) -> None:
    home = Actor("command")
    hall.time.commands.exclude(home, hall.key(), case, "testing", expected=date(2026, 12, 1))
    hall.time.commands.resume(home, hall.key(), case)
    ask = hall.time.commands.ask(home, hall.key(), case, SUSPEND)
    refused("time.who", lambda: hall.time.commands.approve(home, hall.key(), case, ask))


def test_T4_the_department_that_the_order_names_answers_it(hall: CaseworkHall, case: str) -> None:
    urging, key = hall.time.urging, hall.key
    refused("urge.department", lambda: urging.urge(MANAGER, key(), case, "请答复", department="commerce"))
    hall.casework.asking.request(HEALTH[0], key(), case, ["timber_source", "site_use"])
    own = urging.urge(MANAGER, key(), case, "请说明进展")
    theirs = urging.urge(MANAGER, key(), case, "请答复", department="commerce")
    on_paper = urging.urge(MANAGER, key(), case, "请答复", department="rural")
    refused("urge.not-yours", lambda: urging.answer(COMMERCE[0], key(), case, own, "正在办"))
    refused("urge.not-yours", lambda: urging.answer(HEALTH[0], key(), case, theirs, "正在办"))
    refused("urge.not-yours", lambda: urging.answer(HEALTH[0], key(), case, on_paper, "正在办"))
    urging.answer(HEALTH[0], key(), case, own, "正在办")
    urging.answer(COMMERCE[1], key(), case, theirs, "明日答复")
    urging.answer(COUNTER, key(), case, on_paper, "来函：三日内答复")
    with hall.store.reading() as reader:
        assert all(urge.answer for urge in reader.need(CLOCKS, case).urges)


def test_T4_a_reply_that_names_another_department_is_told_at_the_counter_only(
    hall: CaseworkHall, case: str
) -> None:
    hall.casework.asking.request(HEALTH[0], hall.key(), case, ["timber_source", "site_use"])
    order = hall.time.urging.urge(COUNTER, hall.key(), case, "何时办好")
    hall.time.urging.answer(HEALTH[0], hall.key(), case, order, "工商局尚未答复，在等")
    slip = hall.time.progress.preview(case, Translator("en"))
    assert "工商局" not in repr(slip)
    assert "ask at any counter" in repr(slip)


def test_S1_a_late_assist_is_listed_though_its_case_is_in_time(hall: CaseworkHall, case: str) -> None:
    hall.casework.asking.request(HEALTH[0], hall.key(), case, ["timber_source", "site_use"])
    hall.clock.advance(days=2)
    assert [row.code for row in hall.time.queries.board().lines if row.step and row.late] == ["commerce"]
    (row,) = hall.time.queries.late_work(OVERSEER, "commerce", "场所用途核对", "assist")
    assert (row.case, row.code, row.level, row.left, row.urged) == (case, "commerce", "reminder", -1, 0)
    hall.time.urging.urge(MANAGER, hall.key(), case, "请答复", department="commerce", step="场所用途核对")
    (row,) = hall.time.queries.late_work(OVERSEER, "commerce", "场所用途核对", "assist")
    assert (row.urged, row.reply_by) == (1, date(2026, 11, 27))
    assert hall.time.queries.late_work(OVERSEER, "rural", "场所用途核对", "assist") == ()


def test_T5_the_case_page_knows_that_a_step_stands_with_its_case(hall: CaseworkHall, case: str) -> None:
    commands, key = hall.time.commands, hall.key
    before = _step(hall, case, "review")
    commands.correct(HEALTH[0], key(), case, "复印件不清")
    hall.clock.advance(days=20)
    assert not _step(hall, case, "review").late
    assert _step(hall, case, "review").stands
    commands.resume(HEALTH[0], key(), case)
    after = _step(hall, case, "review")
    assert before.due is not None
    assert after.due is not None
    assert after.due > before.due
    assert (after.late, after.stands) == (False, False)
    hall.clock.advance(days=20)
    assert _step(hall, case, "review").late


def test_T5_the_upper_bodys_day_passes_too(hall: CaseworkHall) -> None:
    clerk = Actor("1002", "3")
    answers = {"wife_registered_here": "yes", "which_child": "more", "pregnant": "no"}
    case = hall.accepted("0602", "zhang", clerk, **answers, adopted="no", circumstance="remarried")
    while (found := open_step(hall, case)) is not None and found[1].kind != "report":
        go_on(hall, case, GRANT, *found)
    assert found is not None
    step = _step(hall, case, found[1].code, POPULATION[0])
    assert step.due is not None
    assert not step.late
    hall.clock.advance(days=60)
    assert _step(hall, case, found[1].code, POPULATION[0]).late


def _step(hall: CaseworkHall, case: str, code: str, who: Actor = HEALTH[0]) -> StepRow:
    return next(step for step in hall.page(case, who).steps if step.code == code)

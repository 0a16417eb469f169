"""What keeps a grant back, and what is reported up (mission: C3, C4, I9, T1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.intake.fold import CASES
from counter_app.domain.paper.facts import Limit, PaperFacts
from counter_app.domain.paper.facts_intake import AcceptanceFacts
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.errors import UserFacingError
from tests.support.behind import decided_behind
from tests.support.casework_hall import COMMERCE, HEALTH, POPULATION, CaseworkHall
from tests.support.intake_hall import CLERK, ENTERPRISE

HANDLER, APPROVER, FINAL = HEALTH
BIRTH = {
    "wife_registered_here": "yes",
    "which_child": "more",
    "pregnant": "no",
    "adopted": "no",
    "circumstance": "remarried",
}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def permit(hall: CaseworkHall) -> str:
    """A hygiene permit whose visit is over; its test is still to be taken."""
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    hall.casework.work.end_step(HANDLER, hall.key(), case, "visit")
    return case


def kept_back(hall: CaseworkHall, case: str) -> list[str]:
    """What the form says before anything is signed, and what the command refuses with, are one."""
    given = hall.opinion(case, HANDLER)
    lacks = hall.casework.queries.check_opinion(HANDLER, case, "review", given).lacks
    with pytest.raises(UserFacingError) as refused:
        hall.opine(case, "review", HANDLER)
    codes = [lack.code for lack in lacks if not lack.code.startswith("review.")]
    assert refused.value.code == codes[0]
    return codes


def clock(hall: CaseworkHall, case: str) -> Clock:
    with hall.store.reading() as reader:
        return reader.need(CLOCKS, case)


def test_c3_a_failed_test_is_not_granted_over_and_is_done_again_at_the_handlers_word(
    hall: CaseworkHall, permit: str
) -> None:
    work = hall.casework.work
    work.end_step(HANDLER, hall.key(), permit, "test", "failed", "菌落超标")
    assert kept_back(hall, permit) == ["opinion.step-failed"]
    with pytest.raises(UserFacingError) as refused:
        work.send_back(HANDLER, hall.key(), permit, "review", "visit", "再看一次")
    assert refused.value.code == "work.not-so"
    work.send_back(HANDLER, hall.key(), permit, "review", "test", "整改后复检")
    work.end_step(HANDLER, hall.key(), permit, "test")
    decided_behind(hall, permit)
    with hall.store.reading() as reader:
        assert reader.need(CASES, permit).stage == "granted"


def test_c4_an_answer_still_in_its_time_is_waited_for_and_silence_past_it_holds_up_nobody(
    hall: CaseworkHall, permit: str
) -> None:
    hall.casework.work.end_step(HANDLER, hall.key(), permit, "test")
    hall.casework.asking.request(HANDLER, hall.key(), permit, ["site_use"])
    assert kept_back(hall, permit) == ["opinion.awaited"]
    hall.clock.advance(days=3)
    hall.opine(permit, "review", HANDLER)


def test_c4_over_a_department_that_does_not_agree_nothing_is_granted_but_may_be_denied(
    hall: CaseworkHall, permit: str
) -> None:
    hall.casework.work.end_step(HANDLER, hall.key(), permit, "test")
    hall.casework.asking.request(HANDLER, hall.key(), permit, ["site_use"])
    hall.casework.asking.answer(
        COMMERCE[0], hall.key(), permit, "site_use", "disagree", "用途不符", "城乡规划法", "第四十条"
    )
    assert kept_back(hall, permit) == ["opinion.disagreed"]
    decided_behind(hall, permit, "deny")
    with hall.store.reading() as reader:
        assert reader.need(CASES, permit).stage == "denied"


@pytest.mark.parametrize(
    ("item", "answers"),
    [
        ("0401", {"disabled": "no", "ill": "no", "student": "no", "by_agent": "no"}),
        ("0201", {"purpose": "new", "minor": "no"}),
    ],
)
def test_i9_what_is_reported_up_without_declared_steps_is_decided_above_too(
    hall: CaseworkHall, item: str, answers: dict[str, str]
) -> None:
    case = hall.accepted(item, "zhang", CLERK, **answers)
    with hall.store.reading() as reader:
        handling = reader.need(HANDLINGS, case)
    assert [step.kind for step in handling.steps] == ["review", "approval", "final", "report"]
    assert handling.decides == "report"


def test_i9_the_upper_bodys_limit_comes_on_top_once_it_is_reported_up(hall: CaseworkHall) -> None:
    case = hall.accepted("0602", "li", CLERK, **BIRTH)
    (paper,) = (facts for facts in papers_of(hall, case) if isinstance(facts, AcceptanceFacts))
    assert (paper.upper_body, paper.upper_limit) == ("县级计划生育行政部门", Limit(amount=20))
    assert clock(hall, case).promised_due == date(2026, 12, 7)
    handler, approver, final = POPULATION
    hall.opine(case, "review", handler)
    hall.casework.work.send_to_meeting(handler, hall.key(), case, "meeting", "street")
    hall.casework.work.end_step(handler, hall.key(), case, "meeting")
    hall.opine(case, "approval", approver)
    hall.opine(case, "final", final)
    assert clock(hall, case).promised_due == date(2027, 1, 5)  # its own ten working days, then twenty
    (row,) = (row for row in hall.casework.queries.inbox(handler).rows if row.case == case)
    assert row.due == date(2026, 12, 21)  # the upper body's own day: reported today
    hall.casework.work.upper_answered(
        handler, hall.key(), case, "report", OpinionInput(view="grant", result_number="县1")
    )
    assert [more.kind for more in clock(hall, case).added] == ["upper"]


def papers_of(hall: CaseworkHall, case: str) -> list[PaperFacts]:
    with hall.store.reading() as reader:
        entries = reader.papers.of_case(case)
    return [hall.papers.facts(entry.id)[1] for entry in entries]

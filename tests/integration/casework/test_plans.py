"""Plans: approved before anything starts, kept at every event with what moved, followed, printed (mission:
C11)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.errors import UserFacingError
from tests.integration.casework.test_joint_matter import HYGIENE, LICENCE, opened
from tests.support.casework_hall import COMMERCE, HEALTH, MANAGER, CaseworkHall
from tests.support.intake_hall import ENTERPRISE

ROAD = "0811"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def road(hall: CaseworkHall) -> str:
    """A road permit, whose plan the management approves; the brigade has not moved in."""
    return hall.accepted(ROAD, "zhang", ENTERPRISE, work="sign", traffic="no")


# mission: C11
def test_nothing_starts_before_the_management_has_approved_the_plan(hall: CaseworkHall) -> None:
    case = road(hall)
    assert {row.state for row in hall.page(case, MANAGER).steps} == {"waiting"}
    (row,) = hall.casework.queries.inbox(MANAGER).rows
    assert (row.kind, row.case) == ("plan", case)
    with pytest.raises(UserFacingError) as refused:
        hall.casework.plans.approve(HEALTH[0], hall.key(), case)
    assert refused.value.code == "work.not-yours"
    hall.casework.plans.approve(MANAGER, hall.key(), case)
    assert "open" in {row.state for row in hall.page(case, MANAGER).steps}
    assert hall.casework.queries.inbox(MANAGER).rows == ()
    with hall.store.reading() as reader:  # the road brigade has not moved in: its copy-notice goes out now
        assert "copy-notice" in {paper.kind for paper in reader.papers.of_case(case)}


# mission: C11 C2
def test_the_plan_of_a_joint_matter_moves_with_its_cases_and_says_why(hall: CaseworkHall) -> None:
    cases = opened(hall)
    before = hall.casework.queries.plan(ENTERPRISE, cases[LICENCE])
    hall.clock.advance(days=8)
    hall.casework.work.end_step(HEALTH[0], hall.key(), cases[HYGIENE], "visit")
    after = hall.casework.queries.plan(ENTERPRISE, cases[LICENCE])
    assert before.ends_on is not None
    assert after.ends_on is not None
    assert after.ends_on > before.ends_on
    change = after.changes[-1]
    assert change.cause == "step:visit"
    assert "0511/final" in {code for code, _, _ in change.moved}
    assert [row.late for row in after.rows if row.code == "0512/review"] == [True]


# mission: C11
def test_somebody_follows_the_plan_and_it_is_printed(hall: CaseworkHall) -> None:
    cases = opened(hall)
    hall.casework.plans.track(MANAGER, hall.key(), cases[LICENCE], ENTERPRISE.staff)
    hall.casework.plans.print(ENTERPRISE, hall.key(), cases[LICENCE])
    assert hall.page(cases[LICENCE], COMMERCE[0]).tracker_name == "艾力·马木提"
    with hall.store.reading() as reader:
        assert reader.casework.tracked_by(ENTERPRISE.staff, 5) == (cases[LICENCE],)
        assert "plan" in {paper.kind for paper in reader.papers.of_case(cases[LICENCE])}


# mission: C11
def test_the_notice_of_acceptance_bears_the_plan(hall: CaseworkHall) -> None:
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    owed = hall.casework.queries.plan(ENTERPRISE, case).owed
    assert [row.applicant_does for row in owed][:2] == ["送检样品", "到场配合现场查看"]

"""One project file across 立项, 备案 and 审批 (mission: C2)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.errors import UserFacingError
from tests.support.behind import decided_behind
from tests.support.casework_hall import COMMERCE, CaseworkHall
from tests.support.intake_hall import CLERK, ENTERPRISE, OVERSEER

CODE = "2611-130900-04-01-000017"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def licence(hall: CaseworkHall) -> str:
    case = hall.case("0511", "zhang", ENTERPRISE, form="individual", by_agent="no")
    hall.intake.answer(ENTERPRISE, hall.key(), case, "scope", ("other",))
    hall.mark_all(case, ENTERPRISE)
    hall.intake.decide(ENTERPRISE, hall.key(), case, "accept")
    return case


def test_c2_cases_of_one_project_stand_in_one_file_whenever_they_began(hall: CaseworkHall) -> None:
    projects = hall.around.projects
    permit = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    projects.file(ENTERPRISE, hall.key(), permit, f" {CODE.lower()} ", "filing")
    decided_behind(hall, permit, number="卫许7")
    hall.clock.advance(days=40)
    case = licence(hall)
    projects.file(ENTERPRISE, hall.key(), case, CODE, "setting_up")
    rows = projects.of(OVERSEER, CODE)
    assert [(row.case, row.of_stage, row.stage) for row in rows] == [
        (case, "setting_up", "accepted"),
        (permit, "filing", "granted"),
    ]
    assert rows[1].results == ("卫许7",)
    page = hall.page(case, COMMERCE[0])
    assert {row.case for row in page.joint_cases} == {case, permit}  # the desk sees them, too


def test_c2_a_case_leaves_a_project_and_a_closed_file_takes_none(hall: CaseworkHall) -> None:
    projects = hall.around.projects
    case = licence(hall)
    projects.file(CLERK, hall.key(), case, CODE, "other")
    projects.file(CLERK, hall.key(), case, "", "other")
    assert projects.of(OVERSEER, CODE) == ()
    assert projects.code_of(case) == ""
    with pytest.raises(UserFacingError) as refused:
        projects.file(CLERK, hall.key(), case, "X" * 61, "other")
    assert refused.value.code == "project.code"

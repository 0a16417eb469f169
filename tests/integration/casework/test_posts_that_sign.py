"""Approvals are signed by posts: a department without one sends nothing on until it is set up (mission: C9,
C16, H5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.errors import UserFacingError
from tests.support.casework_hall import POPULATION, CaseworkHall
from tests.support.intake_hall import CLERK

HANDLER, APPROVER, _ = POPULATION


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def test_c9_what_nobody_could_approve_is_not_sent_and_goes_on_once_a_post_is_set_up(
    hall: CaseworkHall,
) -> None:
    hall.without_posts("population-approver", "population-final")
    case = hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    with pytest.raises(UserFacingError) as refused:
        hall.opine(case, "review", HANDLER)
    assert refused.value.code == "work.no-post"
    assert refused.value.params["department"] == "人口计生"
    page = hall.page(case, HANDLER)
    assert (page.opinions, [step.state for step in page.steps]) == ((), ["open", "waiting", "waiting"])
    assert hall.time.queries.board().unsigned == ("人口计生",)

    hall.without_posts()
    assert hall.time.queries.board().unsigned == ()
    hall.opine(case, "review", HANDLER)
    (row,) = hall.casework.queries.inbox(APPROVER).rows
    assert (row.code, row.post) == ("approval", "population-approver")


def test_c16_only_who_holds_a_post_that_approves_may_be_named_where_a_band_is_left(
    hall: CaseworkHall,
) -> None:
    case = hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    assert hall.page(case, HANDLER).form is not None
    form = hall.page(case, HANDLER).form
    assert form is not None
    assert form.approvers == {"1009", "1022"}  # 1021 prepares only
    given = OpinionInput(view="grant", text="x", law="法", article="一")
    assert hall.casework.queries.check_opinion(HANDLER, case, "review", given).lacks

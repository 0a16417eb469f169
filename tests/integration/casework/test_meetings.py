"""Which meeting decides: what is sent up needlessly, or not sent up, is flagged whether or not anybody said
for which meeting it waits (mission: C15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.time.limits import Limit
from tests.support.casework_hall import POPULATION, CaseworkHall
from tests.support.intake_hall import CLERK, OVERSEER
from tests.support.time_hall import ANSWERS

HANDLER = POPULATION[0]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def waiting(hall: CaseworkHall, complexity: str) -> str:
    """A birth permit that waits for its meeting, which the catalogue puts before the office."""
    case = hall.case("0602", "zhang", CLERK, **ANSWERS["0602"])
    hall.mark_all(case)
    hall.intake.set_field(CLERK, hall.key(), case, "complexity", complexity)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    hall.opine(case, "review", HANDLER)
    return case


def step(hall: CaseworkHall, case: str) -> tuple[str, Limit | None, date | None]:
    task = next(row for row in hall.casework.queries.inbox(HANDLER).rows if row.code == "meeting")
    row = next(row for row in hall.page(case, HANDLER).steps if row.code == "meeting")
    return row.level, row.limit, task.due


def flags(hall: CaseworkHall) -> list[tuple[str, str, str]]:
    return [(row.flag, row.level, row.table) for row in hall.time.queries.flagged(OVERSEER)]


def test_a_meeting_that_ends_where_the_catalogue_put_it_is_judged_too(hall: CaseworkHall) -> None:
    case = waiting(hall, "complex")
    assert flags(hall) == []
    hall.casework.work.end_step(HANDLER, hall.key(), case, "meeting")
    assert flags(hall) == [("missed", "计生办例会", "街道办公会")]
    assert hall.time.queries.board().flagged == 1
    row = next(row for row in hall.page(case, HANDLER).steps if row.code == "meeting")
    assert row.flag == "missed"


def test_the_right_meeting_is_not_flagged(hall: CaseworkHall) -> None:
    case = waiting(hall, "complex")
    hall.casework.work.send_to_meeting(HANDLER, hall.key(), case, "meeting", "street")
    hall.casework.work.end_step(HANDLER, hall.key(), case, "meeting")
    assert flags(hall) == []


def test_the_chosen_level_brings_its_own_limit(hall: CaseworkHall) -> None:
    case = waiting(hall, "ordinary")
    before = step(hall, case)[2]
    assert before == date(2026, 11, 26)
    hall.casework.work.send_to_meeting(HANDLER, hall.key(), case, "meeting", "street")
    level, _, due = step(hall, case)
    assert (level, due) == ("street", date(2026, 11, 30))
    assert flags(hall) == [("needless", "街道办公会", "计生办例会")]
    hall.casework.work.send_to_meeting(HANDLER, hall.key(), case, "meeting", "office")
    assert step(hall, case)[2] == before
    assert flags(hall) == []

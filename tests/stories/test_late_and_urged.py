"""A case grows late, is seen on the board, urged by citizen and supervisor, answered and decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.paper.facts_time import ProgressSlipFacts, UrgeSlipFacts
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, OVERSEER
from tests.support.time_hall import HANDLER, SUPERVISOR, TimeHall, opened


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[TimeHall]:
    yield from opened(tmp_path)


# mission: T4 S1 S6
def test_late_work_is_seen_urged_answered_and_ended(hall: TimeHall) -> None:
    case = hall.accepted("0603")  # promised in three working days: Thursday 26 November
    seen = []
    for day in ("2026-11-25", "2026-11-27", "2026-11-30", "2026-12-01"):
        hall.at(day)
        hall.time.by_clock.step()
        seen.append((hall.time.queries.late(OVERSEER)[0].level, hall.clock_of(case).level))
    assert seen == [
        ("yellow", ""),
        ("reminder", "reminder"),
        ("warning", "warning"),
        ("alarm", "alarm"),
    ]

    hall.time.urging.urge(CLERK, hall.key(), case, "申请人询问何时办结")
    slip = hall.last_paper(case)
    assert isinstance(slip, UrgeSlipFacts)
    hall.time.urging.urge(SUPERVISOR, hall.key(), case, "请说明超期原因")
    orders = hall.time.queries.urged(OVERSEER)
    assert [row.by_leader for row in orders] == [False, True]
    for row in orders:
        hall.time.urging.answer(HANDLER, hall.key(), case, row.urge, "明日办结")
    replied = hall.time.queries.urged(OVERSEER)  # the case is late all the same
    assert [row.answered_by for row in replied] == ["陈志强", "陈志强"]

    hall.time.progress.issue(CLERK, hall.key(), case)  # what the slip of the order promised
    progress = hall.last_paper(case)
    assert isinstance(progress, ProgressSlipFacts)
    assert (progress.urged, progress.urge_answer) == ("申请人询问何时办结", "明日办结")
    assert (progress.urge_answered_on, progress.next_step) == (date(2026, 12, 1), "审查")
    assert progress.owed == "携带受理通知书和身份证件领取"
    view = hall.time.queries.clock(case)
    assert [(row.answer, row.answered_by, row.by_leader) for row in view.urges] == [
        ("明日办结", "陈志强", False),
        ("明日办结", "陈志强", True),
    ]

    hall.at("2026-12-02")
    decided_behind(hall, case)
    assert (hall.time.queries.late(OVERSEER), hall.time.queries.urged(OVERSEER)) == ((), ())
    assert hall.clock_of(case).level == "alarm"  # that it was late stays on record

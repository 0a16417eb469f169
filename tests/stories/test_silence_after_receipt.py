"""Papers lie at the lead for a week: nobody asked for anything, so the law has accepted them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.intake.fold import CASES
from tests.support.casework_hall import POPULATION
from tests.support.intake_hall import CLERK, OVERSEER
from tests.support.time_hall import TimeHall, opened

HANDLER = POPULATION[0]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[TimeHall]:
    yield from opened(tmp_path)


# mission: I7 I8
def test_what_nobody_asked_for_in_five_days_is_accepted_from_receipt(hall: TimeHall) -> None:
    asked, silent = hall.received(), hall.received()

    # on the fourth working day the lead asks: it may, and two of those days are its own
    hall.at("2026-11-27")
    hall.intake.mark(CLERK, hall.key(), asked, "letter", "to_correct", "缺公章")
    hall.intake.decide(CLERK, hall.key(), asked, "notify")
    with hall.store.reading() as reader:
        assert reader.need(CASES, asked).notices[0].lead_late == 2

    # the sixth: the other case is accepted, its limit began with receipt and is over
    hall.at("2026-12-01")
    hall.time.by_clock.step()
    assert (hall.stage(asked), hall.stage(silent)) == ("notified", "accepted")
    clock = hall.clock_of(silent)
    assert (clock.started_at.date(), clock.promised_due) == (date(2026, 11, 23), date(2026, 11, 26))
    assert [row.case for row in hall.time.queries.late(OVERSEER)] == [silent]

    # and its examination is in the handler's inbox, once
    hall.time.by_clock.step()
    assert [(row.case, row.code) for row in hall.casework.queries.inbox(HANDLER).rows] == [(silent, "review")]

"""A limit in hours is late on lists and board, and written down, from its very minute (mission: T1, T4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.clock import HALL_ZONE
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.limits import Limit
from counter_app.i18n import Translator
from counter_app.use_cases.papers.papers import facts_of
from tests.support.case_world import CLERK, LEAD, PLAIN, CaseWorld
from tests.support.clock import HandClock
from tests.support.intake_hall import OVERSEER
from tests.support.stores import open_store


@pytest.fixture
def world(tmp_path: Path) -> Iterator[CaseWorld]:
    """Four hours, accepted on a Monday at nine."""
    clock = HandClock(datetime(2026, 8, 3, 9, tzinfo=HALL_ZONE))
    store = open_store(tmp_path, clock)
    world = CaseWorld(store, clock)
    world.prepare()
    four = replace(PLAIN, legal=Limit(4, "hours"), promised=Limit(4, "hours"))
    world.begin(four, datetime(2026, 11, 2, 9, tzinfo=HALL_ZONE))
    world.intake.decide(CLERK, world.key(), world.case, "accept")
    yield world
    store.close()


def seen(world: CaseWorld) -> tuple[str, list[tuple[int, int]], str]:
    """The level on the list, yellow and reminder on the board's line of whole cases, what is written down."""
    world.time.by_clock.step()
    (row,) = world.time.queries.late(OVERSEER)
    lines = world.time.queries.board().lines
    with world.store.reading() as reader:
        written = reader.need(CLOCKS, world.case).level
    return row.level, [(line.yellow, line.reminder) for line in lines if not line.step], written


def test_T4_hours_are_over_at_their_minute(world: CaseWorld) -> None:
    assert seen(world) == ("yellow", [(1, 0)], "")
    world.clock.advance(minutes=239)
    assert seen(world) == ("yellow", [(1, 0)], "")
    world.clock.advance(minutes=2)
    assert seen(world) == ("reminder", [(0, 1)], "reminder")
    world.clock.advance(days=1)
    assert seen(world) == ("reminder", [(0, 1)], "reminder")
    world.clock.advance(days=1)
    assert seen(world) == ("warning", [(0, 0)], "warning")


def papers(world: CaseWorld, kind: str) -> list[str]:
    with world.store.reading() as reader:
        found = [paper.id for paper in reader.papers.of_case(world.case) if paper.kind == kind]
        return [repr(build(facts_of(reader, id, 1, ""), Translator("zh_CN"))) for id in found]


def test_T1_papers_name_the_minute_of_a_limit_in_hours(world: CaseWorld) -> None:
    (acceptance,) = set(papers(world, "acceptance"))
    assert "13:00" in acceptance
    world.clock.advance(hours=1)
    world.time.commands.exclude(
        LEAD, world.key(), world.case, "hearing", expected=datetime(2026, 11, 2, tzinfo=HALL_ZONE).date()
    )
    world.clock.advance(hours=2)
    world.time.commands.resume(LEAD, world.key(), world.case)
    assert "15:00" in papers(world, "time-notice")[-1]
    assert "15:00" in repr(world.time.progress.preview(world.case, Translator("zh_CN")))

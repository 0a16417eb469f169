"""Limits of steps and assists in hours are over at their minute: inbox, board, silence, page, plan, papers
(mission: T1, T4, T5, C4, C6, C11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.clock import HALL_ZONE
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.time.limits import Limit
from counter_app.i18n import Translator
from counter_app.ui.desk.words import left_words
from counter_app.use_cases.papers.papers import facts_of
from tests.support.case_world import CLERK, COMMERCE, LEAD, MANAGER, PLAIN, SITE_USE, TIMBER, CaseWorld
from tests.support.clock import HandClock
from tests.support.stores import open_store


@pytest.fixture
def world(tmp_path: Path) -> Iterator[CaseWorld]:
    """Accepted on a Monday at nine: six hours to examine; commerce has two hours to answer, rural
    development four, on paper."""
    clock = HandClock(datetime(2026, 8, 3, 9, tzinfo=HALL_ZONE))
    store = open_store(tmp_path, clock)
    world = CaseWorld(store, clock)
    world.prepare()
    hours = {SITE_USE: Limit(2, "hours"), TIMBER: Limit(4, "hours")}
    limits = replace(PLAIN, review=Limit(6, "hours"), approval=Limit(3, "hours"), assists=hours)
    world.begin(limits, datetime(2026, 11, 2, 9, tzinfo=HALL_ZONE))
    world.intake.decide(CLERK, world.key(), world.case, "accept")
    yield world
    store.close()


def ask(world: CaseWorld) -> None:
    world.casework.asking.request(LEAD, world.key(), world.case, (SITE_USE, TIMBER))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 2, hour, minute, tzinfo=HALL_ZONE)


def board(world: CaseWorld) -> dict[str, tuple[int, int]]:
    """(yellow, late) by piece of work."""
    return {line.step: (line.yellow, line.late) for line in world.time.queries.board().lines if line.step}


def test_T5_a_step_in_hours_is_late_in_the_inbox_and_on_the_board_from_its_minute(world: CaseWorld) -> None:
    (row,) = (row for row in world.casework.queries.inbox(LEAD).rows if row.code == "review")
    assert (row.due_at, row.urgency, row.minutes_left) == (at(15), "near", 360)
    assert left_words(row, Translator("zh_CN")) == "剩 6 小时"
    assert board(world)["审查"] == (1, 0)
    world.clock.set(at(15, 1))
    (row,) = (row for row in world.casework.queries.inbox(LEAD).rows if row.code == "review")
    assert (row.urgency, row.minutes_left) == ("late", -1)
    assert left_words(row, Translator("zh_CN")) == "超 1 分钟"
    assert board(world)["审查"] == (0, 1)
    (late,) = world.time.queries.late_work(LEAD, "health", "审查", "step")
    assert (late.level, late.due_at) == ("reminder", at(15))
    (step,) = (step for step in world.casework.queries.page(LEAD, world.case).steps if step.code == "review")
    assert (step.late, step.due_at) == (True, at(15))


def test_C4_an_assist_in_hours_is_silent_from_its_minute_and_holds_up_nobody(world: CaseWorld) -> None:
    ask(world)
    rows = {row.code: row for row in world.casework.queries.plan(LEAD, world.case).rows}
    assert rows["9001/assist/site_use"].until_at == at(11)
    assert rows["9001/review"].until_at == at(15)
    world.clock.set(at(11, 1))
    shown = {row.matter: row for row in world.casework.queries.page(LEAD, world.case).assists}
    assert (shown[SITE_USE].silent, shown[TIMBER].silent) == (True, False)
    silent = {row.code for row in world.casework.queries.inbox(MANAGER).rows if row.kind == "assist"}
    assert silent == {SITE_USE}
    assert board(world)["用途"] == (0, 1)


def test_C12_what_is_over_at_noon_stands_before_what_has_all_day(world: CaseWorld) -> None:
    ask(world)
    world.clock.set(datetime(2026, 11, 4, 8, tzinfo=HALL_ZONE))
    found = [(row.kind, row.code) for row in world.casework.queries.inbox(COMMERCE).rows]
    assert found == [("assist", SITE_USE), ("step", "check")]


def test_C6_a_second_request_adds_hours_to_the_leads_hours(world: CaseWorld) -> None:
    ask(world)
    world.casework.asking.answer(COMMERCE, world.key(), world.case, SITE_USE, "agree")
    world.casework.asking.repeat(LEAD, world.key(), world.case, SITE_USE, "assist_short", "未写面积")
    (row,) = (row for row in world.casework.queries.inbox(LEAD).rows if row.code == "review")
    assert row.due_at == at(17)


def test_P4_the_copy_notice_names_the_hour(world: CaseWorld) -> None:
    ask(world)
    with world.store.reading() as reader:
        paper = next(p for p in reader.papers.of_case(world.case) if p.kind == "copy-notice")
        facts = facts_of(reader, paper.id, 1, "")
    assert "13:00" in repr(build(facts, Translator("zh_CN")))

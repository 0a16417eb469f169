"""The dated plan: what waits for what, which way is longest, what moves when something is late (mission:
C11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from counter_app.clock import HALL_ZONE
from counter_app.domain.casework.plan import Node, c11_ends, c11_moved, c11_owed, c11_plan
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.limits import Limit

CALENDAR = WorkCalendar({})
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=HALL_ZONE)


def days(amount: int) -> Limit:
    return Limit(amount, "working_days")


REVIEW = Node(code="review", name="审查", who="卫生局", limit=days(3))
VISIT = Node(code="visit", name="查看", who="卫生局", limit=days(1), applicant_does="到场")
FINAL = Node(code="final", name="核准", who="卫生局", limit=days(2), after=("review", "visit"))


def test_c11_parallel_steps_begin_together_and_the_longest_way_is_critical() -> None:
    bars = {bar.code: bar for bar in c11_plan((REVIEW, VISIT, FINAL), MONDAY, NOW, CALENDAR)}
    assert (bars["review"].from_on, bars["review"].until_on) == (MONDAY, date(2026, 11, 26))
    assert bars["final"].from_on == date(2026, 11, 26)
    assert bars["final"].until_on == date(2026, 11, 30)  # over the weekend
    assert [code for code, bar in bars.items() if bar.critical] == ["review", "final"]


def test_c11_what_is_late_pushes_what_waits_for_it_and_says_so() -> None:
    before = c11_plan((REVIEW, VISIT, FINAL), MONDAY, NOW, CALENDAR)
    running = replace(REVIEW, started=MONDAY, due=date(2026, 11, 26))
    seen = replace(VISIT, started=MONDAY, ended=MONDAY)
    later = c11_plan((running, seen, FINAL), MONDAY, datetime(2026, 12, 1, 10, tzinfo=HALL_ZONE), CALENDAR)
    review = next(bar for bar in later if bar.code == "review")
    assert (review.late, review.until_on) == (True, date(2026, 12, 1))
    moved = {
        code: (old, new) for code, old, new in c11_moved({bar.code: bar.until_on for bar in before}, later)
    }
    assert moved["final"] == (date(2026, 11, 30), date(2026, 12, 3))


def test_c11_the_applicant_is_told_what_he_owes_until_it_is_done() -> None:
    bars = c11_plan((REVIEW, VISIT, FINAL), MONDAY, NOW, CALENDAR)
    assert [bar.applicant_does for bar in c11_owed(bars)] == ["到场"]
    done = replace(VISIT, started=MONDAY, ended=MONDAY)
    assert c11_owed(c11_plan((REVIEW, done, FINAL), MONDAY, NOW, CALENDAR)) == ()


def test_c11_steps_in_a_circle_are_left_out_and_nothing_ends_without_steps() -> None:
    one = replace(REVIEW, after=("final",))
    assert c11_plan((one, FINAL), MONDAY, NOW, CALENDAR) == ()
    assert c11_ends(()) is None


def test_c11_a_slow_answer_holds_up_the_opinion_that_needs_it_and_is_critical() -> None:
    assist = Node(code="assist", name="协办", who="公安局", kind="assist", limit=days(7), started=MONDAY)
    needing = replace(REVIEW, started=MONDAY, due=date(2026, 11, 26), needs=("assist",))
    bars = {bar.code: bar for bar in c11_plan((needing, assist, VISIT, FINAL), MONDAY, NOW, CALENDAR)}
    assert bars["review"].until_on == bars["assist"].until_on == date(2026, 12, 2)
    assert [code for code, bar in bars.items() if bar.critical] == ["review", "assist", "final"]
    quick = replace(assist, limit=days(1))
    bars = {bar.code: bar for bar in c11_plan((needing, quick, VISIT, FINAL), MONDAY, NOW, CALENDAR)}
    assert [code for code, bar in bars.items() if bar.critical] == ["review", "final"]


def hours(amount: int) -> Limit:
    return Limit(amount, "hours")


def test_c11_hours_are_planned_by_the_hour_one_after_the_other() -> None:
    quick = replace(REVIEW, limit=hours(4))
    seal = replace(FINAL, limit=hours(2), after=("review",))
    bars = {bar.code: bar for bar in c11_plan((quick, seal), MONDAY, NOW, CALENDAR)}
    assert bars["review"].until_at == NOW.replace(hour=14)
    assert bars["final"].until_at == NOW.replace(hour=16)
    assert (bars["final"].from_on, bars["final"].until_on) == (MONDAY, MONDAY)
    late = NOW.replace(hour=22)
    bars = {bar.code: bar for bar in c11_plan((quick, seal), MONDAY, late, CALENDAR)}
    assert bars["review"].until_at == datetime(2026, 11, 24, 2, tzinfo=HALL_ZONE)


def test_c11_hours_after_a_day_run_when_that_day_is_over() -> None:
    seal = replace(FINAL, limit=hours(4), after=("visit",))
    bars = {bar.code: bar for bar in c11_plan((VISIT, seal), MONDAY, NOW, CALENDAR)}
    assert bars["visit"].until_on == date(2026, 11, 24)
    assert bars["final"].until_on == date(2026, 11, 25)


def test_c11_hours_under_way_are_late_from_their_minute() -> None:
    running = replace(REVIEW, limit=hours(4), started=MONDAY, due=MONDAY, due_at=NOW.replace(hour=12))
    (bar,) = c11_plan((running,), MONDAY, NOW, CALENDAR)
    assert (bar.late, bar.until_at) == (False, NOW.replace(hour=12))
    (bar,) = c11_plan((running,), MONDAY, NOW.replace(hour=13), CALENDAR)
    assert (bar.late, bar.until_at) == (True, NOW.replace(hour=13))

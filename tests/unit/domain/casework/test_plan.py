"""The dated plan: what waits for what, which way is longest, what moves when something is late (mission:
C11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counter_app.domain.casework.plan import Node, c11_ends, c11_moved, c11_owed, c11_plan
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.limits import Limit

CALENDAR = WorkCalendar({})
MONDAY = date(2026, 11, 23)


def days(amount: int) -> Limit:
    return Limit(amount, "working_days")


REVIEW = Node(code="review", name="审查", who="卫生局", limit=days(3))
VISIT = Node(code="visit", name="查看", who="卫生局", limit=days(1), applicant_does="到场")
FINAL = Node(code="final", name="核准", who="卫生局", limit=days(2), after=("review", "visit"))


def test_c11_parallel_steps_begin_together_and_the_longest_way_is_critical() -> None:
    bars = {bar.code: bar for bar in c11_plan((REVIEW, VISIT, FINAL), MONDAY, MONDAY, CALENDAR)}
    assert (bars["review"].from_on, bars["review"].until_on) == (MONDAY, date(2026, 11, 26))
    assert bars["final"].from_on == date(2026, 11, 26)
    assert bars["final"].until_on == date(2026, 11, 30)  # over the weekend
    assert [code for code, bar in bars.items() if bar.critical] == ["review", "final"]


def test_c11_what_is_late_pushes_what_waits_for_it_and_says_so() -> None:
    before = c11_plan((REVIEW, VISIT, FINAL), MONDAY, MONDAY, CALENDAR)
    running = replace(REVIEW, started=MONDAY, due=date(2026, 11, 26))
    seen = replace(VISIT, started=MONDAY, ended=MONDAY)
    later = c11_plan((running, seen, FINAL), MONDAY, date(2026, 12, 1), CALENDAR)
    review = next(bar for bar in later if bar.code == "review")
    assert (review.late, review.until_on) == (True, date(2026, 12, 1))
    moved = {
        code: (old, new) for code, old, new in c11_moved({bar.code: bar.until_on for bar in before}, later)
    }
    assert moved["final"] == (date(2026, 11, 30), date(2026, 12, 3))


def test_c11_the_applicant_is_told_what_he_owes_until_it_is_done() -> None:
    bars = c11_plan((REVIEW, VISIT, FINAL), MONDAY, MONDAY, CALENDAR)
    assert [bar.applicant_does for bar in c11_owed(bars)] == ["到场"]
    done = replace(VISIT, started=MONDAY, ended=MONDAY)
    assert c11_owed(c11_plan((REVIEW, done, FINAL), MONDAY, MONDAY, CALENDAR)) == ()


def test_c11_steps_in_a_circle_are_left_out_and_nothing_ends_without_steps() -> None:
    one = replace(REVIEW, after=("final",))
    assert c11_plan((one, FINAL), MONDAY, MONDAY, CALENDAR) == ()
    assert c11_ends(()) is None


def test_c11_a_slow_answer_holds_up_the_opinion_that_needs_it_and_is_critical() -> None:
    assist = Node(code="assist", name="协办", who="公安局", kind="assist", limit=days(7), started=MONDAY)
    needing = replace(REVIEW, started=MONDAY, due=date(2026, 11, 26), needs=("assist",))
    bars = {bar.code: bar for bar in c11_plan((needing, assist, VISIT, FINAL), MONDAY, MONDAY, CALENDAR)}
    assert bars["review"].until_on == bars["assist"].until_on == date(2026, 12, 2)
    assert [code for code, bar in bars.items() if bar.critical] == ["review", "assist", "final"]
    quick = replace(assist, limit=days(1))
    bars = {bar.code: bar for bar in c11_plan((needing, quick, VISIT, FINAL), MONDAY, MONDAY, CALENDAR)}
    assert [code for code, bar in bars.items() if bar.critical] == ["review", "final"]

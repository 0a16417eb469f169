"""Rules of handling, one table a row (mission: C2, C4, C6, C9, C10, C15, C16, I10, H5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from counter_app.domain.casework.assisting import c4_check_answer, c6_book
from counter_app.domain.casework.clocks import as_of, is_over, later_by, working_days_left
from counter_app.domain.casework.discretion import c16_kept, c16_reasons
from counter_app.domain.casework.joint_rules import c2_answers_without
from counter_app.domain.casework.opinion import OpinionInput, c9_lacks
from counter_app.domain.casework.posts import PostHeld, h5_holder
from counter_app.domain.casework.procedure import c15_flag, i10_class_of, steps_of
from counter_app.domain.casework.state import ANSWERS, Answer, Cause, Handling, Opinion, Step
from counter_app.domain.casework.task import Moved, Task
from counter_app.domain.catalogue.handling import Complexity
from counter_app.domain.hall.plan import Post
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import Clock, Standing
from counter_app.domain.time.ledger import Due
from counter_app.domain.time.limits import Limit
from counter_app.errors import UserFacingError
from tests.support.intake_hall import catalogue

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = NOW.date()
CALENDAR = WorkCalendar({})
HYGIENE = catalogue().version("0512", 1)
BIRTH = catalogue().version("0602", 2)
LICENCE = catalogue().version("0511", 1)
GOOD = OpinionInput(
    view="grant",
    text="符合条件",
    law="某条例",
    article="第三条",
    conditions=tuple((text, True) for text in BIRTH.conditions),
)
REVIEW = Step("review", "审查", "review", "population", task="t", started_at=NOW)
BARE = replace(REVIEW, code="none")  # a step without a form
APPROVAL = Step("approve", "审批", "approval", "population", task="u", started_at=NOW)
FINAL = Step("decide", "核准", "final", "population")
SIGNED_AFTER = Handling("c", begun_at=NOW, steps=(BARE, APPROVAL, FINAL))


@pytest.mark.parametrize("answer", ANSWERS)
def test_c4_what_each_answer_needs(answer: Answer) -> None:
    needs = {"agree": "", "disagree": "assist.reason-needed"}.get(answer, "assist.reason-needed")
    try:
        c4_check_answer(answer, "", "", "")
        told = ""
    except UserFacingError as error:
        told = error.code
    assert told == needs


@pytest.mark.parametrize(
    ("cause", "late", "added"),
    [("assist_short", "assist", Limit(2, "working_days")), ("lead_unclear", "lead", None)],
)
def test_c6_the_cause_says_whose_delay_it_is(cause: Cause, late: str, added: Limit | None) -> None:
    booked = c6_book(cause, Limit(2, "working_days"))
    assert (booked.late, booked.lead_added) == (late, added)


def test_c6_the_leads_clock_grows_by_working_days() -> None:
    assert later_by(date(2026, 11, 27), Limit(2, "working_days"), CALENDAR) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""),
        ({"text": " "}, "opinion.no-text"),
        ({"law": ""}, "opinion.no-law"),
        ({"article": ""}, "opinion.no-article"),
        ({"article": "待核"}, "opinion.no-article"),
        ({"conditions": GOOD.conditions[1:]}, "opinion.condition-open"),
        ({"conditions": tuple((text, False) for text, _ in GOOD.conditions)}, "opinion.condition-unmet"),
    ],
)
def test_c9_what_keeps_an_opinion_back(change: dict[str, object], code: str) -> None:
    given = replace(GOOD, **change)  # type: ignore[arg-type]  # the fields of the table
    lacks = c9_lacks(Handling("c", begun_at=NOW), BARE, BIRTH, "1", given)
    assert [lack.code for lack in lacks][:1] == ([code] if code else [])


def test_c9_nobody_is_two_of_the_three() -> None:
    signed = Opinion("review", "handler", "grant", "1", NOW, "x", "y", "z")
    handling = Handling("c", begun_at=NOW, opinions=(signed,))
    approval = replace(BARE, kind="approval")
    assert c9_lacks(handling, approval, BIRTH, "1", GOOD)[0].code == "opinion.same-person"
    assert c9_lacks(handling, approval, BIRTH, "2", GOOD) == ()


def test_c10_a_mandatory_question_left_open_keeps_the_opinion_back() -> None:
    lacks = c9_lacks(Handling("c", begun_at=NOW), REVIEW, BIRTH, "1", GOOD)
    assert {lack.code for lack in lacks} == {"review.open"}


@pytest.mark.parametrize(
    ("amount", "approver", "reason", "codes"),
    [
        (3, "", "", ()),
        (15, "", "", ()),
        (16, "", "", ("band.no-approver", "band.no-reason")),
        (16, "1", "确有困难", ("band.no-approver",)),
        (16, "7", "确有困难", ("band.not-approver",)),
        (16, "2", "确有困难", ()),
    ],
)
def test_c16_outside_a_band_somebody_else_approves_with_a_reason(
    amount: int, approver: str, reason: str, codes: tuple[str, ...]
) -> None:
    given = replace(
        GOOD,
        conditions=tuple((text, True) for text in HYGIENE.conditions),
        bands=(("rectify_days", amount),),
        band_approver=approver,
        band_reason=reason,
    )
    lacks = c9_lacks(SIGNED_AFTER, BARE, HYGIENE, "1", given, approvers={"1", "2"})
    assert tuple(lack.code for lack in lacks) == codes


def test_c16_beyond_a_band_somebody_signs_after_and_signing_the_same_is_his_approval() -> None:
    given = replace(
        GOOD,
        conditions=tuple((text, True) for text in HYGIENE.conditions),
        bands=(("rectify_days", 16),),
        band_approver="2",
        band_reason="确有困难",
    )
    alone = c9_lacks(Handling("c", begun_at=NOW), BARE, HYGIENE, "1", given, approvers={"2"})
    assert [lack.code for lack in alone] == ["band.nobody-after"]
    stated = Opinion("r", "handler", "grant", "1", NOW, "", "", "", bands=given.bands)
    then = replace(SIGNED_AFTER, opinions=(stated,))
    bare = replace(given, band_approver="", band_reason="")
    assert c9_lacks(then, APPROVAL, HYGIENE, "2", bare, approvers={"2"}) == ()
    other = replace(bare, bands=(("rectify_days", 17),))
    assert c9_lacks(then, APPROVAL, HYGIENE, "2", other, approvers={"2"})


def test_c16_each_band_that_is_left_has_its_own_reason() -> None:
    kept = c16_kept({"a": "甲", "b": "乙"})
    assert c16_reasons(kept, ("a", "b")) == {"a": "甲", "b": "乙"}
    assert c16_reasons("甲", ("a",)) == {"a": "甲"}
    assert c16_reasons("甲", ("a", "b")) == {}


def test_c16_nothing_is_imposed_without_a_band() -> None:
    given = replace(GOOD, bands=(("fine", 100),))
    assert "band.unknown" in {
        lack.code for lack in c9_lacks(Handling("c", begun_at=NOW), BARE, BIRTH, "1", given)
    }


@pytest.mark.parametrize(
    ("complexity", "sent", "flag"),
    [
        ("complex", "street", ""),
        ("complex", "office", "missed"),
        ("ordinary", "street", "needless"),
        ("ordinary", "office", ""),
    ],
)
def test_c15_sent_up_needlessly_or_not_sent_up(complexity: Complexity, sent: str, flag: str) -> None:
    assert c15_flag(BIRTH, i10_class_of(BIRTH, complexity), sent) == flag


@pytest.mark.parametrize(
    ("complexity", "steps"),
    [
        ("simple", ["review", "test", "approval", "final"]),
        ("ordinary", ["review", "visit", "test", "approval", "final"]),
    ],
)
def test_i10_the_class_picks_the_procedure(complexity: Complexity, steps: list[str]) -> None:
    found = steps_of(HYGIENE, {}, i10_class_of(HYGIENE, complexity), "health", TODAY)
    assert [step.code for step in found] == steps
    approval = next(step for step in found if step.code == "approval")
    assert set(approval.after) == set(steps) - {"approval", "final"}


def test_h2_a_department_on_paper_has_one_step_that_waits_for_its_reply() -> None:
    found = steps_of(HYGIENE, {}, i10_class_of(HYGIENE), "health", TODAY, frozenset({"health"}))
    assert [(step.code, step.after) for step in found] == [
        ("visit", ()),
        ("test", ()),
        ("final", ("visit", "test")),
    ]


def test_c2_dropping_the_scope_takes_the_option_out_that_needs_the_permit() -> None:
    both = {"scope": ("chopsticks", "other")}
    assert c2_answers_without(LICENCE, both, "0512") == {"scope": ("other",)}
    assert c2_answers_without(LICENCE, {"scope": ("chopsticks",)}, "0513") == {"scope": ("other",)}
    assert c2_answers_without(LICENCE, {"scope": ("other",)}, "0512") == {}


def test_h5_b_holds_the_post_while_a_is_away() -> None:
    post = Post(code="p", name="岗", role="handling", a="1", b="2")
    assert h5_holder(post, None) == "1"
    assert h5_holder(post, PostHeld("p", holder="2", away="1")) == "2"
    assert h5_holder(post, PostHeld("p")) == "1"


def test_t5_a_suspension_stops_the_lead_and_not_the_assisting_department() -> None:
    stop = Standing("s", "suspension", NOW + timedelta(days=1), NOW + timedelta(days=2))
    clock = Clock("c", "0512@1", "health", NOW, stops=(stop,))
    lead = Task(
        "t",
        "c",
        "step",
        "review",
        "审查",
        "health",
        "",
        "",
        NOW,
        limit=Limit(3, "working_days"),
        due=date(2026, 11, 26),
        first_due=date(2026, 11, 26),
    )
    assert _day(as_of(lead, clock, CALENDAR, NOW + timedelta(days=3))) == date(2026, 11, 30)
    assert _day(as_of(replace(lead, lead=False), clock, CALENDAR, NOW)) == date(2026, 11, 26)


def _day(found: Due | None) -> date | None:
    return found.day if found is not None and not found.standing else None


def test_t5_hours_are_over_at_their_minute_and_what_is_late_stays_late_while_the_case_stands() -> None:
    four = Task(
        "t",
        "c",
        "step",
        "review",
        "审查",
        "health",
        "",
        "",
        NOW,
        limit=Limit(4, "hours"),
        due=NOW.date(),
        first_due=NOW.date(),
    )
    due = as_of(four, None, CALENDAR, NOW)
    assert due is not None
    assert due.at == NOW + timedelta(hours=4)
    assert not is_over(due, NOW + timedelta(hours=4))
    assert is_over(due, NOW + timedelta(hours=4, minutes=1))
    noon = NOW + timedelta(days=1)
    stop = Standing("s", "suspension", noon)
    clock = Clock("c", "0512@1", "health", NOW, legal=Limit(20, "working_days"), stops=(stop,))
    assert is_over(as_of(four, clock, CALENDAR, noon), noon)
    early = replace(clock, stops=(replace(stop, start=NOW + timedelta(hours=1)),))
    held = as_of(four, early, CALENDAR, noon)
    assert held is not None
    assert held.standing
    assert not is_over(held, noon)


def test_c6_hours_are_added_to_hours_and_whole_days_to_days() -> None:
    moved = Moved(NOW, NOW.date(), "assist_short:m", late=False, hours=6)
    four = Task("t", "c", "step", "review", "审查", "health", "", "", NOW, limit=Limit(4, "hours"))
    due = as_of(replace(four, due=NOW.date(), first_due=NOW.date(), moves=(moved,)), None, CALENDAR, NOW)
    assert due is not None
    assert due.at == NOW + timedelta(hours=10)
    friday = date(2026, 11, 27)
    assert later_by(friday, Limit(4, "hours"), CALENDAR) == date(2026, 11, 30)
    assert later_by(friday, Limit(30, "hours"), CALENDAR) == date(2026, 12, 1)


@pytest.mark.parametrize(("until", "left"), [(23, 0), (24, 1), (27, 4), (30, 5), (20, -1), (19, -2)])
def test_days_left_are_working_days(until: int, left: int) -> None:
    assert working_days_left(date(2026, 11, until), TODAY, CALENDAR) == left

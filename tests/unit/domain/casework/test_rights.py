"""Who may do what, and who sees how much, as a table of roles (mission: C1, H3, I10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest

from counter_app.domain.casework.posts import PostHeld
from counter_app.domain.casework.rights import (
    NEEDED,
    Action,
    Who,
    c1_may,
    c9_approvers,
    i10_sight,
    who_of,
)
from counter_app.domain.casework.signers import c9_lacking
from counter_app.domain.casework.state import Assist, GroupNote, Handling, Step
from counter_app.domain.casework.task import Task, TaskKind
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.hall.rights import rights_of
from tests.support.intake_hall import catalogue, plan

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
STEPS = (Step("review", "审查", "review", "health"), Step("report", "上报", "report", "health"))
ASSIST = Assist("site_use", "commerce", "t2", NOW, "1", rounds=2, cause="assist_short")
HANDLING = Handling("c1", begun_at=NOW, department="health", steps=STEPS, assists=(ASSIST,))
LEAD = Who("1", "赵", "health", rights_of(["handling"]), ("health-handler",))
OTHER = Who("2", "钱", "commerce", rights_of(["handling"]), ("commerce-handler",))
OUTSIDE = Who("7", "郑", "population", rights_of(["handling"]), ("population",))
COUNTER = Who("3", "孙", "centre", rights_of(["intake"]))
MANAGER = Who("4", "李", "centre", rights_of(["supervision"]), ("supervision",))
ADMIN = Who("5", "周", "centre", rights_of(["admin"]))
GUIDE = Who("6", "吴", "centre", rights_of(["inquiry"]))
EVERYBODY = {
    "lead": LEAD,
    "other": OTHER,
    "outside": OUTSIDE,
    "counter": COUNTER,
    "manager": MANAGER,
    "admin": ADMIN,
    "guide": GUIDE,
}

# The work an action is done to, where that is no step: always for the lead's post here.
OF: dict[Action, TaskKind] = {"answer": "assist", "reply": "question", "reply_order": "order"}
ON_PAPER: tuple[Action, ...] = ("answer", "enter_reply", "reply", "reply_order", "upper_answer")
# Who may, of work that lies for the lead's post; commerce assists, population has no part in the case.
MAY: dict[Action, str] = {
    "take": "lead",
    "pass": "lead",
    "review": "lead",
    "opine": "lead",
    "send_back": "lead",
    "answer": "lead",
    "reply": "lead",
    "enter_reply": "",
    "end_step": "lead",
    "upper_answer": "lead",
    "classify": "lead counter",
    "assist": "lead",
    "repeat": "lead",
    "dispute": "lead other",
    "settle": "manager",
    "order": "manager",
    "reply_order": "lead",
    "note": "lead other manager",
    "ask": "lead other manager",
    "meeting": "lead manager",
    "minutes": "lead manager",
    "plan_approve": "manager",
    "track": "manager",
    "prerequisite": "counter lead manager",
}


def task(**more: object) -> Task:
    plain: dict[str, object] = {
        "id": "t1",
        "case": "c1",
        "kind": "step",
        "code": "review",
        "name": "审查",
        "department": "health",
        "post": "health-handler",
        "staff": "",
        "opened_at": NOW,
    }
    return Task(**(plain | more))  # type: ignore[arg-type]  # the fields of a task by name


@pytest.mark.parametrize("action", get_args(Action))
def test_c1_actions_by_role(action: Action) -> None:
    code = "report" if action == "upper_answer" else "review"
    piece = task(kind=OF.get(action, "step"), code=code)
    allowed = {name for name, who in EVERYBODY.items() if c1_may(action, who, HANDLING, piece)}
    assert allowed == set(MAY[action].split())


def test_every_action_has_its_right() -> None:
    assert set(NEEDED) == set(get_args(Action))


@pytest.mark.parametrize("action", ["take", "opine", *ON_PAPER])
def test_h2_what_is_on_paper_is_entered_by_the_counter(action: Action) -> None:
    kind, code = OF.get(action, "step"), "report" if action == "upper_answer" else "review"
    on_paper = task(kind=kind, code=code, department="rural", post="", on_paper=True)
    allowed = {name for name, who in EVERYBODY.items() if c1_may(action, who, HANDLING, on_paper)}
    assert allowed == ({"counter"} if action in ON_PAPER else set())


def test_i9_only_the_step_before_the_upper_body_takes_its_decision() -> None:
    assert not c1_may("upper_answer", LEAD, HANDLING, task())
    assert not c1_may("upper_answer", LEAD, HANDLING)


def test_c7_a_cause_is_contested_by_the_departments_it_is_booked_between() -> None:
    paper = replace(ASSIST, matter="timber", department="rural", on_paper=True)
    handling = replace(HANDLING, assists=(ASSIST, paper))
    for matter, allowed in (("site_use", {"lead", "other"}), ("timber", {"lead", "counter"})):
        assert {
            name for name, who in EVERYBODY.items() if c1_may("dispute", who, handling, matter=matter)
        } == allowed


def test_c3_who_was_asked_or_told_has_a_part_in_the_case() -> None:
    note = GroupNote("n1", "1", NOW, "面积？", to="population", task="t3")
    asked = replace(HANDLING, notes=(note,))
    assert c1_may("note", OUTSIDE, asked)
    assert i10_sight(OUTSIDE, asked) == "all"


def test_c12_what_somebody_has_taken_is_his_alone() -> None:
    taken = task(staff="9")
    assert not c1_may("opine", LEAD, HANDLING, taken)
    assert c1_may("opine", Who("9", "郑", "health", LEAD.rights), HANDLING, taken)


def without(hall: HallPlan, *codes: str) -> HallPlan:
    return replace(hall, posts=tuple(post for post in hall.posts if post.code not in codes))


def test_c9_a_department_without_posts_signs_nothing_until_one_is_set_up() -> None:
    hall = without(plan(), "civil-approver", "civil-final")
    signs = {
        badge: {kind for code, kind in who.signs if code == department}
        for badge, department in (
            ("1008", "civil"),
            ("1014", "health"),
            ("1015", "health"),
            ("1016", "health"),
        )
        if (who := who_of(hall, badge)) is not None
    }
    assert signs == {
        "1008": set(),  # civil affairs has no such post
        "1014": set(),
        "1015": {"approval"},
        "1016": {"approval", "final"},
    }


def test_c9_what_the_setting_up_lacks_is_named_and_the_demo_hall_lacks_nothing() -> None:
    hall, items = plan(), catalogue().current(date(2026, 11, 29))
    assert c9_lacking(hall, items) == ()
    fewer = without(hall, "civil-approver", "civil-final", "labour-final", "ageing-approver")
    assert c9_lacking(fewer, items) == (("civil", "approval"), ("civil", "final"), ("labour", "final"))


def test_c9_who_approves_beyond_a_band_holds_a_post_that_approves() -> None:
    hall = plan()
    assert c9_approvers(hall, "population", {}) == {"1009", "1022"}
    held = {"population-approver": PostHeld("population-approver", holder="1021", away="1009")}
    assert c9_approvers(hall, "population", held) == {"1009", "1022", "1021"}
    assert c9_approvers(without(hall, "civil-approver", "civil-final"), "civil", {}) == frozenset()


@pytest.mark.parametrize(
    ("restricted", "who", "sight"),
    [
        (False, "lead", "all"),
        (False, "manager", "all"),
        (False, "counter", "course"),
        (False, "other", "all"),
        (False, "outside", "state"),
        (False, "guide", "state"),
        (False, "admin", "state"),
        (True, "lead", "all"),
        (True, "manager", "all"),
        (True, "counter", "state"),
        (True, "outside", "state"),
    ],
)
def test_i10_who_sees_how_much(restricted: bool, who: str, sight: str) -> None:
    assert i10_sight(EVERYBODY[who], replace(HANDLING, restricted=restricted)) == sight

"""Who may do what, and who sees how much, as a table of roles (mission: C1, H3, I10)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from counter_app.domain.casework.rights import NEEDED, Action, Who, c1_may, i10_sight
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import Task
from counter_app.domain.hall.rights import rights_of

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HANDLING = Handling("c1", begun_at=NOW, department="health")
LEAD = Who("1", "赵", "health", rights_of(["handling"]), ("health-handler",))
OTHER = Who("2", "钱", "commerce", rights_of(["handling"]), ("commerce-handler",))
COUNTER = Who("3", "孙", "centre", rights_of(["intake"]))
MANAGER = Who("4", "李", "centre", rights_of(["supervision"]), ("supervision",))
ADMIN = Who("5", "周", "centre", rights_of(["admin"]))
GUIDE = Who("6", "吴", "centre", rights_of(["inquiry"]))
EVERYBODY = {
    "lead": LEAD,
    "other": OTHER,
    "counter": COUNTER,
    "manager": MANAGER,
    "admin": ADMIN,
    "guide": GUIDE,
}

# Who may, of a step that lies for the lead's post.
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
    "upper_answer": "lead other counter",
    "classify": "lead counter",
    "assist": "lead",
    "repeat": "lead",
    "dispute": "lead other counter",
    "settle": "manager",
    "order": "manager",
    "reply_order": "lead other counter",
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
    allowed = {name for name, who in EVERYBODY.items() if c1_may(action, who, HANDLING, task())}
    assert allowed == set(MAY[action].split())


def test_every_action_has_its_right() -> None:
    assert set(NEEDED) == set(get_args(Action))


@pytest.mark.parametrize("action", ["take", "opine", "answer", "enter_reply"])
def test_h2_what_is_on_paper_is_entered_by_the_counter(action: Action) -> None:
    on_paper = task(kind="assist", department="rural", post="", on_paper=True)
    allowed = {name for name, who in EVERYBODY.items() if c1_may(action, who, HANDLING, on_paper)}
    assert allowed == ({"counter"} if action in ("answer", "enter_reply") else set())


def test_c12_what_somebody_has_taken_is_his_alone() -> None:
    taken = task(staff="9")
    assert not c1_may("opine", LEAD, HANDLING, taken)
    assert c1_may("opine", Who("9", "郑", "health", LEAD.rights), HANDLING, taken)


@pytest.mark.parametrize(
    ("restricted", "who", "sight"),
    [
        (False, "lead", "all"),
        (False, "manager", "all"),
        (False, "counter", "course"),
        (False, "other", "state"),
        (False, "guide", "state"),
        (False, "admin", "state"),
        (True, "lead", "all"),
        (True, "manager", "all"),
        (True, "counter", "state"),
        (True, "other", "state"),
    ],
)
def test_i10_who_sees_how_much(restricted: bool, who: str, sight: str) -> None:
    handling = Handling("c1", begun_at=NOW, department="health", restricted=restricted)
    assert i10_sight(EVERYBODY[who], handling) == sight

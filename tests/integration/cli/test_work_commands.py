"""A handler's and a department's day by command, whatever day it is (mission: C3, C7, C9, C15, H5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.integration.cli.conftest import Commands

LEAD, ASSIST, MANAGER = ("--staff", "1014"), ("--staff", "1018"), ("--staff", "1011")
TOMORROW = (date.today() + timedelta(days=1)).isoformat()  # noqa: DTZ011 — the commands ask the machine's own day


@pytest.fixture
def permit(app: Commands) -> str:
    """A health permit that was accepted at counter 5; another department assists."""
    case = app.draft("0512", staff="no")
    app.complete(case)
    number: str = app.json("case", "decide", case, "accept", "--counter", "5")["number"]
    app.json("work", "assist", number, "timber_source", "site_use", *LEAD)
    return number


# mission: C3
def test_a_department_that_stayed_away_is_urged_and_makes_up_for_it(app: Commands, permit: str) -> None:
    called = app.json("work", "visit", permit, TOMORROW, "commerce", "health", *LEAD)["meeting"]
    minuted = app.json("work", "minutes", permit, called, "看过", "--present", "health", *LEAD)
    assert minuted["absent"] == ["commerce"]
    (urged,) = (row for row in app.json("work", "inbox", *ASSIST) if row["kind"] == "absence")
    assert app.refused("work", "make-up", urged["task"], "同意", *LEAD) == "work.not-yours"
    assert app.refused("work", "make-up", urged["task"], " ", *ASSIST) == "note.no-words"
    app.json("work", "make-up", urged["task"], "我方同意", *ASSIST)
    assert app.refused("work", "make-up", urged["task"], "再说一次", *ASSIST) == "work.done"
    assert app.json("work", "show", permit, *LEAD)["notes"][-1]["text"] == "我方同意"


# mission: C7
def test_an_order_over_two_departments_is_replied_to_by_each(app: Commands, permit: str) -> None:
    order = app.json(
        "work", "order", permit, "各办各的", "health", "commerce", "--reply-by", TOMORROW, *MANAGER
    )["order"]
    app.json("work", "order-reply", permit, order, "commerce", "已办", *ASSIST)
    (shown,) = app.json("work", "show", permit, *LEAD)["orders"]
    assert shown["replies"] == [["工商局", "已办"]]


# mission: I9
def test_the_upper_bodys_refusal_names_its_law(app: Commands) -> None:
    answers = {"wife_registered_here": "yes", "which_child": "more", "pregnant": "no", "adopted": "no"}
    case = app.draft("0602", **answers, circumstance="remarried")
    app.complete(case)
    number = app.json("case", "decide", case, "accept", "--counter", "3")["number"]
    handler = ("--staff", "1021")
    answers_given = ("documents=齐全一致", "circumstance=属于所报情形")
    app.json("work", "review", number, "review", *answers_given, *handler)
    view = ("--view", "grant", "--text", "同意", "--law", "条例", "--article", "第二十条")
    app.json("work", "opine", number, "review", *view, "--all-met", *handler)
    sent = app.json("work", "meeting-level", number, "meeting", "office", *handler)
    assert sent["flag"] == "missed"
    app.json("work", "end", number, "meeting", *handler)
    app.json("work", "approve", number, "approval", *view, "--staff", "1009")
    app.json("work", "approve", number, "final", *view, "--staff", "1022")
    refusal = ("work", "upper", number, "report", "deny", "--number", "县〔2026〕9", "--remark", "不符合条件")
    assert app.refused(*refusal, *handler) == "opinion.no-law"
    app.json(*refusal, "--law", "条例", "--article", "第二十条", *handler)
    assert app.json("case", "show", number)["stage"] == "denied"


# mission: H5
def test_a_post_passes_over_and_returns(app: Commands) -> None:
    number = app.accepted()["number"]
    (row,) = app.json("work", "inbox", "--staff", "1021")
    assert row["number"] == number
    app.json("work", "take", row["task"], "--staff", "1021")
    assert app.json("work", "post-pass", "population", "--reason", "病假", "--staff", "1021")["moved"] == 1
    assert app("work", "inbox", "--staff", "1021").code == 1
    assert app.json("work", "post-back", "population", "--staff", "1021")["moved"] == 1


# mission: C9 H5
def test_posts_are_listed_with_who_signs_and_what_is_still_to_be_set_up(app: Commands) -> None:
    answer = app.json("staff", "posts")
    assert answer["lacking"] == []
    assert {post["level"] for post in answer["posts"]} == {"handler", "approver", "final"}
    assert "计生审批岗" in app("staff", "posts").out

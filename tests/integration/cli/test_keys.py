"""A command key acts once, whatever is called with it twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.integration.cli.conftest import ZHANG, Commands

Prepare = Callable[[Commands], tuple[object, ...]]


def _serving(app: Commands, *verbs: str) -> None:
    app.json("ticket", "issue", "--item", "0603")
    for verb in verbs:
        app.json("ticket", verb, "--counter", "3")


def _failed_job(app: Commands) -> str:
    paper = app.accepted()["papers"][0]
    job: str = app.json("paper", "list", "--most", 1)[0]["job"]
    app.json("paper", "drop", job, "--reason", "试")
    return str(app.json("paper", "reprint", paper, "--reason", "丢失")["job"])


def _ready(app: Commands) -> str:
    case = app.draft("0603", married="no", has_children="no")
    app.complete(case)
    return case


def _noticed(app: Commands) -> str:
    case = _ready(app)
    app.json("case", "mark", case, "letter", "missing")
    app.json("case", "decide", case, "notify")
    return case


def _ticket(verb: str, *before: str, words: tuple[str, ...] = ()) -> Prepare:
    def prepare(app: Commands) -> tuple[object, ...]:
        _serving(app, *before)
        return ("ticket", verb, "--counter", "3", *words)

    return prepare


WRITING: dict[str, Prepare] = {
    "ticket issue": lambda app: ("ticket", "issue", "--item", "0603"),
    "ticket call": _ticket("call"),
    "ticket recall": _ticket("recall", "call"),
    "ticket start": _ticket("start", "call"),
    "ticket finish": _ticket("finish", "call", "start"),
    "ticket no-show": _ticket("no-show", "call"),
    "ticket take-back": _ticket("take-back", "call"),
    "ticket hold": _ticket("hold", "call", "start", words=("--reason", "复印")),
    "ticket give-up": _ticket("give-up", "call", "start"),
    "ticket transfer": _ticket("transfer", "call", "start", words=("--to-counter", "2")),
    "case open": lambda app: ("case", "open", "--counter", "3"),
    "case person": lambda app: (
        "case", "person", app.json("case", "open")["case"], "--role", "applicant", *ZHANG,
    ),
    "case item": lambda app: ("case", "item", app.draft(), "0602"),
    "case answer": lambda app: ("case", "answer", app.draft(), "married", "yes"),
    "case field": lambda app: ("case", "field", app.draft(), "phone", "13900001234"),
    "case mark": lambda app: ("case", "mark", app.draft(), "letter", "missing"),
    "case undo": lambda app: ("case", "undo", app.draft()),
    "case note": lambda app: ("case", "note", app.draft(), "下午再来"),
    "case decide": lambda app: ("case", "decide", _ready(app), "accept", "--counter", "3"),
    "case return": lambda app: ("case", "return", _noticed(app)),
    "case show": lambda app: ("case", "show", app.draft(), "--full", "--reason", "电话核对"),
    "paper reprint": lambda app: ("paper", "reprint", app.accepted()["papers"][0], "--reason", "丢失"),
    "paper drop": lambda app: ("paper", "drop", _failed_job(app), "--reason", "不要了"),
    "paper guide": lambda app: ("paper", "guide", "0603", "--counter", "3"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITING)
def test_the_same_key_acts_once_and_answers_the_same(app: Commands, name: str) -> None:
    words = WRITING[name](app)
    before = app.events()
    first = app.json(*words, "--key", "once")
    after = app.events()
    assert after > before
    assert app.json(*words, "--key", "once") == first
    assert app.events() == after


def test_asking_again_means_the_ticket_of_the_first_try(app: Commands) -> None:
    """The counter has called the next one meanwhile: that one is not finished by the old key."""
    first, second = (app.json("ticket", "issue", "--item", "0603") for _ in range(2))
    for verb in ("call", "start"):
        app.json("ticket", verb, "--counter", "3")
    finish = ("ticket", "finish", "--counter", "3", "--key", "once")
    assert app.json(*finish)["id"] == first["ticket"]
    for verb in ("call", "start"):
        app.json("ticket", verb, "--counter", "3")
    assert app.json(*finish)["id"] == first["ticket"]
    assert (
        app.json("ticket", "recall", "--counter", "3", first["ticket"], "--key", "once")["state"] == "served"
    )
    with app.program() as program:
        now = program.waiting_queries.line_view("3").now_serving
    assert now is not None
    assert now.ticket == second["ticket"]

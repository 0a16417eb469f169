"""A case's time, late work and the calendar by command, whatever day it is (mission: T1–T4, C8, S1)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from tests.integration.cli.conftest import Commands

HANDLER, OTHER, SUPERVISOR, ADMIN = (
    ("--staff", "1009"),
    ("--staff", "1022"),
    ("--staff", "1010"),
    ("--staff", "1012"),
)


# mission: T1 T3
def test_the_clock_of_a_case_is_shown_day_by_day(app: Commands) -> None:
    draft = app.draft("0603", married="no", has_children="no")
    assert app("clock", "show", draft).code == 1
    number = app.accepted()["number"]
    shown = app.json("clock", "show", number)
    ledger = shown["promised"]["ledger"]
    assert (ledger[-1]["n"], ledger[-1]["day"]) == (3, shown["promised"]["day"])
    plain = app("clock", "show", number)
    assert plain.code == 0
    assert "收到当日不计" in plain.out or "收到当日为休息日" in plain.out or "#1" in plain.out


# mission: T2 C8
def test_time_is_asked_for_by_one_and_approved_by_another(app: Commands) -> None:
    number = app.accepted()["number"]
    end = date.today() + timedelta(days=30)  # noqa: DTZ011 — the command asks the machine's own day
    asked = app.json(
        "clock",
        "ask",
        number,
        "suspension",
        "--expected",
        end,
        "--reason",
        "等待公示",
        "--does",
        "每周核对",
        *HANDLER,
    )
    assert app.json("clock", "asked")["asked"][0]["ask"] == asked["ask"]
    assert app.refused("clock", "approve", number, *HANDLER) == "time.own"
    assert app.refused("clock", "approve", number) == "time.who"
    approved = app.json("clock", "approve", number, *OTHER)
    assert (approved["standing"]["kind"], approved["promised"]["day"]) == ("suspension", None)
    for who, does in ((SUPERVISOR, "每周核对"), (HANDLER, "每周核对"), ((), "")):  # the case is sensitive
        listed = app.json("clock", "suspended", "--department", "population", *who)["suspended"]
        assert [row["does"] for row in listed] == [does]
    assert app.refused("clock", "exclude", number, "site_visit", *HANDLER) == "time.site-visit"
    resumed = app.json("clock", "resume", number, *HANDLER)
    assert resumed["standing"] is None
    assert app("clock", "suspended").code == 1
    assert app.json("clock", "slip", number, "--counter", "3")["paper"]
    app.json("clock", "ask", number, "extension", "--amount", 10, "--reason", "案情复杂", *HANDLER)
    refused = app.json("clock", "refuse", number, "--reason", "可按期办结", *OTHER)
    assert refused["asked"] == []
    assert app.refused("clock", "approve", number, *OTHER) == "time.no-ask"
    corrected = app.json("clock", "correct", number, "--reason", "补正复印件", *HANDLER)
    assert corrected["standing"]["kind"] == "correction"


# mission: T4 S1
def test_work_is_urged_and_answered(app: Commands) -> None:
    number = app.accepted()["number"]
    assert app("late", "list").code in (0, 1)
    order = app.json("late", "urge", number, "请说明进展", *SUPERVISOR)["order"]
    assert app.json("late", "orders", *SUPERVISOR)["orders"][0]["text"] == "请说明进展"
    assert app("late", "orders", "--staff", "1008").code == 1  # of another department
    (number_only,) = app.json("late", "orders")["orders"]
    assert (number_only["number"], number_only["text"], number_only["item"]) == (number, "", "")
    app.json("late", "answer", number, order, "明日办结", *HANDLER)
    assert app("late", "orders").code == 1
    assert app.refused("late", "answer", number, order, "再答", *HANDLER) == "urge.unknown"
    board = app("late", "board", "--json")
    assert "lines" in board.json
    assert app("late", "board").code == board.code


# mission: T1
def test_a_years_notice_is_imported_and_mended_by_the_administrator(app: Commands, tmp_path: Path) -> None:
    fixed = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
    file = tmp_path / "notice.json"
    file.write_text(
        json.dumps({"2031": {"off": [f"2031-{day}" for day in fixed], "work": []}}), encoding="utf-8"
    )
    assert not app.json("calendar", "show", 2031)["announced"]
    assert app.refused("calendar", "import", file, *HANDLER) == "access.no-right"
    assert app.refused("calendar", "import", tmp_path / "none.json", *ADMIN) == "calendar.no-file"
    assert app.json("calendar", "import", file, *ADMIN) == {"moved": []}
    before = app.json("calendar", "show", 2031)
    assert before["announced"]
    app.json("calendar", "set", "2031-03-08", "work", *ADMIN)  # a Saturday
    assert app.json("calendar", "show", 2031)["working_days"] == before["working_days"] + 1
    assert app.refused("calendar", "set", "2032-03-08", "off", *ADMIN) == "calendar.not-announced"
    assert "工作日" in app("calendar", "show", 2031).out

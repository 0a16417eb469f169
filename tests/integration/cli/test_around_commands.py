"""A case's way after its decision, by commands alone (mission: C13, C14, I12, I17, P6, P11)."""

from __future__ import annotations

import json
from pathlib import Path

from tests.integration.cli.conftest import ZHANG, Commands

OWN = ("--name", "张伟", "--id-number", "653101198805170130")


def granted(app: Commands) -> tuple[str, str]:
    decided = app.accepted()
    case = decided["case"]
    refused = app.refused("case", "decide", case, "grant", "--counter", "3", "--result-number", "LN-7")
    assert refused == "decision.behind"
    view = ("--view", "grant", "--text", "同意", "--law", "条例", "--article", "第七条")
    app.json("work", "review", case, "review", "marriage=一致", "--staff", "1021")
    app.json("work", "opine", case, "review", *view, "--all-met", "--staff", "1021")
    app.json("work", "approve", case, "approval", *view, "--staff", "1009")
    app.json("work", "approve", case, "final", *view, "--result-number", "LN-7", "--staff", "1022")
    return decided["case"], decided["papers"][0]


# mission: C13 P6 I17 C14
def test_from_the_result_to_the_archive_by_command(app: Commands, tmp_path: Path) -> None:
    case, receipt = granted(app)
    (row,) = app.json("tell", "list")["to_tell"]
    assert (row["case"], row["about"]) == (case, "result")
    app.json("tell", "note", case, "result", "phone", "no_answer")
    assert app("tell", "list", "--json").code == 1
    alone = ("result", "hand-over", case, "--relation", "applicant", *OWN, "--counter", "3")
    assert app.refused(*alone, "--receipt", "20269-0001-A") == "delivery.not-allowed"
    assert app.json(*alone, "--receipt", receipt)["paper"].startswith("南环便服达")
    assert app.json("result", "show", case)["results"][0]["state"] == "handed_over"
    assert app.json("archive", "show", case)["missing"]
    assert app.refused("archive", "close", case) == "archive.let-pass"
    filed = app.json("archive", "close", case, "--reason", "纸质原件已入卷", "--counter", "3")
    folder = tmp_path / "file"
    names = app.json("archive", "package", case, folder)["files"]
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")} == set(names)
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert index["file_number"] == filed["file"]
    assert app.refused("archive", "package", case, folder) == "archive.folder"
    correct = ("result", "amend", case, "corrected", "--reason", "写错", "--article", "第四十九条")
    assert app.refused(*correct) == "archive.closed"
    app.json("archive", "open", case, "--reason", "更正", "--staff", "1011")
    assert app.json(*correct, "--was", "张x", "--now", "张伟")["paper"].startswith("南环便服变")


# mission: I12 I11
def test_a_case_goes_out_in_the_form_in_which_applications_come_in(app: Commands, tmp_path: Path) -> None:
    case, _ = granted(app)
    file = tmp_path / "case.json"
    assert app("application", "export", case, "--to", file).code == 0
    form = json.loads(file.read_text(encoding="utf-8"))
    assert (form["item"], form["persons"][0]["name"]) == ("0603", ZHANG[1])
    file.write_text(json.dumps({**form, "id": "other-system-1"}), encoding="utf-8")
    (taken,) = app.json("application", "import", file)["taken"]
    assert taken["case"] != case
    assert app.json("application", "import", file)["taken"][0] == {**taken, "again": True}
    file.write_text("{}", encoding="utf-8")
    assert app("application", "import", file, "--json").code == 3
    assert app.json("application", "schema")["title"] == "counter-app/application"
    assert [row["case"] for row in app.json("application", "list")["applications"]] == [taken["case"]]


# mission: P11 I13 I14
def test_blanks_advice_and_agents_by_command(app: Commands) -> None:
    case, _ = granted(app)
    at = ("--counter", "3")
    assert app.json("blanks", "receive", "手册", "SC01", "SC05", *at) == {"count": 5}
    assert app.json("blanks", "issue", "手册", case, *at)["number"] == "SC01"
    assert app.json("blanks", "spoil", "手册", "SC02", "破损", *at)["number"] == "SC02"
    assert app.refused("blanks", "count", "手册", 2, *at) == "blank.differs"
    app.json("blanks", "count", "手册", 3, *at)
    assert app.json("consult", "办什么？", "婚育证明", "--item", "0603", "--case", case)["case"] == case
    held = app.json("consult", "多久？", "三天", "--present", "1008")["consultation"]
    assert [one["id"] for one in app.json("advice", "list")["advice"]] == [held]
    app.json("advice", "link", held, case, *at)
    assert len(app.json("advice", "list", "--case", case)["advice"]) == 2
    assert app.json("advice", "show", held)["answer"] == "三天"
    agent = app.json("agent", "register", "周社工", "--until", "2099-12-31")["agent"]
    app.json("agent", "brought", agent, case, *at)
    assert app.json("agent", "list")["agents"][0]["open"] == [case]
    app.json("agent", "close", agent, case, *at)


# mission: I11 X4
def test_all_cases_of_a_department_are_written_out_for_its_own_system(app: Commands, tmp_path: Path) -> None:
    case, _ = granted(app)
    to = tmp_path / "out"
    since = ("--since", "2020-01-01", "--to", str(to), "--reason", "报送部门业务系统")
    assert app.json("application", "export-all", "population", *since)["cases"] == [case]
    form = json.loads((to / f"{case}.json").read_bytes())
    assert (form["format"], form["item"]) == ("counter-app/application", "0603")
    assert app("application", "export-all", "health", *since, "--json").code == 1


# mission: P5
def test_an_item_without_a_fee_takes_none(app: Commands) -> None:
    case, _ = granted(app)
    assert app("fees", "show", case, "--json").code == 1
    assert app.refused("fees", "notice", case) == "fees.none"
    assert app.refused("fees", "pay", case, "cash") == "fees.nothing-owed"
    assert app("fees", "owed", "--json").code == 1
    app.json("fees", "settle", 0, "--staff", "1002", "--counter", "3")
    assert app.refused("fees", "settle", 0, "--staff", "1002") == "fees.day-settled"

"""A case from its draft to its paper by commands alone, as a script does it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.integration.cli.conftest import ZHANG, Commands


# mission: I2 I3 I4 I8 P1
def test_a_case_goes_from_ticket_to_acceptance(app: Commands) -> None:
    ticket = app.json("ticket", "issue", "--item", "0603")
    app.json("ticket", "call", "--counter", "3")
    app.json("ticket", "start", "--counter", "3")
    opened = app.json("case", "open", "--ticket", ticket["number"], "--counter", "3")
    assert (opened["ticket"], opened["stage"]) == (ticket["ticket"], "draft")
    case = opened["case"]
    app.json("case", "person", case, "--role", "applicant", *ZHANG)
    assert app.json("case", "item", case, "0603")["counts"]["unmarked"] == 4
    app.json("case", "answer", case, "married", "no")
    app.json("case", "answer", case, "has_children", "no")
    app.complete(case)
    assert app.json("case", "show", case)["verdict"]["suggested"] == "accept"
    decided = app.json("case", "decide", case, "accept", "--counter", "3")
    assert decided["stage"] == "accepted"
    shown = app.json("case", "show", decided["number"])
    assert (shown["case"], shown["number"], shown["ticket"]) == (case, decided["number"], ticket["ticket"])
    assert app.json("case", "list", "--ticket", ticket["ticket"])[0]["case"] == case
    assert [row["number"] for row in app.json("paper", "list")] == [decided["papers"][0], ticket["number"]]


def test_a_case_is_named_by_anything_that_was_given_out(app: Commands) -> None:
    decided = app.accepted()
    number: str = decided["number"]
    typed = number[number.index("〔") :].replace("〔", "[").replace("〕", "]").lower()
    names = [decided["case"], number, decided["papers"][0], decided["query"], decided["query"].lower()]
    assert [app.json("case", "show", name)["case"] for name in names] == [decided["case"]] * len(names)
    assert app.refused("case", "show", typed.replace("3-", "4-")) == "case.unknown"
    assert app.refused("case", "undo", "9.9.9") == "case.unknown"


def test_a_ticket_is_named_by_number_or_id(app: Commands) -> None:
    first, second = (app.json("ticket", "issue", "--item", "0603") for _ in range(2))
    called = app.json("ticket", "call", "--counter", "3", "--number", second["ticket"], "--reason", "怀孕")
    assert called["id"] == second["ticket"]
    assert app.json("ticket", "start", "--counter", "3", second["number"])["state"] == "serving"
    assert app.json("ticket", "finish", "--counter", "3", second["ticket"])["state"] == "served"
    assert app.json("ticket", "rate", "--counter", "3", second["ticket"], 1)
    assert app.json("case", "open", "--ticket", first["ticket"])["ticket"] == first["ticket"]
    assert app.refused("case", "open", "--ticket", "Z999") == "ticket.unknown"
    assert app.refused("ticket", "finish", "--counter", "2") == "counter.empty-hands"


# mission: X3
def test_people_are_masked_unless_something_is_at_hand(app: Commands) -> None:
    address = ("--address", "喀什市石榴巷66号")
    case = app.draft("0603", *ZHANG, *address)
    app.json("case", "field", case, "phone", "13900001234")
    app.json("case", "note", case, "张伟下午再来")
    secrets = ("张伟", "石榴巷", "13900001234", "653101198805170130")
    own = ("--counter", "3")
    for words in (("show", case), ("list", *own), ("find", "张伟"), ("find", "653101198805170130")):
        for form in ((), ("--json",)):
            answer = app("case", *words, *form)
            assert answer.code == 0
            assert "张*" in answer.out
            assert not [secret for secret in secrets if secret in answer.out]
    (row,) = app.json("case", "list")  # sensitive, and nobody of its counter asks
    assert (row["case"], row["applicant"], row["item"], row["hidden"]) == (case, "", "", True)
    assert app.refused("case", "show", case, "--full") == "person.no-reason"
    full = app.json("case", "show", case, "--full", "--reason", "电话核对", "--staff", "1003")
    person = full["persons"][0]
    assert (person["name"], person["address"]) == ("张伟", address[1])
    assert full["fields"]["phone"] == "13900001234"
    with app.program() as program:
        looks = program.persons.who_looked(person["party"])
    assert [(look.staff, look.basis, look.reason) for look in looks] == [("1003", "reason", "电话核对")]


# mission: X3
def test_ticket_and_receipt_open_a_person_without_a_reason(app: Commands) -> None:
    ticket = app.json("ticket", "issue", "--item", "0603")["ticket"]
    case = app.json("case", "open", "--ticket", ticket)["case"]
    party = app.json("case", "person", case, "--role", "applicant", *ZHANG)["party"]
    assert app.refused("case", "show", case, "--full", "--counter", "3") == "person.no-reason"
    app.json("ticket", "call", "--counter", "3")
    app.json("case", "show", case, "--full", "--counter", "3")
    decided = app.accepted()
    app.json("case", "show", decided["query"], "--full")
    with app.program() as program:
        assert [look.basis for look in program.persons.who_looked(party)] == ["receipt", "ticket"]


# mission: I3
def test_every_kind_of_answer_can_be_given(app: Commands) -> None:
    firm = app.draft("0511", "--name", "赵一", "--number", "653101198805170130")
    chosen = app.json("case", "show", app.json("case", "answer", firm, "scope", "chopsticks,other")["case"])
    given = {view["question"]["code"]: view["answer"] for view in chosen["questions"]}
    assert given["scope"] == ["chopsticks", "other"]
    day = app.draft("0604")
    app.json("case", "answer", day, "arrived_on", "2026-11-01")
    assert app.refused("case", "answer", day, "arrived_on", "yesterday") == "question.not-an-answer"
    app.json("case", "answer", day, "arrived_on", "none")
    question = app.json("case", "show", day)["questions"][0]
    assert (question["question"]["code"], question["answer"]) == ("arrived_on", None)
    assert app.refused("case", "answer", day, "weather", "yes") == "question.unknown"


# mission: I5 I6
def test_a_notice_and_the_return_visit(app: Commands) -> None:
    case = app.draft("0603", married="no", has_children="no")
    app.complete(case)
    assert app.refused("case", "mark", case, "letter", "to_correct") == "mark.reason-needed"
    app.json("case", "mark", case, "letter", "to_correct", "--reason", "缺公章")
    app.json("case", "mark", case, "photo", "missing")
    undone = app.json("case", "undo", case)
    assert undone["undone"] == {"what": "mark", "target": "photo"}
    told = app.json("case", "decide", case, "notify", "--counter", "3")
    assert told["stage"] == "notified"
    assert app.refused("case", "mark", case, "letter", "present") == "case.closed"
    assert app.json("case", "return", told["papers"][0])["reopened"] == ["letter"]
    assert app.refused("case", "mark", case, "photo", "present") == "mark.not-open"
    app.json("case", "mark", case, "letter", "present")
    assert app.json("case", "decide", case, "accept", "--counter", "3")["stage"] == "accepted"


# mission: I9
def test_a_refusal_takes_reason_and_article_from_the_words_given(app: Commands) -> None:
    case = app.draft("0603")
    assert app.refused("case", "decide", case, "accept") == "decision.not-allowed"
    assert app.refused("case", "decide", case, "refuse", "--article", "x") == "decision.reason-needed"
    words = ("--reason", "不在本厅辖区", "--article", "办法第三条", "--competent", "某县中心")
    assert app.json("case", "decide", case, "refuse", *words)["stage"] == "refused"
    with app.program() as program:
        act = program.intake_queries.case_view(case)
        assert act.stage == "refused"


def test_a_stop_of_the_catalogue_fills_the_decision_in(app: Commands) -> None:
    case = app.draft("0601", registered_here="no")
    shown = app.json("case", "show", case)
    assert shown["verdict"]["suggested"] == "refuse"
    assert shown["suggested_detail"]["reason"]
    if shown["suggested_detail"]["article"]:
        assert app.json("case", "decide", case, "refuse")["stage"] == "refused"
    else:
        assert app.refused("case", "decide", case, "refuse") == "decision.article-needed"


# mission: I2 I14
def test_several_people_come_with_their_roles(app: Commands) -> None:
    case = app.draft("0603")
    agent = ("--name", "李秀英", "--number", "653101198908230263")
    assert app.refused("case", "person", case, "--role", "applicant", *agent) == "person.role-needed"
    given = app.json(
        "case",
        "person",
        case,
        "--role",
        "agent",
        *agent,
        "--mandate",
        "代为申请",
        "--mandate-until",
        "2030-01-01",
    )
    app.json("case", "match", case, given["party"], "no")
    person = app.json("case", "show", case)["persons"][1]
    assert (person["role"], person["mandate"], person["mandate_until"]) == ("agent", "代为申请", "2030-01-01")
    assert (person["same"], person["source"]) == (False, "typed")
    app.json("case", "drop", case, given["party"])
    assert len(app.json("case", "show", case)["persons"]) == 1


def test_an_organisation_comes_by_its_credit_code(app: Commands) -> None:
    case = app.json("case", "open")["case"]
    firm = ("--role", "organisation", "--name", "南环竹木制品有限公司", "--document", "credit_code")
    wrong = ("--number", "91350100M000100Y44")
    assert app.refused("case", "person", case, *firm, *wrong) == "person.credit-code"
    app.json("case", "person", case, *firm, "--number", "91350100M000100Y43", "--capital", "500000")
    person = app.json("case", "show", case)["persons"][0]
    assert (person["sort"], person["name"]) == ("organisation", "南环竹木制品有限公司")


def test_things_are_found_and_what_is_found_is_taken_back(app: Commands) -> None:
    decided = app.accepted()
    app.json("ticket", "issue", "--item", "0603")
    hits = {hit["kind"]: hit for hit in app.json("case", "find", "张伟", "--counter", "3")}
    assert app.json("case", "show", hits["case"]["id"])["number"] == decided["number"]
    assert [row["case"] for row in app.json("case", "list", "--person", hits["person"]["id"])] == [
        decided["case"]
    ]
    paper = next(hit for hit in app.json("case", "find", decided["papers"][0]) if hit["kind"] == "paper")
    assert app.json("paper", "reprint", paper["id"], "--reason", "丢失")["number"] == decided["papers"][0]
    ticket = app.json("case", "find", "A001")[0]
    assert app.json("case", "open", "--ticket", ticket["id"])["ticket"] == ticket["id"]
    item = app.json("case", "find", "ldrkhyzm", "--most", 1)[0]
    assert app.json("case", "item", app.json("case", "open")["case"], item["id"])
    nothing = app("case", "find", "没有这个", "--json")
    assert (nothing.code, nothing.json) == (1, [])


def test_lists_tell_what_is_in_hand_and_where(app: Commands) -> None:
    draft, decided = app.draft(), app.accepted()
    assert [row["case"] for row in app.json("case", "list")] == [draft]
    assert [row["case"] for row in app.json("case", "list", "--all")] == [decided["case"], draft]
    assert app.json("case", "list", "--counter", "5") == []
    row = app.json("case", "list", "--counter", "3", "--most", 1)[0]
    assert (row["stage"], row["applicant"]) == ("draft", "张*")
    assert datetime.fromisoformat(row["changed_at"]) <= datetime.now(UTC)


@pytest.mark.parametrize(
    "words",
    [
        ("case",),
        ("case", "person", "1", "--role", "applicant"),
        ("case", "person", "1", "--role", "king", "--name", "x"),
        ("case", "mark", "1", "letter", "good"),
        ("case", "decide", "1", "maybe"),
        ("case", "person", "1", "--role", "agent", "--name", "x", "--birth", "soon"),
        ("paper", "confirm", "1"),
        ("ticket", "rate", "A001", "6", "--counter", "3"),
        ("nonsense",),
    ],
)
def test_wrong_words_end_in_two(app: Commands, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        app(*words)
    assert ended.value.code == 2


def test_a_home_that_is_not_there_is_an_error_with_its_code(app: Commands) -> None:
    nowhere = Commands(app.home / "nowhere")
    assert nowhere.refused("case", "list") == "home.missing"
    plain = nowhere("case", "list")
    assert plain.error.startswith("[home.missing] ")
    assert not nowhere.home.exists()

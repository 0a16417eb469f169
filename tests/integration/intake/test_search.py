"""One box finds everything (mission: I1, I2; interface.md)."""

from __future__ import annotations

import pytest

from counter_app.domain.waiting.facts import TicketIssued
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK, IntakeHall


@pytest.fixture
def number(hall: IntakeHall) -> str:
    numbers = []
    for who in ("zhang", "abdul", "rare"):
        case = hall.case("0603", who, married="no", has_children="no")
        hall.mark_all(case)
        numbers.append(hall.intake.decide(CLERK, hall.key(), case, "accept").number)
    return numbers[-1]


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("张伟", "case", "张伟"),
        ("zw", "case", "张伟"),
        ("ZW", "person", "张伟"),
        ("买买提", "person", "阿卜杜拉·买买提"),
        ("阿卜杜拉·买买提", "case", "阿卜杜拉·买买提"),
        ("abdl", "person", "阿卜杜拉·买买提"),
        ("𠅤䶮", "person", "王𠅤䶮"),
        ("0130", "person", "张伟"),
        ("653101198805170130", "person", "张伟"),
        ("ldrk", "item", "《流动人口婚育证明》办理"),
        ("0603", "item", "《流动人口婚育证明》办理"),
        ("老年优待证", "item", "老年优待证办理"),
        ("0003", "case", "王𠅤䶮"),
    ],
)
def test_found_by_what_people_type(hall: IntakeHall, number: str, typed: str, kind: str, title: str) -> None:
    hits = hall.finder.search(typed, counter="3")
    assert any(hit.kind == kind and hit.title.startswith(title) for hit in hits), hits


def test_found_by_number_query_code_bar_code_and_scan(hall: IntakeHall, number: str) -> None:
    with hall.store.reading() as reader:
        case = reader.cases.by_number(number)
        assert case is not None
        paper = reader.papers.of_case(case.id)[0]
    _, facts = hall.papers.facts(paper.id)
    plain = number.partition("\u3014")[2].replace("\u3015", "")
    for typed in (
        number,
        case.query,
        case.query.lower().replace("-", ""),
        plain,
        facts.head.qr_text,
        paper.number,
    ):
        hits = hall.finder.search(typed)
        assert case.id in [hit.id for hit in hits if hit.kind == "case"], typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "%",
        "_",
        "'; DROP TABLE cases;--",
        "\x00",
        "不存在的名字",
        "GSH1:",
        "ticket:",
        "A999",
        "x" * 5000,
    ],
)
def test_nonsense_finds_nothing_and_breaks_nothing(hall: IntakeHall, number: str, typed: str) -> None:
    assert hall.finder.search(typed) == ()


def test_a_dropped_person_no_longer_finds_the_case(hall: IntakeHall) -> None:
    case = hall.intake.open_case(CLERK, hall.key())
    party = hall.intake.record_person(CLERK, hall.key(), case, "applicant", hall.card("li"))
    assert any(hit.id == case for hit in hall.finder.search("李秀英"))
    hall.intake.drop_person(CLERK, hall.key(), case, party)
    assert not any(hit.id == case for hit in hall.finder.search("李秀英"))


def test_hits_are_bounded(hall: IntakeHall, number: str) -> None:
    assert len(hall.finder.search("证", limit=3)) == 3


@pytest.mark.parametrize("typed", ["A012", "a12", "A12"])
def test_a_ticket_is_found_by_its_number(hall: IntakeHall, typed: str) -> None:
    def issue(tx: Transaction) -> None:
        tx.record(TicketIssued(ticket=tx.next_id, number="A012", line="A", day="2026-11-23"))

    ticket = hall.store.act(CLERK, "issue", issue).first(TicketIssued).ticket
    assert [(hit.kind, hit.id) for hit in hall.finder.search(typed)] == [("ticket", ticket)]
    assert [hit.id for hit in hall.finder.search(f"ticket:{ticket}")] == [ticket]

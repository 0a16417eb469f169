"""A handbook on the spot from the counter's numbered stock; agents and their slips (mission: P11, I14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts_arriving import AgentSlipFacts, BlankCountFacts
from counter_app.domain.paper.facts_outcome import ResultFacts
from counter_app.errors import UserFacingError
from counter_app.use_cases.agents.agents import AgentInput
from tests.support.intake_hall import CLERK, IntakeHall, opened

HANDBOOK = "计划生育服务手册"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


def spot(hall: IntakeHall, who: str = "li") -> str:
    case = hall.case("0605", who, replacing="no")
    hall.mark_all(case)
    return case


# mission: P11 I9
def test_the_next_handbook_goes_to_the_citizen_and_the_evening_count_agrees(hall: IntakeHall) -> None:
    stock = hall.around.blanks
    assert stock.receive(CLERK, hall.key(), HANDBOOK, "SC000101", "SC000105") == 5
    case = spot(hall)
    number = stock.issue(CLERK, "handbook-1", HANDBOOK, case)
    assert number == "SC000101"
    assert stock.issue(CLERK, "handbook-1", HANDBOOK, case) == number  # the same press, the same book
    hall.intake.decide(CLERK, hall.key(), case, "grant", DecisionInput(result_number=number))
    assert stock.spoil(CLERK, hall.key(), HANDBOOK, "SC000103", "打印错误") == "SC000103"
    blanks = stock.of("3")
    assert (blanks.left(HANDBOOK), blanks.following(HANDBOOK)) == (3, "SC000102")
    with pytest.raises(UserFacingError) as caught:
        stock.issue(CLERK, hall.key(), HANDBOOK, case, "SC000103")
    assert caught.value.code == "blank.not-here"
    with pytest.raises(UserFacingError) as caught:
        stock.count(CLERK, hall.key(), HANDBOOK, 2)
    assert caught.value.code == "blank.differs"
    paper = stock.count(CLERK, hall.key(), HANDBOOK, 3)
    facts = hall.papers.facts(paper)[1]
    assert isinstance(facts, BlankCountFacts)
    assert (facts.issued, facts.spoiled) == (("SC000101",), (("SC000103", "打印错误"),))
    assert facts.left == (("SC000102", "SC000102", 1), ("SC000104", "SC000105", 2))
    assert hall.store.check().sound


# mission: P11
def test_the_book_given_before_the_decision_is_named_on_its_paper(hall: IntakeHall) -> None:
    hall.around.blanks.receive(CLERK, hall.key(), HANDBOOK, "SC000101", "SC000105")
    case = spot(hall)
    assert hall.queries.case_view(case, "3").suggested_detail.result_number == ""
    spoiled = hall.around.blanks.issue(CLERK, hall.key(), HANDBOOK, case)
    number = hall.around.blanks.issue(CLERK, hall.key(), HANDBOOK, case)
    detail = hall.queries.case_view(case, "3").suggested_detail
    assert (spoiled, number, detail.result_number) == ("SC000101", "SC000102", "SC000102")
    assert hall.queries.case_view(case, "5").suggested_detail.result_number == ""
    hall.intake.decide(CLERK, hall.key(), case, "grant", detail)
    with hall.store.reading() as reader:
        (paper,) = reader.papers.of_case(case)
    facts = hall.papers.facts(paper.id)[1]
    assert isinstance(facts, ResultFacts)
    assert facts.result_number == "SC000102"


# mission: P11
def test_the_book_is_named_even_when_the_window_had_not_seen_it_go(hall: IntakeHall) -> None:
    hall.around.blanks.receive(CLERK, hall.key(), HANDBOOK, "SC000101", "SC000105")
    case = spot(hall)
    before = hall.queries.case_view(case, "3").suggested_detail
    hall.around.blanks.issue(CLERK, hall.key(), HANDBOOK, case)
    hall.intake.decide(CLERK, hall.key(), case, "grant", before)
    with hall.store.reading() as reader:
        (paper,) = reader.papers.of_case(case)
    facts = hall.papers.facts(paper.id)[1]
    assert isinstance(facts, ResultFacts)
    assert facts.result_number == "SC000101"


# mission: P11
def test_no_number_comes_in_twice_and_a_stretch_handed_on_lies_at_one_counter_only(hall: IntakeHall) -> None:
    stock = hall.around.blanks
    stock.receive(CLERK, hall.key(), HANDBOOK, "SC000101", "SC000110")
    with pytest.raises(UserFacingError) as caught:
        stock.receive(CLERK, hall.key(), HANDBOOK, "SC000110", "SC000120")
    assert caught.value.code == "blank.twice"
    with pytest.raises(UserFacingError) as caught:
        stock.receive(CLERK, hall.key(), HANDBOOK, "SC1", "SC000120")
    assert caught.value.code == "blank.numbers"
    assert stock.hand_on(CLERK, hall.key(), HANDBOOK, "SC000104", "SC000106", "5") == 3
    assert (stock.of("3").left(HANDBOOK), stock.of("5").left(HANDBOOK)) == (7, 3)
    number = stock.issue(Actor("1006", "5"), hall.key(), HANDBOOK, spot(hall))
    assert number == "SC000104"


# mission: I14
def test_an_agent_brings_a_case_within_his_mandate_and_closes_it_with_a_slip(hall: IntakeHall) -> None:
    book = hall.around.agents
    terms = AgentInput(
        name="周社工", phone="13900000009", items=("0605",), until=date(2026, 12, 31), number="代2026-3"
    )
    agent = book.register(CLERK, hall.key(), terms)
    other = hall.case("0603", "zhang")
    with pytest.raises(UserFacingError) as caught:
        book.brought(CLERK, hall.key(), agent, other)
    assert caught.value.code == "agent.scope"
    case = spot(hall)
    taken = hall.papers.facts(book.brought(CLERK, hall.key(), agent, case))[1]
    assert isinstance(taken, AgentSlipFacts)
    assert (taken.part, taken.agent, bool(taken.materials)) == ("taken", "周社工", True)
    with pytest.raises(UserFacingError) as caught:
        book.close(CLERK, hall.key(), agent, case)
    assert caught.value.code == "agent.not-ended"
    hall.intake.decide(CLERK, hall.key(), case, "grant", DecisionInput(result_number="独2026-9"))
    closed = hall.papers.facts(book.close(CLERK, hall.key(), agent, case))[1]
    assert isinstance(closed, AgentSlipFacts)
    assert (closed.outcome, "独2026-9" in closed.handed_back) == ("已办结", True)
    (known,) = book.agents()
    assert (known.open, known.closed) == ((), 1)
    book.end(CLERK, hall.key(), agent, "期限届满")
    assert book.agents() == ()


# mission: I14 C14
def test_an_agent_whose_mandate_ended_still_closes_what_he_brought(hall: IntakeHall) -> None:
    book = hall.around.agents
    terms = AgentInput(name="周社工", items=("0605",), until=date(2026, 12, 31), number="代2026-3")
    agent, case = book.register(CLERK, hall.key(), terms), spot(hall)
    book.brought(CLERK, hall.key(), agent, case)
    book.end(CLERK, hall.key(), agent, "离任")
    hall.intake.decide(CLERK, hall.key(), case, "grant", DecisionInput(result_number="独2026-9"))
    (known,) = book.agents()
    assert (known.ended, known.open) == ("离任", (case,))
    assert "agent" in {one.code for one in hall.around.archiving.view(case).missing}
    book.close(CLERK, hall.key(), agent, case)
    assert book.agents() == ()
    assert "agent" not in {one.code for one in hall.around.archiving.view(case).missing}
    assert hall.store.check().sound

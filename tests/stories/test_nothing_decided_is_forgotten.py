"""After a decision made while the citizen is away: he is told, it is delivered, its paper is made in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.delivery.delivery import DELIVERIES, Delivery
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts_delivery import DeliveryFacts, LetterFacts
from counter_app.use_cases.delivery.inputs import CollectInput, ResultInput, ServedInput
from counter_app.use_cases.telling.messages import messages_csv
from counter_app.use_cases.waiting.requests import IssueTicket
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, OVERSEER, SOCIAL, IntakeHall, opened

SUPERVISOR = Actor("1011", "3")
DENIAL = "不予行政许可决定书"
WHY = DecisionInput(reason="不符合法定条件", article="《行政许可法》第三十八条")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


def accepted(hall: IntakeHall, phone: str = "") -> tuple[str, str]:
    case = hall.case("0603", "zhang", married="yes", has_children="no")
    hall.intake.set_field(CLERK, hall.key(), case, "phone", phone)
    hall.mark_all(case)
    return case, hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]


def delivery(hall: IntakeHall, case: str) -> Delivery:
    with hall.store.reading() as reader:
        return reader.need(DELIVERIES, case)


def to_tell(hall: IntakeHall) -> list[tuple[str, date | None]]:
    return [(row.about, row.until) for row in hall.around.telling.to_tell(OVERSEER)]


# mission: C17 I17 P6
def test_a_denial_is_told_and_delivered_and_the_slip_names_the_decision(hall: IntakeHall) -> None:
    case, receipt = accepted(hall)
    (number,) = decided_behind(hall, case, "deny")
    assert to_tell(hall) == [("decision", date(2026, 12, 7))]
    letter = hall.papers.facts(hall.around.telling.letter(CLERK, hall.key(), case, "decision"))[1]
    assert isinstance(letter, LetterFacts)
    assert letter.things == (DENIAL,)
    own = CollectInput(relation="applicant", person=hall.card("zhang"), receipt=receipt)
    slip = hall.papers.facts(hall.around.delivering.hand_over(CLERK, hall.key(), case, own))[1]
    assert isinstance(slip, DeliveryFacts)
    assert slip.delivered == ((DENIAL, number),)
    assert slip.place
    hall.clock.advance(days=30)
    assert to_tell(hall) == []
    assert hall.around.archiving.view(case).complete


# mission: C17 C14
def test_a_lapsed_case_is_served_by_leaving_it_and_can_be_filed(hall: IntakeHall) -> None:
    case = hall.case("0401", "ma", SOCIAL, disabled="no", ill="no", student="yes", by_agent="no")
    hall.intake.mark(SOCIAL, hall.key(), case, "enrolment", "lacking")
    hall.mark_all(case, SOCIAL)
    hall.intake.decide(SOCIAL, hall.key(), case, "accept")
    hall.clock.advance(days=60)
    hall.intake.decide(SOCIAL, hall.key(), case, "lapse", WHY)
    view = hall.around.archiving.view(case)
    assert view.complete  # the broken promise ended it: nothing is waited for
    assert "decision" in {one.code for one in view.missing}
    left = ServedInput(manner="left", place="新华社区", refused="无人在家", witness="社区干部")
    hall.around.delivering.serve(CLERK, hall.key(), case, left)
    assert "decision" not in {one.code for one in hall.around.archiving.view(case).missing}


# mission: P6
def test_who_stands_at_the_counter_takes_the_decision_with_him(hall: IntakeHall) -> None:
    waiting = Waiting(hall.store, hall.reference, hall.ticket_papers)
    ticket = waiting.issue_ticket(CLERK, hall.key(), IssueTicket(items=("0603",)))
    waiting.call_number(CLERK, hall.key(), ticket.number, "等候时间长")
    waiting.start(CLERK, hall.key(), ticket.ticket)
    case = hall.intake.open_case(CLERK, hall.key(), ticket.ticket)
    hall.intake.record_person(CLERK, hall.key(), case, "applicant", hall.card("zhang"))
    hall.intake.choose_item(CLERK, hall.key(), case, "0603")
    for question, answer in (("married", "no"), ("has_children", "no")):
        hall.intake.answer(CLERK, hall.key(), case, question, answer)
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    hall.intake.decide(CLERK, hall.key(), case, "terminate", WHY)
    state = delivery(hall, case)
    assert [(one.name, one.state) for one in state.results] == [("终止办理决定书", "handed_over")]
    assert state.handings[0].relation == "applicant"
    assert to_tell(hall) == []


# mission: C17
def test_a_decision_whose_end_was_set_aside_is_not_delivered_any_more(hall: IntakeHall) -> None:
    case, _ = accepted(hall)
    decided_behind(hall, case, "deny")
    hall.around.archiving.undo_end(SUPERVISOR, hall.key(), case, "复议撤销", "复议决定书 2026-3")
    assert to_tell(hall) == []


# mission: C13
def test_what_was_granted_without_its_paper_is_listed_until_it_is_made(hall: IntakeHall) -> None:
    case, _ = accepted(hall, phone="13900000001")
    hall.around.telling.ask_way(CLERK, hall.key(), case, "message")
    decided_behind(hall, case)
    assert to_tell(hall) == [("certificate", date(2026, 12, 7))]
    assert hall.around.telling.messages(CLERK, hall.key()) == ()  # nobody is told to come in vain
    hall.clock.advance(days=20)
    (row,) = hall.around.telling.to_tell(OVERSEER)
    assert row.late
    hall.around.delivering.record(CLERK, hall.key(), case, ResultInput(number="LN-9"))
    assert to_tell(hall) == [("result", None)]


# mission: I6 I17
def test_before_a_notice_runs_out_the_citizen_is_reminded_of_what_to_bring(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.intake.set_field(CLERK, hall.key(), case, "phone", "=13900000001")
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    assert to_tell(hall) == []
    hall.clock.advance(days=12)
    (row,) = hall.around.telling.to_tell(OVERSEER)
    assert (row.about, row.until) == ("notice", date(2026, 12, 7))
    assert row.things
    hall.around.telling.ask_way(CLERK, hall.key(), case, "message")
    made = hall.around.telling.messages(CLERK, hall.key())
    assert row.things[0] in made[0].text
    assert "'=13900000001" in messages_csv(made)  # no spreadsheet takes it for a formula

"""Intake's commands on a real store: what is refused, what is kept, what a key repeats."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.intake.case import Mandate
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.parties import PARTIES, Identity
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.facts import TicketCalled, TicketIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.ports.identity import CardRead
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK, IntakeHall, citizens

SINGLE = {"married": "no", "has_children": "no"}


def code_of(caught: pytest.ExceptionInfo[UserFacingError]) -> str:
    return caught.value.code


def test_the_same_key_acts_once_and_answers_the_same(hall: IntakeHall) -> None:
    case = hall.case("0603", **SINGLE)
    hall.mark_all(case)
    first = hall.intake.decide(CLERK, "one key", case, "accept")
    again = hall.intake.decide(CLERK, "one key", case, "accept")
    assert again == first
    with hall.store.reading() as reader:
        assert len(reader.papers.of_case(case)) == len(first.papers) == 1


def test_a_draft_survives_the_machine_being_switched_off(hall: IntakeHall) -> None:
    case = hall.case("0603", **SINGLE)
    hall.intake.mark(CLERK, hall.key(), case, "letter", "to_correct", "缺公章")
    hall.intake.set_field(CLERK, hall.key(), case, "phone", "0317-2000001")
    with hall.store.reading() as reader:
        before = reader.need(CASES, case)
        assert CASES.replay(reader.history(f"case:{case}")) == before
    assert before.draft.marks["letter"].reason == "缺公章"
    assert before.draft.fields == {"phone": "0317-2000001"}


def test_text_that_would_print_by_the_metre_is_refused_and_nothing_of_it_kept(hall: IntakeHall) -> None:
    case = hall.intake.open_case(CLERK, hall.key())
    long = "长" * 501
    for refused in (
        lambda: hall.intake.note(CLERK, hall.key(), case, long),
        lambda: hall.intake.set_field(CLERK, hall.key(), case, "address", long),
        lambda: hall.intake.record_person(
            CLERK, hall.key(), case, "applicant", PersonInput.typed(Identity(name="长" * 101))
        ),
    ):
        with pytest.raises(UserFacingError) as caught:
            refused()
        assert code_of(caught) == "text.long"
    hall.intake.note(CLERK, hall.key(), case, "长" * 500)
    assert hall.queries.case_view(case).notes == ("长" * 500,)


# mission: I2
def test_a_card_left_since_before_the_call_is_never_taken(hall: IntakeHall) -> None:
    read = CardRead(citizens()["zhang"], hall.clock.monotonic())
    hall.clock.advance(seconds=20)

    def call(tx: Transaction) -> None:
        ticket = tx.next_id
        tx.record(TicketIssued(ticket=ticket, number="A012", line="A", day="2026-11-23"))
        tx.record(
            TicketCalled(ticket=ticket, line="A", counter="3", staff="1002", queue="ordinary", rule="turn")
        )

    ticket = hall.store.act(CLERK, "call", call).first(TicketIssued).ticket
    case = hall.intake.open_case(CLERK, hall.key(), ticket)
    with pytest.raises(UserFacingError) as caught:
        hall.intake.record_person(CLERK, hall.key(), case, "applicant", PersonInput.from_card(read))
    assert code_of(caught) == "card.left-over"
    fresh = CardRead(citizens()["zhang"], hall.clock.monotonic())
    assert hall.intake.record_person(CLERK, hall.key(), case, "applicant", PersonInput.from_card(fresh))


# mission: I2
def test_a_second_card_asks_its_role(hall: IntakeHall) -> None:
    case = hall.case("0601", "zhang")
    with pytest.raises(UserFacingError) as caught:
        hall.intake.record_person(CLERK, hall.key(), case, "applicant", hall.card("li"))
    assert code_of(caught) == "person.role-needed"
    assert caught.value.params["applicant"] == "张伟"
    hall.intake.record_person(CLERK, hall.key(), case, "spouse", hall.card("li"))
    view = hall.queries.case_view(case)
    assert [(person.role, person.name) for person in view.persons] == [
        ("applicant", "张伟"),
        ("spouse", "李秀英"),
    ]
    assert "0130" in view.persons[0].number
    assert "19880517" not in view.persons[0].number


# mission: I2
def test_typed_identities_are_checked_and_stay_marked(hall: IntakeHall) -> None:
    case = hall.intake.open_case(CLERK, hall.key())
    wrong = PersonInput.typed(Identity(name="张伟", number="653101198805170131"))
    with pytest.raises(UserFacingError) as caught:
        hall.intake.record_person(CLERK, hall.key(), case, "applicant", wrong)
    assert code_of(caught) == "person.number"
    right = PersonInput.typed(Identity(name="张伟", number="６５3101198805170130"))
    party = hall.intake.record_person(CLERK, hall.key(), case, "applicant", right)
    view = hall.queries.case_view(case).persons[0]
    assert view.typed
    assert view.birth == date(1988, 5, 17)
    assert view.sex == "1"
    hall.intake.confirm_match(CLERK, hall.key(), case, party, same=False)
    warnings = hall.queries.case_view(case).warnings
    assert any("does not look like" in warning.source for warning in warnings)


def test_an_organisation_needs_a_right_credit_code(hall: IntakeHall) -> None:
    case = hall.intake.open_case(CLERK, hall.key())
    firm = Identity(
        sort="organisation",
        name="南环竹木制品有限公司",
        document="credit_code",
        number="91350100M000100Y43",
        organisation_type="有限责任公司",
        capital="500000",
        representative="赵一",
    )
    with pytest.raises(UserFacingError) as caught:
        hall.intake.record_person(
            CLERK,
            hall.key(),
            case,
            "organisation",
            PersonInput.typed(replace(firm, number="91350100M000100Y44")),
        )
    assert code_of(caught) == "person.credit-code"
    hall.intake.record_person(CLERK, hall.key(), case, "organisation", PersonInput.typed(firm))
    assert hall.queries.case_view(case).persons[0].number == "91350100M000100Y43"


def test_a_person_recorded_before_is_not_recorded_twice(hall: IntakeHall) -> None:
    first, second = hall.case("0603"), hall.case("0301")
    with hall.store.reading() as reader:
        one, two = reader.need(CASES, first), reader.need(CASES, second)
    assert one.applicant is not None
    assert two.applicant is not None
    assert one.applicant.party == two.applicant.party


# mission: I2
def test_duplicates_and_earlier_cases_are_shown(hall: IntakeHall) -> None:
    first = hall.case("0603", **SINGLE)
    hall.mark_all(first)
    number = hall.intake.decide(CLERK, hall.key(), first, "accept").number
    second = hall.case("0603")
    view = hall.queries.case_view(second)
    assert [row.case for row in view.earlier] == [first]
    assert any(("number", number) in warning.params for warning in view.warnings)
    other = hall.case("0301")
    assert not any("open case" in warning.source for warning in hall.queries.case_view(other).warnings)


def test_identity_never_stands_in_an_events_body(hall: IntakeHall) -> None:
    case = hall.case("0603", **SINGLE)
    hall.intake.set_field(CLERK, hall.key(), case, "phone", "13900000000")
    hall.intake.mark(CLERK, hall.key(), case, "letter", "to_correct", "张伟写错了日期")
    hall.intake.note(CLERK, hall.key(), case, "张伟下午再来")
    with hall.store.reading() as reader:
        events = reader.history(f"case:{case}")
        state = reader.need(CASES, case)
        assert state.applicant is not None
        events += reader.history(f"party:{state.applicant.party}")
        party = reader.need(PARTIES, state.applicant.party)
    bodies = " ".join(repr(event.fact) for event in events)
    assert party.name == "张伟"
    for secret in ("张伟", "653101198805170130", "13900000000"):
        assert secret not in bodies


def test_undo_takes_back_one_step_and_says_which(hall: IntakeHall) -> None:
    case = hall.case("0603", **SINGLE)
    hall.intake.mark(CLERK, hall.key(), case, "letter", "present")
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    assert hall.intake.undo(CLERK, hall.key(), case).target == "letter"
    line = next(line for line in hall.queries.case_view(case).lines if line.material == "letter")
    assert line.mark == "present"
    for _ in range(5):
        hall.intake.undo(CLERK, hall.key(), case)
    with pytest.raises(UserFacingError) as caught:
        hall.intake.undo(CLERK, hall.key(), case)
    assert code_of(caught) == "case.nothing-to-undo"


def test_the_applicants_card_answers_for_the_identity_card(hall: IntakeHall) -> None:
    line = {line.material: line for line in hall.queries.case_view(hall.case("0603")).lines}["resident_id"]
    assert (line.mark, line.by_card) == ("present", True)
    typed = hall.intake.open_case(CLERK, hall.key())
    person = PersonInput.typed(Identity(name="张伟", number="653101198805170130"))
    hall.intake.record_person(CLERK, hall.key(), typed, "applicant", person)
    hall.intake.choose_item(CLERK, hall.key(), typed, "0603")
    line = {line.material: line for line in hall.queries.case_view(typed).lines}["resident_id"]
    assert line.mark is None


def test_an_expired_card_warns_and_answers_for_nothing(hall: IntakeHall) -> None:
    case = hall.case("0603", "expired")
    view = hall.queries.case_view(case)
    assert view.persons[0].expired
    assert any("expired" in warning.source for warning in view.warnings)
    assert {line.material: line.mark for line in view.lines}["resident_id"] is None


# mission: I15
def test_a_lack_is_allowed_only_where_the_material_allows_it(hall: IntakeHall) -> None:
    case = hall.case("0401", disabled="no", ill="no", student="yes", by_agent="no")
    with pytest.raises(UserFacingError) as caught:
        hall.intake.mark(CLERK, hall.key(), case, hall.queries.case_view(case).lines[0].material, "lacking")
    assert code_of(caught) == "mark.lack-not-allowed"
    hall.intake.mark(CLERK, hall.key(), case, "enrolment", "lacking")


@pytest.mark.parametrize(
    ("material", "mark", "reason", "code"),
    [("letter", "to_correct", " ", "mark.reason-needed"), ("marriage_cert", "present", "", "mark.not-asked")],
)
def test_marks_that_make_no_sense_are_refused(
    hall: IntakeHall, material: str, mark: str, reason: str, code: str
) -> None:
    case = hall.case("0603", **SINGLE)
    with pytest.raises(UserFacingError) as caught:
        if mark == "present":
            hall.intake.mark(CLERK, hall.key(), case, material, "present", reason)
        else:
            hall.intake.mark(CLERK, hall.key(), case, material, "to_correct", reason)
    assert code_of(caught) == code


def test_answers_that_a_question_cannot_have_are_refused(hall: IntakeHall) -> None:
    case = hall.case("0603")
    with pytest.raises(UserFacingError) as caught:
        hall.intake.answer(CLERK, hall.key(), case, "married", "perhaps")
    assert code_of(caught) == "question.not-an-answer"
    with pytest.raises(UserFacingError) as caught:
        hall.intake.answer(CLERK, hall.key(), case, "weather", "yes")
    assert code_of(caught) == "question.unknown"


def test_an_unlicensed_counter_is_told_which_counter_can(hall: IntakeHall) -> None:
    elsewhere = Actor("1006", "5")
    case = hall.case("0603", "zhang", elsewhere, **SINGLE)
    view = hall.queries.case_view(case, "5")
    assert not view.licensed
    assert 3 in view.counters
    hall.mark_all(case, elsewhere)
    with pytest.raises(UserFacingError) as caught:
        hall.intake.decide(elsewhere, hall.key(), case, "accept")
    assert code_of(caught) == "decision.unlicensed"


def test_decisions_need_what_the_law_asks(hall: IntakeHall) -> None:
    case = hall.case("0603", **SINGLE)
    for detail, code in (
        (DecisionInput(article="第七条"), "decision.reason-needed"),
        (DecisionInput(reason="不符合条件"), "decision.article-needed"),
    ):
        with pytest.raises(UserFacingError) as caught:
            hall.intake.decide(CLERK, hall.key(), case, "refuse", detail)
        assert code_of(caught) == code
    with pytest.raises(UserFacingError) as caught:
        hall.intake.decide(CLERK, hall.key(), case, "accept")
    assert code_of(caught) == "decision.not-allowed"
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert (state.stage, state.number) == ("draft", "")


def test_an_agent_without_a_mandate_cannot_have_a_case_decided(hall: IntakeHall) -> None:
    case = hall.case("0603", **SINGLE)
    hall.mark_all(case)
    agent = hall.card("li")
    party = hall.intake.record_person(CLERK, hall.key(), case, "agent", agent)
    assert "accept" not in hall.queries.case_view(case).verdict.allowed
    hall.intake.drop_person(CLERK, hall.key(), case, party)
    mandate = replace(agent, mandate=Mandate("代办婚育证明", date(2026, 12, 31)))
    hall.intake.record_person(CLERK, hall.key(), case, "agent", mandate)
    view = hall.queries.case_view(case)
    assert "accept" in view.verdict.allowed
    assert view.persons[-1].mandate == "代办婚育证明"


# mission: I1
def test_a_running_case_keeps_its_version(hall: IntakeHall) -> None:
    case = hall.case("0601")
    item = hall.queries.case_view(case).item
    assert item is not None
    assert item.version == 2
    hall.clock.advance(days=400)
    kept = hall.queries.case_view(case).item
    assert kept is not None
    assert kept.version == 2


# mission: I16
def test_a_refusal_for_another_place_states_that_it_is_not_ours_and_what_was_read(hall: IntakeHall) -> None:
    case = hall.case("0603", "salike", **SINGLE)
    detail = hall.queries.case_view(case).suggested_detail
    assert detail.reason.startswith("不属本机关管辖；管辖规定：当地（户口所在地）")
    assert citizens()["salike"].address in detail.reason

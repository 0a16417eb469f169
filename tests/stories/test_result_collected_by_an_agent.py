"""A result is collected: by an agent with both documents, by the applicant without a receipt, by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.delivery.delivery import DELIVERIES, Delivery
from counter_app.domain.intake.case import Mandate
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.facts_delivery import DeliveryFacts, LetterFacts
from counter_app.domain.paper.facts_ending import AmendmentFacts
from counter_app.domain.paper.facts_intake import CorrectionReceiptFacts
from counter_app.errors import UserFacingError
from counter_app.use_cases.delivery.inputs import AmendInput, CollectInput, ResultInput, ServedInput
from counter_app.use_cases.fees.charging import Choosing
from counter_app.use_cases.waiting.kiosk import KioskDesk
from tests.support.behind import decided_behind
from tests.support.fees import charge_fees
from tests.support.intake_hall import CLERK, OVERSEER, IntakeHall, citizens, opened, person_hash

MANDATE = Mandate("领取婚育证明", date(2026, 12, 31), "委2026-7")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


def granted(hall: IntakeHall, number: str = "LN-2026-000123") -> tuple[str, str]:
    """A case decided after acceptance, and the number of its acceptance notice."""
    case = hall.case("0603", "zhang", married="yes", has_children="no")
    hall.intake.set_field(CLERK, hall.key(), case, "phone", "13900000001")
    hall.mark_all(case)
    receipt = hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]
    hall.clock.advance(days=2)
    decided_behind(hall, case, number=number)
    return case, receipt


def delivery(hall: IntakeHall, case: str) -> Delivery:
    with hall.store.reading() as reader:
        return reader.need(DELIVERIES, case)


def last_paper(hall: IntakeHall, case: str) -> PaperFacts:
    with hall.store.reading() as reader:
        return hall.papers.facts(reader.papers.of_case(case)[-1].id)[1]


def refused(hall: IntakeHall, case: str, given: CollectInput) -> tuple[str, ...]:
    with pytest.raises(UserFacingError) as caught:
        hall.around.delivering.hand_over(CLERK, hall.key(), case, given)
    assert caught.value.code == "delivery.not-allowed"
    reasons = caught.value.params["all"]
    assert isinstance(reasons, tuple)
    return reasons


# mission: C13 P6
def test_an_agent_needs_mandate_and_both_documents_and_sees_only_the_result(hall: IntakeHall) -> None:
    case, receipt = granted(hall)
    assert [one.state for one in delivery(hall, case).results] == ["ready"]
    given = CollectInput(relation="agent", person=hall.card("li"), receipt=receipt)
    assert refused(hall, case, given) == (
        "An agent shows a mandate in force.",
        "An agent brings the applicant's document as well as his own.",
    )
    expired = replace(MANDATE, until=date(2026, 11, 1))
    both = replace(given, mandate=expired, applicant_number=citizens()["zhang"].number)
    assert refused(hall, case, both) == ("An agent shows a mandate in force.",)
    kiosk = KioskDesk(hall.store, hall.reference, person_hash)
    assert kiosk.progress_of(case).result == "ready"
    hall.around.delivering.hand_over(CLERK, hall.key(), case, replace(both, mandate=MANDATE))
    assert kiosk.progress_of(case).result == "handed_over"
    slip = last_paper(hall, case)
    assert isinstance(slip, DeliveryFacts)
    assert slip.delivered == (("《流动人口婚育证明》", "LN-2026-000123"),)
    assert slip.receiver == citizens()["li"].name
    assert "*" in slip.receiver_id
    assert slip.head.query_code == ""  # the collector sees only the result
    state = delivery(hall, case)
    assert (state.results[0].state, state.handings[0].relation) == ("handed_over", "agent")
    with pytest.raises(UserFacingError) as caught:
        hall.around.delivering.hand_over(CLERK, hall.key(), case, replace(both, mandate=MANDATE))
    assert caught.value.code == "delivery.nothing"


# mission: P6
def test_the_receipt_alone_is_no_authority_and_a_lost_one_goes_by_declaration(hall: IntakeHall) -> None:
    case, receipt = granted(hall)
    stranger = CollectInput(relation="applicant", person=hall.card("li"), receipt=receipt)
    assert refused(hall, case, stranger) == ("This document is not the applicant's.",)
    own = CollectInput(relation="applicant", person=hall.card("zhang"))
    assert refused(hall, case, own) == ("The receipt is shown, or its loss is declared in writing.",)
    other, other_receipt = granted(hall, "LN-2026-000124")
    wrong = replace(own, receipt=other_receipt)
    assert refused(hall, case, wrong) == ("The receipt is shown, or its loss is declared in writing.",)
    hall.around.delivering.hand_over(CLERK, hall.key(), case, replace(own, declared=True))
    slip = last_paper(hall, case)
    assert isinstance(slip, DeliveryFacts)
    assert "收件回执遗失声明" in slip.shown
    assert delivery(hall, other).waiting == (1,)


# mission: C13 C18
def test_post_comes_back_and_a_refusal_is_written_down(hall: IntakeHall) -> None:
    case, _ = granted(hall)
    hall.around.delivering.post(CLERK, hall.key(), case, "EMS", "EB123")
    assert delivery(hall, case).results[0].state == "posted"
    hall.around.delivering.post_settled(CLERK, hall.key(), case, arrived=False, reason="地址有误")
    state = delivery(hall, case)
    assert state.post is not None
    assert (state.results[0].state, state.post.back) == ("ready", "地址有误")
    refusal = ServedInput(manner="direct", place="新华社区", refused="不愿签字", witness="社区干部")
    hall.around.delivering.serve(CLERK, hall.key(), case, refusal)
    paper = last_paper(hall, case)
    assert isinstance(paper, DeliveryFacts)
    assert (paper.refusal, paper.witness) == ("不愿签字", "社区干部")
    assert delivery(hall, case).waiting == (1,)
    left = replace(refusal, manner="left")
    hall.around.delivering.serve(CLERK, hall.key(), case, left)
    assert delivery(hall, case).results[0].state == "handed_over"


# mission: C13 I17
def test_a_result_nobody_collects_is_chased_and_goes_back(hall: IntakeHall) -> None:
    case, _ = granted(hall)
    telling = hall.around.telling
    (row,) = telling.to_tell(OVERSEER)
    assert (row.about, row.phone, row.tries) == ("result", "13900000001", 0)
    telling.tell(CLERK, hall.key(), case, "result", "phone", "no_answer")
    assert telling.to_tell(OVERSEER) == ()  # not twice on one day
    hall.clock.advance(days=16)
    (row,) = telling.to_tell(OVERSEER)
    assert (row.tries, row.last) == (1, "no_answer")
    telling.ask_way(CLERK, hall.key(), case, "message")
    (message,) = telling.messages(CLERK, "messages-1")
    assert message.phone == "13900000001"
    assert "婚育证明" in message.text
    assert citizens()["zhang"].name not in message.text
    assert telling.messages(CLERK, "messages-1") == (message,)  # the same key, the same file
    assert telling.to_tell(OVERSEER) == ()
    hall.clock.advance(days=80)
    (row,) = telling.to_tell(OVERSEER)
    assert row.give_back
    telling.letter(CLERK, hall.key(), case, "result")
    letter = last_paper(hall, case)
    assert isinstance(letter, LetterFacts)
    assert letter.things == ("《流动人口婚育证明》",)
    hall.around.delivering.give_back(CLERK, hall.key(), case, "逾期无人领取")
    assert delivery(hall, case).results[0].state == "returned"
    assert telling.to_tell(OVERSEER, due_only=False) == ()


# mission: C18
def test_a_result_is_corrected_collected_again_and_revoked(hall: IntakeHall) -> None:
    case, receipt = granted(hall)
    own = CollectInput(relation="applicant", person=hall.card("zhang"), receipt=receipt)
    hall.around.delivering.hand_over(CLERK, hall.key(), case, own)
    with pytest.raises(UserFacingError) as caught:
        hall.around.delivering.amend(
            CLERK, hall.key(), case, AmendInput(amendment="corrected", reason="写错", article="")
        )
    assert caught.value.code == "result.basis"
    correct = AmendInput(
        amendment="corrected",
        reason="姓名写错一字",
        article="《行政许可法》第四十九条",
        was="张x",
        now="张三",
    )
    hall.around.delivering.amend(CLERK, hall.key(), case, correct)
    paper = last_paper(hall, case)
    assert isinstance(paper, AmendmentFacts)
    assert (paper.amendment, paper.now) == ("corrected", "张三")
    assert delivery(hall, case).waiting == (1,)
    revoke = AmendInput(amendment="revoked", reason="骗取", article="《行政许可法》第六十九条")
    hall.around.delivering.amend(CLERK, hall.key(), case, revoke)
    assert delivery(hall, case).results[0].state == "revoked"
    with pytest.raises(UserFacingError):
        hall.around.delivering.amend(CLERK, hall.key(), case, revoke)


# mission: I9 C13
def test_on_the_spot_the_result_is_in_the_citizens_hands_at_once(hall: IntakeHall) -> None:
    case = hall.case("0605", "li", replacing="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "grant", DecisionInput(result_number="独2026-1"))
    state = delivery(hall, case)
    assert [one.state for one in state.results] == ["handed_over"]
    assert state.handings[0].receiver == citizens()["li"].name


# mission: I15
def test_what_was_promised_is_listed_supplied_and_receipted(hall: IntakeHall) -> None:
    case = hall.case("0202", "li", cause="illness", urgent="no")
    lacking = next(line.material for line in hall.queries.case_view(case).lines if line.lack_allowed)
    hall.intake.mark(CLERK, hall.key(), case, lacking, "lacking")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    with hall.store.reading() as reader:
        until = reader.need(CASES, case).supply_by
    assert until is not None
    assert hall.around.telling.to_tell(OVERSEER) == ()
    hall.clock.advance(days=(until - date(2026, 11, 23)).days + 1)
    (row,) = hall.around.telling.to_tell(OVERSEER)
    assert (row.about, row.late) == ("lack", True)
    assert "lapse" in hall.queries.case_view(case).verdict.allowed
    hall.around.telling.supply(CLERK, hall.key(), case, (lacking,))
    receipt = last_paper(hall, case)
    assert isinstance(receipt, CorrectionReceiptFacts)
    assert receipt.still_open == ()
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert (state.lacking, state.supply_by) == ((), None)
    assert hall.around.telling.to_tell(OVERSEER) == ()


# mission: C13
def test_a_result_recorded_later_carries_the_catalogues_validity(hall: IntakeHall) -> None:
    case, _ = granted(hall, "")
    with hall.store.reading() as reader:
        assert not reader.need(DELIVERIES, case).results
    hall.around.delivering.record(CLERK, hall.key(), case, ResultInput(number="LN-9"))
    (one,) = delivery(hall, case).results
    assert (one.number, one.state) == ("LN-9", "ready")
    assert hall.store.check().sound


# mission: P6
def test_nothing_is_given_to_a_passer_by_under_the_name_of_service(hall: IntakeHall) -> None:
    case, _ = granted(hall)
    in_person = ServedInput(manner="direct", receiver="路人", relation="路过")
    by_wire = ServedInput(manner="electronic", receiver="路人")
    for given, code in ((in_person, "delivery.in-person"), (by_wire, "delivery.way")):
        with pytest.raises(UserFacingError) as caught:
            hall.around.delivering.serve(CLERK, hall.key(), case, given)
        assert caught.value.code == code
    assert delivery(hall, case).waiting == (1,)


# mission: P5 P6
def test_a_result_whose_fee_is_owed_goes_out_by_no_way_and_its_decision_by_any(hall: IntakeHall) -> None:
    charge_fees(hall)
    case, _ = granted(hall)
    hall.around.charging.charge(CLERK, hall.key(), {case: Choosing({"card": 1}, {})})
    delivering = hall.around.delivering
    left = ServedInput(manner="left", place="新华社区", refused="无人在家", witness="社区干部")
    ways = (
        lambda: delivering.serve(CLERK, hall.key(), case, left),
        lambda: delivering.post(CLERK, hall.key(), case, "EMS", "EB123"),
        lambda: delivering.to_station(CLERK, hall.key(), case, "xinhua-station"),
    )
    for way in ways:
        with pytest.raises(UserFacingError) as caught:
            way()
        assert caught.value.params["all"] == ("A fee of this case is still to be paid.",)
    assert delivery(hall, case).results[0].state == "ready"
    delivering.serve(CLERK, hall.key(), case, replace(left, manner="direct"))  # a refusal gives nothing away
    hall.around.charging.pay(CLERK, hall.key(), case, "cash")
    delivering.post(CLERK, hall.key(), case, "EMS", "EB123")
    assert delivery(hall, case).results[0].state == "posted"
    denied = hall.case("0603", "li", married="yes", has_children="no")
    hall.mark_all(denied)
    hall.intake.decide(CLERK, hall.key(), denied, "accept")
    hall.around.charging.charge(CLERK, hall.key(), {denied: Choosing({"card": 1}, {})})
    decided_behind(hall, denied, "deny")
    delivering.serve(CLERK, hall.key(), denied, left)
    assert delivery(hall, denied).waiting == ()

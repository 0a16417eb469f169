"""A matter is paid for as the catalogue says, once; the drawer is counted in the evening (mission: P5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.bootstrap.around import around_case
from counter_app.domain.fees.rules import in_capitals
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.facts_fees import FeeBackFacts, FeeNoticeFacts, FeeReceiptFacts, SettlementFacts
from counter_app.domain.paper.issued import PAPERS
from counter_app.errors import UserFacingError
from counter_app.use_cases.delivery.inputs import CollectInput
from counter_app.use_cases.fees.charging import ONCE, Choosing
from tests.support.behind import decided_behind
from tests.support.fees import charge_fees
from tests.support.intake_hall import CLERK, OVERSEER, IntakeHall, opened

SUPERVISOR = Actor("1011", "3")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    for hall in opened(tmp_path):
        charge_fees(hall)
        yield hall


def accepted(hall: IntakeHall, ticket: str | None = None) -> tuple[str, str]:
    case = hall.intake.open_case(CLERK, hall.key(), ticket)
    hall.intake.record_person(CLERK, hall.key(), case, "applicant", hall.card("zhang"))
    hall.intake.choose_item(CLERK, hall.key(), case, "0603")
    for question, answer in (("married", "no"), ("has_children", "no")):
        hall.intake.answer(CLERK, hall.key(), case, question, answer)
    hall.mark_all(case)
    return case, hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]


def facts(hall: IntakeHall, paper: str) -> PaperFacts:
    return hall.papers.facts(paper)[1]


def code(hall: IntakeHall, case: str, choosing: Choosing) -> str:
    with pytest.raises(UserFacingError) as caught:
        hall.around.charging.charge(CLERK, hall.key(), {case: choosing})
    return caught.value.code


# mission: P5
def test_only_what_the_catalogue_gives_is_charged_reduced_and_paid(hall: IntakeHall) -> None:
    case, receipt = accepted(hall)
    assert code(hall, case, Choosing({"other": 1}, {})) == "fees.not-in-catalogue"
    assert code(hall, case, Choosing({"card": 4}, {})) == "fees.not-in-catalogue"
    assert code(hall, case, Choosing({}, {"card": "friend"})) == "fees.not-in-catalogue"
    chosen = {case: Choosing({"card": 2}, {"card": "disabled"})}
    notice = facts(hall, hall.around.charging.charge(CLERK, hall.key(), chosen))
    assert isinstance(notice, FeeNoticeFacts)
    (line,) = notice.fees
    assert (line.standard, line.quantity, line.amount, notice.total) == (1005, 2, 1005, 1005)
    assert line.basis == "《某省收费目录》第三项；《某省减免办法》第二条"
    assert notice.pay_by == date(2026, 11, 30)  # five days end on a Saturday
    decided_behind(hall, case, number="LN-1")
    own = CollectInput(relation="applicant", person=hall.card("zhang"), receipt=receipt)
    with pytest.raises(UserFacingError) as caught:
        hall.around.delivering.hand_over(CLERK, hall.key(), case, own)
    assert caught.value.params["all"] == ("A fee of this case is still to be paid.",)
    paid = facts(hall, hall.around.charging.pay(CLERK, hall.key(), case, "cash"))
    assert isinstance(paid, FeeReceiptFacts)
    assert (paid.total, paid.capitals) == (1005, "壹拾元零伍分")
    with pytest.raises(UserFacingError) as caught:
        hall.around.charging.pay(CLERK, hall.key(), case, "cash")
    assert caught.value.code == "fees.nothing-owed"
    hall.around.delivering.hand_over(CLERK, hall.key(), case, own)


# mission: P5 C2
def test_a_matter_lists_all_its_fees_once_and_is_paid_with_one_receipt(hall: IntakeHall) -> None:
    first, _ = accepted(hall, "visit-1")
    second, _ = accepted(hall, "visit-1")
    view = hall.around.charging.view(first)
    assert [case for case, _, _ in view.matter] == [second]
    notice = facts(hall, hall.around.charging.charge(CLERK, hall.key(), {first: ONCE, second: ONCE}))
    assert isinstance(notice, FeeNoticeFacts)
    assert (len(notice.fees), notice.total) == (2, 2010)
    paid = facts(hall, hall.around.charging.pay(CLERK, hall.key(), second, "scan"))
    assert isinstance(paid, FeeReceiptFacts)
    assert paid.total == 2010
    assert hall.around.charging.owed(OVERSEER) == ()


# mission: P5
def test_a_wrong_receipt_is_voided_today_and_refunded_later_and_the_day_adds_up(hall: IntakeHall) -> None:
    charging, settling = hall.around.charging, hall.around.settling
    refunding = hall.around.refunding
    case, _ = accepted(hall)
    charging.charge(CLERK, hall.key(), {case: ONCE})
    charging.pay(CLERK, hall.key(), case, "cash")
    (wrong,) = charging.view(case).receipts
    voucher = facts(hall, refunding.void(CLERK, hall.key(), wrong.id, "缴费方式有误"))
    assert isinstance(voucher, FeeBackFacts)
    assert (voucher.back, voucher.amount) == ("voided", 1005)
    charging.pay(CLERK, hall.key(), case, "scan")
    day = settling.day(CLERK.staff)
    assert (day.taken, day.drawer, [one.holds for one in day.receipts]) == (1005, 0, [False, True])
    with pytest.raises(UserFacingError) as caught:
        settling.settle(CLERK, hall.key(), 500)
    assert caught.value.code == "fees.difference"
    paper = settling.settle(CLERK, hall.key(), 500, "多收五元，已登记")
    settled = facts(hall, paper)
    assert isinstance(settled, SettlementFacts)
    assert (settled.taken, settled.counted, settled.by_method) == (1005, 500, (("scan", 1005),))
    with hall.store.reading() as reader:
        assert reader.need(PAPERS, paper).case is None
    other, _ = accepted(hall)
    charging.charge(CLERK, hall.key(), {other: ONCE})
    with pytest.raises(UserFacingError) as caught:
        charging.pay(CLERK, hall.key(), other, "cash")
    assert caught.value.code == "fees.day-settled"

    hall.clock.advance(days=1)
    (right,) = charging.view(case).receipts
    with pytest.raises(UserFacingError) as caught:
        refunding.void(CLERK, hall.key(), right.id, "晚了")
    assert caught.value.code == "fees.void"
    with pytest.raises(UserFacingError) as caught:
        refunding.refund(CLERK, hall.key(), right.id, "申请撤回", "《某省收费目录》第九项")
    assert caught.value.code == "access.no-right"
    back = facts(
        hall, refunding.refund(SUPERVISOR, hall.key(), right.id, "申请撤回", "《某省收费目录》第九项")
    )
    assert isinstance(back, FeeBackFacts)
    assert back.back == "refunded"
    tomorrow = settling.day(SUPERVISOR.staff)
    assert (tomorrow.taken, tomorrow.refunded, tomorrow.drawer) == (0, 1005, -1005)
    assert hall.store.check().sound


# mission: P5 X1
def test_while_the_centre_is_away_no_more_is_taken_than_the_hall_allows(hall: IntakeHall) -> None:
    case, _ = accepted(hall)
    away = around_case(hall.store, hall.needs, hall.people, lambda: True)
    away.charging.charge(CLERK, hall.key(), {case: ONCE})
    with pytest.raises(UserFacingError) as caught:
        away.charging.pay(CLERK, hall.key(), case, "cash")
    assert caught.value.code == "centre.needed"
    hall.around.charging.pay(CLERK, hall.key(), case, "cash")


# mission: C18 C14
def test_a_notice_of_fees_is_withdrawn_by_right_so_that_an_ended_case_can_be_filed(hall: IntakeHall) -> None:
    case, _ = accepted(hall)
    hall.around.charging.charge(CLERK, hall.key(), {case: ONCE})
    hall.intake.decide(CLERK, hall.key(), case, "withdraw", DecisionInput(reason="不再外出"))
    needed = [one.code for one in hall.around.archiving.view(case).missing if one.needed]
    assert needed == ["fees"]
    with pytest.raises(UserFacingError) as caught:
        hall.around.refunding.drop(CLERK, hall.key(), case, "申请人撤回")
    assert caught.value.code == "access.no-right"
    hall.around.refunding.drop(SUPERVISOR, hall.key(), case, "申请人撤回")
    assert hall.around.charging.owed(OVERSEER) == ()
    assert hall.around.archiving.view(case).complete
    with pytest.raises(UserFacingError) as caught:
        hall.around.charging.pay(CLERK, hall.key(), case, "cash")
    assert caught.value.code == "fees.nothing-owed"


# mission: C18 I17
def test_a_fee_nobody_paid_is_listed_and_told(hall: IntakeHall) -> None:
    case, _ = accepted(hall)
    hall.around.charging.charge(CLERK, hall.key(), {case: ONCE})
    hall.clock.advance(days=8)
    (owed,) = hall.around.charging.owed(OVERSEER)
    assert (owed.case, owed.fen, owed.late) == (case, 1005, True)
    (row,) = hall.around.telling.to_tell(OVERSEER)
    assert (row.about, row.late, row.things) == ("fee", True, ("证照工本费",))


# mission: P5
@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (1000, "壹拾元整"),
        (1005, "壹拾元零伍分"),
        (12345, "壹佰贰拾叁元肆角伍分"),
        (100_000, "壹仟元整"),
        (100_050, "壹仟元伍角整"),
        (1_000_100, "壹万零壹元整"),
        (10_010_000_00, "壹仟零壹万元整"),
        (100_000_100_00, "壹亿零壹佰元整"),
        (1_234_567_89, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
    ],
)
def test_amounts_in_capitals(fen: int, words: str) -> None:
    assert in_capitals(fen) == words

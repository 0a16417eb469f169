"""Intake told as visits: the citizen leaves with the right paper (mission: I1–I9, I15, I16, P1–P3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.parties import Identity
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.facts_intake import (
    AcceptanceFacts,
    CorrectionReceiptFacts,
    LackFacts,
    OnceOnlyNoticeFacts,
    PapersReceiptFacts,
    ReturnListFacts,
)
from counter_app.domain.paper.facts_outcome import NoPermitNeededFacts, RefusalFacts, ResultFacts
from counter_app.domain.paper.model import Text
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.intake.inputs import PersonInput
from tests.support.intake_hall import CLERK, SOCIAL, IntakeHall, citizens, opened


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


def papers_of(hall: IntakeHall, case: str) -> list[PaperFacts]:
    with hall.store.reading() as reader:
        found = reader.papers.of_case(case)
    return [hall.papers.facts(paper.id)[1] for paper in found]


def said(hall: IntakeHall, case: str) -> str:
    sentences = hall.queries.case_view(case, "3").verdict.sentences
    return " ".join(sentence.source.format(**sentence.places) for sentence in sentences)


# mission: I8 I9 P1
def test_complete_papers_are_accepted_with_a_due_date(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="yes", has_children="no")
    hall.intake.set_field(CLERK, hall.key(), case, "phone", "0317-2000001")
    hall.mark_all(case)
    assert "complete and in order" in said(hall, case)
    assert "due on 2026-11-26" in said(hall, case)
    decided = hall.intake.decide(CLERK, hall.key(), case, "accept")
    (paper,) = papers_of(hall, case)
    assert isinstance(paper, AcceptanceFacts)
    assert paper.head.number == decided.papers[0]
    assert paper.head.query_code == decided.query
    assert paper.head.clerk == "王敏"
    assert paper.due_on == date(2026, 11, 26)
    assert paper.case_number == decided.number
    assert paper.applicant.id_number == "6531********0130"
    assert "结婚证(或生育证、单位出具的婚姻状况证明)" in [material.name for material in paper.materials]
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
        (issued,) = reader.papers.of_case(case)
    assert (state.stage, state.handled_as, state.promised_due) == ("accepted", "promise", date(2026, 11, 26))
    hall.clock.advance(days=5)
    due = hall.queries.case_view(case).due
    assert due is not None
    assert due.day == date(2026, 11, 26)  # what was promised does not move with the days
    assert issued.sheet  # sealed on a sheet; the roll is a copy (mission: P13)


# mission: I6 P2
def test_all_shortcomings_go_on_one_notice_and_a_return_visit_opens_only_those(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="yes", has_children="no")
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.intake.mark(CLERK, hall.key(), case, "marriage_cert", "to_correct", "复印件缺内页")
    hall.mark_all(case)
    decided = hall.intake.decide(CLERK, hall.key(), case, "notify")
    (notice,) = papers_of(hall, case)
    assert isinstance(notice, OnceOnlyNoticeFacts)
    assert [problem.wrong for problem in notice.problems] == ["未提交", "复印件缺内页"]
    assert notice.until == date(2026, 12, 7)

    hall.clock.advance(days=2)
    assert hall.intake.return_visit(CLERK, hall.key(), case) == ("letter", "marriage_cert")
    with pytest.raises(UserFacingError) as caught:
        hall.intake.mark(CLERK, hall.key(), case, "photo", "missing")
    assert caught.value.code == "mark.not-open"
    hall.intake.mark(CLERK, hall.key(), case, "letter", "present")
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    receipt = papers_of(hall, case)[1]
    assert isinstance(receipt, CorrectionReceiptFacts)
    assert receipt.notice_number == decided.papers[0]
    assert [came.material.name for came in receipt.came] == ["村委会（或单位）证明信"]
    assert receipt.still_open == ("结婚证(或生育证、单位出具的婚姻状况证明)",)

    hall.intake.mark(CLERK, hall.key(), case, "marriage_cert", "to_correct", "照片不清")
    with pytest.raises(UserFacingError) as caught:
        hall.intake.decide(CLERK, hall.key(), case, "notify")
    assert caught.value.code == "decision.cause-needed"
    hall.intake.mark(CLERK, hall.key(), case, "marriage_cert", "present")
    accepted = hall.intake.decide(CLERK, hall.key(), case, "accept")
    assert accepted.number == decided.number
    assert isinstance(papers_of(hall, case)[-1], AcceptanceFacts)


# mission: I6
def test_a_second_notice_is_flagged_and_counted_against_who_caused_it(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.intake.mark(CLERK, hall.key(), case, "letter", "missing")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    hall.intake.return_visit(CLERK, hall.key(), case)
    hall.intake.mark(CLERK, hall.key(), case, "letter", "to_correct", "未写明婚育状况")
    assert "second notice" in said(hall, case)
    detail = DecisionInput(cause="首次告知未说明内容要求", caused_by="1002")
    hall.intake.decide(CLERK, hall.key(), case, "notify", detail)
    second = papers_of(hall, case)[-1]
    assert isinstance(second, OnceOnlyNoticeFacts)
    assert (second.nth, second.nth_reason) == (2, "首次告知未说明内容要求")
    assert second.problems[0].wrong == "未写明婚育状况"
    with hall.store.reading() as reader:
        notices = reader.need(CASES, case).notices
    assert [(notice.nth, notice.caused_by) for notice in notices] == [(1, ""), (2, "1002")]


# mission: I6
def test_what_can_be_put_right_today_is_waited_for(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.intake.mark(CLERK, hall.key(), case, "application_form", "missing")
    hall.mark_all(case)
    assert "put right today" in said(hall, case)
    hall.intake.hold(CLERK, hall.key(), case)
    assert hall.queries.case_view(case).held_until == date(2026, 11, 23)
    assert "held until" not in said(hall, case)
    hall.clock.advance(days=1)
    assert "held until 2026-11-23 only" in said(hall, case)
    hall.clock.advance(days=-1)
    hall.intake.mark(CLERK, hall.key(), case, "application_form", "present")
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    assert [paper.kind for paper in papers_of(hall, case)] == ["acceptance"]


# mission: I9
def test_an_item_for_the_spot_is_accepted_and_decided_in_one_visit(hall: IntakeHall) -> None:
    case = hall.case("0605", "li", replacing="no")
    hall.mark_all(case)
    assert hall.queries.case_view(case).verdict.suggested == "grant"
    hall.intake.decide(CLERK, hall.key(), case, "grant")
    (result,) = papers_of(hall, case)
    assert isinstance(result, ResultFacts)
    assert result.granted
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert [act.kind for act in state.acts] == ["accept", "grant"]
    assert (state.stage, state.handled_as) == ("granted", "spot")


# mission: I9 P3
def test_a_refusal_names_reason_article_and_remedies(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    detail = DecisionInput(reason="未满法定年龄", article="《流动人口计划生育工作条例》第七条")
    hall.intake.decide(CLERK, hall.key(), case, "refuse", detail)
    (refusal,) = papers_of(hall, case)
    assert isinstance(refusal, RefusalFacts)
    assert refusal.circumstance == "未满法定年龄"
    assert refusal.basis == ("《流动人口计划生育工作条例》第七条",)
    assert (refusal.remedies.review_days, refusal.remedies.suit_months) == (60, 6)
    names = [material.name for material in refusal.returned]
    assert "居民身份证" not in names  # it was read and is in his pocket
    assert names


# mission: I16
def test_another_place_is_competent_and_the_paper_names_it(hall: IntakeHall) -> None:
    case = hall.case("0601", "zhang", registered_here="no")
    view = hall.queries.case_view(case, "3")
    assert view.verdict.suggested == "refuse"
    assert "competent body" in said(hall, case)
    detail = view.suggested_detail
    assert "常住户籍所在地" in detail.competent
    article = DecisionInput(
        reason=detail.reason, competent=detail.competent, article=detail.article or "待核"
    )
    hall.intake.decide(CLERK, hall.key(), case, "refuse", article)
    (refusal,) = papers_of(hall, case)
    assert isinstance(refusal, RefusalFacts)
    assert refusal.competent_body == detail.competent


# mission: P3
def test_a_matter_that_needs_no_permit_is_told_so_on_its_own_paper(hall: IntakeHall) -> None:
    case = hall.case("0602", "li", wife_registered_here="yes", which_child="third")
    view = hall.queries.case_view(case)
    assert view.verdict.suggested == "no_permit"
    hall.intake.decide(CLERK, hall.key(), case, "no_permit", view.suggested_detail)
    (paper,) = papers_of(hall, case)
    assert isinstance(paper, NoPermitNeededFacts)
    assert "不需要审批" in paper.reason


# mission: I8 P1
def test_papers_may_be_received_first_and_accepted_later(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.pre_review(CLERK, hall.key(), case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    (receipt,) = papers_of(hall, case)
    assert isinstance(receipt, PapersReceiptFacts)
    assert receipt.decide_by == date(2026, 11, 30)
    hall.clock.advance(days=3)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    acceptance = papers_of(hall, case)[-1]
    assert isinstance(acceptance, AcceptanceFacts)
    assert acceptance.due_on == date(2026, 12, 1)  # the clock starts at acceptance
    assert acceptance.applied_on == date(2026, 11, 23)


# mission: I15
def test_a_named_lack_is_promised_in_writing_with_its_date(hall: IntakeHall) -> None:
    case = hall.case("0401", "ma", SOCIAL, disabled="no", ill="no", student="yes", by_agent="no")
    hall.intake.mark(SOCIAL, hall.key(), case, "enrolment", "lacking")
    hall.mark_all(case, SOCIAL)
    hall.intake.decide(SOCIAL, hall.key(), case, "accept")
    acceptance, notice, promise = papers_of(hall, case)
    assert isinstance(acceptance, AcceptanceFacts)
    assert isinstance(notice, LackFacts)
    assert isinstance(promise, LackFacts)
    assert (notice.part, promise.part) == ("notice", "promise")
    assert notice.lacks[0].until <= acceptance.due_on
    promised = acceptance.materials[-1]
    assert promised.note == f"容缺，{notice.lacks[0].until}前补齐"
    assert (promised.originals, promised.copies) == (0, 0)  # it was not received
    assert acceptance.lacking == 1
    blocks = build(acceptance, Translator("zh_CN")).blocks
    said = [block.text for block in blocks if isinstance(block, Text)]
    assert "除承诺容缺后补的 1 件外，申请材料齐全、符合法定形式，予以受理。" in said
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert state.lacking == ("enrolment",)
    assert state.supply_by == notice.lacks[0].until


# mission: C17 (first cut)
def test_a_withdrawal_gives_the_papers_back(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    hall.intake.decide(CLERK, hall.key(), case, "withdraw", DecisionInput(reason="不再外出"))
    returned = papers_of(hall, case)[-1]
    assert isinstance(returned, ReturnListFacts)
    assert len(returned.materials) == 3


# mission: I5 I11
def test_a_document_to_confirm_goes_back_at_once_and_only_its_copy_is_handed_back_later(
    hall: IntakeHall,
) -> None:
    case = hall.intake.open_case(CLERK, hall.key())
    typed = PersonInput.typed(Identity(name="张某", number=citizens()["zhang"].number))
    hall.intake.record_person(CLERK, hall.key(), case, "applicant", typed)
    hall.intake.choose_item(CLERK, hall.key(), case, "0603")
    for question in ("married", "has_children"):
        hall.intake.answer(CLERK, hall.key(), case, question, "no")
    hall.mark_all(case)
    by_card = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(by_card)
    notes, back = {}, {}
    for each in (case, by_card):
        hall.intake.decide(CLERK, hall.key(), each, "accept")
        hall.intake.decide(CLERK, hall.key(), each, "withdraw", DecisionInput(reason="不再外出"))
        acceptance, returned = papers_of(hall, each)
        assert isinstance(acceptance, AcceptanceFacts)
        assert isinstance(returned, ReturnListFacts)
        (card,) = (one for one in acceptance.materials if one.name == "居民身份证")
        notes[each] = (card.note, card.originals, card.copies)
        back[each] = [(one.originals, one.copies) for one in returned.materials if one.name == card.name]
    assert notes == {case: ("原件核验后退还", 1, 1), by_card: ("读卡核验", 0, 0)}
    assert back == {case: [(0, 1)], by_card: []}


def test_the_preview_is_the_paper_but_for_number_and_code(hall: IntakeHall) -> None:
    t = Translator("zh_CN")
    case = hall.intake.open_case(CLERK, hall.key())
    assert hall.queries.preview(case, t) is None
    hall.intake.record_person(CLERK, hall.key(), case, "applicant", hall.card("zhang"))
    hall.intake.choose_item(CLERK, hall.key(), case, "0603")
    growing = hall.queries.preview(case, t)
    assert growing is not None
    assert growing.kind == "papers-receipt"
    for question in ("married", "has_children"):
        hall.intake.answer(CLERK, hall.key(), case, question, "no")
    hall.mark_all(case)
    preview = hall.queries.preview(case, t, staff="1002", counter="3")
    assert preview is not None
    assert preview.kind == "acceptance"
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    (facts,) = papers_of(hall, case)
    assert facts.kind == preview.kind
    assert preview.number == "……"

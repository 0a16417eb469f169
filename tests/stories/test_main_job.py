"""From ticket to receipt on a training home: the real keeper prints, the real driver reads the cards.

A citizen takes a ticket with the ID card, is called, lays the card on, and leaves with the right paper
out of the (simulated) printer (mission: Q1, Q2, Q6, I1–I6, I9, P1–P3, P10). The windows over this are
tested in `tests/ui`; the arithmetic of each paper in `tests/unit/domain/paper`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.errors import UserFacingError
from counter_app.simulators.printer.sheet import Sheet
from counter_app.use_cases.access.access import Shift
from counter_app.use_cases.intake.inputs import Decided, PersonInput
from tests.support.demo import (
    KIOSK,
    DemoHall,
    ReadCards,
    card_reading,
    keeper_process,
    opened_demo,
    squeezed,
)

ON_EVERY_PAPER = ("★演练无效★", "南环街道便民服务中心", "王敏3号窗口", "投诉：12345", "扫一扫查进度、验真伪")


@dataclass
class Counter:
    """Counter 3 with its clerk, its reader, and the printer that the keeper prints to."""

    hall: DemoHall
    cards: ReadCards
    clerk: Shift

    def serve(self, who: str, item: str, **answers: str) -> tuple[str, str]:
        """Kiosk, call, card, item, situations; gives ticket and case, with nothing marked yet."""
        hall, actor, program = self.hall, self.clerk.actor, self.hall.program
        issued = hall.kiosk_ticket(self.cards.lay(who), item)
        called = program.waiting.call_next(actor, hall.key())
        assert called is not None
        assert called.number == issued.number
        program.waiting.start(actor, hall.key(), called.id)
        case = program.intake.open_case(actor, hall.key(), called.id)
        card = self.cards.lay(who)
        party = program.intake.record_person(
            actor, hall.key(), case, "applicant", PersonInput.from_card(card)
        )
        program.intake.confirm_match(actor, hall.key(), case, party, same=True)
        program.intake.choose_item(actor, hall.key(), case, item)
        for question, value in answers.items():
            program.intake.answer(actor, hall.key(), case, question, value)
        return called.id, case

    def decide(self, case: str, outcome: DecisionKind, detail: DecisionInput | None = None) -> Decided:
        return self.hall.program.intake.decide(self.clerk.actor, self.hall.key(), case, outcome, detail)

    def printed(self, decided: Decided) -> Sheet:
        """The paper of a decision, once the keeper has printed everything."""
        self.hall.all_ended()
        assert [job.state for job in self.hall.jobs()] == ["printed"] * len(self.hall.jobs())
        sheet = self.hall.printed(decided.papers[0])
        text = squeezed(sheet.text)
        missing = [words for words in ON_EVERY_PAPER if words not in text]
        assert not missing
        assert text.count("★演练无效★") == 2
        return sheet


@pytest.fixture
def counter(training_home: Path, tmp_path: Path) -> Iterator[Counter]:
    with (
        opened_demo(training_home, tmp_path) as hall,
        keeper_process(hall.home),
        card_reading(hall) as cards,
    ):
        yield Counter(hall, cards, hall.log_in("1002", "3"))


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def assert_says(sheet: Sheet, *words: str) -> None:
    text = squeezed(sheet.text)
    missing = [part for part in words if squeezed(part) not in text]
    assert not missing, f"{missing} not in:\n{sheet.text}"


# mission: Q1 Q2 I1 I2 I3 I4 I8 P1 Q6
def test_ticket_card_checklist_acceptance_rating(counter: Counter) -> None:
    hall, program, clerk = counter.hall, counter.hall.program, counter.clerk.actor
    ticket, case = counter.serve("zhang", "0603", married="yes", has_children="no")
    program.intake.set_field(clerk, hall.key(), case, "phone", "0317-2000001")
    program.intake.set_field(clerk, hall.key(), case, "delivery", "到窗口领取")
    view = program.intake_queries.case_view(case, "3")
    (person,) = view.persons
    assert (person.name, person.source, person.same) == ("张伟", "card", True)
    by_marriage = [line.name for line in view.lines if line.because]
    assert any("结婚证" in name for name in by_marriage)
    assert "accept" not in view.verdict.allowed
    hall.mark_all(case)
    view = program.intake_queries.case_view(case, "3")
    assert view.verdict.suggested == "accept"
    assert view.due is not None
    decided = counter.decide(case, "accept")
    program.waiting.finish(clerk, hall.key(), ticket)
    assert program.ratings.rate(KIOSK, hall.key(), ticket, 1).staff == "1002"

    acceptance = counter.printed(decided)
    today = program.clock.now().date()
    assert_says(
        acceptance,
        "受理通知书",
        decided.papers[0],
        f"办件编号：{decided.number}",
        "申请人：张伟",
        "居民身份证：6531********0130",
        "电话：0317-2000001",
        "《流动人口婚育证明》办理",
        f"申请日期：{day(today)}",
        f"受理日期：{day(today)}",
        "申请材料齐全、符合法定形式，予以受理",
        "法律依据：《流动人口计划生育工作条例》第七条",
        f"办结期限：{day(view.due.day)}",
        "承诺时限：3个工作日",
        "法定时限：",
        "收到材料",
        "结婚证(或生育证、",
        "收费：不收费",
        "受理人：王敏",
        "到窗口领取",
        "领取结果时，请带本通知书和身份证件",
        "签收人：",
        "一式2份",
        f"查询码{decided.query}",
        "盖章件以A4为准",
    )
    assert "653101198805170130" not in squeezed(acceptance.text)
    slip = next(sheet for sheet in hall.sheets if "取号时间" in squeezed(sheet.text))
    assert_says(slip, "A001", "前面还有：0人", "婚育证明", "请提前备好", "居民身份证", "请到：")
    assert slip.qr


# mission: I6 P2
def test_shortcomings_on_one_notice_then_the_return_visit(counter: Counter) -> None:
    hall, program, clerk = counter.hall, counter.hall.program, counter.clerk.actor
    ticket, case = counter.serve("zhang", "0603", married="yes", has_children="no")
    program.intake.mark(clerk, hall.key(), case, "letter", "missing")
    program.intake.mark(clerk, hall.key(), case, "marriage_cert", "to_correct", "复印件缺内页")
    hall.mark_all(case)
    decided = counter.decide(case, "notify")
    program.waiting.finish(clerk, hall.key(), ticket)
    notice = counter.printed(decided)
    with program.store.reading() as reader:
        until_day = reader.cases.by_number(decided.number)
    assert until_day is not None
    assert until_day.notices[-1].until is not None
    assert_says(
        notice,
        "一次性告知书",
        decided.papers[0],
        decided.number,
        "张伟",
        "村委会（或单位）证明信",
        "未提交",
        "结婚证(或生育证、单位出具的婚姻状况证明)",
        "复印件缺内页",
        f"补齐期限：{day(until_day.notices[-1].until)}",
        "《流动人口计划生育工作条例》第七条",
        "0317-200 0000",
        "盖章件以A4为准",
    )
    assert "1寸照片" not in squeezed(notice.text)

    assert program.intake.return_visit(clerk, hall.key(), case) == ("letter", "marriage_cert")
    program.intake.mark(clerk, hall.key(), case, "letter", "present")
    receipt = counter.printed(counter.decide(case, "receive"))
    assert_says(receipt, "补正材料收件凭证", decided.papers[0], "村委会（或单位）证明信")
    came, _, still = squeezed(receipt.text).partition("还需补交")
    assert "村委会" in came
    assert "结婚证" not in came
    assert "结婚证" in still
    program.intake.mark(clerk, hall.key(), case, "marriage_cert", "present")
    assert_says(counter.printed(counter.decide(case, "accept")), "受理通知书", decided.number)


# mission: I9 P3
def test_refusal_with_reason_article_body_and_remedies(counter: Counter) -> None:
    _, case = counter.serve("zhang", "0603", married="no", has_children="no")
    counter.hall.mark_all(case)
    detail = DecisionInput(
        reason="未满法定年龄", article="《流动人口计划生育工作条例》第七条", competent="疏勒县人口计生部门"
    )
    decided = counter.decide(case, "refuse", detail)
    assert_says(
        counter.printed(decided),
        "不予受理决定书",
        decided.papers[0],
        "张伟",
        "未满法定年龄",
        "《流动人口计划生育工作条例》第七条",
        "疏勒县人口计生部门",
        "60日",
        "行政复议",
        "6个月",
        "行政诉讼",
        "居民身份证",
        "盖章件以A4为准",
    )


# mission: I9 Q6
def test_granted_on_the_spot_and_rated(counter: Counter) -> None:
    hall, program, clerk = counter.hall, counter.hall.program, counter.clerk.actor
    ticket, case = counter.serve("li", "0605", replacing="no")
    hall.mark_all(case)
    assert program.intake_queries.case_view(case, "3").verdict.suggested == "grant"
    decided = counter.decide(case, "grant")
    program.waiting.finish(clerk, hall.key(), ticket)
    program.ratings.rate(KIOSK, hall.key(), ticket, 5, ("wait",))
    assert_says(counter.printed(decided), "办理结果", decided.number, "李秀英")
    with pytest.raises(UserFacingError) as again:
        program.ratings.rate(KIOSK, hall.key(), ticket, 1)
    assert again.value.code == "rating.given"


# mission: P10
def test_a_reprint_says_so_and_why_and_the_qr_tells_genuine_from_forged(counter: Counter) -> None:
    hall, program = counter.hall, counter.hall.program
    _, case = counter.serve("li", "0605", replacing="no")
    hall.mark_all(case)
    decided = counter.decide(case, "grant")
    first = counter.printed(decided)
    assert "补打" not in first.text
    paper = hall.paper(decided)
    program.papers.reprint(counter.clerk.actor, hall.key(), paper.id, "当事人遗失")
    hall.all_ended()
    _, second = hall.sheets_of(decided.papers[0])
    assert_says(second, "补打1", "当事人遗失")
    assert (first.qr, hall.paper(decided).prints) == (second.qr, 2)

    (text,) = first.qr
    genuine = program.papers.verify(text)
    assert (genuine.result, genuine.anchored, genuine.stage) == ("genuine", True, "granted")
    assert genuine.paper is not None
    assert (genuine.paper.number, genuine.paper.prints) == (decided.papers[0], 2)
    assert genuine.statement.masked_name == "李**"
    results: set[str] = set()
    for at in range(len("GSH1:"), len(text), 17):
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        try:
            results.add(program.papers.verify(changed).result)
        except UserFacingError as error:
            results.add(error.code)
    assert "forged" in results
    assert results <= {"forged", "unknown_key", "paper.qr-unreadable"}

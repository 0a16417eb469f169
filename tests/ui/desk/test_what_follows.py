"""After a key nothing else is in hand than what is shown, and one knows what comes next (mission: C1, C9)."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from counter_app.domain.intake.fold import CASES
from counter_app.domain.paper.facts_outcome import ResultFacts
from counter_app.i18n import Translator
from counter_app.printing.fonts import FontFiles
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.use_cases.papers.reading import PaperReading
from tests.support.casework_hall import POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.ui.desk.office import Office

HANDLER, APPROVER, FINAL = "1021", "1009", "1022"
BIRTH = {
    "wife_registered_here": "yes",
    "which_child": "more",
    "pregnant": "no",
    "adopted": "no",
    "circumstance": "remarried",
}
LAW = ("流动人口计划生育工作条例", "第七条")


def current(office: Office) -> tuple[str, str]:
    """The case in hand, and that of the row which is marked."""
    inbox = office.window.panels.inbox
    row = next((row for row in inbox.model.rows if row.id == inbox.current), None)
    return office.window.here.hands.case, row.case if row is not None else ""


def test_what_was_signed_stays_in_hand_whatever_takes_the_keys(office: Office) -> None:
    first = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    other = office.hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    assert current(office) == (first, first)
    office.fill_form(*LAW)
    office.press(Qt.Key.Key_F9)
    assert current(office) == (first, "")
    office.ctrl(Qt.Key.Key_M)
    office.press(Qt.Key.Key_Escape)
    office.press(Qt.Key.Key_Escape)
    office.ctrl(Qt.Key.Key_1)
    assert current(office) == (first, "")
    office.press(Qt.Key.Key_Down)
    assert current(office) == (other, other)


def test_what_is_left_of_the_case_is_in_hand_next(office: Office) -> None:
    office.hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    case = office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    office.log_in("1014")
    office.hand("test")
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.press(Qt.Key.Key_Return)
    assert current(office) == (case, case)
    assert office.window.here.hands.task == office.window.panels.inbox.current


def test_who_has_it_next_is_said_and_in_the_end_how_it_was_decided(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    said = []
    for badge in (HANDLER, APPROVER, FINAL):
        office.log_in(badge)
        office.fill_form(*LAW)
        office.press(Qt.Key.Key_F9)
        said.append(office.notice)
    assert "审批 · 计生审批岗" in said[0]
    assert "核准 · 计生核准岗" in said[1]
    assert "Decided: granted" in said[2]


def denied(office: Office, badge: str) -> None:
    """The form is answered against, the view last; law and article as they are."""
    view = office.window.panels.case.opinion
    office.log_in(badge)
    office.ctrl(Qt.Key.Key_3)
    office.press(Qt.Key.Key_Home)
    for row in view.lines.rows.rows:
        office.keys("2" if row.kind in ("review", "view") else "1")
    if not view.law.text():
        view.law.setText(LAW[0])
        view.article.setText(LAW[1])
        view.edited.emit()


def test_a_denial_tells_the_citizen_why(office: Office) -> None:
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    view = office.window.panels.case.opinion
    denied(office, HANDLER)
    assert "婚育情况是否与证明一致：不一致。" in view.text.toPlainText()
    assert view.text.toPlainText().endswith("拟不予。")
    office.press(Qt.Key.Key_F9)
    denied(office, APPROVER)
    assert view.text.toPlainText() == "同意经办意见，拟不予。"
    office.press(Qt.Key.Key_F9)
    denied(office, FINAL)
    assert view.text.toPlainText() == "婚育情况是否与证明一致：不一致。"
    office.press(Qt.Key.Key_F9)
    with office.hall.store.reading() as reader:
        assert reader.need(CASES, case).stage == "denied"
    paper = next(one for one in office.hall.papers.of_case(case) if one.kind == "denial")
    facts = office.hall.papers.facts(paper.id)[1]
    assert isinstance(facts, ResultFacts)
    assert facts.reasons == "婚育情况是否与证明一致：不一致。"
    assert facts.basis == ("《流动人口计划生育工作条例》第七条",)


def test_a_denial_without_a_reason_is_not_signed(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    denied(office, HANDLER)
    view = office.window.panels.case.opinion
    view.text.setFocus()
    office.ctrl(Qt.Key.Key_A)
    office.write("经审查，不符合规定条件，拟不予。")
    assert "its own words" in view.lacking
    assert not view.submit.isEnabled()


def copied_out(office: Office, paper: str) -> str:
    """The words of its sheet, in Chinese."""
    reading = PaperReading(office.hall.papers, BundledPaperRenderer(FontFiles.bundled()))
    pages = pypdfium2.PdfDocument(reading.pdf(paper, Translator("zh_CN")))
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_a_grant_rests_on_the_law_that_was_signed(office: Office) -> None:
    case = office.hall.accepted("0602", "li", CLERK, **BIRTH)
    for badge in (HANDLER, APPROVER, FINAL):
        office.log_in(badge)
        office.fill_form("山东省人口与计划生育条例", "第二十条")
        office.press(Qt.Key.Key_F9)
        if badge == HANDLER:
            office.hall.casework.work.end_step(POPULATION[0], office.hall.key(), case, "meeting")
    office.log_in(HANDLER)
    office.hand("report")
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.write("县2026-88")
    office.press(Qt.Key.Key_Return)
    paper = next(one for one in office.hall.papers.of_case(case) if one.kind == "result")
    facts = office.hall.papers.facts(paper.id)[1]
    assert isinstance(facts, ResultFacts)
    assert facts.basis == ("《山东省人口与计划生育条例》第二十条",)
    words = copied_out(office, paper.id)
    assert "决定机关" in words
    assert "县级计划生育行政部门" in words
    assert words.index("上级决定文号") < words.index("县2026-88")


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_2])
def test_the_keys_go_back_to_where_one_was_writing(office: Office, key: Qt.Key) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    view = office.window.panels.case.opinion
    view.text.setFocus()
    office.ctrl(Qt.Key.Key_Space)
    office.press(key)
    assert view.text.hasFocus()
    office.type("!")
    assert view.text.toPlainText().endswith("!")


def test_each_level_is_offered_its_own_words_and_each_law_once(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    office.ctrl(Qt.Key.Key_Space)
    question = office.window.panels.chooser.question
    assert question is not None
    words = [choice.words for choice in question.choices]
    assert not any("同意经办意见" in one for one in words)
    assert len(words) == len(set(words))

"""What the windows of a desk say of days, of what is in the way and of what others have to do (mission: T3,
C4, C11, P4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from counter_app.clock import HALL_ZONE
from counter_app.domain.paper.facts_casework import CopyNoticeFacts
from counter_app.i18n import Translator
from counter_app.printing.fonts import FontFiles
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.use_cases.papers.reading import PaperReading
from tests.support.casework_hall import COMMERCE, HEALTH, POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.ui.desk.office import Office
from tests.ui.desk.test_what_follows import BIRTH

LEAD, MANAGER, HANDLER = "1014", "1011", "1021"


@pytest.fixture
def case(office: Office) -> str:
    return office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")


def why(office: Office) -> str:
    return office.window.panels.case.accessibleDescription()


def planned(office: Office) -> str:
    return office.window.panels.case.plan_words


def offered(office: Office) -> list[str]:
    question = office.window.panels.chooser.question
    return [choice.words for choice in question.choices] if question is not None else []


def test_the_day_of_the_work_in_hand_is_told_beside_the_cases_own(office: Office, case: str) -> None:
    office.log_in(LEAD)
    office.hand("test")
    assert "this work, 检测, by 11-25 (2 working days)" in why(office)


def test_a_plan_that_ends_after_the_case_is_due_says_so(office: Office, case: str) -> None:
    office.log_in(LEAD)
    assert "later than it is due" not in planned(office)
    office.hall.clock.set(datetime(2026, 11, 30, 9, 0, tzinfo=HALL_ZONE))
    office.window.work.case.refresh()
    assert "later than it is due" in planned(office)


def test_what_was_added_and_which_year_is_missing_stand_in_the_sentence(office: Office) -> None:
    hall = office.hall
    case = hall.accepted("0602", "li", CLERK, **BIRTH)
    office.log_in(HANDLER)
    assert "the upper body has its own time" in planned(office)
    for step, actor in zip(("review", "approval", "final"), POPULATION, strict=True):
        hall.opine(case, step, actor)
        if step == "review":
            hall.casework.work.end_step(POPULATION[0], hall.key(), case, "meeting")
    office.settle()
    assert "the upper body's own limit, from its being reported 20 days" in why(office)
    hall.clock.set(datetime(2026, 12, 20, 9, 0, tzinfo=HALL_ZONE))
    late = hall.accepted("0602", "zhang", CLERK, **BIRTH)
    office.window.work.case.open(late)
    assert "the calendar of 2027 is missing" in why(office)


def test_a_copy_notice_goes_to_others_only_and_one_request_has_one(office: Office, case: str) -> None:
    office.log_in(LEAD)
    office.press(Qt.Key.Key_F7)
    assert "lies with another" in office.notice
    office.press(Qt.Key.Key_F5)
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_F7)
    assert offered(office)[0].startswith("农村经济发展局")
    assert not any(words.startswith("卫生局") for words in offered(office))
    before = len(office.hall.papers.of_case(case))
    office.press(Qt.Key.Key_1)
    assert len(office.hall.papers.of_case(case)) == before
    facts = office.hall.papers.facts(office.sheets[-1])[1]
    assert isinstance(facts, CopyNoticeFacts)
    assert facts.to_department == "农村经济发展局"


def test_the_slip_that_comes_back_is_one_page(office: Office, case: str) -> None:
    hall = office.hall
    hall.casework.asking.request(HEALTH[0], hall.key(), case, ("timber_source",))
    paper = next(one for one in hall.papers.of_case(case) if one.kind == "copy-notice")
    reading = PaperReading(hall.papers, BundledPaperRenderer(FontFiles.bundled()))
    document = pypdfium2.PdfDocument(reading.pdf(paper.id, Translator("zh_CN")))
    pages = [page.get_textpage().get_text_range() for page in document]
    slip = next(page for page in pages if "回执" in page)
    assert "所复抄告单" in slip
    assert "收费、取件要求" in slip
    assert "审批人（签字）" in slip


def test_what_no_filling_in_mends_is_told_first(office: Office, case: str) -> None:
    hall = office.hall
    hall.casework.asking.request(HEALTH[0], hall.key(), case, ("site_use",))
    words = ("面积不符", "条例", "第一条")
    hall.casework.asking.answer(COMMERCE[0], hall.key(), case, "site_use", "disagree", *words)
    office.log_in(LEAD)
    office.hand("review")
    office.ctrl(Qt.Key.Key_3)
    office.press(Qt.Key.Key_End)
    office.press(Qt.Key.Key_1)
    assert "A department does not agree" in office.window.panels.case.opinion.lacking


def test_the_management_sees_with_whom_it_lies_and_what_to_do(office: Office, case: str) -> None:
    hall = office.hall
    hall.casework.asking.request(HEALTH[0], hall.key(), case, ("site_use",))
    hall.clock.set(datetime(2026, 12, 7, 9, 0, tzinfo=HALL_ZONE))
    office.log_in(MANAGER)
    office.hand("site_use")
    said = [row.text for row in office.window.panels.case.opinion.lines.rows.rows]
    assert "It lies with 工商局." in said
    assert "F6, U urges it." in said


def test_ctrl_2_goes_from_list_to_list(office: Office, case: str) -> None:
    office.log_in(LEAD)
    lists = office.window.panels.case.lists
    seen = []
    for _ in range(4):
        office.ctrl(Qt.Key.Key_2)
        seen.append(lists.current[0])
    assert seen == ["materials", "persons", "course", "materials"]


def test_the_meeting_that_the_table_gives_is_marked(office: Office) -> None:
    hall = office.hall
    case = hall.accepted("0602", "li", CLERK, **BIRTH)
    hall.opine(case, "review", POPULATION[0])
    office.log_in(HANDLER)
    office.more("meeting_level")
    office.press(Qt.Key.Key_Return)
    assert office.notice == "Noted."
    step = next(one for one in hall.page(case, POPULATION[0]).steps if one.code == "meeting")
    assert (step.level, step.flag) == ("street", "")


def test_the_menu_mutes_what_has_nothing_to_do_in_this_case(office: Office, case: str) -> None:
    office.log_in(LEAD)
    office.ctrl(Qt.Key.Key_M)
    muted = office.window.panels.more.muted
    assert {"send_back", "upper_answer", "meeting_level", "minutes", "repeat", "settle"} <= muted
    assert not {"end_step", "note", "classify", "post_pass", "late_board"} & muted


def test_a_question_shows_what_was_chosen_before_it(office: Office, case: str) -> None:
    hall = office.hall
    hall.casework.asking.request(HEALTH[0], hall.key(), case, ("site_use",))
    office.log_in("1018")
    office.press(Qt.Key.Key_F8)
    office.press(Qt.Key.Key_2)
    question = office.window.panels.chooser.question
    assert question is not None
    assert (question.title, question.hint) == ("Reason", "does not agree")


def test_a_day_that_is_none_stays_to_be_mended(office: Office, case: str) -> None:
    hall = office.hall
    hall.casework.asking.request(HEALTH[0], hall.key(), case, ("site_use",))
    office.log_in(LEAD)
    office.more("meeting")
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_0)
    office.write("11-31")
    question = office.window.panels.chooser.question
    assert question is not None
    assert question.text == "11-31"


def test_the_strip_names_days_and_keeps_the_due_day_in_sight(office: Office, case: str) -> None:
    office.log_in(LEAD)
    days = office.window.panels.case.days
    assert [day.mark for day in days.days] == ["taken in", "1", "2", "3", "4", "no work", "no work", "5"]
    for _ in range(4):
        office.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    office.settle()
    assert days.visibleRegion().contains(days.end)


def test_a_long_name_leaves_the_item_its_room_and_stands_whole_among_the_persons(office: Office) -> None:
    name = ("阿卜杜勒海比比·𠅤䶮𪚥·买合木提江·" * 3)[:50]
    hall = office.hall
    card = hall.card("ma")
    case = hall.intake.open_case(CLERK, hall.key())
    long = replace(card, identity=replace(card.identity, name=name))
    hall.intake.record_person(CLERK, hall.key(), case, "applicant", long)
    hall.intake.choose_item(CLERK, hall.key(), case, "0603")
    for question in ("married", "has_children"):
        hall.intake.answer(CLERK, hall.key(), case, question, "no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    office.log_in(HANDLER)
    (person,) = office.window.panels.case.lists.lines("persons")
    assert person.name == name
    assert person.detail.endswith(" · male")
    assert name not in office.window.panels.case.accessibleName()

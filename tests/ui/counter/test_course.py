"""The course of a case in the counter's window: plan, joint matter, replies on paper, ways out (mission: C2,
C11, H2)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.intake.fold import CASES
from counter_app.i18n import Translator
from counter_app.ui.counter.work_words import work_shown
from tests.support.behind import decided_behind
from tests.support.casework_hall import COMMERCE, HEALTH, POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE, OVERSEER, SOCIAL, citizens
from tests.ui.counter.station import Station, more


def taken(station: Station, case: str) -> None:
    """Take a case in hand; without card or ticket the clerk says why."""
    station.window.finder.open_case(case)
    station.settle()
    if station.window.panels.chooser.question is not None:
        station.type("1")


def opened(station: Station) -> dict[str, str]:
    """The chopsticks business, its draft in hand; permits accepted, the licence with its department."""
    hall = station.hall
    draft = hall.case("0511", "zhang", ENTERPRISE, form="individual", by_agent="no")
    hall.intake.answer(ENTERPRISE, hall.key(), draft, "scope", ("chopsticks",))
    station.log_in()
    taken(station, draft)
    more(station, "joint")
    with hall.store.reading() as reader:
        cases = {str(case.draft.item).partition("@")[0]: case.id for case in reader.cases.recent(10)}
    hall.intake.answer(ENTERPRISE, hall.key(), cases["0512"], "staff", "no")
    hall.intake.answer(ENTERPRISE, hall.key(), cases["0513"], "imported", "yes")
    for code in ("0511", "0512", "0513"):
        hall.mark_all(cases[code], ENTERPRISE)
    taken(station, draft)
    more(station, "joint_pre_review")
    for code in ("0512", "0513"):
        hall.intake.decide(ENTERPRISE, hall.key(), cases[code], "accept")
    return cases


def test_one_key_opens_the_joint_matter_and_the_plan_shows_all_of_it(station: Station) -> None:
    cases = opened(station)
    assert set(cases) == {"0511", "0512", "0513"}
    said = shown_verdict(station)  # it waits: nobody promises the permits, nothing is decided today
    assert "complete and in order" in said
    assert "promise" not in said
    assert "on the spot" not in said
    more(station, "course")
    course = station.window.panels.course
    assert course.isVisibleTo(station.window)
    said = course.chart.accessibleDescription()
    assert "卫生许可证·核准" in said
    assert "营业执照·核准发照" in said
    assert "送检样品" in said
    station.press(Qt.Key.Key_P)
    with station.hall.store.reading() as reader:
        assert "plan" in {paper.kind for paper in reader.papers.of_case(cases["0511"])}
    station.press(Qt.Key.Key_Escape)
    assert not course.isVisibleTo(station.window)


def test_the_same_key_goes_from_one_case_of_the_matter_to_the_other(station: Station) -> None:
    hall = station.hall
    draft = hall.case("0511", "zhang", ENTERPRISE, form="individual", by_agent="no")
    hall.intake.answer(ENTERPRISE, hall.key(), draft, "scope", ("chopsticks",))
    station.log_in()
    taken(station, draft)
    assert "Ctrl+M, L, O" in shown_verdict(station)
    more(station, "joint")
    for digit, item in (("3", "0513"), ("1", "0511"), ("2", "0512")):
        more(station, "joint")
        question = station.window.panels.chooser.question
        assert question is not None
        assert [choice.enabled for choice in question.choices].count(False) == 1  # the one in hand
        station.type(digit)
        view = station.window.work.view
        assert view is not None
        assert view.item is not None
        assert view.item.code == item
        assert ("Ctrl+M, L, P" in shown_verdict(station)) == (item == "0511")
        assert "Ctrl+M, L, O" not in shown_verdict(station)


def shown_verdict(station: Station) -> str:
    """All that the verdict says."""
    view = station.window.work.view
    assert view is not None
    return work_shown(view, Translator("en"), "").verdict.detail


def test_a_reply_slip_is_entered_by_keys_and_a_refusal_asks_the_applicant(station: Station) -> None:
    cases = opened(station)
    more(station, "replies")
    station.type("1")
    station.type("2")  # denied
    for words in ("pin zhong", "tiao li", "6", ""):
        station.type(words)
        station.press(Qt.Key.Key_Return)
    with station.hall.store.reading() as reader:
        assert reader.need(CASES, cases["0513"]).stage == "denied"
    taken(station, cases["0511"])
    more(station, "ways_out")
    station.type("1")  # the permit that was refused
    station.type("1")  # drop this part of the scope
    with station.hall.store.reading() as reader:
        assert reader.need(CASES, cases["0511"]).stage == "accepted"


def test_a_refused_permit_is_applied_for_again_and_a_result_is_shown_by_keys(station: Station) -> None:
    cases = opened(station)
    hall = station.hall
    slip = OpinionInput(view="deny", text="品种不允许", law="待定条例", article="第六条")
    hall.casework.work.enter_reply(ENTERPRISE, hall.key(), cases["0513"], "final", slip)
    taken(station, cases["0511"])
    more(station, "ways_out")
    station.type("1")  # the permit that was refused; the other one still runs
    station.type("4")  # apply for it again
    new = station.window.work.view
    assert new is not None
    assert new.item is not None
    assert new.item.code == "0513"
    assert new.case not in cases.values()
    taken(station, cases["0511"])
    more(station, "ways_out")
    station.type("1")
    station.type("1")  # the hygiene permit was shown
    station.type("wei xu 9")
    station.press(Qt.Key.Key_Return)
    page = hall.casework.queries.page(ENTERPRISE, cases["0511"])
    assert [(row.item, row.state, row.case) for row in page.prerequisites] == [
        ("0512", "arrived", cases["0512"]),
        ("0513", "open", new.case),
    ]


# mission: C2
def test_who_chose_to_wait_stands_last_in_the_list_and_may_think_better_of_it(station: Station) -> None:
    cases = opened(station)
    hall = station.hall
    hall.clock.advance(days=30)
    hall.casework.joint.settle(ENTERPRISE, hall.key(), cases["0511"], "0512", "wait")
    hall.casework.joint.settle(ENTERPRISE, hall.key(), cases["0511"], "0513", "wait")
    taken(station, cases["0512"])  # it needs nothing itself
    more(station, "ways_out")
    question = station.window.panels.chooser.question
    assert question is not None
    (line,) = question.choices
    assert "as chosen, kept by" in line.detail
    station.type("1")
    question = station.window.panels.chooser.question
    assert question is not None
    assert [one.id for one in question.choices] == ["drop", "wait", "withdraw", "shown"]


def test_a_case_is_filed_under_its_project_and_the_others_of_it_are_opened_by_keys(station: Station) -> None:
    hall = station.hall
    first = hall.case("0512", "zhang", ENTERPRISE, staff="no")
    hall.around.projects.file(ENTERPRISE, hall.key(), first, "P-17", "setting_up")
    second = hall.case("0511", "zhang", ENTERPRISE, form="individual", by_agent="no")
    station.log_in()
    taken(station, second)
    more(station, "project")
    station.type("p-17")
    station.press(Qt.Key.Key_Return)
    station.type("3")  # 审批
    question = station.window.panels.chooser.question
    assert question is not None
    assert len(question.choices) == 3  # both cases, and another project
    assert [row.case for row in hall.around.projects.of(OVERSEER, "P-17")] == [first, second]
    station.type("1")
    if station.window.panels.chooser.question is not None:
        station.type("1")  # why it is looked at
    view = station.window.work.view
    assert view is not None
    assert view.case == first


def test_the_counter_reads_no_opinion_of_a_handler(station: Station) -> None:
    cases = opened(station)
    slip = OpinionInput(view="grant", text="内部意见", law="条例", article="第六条")
    hall = station.hall
    hall.casework.work.enter_reply(ENTERPRISE, hall.key(), cases["0513"], "final", slip)
    assert hall.casework.queries.page(ENTERPRISE, cases["0511"]).opinions == ()


# mission: I10
def test_a_sensitive_case_of_another_counter_is_found_with_its_number_only(station: Station) -> None:
    hall = station.hall
    case = hall.case("0603", "ma", SOCIAL, married="yes", has_children="no")
    hall.mark_all(case, SOCIAL)
    number = hall.intake.decide(SOCIAL, hall.key(), case, "accept").number
    station.log_in()
    finder = station.window.finder
    finder.typed(citizens()["ma"].name)
    station.settle()
    assert case not in [hit.id for hit in finder._hits]
    finder.open_case(case)
    station.settle()
    assert "sensitive" in station.notice
    assert station.window.desk.hands.case is None
    finder.entered(number)
    station.settle()
    if station.window.panels.chooser.question is not None:
        station.type("1")
    assert station.window.desk.hands.case == case


def test_a_question_to_a_department_on_paper_is_answered_by_keys(station: Station) -> None:
    hall = station.hall
    case = hall.case("0512", "zhang", ENTERPRISE, staff="no")
    hall.mark_all(case, ENTERPRISE)
    hall.intake.decide(ENTERPRISE, hall.key(), case, "accept")
    hall.casework.group.ask(HEALTH[0], hall.key(), case, "rural", "木材从哪里来？")
    station.log_in()
    more(station, "replies")
    station.type("1")
    station.type("ben di")
    station.press(Qt.Key.Key_Return)
    (note,) = hall.casework.queries.page(HEALTH[0], case).notes
    assert note.answer == "ben di"


def test_a_department_on_paper_contests_a_booked_delay_by_keys(station: Station) -> None:
    hall, asking = station.hall, station.hall.casework.asking
    case = hall.case("0512", "zhang", ENTERPRISE, staff="no")
    hall.mark_all(case, ENTERPRISE)
    hall.intake.decide(ENTERPRISE, hall.key(), case, "accept")
    asking.request(HEALTH[0], hall.key(), case, ["timber_source", "site_use"])
    asking.answer(ENTERPRISE, hall.key(), case, "timber_source", "agree")
    asking.answer(COMMERCE[0], hall.key(), case, "site_use", "agree")
    for matter in ("timber_source", "site_use"):
        asking.repeat(HEALTH[0], hall.key(), case, matter, "assist_short", "没有写明产地")
    station.log_in()
    taken(station, case)
    more(station, "contest")
    station.type("1")  # the rural bureau's; commerce contests at its own desk
    station.type("xie ming le")
    station.press(Qt.Key.Key_Return)
    found = {row.matter: row.disputed for row in hall.casework.queries.page(HEALTH[0], case).assists}
    assert found == {"timber_source": True, "site_use": False}


# mission: I10 C2 I17
def test_lists_tell_another_counter_the_number_of_a_sensitive_case_only(station: Station) -> None:
    hall = station.hall
    case = hall.case("0603", "ma", SOCIAL, married="yes", has_children="no")
    hall.mark_all(case, SOCIAL)
    number = hall.intake.decide(SOCIAL, hall.key(), case, "accept").number
    hall.around.projects.file(SOCIAL, hall.key(), case, "P-18", "approval")
    decided_behind(hall, case)
    station.log_in()
    more(station, "project")
    station.type("p-18")
    station.press(Qt.Key.Key_Return)
    question = station.window.panels.chooser.question
    assert question is not None
    (line, *_) = question.choices
    assert line.words.endswith("sensitive case")
    assert number in line.detail
    station.type("1")
    assert "sensitive" in station.notice
    assert station.window.work.view is None or station.window.work.view.case != case
    more(station, "to_tell")
    question = station.window.panels.chooser.question
    assert question is not None
    assert question.choices[0].words.startswith("sensitive case · granted, its paper")
    assert question.choices[0].detail.startswith(f"{number} · counter 2 or ")
    station.type("1")
    assert "sensitive" in station.notice


BIRTH = {
    "wife_registered_here": "yes",
    "which_child": "more",
    "pregnant": "no",
    "adopted": "no",
    "circumstance": "remarried",
}


def on_paper(station: Station) -> str:
    """A birth permit that the police, who have not moved in, are asked about."""
    hall = station.hall
    case = hall.case("0602", "li", CLERK, **BIRTH)
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    hall.casework.asking.request(POPULATION[0], hall.key(), case, ("household",))
    station.log_in()
    taken(station, case)
    return case


def test_a_slip_that_agrees_is_entered_in_two_keys_and_enter(station: Station) -> None:
    case = on_paper(station)
    more(station, "replies")
    station.type("11")
    station.press(Qt.Key.Key_Return)
    assert "entered" in station.notice
    (row,) = station.hall.casework.queries.page(POPULATION[0], case).assists
    assert row.answer == "agree"


def test_the_course_says_why_a_plan_ends_after_the_promise(station: Station) -> None:
    on_paper(station)
    more(station, "course")
    assert "the upper body has its own time" in station.window.panels.course.due

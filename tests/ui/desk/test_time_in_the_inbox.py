"""Orders, requests and suspensions near their end lie in the inbox and are answered from there by keys
(mission: T4, C8, C4)."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.use_cases.time.requests import Request
from tests.support.casework_hall import HEALTH, MANAGER, POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.ui.desk.office import Office

SUSPEND = Request(kind="suspension", expected=date(2026, 12, 31), reason="等待检测", does="每周催办")


@pytest.fixture
def case(office: Office) -> str:
    case = office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    office.hall.casework.asking.request(HEALTH[0], office.hall.key(), case, ["timber_source", "site_use"])
    return case


def clock(office: Office, case: str) -> Clock:
    with office.hall.store.reading() as reader:
        return reader.need(CLOCKS, case)


def rows(office: Office, kind: str) -> list[str]:
    return [row.task for row in office.window.work.inbox.rows if row.kind == kind]


def sections(office: Office) -> str:
    lines = office.window.panels.case.lists.lines("urges")
    return "\n".join(f"{line.name} {line.words} {line.detail}" for line in lines)


def test_an_order_lies_with_the_department_it_names_and_is_answered_there(office: Office, case: str) -> None:
    urging = office.hall.time.urging
    urging.urge(MANAGER, office.hall.key(), case, "请说明用途核对进展", department="commerce")
    office.log_in("1014")
    assert rows(office, "urge") == []
    office.log_in("1018")
    office.hand("urge")
    said = "\n".join(f"{row.text} {row.detail}" for row in office.window.panels.case.opinion.lines.rows.rows)
    assert "请说明用途核对进展 by 吴倩" in said
    office.press(Qt.Key.Key_F8)
    assert office.asked.startswith("The reply to “请说明用途核对进展”")
    office.press(Qt.Key.Key_1)
    assert rows(office, "urge") == []
    (urge,) = clock(office, case).urges
    assert (urge.answer, urge.answered_by) == ("已办理，今日送出", "1018")
    office.log_in("1014")
    office.window.work.case.open(case)
    office.settle()
    assert "吴倩 urges 工商局" in sections(office)
    assert "蒋工 replies: 已办理，今日送出" in sections(office)


def test_a_request_lies_with_the_leads_approvers_and_enter_answers_it(office: Office, case: str) -> None:
    office.hall.time.commands.ask(HEALTH[0], office.hall.key(), case, SUSPEND)
    for badge in ("1014", "1019", "1009", "1011"):
        office.log_in(badge)
        assert rows(office, "ask") == []
    office.log_in("1015")
    office.hand("ask")
    said = "\n".join(f"{row.text} {row.detail}" for row in office.window.panels.case.opinion.lines.rows.rows)
    assert SUSPEND.does in said  # what the lead does meanwhile
    office.window.panels.inbox.list.setFocus()
    office.press(Qt.Key.Key_Return)
    assert office.asked == "Approve this request?"
    office.press(Qt.Key.Key_1)
    stop = clock(office, case).standing
    assert stop is not None
    assert stop.by == "1015"
    assert rows(office, "ask") == []


def test_a_suspension_near_its_three_months_lies_with_its_lead(office: Office, case: str) -> None:
    commands, key = office.hall.time.commands, office.hall.key
    commands.approve(HEALTH[1], key(), case, commands.ask(HEALTH[0], key(), case, SUSPEND))
    office.log_in("1014")
    assert rows(office, "suspension") == []
    office.hall.clock.advance(days=80)
    office.log_in("1014")
    (row,) = [one for one in office.window.work.inbox.rows if one.kind == "suspension"]
    assert (row.due, row.name) == (date(2027, 2, 23), "等待检测")
    office.hand("suspension")
    office.press(Qt.Key.Key_F8)
    assert office.window.panels.facts.isVisibleTo(office.window)


def test_an_order_names_department_step_and_day(office: Office, case: str) -> None:
    office.log_in("1011")
    office.window.work.case.open(case)
    office.settle()
    office.press(Qt.Key.Key_F6)
    office.press(Qt.Key.Key_U)
    assert office.asked == "Who is to answer?"
    question = office.window.panels.chooser.question
    assert question is not None
    names = [choice.words for choice in question.choices]
    assert names[0] == "卫生局"
    assert "工商局" in names
    office.press(Qt.Key(Qt.Key.Key_1 + names.index("工商局")))
    office.press(Qt.Key.Key_1)
    office.write("11-27")
    (urge,) = clock(office, case).urges
    assert (urge.department, urge.step, urge.reply_by) == ("commerce", "场所用途核对", date(2026, 11, 27))


def test_a_late_assist_is_urged_from_the_board(office: Office, case: str) -> None:
    office.hall.clock.advance(days=2)
    office.log_in("1011")
    office.more("late_board")
    page = office.window.panels.facts
    at = next(at for at, row in enumerate(page.rows.rows) if "场所用途核对" in row.cells)
    for _ in range(at):
        office.press(Qt.Key.Key_Down)
    office.press(Qt.Key.Key_Return)
    (row,) = page.rows.rows
    assert row.id == f"{case}|commerce|场所用途核对"
    office.press(Qt.Key.Key_U)
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_Return)
    (urge,) = clock(office, case).urges
    assert (urge.department, urge.step) == ("commerce", "场所用途核对")
    (row,) = page.rows.rows  # the list tells it at once
    assert row.cells[-1].startswith("by ")


def test_C1_supervision_sees_how_a_case_stands_before_it_is_handled(office: Office) -> None:
    hall = office.hall
    case = hall.case("0603", "zhang", CLERK, married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    number = hall.queries.case_view(case).number
    office.log_in("1021")
    assert office.deps.finder.search(POPULATION[0], number) == ()
    office.log_in("1011")
    (found,) = office.deps.finder.search(MANAGER, number)
    assert (found.sight, found.stage) == ("state", "received")
    office.window.work.case.open(case)
    office.settle()
    page = hall.page(case, MANAGER)
    assert (page.applicant, page.may, page.department) == ("", frozenset(), "population")
    assert page.item in office.window.panels.case.accessibleName()


def test_who_asked_for_time_reads_that_it_waits_and_why_it_was_refused(office: Office, case: str) -> None:
    hall = office.hall
    extend = Request(kind="extension", amount=10, reason="案情复杂")
    ask = hall.time.commands.ask(HEALTH[0], hall.key(), case, extend)
    office.log_in("1014")
    office.hand("review")
    office.press(Qt.Key.Key_F6)
    assert "waits for approval · 赵卫国：案情复杂" in office.window.panels.facts.accessibleDescription()
    office.press(Qt.Key.Key_Escape)
    hall.time.commands.refuse(HEALTH[1], hall.key(), case, ask, "可按期办结")
    office.settle()
    line = next(one for one in office.window.panels.case.lists.lines("course") if one.id == f"ask:{ask}")
    assert (line.words, line.detail.partition("：")[2]) == ("not approved", "可按期办结")
    office.press(Qt.Key.Key_F6)
    assert "可按期办结" in office.window.panels.facts.accessibleDescription()


# mission: T1
def test_a_calendar_that_changes_keeps_its_day_in_hand_and_says_at_the_desk_what_moved(
    office: Office,
) -> None:
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in("1012")
    office.more("calendar")
    office.press(Qt.Key.Key_Right)
    office.press(Qt.Key.Key_Right)
    office.press(Qt.Key.Key_F)
    assert office.window.panels.facts.in_hand == "2026-11-25"
    assert "2026-11-26 → 2026-11-27" in office.notice
    office.press(Qt.Key.Key_Escape)
    office.log_in("1021")
    office.hand("review")
    assert clock(office, case).promised_due == date(2026, 11, 27)
    assert "11-26 → 11-27" in office.window.panels.case.accessibleDescription()

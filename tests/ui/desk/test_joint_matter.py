"""A joint matter behind the counter: its cases, what does not come, the three ways out, by keys (mission:
C2)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.intake.fold import CASES
from tests.integration.casework.test_joint_matter import HYGIENE, LICENCE, TIMBER, opened
from tests.support.casework_hall import COMMERCE
from tests.support.intake_hall import ENTERPRISE
from tests.ui.desk.office import Office

Cases = Mapping[str, str]
COMMERCE_HANDLER, HEALTH_HANDLER, SUPERVISOR = "1018", "1014", "1011"


@pytest.fixture
def cases(office: Office) -> Cases:
    return opened(office.hall)


def refuse_timber(office: Office, cases: Cases) -> None:
    slip = OpinionInput(view="deny", text="品种不允许", law="待定条例", article="第六条")
    office.hall.casework.work.enter_reply(ENTERPRISE, office.hall.key(), cases[TIMBER], "final", slip)


def stage(office: Office, case: str) -> str:
    with office.hall.store.reading() as reader:
        return reader.need(CASES, case).stage


def test_enter_on_a_case_of_the_matter_opens_it(office: Office, cases: Cases) -> None:
    office.log_in(COMMERCE_HANDLER)
    assert office.window.here.hands.case == cases[LICENCE]
    office.line("joint", cases[HYGIENE])
    office.press(Qt.Key.Key_Return)
    assert office.window.here.hands.case == cases[HYGIENE]


@pytest.mark.parametrize(("key", "stands"), [("1", "accepted"), ("2", "pre_reviewed"), ("3", "withdrawn")])
def test_who_handles_the_case_that_waits_keeps_what_the_applicant_chose(
    office: Office, cases: Cases, key: str, stands: str
) -> None:
    refuse_timber(office, cases)
    office.log_in(COMMERCE_HANDLER)
    office.more("prerequisite")
    office.keys(f"1{key}")
    office.press(Qt.Key.Key_Return)
    assert office.notice.startswith("Kept as the applicant chose")
    assert stage(office, cases[LICENCE]) == stands


def test_enter_on_a_result_that_does_not_come_asks_what_was_chosen(office: Office, cases: Cases) -> None:
    refuse_timber(office, cases)
    office.log_in(COMMERCE_HANDLER)
    office.line("asked", f"result:{TIMBER}")
    office.press(Qt.Key.Key_Return)
    office.keys("2")
    office.press(Qt.Key.Key_Return)
    assert office.notice.startswith("Kept as the applicant chose")
    page = office.hall.page(cases[LICENCE], COMMERCE[0])
    assert {row.item: row.way for row in page.prerequisites}[TIMBER] == "wait"


def test_the_management_may_too_and_another_department_may_not(office: Office, cases: Cases) -> None:
    refuse_timber(office, cases)
    office.log_in(HEALTH_HANDLER)
    office.window.work.case.open(cases[LICENCE])
    office.more("prerequisite")
    assert office.notice.startswith("This cannot be done here now")
    office.log_in(SUPERVISOR)
    office.window.work.case.open(cases[LICENCE])
    office.more("prerequisite")
    office.keys("12")
    office.press(Qt.Key.Key_Return)
    assert office.notice.startswith("Kept as the applicant chose")


def test_a_result_that_is_late_may_be_given_up_at_the_desk(office: Office, cases: Cases) -> None:
    office.log_in(COMMERCE_HANDLER)
    office.more("prerequisite")
    assert office.notice.startswith("No result of this case has failed")
    office.hall.clock.advance(days=30)
    office.window.work.case.refresh()
    office.more("prerequisite")
    office.keys("1")
    office.keys("1")
    office.press(Qt.Key.Key_Return)
    assert office.notice.startswith("Kept as the applicant chose")

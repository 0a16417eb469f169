"""A health permit behind the counters, all from the desk: assists at once, visit, test, three signatures.

One department is in the hall and answers from its inbox; one has not moved in and answers on its slip.
"""

# mission: C1 C3 C4 C5 C9 C10 C12 H2 T3

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.intake.fold import CASES
from counter_app.i18n import Translator
from tests.support.intake_hall import ENTERPRISE
from tests.ui.desk.office import Office

LEAD, APPROVER, FINAL, ASSIST = "1014", "1015", "1017", "1018"
LAW = ("公共场所卫生管理条例", "第四条")


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    office = Office(tmp_path, Translator("en"))
    office.show()
    yield office
    office.close()


def over(office: Office, step: str) -> None:
    """The visit or test is chosen in the inbox and ended."""
    row = next(row for row in office.window.work.inbox.rows if row.code == step)
    office.window.panels.inbox.choose(row.task)
    office.press(Qt.Key.Key_F9)
    office.press(Qt.Key.Key_1)
    office.press(Qt.Key.Key_Return)


def sign(office: Office, badge: str, code: str) -> None:
    office.log_in(badge)
    row = next(row for row in office.window.work.inbox.rows if row.code == code)
    office.window.panels.inbox.choose(row.task)
    office.fill_form(*LAW)
    office.press(Qt.Key.Key_F9)
    assert office.notice.startswith("Signed and sent on"), office.notice


def test_a_health_permit_is_granted_from_the_desk(office: Office) -> None:
    hall = office.hall
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    office.log_in(LEAD)
    office.press(Qt.Key.Key_F5)
    office.press(Qt.Key.Key_1)
    over(office, "visit")
    over(office, "test")
    hall.casework.asking.answer(ENTERPRISE, hall.key(), case, "timber_source", "agree")
    office.log_in(ASSIST)
    office.press(Qt.Key.Key_F8)
    office.press(Qt.Key.Key_1)
    for badge, code in ((LEAD, "review"), (APPROVER, "approval"), (FINAL, "final")):
        sign(office, badge, code)
    with hall.store.reading() as reader:
        assert reader.need(CASES, case).stage == "granted"
    assert office.window.work.inbox.rows == ()

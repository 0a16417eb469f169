"""What two did while their machines were cut off: a line in the inbox, answered by keys (mission: C12 X1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.domain.journal import Actor
from counter_app.i18n import Translator
from tests.support.casework_machines import HubHall
from tests.support.intake_hall import CLERK
from tests.ui.desk.office import Office

HANDLER, COLLEAGUE = Actor("1021", "2"), Actor("1009", "desk-D")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[HubHall]:
    """The handler signed at one machine; at the desk, cut off, his B did too."""
    with HubHall(tmp_path) as hall:
        case = hall.three.accepted("0603", "zhang", CLERK, married="no", has_children="no")
        hall.sync()
        hall.two.cut = hall.desk.cut = True
        (row,) = hall.two.casework.queries.inbox(HANDLER).rows
        hall.two.casework.work.take(HANDLER, hall.two.key(), row.task)
        hall.desk.casework.posts.pass_over(COLLEAGUE, hall.desk.key(), "population", "秦岚外出")
        hall.desk.opine(case, "review", COLLEAGUE, "deny")
        hall.two.cut = False
        hall.sync()
        yield hall


@pytest.fixture
def office(hall: HubHall, tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    office = Office(tmp_path, Translator("zh_CN"), hall=hall.desk, centre=hall.desk.centre)
    office.show()
    yield office
    office.window.close()
    office.window.deleteLater()


def test_a_line_in_the_inbox_says_what_was_kept_and_is_answered_by_keys(
    hall: HubHall, office: Office
) -> None:
    office.log_in(COLLEAGUE.staff)
    inbox, chooser = office.window.panels.inbox, office.window.panels.chooser
    assert not inbox.overtaken.isVisibleTo(office.window)
    hall.desk.cut = False
    hall.sync()
    office.settle()
    assert inbox.overtaken.isVisibleTo(office.window)
    assert "秦岚" in inbox.overtaken.text()
    assert "已保留：不符合条件，拟不予。" in inbox.overtaken.text()
    assert "Ctrl+M，再按 K" in inbox.overtaken.text()
    assert chooser.question is None  # it interrupts nobody

    office.more("conflicts")
    assert chooser.question is not None
    assert "已保留：不符合条件，拟不予。" in chooser.question.hint
    office.type("1")
    assert office.notice.startswith("已记录：以已生效的为准")
    assert not inbox.overtaken.isVisibleTo(office.window)
    assert hall.desk.casework.overtaken.conflicts(COLLEAGUE) == ()


def test_the_words_of_an_overtaken_opinion_are_not_shown_to_whoever_was_first(
    hall: HubHall, office: Office
) -> None:
    hall.desk.cut = False
    hall.sync()
    office.log_in(HANDLER.staff)
    shown = office.window.panels.inbox.overtaken
    assert shown.isVisibleTo(office.window)
    assert "拟不予" not in shown.text()


def test_where_nothing_met_there_is_no_line(hall: HubHall, office: Office) -> None:
    office.log_in(HANDLER.staff)
    assert not office.window.panels.inbox.overtaken.isVisibleTo(office.window)
    office.more("conflicts")
    assert office.notice.startswith("没有两人重复办理的工作")

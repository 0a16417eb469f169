"""The desk's window: keys, sizes, names, what each may see (mission: C1, I10, X3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.domain.hall.rights import RIGHTS_OF
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.desk.commands import BY_KEY, GROUPS, MORE, finds
from counter_app.ui.tasks import Failed
from counter_app.ui.widgets.commands import Key
from counter_app.use_cases.time.requests import Request
from tests.support.casework_hall import POPULATION
from tests.support.intake_hall import CLERK, ENTERPRISE
from tests.support.time_hall import ANSWERS
from tests.ui.desk.office import Office

T = TypeVar("T")
HANDLER, ELSEWHERE = "1021", "1018"
NAMELESS = {"find", "back", "notice_action"}  # one has done it already when one could type its name
NAMED = [line for group in (*GROUPS, *MORE) for line in group.lines if line.command]


class Late:
    """A lane whose results come home when they are let."""

    def __init__(self, late: list[Callable[[], None]]) -> None:
        self._late = late

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        found = work()
        if done is not None:
            self._late.append(lambda: done(found))


class Failing:
    """A lane on which everything fails in a known way."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        assert failed is not None
        failed(UserFacingError("store.busy", "The store is busy."))


@pytest.mark.parametrize(
    "line", [line for line in NAMED if line.command not in NAMELESS], ids=lambda key: key.command
)
def test_every_command_is_found_by_the_initials_of_its_chinese_words(line: Key) -> None:
    t = Translator("zh_CN")
    read = t(line.words).replace("重", "虫")  # 重 is read chóng in all of these
    assert line.initials == re.sub("[^a-z0-9]", "", PinyinRomaniser().initials(read))
    assert line in finds(line.initials, t)[0]


def test_every_declared_command_is_there_once(office: Office) -> None:
    declared = [line.command for group in (*GROUPS, *MORE) for line in group.lines if line.command]
    assert len(declared) == len(set(declared))
    assert set(declared) <= office.window.commands
    caps = [line.cap for group in MORE for line in group.lines]
    assert len(caps) == len(set(caps))
    assert {line.right for group in MORE for line in group.lines if line.right} <= set().union(
        *RIGHTS_OF.values()
    )
    assert "F9" in BY_KEY


def test_what_takes_keys_has_a_name(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    kinds = (QAbstractItemView, QLineEdit, QPlainTextEdit, QPushButton)
    nameless = [
        type(widget).__name__
        for widget in office.window.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisibleTo(office.window)
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_models_are_sound(office: Office) -> None:
    panels = office.window.panels
    for model in (panels.inbox.model, panels.case.opinion.lines.rows):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    office.hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    office.settle()
    assert panels.inbox.model.rowCount() == 2


def test_news_of_others_come_by_the_change_feed(office: Office) -> None:
    office.log_in(HANDLER)
    assert office.window.work.inbox.rows == ()
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.settle()
    assert len(office.window.work.inbox.rows) == 1


def test_locking_hides_the_case_and_coming_back_shows_it(office: Office) -> None:
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    office.ctrl(Qt.Key.Key_L)
    assert not office.window.panels.at_desk
    office.press(Qt.Key.Key_Return)
    assert office.window.panels.at_desk
    assert office.window.here.hands.case == case


def test_logging_off_leaves_nothing_in_hand(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    office.ctrl(Qt.Key.Key_Q)
    assert not office.window.panels.at_desk
    assert office.window.here.hands.case == ""


def test_what_lay_over_the_work_is_gone_with_whoever_looked_at_it(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    panels = office.window.panels
    office.log_in(HANDLER)
    office.press(Qt.Key.Key_F6)
    assert panels.facts.isVisible()
    office.window.work.access.log_off()
    office.log_in(ELSEWHERE)
    assert not panels.facts.isVisible()
    office.ctrl(Qt.Key.Key_M)
    assert panels.more.isVisible()
    office.window.work.access.log_off()
    office.log_in(HANDLER)
    assert not panels.more.isVisible()


def test_the_list_of_whoever_has_left_puts_nothing_in_the_next_ones_hands(office: Office) -> None:
    """A list that gets the keys takes its first row in hand: it must not be the row of somebody else."""
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    inbox = office.window.panels.inbox
    inbox.list.selectionModel().clearCurrentIndex()
    office.ctrl(Qt.Key.Key_Q)
    assert inbox.model.rows == ()
    assert office.window.work.inbox.rows == ()
    office.log_in(ELSEWHERE)
    assert office.window.here.hands.case == ""


def test_an_inbox_read_for_whoever_has_left_puts_nothing_in_hand(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    here = office.window.here
    late: list[Callable[[], None]] = []
    reads, here.reads = here.reads, Late(late)
    office.window.work.inbox.refresh()
    here.reads = reads
    office.window.work.access.log_off()
    for land in late:
        land()
    assert here.hands.case == ""


def test_an_inbox_that_could_not_be_read_is_read_again(office: Office) -> None:
    office.log_in(HANDLER)
    here = office.window.here
    reads, here.reads = here.reads, Failing()
    office.window.work.inbox.refresh()
    here.reads = reads
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.settle()
    assert len(office.window.work.inbox.rows) == 1


def test_a_case_is_found_by_name_only_where_it_is_ones_own(office: Office) -> None:
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    number = office.hall.queries.case_view(case).number
    office.log_in(HANDLER)
    office.ctrl(Qt.Key.Key_K)
    office.type("lxy")
    box = office.window.panels.head.box
    assert [row.id for row in box.model.rows if row.kind == "Case"] == [f"case:{case}"]
    office.log_in(ELSEWHERE)
    assert office.deps.finder.search(office.window.here.actor, "lxy") == ()
    (found,) = office.deps.finder.search(office.window.here.actor, number)
    assert (found.sight, "*" in found.applicant) == ("state", True)


def test_another_departments_case_shows_its_state_alone(office: Office) -> None:
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(ELSEWHERE)
    office.window.work.case.open(case)
    lists = office.window.panels.case.lists
    assert lists.lines("materials") == ()
    assert lists.lines("course") == ()
    assert office.window.here.hands.read is not None
    assert office.window.here.hands.read.page.applicant == ""


def test_the_plan_takes_the_place_of_the_lists_on_a_low_window(office: Office) -> None:
    office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    office.log_in("1014")
    view = office.window.panels.case
    assert not view.plan.isVisibleTo(office.window)
    office.ctrl(Qt.Key.Key_4)
    assert view.plan.isVisibleTo(office.window)
    assert not view.opinion.isVisibleTo(office.window)
    office.ctrl(Qt.Key.Key_4)
    assert view.opinion.isVisibleTo(office.window)


def test_a_window_made_lower_is_shared_out_as_if_it_had_been_low(office: Office) -> None:
    case = office.hall.accepted("0602", "li", CLERK, **ANSWERS["0602"])
    until = Request(kind="suspension", expected=date(2026, 12, 31), reason="等待", does="催办")
    time, key = office.hall.time.commands, office.hall.key
    time.approve(POPULATION[1], key(), case, time.ask(POPULATION[0], key(), case, until))
    office.hall.clock.advance(days=21)  # three lines of days
    office.log_in(HANDLER)
    view = office.window.panels.case
    for width, height, stands_above in ((1366, 768, False), (1920, 1080, True), (1366, 768, False)):
        office.window.resize(width, height)
        office.settle()
        assert view.plan.isVisibleTo(office.window) is stands_above
        assert view.opinion.isVisibleTo(office.window)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_wider_than_the_window(tmp_path: Path, qapp: QApplication, scale: float) -> None:
    office = Office(tmp_path, Translator(), scale=scale)
    try:
        office.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
        office.show()
        office.log_in("1014")
        assert office.window.width() == 1366
        assert office.window.minimumSizeHint().width() <= 1366
    finally:
        office.close()

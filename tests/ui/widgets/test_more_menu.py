"""The menu of commands under one or two letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.commands import Group, in_menu
from counter_app.ui.widgets.more_menu import MoreMenu, balanced

GROUPS = (
    Group("Rows", (in_menu("H", "hall", "Hall", "dt"), in_menu("1", "one", "One", "y"))),
    Group("Time", (in_menu("TS", "suspend", "Suspend", "gq"), in_menu("TX", "extend", "Extend", "yq"))),
    Group("Rights", (in_menu("TA", "approve", "Approve", "sp", "case.approve"),)),
)


@pytest.fixture
def menu(qtbot: QtBot) -> MoreMenu:
    menu = MoreMenu(Translator(), Look(), GROUPS)
    qtbot.addWidget(menu)
    menu.open(lambda right: right is None)
    return menu


def taken(menu: MoreMenu) -> list[str]:
    found: list[str] = []
    menu.command_requested.connect(found.append)
    return found


def test_one_letter_acts_at_once(menu: MoreMenu) -> None:
    found = taken(menu)
    QTest.keyClicks(menu, "h")
    assert found == ["hall"]
    assert not menu.isVisible()


def test_a_first_letter_waits_for_the_second(menu: MoreMenu) -> None:
    found = taken(menu)
    QTest.keyClicks(menu, "t")
    assert found == []
    assert menu.isVisible()
    QTest.keyClicks(menu, "x")
    assert found == ["extend"]


def test_esc_takes_back_the_first_letter_and_then_leaves(menu: MoreMenu) -> None:
    found = taken(menu)
    QTest.keyClicks(menu, "tq")  # no such line: still waiting
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert menu.isVisible()
    QTest.keyClicks(menu, "1")
    assert found == ["one"]
    menu.open(lambda right: True)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_what_the_role_does_not_give_is_not_done(menu: MoreMenu) -> None:
    found = taken(menu)
    QTest.keyClicks(menu, "ta")
    assert found == []
    assert menu.isVisible()
    menu.open(lambda right: True)
    QTest.keyClicks(menu, "ta")
    assert found == ["approve"]


def test_groups_keep_their_order_in_columns_of_like_length() -> None:
    groups = [Group(str(size), (in_menu("A", "a", "A", "a"),) * size) for size in (9, 5, 6, 3, 4, 8)]
    columns = balanced(groups, 3)
    assert [group for column in columns for group in column] == groups
    assert [[len(group.lines) for group in column] for column in columns] == [[9, 5], [6, 3], [4, 8]]

"""The log-in that is there before the program: what is typed into it is not lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.i18n import Translator
from counter_app.ui.application import Shell
from counter_app.ui.early_log_in import EarlyLogIn
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.login import LoginView


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    shell = Shell("窗口", Translator())
    qtbot.addWidget(shell)
    shell.show()
    yield shell
    shell.close()


def opened(shell: Shell, early: EarlyLogIn) -> tuple[LoginView, list[tuple[str, str]]]:
    """The workspace arrives, with a log-in of its own that asks as a real hall's does."""
    window = QWidget()
    view = LoginView(Translator(), Look(parent=window))
    QVBoxLayout(window).addWidget(view)
    asked: list[tuple[str, str]] = []
    view.log_in_requested.connect(lambda badge, pin: asked.append((badge, pin)))
    view.ask("3号窗口登录", "")
    shell.fill(window)
    early.hand_over(window)
    return view, asked


def test_what_was_typed_goes_on_in_the_real_log_in(shell: Shell) -> None:
    early = EarlyLogIn(shell, Translator())
    QTest.keyClicks(shell.focusWidget(), "1002")
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(shell.focusWidget(), "02")
    view, asked = opened(shell, early)
    assert view.typed == ("1002", "02")
    assert asked == []


def test_enter_pressed_early_logs_in_as_soon_as_somebody_can_check(shell: Shell) -> None:
    early = EarlyLogIn(shell, Translator())
    QTest.keyClicks(shell.focusWidget(), "1002")
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(shell.focusWidget(), "022468")
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Return)
    _, asked = opened(shell, early)
    assert asked == [("1002", "022468")]


def test_nothing_typed_leaves_what_the_hall_offers(shell: Shell) -> None:
    early = EarlyLogIn(shell, Translator())
    window = QWidget()
    view = LoginView(Translator(), Look(parent=window))
    QVBoxLayout(window).addWidget(view)
    view.ask("3号窗口登录", "", "1002", "022468")
    shell.fill(window)
    early.hand_over(window)
    assert view.typed == ("1002", "022468")


def test_who_waited_until_it_was_open_types_at_once(shell: Shell) -> None:
    early = EarlyLogIn(shell, Translator())
    _, asked = opened(shell, early)
    QTest.keyClicks(shell.focusWidget(), "1002")
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(shell.focusWidget(), "022468")
    QTest.keyClick(shell.focusWidget(), Qt.Key.Key_Return)
    assert asked == [("1002", "022468")]

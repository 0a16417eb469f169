"""The tray of cards: laying on, lifting, faults; the simulated reader understands what is said to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.i18n import Translator
from counter_app.simulators.id_card.faults import parse_fault
from counter_app.ui.theme.look import Look
from counter_app.ui.training.controls import trouble
from counter_app.ui.training.models import card_model
from counter_app.ui.training.tray_presenter import NOISE
from counter_app.ui.training.window import TrainingWindow, TrayPane, build_training_window
from tests.ui.training.glass import CARDS, HandControl


@pytest.fixture
def control() -> HandControl:
    return HandControl()


@pytest.fixture
def window(
    control: HandControl, look: Look, t: Translator, qtbot: QtBot, tmp_path: Path
) -> Iterator[TrainingWindow]:
    made = build_training_window(tmp_path, HandControl(), CARDS, (("读卡器", control),), look, t)
    made.show()
    yield made
    made.close()


def pane_of(window: TrainingWindow) -> TrayPane:
    pane = window.panes[0]
    assert isinstance(pane, TrayPane)
    return pane


def test_the_model_keeps_qts_contract(t: Translator, qtbot: QtBot) -> None:
    model = card_model(t)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in (CARDS, (), CARDS[:1]):
        model.set_rows(rows)
        assert model.rows == rows
    assert tester.model() is model


def test_enter_digit_and_l_lay_and_lift(window: TrainingWindow, control: HandControl) -> None:
    pane = pane_of(window)
    pane.list.setCurrentIndex(pane.model.index(0, 0))
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    QTest.keyClick(pane.list, Qt.Key.Key_2)
    QTest.keyClick(pane.list, Qt.Key.Key_L)
    QTest.keyClick(pane.list, Qt.Key.Key_9)
    assert control.said == ["lay zhang", "lay rare", "lift"]


def test_touching_the_card_that_lies_there_lifts_it(window: TrainingWindow, control: HandControl) -> None:
    presenter = pane_of(window).presenter
    presenter.touch("zhang")
    presenter.touch("zhang")
    assert (control.said, presenter.laid) == (["lay zhang", "lift"], "")


def test_what_the_reader_refuses_is_said_and_nothing_lies_there(
    look: Look, t: Translator, qtbot: QtBot, tmp_path: Path
) -> None:
    window = build_training_window(
        tmp_path, HandControl(), CARDS, (("读卡器", HandControl(refused="lay")),), look, t
    )
    pane_of(window).presenter.touch("zhang")
    assert pane_of(window).presenter.laid == ""
    window.close()


def test_faults_are_those_the_simulator_knows(window: TrainingWindow, control: HandControl) -> None:
    presenter = pane_of(window).presenter
    presenter.unplug()
    presenter.plug()
    presenter.noise()
    assert control.said == ["unplug", "plug", f"fault {NOISE}"]
    assert parse_fault(NOISE).kind == "flip"


def test_every_control_has_a_name(window: TrainingWindow, tmp_path: Path) -> None:
    able = [
        part for part in window.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible()
    ]  # fmt: skip
    assert len(able) >= 5
    assert [type(part).__name__ for part in able if not part.accessibleName()] == []


def test_trouble_is_the_text_after_the_code() -> None:
    assert trouble("error a.b Nothing there.\n") == "Nothing there."
    assert trouble("row\nok\n") == ""

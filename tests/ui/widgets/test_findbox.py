"""The one box: everything by keyboard, the list never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.findbox import FindBox, FoundRow


def _box(ground: QWidget, look: Look) -> FindBox:
    column = QVBoxLayout(ground)
    box = FindBox(look, ground, "Find", "Find", "Ctrl+K")
    column.addWidget(box)
    column.addStretch(1)
    box.show()
    box.setFocus()
    return box


ROWS = (FoundRow("item:1", "Item", "流动人口婚育证明"), FoundRow("case:2", "Case", "3-0318", "张"))


def test_arrows_choose_and_enter_takes(ground: QWidget, look: Look) -> None:
    box = _box(ground, look)
    tester = QAbstractItemModelTester(box.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester.model() is box.model
    taken: list[str] = []
    box.taken.connect(taken.append)
    QTest.keyClicks(box, "ld")
    box.show_hits(ROWS)
    assert box.hasFocus()
    assert box.hits_shown
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert taken == ["item:1", "case:2", "item:1"]


def test_enter_without_hits_gives_the_text(ground: QWidget, look: Look) -> None:
    box = _box(ground, look)
    entered: list[str] = []
    box.entered.connect(entered.append)
    QTest.keyClicks(box, "A012")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert entered == ["A012"]


def test_escape_empties_first_and_then_leaves(ground: QWidget, look: Look) -> None:
    box = _box(ground, look)
    dismissed: list[bool] = []
    box.dismissed.connect(lambda: dismissed.append(True))
    QTest.keyClicks(box, "x")
    box.show_hits(ROWS)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), box.hits_shown, dismissed) == ("", False, [True])

"""The simulated scanner of the training table: each key's orders, any code typed, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_app.i18n import Translator
from counter_app.simulators.scanner.documents import DOCUMENTS
from counter_app.ui.theme.look import Look
from counter_app.ui.training.scanner_bar import SCANS, ScannerBar
from counter_app.ui.widgets.keys import KeyButton


class HandScanner:
    """Keeps what it was told; `answer` is said to each order."""

    def __init__(self, answer: str = "ok") -> None:
        self.told: list[str] = []
        self.answer = answer

    def command(self, text: str) -> str:
        self.told.append(text)
        return self.answer


def test_each_key_gives_its_orders(qtbot: QtBot, look: Look, t: Translator) -> None:
    scanner = HandScanner()
    bar = ScannerBar(scanner, look, t)
    qtbot.addWidget(bar)
    for key in bar.findChildren(KeyButton):
        key.click()
    assert scanner.told == [order for scan in SCANS for order in scan.orders]
    drawn = {order.removeprefix("draw ") for order in scanner.told if order.startswith("draw ")}
    assert drawn <= set(DOCUMENTS)
    assert bar.said.text() == "Scanned."


def test_any_code_is_scanned_by_enter(qtbot: QtBot, look: Look, t: Translator) -> None:
    scanner = HandScanner()
    bar = ScannerBar(scanner, look, t)
    qtbot.addWidget(bar)
    QTest.keyClicks(bar.line, "ticket:3.1.5")
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert scanner.told == ["scan ticket:3.1.5"]
    assert bar.line.text() == ""


def test_a_scanner_nobody_listens_to_says_so(qtbot: QtBot, look: Look, t: Translator) -> None:
    bar = ScannerBar(HandScanner("error simulator.nobody-listens Nobody has opened it."), look, t)
    qtbot.addWidget(bar)
    bar.scan(("scan A012",))
    assert bar.said.text() == "Nobody has opened it."

"""A scanner while an input method composes: neither the half-composed words nor the code are lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.ui.counter.scanner import begin, scan
from tests.ui.counter.station import Station

Ctrl = Qt.KeyboardModifier.ControlModifier
ABROAD = "6901234567892"


def compose(widget: QWidget, words: str) -> None:
    """Words that the input method shows, not yet chosen."""
    QApplication.sendEvent(widget, QInputMethodEvent(words, []))


# mission: M3
def test_a_code_amid_half_composed_words_leaves_them_in_the_field(station: Station) -> None:
    begin(station)
    station.press(Qt.Key.Key_T, Ctrl)
    name = station.focus
    assert isinstance(name, QLineEdit)
    station.type("Li ")
    compose(name, "san'hao")
    scan(station, ABROAD)
    assert name.text() == "Li san'hao"
    assert ABROAD in station.notice
    station.press(Qt.Key.Key_A)
    assert name.text().startswith("Li san'hao")


# mission: M3
def test_a_code_amid_words_for_the_one_box_is_recognised(station: Station) -> None:
    begin(station)
    box = station.window.panels.head.box
    box.setFocus()
    compose(box, "jie'hun")
    scan(station, ABROAD)
    assert ABROAD in station.notice
    assert box.text() == "jie'hun"

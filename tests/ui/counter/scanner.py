"""A scanner at the keyboard's cable: what it types, with the keys such scanners spoil."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.intake.parties import PARTIES, Identity
from tests.ui.counter.station import Station

NOTHING = Qt.KeyboardModifier.NoModifier


def send(station: Station, key: int, text: str = "", modifiers: Qt.KeyboardModifier = NOTHING) -> None:
    """A key as the system delivers it, pressed and let go."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(station.focus, QKeyEvent(kind, key, modifiers, text))


def scan(station: Station, text: str, *, prefix: bool = True, end: bool = True) -> None:
    """Type a code as a scanner does; lines end with Enter each."""
    if prefix:
        QTest.keyClick(station.focus, Qt.Key.Key_F12)
    for line in text.split("\n"):
        for sign in line:
            if sign == "\x1d":
                type_by_number(station, "029")
            else:
                send(station, 0, sign)
        if end:
            send(station, Qt.Key.Key_Return, "\r")
    station.settle()


def type_by_number(station: Station, digits: str) -> None:
    """Alt held, digits on the keypad, Alt let go: how a wedge sends a character no keyboard has."""
    alt = Qt.KeyboardModifier.AltModifier
    QApplication.sendEvent(station.focus, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Alt, alt))
    for digit in digits:
        send(station, Qt.Key.Key_0 + int(digit), digit, alt | Qt.KeyboardModifier.KeypadModifier)
    QApplication.sendEvent(station.focus, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Alt, NOTHING))


def begin(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)


def applicant(station: Station) -> Identity:
    view = station.window.work.view
    assert view is not None
    assert len(view.persons) == 1, station.notice
    with station.hall.store.reading() as reader:
        found = reader.need(PARTIES, view.persons[0].party).identity
    assert found is not None
    return found

"""Windows without a screen: the offscreen platform, the product's own fonts, one look."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.i18n import Translator
from counter_app.ui.fonts import load_fonts
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import LIGHT


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application with the fonts the product brings."""
    load_fonts(qapp)
    return qapp


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(LIGHT)


@pytest.fixture
def t() -> Translator:
    return Translator("en")


@pytest.fixture
def ground(qtbot: QtBot) -> Iterator[QWidget]:
    """A window in front to put widgets into. Held until the end: qtbot alone keeps a weak reference,
    and a window collected while Qt still paints it takes the interpreter down."""
    window = QWidget()
    window.resize(500, 400)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window
    window.close()

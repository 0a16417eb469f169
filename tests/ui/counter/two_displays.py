"""A counter with a second display for the citizen, in a process of its own; says what became of a rating."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.waiting.rating import RATINGS
from counter_app.i18n import Translator
from counter_app.ui.fonts import load_fonts
from tests.ui.counter.station import Station


def _screen(name: str, x: int, width: int, height: int) -> dict[str, object]:
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1.0}
    return {"name": name, "x": x, "y": 0, "width": width, "height": height, **dots}


SCREENS = [_screen("clerk", 0, 1366, 768), _screen("citizen", 1366, 1920, 1080)]


def main(folder: Path) -> None:
    application = QApplication([])
    load_fonts(application)
    folder.mkdir()
    station = Station(folder, Translator("en"))
    station.show()
    station.log_in()
    number = station.ticket("0603")
    station.press(Qt.Key.Key_F3)
    ticket = station.window.desk.hands.ticket
    assert ticket is not None, number
    station.press(Qt.Key.Key_F2)
    screen = station.window._screen.rating
    assert screen is not None
    place = screen.geometry()
    asked = station.window.panels.chooser.question is not None
    QTest.mouseClick(screen.keys[0], Qt.MouseButton.LeftButton)
    station.settle()
    with station.hall.store.reading() as reader:
        score = reader.need(RATINGS, ticket.ticket).score
    station.close()
    at = [place.x(), place.y(), place.width(), place.height()]
    print(json.dumps({"at": at, "question": asked, "score": score}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

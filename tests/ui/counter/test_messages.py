"""Where messages stand: over nothing that the clerk decides by."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.i18n import Translator
from tests.ui.counter.scanner import scan
from tests.ui.counter.station import Station

SIZES = ((1366, 768, 1.0), (1920, 1080, 1.0), (1366, 768, 1.5))


def place(station: Station, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(station.window.panels.desk, QPoint()), widget.size())


# mission: M3 I5
@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_a_message_leaves_the_conclusion_in_sight(
    tmp_path: Path, qapp: QApplication, width: int, height: int, scale: float
) -> None:
    station = Station(tmp_path, Translator("zh_CN"), scale=scale)
    station.show(width, height)
    panels = station.window.panels
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.lay("zhang")
    station.type("y")
    for _ in range(6):
        if panels.work.part == "item":
            station.type("2")
    scan(station, "6901234567892")
    told, verdict = place(station, panels.notice), place(station, panels.work.verdict)
    assert panels.notice.isVisible()
    assert not told.intersects(verdict), (told, verdict)
    assert panels.desk.rect().contains(told)
    assert panels.notice.height() >= panels.notice.heightForWidth(panels.notice.width())
    station.close()

"""Everything is findable without knowing its key: the menu, and the one box by words or initials."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.i18n import Translator
from counter_app.ui.counter.commands import GROUPS, MORE, finds
from counter_app.ui.widgets.commands import Key
from tests.ui.counter.station import Station

Ctrl = Qt.KeyboardModifier.ControlModifier
ALL = [line for group in (*GROUPS, *MORE) for line in group.lines if line.command]
NAMELESS = {"find", "back", "notice_action"}  # one has done it already when one could type its name


@pytest.mark.parametrize(
    "line", [line for line in ALL if line.command not in NAMELESS], ids=lambda k: k.command
)
def test_every_command_is_found_by_the_initials_of_its_chinese_words(line: Key) -> None:
    t = Translator("zh_CN")
    words = t(line.words)
    read = words.replace("重", "虫")  # 重 is read chóng in all of these
    assert line.initials == re.sub("[^a-z0-9]", "", PinyinRomaniser().initials(read))
    found, _ = finds(line.initials, t)
    assert line in found[:3]
    assert line in finds(words[:3], t)[0]


def test_no_line_of_the_menu_is_hidden_behind_another_and_no_command_is_named_twice() -> None:
    caps = [line.cap for group in MORE for line in group.lines]
    assert len(set(caps)) == len(caps)
    assert [cap for cap in caps if not 0 < len(cap) <= 2] == []
    assert [(one, other) for one in caps for other in caps if one != other and other.startswith(one)] == []
    commands = [line.command for line in ALL]
    assert len(set(commands)) == len(commands)


def test_every_command_is_done_by_the_window(station: Station) -> None:
    assert {line.command for line in ALL} == station.window.commands


def test_the_menu_does_what_its_letter_says(station: Station) -> None:
    station.log_in()
    station.press(Qt.Key.Key_M, Ctrl)
    more = station.window.panels.more
    assert more.isVisible()
    back = next(line for group in MORE for line in group.lines if line.command == "back_in_line")
    station.type(back.cap)
    assert not more.isVisible()
    assert "Nobody was missed today." in station.notice
    station.press(Qt.Key.Key_M, Ctrl)
    station.press(Qt.Key.Key_Escape)
    assert not more.isVisible()
    assert station.focus is station.window.panels.head.box


# mission: Q2
def test_a_command_is_found_in_the_box(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.press(Qt.Key.Key_F7)
    station.type("no-show")
    rows = station.window.panels.head.box.model.rows
    assert rows[0].kind == "Command"
    station.press(Qt.Key.Key_Return)
    question = station.window.panels.chooser.question
    assert question is not None
    assert question.title == "Who is back?"
    station.type("1")
    assert [row.number for row in station.window.panels.line.waiting_model.rows] == ["A001"]


def test_the_whole_menu_is_seen_on_a_low_screen(tmp_path: Path, qapp: QApplication) -> None:
    station = Station(tmp_path, Translator("zh_CN"))
    try:
        station.show(1366, 768)
        station.log_in()
        station.press(Qt.Key.Key_M, Ctrl)
        menu = station.window.panels.more
        assert menu.isVisibleTo(station.window)
        assert not menu.scrolls
    finally:
        station.close()

"""One bar: the newest message stands, errors say what was kept and what to do, actions act once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.notices import Notice, NoticeBar, notice_of
from counter_app.ui.theme.look import Look


def test_an_error_says_all_three_parts(qtbot: QtBot, look: Look, t: Translator) -> None:
    bar = NoticeBar(t, look)
    qtbot.addWidget(bar)
    error = UserFacingError(
        "printer.out", "No paper in {name}.", kept="The act is stored.", remedy="Put in a roll.", name="P1"
    )
    bar.show_notice(notice_of(error, t))
    assert bar.accessibleName() == "No paper in P1. The act is stored. Put in a roll."
    assert bar.current is not None
    assert bar.current.code == "printer.out"


def test_the_newest_takes_the_place_of_the_last(qtbot: QtBot, look: Look, t: Translator) -> None:
    bar = NoticeBar(t, look)
    qtbot.addWidget(bar)
    acted: list[str] = []
    bar.show_notice(Notice("one", action="Retry"), lambda: acted.append("one"))
    bar.show_notice(Notice("two", action="Retry"), lambda: acted.append("two"))
    assert bar.take_action()
    assert not bar.take_action()
    assert acted == ["two"]
    assert bar.current is None


def test_a_message_without_an_action_offers_none(qtbot: QtBot, look: Look, t: Translator) -> None:
    bar = NoticeBar(t, look)
    qtbot.addWidget(bar)
    bar.show_notice(Notice("only words"))
    assert not bar.take_action()
    assert bar.current is not None
    bar.dismiss()
    assert bar.isHidden()

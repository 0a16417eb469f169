"""Results come home to the GUI thread; errors people can mend go to the one place, others are raised."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from counter_app.errors import UserFacingError
from counter_app.lanes import InlineRunner, Lane
from counter_app.ui.tasks import Tasks


def test_a_lanes_result_arrives_in_this_thread(qtbot: QtBot) -> None:
    seen: list[tuple[str, str]] = []
    with Lane("test") as lane:
        tasks = Tasks(lane, show_error=lambda error: None)
        tasks.run(
            lambda: threading.current_thread().name,
            lambda worked_in: seen.append((worked_in, threading.current_thread().name)),
        )
        qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("lane-test", "MainThread")]
    assert tasks.under_way == 0


def test_errors_people_can_mend_are_shown_once(qtbot: QtBot) -> None:
    shown: list[str] = []
    own: list[str] = []
    tasks = Tasks(InlineRunner(), show_error=lambda error: shown.append(error.code))

    def fail() -> None:
        raise UserFacingError("ticket.gone", "The ticket is gone.")

    tasks.run(fail)
    tasks.run(fail, failed=lambda error: own.append(error.code))
    assert (shown, own) == (["ticket.gone"], ["ticket.gone"])


def test_defects_reach_the_crash_hook(qtbot: QtBot) -> None:
    shown: list[str] = []
    tasks = Tasks(InlineRunner(), show_error=lambda error: shown.append(error.code))
    with qtbot.captureExceptions() as caught:
        tasks.run(lambda: 1 // 0)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert shown == []


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    seen: list[int] = []
    tasks = Tasks(InlineRunner(), show_error=lambda error: pytest.fail(str(error)))
    tasks.close()
    tasks.run(lambda: 1, seen.append)
    assert seen == []

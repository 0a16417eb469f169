"""The citizen rates on his own screen; the clerk sees that he is asked and never what he chose (Q6)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.rating import RATINGS, REASONS, SCORES, Rating
from counter_app.i18n import Translator
from counter_app.ui.counter.citizen_rating import SETTLE_MS, CitizenRating
from counter_app.ui.counter.citizen_window import KEY_MM
from counter_app.use_cases.waiting.frames_at_work import ASKED_FOR
from tests.ui.counter import two_displays
from tests.ui.counter.station import Station, more

KEYPAD = Qt.KeyboardModifier.KeypadModifier
ZH = Translator("zh_CN")  # the ticket's language; the clerk's is English here
SCORE_WORDS = {score: ZH(words) for score, words in SCORES.items()}


@pytest.fixture
def station(tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"), rated_on="beside")
    station.show()
    station.log_in()
    yield station
    station.close()


def finished(station: Station) -> str:
    """A citizen was served, and his screen asks him."""
    station.ticket("0603")
    station.press(Qt.Key.Key_F3)
    ticket = station.window.desk.hands.ticket
    assert ticket is not None
    station.press(Qt.Key.Key_F2)
    return ticket.ticket


def shown(station: Station) -> CitizenRating | None:
    return station.window._screen.rating


def touch(station: Station, code: str) -> None:
    screen = shown(station)
    assert screen is not None
    key = next(key for key in screen.keys if key.code == code)
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    station.settle()


def rating(station: Station, ticket: str) -> Rating | None:
    with station.hall.store.reading() as reader:
        return reader.get(RATINGS, ticket)


def who_rated(station: Station, ticket: str) -> Actor:
    with station.hall.store.reading() as reader:
        (event,) = reader.history(f"rating:{ticket}")
    return event.actor


def words_of(station: Station) -> str:
    """All the clerk can read in his window."""
    labels = station.window.panels.findChildren(QLabel)
    return " ".join([station.notice, *(label.text() for label in labels if label.isVisible())])


# mission: Q6
def test_one_touch_rates_and_the_clerk_is_not_told_which(station: Station) -> None:
    ticket = finished(station)
    screen = shown(station)
    assert screen is not None
    assert station.window.panels.chooser.question is None
    assert "rates on his screen" in station.notice
    assert [key.text() for key in screen.keys] == list(SCORE_WORDS.values())
    touch(station, "3")
    kept = rating(station, ticket)
    assert kept is not None
    assert (kept.score, kept.reasons, kept.staff) == (3, (), "1002")
    assert who_rated(station, ticket) == Actor("citizen", "3")
    assert "has answered" in station.notice
    told = words_of(station)
    assert not [words for words in (*SCORES.values(), *SCORE_WORDS.values()) if words in told]
    assert screen.keys == ()  # thanked
    station.hall.clock.advance(seconds=5)
    station.window._tick()
    assert shown(station) is None


@pytest.mark.parametrize("score", ["4", "5"])
def test_the_lower_two_ask_why(station: Station, score: str) -> None:
    ticket = finished(station)
    touch(station, score)
    assert "has answered" in station.notice
    assert rating(station, ticket) is None
    touch(station, "wait")  # the second tap of a shaking finger
    assert rating(station, ticket) is None
    screen = shown(station)
    assert screen is not None
    assert [key.code for key in screen.keys] == [*REASONS, ""]
    QTest.qWait(SETTLE_MS + 50)
    touch(station, "attitude")
    kept = rating(station, ticket)
    assert kept is not None
    assert (kept.score, kept.reasons) == (int(score), ("attitude",))


def test_the_clerk_s_window_says_the_same_whatever_was_chosen(station: Station) -> None:
    told = set()
    for score in ("1", "5"):
        finished(station)
        touch(station, score)
        told.add(station.notice)
    assert len(told) == 1


def test_a_bad_rating_is_kept_though_the_next_is_called_before_he_says_why(station: Station) -> None:
    ticket = finished(station)
    touch(station, "5")
    station.ticket("0603")
    station.press(Qt.Key.Key_F3)
    kept = rating(station, ticket)
    assert kept is not None
    assert (kept.score, kept.reasons) == (5, ())
    assert shown(station) is None


def test_a_bad_rating_is_kept_though_the_time_to_say_why_is_over(station: Station) -> None:
    ticket = finished(station)
    touch(station, "4")
    station.hall.clock.advance(seconds=ASKED_FOR.total_seconds() + 1)
    station.window._tick()
    kept = rating(station, ticket)
    assert kept is not None
    assert kept.score == 4


def test_esc_at_the_counter_takes_it_back(station: Station) -> None:
    ticket = finished(station)
    station.press(Qt.Key.Key_Escape)
    assert shown(station) is None
    assert "nothing was rated" in station.notice
    assert rating(station, ticket) is None


def test_esc_says_nothing_of_a_bad_rating_under_way(station: Station) -> None:
    """It does what it does after a good one: the message goes."""
    finished(station)
    touch(station, "5")
    station.press(Qt.Key.Key_Escape)
    assert station.notice == ""


def test_the_next_call_and_the_clock_take_it_back(station: Station) -> None:
    finished(station)
    station.ticket("0603")
    station.press(Qt.Key.Key_F3)
    assert shown(station) is None
    assert station.notice == ""
    station.press(Qt.Key.Key_F2)
    assert shown(station) is not None
    station.hall.clock.advance(seconds=ASKED_FOR.total_seconds() - 2)
    station.window._tick()
    assert shown(station) is not None
    station.hall.clock.advance(seconds=3)
    station.window._tick()
    assert shown(station) is None


def test_calling_when_nobody_waits_leaves_him_his_time(station: Station) -> None:
    finished(station)
    station.press(Qt.Key.Key_F3)
    assert shown(station) is not None


def test_a_locked_counter_asks_nobody(station: Station) -> None:
    finished(station)
    station.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert shown(station) is None


def test_who_cannot_touch_is_asked_by_the_clerk(station: Station) -> None:
    ticket = finished(station)
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert shown(station) is None
    question = station.window.panels.chooser.question
    assert question is not None
    assert "How was it?" in question.title
    station.press(Qt.Key.Key_2)
    kept = rating(station, ticket)
    assert kept is not None
    assert kept.score == 2


def test_the_pad_ends_the_question_on_the_screen(station: Station) -> None:
    ticket = finished(station)
    station.deps.ratings.rate(Actor("citizen", "3"), f"pad:{ticket}", ticket, 2)
    station.window._changes.poll()
    station.settle()
    screen = shown(station)
    assert screen is not None
    assert screen.keys == ()
    assert "Thank you" in station.notice


def test_a_paper_to_sign_takes_its_place(station: Station) -> None:
    finished(station)
    more(station, "sign_paper")
    assert shown(station) is None


def test_a_key_given_to_his_window_is_the_clerks_and_rates_nothing(station: Station) -> None:
    """One keyboard: some platforms give a touched window the keys all the same."""
    ticket = finished(station)
    screen = shown(station)
    assert screen is not None
    station.window.panels.head.box.setFocus()
    QTest.keyClick(screen, Qt.Key.Key_5)
    QTest.keyClick(screen, Qt.Key.Key_4, KEYPAD)
    assert rating(station, ticket) is None
    assert station.window.panels.head.box.text() == "54"
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    station.settle()
    assert station.window.panels.chooser.question is not None


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 600)])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_keys_and_words_are_large(station: Station, size: tuple[int, int], language: str) -> None:
    station.hall.clock.advance(seconds=20)
    station.issue("0603", language=language)
    station.press(Qt.Key.Key_F3)
    station.press(Qt.Key.Key_F2)
    screen = shown(station)
    assert screen is not None
    screen.resize(*size)
    station.settle()
    least = KEY_MM / 25.4 * screen.logicalDpiY()
    for score in ("5", "other"):
        assert min(min(key.width(), key.height()) for key in screen.keys) >= least
        assert min(key.font_size for key in screen.keys) >= 24  # 18 pt at 96 dots
        assert screen.height() == size[1]
        if score == "5":
            touch(station, score)
            QTest.qWait(50)


def test_without_a_second_display_the_clerk_asks(tmp_path: Path, qapp: QApplication) -> None:
    station = Station(tmp_path, Translator("en"))
    station.show()
    station.log_in()
    finished(station)
    assert station.window._screen.rating is None
    assert station.window.panels.chooser.question is not None
    station.close()


def test_on_a_second_display_it_fills_it(tmp_path: Path) -> None:
    """In a process of its own: how many displays there are is said when Qt starts."""
    displays = tmp_path / "displays.json"
    displays.write_text(json.dumps({"screens": two_displays.SCREENS}), encoding="utf-8")
    platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={displays}"}
    told = subprocess.run(
        [sys.executable, "-m", "tests.ui.counter.two_displays", str(tmp_path / "home")],
        env=os.environ | platform,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(told.stdout) == {"at": [1366, 0, 1920, 1080], "question": False, "score": 1}

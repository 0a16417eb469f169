"""Calls for help, waits past the promise, the end of the day, duties and sign-ins at the counter."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.ticket import State
from tests.ui.counter.station import Station, more

Ctrl = Qt.KeyboardModifier.ControlModifier
KIOSK = Actor("kiosk", "kiosk-1")


def state(station: Station, number: str) -> State:
    return station.deps.waiting.find(number).state


def supervise(station: Station) -> None:
    """The supervisor logs in at this counter."""
    station.window.access.log_in("1010", "102468")
    station.settle()
    assert station.window.desk.at_work


# mission: Q5
def test_a_call_for_help_is_seen_and_answered_by_a_key(station: Station) -> None:
    station.log_in()
    alarms = station.window.panels.line.alarms
    assert not alarms.isVisible()
    station.deps.help_desk.ask(KIOSK, "help", "The screen does not react")
    station.window.help.refresh()
    station.settle()
    assert alarms.isVisible()
    assert "kiosk 1 · The screen does not react" in alarms.words
    assert "Help wanted: kiosk 1" in station.notice
    assert "Lobby guide" in station.notice
    station.press(Qt.Key.Key_H, Ctrl)
    assert station.deps.help_desk.open_calls() == ()
    assert not alarms.isVisible()
    assert "You go to kiosk 1." in station.notice


# mission: Q5
def test_a_call_for_help_is_passed_on(station: Station) -> None:
    station.deps.help_desk.ask(KIOSK, "help")
    station.log_in()
    (before,) = station.deps.help_desk.open_calls()
    more(station, "help_escalate")
    (after,) = station.deps.help_desk.open_calls()
    assert len(after.posts) == len(before.posts) + 1
    assert "Manager on duty" in station.notice


# mission: Q5
def test_a_wait_past_the_promise_is_shown(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    assert station.window.panels.line.alarms.words == ""
    station.hall.clock.advance(minutes=50)
    station.window.help.refresh()
    assert "waits 50 min, promised" in station.window.panels.line.alarms.words


# mission: Q7
def test_closing_the_day_lists_what_becomes_of_each_ticket_and_does_it(station: Station) -> None:
    station.ticket("0603")
    station.ticket("0603")
    supervise(station)
    more(station, "close_day")
    question = station.window.panels.chooser.question
    assert question is not None
    assert question.title == "Close the day: 2 open"
    assert [choice.detail for choice in question.choices[1:]] == ["is carried over to the next day"] * 2
    assert state(station, "A001") == "waiting"
    station.type("2")
    station.type("3")
    station.type("0")
    assert (state(station, "A001"), state(station, "A002")) == ("carried_over", "gave_up")
    assert "2 tickets ended" in station.notice


# mission: Q7
def test_somebody_being_served_must_be_ended_by_a_person(station: Station) -> None:
    number = station.ticket("0603")
    hall, waiting = station.hall, station.deps.waiting
    other = Actor("1004", "4")
    station.deps.access.log_in("1004", "042468", "4", hall.key())
    ticket = waiting.call_number(other, hall.key(), number, "test")
    waiting.start(other, hall.key(), ticket.id)
    supervise(station)
    more(station, "close_day")
    question = station.window.panels.chooser.question
    assert question is not None
    assert not question.choices[0].enabled
    station.type("0")
    assert state(station, number) == "serving"
    station.type("1")
    station.type("1")
    station.type("0")
    assert state(station, number) == "served"


# mission: X3 Q7
def test_a_clerk_may_not_close_the_day(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    more(station, "close_day")
    assert station.window.panels.chooser.question is None
    station.window.day.close_day()
    station.settle()
    assert "Your role does not allow this." in station.notice
    assert state(station, "A001") == "waiting"


# mission: H7
def test_duties_of_the_post_are_readable(station: Station) -> None:
    station.log_in()
    more(station, "duties")
    question = station.window.panels.chooser.question
    assert question is not None
    assert "一次性告知" in question.choices[0].detail
    station.press(Qt.Key.Key_Escape)
    assert station.focus is station.window.panels.head.box


# mission: H4
def test_sign_ins_and_sign_outs_are_kept(station: Station) -> None:
    station.log_in()
    station.press(Qt.Key.Key_Q, Ctrl)
    assert not station.window.panels.at_desk
    station.log_in()
    more(station, "attendance")
    question = station.window.panels.chooser.question
    assert question is not None
    assert ["signed out" in choice.detail for choice in question.choices] == [False, True]
    assert "here now" in question.choices[0].detail

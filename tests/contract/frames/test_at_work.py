"""A pad and a strip at a counter, over simulators: asked once, kept once, shown as things stand, back by
themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.devices.frames.devices import FramedPad, FramedStrip
from counter_app.devices.serial_line import LineSettings
from counter_app.domain.waiting.rating import RATINGS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.peripherals import Kind, Peripheral
from counter_app.simulators.frames.device import SimulatedPad, SimulatedStrip
from counter_app.simulators.frames.serve import RunningFramed
from counter_app.simulators.serving import DeviceServing
from counter_app.use_cases.waiting.duty import Counters
from counter_app.use_cases.waiting.frames_at_work import RatingWork, StripWork
from counter_app.use_cases.waiting.ratings import Ratings
from counter_app.use_cases.waiting.requests import IssueTicket
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.intake_hall import CLERK, IntakeHall

COUNTER = "3"


class Hall:
    """Counter 3, open, with what hangs there."""

    def __init__(self, folder: Path) -> None:
        self.hall = IntakeHall(folder)
        hall = self.hall
        self.waiting = Waiting(hall.store, hall.reference, hall.ticket_papers)
        self.counters = Counters(hall.store, hall.reference)
        self.ratings = Ratings(hall.store, hall.reference)
        self.counters.open(CLERK, hall.key())

    def call(self) -> Ticket:
        self.waiting.issue_ticket(CLERK, self.hall.key(), IssueTicket(None, ("0603",)))
        called = self.waiting.call_next(CLERK, self.hall.key())
        assert called is not None
        return called

    def finish(self, ticket: Ticket) -> None:
        self.waiting.start(CLERK, self.hall.key(), ticket.id)
        self.waiting.finish(CLERK, self.hall.key(), ticket.id)

    def score(self, ticket: Ticket) -> int | None:
        with self.hall.store.reading() as reader:
            found = reader.get(RATINGS, ticket.id)
        return None if found is None else found.score


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path)
    yield hall
    hall.hall.close()


def served(kind: Kind) -> tuple[RunningFramed, Peripheral, LineSettings]:
    running = RunningFramed(kind, DeviceServing(tcp="127.0.0.1:0"))
    return running, Peripheral(kind, "it", running.url), LineSettings(running.url, 9600)


@pytest.fixture
def pad(there: Hall) -> Iterator[tuple[RatingWork, RunningFramed, SimulatedPad]]:
    running, declared, settings = served(Kind.RATING_PAD)
    work = RatingWork(there.hall.store, there.ratings, FramedPad(declared, settings), there.hall.clock)
    assert isinstance(running.device, SimulatedPad)
    yield work, running, running.device
    work.close()
    running.stop()


@pytest.fixture
def strip(there: Hall) -> Iterator[tuple[StripWork, RunningFramed, SimulatedStrip]]:
    running, declared, settings = served(Kind.LED_STRIP)
    work = StripWork(there.hall.store, FramedStrip(declared, settings), there.hall.clock)
    assert isinstance(running.device, SimulatedStrip)
    yield work, running, running.device
    running.stop()


def until(holds: Callable[[], bool], step: Callable[[], object] = lambda: None) -> None:
    ends = time.monotonic() + 6
    while not holds():
        step()
        assert time.monotonic() < ends
        time.sleep(0.01)


# mission: Q6 M3
def test_the_pad_asks_when_a_service_ends_and_the_press_is_kept_once(
    there: Hall, pad: tuple[RatingWork, RunningFramed, SimulatedPad]
) -> None:
    work, _, device = pad
    ticket = there.call()
    assert not work.step()
    there.finish(ticket)
    work.step()
    until(lambda: device.asked == 1)
    device.press(2)
    until(lambda: there.score(ticket) is not None, work.step)
    assert there.score(ticket) == 2
    until(lambda: device.thanked == 1)
    device.press(5)
    for _ in range(3):
        assert not work.step()
    assert there.score(ticket) == 2
    assert device.asked == 1


def test_unplugged_in_between_it_asks_again_when_it_is_back(
    there: Hall, pad: tuple[RatingWork, RunningFramed, SimulatedPad]
) -> None:
    work, running, device = pad
    ticket = there.call()
    running.run("unplug")
    there.finish(ticket)
    assert not work.step()
    running.run("plug")
    assert not work.step()  # not at once again
    there.hall.clock.advance(seconds=6)
    until(lambda: device.asked == 1, work.step)
    device.press(4)
    until(lambda: there.score(ticket) == 4, work.step)


@pytest.mark.parametrize(
    "fault", ["noise", "silent", "flip:0", "flip:3", "flip:4", "cut:0", "cut:1", "cut:4"]
)
def test_what_a_pad_spoils_is_no_rating_and_the_next_press_is(
    there: Hall, pad: tuple[RatingWork, RunningFramed, SimulatedPad], fault: str
) -> None:
    work, running, device = pad
    ticket = there.call()
    there.finish(ticket)
    work.step()
    until(lambda: device.asked >= 1)
    running.run(f"fault {fault}")
    device.press(1)
    for _ in range(2):
        work.step()
    assert there.score(ticket) in ((None, 1) if fault == "noise" else (None,))
    running.run("fault none")
    running.run("plug")

    def again() -> None:
        there.hall.clock.advance(seconds=6)
        work.step()
        device.press(1)

    until(lambda: there.score(ticket) == 1, again)


def test_the_next_call_or_a_minute_ends_the_asking(
    there: Hall, pad: tuple[RatingWork, RunningFramed, SimulatedPad]
) -> None:
    work, _, device = pad
    first = there.call()
    there.finish(first)
    work.step()
    until(lambda: device.asked == 1)
    there.call()
    assert not work.step()
    device.press(1)
    assert not work.step()
    assert there.score(first) is None


def test_a_rating_at_the_window_ends_it_too(
    there: Hall, pad: tuple[RatingWork, RunningFramed, SimulatedPad]
) -> None:
    work, _, device = pad
    ticket = there.call()
    there.finish(ticket)
    work.step()
    there.ratings.rate(CLERK, there.hall.key(), ticket.id, 3)
    until(lambda: device.asked == 1)
    device.press(1)
    assert not work.step()
    assert there.score(ticket) == 3


# mission: M3 Q5
def test_the_strip_shows_what_its_counter_does(
    there: Hall, strip: tuple[StripWork, RunningFramed, SimulatedStrip]
) -> None:
    work, _, device = strip

    def shown(words: str) -> None:
        until(lambda: device.text == words, work.step)

    shown("3 号窗口 欢迎光临")
    ticket = there.call()
    shown(f"请 {ticket.number} 号到 3 号窗口")
    there.waiting.start(CLERK, there.hall.key(), ticket.id)
    shown(f"3 号窗口 正在办理 {ticket.number} 号")
    there.waiting.finish(CLERK, there.hall.key(), ticket.id)
    shown("3 号窗口 欢迎光临")
    there.counters.pause(CLERK, there.hall.key(), "午休")
    shown("3 号窗口 暂停服务")
    there.counters.close(CLERK, there.hall.key())
    shown("3 号窗口 停止服务")
    count = len(device.texts)
    for _ in range(5):
        work.step()
    assert len(device.texts) == count


def test_a_strip_that_was_away_shows_how_things_stand_when_it_is_back(
    there: Hall, strip: tuple[StripWork, RunningFramed, SimulatedStrip]
) -> None:
    work, running, device = strip
    running.run("unplug")
    ticket = there.call()
    work.step()
    running.run("plug")
    there.hall.clock.advance(seconds=6)
    until(lambda: ticket.number in device.text, work.step)
    there.hall.clock.advance(seconds=61)
    count = len(device.texts)
    until(lambda: len(device.texts) > count, work.step)  # again now and then: it may have been off

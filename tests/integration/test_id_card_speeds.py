"""Readers at other speeds: found by trying, and told to talk faster where a hall wants it."""

from __future__ import annotations

import time
from collections.abc import Callable

from counter_app.devices.id_card.driver import Timing
from counter_app.devices.id_card.reader_lane import ReaderLane
from counter_app.devices.serial_line import LineSettings, Port, open_port
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.line import tcp_line
from counter_app.use_cases.ports.identity import CardRead, ReaderChanged, ReaderNews, ReaderState
from tests.support.id_cards import ABDUL


def test_the_other_speeds_are_tried_until_one_answers() -> None:
    opened: list[int] = []

    class At9600(SimulatedReader):
        """Hears only noise at any other speed."""

        def feed(self, data: bytes) -> None:
            if opened[-1] == 9600:
                super().feed(data)

    with tcp_line(At9600(pace=0)) as cable:

        def opener(url: str, baudrate: int) -> Port:
            opened.append(baudrate)
            return open_port(cable.url, baudrate)

        timing = Timing(short=0.03, read=0.5, gap=0.02)
        lane = ReaderLane(LineSettings("COM3"), poll_seconds=0.01, timing=timing, opener=opener)
        lane.start(lambda news: None)
        wait_for(lambda: lane.state is ReaderState.READY)
        cable.unplug()
        wait_for(lambda: lane.state is ReaderState.LOST)
        cable.plug()
        wait_for(lambda: lane.state is ReaderState.READY)
        lane.stop()
    assert opened[:5] == [115200, 57600, 38400, 19200, 9600]
    assert set(opened[5:]) == {9600}  # it keeps to the one that answered


def test_a_slow_reader_is_told_to_talk_at_the_fastest() -> None:
    opened: list[int] = []

    class Tuned(SimulatedReader):
        """Hears and speaks at its own speed only, 9600 until it is told another."""

        def feed(self, data: bytes) -> None:
            if opened[-1] == self.speed:
                super().feed(data)

        @property
        def speed(self) -> int:
            return self._module.speed

    reader = Tuned(pace=0)
    reader._module.speed = 9600
    with tcp_line(reader) as cable:

        def opener(url: str, baudrate: int) -> Port:
            opened.append(baudrate)
            return open_port(cable.url, baudrate)

        timing = Timing(short=0.05, read=0.5, gap=0.02)
        settings = LineSettings("COM3", 9600)
        lane = ReaderLane(settings, fastest=True, poll_seconds=0.01, timing=timing, opener=opener)
        news: list[ReaderNews] = []
        lane.start(news.append)
        wait_for(lambda: lane.state is ReaderState.READY)
        reader.lay(ABDUL)
        wait_for(lambda: lane.card is not None)
        lane.stop()
    assert opened == [9600, 115200]
    assert [type(one) for one in news] == [ReaderChanged, CardRead]


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)

"""The reader as a counter has it: its lane, a real port, and the simulator at the other end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from counter_app.devices.id_card.driver import Timing
from counter_app.devices.id_card.no_reader import NoReader
from counter_app.devices.id_card.once import NoCardLaid, read_one_card
from counter_app.devices.id_card.reader_lane import ReaderLane
from counter_app.devices.id_card.status import ReaderSilent
from counter_app.devices.port_lock import PortBusy
from counter_app.devices.serial_line import LineSettings, PortAbsent, SerialLine
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.line import LineServer, tcp_line
from counter_app.use_cases.ports.identity import (
    CardFailed,
    CardRead,
    CardReader,
    CardRemoved,
    ReaderChanged,
    ReaderNews,
    ReaderState,
)
from tests.support.id_cards import ABDUL, LI

if sys.platform != "win32":
    from counter_app.simulators.line import pty_line

KINDS = ["tcp", "pty"] if sys.platform != "win32" else ["tcp"]
QUICK = Timing(short=0.3, read=0.5, gap=0.05)
News = TypeVar("News", CardRead, CardFailed, CardRemoved, ReaderChanged)


@dataclass
class Counter:
    """A reader on its cable, the lane that works it, and all its news."""

    reader: SimulatedReader
    cable: LineServer
    lane: ReaderLane
    news: list[ReaderNews] = field(default_factory=list)
    seen: int = 0

    def next(self, kind: type[News], fits: Callable[[News], bool] = lambda news: True) -> News:
        """The next news of that kind, passing others over; fails after a while."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            while self.seen < len(self.news):
                news = self.news[self.seen]
                self.seen += 1
                if isinstance(news, kind) and fits(news):
                    return news
            time.sleep(0.001)
        raise AssertionError(f"no {kind.__name__} in {self.news}")

    def until(self, state: ReaderState) -> ReaderChanged:
        return self.next(ReaderChanged, lambda news: news.state is state)


@contextmanager
def counter(kind: str, tmp_path: Path, *, old: bool = False) -> Iterator[Counter]:
    reader = SimulatedReader(pace=0, old=old)
    with pty_line(reader, link=tmp_path / "reader") if kind == "pty" else tcp_line(reader) as cable:
        settings = LineSettings(cable.url, lock_folder=tmp_path / "locks", owner="counter")
        lane = ReaderLane(settings, poll_seconds=0.01, timing=QUICK, find_speed=False)
        at_counter = Counter(reader, cable, lane)
        lane.start(at_counter.news.append)
        try:
            at_counter.until(ReaderState.READY)
            yield at_counter
        finally:
            lane.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_cards_come_and_go(kind: str, tmp_path: Path) -> None:
    with counter(kind, tmp_path) as c:
        before = time.monotonic()
        c.reader.lay(ABDUL)
        read = c.next(CardRead)
        assert read.document == ABDUL
        assert before < read.read_at < time.monotonic()
        assert c.lane.card is read
        c.reader.lift()
        c.next(CardRemoved)
        assert c.lane.card is None
        c.reader.lay(LI)
        assert c.next(CardRead).document == LI


def test_a_card_that_stays_is_told_once(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        c.reader.lay(ABDUL)
        c.next(CardRead)
        asked = len(c.reader.requests)
        while len(c.reader.requests) < asked + 10:
            time.sleep(0.001)
        assert [type(news) for news in c.news] == [ReaderChanged, CardRead]
        assert 0x3010 not in c.reader.requests


def test_one_card_put_in_place_of_another(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        c.reader.lay(ABDUL)
        c.next(CardRead)
        c.reader.lay(LI)
        c.next(CardRemoved)
        assert c.next(CardRead).document == LI


def test_an_old_module_notices_the_next_card(tmp_path: Path) -> None:
    with counter("tcp", tmp_path, old=True) as c:
        for card in (ABDUL, LI, ABDUL):
            c.reader.lay(card)
            assert c.next(CardRead).document == card
            c.reader.lift()
        assert [type(n) for n in c.news] == [
            ReaderChanged,
            CardRead,
            CardRemoved,
            CardRead,
            CardRemoved,
            CardRead,
        ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "fault",
    ["noise-before", "noise-after", "cut:1", "cut:700", "flip:2", "flip:9000", "repeat", "wrong-checksum",
     "short-data", "double-flip", "slow:100@any*", "noise-before@any*", "repeat@any*", "silent@2001",
     "silent@2002", "cut:9@2002", "status:81@2002", "unplug:0@2001"],
)  # fmt: skip
def test_passing_faults_end_in_the_right_person(kind: str, fault: str, tmp_path: Path) -> None:
    with counter(kind, tmp_path) as c:
        c.reader.add_fault(fault)
        c.reader.lay(ABDUL)
        if fault.startswith("unplug"):
            c.until(ReaderState.LOST)
            c.cable.plug()
        assert c.next(CardRead).document == ABDUL


def test_a_fault_that_lasts_is_told_once_until_the_card_is_lifted(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        c.reader.add_fault("status:41*")
        c.reader.lay(ABDUL)
        assert c.next(CardFailed).error.code == "id-card.read-failed"
        asked = len(c.reader.requests)
        while len(c.reader.requests) < asked + 20:
            time.sleep(0.001)
        assert [type(news) for news in c.news] == [ReaderChanged, CardFailed]
        c.reader.lift()
        c.next(CardRemoved)
        c.reader.add_fault("none")
        c.reader.lay(ABDUL)
        assert c.next(CardRead).document == ABDUL


def test_a_silent_card_reading_fails_and_the_next_laying_works(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        c.reader.add_fault("silent@3001")
        c.reader.lay(ABDUL)
        assert isinstance(c.next(CardFailed).error, ReaderSilent)
        c.reader.lift()
        c.next(CardRemoved)
        c.reader.lay(LI)
        assert c.next(CardRead).document == LI


UNPLUGGED_AFTER = (
    0,
    1,
    4,
    5,
    6,
    7,
    9,
    10,
    11,
    50,
    255,
    256,
    257,
    270,
    271,
    512,
    640,
    1000,
    1290,
    1293,
    1294,
    1295,
)


@pytest.mark.parametrize("kind", KINDS)
def test_unplugged_after_each_sampled_byte_it_comes_back_by_itself(kind: str, tmp_path: Path) -> None:
    with counter(kind, tmp_path) as c:
        for count in UNPLUGGED_AFTER:
            already = sum(isinstance(news, CardRead) for news in c.news)
            c.reader.add_fault(f"unplug:{count}")
            c.reader.lay(ABDUL if count % 2 else LI)
            lost = c.until(ReaderState.LOST)
            assert lost.problem is not None
            assert lost.problem.code in {"port.lost", "port.absent"}
            if count < 1295:
                assert sum(isinstance(news, CardRead) for news in c.news) == already
            c.reader.lift()
            c.cable.plug()
            c.until(ReaderState.READY)
            c.reader.lay(LI if count % 2 else ABDUL)
            assert c.next(CardRead).document == (LI if count % 2 else ABDUL)
            c.reader.lift()
            c.next(CardRemoved)


def test_a_card_lying_there_is_gone_with_the_reader_and_read_again_after(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        c.reader.lay(ABDUL)
        c.next(CardRead)
        c.cable.unplug()
        c.next(CardRemoved)
        c.until(ReaderState.LOST)
        assert (c.lane.state, c.lane.card) == (ReaderState.LOST, None)
        c.cable.plug()
        c.until(ReaderState.READY)
        assert c.next(CardRead).document == ABDUL


def test_a_reader_that_falls_silent_is_lost_and_found_again(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        c.reader.add_fault("silent@any*")
        assert isinstance(c.until(ReaderState.LOST).problem, ReaderSilent)
        c.reader.add_fault("none")
        c.until(ReaderState.READY)


def test_absent_until_it_is_there(tmp_path: Path) -> None:
    with tcp_line(SimulatedReader()) as cable:
        port = int(cable.url.rsplit(":", 1)[1])
    news: list[ReaderNews] = []
    lane = ReaderLane(LineSettings(f"socket://127.0.0.1:{port}"), poll_seconds=0.01, timing=QUICK)
    lane.start(news.append)
    try:
        wait_for(lambda: lane.state is ReaderState.ABSENT)
        assert isinstance(lane.problem, PortAbsent)
        with tcp_line(SimulatedReader(pace=0), port=port):
            wait_for(lambda: lane.state is ReaderState.READY)
            assert lane.problem is None
    finally:
        lane.stop()
    assert lane.state is ReaderState.OFF


def test_busy_while_another_process_holds_the_port(tmp_path: Path) -> None:
    with tcp_line(SimulatedReader(pace=0)) as cable:
        settings = LineSettings(cable.url, lock_folder=tmp_path, owner="read-card")
        lane = ReaderLane(settings, poll_seconds=0.01, timing=QUICK)
        with SerialLine(settings):
            lane.start(lambda news: None)
            wait_for(lambda: lane.state is ReaderState.BUSY)
            assert isinstance(lane.problem, PortBusy)
            assert "read-card" in str(lane.problem)
        wait_for(lambda: lane.state is ReaderState.READY)
        lane.stop()


def test_stopping_in_the_middle_of_a_reading_is_quick_and_final(tmp_path: Path) -> None:
    reader = SimulatedReader(pace=0)
    reader.lay(ABDUL)
    reader.add_fault("slow:60000@3001*")
    news: list[ReaderNews] = []
    with tcp_line(reader) as cable:
        lane = ReaderLane(LineSettings(cable.url), poll_seconds=0.01)
        lane.start(news.append)
        wait_for(lambda: 0x3001 in reader.requests)
        began = time.monotonic()
        lane.stop()
        assert time.monotonic() - began < 1
        told = len(news)
    assert len(news) == told
    lane.stop()


def test_reading_once(tmp_path: Path) -> None:
    reader = SimulatedReader(pace=0)
    with tcp_line(reader) as cable:
        settings = LineSettings(cable.url, lock_folder=tmp_path)
        with pytest.raises(NoCardLaid):
            read_one_card(settings, 0.05)
        reader.lay(ABDUL)
        assert read_one_card(settings, 5).document == ABDUL
    with pytest.raises(PortAbsent):
        read_one_card(settings, 5)


def test_no_reader_set_up() -> None:
    news: list[ReaderNews] = []
    none: CardReader = NoReader()
    none.start(news.append)
    none.stop()
    assert news == [ReaderChanged(ReaderState.OFF)]


def test_both_readers_are_card_readers() -> None:
    readers: list[CardReader] = [NoReader(), ReaderLane(LineSettings("loop://"))]
    assert all(reader.state is ReaderState.OFF and reader.card is None for reader in readers)


def test_a_card_is_in_at_most_20_ms_after_its_time_on_the_wire(tmp_path: Path) -> None:
    """Seven cards at 115200 baud; the median, because this machine does other things as well."""
    reader = SimulatedReader(pace=0)
    # find, select, read, newest address: four requests of ten bytes less the first, and their answers
    wire = (3 * 10 + (11 + 4) + (11 + 8) + 1295 + 11) * 10 / 115200
    late: list[float] = []
    with tcp_line(reader, baudrate=115200) as cable:
        lane = ReaderLane(LineSettings(cable.url), poll_seconds=0.05)
        c = Counter(reader, cable, lane)
        lane.start(c.news.append)
        c.until(ReaderState.READY)
        for _ in range(7):
            already = len(reader.requests)
            reader.lay(ABDUL)
            began = time.monotonic()
            while 0x2002 not in reader.requests[already:]:
                began = time.monotonic()
                time.sleep(0.0005)
            late.append(c.next(CardRead).read_at - began - (wire - (11 + 4 + 10) * 10 / 115200))
            reader.lift()
            c.next(CardRemoved)
        lane.stop()
    assert sorted(late)[3] <= 0.020


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)

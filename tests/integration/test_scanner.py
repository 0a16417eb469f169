"""The scanner as a counter has it: its lane, a real port, and the simulator at the other end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from counter_app.devices.scanner.scanner_lane import ScannerLane
from counter_app.devices.serial_line import LineSettings
from counter_app.domain.scanning.codes import CodeKind, recognise
from counter_app.simulators.line import LineServer, tcp_line
from counter_app.simulators.scanner.device import SimulatedScanner
from counter_app.simulators.scanner.documents import DOCUMENTS
from counter_app.use_cases.ports.identity import ReaderChanged, ReaderState
from counter_app.use_cases.ports.inputs import Scanned, ScanNews

if sys.platform != "win32":
    from counter_app.simulators.line import pty_line

KINDS = ["tcp", "pty"] if sys.platform != "win32" else ["tcp"]
CODE = "ticket:k1.1.4711"


@dataclass
class Counter:
    """A scanner on its cable, the lane that listens, and all its news."""

    scanner: SimulatedScanner
    cable: LineServer
    lane: ScannerLane
    news: list[ScanNews] = field(default_factory=list)
    seen: int = 0

    def next(self) -> ScanNews:
        end = time.monotonic() + 10
        while self.seen >= len(self.news):
            assert time.monotonic() < end, f"nothing after {self.news}"
            time.sleep(0.001)
        self.seen += 1
        return self.news[self.seen - 1]

    def code(self) -> str:
        news = self.next()
        assert isinstance(news, Scanned), news
        return news.text

    def until(self, state: ReaderState) -> None:
        while True:
            news = self.next()
            if isinstance(news, ReaderChanged) and news.state is state:
                return

    def scan(self, text: str) -> None:
        end = time.monotonic() + 10
        while not self.scanner.scan(text):
            assert time.monotonic() < end
            time.sleep(0.001)


@contextmanager
def counter(kind: str, tmp_path: Path) -> Iterator[Counter]:
    scanner = SimulatedScanner()
    with pty_line(scanner, link=tmp_path / "scanner") if kind == "pty" else tcp_line(scanner) as cable:
        url = str(tmp_path / "scanner") if kind == "pty" else cable.url
        lane = ScannerLane(LineSettings(url, 9600, tmp_path / "locks", "counter"), gap_seconds=0.15)
        c = Counter(scanner, cable, lane)
        lane.start(c.news.append)
        try:
            c.until(ReaderState.READY)
            yield c
        finally:
            lane.stop()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", ["none", "linefeed", "tab", "bare", "stx", "aim"])
def test_a_code_arrives_whatever_end_the_scanner_sends(kind: str, fault: str, tmp_path: Path) -> None:
    with counter(kind, tmp_path) as c:
        c.scanner.add_fault(fault)
        for _ in range(2):
            c.scan(CODE)
            assert recognise(c.code()).text == CODE


def test_a_passport_arrives_in_one_piece(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        for name in ("td1", "td2", "td3"):
            c.scan(DOCUMENTS[name])
            assert c.code() == DOCUMENTS[name]


@pytest.mark.parametrize("fault", ["half:12", "unfinished:12"])
def test_a_half_read_code_is_told_as_such_and_the_next_is_whole(fault: str, tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        c.scanner.add_fault(fault)
        c.scan("GSH1:" + "AB" * 90)
        half = c.code()
        assert (half, recognise(half).kind) == ("GSH1:ABABABA", CodeKind.HALF)
        c.scan(CODE)
        assert c.code() == CODE


def test_chinese_comes_in_both_encodings(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        for fault in ("none", "gbk"):
            c.scanner.add_fault(fault)
            c.scan("南环便服告〔2026〕3-0318-K")
            assert c.code() == "南环便服告〔2026〕3-0318-K"


@pytest.mark.parametrize("kind", KINDS)
def test_unplugged_at_every_byte_of_a_code_it_comes_back_by_itself(kind: str, tmp_path: Path) -> None:
    with counter(kind, tmp_path) as c:
        for count in range(len(CODE) + 1):
            c.scanner.add_fault(f"unplug:{count}")
            c.scan(CODE)
            c.until(ReaderState.LOST)
            told = [news.text for news in c.news if isinstance(news, Scanned)][-1:]
            assert all(CODE.startswith(text) or text == CODE for text in told)
            c.cable.plug()
            c.until(ReaderState.READY)
            c.scan(CODE)
            assert c.code() == CODE


def test_what_was_scanned_while_nobody_listened_is_for_nobody(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        assert not [news for news in c.news if isinstance(news, Scanned)]
        c.lane.stop()
        assert not c.scanner.scan(CODE) or c.lane.state is ReaderState.OFF


def test_a_scan_is_told_within_50_ms_of_its_last_byte(tmp_path: Path) -> None:
    with counter("tcp", tmp_path) as c:
        late = []
        for _ in range(9):
            began = time.monotonic()
            c.scan("GSH1:" + "AB" * 110)
            news = c.next()
            assert isinstance(news, Scanned)
            late.append(news.at - began)
        assert sorted(late)[4] < 0.050

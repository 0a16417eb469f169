"""Every device that reads, behind one face: its lane, its simulator on a cable, what a reading is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from counter_app.devices.id_card.driver import Timing
from counter_app.devices.id_card.reader_lane import ReaderLane
from counter_app.devices.pcsc.slot_lane import SlotLane
from counter_app.devices.scanner.scanner_lane import ScannerLane
from counter_app.devices.serial_line import LineSettings
from counter_app.domain.identity.mrz import MrzDamaged, parse_mrz
from counter_app.domain.scanning.codes import CodeKind, recognise
from counter_app.errors import UserFacingError
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader
from counter_app.simulators.id_card.tray import load_tray
from counter_app.simulators.scanner.documents import DOCUMENTS
from counter_app.simulators.scanner.serve import RunningScanner, ScannerServing
from counter_app.use_cases.ports.identity import CardRead, ReaderChanged, ReaderState
from counter_app.use_cases.ports.inputs import ChipLaid, Scanned
from tests.support.slots import RunningSlots

TODAY: Final = date(2026, 11, 28)
ANY_PORT: Final = "127.0.0.1:0"
QUICK: Final = Timing(short=0.3, read=0.5, gap=0.05)
GAP: Final = 0.1
CODE: Final = "ticket:k1.1.471123456789"
OTHER_CODE: Final = "ticket:k2.1.99"


class Lane(Protocol):
    """What all lanes have."""

    def start(self, listener: Callable[[Any], None]) -> None: ...

    def stop(self) -> None: ...

    @property
    def state(self) -> ReaderState: ...

    @property
    def problem(self) -> UserFacingError | None: ...


class Running(Protocol):
    """A simulated device that takes control lines."""

    @property
    def url(self) -> str: ...

    def run(self, line: str) -> tuple[str, ...]: ...

    def stop(self) -> None: ...


@dataclass(frozen=True)
class ReaderKind:
    """How one kind is tried. `read` makes the simulator give reading `at` (0 or 1), `away` takes it back;
    `heard` tells from a piece of news which reading it was, None for none, and raises for anybody else's. One
    that is not `cabled` has a service of the system between, which others may use as well.

    Trouble at byte positions is in `tests/faults/test_device_campaign.py`.
    """

    name: str
    serve: Callable[[str | None, Path | None], Running]
    hid: Callable[[Path], Running] | None = field(default=None, kw_only=True)
    lane: Callable[[Running, LineSettings], Lane]
    read: Callable[[Running, int], None]
    away: Callable[[Running], None]
    heard: Callable[[Any], int | None]
    cabled: bool = True


_TRAY: Final = load_tray()[:2]
_CHIPS: Final = ("04A2B3C4D5E680", "04FFEEDD")
_DOCUMENTS: Final = tuple(citizen.document for citizen in _TRAY)


def _card_heard(news: Any) -> int | None:
    return _DOCUMENTS.index(news.document) if isinstance(news, CardRead) else None


def _code_heard(news: Any) -> int | None:
    """A code cut, or garbled so that it shows, is nobody's; a whole other ticket would be somebody's."""
    if not isinstance(news, Scanned):
        return None
    found = recognise(news.text)
    if found.text in (CODE, OTHER_CODE):
        return (CODE, OTHER_CODE).index(found.text)
    return None


def _lines_heard(news: Any) -> int | None:
    """Garbled lines are remarked by their check digits; only the name has none."""
    if not isinstance(news, Scanned) or recognise(news.text).kind is not CodeKind.MRZ:
        return None
    known = [parse_mrz(DOCUMENTS[name], TODAY) for name in ("passport", "td1")]
    try:
        found = parse_mrz(recognise(news.text).text, TODAY)
    except MrzDamaged:
        return None
    if found.warnings:
        return None
    facts = [(one.number, one.birth, one.valid_to) for one in known]
    return facts.index((found.number, found.birth, found.valid_to))


def _chip_heard(news: Any) -> int | None:
    return _CHIPS.index(news.serial) if isinstance(news, ChipLaid) else None


def _slot_lane(running: Running, settings: LineSettings) -> Lane:
    assert isinstance(running, RunningSlots)
    return SlotLane(service=running.connect, poll_seconds=0.005, away_seconds=0.02)


def _order(running: Running, line: str) -> None:
    end = time.monotonic() + 5
    while (answer := running.run(line))[-1] != "ok":
        assert time.monotonic() < end, answer
        time.sleep(0.005)


KINDS: Final = (
    ReaderKind(
        "id-card",
        lambda tcp, link: RunningReader(ReaderServing(tcp=tcp, link=link, pace=0.0, baudrate=None)),
        lambda running, settings: ReaderLane(settings, poll_seconds=0.01, timing=QUICK, find_speed=False),
        lambda running, at: _order(running, f"lay {_TRAY[at].key}"),
        lambda running: _order(running, "lift"),
        _card_heard,
        hid=lambda path: RunningReader(ReaderServing(hid=path, pace=0.0, baudrate=None)),
    ),
    ReaderKind(
        "scanner",
        lambda tcp, link: RunningScanner(ScannerServing(tcp=tcp, link=link, baudrate=None)),
        lambda running, settings: ScannerLane(settings, gap_seconds=GAP),
        lambda running, at: _order(running, f"scan {(CODE, OTHER_CODE)[at]}"),
        lambda running: None,
        _code_heard,
    ),
    ReaderKind(
        "mrz",
        lambda tcp, link: RunningScanner(ScannerServing(tcp=tcp, link=link, baudrate=None, documents=True)),
        lambda running, settings: ScannerLane(settings, gap_seconds=GAP),
        lambda running, at: _order(running, f"draw {('passport', 'td1')[at]}"),
        lambda running: None,
        _lines_heard,
    ),
    ReaderKind(
        "pcsc",
        lambda tcp, link: RunningSlots(),
        _slot_lane,
        lambda running, at: _order(running, f"lay {_CHIPS[at]}"),
        lambda running: _order(running, "lift"),
        _chip_heard,
        cabled=False,
    ),
)
CABLES: Final = ("tcp", "pty") if sys.platform != "win32" else ("tcp",)
HID: Final = "hid"


def _ways(kind: ReaderKind) -> tuple[str, ...]:
    if not kind.cabled:
        return ("service",)
    return (*CABLES, HID) if kind.hid is not None and sys.platform == "linux" else CABLES


WAYS: Final = tuple((kind, cable) for kind in KINDS for cable in _ways(kind))


@dataclass
class Tried:
    """One kind on its cable, its lane at work, and all its news."""

    kind: ReaderKind
    running: Running
    lane: Lane
    settings: LineSettings
    news: list[Any] = field(default_factory=list)
    seen: int = 0

    def next(self, fits: Callable[[Any], bool], seconds: float = 10.0) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            while self.seen < len(self.news):
                self.seen += 1
                if fits(self.news[self.seen - 1]):
                    return self.news[self.seen - 1]
            time.sleep(0.001)
        raise AssertionError(f"{self.kind.name}: nothing of that in {self.news[-6:]}")

    def until(self, state: ReaderState) -> ReaderChanged:
        found = self.next(lambda news: isinstance(news, ReaderChanged) and news.state is state)
        assert isinstance(found, ReaderChanged)
        return found

    def reading(self, at: int) -> None:
        """The device gives reading `at` and it arrives as just that."""
        self.kind.read(self.running, at)
        self.next(lambda news: self.kind.heard(news) == at)

    def readings(self) -> list[int]:
        return [at for at in map(self.kind.heard, self.news) if at is not None]


@contextmanager
def tried(kind: ReaderKind, cable: str, folder: Path) -> Iterator[Tried]:
    link = folder / f"{kind.name}-port" if cable == "pty" else None
    if cable == HID and kind.hid is not None:
        running = kind.hid(folder / "hidraw9")
    else:
        running = kind.serve(None if link else ANY_PORT, link)
    settings = LineSettings(str(link) if link else running.url, 9600, folder / "locks", "contract")
    lane = kind.lane(running, settings)
    found = Tried(kind, running, lane, settings)
    try:
        lane.start(found.news.append)
        found.until(ReaderState.READY)
        yield found
    finally:
        lane.stop()
        running.stop()

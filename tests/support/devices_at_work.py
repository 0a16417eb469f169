"""Every kind of device at its daily work, for the campaign: worked with, looked at, well again.

`work` may fail, in known ways only; `well` demands that it works again by itself, and that nothing was lost,
doubled or taken for somebody else's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol

from counter_app.devices.drawer.drawer import SerialDrawer
from counter_app.devices.frames.devices import FramedPad, FramedStrip
from counter_app.devices.imaging.opening import open_source
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import GENERIC_80
from counter_app.devices.serial_line import LineSettings
from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError
from counter_app.imaging.maker import PillowPictureMaker
from counter_app.peripherals import Kind, Peripheral
from counter_app.simulators.frames.device import SimulatedDrawer, SimulatedPad, SimulatedStrip
from counter_app.simulators.frames.serve import RunningFramed
from counter_app.simulators.imaging.serve import RunningImaging
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter
from counter_app.simulators.serving import DeviceServing
from counter_app.use_cases.ports.identity import CardFailed, CardRead, ReaderChanged, ReaderState
from counter_app.use_cases.ports.inputs import ChipFailed, ChipLaid, Scanned
from counter_app.use_cases.ports.printing import PrintEnd, PrinterState
from counter_app.use_cases.waiting.frames_at_work import RatingWork, StripWork
from tests.contract.frames.test_at_work import Hall
from tests.contract.readers.bench import HID, KINDS, WAYS, ReaderKind, Running, Tried, tried
from tests.support.outputs_at_work import card_printer_at_work, speaker_at_work
from tests.support.pictures import page
from tests.support.printers import CUT, HASTY, START, eventually, gbk, raster
from tests.support.queue_at_work import queue_at_work

ANY: Final = DeviceServing(tcp="127.0.0.1:0")
MOMENT: Final = 6  # seconds between two citizens: nobody may take more than a few tickets a minute
MAKER: Final = PillowPictureMaker()


class AtWork(Protocol):
    """One device with its driver."""

    @property
    def running(self) -> Running: ...

    def work(self) -> None:
        """Once its daily work."""

    def well(self) -> None:
        """The trouble is over: it works, and what came of the last work is true."""


class ReaderAtWork:
    """An ID reader, a code scanner, a passport reader, a smart-card slot under its lane."""

    def __init__(self, device: Tried) -> None:
        self._device = device
        self.running = device.running
        self._before = 0
        # a card that still lies there when the service comes back is told again: nobody knows whether it was
        # lifted meanwhile
        self._true = ([1], [0, 1]) if device.kind.cabled else ([1], [0, 1], [0, 0, 1])

    def work(self) -> None:
        device = self._device
        self._before = len(device.readings())
        device.kind.read(device.running, 0)
        ends = time.monotonic() + 0.25
        while time.monotonic() < ends and not self._heard():
            time.sleep(0.002)
        device.kind.away(device.running)

    def well(self) -> None:
        device = self._device
        assert eventually(lambda: device.lane.state is ReaderState.READY, 10)
        assert device.lane.problem is None
        device.reading(1)
        found = device.readings()[self._before :]
        assert found in self._true, found
        device.kind.away(device.running)
        time.sleep(0.02)

    def _heard(self) -> bool:
        device = self._device
        while device.seen < len(device.news):
            news = device.news[device.seen]
            device.seen += 1
            lost = isinstance(news, ReaderChanged) and news.state is ReaderState.LOST
            if lost or isinstance(news, CardRead | CardFailed | Scanned | ChipLaid | ChipFailed):
                return True
        return False


class CameraAtWork:
    """A camera or a document scanner whose picture is small: its dialogue has some fifteen hundred bytes."""

    def __init__(self, running: RunningImaging, kind: Kind) -> None:
        self.running = running
        self._small = small_picture()
        running.device.pictures = lambda page: self._small
        self._declared = Peripheral(kind, "it", running.url, options={"seconds": 0.25})

    def work(self) -> None:
        """A page, or an error in words; what came altered is refused, or is a picture all the same."""
        try:
            for raw in open_source(self._declared).take():
                MAKER.make(raw, straighten=False)
        except UserFacingError as error:
            if error.code.partition(".")[0] not in ("imaging", "picture") or not error.remedy:
                raise AssertionError(error.code) from error

    def well(self) -> None:
        assert eventually(lambda: self._take() == (self._small,), 5)

    def _take(self) -> tuple[bytes, ...]:
        try:
            return open_source(self._declared).take()
        except UserFacingError:
            return ()


class PadAtWork:
    """A rating pad under the keeper's work, with a citizen who presses as soon as he is asked."""

    def __init__(self, running: RunningFramed, hall: Hall) -> None:
        assert isinstance(running.device, SimulatedPad)
        self.running = running
        self._hall = hall
        self._pad = running.device
        framed = FramedPad(Peripheral(Kind.RATING_PAD, "it", running.url), LineSettings(running.url, 9600))
        self.task = RatingWork(hall.hall.store, hall.ratings, framed, hall.hall.clock)

    def work(self) -> None:
        self._hall.hall.clock.advance(seconds=MOMENT)
        self._ticket = self._hall.call()
        self._hall.finish(self._ticket)
        self._pad.press_when_asked = 2
        self.task.step()
        self._pad.press_when_asked = 0
        self._given = self._hall.score(self._ticket)
        assert self._given in (None, *range(1, 6))

    def well(self) -> None:
        """Asked again, the citizen presses again; a rating that was given stands."""
        ends = time.monotonic() + 10
        while self._hall.score(self._ticket) is None:
            assert time.monotonic() < ends
            self._hall.hall.clock.advance(seconds=6)
            self._pad.press_when_asked = 3
            self.task.step()
        self._pad.press_when_asked = 0
        assert self._hall.score(self._ticket) == (self._given or 3)


class StripAtWork:
    """An LED strip under the keeper's work."""

    def __init__(self, running: RunningFramed, hall: Hall) -> None:
        assert isinstance(running.device, SimulatedStrip)
        self.running = running
        self._hall = hall
        self._strip = running.device
        framed = FramedStrip(Peripheral(Kind.LED_STRIP, "it", running.url), LineSettings(running.url, 9600))
        self.task = StripWork(hall.hall.store, framed, hall.hall.clock)
        self._ticket: Ticket | None = None

    def work(self) -> None:
        """The next citizen is called; the one before is done with."""
        self._hall.hall.clock.advance(seconds=MOMENT)
        if self._ticket is not None:
            self._hall.finish(self._ticket)
        self._ticket = self._hall.call()
        self.task.step()
        time.sleep(0.02)

    def well(self) -> None:
        """It says what holds, at the latest when it is written to again."""
        assert self._ticket is not None
        self._hall.hall.clock.advance(seconds=61)
        ends = time.monotonic() + 10
        while self._ticket.number not in self._strip.text:
            assert time.monotonic() < ends, self._strip.texts
            self.task.step()
            self._hall.hall.clock.advance(seconds=6)
            time.sleep(0.01)


class DrawerAtWork:
    """A cash drawer on a line of its own: told to open once a customer, and asked whether it is open."""

    def __init__(self, running: RunningFramed) -> None:
        assert isinstance(running.device, SimulatedDrawer)
        self.running = running
        self._simulated = running.device
        settings = LineSettings(running.url, 9600)
        self._drawer = SerialDrawer(Peripheral(Kind.DRAWER, "it", running.url, "generic-xor"), settings)

    def work(self) -> None:
        """It opens at most once for one order; what it says of itself is true."""
        self._simulated.is_open, kicks = False, self._simulated.kicks
        try:
            self._drawer.kick()
            said = self._drawer.is_open()
        except UserFacingError as error:
            if error.code.partition(".")[0] not in ("port", "line"):
                raise AssertionError(error.code) from error
            said = None
        assert self._simulated.kicks - kicks <= 1
        assert said in (None, self._simulated.is_open)

    def well(self) -> None:
        assert eventually(self._answers, 5)
        self._simulated.is_open, kicks = False, self._simulated.kicks
        self._drawer.kick()
        assert self._drawer.is_open() is True
        assert self._simulated.kicks == kicks + 1

    def _answers(self) -> bool:
        try:
            return self._drawer.is_open() is not None
        except UserFacingError:
            return False


class PrinterAtWork:
    """A receipt printer under its driver alone; through the whole program it is tried in test_printer_*."""

    def __init__(self, running: RunningPrinter) -> None:
        self.running = running
        self._job = 0
        self.spoilt = False  # a letter on its way to a printer has no check: it prints what it got
        self._printer = open_printer(running.url, GENERIC_80, patience=HASTY)

    def work(self) -> None:
        self._job += 1
        outcome = self._printer.print_job(self._job, paper(self._job))
        whole = self._whole(self._job)
        assert whole <= 1
        if outcome.end is PrintEnd.PRINTED and not self.spoilt:
            assert whole == 1, outcome
        if outcome.end is PrintEnd.FAILED and not outcome.may_have_printed:
            assert not any(title(self._job) in sheet.text for sheet in self.running.printer.sheets), outcome

    def well(self) -> None:
        assert eventually(lambda: self._printer.state() is PrinterState.READY, 10)
        self._job += 1
        outcome = self._printer.print_job(self._job, paper(self._job))
        assert outcome.end is PrintEnd.PRINTED, outcome
        assert self._whole(self._job) == 1
        assert self._whole(self._job - 1) <= 1

    def close(self) -> None:
        self._printer.close()

    def _whole(self, job: int) -> int:
        """Papers of this job from the title to the last line."""
        texts = [sheet.text for sheet in self.running.printer.sheets]
        return sum(title(job) in text and last(job) in text for text in texts)


def title(job: int) -> str:
    return f"收件凭证{job:05d}号"


def last(job: int) -> str:
    return f"末行{job:05d}"


def paper(job: int) -> bytes:
    lines = (title(job), "事项：流动人口婚育证明", "1. 身份证 原件 1 份", last(job))
    return START + b"".join(gbk(line) + b"\n" for line in lines) + raster(8, 8) + CUT


def small_picture() -> bytes:
    stream = BytesIO()
    page((320, 440)).convert("L").resize((160, 220)).save(stream, "JPEG", quality=30)
    return stream.getvalue()


@contextmanager
def _reader(kind: ReaderKind, folder: Path, cable: str = "tcp") -> Iterator[AtWork]:
    with tried(kind, cable, folder) as device:
        yield ReaderAtWork(device)


@contextmanager
def _camera(kind: Kind, folder: Path) -> Iterator[AtWork]:
    running = RunningImaging(kind, ANY)
    try:
        yield CameraAtWork(running, kind)
    finally:
        running.stop()


@contextmanager
def _pad(folder: Path) -> Iterator[AtWork]:
    hall, running = Hall(folder), RunningFramed(Kind.RATING_PAD, ANY)
    work = PadAtWork(running, hall)
    try:
        yield work
    finally:
        work.task.close()
        running.stop()
        hall.hall.close()


@contextmanager
def _strip(folder: Path) -> Iterator[AtWork]:
    hall, running = Hall(folder), RunningFramed(Kind.LED_STRIP, ANY)
    try:
        yield StripAtWork(running, hall)
    finally:
        running.stop()
        hall.hall.close()


@contextmanager
def _drawer(folder: Path) -> Iterator[AtWork]:
    running = RunningFramed(Kind.DRAWER, ANY)
    try:
        yield DrawerAtWork(running)
    finally:
        running.stop()


@contextmanager
def _printer(folder: Path) -> Iterator[AtWork]:
    running = RunningPrinter(PrinterServing(tcp="127.0.0.1:0"))
    work = PrinterAtWork(running)
    try:
        yield work
    finally:
        work.close()
        running.stop()


DEVICES: Final[Mapping[str, Callable[[Path], AbstractContextManager[AtWork]]]] = {
    **{kind.name: partial(_reader, kind) for kind in KINDS},
    **{f"{kind.name}-hid": partial(_reader, kind, cable=HID) for kind, way in WAYS if way == HID},
    "camera": partial(_camera, Kind.CAMERA),
    "document-scanner": partial(_camera, Kind.DOCUMENT_SCANNER),
    "rating-pad": _pad,
    "led": _strip,
    "drawer": _drawer,
    "printer": _printer,
    "print-queue": queue_at_work,
    "card-printer": card_printer_at_work,
    "speaker": speaker_at_work,
}

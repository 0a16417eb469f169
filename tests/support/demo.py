"""A training home as a new user gets it, with simulated devices in this process and the real keeper.

The home is made once a session and copied for each test. `DemoHall` holds the program as the windows
have it (`open_program`); the keeper is a process of its own (`keeper_process`), or its printing duty
is done by hand in the test's thread (`HandKeeper`).
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import pytest

from counter_app.bootstrap.demo_home import make_demo, simulated_peripherals
from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.parts import roll_profile
from counter_app.bootstrap.program import open_program
from counter_app.devices.id_card.reader_lane import ReaderLane
from counter_app.devices.printer.job import Patience
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.serial_line import LineSettings
from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import PAPERS, IssuedPaper
from counter_app.domain.paper.jobs import JOBS, Job
from counter_app.home import Home, open_home
from counter_app.peripherals import Kind
from counter_app.printing.roll import RollMaker
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader
from counter_app.simulators.printer.serving import WIDTHS, PrinterServing, RunningPrinter
from counter_app.simulators.printer.sheet import Sheet
from counter_app.use_cases.access.access import Shift
from counter_app.use_cases.intake.inputs import Decided
from counter_app.use_cases.papers.papers import JobRow
from counter_app.use_cases.papers.printers import PlacedPrinter
from counter_app.use_cases.papers.spooler import Spooler
from counter_app.use_cases.ports.identity import CardRead, ReaderNews
from counter_app.use_cases.ports.papers_rows import Places
from counter_app.use_cases.ports.printing import PrinterState
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.requests import IssuedTicket, IssueTicket
from tests.support.printers import HASTY, order

ROOT: Final = Path(__file__).resolve().parents[2]
KIOSK: Final = Actor("kiosk", "kiosk-1")
CLERK: Final = Actor("1002", "3")
PINS: Final = {"1002": "022468", "1005": "052468", "1006": "062468"}
ANY_PORT: Final = "127.0.0.1:0"
PATIENCE: Final = 20.0
ON_THEIR_WAY: Final = ("queued", "printing")


@pytest.fixture(scope="session")
def training_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home fresh from `demo init`; copy it, never open it."""
    path = tmp_path_factory.mktemp("made") / "home"
    make_demo(path)
    return path


def copied(template: Path, folder: Path) -> Home:
    """A home of one's own in `folder`."""
    path = folder / "home"
    shutil.copytree(template, path)
    return open_home(path)


def squeezed(text: str) -> str:
    """Without blanks and line ends: a long text goes over several lines of a roll."""
    return "".join(text.split())


def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for something that another process or thread does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.01)


@dataclass
class DemoHall:
    """The program on its home, beside a simulated printer and reader."""

    home: Home
    program: Program
    printer: RunningPrinter
    reader: RunningReader

    def key(self) -> str:
        return uuid.uuid4().hex

    def log_in(self, badge: str, counter: str) -> Shift:
        return self.program.access.log_in(badge, PINS[badge], counter, self.key())

    def kiosk_ticket(self, card: CardRead, *items: str) -> IssuedTicket:
        """By ID card at the kiosk."""
        person = self.program.person_hash(card.document.number)
        return self.program.waiting.issue_ticket(
            KIOSK, self.key(), IssueTicket(items=items, channel="kiosk", person=person)
        )

    def ticket(self, *items: str) -> IssuedTicket:
        request = IssueTicket(items=items, channel="counter")
        return self.program.waiting.issue_ticket(CLERK, self.key(), request)

    def mark_all(self, case: str, actor: Actor = CLERK) -> None:
        """Every line that nobody has judged is there and in order."""
        for line in self.program.intake_queries.case_view(case).lines:
            if line.mark is None and line.markable:
                self.program.intake.mark(actor, self.key(), case, line.material, "present")

    def papers(self) -> tuple[IssuedPaper, ...]:
        """Every paper issued, in its order."""
        with self.program.store.reading() as reader:
            seq, _ = reader.head()
            ids = (f"{reader.device}.1.{n}" for n in range(1, seq + 1))
            found = (reader.get(PAPERS, id) for id in ids)
            return tuple(paper for paper in found if paper is not None)

    def paper(self, decided: Decided, at: int = 0) -> IssuedPaper:
        with self.program.store.reading() as reader:
            paper = reader.papers.by_number(decided.papers[at])
        assert paper is not None
        return paper

    def jobs(self) -> tuple[JobRow, ...]:
        """Oldest first."""
        return self.program.papers.job_list("", 1000)[::-1]

    def job(self, id: str) -> Job:
        with self.program.store.reading() as reader:
            return reader.need(JOBS, id)

    def only_job(self) -> JobRow:
        (job,) = self.jobs()
        return job

    def all_ended(self) -> None:
        """Wait until no job is on its way."""
        until(lambda: all(job.state not in ON_THEIR_WAY for job in self.jobs()), f"jobs: {self.jobs()}")

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self.printer.printer.sheets

    def sheets_of(self, number: str) -> list[Sheet]:
        """The papers that bear this number, as the printer decoded them."""
        return [sheet for sheet in self.sheets if number in squeezed(sheet.text)]

    def printed(self, number: str) -> Sheet:
        """The one paper with this number, cut off, clean and within its edges."""
        (sheet,) = self.sheets_of(number)
        assert_clean(sheet)
        return sheet

    def hanging(self) -> Sheet:
        """What a printer without a knife has printed since it was set up, clean and within its edges."""
        sheet = self.printer.printer.hanging
        assert sheet is not None
        assert (sheet.rubbish, sheet.overflow) == ((), ())
        return sheet


def assert_clean(sheet: Sheet) -> None:
    assert sheet.rubbish == ()
    assert sheet.overflow == ()
    assert sheet.cut
    assert not sheet.cut_through


@contextmanager
def opened_demo(template: Path, folder: Path, *, width: int = 80) -> Iterator[DemoHall]:
    """A copied home with its devices set up and its program open."""
    home = copied(template, folder)
    with ExitStack() as stack:
        printer = RunningPrinter(PrinterServing(tcp=ANY_PORT, width=WIDTHS[width]))
        stack.callback(printer.stop)
        reader = RunningReader(ReaderServing(tcp=ANY_PORT, pace=0.0, baudrate=None))
        stack.callback(reader.stop)
        declared = simulated_peripherals(printer=printer.url, printer_width=width, reader=reader.url)
        home = replace(home, peripherals=declared)
        home.save()
        program = stack.enter_context(open_program(home.path))
        yield DemoHall(home, program, printer, reader)


@contextmanager
def keeper_process(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    """The real keeper of a home; told to end afterwards, unless it was killed."""
    process = start_keeper(home)
    try:
        yield process
    finally:
        process.terminate()
        code = process.wait(PATIENCE)
    # told to end before it had begun, a process ends by the signal itself
    assert code in (0, -signal.SIGKILL, -signal.SIGTERM), f"the keeper ended with {code}"


def start_keeper(home: Home) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "counter_app", "keeper", "--stay", "--home", str(home.path)],
        cwd=ROOT,
        env=os.environ,
        stdin=subprocess.DEVNULL,
    )


class ReadCards:
    """The real driver on the simulated reader, as a counter's window has it."""

    def __init__(self, hall: DemoHall) -> None:
        self._reader = hall.reader
        self._news: queue.Queue[ReaderNews] = queue.Queue()
        reader = hall.home.peripherals.first(Kind.ID_READER, "counter")
        assert reader is not None
        settings = LineSettings(reader.url, lock_folder=hall.home.locks, owner="counter")
        self.lane = ReaderLane(settings, poll_seconds=0.02)

    def lay(self, who: str) -> CardRead:
        """Lay a card of the tray on; what the driver read of it."""
        self.order("lift", f"lay {who}")
        name = next(citizen.document.name for citizen in self._reader.tray if citizen.key == who)
        while True:
            card = self.next(CardRead)
            if card.document.name == name:
                return card

    def order(self, *commands: str) -> None:
        for command in commands:
            assert self._reader.control.run(command)[-1] == "ok"

    def next(self, kind: type[CardRead]) -> CardRead:
        while True:
            news = self.heard()
            if isinstance(news, kind):
                return news

    def heard(self) -> ReaderNews:
        """The next news, whatever it is."""
        return self._news.get(timeout=PATIENCE)

    def start(self) -> None:
        self.lane.start(self._news.put)


@contextmanager
def card_reading(hall: DemoHall) -> Iterator[ReadCards]:
    cards = ReadCards(hall)
    cards.start()
    try:
        yield cards
    finally:
        cards.lane.stop()


@lru_cache(maxsize=1)
def _renderer() -> LateRenderer:
    return LateRenderer()


class HandKeeper:
    """The keeper's printing done in the test's thread, with the real driver in a hurry."""

    def __init__(self, hall: DemoHall, patience: Patience) -> None:
        self._hall = hall
        self.profile = profile = roll_profile(hall.home)
        self.printer = open_printer(
            hall.printer.url, profile, lock_folder=hall.home.locks, owner="keeper", patience=patience
        )
        self._spooler = Spooler(hall.program.store, RollMaker(_renderer()), self)

    places: Places = ""

    def at(self, place: str) -> tuple[PlacedPrinter, ...]:
        return (PlacedPrinter("printer", self.printer, self.profile),)

    def work(self) -> None:
        """Until no job waits."""
        while self._spooler.step():
            pass

    def mend(self) -> None:
        """A person puts everything right at the printer."""
        order(self._hall.printer, "mend")
        until(lambda: self.printer.state() is PrinterState.READY, "the printer is back on its line")

    def close(self) -> None:
        self.printer.close()


@contextmanager
def hand_keeper(hall: DemoHall, patience: Patience = HASTY) -> Iterator[HandKeeper]:
    keeper = HandKeeper(hall, patience)
    try:
        yield keeper
    finally:
        keeper.close()

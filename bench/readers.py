"""From a card laid on, or a code scanned, to what the clerk sees, in the real counter window offscreen.

The devices are simulators on local ports, which send at their line's speed; what is measured is what comes on
top of the wire. Not here: how long a reader's own module takes.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench.results import Result, at_most, median, quantile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.bootstrap.counter import counter_window
from counter_app.bootstrap.demo_home import make_demo
from counter_app.bootstrap.program import open_program
from counter_app.cli.machine import WindowOptions
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader
from counter_app.simulators.scanner.serve import RunningScanner, ScannerServing
from counter_app.ui.counter.window import CounterWindow
from counter_app.ui.fonts import load_fonts
from counter_app.use_cases.program import Program

ANY_PORT: Final = "127.0.0.1:0"
BAUD: Final = 115200
CARD_BAR_MS: Final = 20.0  # mission design §5: wire time + 20 ms
SCAN_BAR_MS: Final = 50.0
# Behind the request to select: its answer, reading (10 + 1295 bytes), newest address (10 + 11).
WIRE_MS: Final = (19 + 10 + 1295 + 10 + 11) * 10 / BAUD * 1000
PATIENCE: Final = 20.0
WARMING: Final = 2  # the first of a morning loads what all others find
BADGE: Final = ("1002", "022468")


@dataclass(frozen=True)
class Place:
    """A counter at work with its simulated reader and scanner."""

    window: CounterWindow
    program: Program
    reader: RunningReader
    scanner: RunningScanner

    def until(self, holds: Callable[[], bool]) -> float:
        """Let the window work until it holds; when that was (monotonic seconds)."""
        end = time.monotonic() + PATIENCE
        while not holds():
            QApplication.processEvents()
            if time.monotonic() > end:
                raise RuntimeError("the window did not get there")
            time.sleep(0.0002)
        return time.monotonic()

    def new_case(self) -> None:
        """An empty draft in hand, the last card lifted."""
        self.reader.control.run("lift")
        self.until(lambda: self.window.desk.deps.reader.card is None)
        before = self.window.desk.hands.case
        self.window.desk.hands.case = None
        self.window.work.begin_case()
        self.until(lambda: self.window.desk.hands.case not in (None, before) and not self.window.busy)


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """The demo hall's counter 3, logged in."""
    application = QApplication.instance() or QApplication([])
    if isinstance(application, QApplication):
        load_fonts(application)
    home = make_demo(folder / "home")
    with ExitStack() as held:
        reader = RunningReader(ReaderServing(tcp=ANY_PORT, pace=0.0, baudrate=BAUD))
        scanner = RunningScanner(ScannerServing(tcp=ANY_PORT, baudrate=None))
        held.callback(reader.stop)
        held.callback(scanner.stop)
        declared = Peripherals(
            (
                Peripheral(Kind.ID_READER, "reader", reader.url, used_by="counter", simulated=True),
                Peripheral(Kind.SCANNER, "scanner", scanner.url, used_by="counter", simulated=True),
            )
        )
        replace(home, peripherals=declared).save()
        program = held.enter_context(open_program(home.path))
        later: list[Callable[[], object]] = []
        window = counter_window(program, WindowOptions(counter="3"), Translator(), held, later)
        held.callback(window.close)
        window.resize(1366, 768)
        window.show()
        window.access.log_in(*BADGE)
        found = Place(window, program, reader, scanner)
        for work in later:  # what a window does once it is shown
            work()
        found.until(lambda: window.desk.at_work and scanner.scanner.is_connected and not window.busy)
        yield found


def run(quick: bool) -> list[Result]:
    runs = 3 if quick else 15
    with tempfile.TemporaryDirectory(prefix="bench-readers-") as folder, place(Path(folder)) as counter:
        cards = [_card(counter, at) for at in range(runs + WARMING)][WARMING:]
        code = _a_number(counter)
        both = [(_line_scan(counter, code), _wedge_scan(counter, code)) for _ in range(runs + WARMING)]
        lines, wedges = zip(*both[WARMING:], strict=True)
    return [
        at_most("card laid on → person shown, beyond the wire, median", median(cards), "ms", CARD_BAR_MS),
        at_most("serial scan → case open, median", median(lines), "ms", SCAN_BAR_MS),
        at_most("serial scan → case open, p95", quantile(lines, 0.95), "ms", SCAN_BAR_MS),
        at_most("wedge scan, its Enter → case open, median", median(wedges), "ms", SCAN_BAR_MS),
        at_most("wedge scan, its Enter → case open, p95", quantile(wedges, 0.95), "ms", SCAN_BAR_MS),
    ]


def _card(counter: Place, at: int) -> float:
    """Milliseconds beyond the wire from the request to select until the person is shown."""
    counter.new_case()
    requests = counter.reader.reader.requests
    already = len(requests)
    counter.reader.control.run(f"lay {counter.reader.tray[at % len(counter.reader.tray)].key}")
    selected = counter.until(lambda: 0x2002 in requests[already:])

    def shown() -> bool:
        view = counter.window.work.view
        return view is not None and len(view.persons) == 1

    return (counter.until(shown) - selected) * 1000 - WIRE_MS


def _a_number(counter: Place) -> str:
    """A case whose receipt bears a number: the papers of the open draft are taken in."""
    hands, program = counter.window.desk.hands, counter.program
    if hands.shift is None or hands.case is None:
        raise RuntimeError("nobody works here")
    actor, case = hands.shift.actor, hands.case
    program.intake.choose_item(actor, "bench-item", case, "0603")
    for question in ("married", "has_children"):
        program.intake.answer(actor, f"bench-{question}", case, question, "no")
    for line in program.intake_queries.case_view(case).lines:
        program.intake.mark(actor, f"bench-{line.material}", case, line.material, "present")
    decided = program.intake.decide(actor, "bench-decide", case, "accept")
    counter.until(lambda: not counter.window.busy)
    return decided.number


def _put_away(counter: Place) -> None:
    counter.window.desk.hands.case = None
    counter.until(lambda: not counter.window.busy)


def _line_scan(counter: Place, code: str) -> float:
    _put_away(counter)
    began = time.monotonic()
    counter.scanner.control.run(f"scan {code}")
    return (counter.until(lambda: counter.window.desk.hands.case is not None) - began) * 1000


def _wedge_scan(counter: Place, code: str) -> float:
    _put_away(counter)
    focus = QApplication.focusWidget() or counter.window
    _key(focus, Qt.Key.Key_F12, "")
    for sign in code:
        _key(focus, 0, sign)
    began = time.monotonic()
    _key(focus, Qt.Key.Key_Return, "\r")
    return (counter.until(lambda: counter.window.desk.hands.case is not None) - began) * 1000


def _key(widget: QWidget, key: int, text: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    QApplication.sendEvent(widget, event)

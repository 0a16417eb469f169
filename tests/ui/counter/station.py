"""A whole counter on a real store: window, hall, reader by hand; every lane inline."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.domain.identity.document import IdentityDocument
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.lanes import InlineRunner, Runner
from counter_app.ui.counter.commands import MORE
from counter_app.ui.counter.deps import CounterDeps, RatedOn
from counter_app.ui.counter.window import CounterWindow, build_counter_window
from counter_app.use_cases.access.access import Access
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.access.persons import Persons
from counter_app.use_cases.ports.identity import CardRead, ReaderListener, ReaderState
from counter_app.use_cases.waiting.day_close import DayClose
from counter_app.use_cases.waiting.duty import Counters, Shifts
from counter_app.use_cases.waiting.help_desk import HelpDesk
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.ratings import Ratings
from counter_app.use_cases.waiting.requests import IssueTicket
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.intake_hall import CLERK, IntakeHall, citizens, plan
from tests.support.machines import Machine


class QuickPins:
    """`PinHasher` without the wait."""

    def hash(self, pin: str) -> str:
        return hashlib.sha256(pin.encode()).hexdigest()

    def verify(self, hashed: str, pin: str) -> bool:
        return hashed == self.hash(pin)

    def stale(self, hashed: str) -> bool:
        return False


class HandReader:
    """A card reader on which a test lays cards."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._listener: ReaderListener | None = None
        self._card: CardRead | None = None

    def start(self, listener: ReaderListener) -> None:
        self._listener = listener

    def stop(self) -> None:
        self._listener = None

    @property
    def state(self) -> ReaderState:
        return ReaderState.READY

    @property
    def problem(self) -> UserFacingError | None:
        return None

    @property
    def card(self) -> CardRead | None:
        return self._card

    def lay(self, document: IdentityDocument) -> None:
        self.lay_again(CardRead(document, self._monotonic()))

    def lay_again(self, read: CardRead) -> None:
        """Tell of a read once more, as made when it was made."""
        self._card = read
        if self._listener is not None:
            self._listener(self._card)


class Parts:
    """Everything counter 3 of the training hall is given, on a store of its own; no window."""

    def __init__(
        self,
        folder: Path,
        *,
        theme: str = "light",
        scale: float = 1.0,
        runner: Runner | None = None,
        hall: IntakeHall | None = None,
    ) -> None:
        given = hall is not None
        self.hall = hall or IntakeHall(folder)
        hall, store, reference = self.hall, self.hall.store, self.hall.reference
        credentials = Credentials(store, QuickPins())
        for member in plan().staff:
            if member.training_pin and not given:
                credentials.set_pin(CLERK, f"pin-{member.badge}", member.badge, member.training_pin)
        self.reader = HandReader(hall.clock.monotonic)
        self.exported: list[Path] = []
        self._exports = folder / "exports"
        keys = count()
        runner = runner or InlineRunner()
        self.deps = CounterDeps(
            counter="3",
            plan=plan(),
            waiting=Waiting(store, reference, hall.ticket_papers),
            counters=Counters(store, reference),
            shifts=Shifts(store, reference),
            ratings=Ratings(store, reference),
            lines=WaitingQueries(store, reference),
            access=Access(store, reference, credentials),
            persons=Persons(store),
            intake=hall.intake,
            cases=hall.queries,
            finder=hall.finder,
            papers=hall.papers,
            forwarding=hall.forwarding,
            erasing=hall.erasing,
            help_desk=HelpDesk(store, reference),
            day_close=DayClose(store, reference),
            day_totals=hall.day_totals,
            around=hall.around,
            time=hall.time,
            casework=hall.casework,
            check=store.check,
            reader=self.reader,
            export=self._export,
            feed=store,
            acts=runner,
            reads=runner,
            clock=hall.clock,
            new_key=lambda: f"press-{next(keys)}",
            theme=theme,
            scale=scale,
        )

    def _export(self, name: str, files: tuple[tuple[str, bytes], ...]) -> Path:
        """As the composition root writes them: a folder for each."""
        target = self._exports / name
        target.mkdir(parents=True)
        for file, data in files:
            (target / file).write_bytes(data)
        self.exported.append(target)
        return target

    def ticket(self, *items: str, line: str | None = None) -> str:
        """A citizen takes a ticket; gives its number."""
        self.hall.clock.advance(seconds=20)
        return self.issue(*items, line=line)

    def issue(self, *items: str, line: str | None = None, language: str = "zh_CN") -> str:
        request = IssueTicket(line, items, language=language)
        return self.deps.waiting.issue_ticket(CLERK, self.hall.key(), request).number

    def close(self) -> None:
        self.hall.close()


class Station(Parts):
    """The window over it all. `press` counts keys as a clerk's fingers would."""

    def __init__(
        self,
        folder: Path,
        t: Translator,
        *,
        theme: str = "light",
        scale: float = 1.0,
        runner: Runner | None = None,
        machine: Machine | None = None,
        rated_on: RatedOn = "display",
    ) -> None:
        """`machine`: one of a hall of many, whose line to the centre the window is given."""
        own = IntakeHall(machine.folder, machine.clock, publish=False) if machine else None
        super().__init__(folder, theme=theme, scale=scale, runner=runner, hall=own)
        if machine is not None:
            self.deps = replace(
                self.deps,
                waiting=machine.waiting,
                access=machine.access,
                day_close=machine.closing,
                centre=machine.hall,
            )
        self.deps = replace(self.deps, rated_on=rated_on)
        self.presses = 0
        self._t = t
        self.window: CounterWindow = build_counter_window(self.deps, t)

    def show(self, width: int = 1366, height: int = 768) -> None:
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def reopen(self) -> None:
        """The window is gone and a new one opens on the same store, as after a crash."""
        self.window.close()
        self.window.deleteLater()
        self.window = build_counter_window(self.deps, self._t)
        self.show()

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()

    def rest(self) -> None:
        """Until nothing is on its way to the window; at most a few seconds."""
        end = time.monotonic() + 5
        while time.monotonic() < end:
            QApplication.processEvents()
            if not self.window.busy:
                return
        raise AssertionError("the window is still busy")

    def lay(self, who: str) -> None:
        self.hall.clock.advance(seconds=5)
        self.reader.lay(citizens()[who])
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key on whatever has the focus."""
        self.presses += 1
        self.hall.clock.advance(seconds=1)
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        for character in text:
            self.presses += 1
            QTest.keyClicks(self.focus, character)
            self.settle()

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def notice(self) -> str:
        bar = self.window.panels.notice
        return bar.accessibleName() if bar.current is not None else ""

    def log_in(self) -> None:
        self.press(Qt.Key.Key_Return)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        super().close()


def more(station: Station, command: str) -> None:
    """Take a command of the menu by its letter."""
    cap = next(line.cap for group in MORE for line in group.lines if line.command == command)
    station.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    station.type(cap)

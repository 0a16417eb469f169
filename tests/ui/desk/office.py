"""A whole desk on a real store: window, hall; every lane inline."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.domain.access.shift import desk_place
from counter_app.i18n import Translator
from counter_app.imaging.maker import PillowPictureMaker
from counter_app.lanes import InlineRunner
from counter_app.store.picture_vault import FilePictureVault
from counter_app.ui.desk.commands import MORE
from counter_app.ui.desk.deps import DeskDeps
from counter_app.ui.desk.window import DeskWindow, build_desk_window
from counter_app.use_cases.access.access import Access
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.access.persons import Persons
from counter_app.use_cases.casework.finding import CaseFinder
from counter_app.use_cases.intake.pictures import Pictures
from counter_app.use_cases.sync.hall import HallCentre
from tests.support.casework_hall import CaseworkHall
from tests.support.intake_hall import CLERK, plan
from tests.ui.counter.station import QuickPins

DEVICE = "T1"


class Office:
    """The desk's window over a hall behind the counters. `sheets` are the papers that were opened."""

    def __init__(
        self,
        folder: Path,
        t: Translator,
        *,
        theme: str = "light",
        scale: float = 1.0,
        hall: CaseworkHall | None = None,
        centre: HallCentre | None = None,
    ) -> None:
        self.hall = hall or CaseworkHall(folder)
        self.sheets: list[str] = []
        hall, keys = self.hall, count()
        vault = FilePictureVault(folder / "pictures")
        self.pictures = Pictures(hall.store, hall.reference, vault, PillowPictureMaker(), None)
        credentials = Credentials(hall.store, QuickPins())
        for member in plan().staff:
            if member.training_pin:
                credentials.set_pin(CLERK, f"pin-{member.badge}", member.badge, member.training_pin)
        self.deps = DeskDeps(
            place=desk_place(DEVICE),
            plan=plan(),
            access=Access(hall.store, hall.reference, credentials),
            persons=Persons(hall.store),
            casework=hall.casework,
            time=hall.time,
            cases=hall.queries,
            finder=CaseFinder(hall.store, hall.reference, hall.finder),
            papers=hall.papers,
            pictures=self.pictures,
            applying=hall.around.applying,
            feed=hall.store,
            acts=InlineRunner(),
            reads=InlineRunner(),
            fetches=InlineRunner(),
            clock=hall.clock,
            new_key=lambda: f"press-{next(keys)}",
            sheet=self._sheet,
            centre=centre,
            open_file=lambda path: True,
            export=self._export,
            theme=theme,
            scale=scale,
        )
        self.folder = folder
        self.window: DeskWindow = build_desk_window(self.deps, t)

    def _export(self, name: str, files: tuple[tuple[str, bytes], ...]) -> Path:
        """As the composition root writes them: a folder for each."""
        target = self.folder / name
        target.mkdir()
        for file, data in files:
            (target / file).write_bytes(data)
        return target

    def show(self, width: int = 1366, height: int = 768) -> None:
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.hall.close()

    def settle(self) -> None:
        """Changes come by the feed, as in life."""
        for _ in range(4):
            self.window.poll()
            QApplication.processEvents()

    def log_in(self, badge: str) -> None:
        """Whoever was here has logged off."""
        if self.window.here.hands.shift is not None:
            self.window.work.access.log_off()
        member = plan().member(badge)
        assert member is not None
        self.window.work.access.log_in(badge, member.training_pin)
        self.settle()

    def seconds(self, count: int) -> None:
        """So many ticks of the window, nobody pressing a key."""
        for _ in range(count):
            self.hall.clock.advance(seconds=1)
            self.window.work.opinion.tick()
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key on whatever has the focus."""
        self.hall.clock.advance(seconds=1)
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        for character in text:
            QTest.keyClicks(self.focus, character)
            self.settle()

    def write(self, text: str) -> None:
        """Words, of Chinese as an input method would send them, and Enter."""
        sent = QInputMethodEvent()
        sent.setCommitString(text)
        QApplication.sendEvent(self.focus, sent)
        self.press(Qt.Key.Key_Return)

    def more(self, command: str) -> None:
        """A command of the menu, by its letter."""
        cap = next(line.cap for group in MORE for line in group.lines if line.command == command)
        self.ctrl(Qt.Key.Key_M)
        self.type(cap)

    def hand(self, what: str) -> None:
        """Go down the inbox, key by key, to the work of this code or kind."""
        inbox = self.window.panels.inbox
        self.ctrl(Qt.Key.Key_1)
        self.press(Qt.Key.Key_Home)
        for row in self.window.work.inbox.rows:
            if row.task == inbox.current and what in (row.code, row.kind):
                return
            self.press(Qt.Key.Key_Down)
        rows = [(row.kind, row.code) for row in self.window.work.inbox.rows]
        raise AssertionError(f"{what} is not in the inbox: {rows}, {inbox.current}")

    def line(self, section: str, line: str) -> None:
        """Go down the lists, key by key, to this line."""
        lists = self.window.panels.case.lists
        self.ctrl(Qt.Key.Key_2)
        for _ in range(60):
            if lists.current == (section, line):
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"{line} is not among the lines of {section}")

    def keys(self, digits: str) -> None:
        """One key after another, none of them typed into a field."""
        for digit in digits:
            self.press(getattr(Qt.Key, f"Key_{digit}"))

    def fill_form(self, law: str, article: str) -> None:
        """Every line by its first digit, discretion left alone; then law and article."""
        view = self.window.panels.case.opinion
        self.ctrl(Qt.Key.Key_3)
        self.press(Qt.Key.Key_Home)
        for row in view.lines.rows.rows:
            self.press(Qt.Key.Key_Return if row.kind == "band" else Qt.Key.Key_1)
        view.law.setText(law)
        view.article.setText(article)
        view.edited.emit()

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def notice(self) -> str:
        bar = self.window.panels.notice
        return bar.accessibleName() if bar.current is not None else ""

    @property
    def asked(self) -> str:
        question = self.window.panels.chooser.question
        return question.title if question is not None else ""

    @property
    def asked_reason(self) -> str:
        """Why answers of the question are closed."""
        question = self.window.panels.chooser.question
        return " ".join(choice.why for choice in question.choices) if question is not None else ""

    def grab(self, path: Path) -> None:
        self.settle()
        self.window.grab().save(str(path))

    def _sheet(self, paper: str, size: str) -> Path:
        self.sheets.append(paper)
        return self.folder / "sheet.pdf"

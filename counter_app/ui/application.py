"""The Qt application of one process, and the shell that shows before anything slow is imported."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from types import FrameType, TracebackType
from typing import Any, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.lanes import Lane
from counter_app.ui.fonts import load_fonts
from counter_app.ui.theme.tokens import LIGHT

log = logging.getLogger(__name__)

T = TypeVar("T")
Window = QWidget  # what workspaces are, for the composition root

QUARTER_SECOND_MS: Final = 250
ENDING: Final = "ending"  # a property of the workspace: the program ends, locked or not
SETTLED_MS: Final = 3000  # what waits until the window takes keys is there by then


class Shell(QWidget):
    """A window that is there at once: says it is opening, then holds the workspace or the error."""

    def __init__(self, title: str, t: Translator) -> None:
        super().__init__()
        self._t = t
        self.setWindowTitle(title)
        self.setStyleSheet(f"background: {LIGHT.ground}; color: {LIGHT.text};")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._label = QLabel(t("Opening …"))
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setWordWrap(True)
        self._label.setStyleSheet("font-size: 20px;")
        self._layout.addWidget(self._label)
        self._content: QWidget | None = None
        self._early: QWidget | None = None
        self._closing: list[Callable[[], None]] = []

    def show_early(self, content: QWidget) -> None:
        """Something useful in place of the words until the workspace is there."""
        self.setStyleSheet("")
        self._label.hide()
        self._early = content
        self._layout.addWidget(content)

    def fill(self, content: QWidget) -> None:
        """Put the workspace in place of the words."""
        self._content = content
        self.setStyleSheet("")
        self._label.hide()
        if self._early is not None:
            self._early.hide()
        asking: QWidget | None = content.focusWidget()  # the field it asks in, where it asks already
        self._layout.addWidget(content)
        (content if asking is None else asking).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, error: UserFacingError) -> None:
        """The program starts and says what is wrong; it does not vanish."""
        parts = (error.message, error.kept, error.remedy)
        told = "\n".join(self._t(part, **error.params) for part in parts if part)
        if self._early is not None:
            self._early.hide()
        self._label.setText(f"{told}\n[{error.code}]")
        self._label.show()

    def end(self) -> None:
        """The system wants the program to end: a locked workspace is closed as well, nothing is cut off."""
        if self._content is not None:
            self._content.setProperty(ENDING, True)
        self.close()

    def on_close(self, work: Callable[[], None]) -> None:
        """Called when the window closes, the latest first."""
        self._closing.append(work)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._content is not None and not self._content.close():
            event.ignore()
            return
        for work in reversed(self._closing):
            work()
        self._closing.clear()
        super().closeEvent(event)


def application() -> QApplication:
    """The process's application, made once; crashes are logged and the process ends with 70."""
    existing = QCoreApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    made = QApplication(sys.argv[:1])
    made.setApplicationName("counter-app")
    sys.excepthook = _crashed
    return made


def end_on_signal(end: Callable[[], object] = lambda: None) -> None:
    """Let a terminal or a service manager end the event loop, so that everything is given back; `end` first,
    since a window that refuses to be closed would keep the loop."""

    def ended(number: int, frame: FrameType | None) -> None:
        end()
        application().quit()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ended)


def keep_for_good() -> None:
    """What stands now (modules, use cases, windows) stays; the garbage collector need not look through it.

    A full pass over half a million objects stopped every thread for 150 ms, several times a morning, and
    found nothing. Called when the windows are open; a few thousand dead objects of the start stay, too.
    """
    gc.freeze()
    gc.enable()


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The crash hook: nothing acknowledged is lost, so ending is better than going on half broken."""
    log.critical("crashed", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
    running = QCoreApplication.instance()
    if running is not None:
        running.exit(70)


class _Opening(QObject):
    """Brings home what a lane prepared: `arrived` is called in the thread this lives in."""

    prepared = Signal(object)

    def __init__(self, arrived: Callable[[Any], None]) -> None:
        super().__init__()
        self._arrived = arrived
        self.prepared.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _arrive(self, future: object) -> None:
        self._arrived(future)


def run_shell(
    shell: Shell,
    prepare: Callable[[], T],
    build: Callable[[T], QWidget],
    opened: Callable[[T], None],
) -> int:
    """Show the shell and run the event loop; the process's exit code.

    `prepare` runs on a lane while the window lives, `build` and `opened` after it in the window's
    thread. An error people can mend is shown in the shell, SystemExit ends the process.
    """
    app = application()
    gc.disable()  # the start makes what stays
    shell.show()

    def arrived(future: Future[T]) -> None:
        try:
            load_fonts(app)
            result = future.result()
            shell.fill(build(result))
        except UserFacingError as error:
            shell.show_error(error)
        except SystemExit as ended:
            app.exit(ended.code if isinstance(ended.code, int) else 1)
        else:
            QTimer.singleShot(0, shell, lambda: opened(result))
        QTimer.singleShot(SETTLED_MS, shell, keep_for_good)

    opening = _Opening(arrived)
    beat = QTimer(shell)  # lets Python see signals (Ctrl+C) while Qt's loop runs
    beat.timeout.connect(lambda: None)
    beat.setInterval(QUARTER_SECOND_MS)
    beat.start()
    shell.on_close(beat.stop)
    with Lane("opening") as lane:
        lane.submit(prepare).add_done_callback(opening.prepared.emit)
        code = app.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return code

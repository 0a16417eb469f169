"""Messages to whoever is at the screen: one bar, each new one in place of the last; no dialog boxes.

A notice says what happened, what was kept and what to do, and may offer one action with its key. Good
news leaves by itself, the rest stays until it is answered or replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.signs import Sign
from counter_app.ui.widgets.text import label, set_tone

Level = Literal["good", "info", "warn", "bad"]

GOOD_NEWS_MS: Final = 4000
_STATES: Final[dict[Level, State]] = {
    "good": State.DONE,
    "info": State.READY,
    "warn": State.CORRECT,
    "bad": State.FAULT,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What to say, translated already. `action` is the word on the offered key."""

    message: str
    kept: str = ""
    remedy: str = ""
    level: Level = "info"
    action: str = ""
    code: str = ""


def notice_of(error: UserFacingError, t: Translator) -> Notice:
    """An error in the words of `t`: message, what was kept, remedy."""
    return Notice(
        message=t(error.message, **error.params),
        kept=t(error.kept, **error.params),
        remedy=t(error.remedy, **error.params),
        level="bad",
        code=error.code,
    )


class NoticeBar(QFrame):
    """The bar itself; the window gives it a place that moves nothing else."""

    shown = Signal(object)
    dismissed = Signal()

    def __init__(self, t: Translator, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "notice")
        self._act: Callable[[], None] | None = None
        self._current: Notice | None = None
        self._sign = Sign(look, State.READY)
        self._message = label(strong=True, wrap=True)
        self._rest = label(tone="muted", wrap=True)
        self._action = KeyButton("", "Alt+Enter", kind="primary")
        self._action.clicked.connect(self._do_action)
        self._close = KeyButton(t("Close"), "Esc", kind="quiet")
        self._close.clicked.connect(self.dismiss)
        self._lay_out(look)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    @property
    def current(self) -> Notice | None:
        return self._current

    def show_notice(self, notice: Notice, act: Callable[[], None] | None = None) -> None:
        """Show `notice` in place of the last one; `act` is done when its action is taken."""
        self._current, self._act = notice, act
        tone = "" if notice.level == "info" else notice.level
        self._sign.set_state(_STATES[notice.level])
        self._message.setText(notice.message)
        self._rest.setText(" ".join(part for part in (notice.kept, notice.remedy) if part))
        self._rest.setVisible(bool(self._rest.text()))
        self._action.set_words(notice.action)
        self._action.setVisible(bool(notice.action and act))
        set_tone(self, tone)
        self._timer.stop()
        if notice.level == "good":
            self._timer.start(GOOD_NEWS_MS)
        self.setAccessibleName(f"{notice.message} {self._rest.text()}".strip())
        self.show()
        self.shown.emit(notice)

    def dismiss(self) -> None:
        if self._current is not None:
            self._timer.stop()
            self._current = self._act = None
            self.hide()
            self.dismissed.emit()

    def take_action(self) -> bool:
        """Do the offered action, if there is one."""
        if self._act is None or self._current is None or not self._current.action:
            return False
        self._do_action()
        return True

    def _do_action(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def _lay_out(self, look: Look) -> None:
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        words.addWidget(self._message)
        words.addWidget(self._rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(8), look.px(8), look.px(8))
        row.setSpacing(look.px(12))
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        buttons: tuple[QPushButton, ...] = (self._action, self._close)
        for button in buttons:
            row.addWidget(button)

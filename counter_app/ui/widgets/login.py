"""Log-in and lock: badge and PIN, nothing of the hall's people behind it. A passive view."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.text import label


class LoginView(QWidget):
    """`log_in_requested(badge, pin)`. When locked, the badge stands and only the PIN is asked."""

    log_in_requested = Signal(str, str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t = t
        self.setProperty("panel", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._training = label(chip=True)
        self._training.setProperty("tone", "training")
        self._title = label(size="title", wrap=True)
        self._hint = label(tone="muted", wrap=True)
        self._error = label(tone="bad", wrap=True)
        self._error.hide()
        self._badge = Field(t("Badge"), 20, code=True)
        self._pin = Field(t("PIN"), 20, code=True)
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._badge.returnPressed.connect(self._on_badge)
        self._pin.returnPressed.connect(self._submit)
        self._enter = KeyButton(t("Log in"), "Enter", kind="primary")
        self._enter.clicked.connect(self._submit)
        self._lay_out(t, look)

    def ask(self, title: str, hint: str, badge: str = "", pin: str = "", training: str = "") -> None:
        """Begin: known parts are filled in, the keys go to the first that is not."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._training.setText(training)
        self._training.setVisible(bool(training))
        self._badge.setText(badge)
        self._pin.setText(pin)
        self.show_error("")
        self.set_busy(False)
        self.focus_field()

    @property
    def typed(self) -> tuple[str, str]:
        """Badge and PIN as they stand."""
        return self._badge.text(), self._pin.text()

    def take_over(self, badge: str, pin: str, *, submit: bool) -> None:
        """Go on with what was typed into an earlier log-in; nothing typed changes nothing."""
        if badge or pin:
            self._badge.setText(badge)
            self._pin.setText(pin)
            self.focus_field()
        if submit:
            self._submit()

    def take_badge(self, badge: str) -> None:
        """A badge was scanned or laid on: the PIN is next. While locked the badge stands."""
        if not self._badge.isReadOnly():
            self._badge.setText(badge)
            self._pin.clear()
        self._pin.setFocus()

    def focus_field(self) -> None:
        (self._pin if self._badge.text() else self._badge).setFocus()

    def lock_badge(self, locked: bool) -> None:
        """While locked the same clerk comes back: the badge cannot be changed."""
        self._badge.setReadOnly(locked)

    def show_error(self, message: str) -> None:
        self._error.setText(message)
        self._error.setVisible(bool(message))
        if message:
            self._pin.clear()
            self._pin.setFocus()

    @property
    def error(self) -> str:
        """What was wrong with the last try; empty when nothing was."""
        return self._error.text()

    def set_busy(self, busy: bool) -> None:
        """A PIN is checked slowly on purpose: keys are not taken twice meanwhile."""
        self._enter.setEnabled(not busy)
        self._pin.setReadOnly(busy)

    def _on_badge(self) -> None:
        if self._pin.text():
            self._submit()
        else:
            self._pin.setFocus()

    def _submit(self) -> None:
        if self._enter.isEnabled() and self._badge.text() and self._pin.text():
            self.log_in_requested.emit(self._badge.text().strip(), self._pin.text())

    def _lay_out(self, t: Translator, look: Look) -> None:
        card = QFrame()
        card.setProperty("panel", "card")
        card.setFixedWidth(look.px(380))
        inner = QVBoxLayout(card)
        inner.setContentsMargins(look.px(32), look.px(28), look.px(32), look.px(28))
        inner.setSpacing(look.px(8))
        inner.addWidget(self._training, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self._title)
        inner.addWidget(self._hint)
        inner.addSpacing(look.px(8))
        for field in (self._badge, self._pin):
            caption = label(field.accessibleName(), tone="muted")
            caption.setBuddy(field)
            inner.addWidget(caption)
            inner.addWidget(field)
        inner.addWidget(self._error)
        inner.addSpacing(look.px(8))
        inner.addWidget(self._enter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

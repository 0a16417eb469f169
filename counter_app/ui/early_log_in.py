"""The log-in of counter and desk while the program is still imported: takes keys, and hands them over."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from counter_app.i18n import Translator
from counter_app.ui.application import Shell, application
from counter_app.ui.fonts import load_fonts
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.login import LoginView


class EarlyLogIn:
    """Shows the real log-in view in `shell`. Enter is remembered until somebody can check the PIN."""

    def __init__(self, shell: Shell, t: Translator) -> None:
        load_fonts(application())
        look = Look(parent=shell)
        self._view = LoginView(t, look)
        self._entered: tuple[str, str] | None = None
        self._view.log_in_requested.connect(self._on_enter)
        look.dress(self._view)
        shell.show_early(self._view)
        self._view.ask(t("Log in"), t("Opening …"))
        QApplication.processEvents()

    def hand_over(self, window: QWidget) -> None:
        """Give what was typed to the log-in view inside `window`, and log in if Enter was pressed."""
        for view in window.findChildren(LoginView):
            view.take_over(*self._view.typed, submit=self._entered is not None)

    def _on_enter(self, badge: str, pin: str) -> None:
        self._entered = (badge, pin)
        self._view.set_busy(True)

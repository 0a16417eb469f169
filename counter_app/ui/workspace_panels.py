"""What the windows of counter and desk have in common to look at: the log-in, the zones between head and
foot, and what lies over them.

Not here: the zones themselves (each workspace's `panels.py`), keys and lanes (`workspace_window.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.notices import NoticeBar
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.chooser import Chooser
from counter_app.ui.widgets.facts_page import FactsPage
from counter_app.ui.widgets.findbox import FindBox
from counter_app.ui.widgets.keys_overlay import KeysOverlay
from counter_app.ui.widgets.login import LoginView
from counter_app.ui.widgets.more_menu import MoreMenu
from counter_app.ui.widgets.overlay import Anchored, Place


class WorkspacePanels(QWidget):
    """The views by name. A workspace makes its own, then calls `_stand` and `_lay_over`."""

    box: FindBox

    def __init__(self, t: Translator, look: Look, keys: KeysOverlay, more: MoreMenu) -> None:
        super().__init__()
        self.look = look
        self.setProperty("panel", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = QWidget()
        self.login = LoginView(t, look)
        self.notice = NoticeBar(t, look)
        self.chooser = Chooser(t, look)
        self.facts = FactsPage(t, look)
        self.keys, self.more = keys, more
        self._over: list[QWidget] = []
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.login)
        self._pages.addWidget(self.desk)

    def show_desk(self, at_work: bool) -> None:
        """The desk, or the log-in that hides everything: nothing of what lay over the work, questions and
        messages about citizens too, is there for whoever comes next."""
        if not at_work:
            self.notice.dismiss()
            self.chooser.close_question()
            for panel in self._over:
                panel.hide()
        self._pages.setCurrentWidget(self.desk if at_work else self.login)

    def still(self) -> None:
        """Nothing leaves by itself any more: the window closes."""
        self.notice.dismiss()

    @property
    def at_desk(self) -> bool:
        return self._pages.currentWidget() is self.desk

    def _stand(self, head: QWidget, zones: Sequence[QWidget], widest: QWidget, foot: QWidget) -> None:
        """Head, zones side by side of which `widest` takes what is left, foot."""
        px = self.look.px
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(12), px(12), px(12))
        row.setSpacing(px(12))
        for zone in zones:
            row.addWidget(zone, 1 if zone is widest else 0)
        column = QVBoxLayout(self.desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(row, 1)
        column.addWidget(foot)

    def _lay_over(self, chooser: int, more: int, clear: QWidget | None = None) -> None:
        """What every workspace lays over its zones; the widths are those of the two that differ. `clear` is
        what no message covers."""
        px = self.look.px
        Anchored(self.notice, self.desk, "foot", px(44), px(860), clear)
        for panel, widest in (
            (self.chooser, chooser),
            (self.keys, 980),
            (self.more, more),
            (self.facts, 1000),
        ):
            self._anchor(panel, widest)

    def _anchor(self, panel: QWidget, widest: int, place: Place = "centre", margin: int = 16) -> None:
        self._over.append(panel)
        Anchored(panel, self.desk, place, self.look.px(margin), self.look.px(widest))

    def _zone(self, inner: QWidget) -> QScrollArea:
        """A zone keeps its place; what is too large at large text is scrolled within it."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner.setProperty("clear", True)
        scroll.setWidget(inner)
        return scroll

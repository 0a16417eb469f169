"""The desk's panels in their places: head, inbox, the case in hand, foot, and what lies over them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.desk.case_view import CaseView
from counter_app.ui.desk.commands import GROUPS, KEY_COLUMNS, MORE
from counter_app.ui.desk.foot_view import FootView
from counter_app.ui.desk.head_view import HeadView
from counter_app.ui.desk.inbox_view import InboxView
from counter_app.ui.desk.pictures_view import PicturesView
from counter_app.ui.notices import NoticeBar
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.chooser import Chooser
from counter_app.ui.widgets.facts_page import FactsPage
from counter_app.ui.widgets.keys_overlay import KeysOverlay
from counter_app.ui.widgets.login import LoginView
from counter_app.ui.widgets.more_menu import MoreMenu
from counter_app.ui.widgets.overlay import Anchored


class Panels(QWidget):
    """All views of the desk, by name."""

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setProperty("panel", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = QWidget()
        self.login = LoginView(t, look)
        self.head = HeadView(t, look, self.desk)
        self.inbox = InboxView(t, look)
        self.case = CaseView(t, look)
        self.foot = FootView(t, look)
        self.notice = NoticeBar(t, look)
        self.chooser = Chooser(t, look)
        self.keys = KeysOverlay(t, look, GROUPS, KEY_COLUMNS)
        self.more = MoreMenu(t, look, MORE)
        self.facts = FactsPage(t, look)
        self.pictures = PicturesView(t, look)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.login)
        self._pages.addWidget(self.desk)
        self._lay_out()
        margin = look.px(16)
        self._anchors = (
            Anchored(self.notice, self.desk, "foot", look.px(44), look.px(860)),
            Anchored(self.chooser, self.desk, "centre", margin, look.px(620)),
            Anchored(self.facts, self.desk, "centre", margin, look.px(1000)),
            Anchored(self.pictures, self.desk, "centre", margin, look.px(1100)),
            Anchored(self.keys, self.desk, "centre", margin, look.px(980)),
            Anchored(self.more, self.desk, "centre", margin, look.px(980)),
        )

    def show_desk(self, at_work: bool) -> None:
        """The desk, or the log-in that hides everything, messages about citizens too."""
        if not at_work:
            self.notice.dismiss()
        self._pages.setCurrentWidget(self.desk if at_work else self.login)

    def still(self) -> None:
        """Nothing leaves by itself any more: the window closes."""
        self.notice.dismiss()

    @property
    def at_desk(self) -> bool:
        return self._pages.currentWidget() is self.desk

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.inbox.setFixedWidth(min(self.look.px(330), self.width() * 26 // 100))

    def _zone(self, inner: QWidget) -> QScrollArea:
        """What is too large at large text is scrolled within its place."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner.setProperty("clear", True)
        scroll.setWidget(inner)
        return scroll

    def _lay_out(self) -> None:
        look = self.look
        zones = QHBoxLayout()
        zones.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        zones.setSpacing(look.px(12))
        zones.addWidget(self.inbox)
        zones.addWidget(self._zone(self.case), 1)
        column = QVBoxLayout(self.desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(zones, 1)
        column.addWidget(self.foot)

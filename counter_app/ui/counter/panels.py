"""The window's panels in their places: head, three zones, foot, and what lies over them.

It places and does nothing else; `window.py` joins it to the presenters.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.commands import GROUPS, KEY_COLUMNS, MORE, MORE_COLUMNS
from counter_app.ui.counter.course_view import CourseView
from counter_app.ui.counter.devices_view import DevicesView
from counter_app.ui.counter.foot_view import FootView
from counter_app.ui.counter.head_view import HeadView
from counter_app.ui.counter.line_view import LineView
from counter_app.ui.counter.paper_view import PaperView
from counter_app.ui.counter.peripherals_view import PeripheralsView
from counter_app.ui.counter.pictures_view import PicturesView
from counter_app.ui.counter.work_view import WorkView
from counter_app.ui.notices import NoticeBar
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.chooser import Chooser
from counter_app.ui.widgets.facts_page import FactsPage
from counter_app.ui.widgets.keys_overlay import KeysOverlay
from counter_app.ui.widgets.login import LoginView
from counter_app.ui.widgets.more_menu import MoreMenu
from counter_app.ui.widgets.overlay import Anchored


class Panels(QWidget):
    """All views of the counter, by name."""

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setProperty("panel", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = QWidget()
        self.login = LoginView(t, look)
        self.head = HeadView(t, look, self.desk)
        self.line = LineView(t, look)
        self.work = WorkView(t, look)
        self.paper = PaperView(t, look)
        self.foot = FootView(t, look)
        self.notice = NoticeBar(t, look)
        self.chooser = Chooser(t, look)
        self.keys = KeysOverlay(t, look, GROUPS, KEY_COLUMNS)
        self.more = MoreMenu(t, look, MORE, MORE_COLUMNS)
        self.devices = DevicesView(t, look)
        self.peripherals = PeripheralsView(t, look)
        self.facts = FactsPage(t, look)
        self.pictures = PicturesView(t, look)
        self.course = CourseView(t, look)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.login)
        self._pages.addWidget(self.desk)
        self._lay_out()
        margin = look.px(16)
        self._anchors = (
            Anchored(self.pictures, self.desk, "right", look.px(56), look.px(620)),
            Anchored(self.notice, self.desk, "foot", look.px(44), look.px(860)),
            Anchored(self.chooser, self.desk, "centre", margin, look.px(560)),
            Anchored(self.keys, self.desk, "centre", margin, look.px(980)),
            Anchored(self.more, self.desk, "centre", margin, look.px(1240)),
            Anchored(self.devices, self.desk, "centre", margin, look.px(980)),
            Anchored(self.peripherals, self.desk, "centre", margin, look.px(980)),
            Anchored(self.facts, self.desk, "centre", margin, look.px(1000)),
            Anchored(self.course, self.desk, "centre", margin, look.px(1120)),
        )

    def show_desk(self, at_work: bool) -> None:
        """The desk, or the log-in that hides everything, messages about citizens too."""
        if not at_work:
            self.notice.dismiss()
            self.pictures.hide()
        self._pages.setCurrentWidget(self.desk if at_work else self.login)

    def still(self) -> None:
        """Nothing leaves by itself any more: the window closes."""
        self.notice.dismiss()

    @property
    def at_desk(self) -> bool:
        return self._pages.currentWidget() is self.desk

    @property
    def leaving(self) -> tuple[SignalInstance, ...]:
        """What says that an overlay was answered or left."""
        overlays = (self.chooser, self.keys, self.more, self.devices, self.peripherals, self.course)
        return (self.chooser.answered, *(overlay.left for overlay in overlays))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _lay_out(self) -> None:
        look = self.look
        self._left, self._right = self._zone(self.line), self.paper
        zones = QHBoxLayout()
        zones.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        zones.setSpacing(look.px(12))
        zones.addWidget(self._left)
        zones.addWidget(self._zone(self.work), 1)
        zones.addWidget(self._right)
        column = QVBoxLayout(self.desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(zones, 1)
        column.addWidget(self.foot)

    def _zone(self, inner: QWidget) -> QScrollArea:
        """A zone keeps its place; what is too large at large text is scrolled within it."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner.setProperty("clear", True)
        scroll.setWidget(inner)
        return scroll

    def _share(self) -> None:
        """The side zones take a fixed share; large text gets more of it, the middle never less than half."""
        whole, px = self.width(), self.look.px
        left, right = min(px(268), whole * 24 // 100), min(px(360), whole * 25 // 100)
        self._left.setFixedWidth(left)
        self._right.setFixedWidth(right)
        self.work.fit(whole - left - right - px(48))

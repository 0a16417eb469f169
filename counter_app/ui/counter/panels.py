"""The window's panels in their places: head, three zones, foot, and what lies over them.

It places and does nothing else; `window.py` joins it to the presenters.
"""

from __future__ import annotations

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QResizeEvent

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
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys_overlay import KeysOverlay
from counter_app.ui.widgets.more_menu import MoreMenu
from counter_app.ui.workspace_panels import WorkspacePanels


class Panels(WorkspacePanels):
    """All views of the counter, by name."""

    def __init__(self, t: Translator, look: Look) -> None:
        keys = KeysOverlay(t, look, GROUPS, KEY_COLUMNS)
        super().__init__(t, look, keys, MoreMenu(t, look, MORE, MORE_COLUMNS))
        self.head = HeadView(t, look, self.desk)
        self.box = self.head.box
        self.line = LineView(t, look)
        self.work = WorkView(t, look)
        self.paper = PaperView(t, look)
        self.foot = FootView(t, look)
        self.devices = DevicesView(t, look)
        self.peripherals = PeripheralsView(t, look)
        self.pictures = PicturesView(t, look)
        self.course = CourseView(t, look)
        self._left, self._right = self._zone(self.line), self.paper
        middle = self._zone(self.work)
        self._stand(self.head, (self._left, middle, self._right), middle, self.foot)
        self._anchor(self.pictures, 620, "right", 56)
        self._lay_over(chooser=560, more=1240, clear=self.work.verdict)
        self._anchor(self.devices, 980)
        self._anchor(self.peripherals, 980)
        self._anchor(self.course, 1120)

    @property
    def leaving(self) -> tuple[SignalInstance, ...]:
        """What says that one of the counter's own overlays was left."""
        return (self.devices.left, self.peripherals.left, self.course.left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The side zones take a fixed share; large text gets more of it, the middle never less than half."""
        whole, px = self.width(), self.look.px
        left, right = min(px(268), whole * 24 // 100), min(px(360), whole * 25 // 100)
        self._left.setFixedWidth(left)
        self._right.setFixedWidth(right)
        self.work.fit(whole - left - right - px(48))

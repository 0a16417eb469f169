"""The desk's panels in their places: head, inbox, the case in hand, foot, and what lies over them."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from counter_app.i18n import Translator
from counter_app.ui.desk.case_view import CaseView
from counter_app.ui.desk.commands import GROUPS, KEY_COLUMNS, MORE
from counter_app.ui.desk.foot_view import FootView
from counter_app.ui.desk.head_view import HeadView
from counter_app.ui.desk.inbox_view import InboxView
from counter_app.ui.desk.pictures_view import PicturesView
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys_overlay import KeysOverlay
from counter_app.ui.widgets.more_menu import MoreMenu
from counter_app.ui.workspace_panels import WorkspacePanels


class Panels(WorkspacePanels):
    """All views of the desk, by name."""

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__(t, look, KeysOverlay(t, look, GROUPS, KEY_COLUMNS), MoreMenu(t, look, MORE))
        self.head = HeadView(t, look, self.desk)
        self.box = self.head.box
        self.inbox = InboxView(t, look)
        self.case = CaseView(t, look)
        self.foot = FootView(t, look)
        self.pictures = PicturesView(t, look)
        case = self._zone(self.case)
        case.viewport().installEventFilter(self.case)
        self._stand(self.head, (self.inbox, case), case, self.foot)
        self._lay_over(chooser=620, more=980)
        self._anchor(self.pictures, 1100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.inbox.setFixedWidth(min(self.look.px(330), self.width() * 26 // 100))

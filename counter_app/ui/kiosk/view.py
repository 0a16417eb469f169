"""`KioskView`: head, page and foot put together, in sizes of this panel. Shows; decides nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.ui.kiosk.face import PageFace
from counter_app.ui.kiosk.measures import Measures
from counter_app.ui.kiosk.page import Frame, Page
from counter_app.ui.kiosk.style import sheet
from counter_app.ui.kiosk.surround import Foot, Head, training_band
from counter_app.ui.theme.look import Look

NO_FRAME: Final = Frame("", (), "", "", "", "", "", "", "", "")

LOW_MM: Final = 220.0  # a panel that lies and is lower than this has little height


class KioskPane(QWidget):
    """The whole glass. `pressed(act, target)` for every key."""

    pressed = Signal(str, str)

    def __init__(self, look: Look, mm_per_px: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kiosk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._measures = Measures(mm_per_px)
        self._frame = NO_FRAME
        self._page: Page | None = None
        self._clock = ""
        self._shape: tuple[int, int] | None = None
        self._face: PageFace | None = None
        self._foot: Foot | None = None
        self._surround: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        look.changed.connect(self._restyle)
        self.setStyleSheet(sheet(look.theme))

    @property
    def measures(self) -> Measures:
        return self._measures

    def sizeHint(self) -> QSize:
        return QSize(1080, 1920)

    def minimumSizeHint(self) -> QSize:
        return QSize(640, 600)

    def show_page(self, page: Page, *, elder: bool) -> None:
        if elder != self._measures.elder:
            self._measures = replace(self._measures, elder=elder)
            self._page = page
            self._rebuild()
        elif page != self._page:
            self._page = page
            if self._face is not None and self._face.may_change_into(page):
                self._face.change_into(page)
            else:
                self._show_face()

    def show_frame(self, frame: Frame) -> None:
        """A promise that takes its turn only changes its words; all else builds the frame anew."""
        same = replace(frame, promise="") == replace(self._frame, promise="")
        self._frame = frame
        if same and self._foot is not None:
            self._foot.show_promise(frame.promise)
        else:
            self._rebuild()

    def show_typed(self, text: str) -> None:
        if self._face is not None:
            self._face.show_typed(text)

    def show_clock(self, text: str) -> None:
        self._clock = text
        if self._foot is not None:
            self._foot.show_clock(text)

    def show_idle(self, warning: str, go_on: str) -> None:
        if self._foot is not None:
            self._foot.show_idle(warning, go_on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same page, laid out for the panel's new shape."""
        shape = (self.width(), self.height())
        if shape != self._shape:
            self._shape = shape
            low = self._lying and self.height() < self._measures.mm(LOW_MM)
            self._measures = replace(self._measures, low=low)
            self._rebuild()

    @property
    def _lying(self) -> bool:
        return self.width() > self.height()

    def _restyle(self) -> None:
        self.setStyleSheet(sheet(self._look.theme))
        self._rebuild()

    def _rebuild(self) -> None:
        for part in self._surround:
            self._drop(part)
        head = Head(self._frame, self._measures, self._look.theme, lying=self._lying)
        head.pressed.connect(self.pressed)
        foot = Foot(self._frame, self._measures, self._look.theme, lying=self._lying)
        foot.pressed.connect(self.pressed)
        foot.show_clock(self._clock)
        self._foot, self._surround = foot, [head, foot]
        self._column.insertWidget(0, head)
        if self._frame.training and not self._lying:
            band = training_band(self._frame.training, self._measures)
            self._surround.append(band)
            self._column.insertWidget(1, band)
        self._show_face()
        self._column.addWidget(foot)

    def _show_face(self) -> None:
        if self._face is not None:
            self._drop(self._face)
            self._face = None
        if self._page is None:
            return
        used = sum(part.sizeHint().height() for part in self._surround)
        room = (self.width(), max(1, self.height() - used))
        face = PageFace(self._page, self._frame, self._measures, self._look.theme, room)
        face.pressed.connect(self.pressed)
        self._face = face
        at = self._column.indexOf(self._foot) if self._foot is not None else -1
        self._column.insertWidget(at, face, 1)

    def _drop(self, part: QWidget) -> None:
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()

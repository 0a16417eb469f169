"""The dated plan as a bar chart: a row an item, days across, the critical way ringed, today dashed (mission:
C11).

Painted by ourselves, for desk and counter alike. Late, stopped, done, critical differ in shape and word, not
in colour alone. Arrow keys go from bar to bar; the line below says the bar in hand in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.glyphs import draw_shape
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import SHAPES, SPACE_S, SPACE_XS, TEXT, TEXT_SMALL, State
from counter_app.ui.widgets.plan_bars import BarState, ChartBar, Lane, lanes, rests, said, span

ROW: Final = 30
BAR: Final = 20
AXIS: Final = 22
NAMES: Final = 132
FOOT: Final = 24
LEAST_LANES: Final = 3
_SIGNS: Final[dict[BarState, State]] = {
    "done": State.DONE,
    "late": State.LATE,
    "critical": State.CRITICAL,
}


class PlanChart(QWidget):
    """`bar_chosen` carries a bar's code when it is clicked or reached with the arrow keys."""

    bar_chosen = Signal(str)

    def __init__(self, look: Look, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._t = look, t
        self._bars: tuple[ChartBar, ...] = ()
        self._lanes: tuple[Lane, ...] = ()
        self._today = date.min
        self._first, self._last = date.min, date.min
        self._chosen = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("Plan of the matter"))
        look.changed.connect(self.updateGeometry)

    def set_plan(self, bars: Sequence[ChartBar], today: date) -> None:
        """Show these bars; the bar in hand stays in hand while it is among them."""
        self._bars, self._today = tuple(bars), today
        self._lanes = lanes(self._bars)
        self._first, self._last = span(self._bars, today)
        if all(bar.code != self._chosen for bar in self._bars):
            self._chosen = next((bar.code for bar in self._bars if bar.critical), "")
        self.setAccessibleDescription("\n".join(said(bar, self._t) for bar in self._bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = max(LEAST_LANES, len(self._lanes))
        return QSize(self._look.px(560), self._look.px(AXIS + rows * ROW + FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(360), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        shown = [bar.code for lane in self._lanes for bar in lane.bars]
        if step is None or not shown:
            super().keyPressEvent(event)
            return
        at = shown.index(self._chosen) + step if self._chosen in shown else 0
        self._choose(shown[min(max(at, 0), len(shown) - 1)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for row, lane in enumerate(self._lanes):
            for bar in lane.bars:
                if self._place(bar, row).contains(event.position()):
                    self._choose(bar.code)

    def _choose(self, code: str) -> None:
        self._chosen = code
        self.update()
        self.bar_chosen.emit(code)

    def _day_width(self) -> float:
        days = max(1, (self._last - self._first).days)
        return max(1.0, (self.width() - self._look.px(NAMES) - self._look.px(SPACE_S)) / days)

    def _x(self, day: date) -> float:
        return self._look.px(NAMES) + (day - self._first).days * self._day_width()

    def _place(self, bar: ChartBar, row: int) -> QRectF:
        """A bar begins in the middle of its first day's column and ends in the middle of its last; a single
        day fills its own."""
        half = self._day_width() / 2
        left, right = self._x(bar.from_on) + half, self._x(bar.until_on) + half
        if bar.from_on == bar.until_on:
            left, right = left - half * 0.8, right + half * 0.8
        top = self._look.px(AXIS) + row * self._look.px(ROW) + self._look.px(ROW - BAR) / 2
        return QRectF(left + 1, top, max(right - left - 2, 4.0), self._look.px(BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._look.theme.surface))
        if self._bars:
            self._axis(painter)
            for row, lane in enumerate(self._lanes):
                self._name(painter, lane, row)
                for bar in lane.bars:
                    self._bar(painter, bar, row)
            self._now(painter)
            self._foot(painter)
        painter.end()

    def _axis(self, painter: QPainter) -> None:
        """Day numbers as far apart as they can be read; days of rest are shaded all the way down."""
        look, width = self._look, self._day_width()
        font = look.font(TEXT_SMALL)
        painter.setFont(font)
        wide = QFontMetrics(font).horizontalAdvance("00-00") + look.px(SPACE_S)
        every = max(1, -(-wide // max(1, int(width))))
        bottom = look.px(AXIS) + len(self._lanes) * look.px(ROW)
        for at in range((self._last - self._first).days):
            day = date.fromordinal(self._first.toordinal() + at)
            column = QRectF(self._x(day), look.px(AXIS), width, bottom - look.px(AXIS))
            if rests(day):
                painter.fillRect(column, QColor(look.theme.raised))
            if at % every == 0:
                painter.setPen(QColor(look.theme.muted))
                over = QRectF(column.center().x() - wide / 2, 0, wide, look.px(AXIS))
                painter.drawText(over, Qt.AlignmentFlag.AlignCenter, f"{day:%m-%d}")
        painter.setPen(QColor(look.theme.line))
        painter.drawLine(QPointF(look.px(NAMES), look.px(AXIS)), QPointF(self.width(), look.px(AXIS)))

    def _name(self, painter: QPainter, lane: Lane, row: int) -> None:
        if not lane.name:
            return
        font = self._look.font(TEXT)
        painter.setFont(font)
        painter.setPen(QColor(self._look.theme.text))
        top = self._look.px(AXIS) + row * self._look.px(ROW)
        room = QRectF(0, top, self._look.px(NAMES) - self._look.px(SPACE_S), self._look.px(ROW))
        text = QFontMetrics(font).elidedText(lane.name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _bar(self, painter: QPainter, bar: ChartBar, row: int) -> None:
        look, place = self._look, self._place(bar, row)
        if bar.state == "foreseen":
            painter.setPen(QPen(QColor(look.theme.hold), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._fill(bar.state))
        painter.drawRoundedRect(place, 3, 3)
        if bar.critical:
            self._ring(painter, place, QColor(look.theme.key_path), 2)
        if bar.code == self._chosen and self.hasFocus():
            self._ring(painter, place, QColor(look.theme.accent), 3)
        self._label(painter, bar, place, self._room_after(bar, row))

    def _fill(self, state: BarState) -> QColor:
        theme = self._look.theme
        return QColor(
            {
                "done": theme.good,
                "late": theme.bad,
                "critical": theme.accent,
                "step": theme.accent,
                "waiting": theme.muted,
                "assist": theme.hold,
                "foreseen": theme.surface,
                "applicant": theme.warn,
            }[state]
        )

    def _ring(self, painter: QPainter, place: QRectF, colour: QColor, width: int) -> None:
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(-2, -2, 2, 2), 5, 5)

    def _room_after(self, bar: ChartBar, row: int) -> float:
        """How far words may run on beside the bar before the next one begins."""
        later = [other for other in self._lanes[row].bars if other.from_on >= bar.until_on and other != bar]
        end = min((self._place(other, row).left() for other in later), default=float(self.width()))
        return end - self._place(bar, row).right() - self._look.px(SPACE_XS) * 2

    def _label(self, painter: QPainter, bar: ChartBar, place: QRectF, room: float) -> None:
        """In the bar when it fits, else beside it, else shortened in it: the line below says all."""
        look = self._look
        font = look.font(TEXT_SMALL)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        sign = _SIGNS.get(bar.state)
        side = look.px(12) if sign else 0
        inner = place.adjusted(look.px(SPACE_XS) + side, 0, -look.px(2), 0)
        width = metrics.horizontalAdvance(bar.label)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        on_bar = self._on_bar(bar)
        if sign:
            glyph = QRectF(
                place.left() + look.px(3), place.center().y() - look.px(5), look.px(10), look.px(10)
            )
            if place.width() > side + look.px(SPACE_XS):
                draw_shape(painter, SHAPES[sign], glyph, on_bar)
        if width <= inner.width():
            painter.setPen(on_bar)
            painter.drawText(inner, left, bar.label)
        elif width <= room:
            painter.setPen(QColor(look.theme.text))
            beside = QRectF(place.right() + look.px(SPACE_XS) + 2, place.top(), room, place.height())
            painter.drawText(beside, left, bar.label)
        elif inner.width() > metrics.horizontalAdvance("审…"):
            painter.setPen(on_bar)
            short = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, left, short)

    def _on_bar(self, bar: ChartBar) -> QColor:
        theme = self._look.theme
        if bar.state == "foreseen":  # its bar is hollow
            return QColor(theme.text)
        return QColor("#ffffff" if theme.name == "light" or bar.state in ("critical", "step") else "#10171e")

    def _now(self, painter: QPainter) -> None:
        look = self._look
        x = self._x(self._today) + self._day_width() / 2
        bottom = look.px(AXIS) + len(self._lanes) * look.px(ROW)
        pen = QPen(QColor(look.theme.accent_text), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, look.px(AXIS)), QPointF(x, bottom + look.px(SPACE_XS)))
        painter.setFont(look.font(TEXT_SMALL))
        word = QRectF(x - look.px(40), bottom, look.px(80), look.px(FOOT))
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self._t("Today"))

    def _foot(self, painter: QPainter) -> None:
        """The bar in hand in words, left of the word for today where both would meet."""
        bar = next((entry for entry in self._bars if entry.code == self._chosen), None)
        if bar is None or not self.hasFocus():
            return
        look = self._look
        painter.setPen(QColor(look.theme.text))
        painter.setFont(look.font(TEXT_SMALL, bold=True))
        top = look.px(AXIS) + len(self._lanes) * look.px(ROW)
        ground = QRectF(0, top, self.width(), look.px(FOOT))
        painter.fillRect(ground, QColor(look.theme.selected))
        painter.drawText(
            ground.adjusted(look.px(SPACE_S), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, said(bar, self._t)
        )

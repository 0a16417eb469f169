"""Days as a strip of squares: weeks one under another, or a month a line (interface.md, mission: T3).

Colour is never the only difference: counted days are filled and numbered, stopped ones barred, added ones
doubly framed, days off are faint. Arrow keys walk through the days; each is read aloud and told by `chosen`.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.time.words import WEEKDAYS
from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.facts_shown import DayShown, Paint

WEEKS_A_LINE: Final = 2
DAYS_A_WEEK: Final = 7
LONGEST_MONTH: Final = 31
_GAP: Final = 3
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -100_000,
    Qt.Key.Key_End: 100_000,
}


class DayStrip(QWidget):
    """`chosen(sentence)` whenever another day is in hand."""

    chosen = Signal(str)

    def __init__(self, t: Translator, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t, self._look = t, look
        self._days: tuple[DayShown, ...] = ()
        self._by_month = False
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("Days of the limit"))
        look.changed.connect(self.updateGeometry)

    @property
    def day(self) -> DayShown | None:
        """The day in hand."""
        return self._days[self._at] if self._days else None

    def show_days(
        self, days: tuple[DayShown, ...], *, by_month: bool = False, at: date | None = None
    ) -> None:
        """`at` is the day in hand at first: today's when it is not given, else the last."""
        self._days, self._by_month = days, by_month
        wanted = [n for n, day in enumerate(days) if day.day == at] or [
            n for n, day in enumerate(days) if day.today
        ]
        self._at = wanted[0] if wanted else max(0, len(days) - 1)
        self.updateGeometry()
        self.update()
        self._tell()

    @property
    def days(self) -> tuple[DayShown, ...]:
        return self._days

    @property
    def end(self) -> QPoint:
        """Where the last day that counts stands, else today, else the end: what must be seen."""
        last = next((one.day for one in self._days if one.last), None)
        today = next((one.day for one in self._days if one.today), None)
        shown = last or today or (self._days[-1].day if self._days else None)
        return self._place(shown).center().toPoint() if shown is not None else QPoint()

    def sizeHint(self) -> QSize:
        lines = 1 + max((self._cell(day.day)[1] for day in self._days), default=0)
        return QSize(self._label() + self._columns * self._wide(), lines * self._high() + self._look.px(2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -self._line_step() if key == Qt.Key.Key_Up else self._line_step()
        elif key in _STEPS:
            step = _STEPS[key]
        else:
            event.ignore()
            return
        self._go(self._at + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        for at, day in enumerate(self._days):
            if self._place(day.day).contains(spot):
                self._go(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        named = -1
        for at, day in enumerate(self._days):
            line = self._cell(day.day)[1]
            if line != named:
                named = line
                self._paint_label(painter, day.day, line)
            self._paint_day(painter, day, in_hand=at == self._at and self.hasFocus())
        painter.end()

    def _go(self, at: int) -> None:
        at = min(max(at, 0), len(self._days) - 1)
        if self._days and at != self._at:
            self._at = at
            self.update()
            self._tell()

    def _tell(self) -> None:
        day = self.day
        self.setAccessibleDescription(day.says if day else "")
        self.chosen.emit(day.says if day else "")

    @property
    def _columns(self) -> int:
        return LONGEST_MONTH if self._by_month else WEEKS_A_LINE * DAYS_A_WEEK

    def _line_step(self) -> int:
        return 30 if self._by_month else WEEKS_A_LINE * DAYS_A_WEEK

    def _cell(self, day: date) -> tuple[int, int]:
        """Column and line of a day."""
        first = self._days[0].day
        if self._by_month:
            return day.day - 1, (day.year - first.year) * 12 + day.month - first.month
        since = (day - first).days + first.weekday()
        width = WEEKS_A_LINE * DAYS_A_WEEK
        return since % width, since // width

    def _label(self) -> int:
        return self._look.px(62)

    def _wide(self) -> int:
        return self._look.px(28 if self._by_month else 58)

    def _high(self) -> int:
        return self._look.px(29 if self._by_month else 40)

    def _place(self, day: date) -> QRectF:
        column, line = self._cell(day)
        gap = self._look.px(_GAP)
        return QRectF(
            self._label() + column * self._wide(),
            line * self._high(),
            self._wide() - gap,
            self._high() - gap,
        )

    def _paint_label(self, painter: QPainter, day: date, line: int) -> None:
        painter.setFont(self._look.font(12))
        painter.setPen(QColor(self._look.theme.muted))
        words = f"{day.month}月" if self._by_month else f"{day:%m-%d}"
        place = QRectF(0, line * self._high(), self._label() - self._look.px(8), self._high() - 3)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)

    def _paint_day(self, painter: QPainter, day: DayShown, *, in_hand: bool) -> None:
        look, place = self._look, self._place(day.day)
        fill, ink, frame = self._colours(day.paint)
        painter.setBrush(fill)
        painter.setPen(QPen(frame, look.px(1)))
        painter.drawRoundedRect(place, look.px(4), look.px(4))
        if day.paint == "added":
            inner = place.adjusted(look.px(3), look.px(3), -look.px(3), -look.px(3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, look.px(2), look.px(2))
        if day.paint == "stopped":
            self._bars(painter, place, frame)
        if day.unsure:
            self._hatch(painter, place)
        painter.setPen(ink)
        self._words(painter, day, place)
        if day.last or day.today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            line = QPen(QColor(look.theme.bad if day.last else look.theme.warn), look.px(2))
            line.setStyle(Qt.PenStyle.SolidLine if day.last else Qt.PenStyle.DotLine)
            painter.setPen(line)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), look.px(4), look.px(4))
        if in_hand:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.theme.accent), look.px(3)))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), look.px(4), look.px(4))

    def _words(self, painter: QPainter, day: DayShown, place: QRectF) -> None:
        look, centre = self._look, int(Qt.AlignmentFlag.AlignCenter)
        number = str(day.day.day)
        if self._by_month:
            painter.setFont(look.font(11))
            painter.drawText(place, centre, number)
            return
        number = f"{number} {self._t(WEEKDAYS[day.day.weekday()])}"
        if not day.mark:
            painter.setFont(look.font(11))
            painter.drawText(place, centre, number)
            return
        half = place.height() / 2
        painter.setFont(look.font(11))
        painter.drawText(QRectF(place.left(), place.top() + 1, place.width(), half), centre, number)
        painter.setFont(look.font(11, bold=True))
        painter.drawText(QRectF(place.left(), place.top() + half - 2, place.width(), half), centre, day.mark)

    def _colours(self, paint: Paint) -> tuple[QColor, QColor, QColor]:
        """Fill, ink and frame."""
        theme = self._look.theme
        found = {
            "counted": (theme.accent, theme.on_accent, theme.accent),
            "added": (theme.surface, theme.key_path, theme.key_path),
            "stopped": (theme.surface, theme.hold, theme.hold),
            "off": (theme.raised, theme.muted, theme.line),
            "edge": (theme.surface, theme.text, theme.line),
            "plain": (theme.surface, theme.text, theme.line),
        }[paint]
        return QColor(found[0]), QColor(found[1]), QColor(found[2])

    def _bars(self, painter: QPainter, place: QRectF, colour: QColor) -> None:
        painter.setPen(QPen(colour, self._look.px(2)))
        inset = self._look.px(5)
        for left in (place.left() + inset, place.right() - inset):
            painter.drawLine(QPointF(left, place.top() + inset), QPointF(left, place.bottom() - inset))

    def _hatch(self, painter: QPainter, place: QRectF) -> None:
        """A corner cut: the day may still change."""
        painter.setPen(QPen(QColor(self._look.theme.warn), self._look.px(2)))
        side = self._look.px(8)
        painter.drawLine(
            QPointF(place.right() - side, place.top() + 1), QPointF(place.right() - 1, place.top() + side)
        )

"""The paper as it will come out of the printer, drawn from the very lines the printer gets.

Every character stands in its own columns, as a resident font prints it, so what overflows on paper
would overflow here. Not here: layout (`domain/paper/columns.py`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.paper.lines import (
    DOTS_A_COLUMN,
    BarcodeLine,
    CutLine,
    Line,
    QrLine,
    RuleLine,
    Run,
    TextLine,
    ThermalLines,
)
from counter_app.domain.paper.width import char_width
from counter_app.ui.theme.look import FAMILIES, Look

LINE_DOTS: Final = 30  # 24 dots of font and the line gap of a printer
_RULE_DOTS: Final = 24
_BAR_DOTS: Final = 72
_CUT_DOTS: Final = 40
_MARGIN: Final = 28
_DENSEST: Final = 0.75  # screen pixels a dot; a paper is not drawn larger than this times the scale


@lru_cache(maxsize=32)
def qr_rows(data: str, level: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a QR code, without quiet zone."""
    code = segno.make(data, error=level, boost_error=False, micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def line_dots(line: Line) -> int:
    """The height of a line on paper, in dots (8 to a millimetre)."""
    match line:
        case TextLine():
            return 24 * line.tall + LINE_DOTS - 24
        case QrLine():
            return line.modules * line.dots + 2 * LINE_DOTS
        case BarcodeLine():
            return _BAR_DOTS
        case CutLine():
            return _CUT_DOTS
        case RuleLine():
            return _RULE_DOTS


class PaperPreview(QWidget):
    """A sheet of thermal paper as wide as its place allows; grows downward as lines come."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._lines: ThermalLines | None = None
        self._drawn = QPixmap()
        self._drawn_as: tuple[object, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def set_lines(self, lines: ThermalLines | None) -> None:
        """Show these lines, or nothing."""
        if lines == self._lines:
            return
        self._lines = lines
        self.setAccessibleDescription(lines.text if lines is not None else "")
        self.updateGeometry()
        self.update()

    @property
    def lines(self) -> ThermalLines | None:
        return self._lines

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._dots_high() * self._zoom(width)) if self._lines is not None else 0

    def sizeHint(self) -> QSize:
        wide = round((self._dots_wide()) * _DENSEST * self._look.scale * 0.8)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(160), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._lines is None:
            return
        ratio = self.devicePixelRatioF()
        drawn_as = (self._lines, self.size(), ratio, self._look.theme, self._look.scale)
        if drawn_as != self._drawn_as:
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            self._draw_sheet(self._drawn, self._lines)
            self._drawn_as = drawn_as
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.end()

    def _draw_sheet(self, target: QPixmap, lines: ThermalLines) -> None:
        """Once for each change: a thousand characters placed one by one take ten milliseconds."""
        theme, zoom = self._look.theme, self._zoom(self.width())
        painter = QPainter(target)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self._dots_wide() * zoom
        left = (self.width() - wide) / 2
        sheet = QRectF(left, 0, wide, self._dots_high() * zoom)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.paper))
        painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.translate(left + _MARGIN * zoom, _MARGIN * zoom)
        painter.scale(zoom, zoom)
        y = 0
        for line in lines.lines:
            self._draw(painter, line, y)
            y += line_dots(line)
        painter.end()

    def _zoom(self, width: int) -> float:
        return min(width / self._dots_wide(), _DENSEST * self._look.scale)

    def _dots_wide(self) -> int:
        columns = self._lines.columns if self._lines is not None else 48
        return columns * DOTS_A_COLUMN + 2 * _MARGIN

    def _dots_high(self) -> int:
        lines = self._lines.lines if self._lines is not None else ()
        return sum(line_dots(line) for line in lines) + 2 * _MARGIN

    def _draw(self, painter: QPainter, line: Line, y: int) -> None:
        ink = QColor(self._look.theme.ink)
        painter.setPen(ink)
        match line:
            case TextLine():
                for run in line.runs:
                    self._draw_run(painter, run, y, line.tall)
            case RuleLine():
                self._draw_rule(painter, y + _RULE_DOTS // 2, ink)
            case QrLine():
                self._draw_qr(painter, line, y + LINE_DOTS, ink)
            case BarcodeLine():
                self._draw_bars(painter, line, y, ink)
            case CutLine():
                pass

    def _draw_run(self, painter: QPainter, run: Run, y: int, tall: int) -> None:
        """Each character in its own cell: what is not of fixed width is placed, never run together."""
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setPixelSize(23)
        font.setBold(run.bold)
        painter.setFont(font)
        cell = DOTS_A_COLUMN * run.across
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip)
        painter.save()
        painter.translate(run.column * DOTS_A_COLUMN, y + 24 * (tall - run.tall))
        painter.scale(run.across, run.tall)
        at = 0.0
        for character, wide in _cells(run.text):
            place = QRectF(at, -3, wide * cell / run.across, 30)
            painter.drawText(place, flags, character)
            at += wide * cell / run.across
        painter.restore()

    def _draw_rule(self, painter: QPainter, y: int, ink: QColor) -> None:
        pen = QPen(ink, 2)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        wide = self._dots_wide() - 2 * _MARGIN
        painter.drawLine(0, y, wide, y)

    def _draw_qr(self, painter: QPainter, line: QrLine, y: int, ink: QColor) -> None:
        rows = qr_rows(line.data, line.level)
        left = (self._dots_wide() - 2 * _MARGIN - len(rows) * line.dots) // 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        left + across * line.dots, y + down * line.dots, line.dots, line.dots, ink
                    )
        painter.restore()

    def _draw_bars(self, painter: QPainter, line: BarcodeLine, y: int, ink: QColor) -> None:
        """Bars by Code 128 B, as wide as the printer will draw them."""
        modules = code128_modules(line.text)
        left = (self._dots_wide() - 2 * _MARGIN - len(modules) * line.dots) // 2
        for at, dark in enumerate(modules):
            if dark:
                painter.fillRect(left + at * line.dots, y + 4, line.dots, _BAR_DOTS - 12, ink)


def _cells(text: str) -> list[tuple[str, int]]:
    """Characters with the columns they take; a mark is drawn with the letter before it."""
    cells: list[tuple[str, int]] = []
    for character in text:
        wide = char_width(character)
        if wide == 0 and cells:
            before, columns = cells[-1]
            cells[-1] = (before + character, columns)
        else:
            cells.append((character, wide))
    return cells


# Bar and space widths of Code 128 (ISO/IEC 15417), values 0 to 105, six digits each.
_WIDTHS: Final = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222"
    "123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321"
    "232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121"
    "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224"
    "111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111"
    "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113"
    "114311411113411311113141114131311141411131211412211214211232"
)
_STOP: Final = "2331112"


def code128_modules(text: str) -> tuple[bool, ...]:
    """Dark and light modules of `text` in Code 128, set B (printable ASCII), with check and stop."""
    values = [104, *(ord(character) - 32 for character in text)]
    check = (values[0] + sum(at * value for at, value in enumerate(values[1:], start=1))) % 103
    widths = "".join(_WIDTHS[value * 6 : value * 6 + 6] for value in (*values, check)) + _STOP
    return tuple(at % 2 == 0 for at, wide in enumerate(widths) for _ in range(int(wide)))

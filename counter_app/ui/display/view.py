"""Draws the board, scaled to the panel: the called number at least 1/80 of ten metres high on 55 inches.

A 55-inch panel is 685 mm high; 125 mm for the number and 67 mm for the list are 18 % and 10 % of it
(`interface.md`). Everything is painted in fractions of the height, so any panel keeps the proportions.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from counter_app.i18n import Translator
from counter_app.ui.display.board import EMPTY, ROWS, Board, Call
from counter_app.ui.theme.look import FAMILIES, Look

NUMBER: Final = 0.25  # font sizes as shares of the height; digits are about 0.73 of their font size
LIST: Final = 0.14
LABEL: Final = 0.055
FOOT: Final = 0.042
FOOT_HEIGHT: Final = 0.2
TRAINING_HEIGHT: Final = 0.06
PROMISE_SECONDS: Final = 12
LIST_LEFT: Final = 0.55
BLINKS: Final = 10
BLINK_MS: Final = 450

GROUND: Final = QColor("#102a45")
SIDE: Final = QColor("#0d1f33")
FOOTING: Final = QColor("#14365c")
CALLED: Final = QColor("#ffd34d")
PLAIN: Final = QColor("#ffffff")
QUIET: Final = QColor("#a9c4e6")
RULE: Final = QColor("#24466b")
TRAINING: Final = QColor("#b3261e")


class BoardView(QWidget):
    """`DisplayView`. Shows; decides nothing. `training` puts 演练无效 across the top."""

    def __init__(self, look: Look, t: Translator, *, training: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._t = t
        self._training = training
        self._board = EMPTY
        self._now: datetime | None = None
        self._stale = ""
        self._turn = 0
        self._lit: dict[str, int] = {}
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._blink.timeout.connect(self._next_blink)
        self.setMinimumSize(960, 540)
        self.setAccessibleName(t("Hall display"))

    @property
    def board(self) -> Board:
        return self._board

    def show_board(self, board: Board) -> None:
        self._board = board
        newest = board.newest
        self.setAccessibleDescription(
            self._t("{number} to counter {counter}", number=newest.number, counter=newest.counter)
            if newest
            else ""
        )
        self.update()

    def announce(self, call: Call) -> None:
        self._lit[call.token] = BLINKS
        self._blink.start()
        self.update()

    def show_clock(self, now: datetime) -> None:
        turn = self._turn
        self._turn = int(now.timestamp()) // PROMISE_SECONDS
        if self._now is None or now.minute != self._now.minute or turn != self._turn:
            self._now = now
            self.update()

    def show_stale(self, since: str) -> None:
        if since != self._stale:
            self._stale = since
            self.update()

    def stop(self) -> None:
        self._blink.stop()

    def _next_blink(self) -> None:
        self._lit = {token: left - 1 for token, left in self._lit.items() if left > 1}
        if not self._lit:
            self._blink.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        width, height = float(self.width()), float(self.height())
        foot = height * FOOT_HEIGHT
        top = height * TRAINING_HEIGHT if self._training else 0.0
        painter.fillRect(QRectF(0, 0, width, height), GROUND)
        painter.fillRect(QRectF(width * LIST_LEFT, 0, width, height), SIDE)
        self._paint_newest(painter, QRectF(width * 0.04, 0, width * (LIST_LEFT - 0.06), height - foot))
        self._paint_list(painter, QRectF(width * 0.58, top, width * 0.39, height - foot - top))
        self._paint_foot(painter, QRectF(0, height - foot, width, foot))
        if self._training:
            self._paint_training(painter, QRectF(0, 0, width, top))
        painter.end()

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        share: float,
        colour: QColor,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        bold: bool = False,
    ) -> float:
        """Write one line, made smaller where it would not fit; returns the width it took."""
        font = painter.font()
        font.setFamilies(FAMILIES)
        font.setBold(bold)
        size = max(8, round(self.height() * share))
        font.setPixelSize(size)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        if wide > place.width() > 0:
            font.setPixelSize(max(8, int(size * place.width() / wide)))
            wide = QFontMetricsF(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        return wide

    def _colour(self, call: Call, plain: QColor) -> QColor:
        """Every other blink in white: a call is seen without sound."""
        return PLAIN if self._lit.get(call.token, 0) % 2 else plain

    def _paint_newest(self, painter: QPainter, place: QRectF) -> None:
        height = float(self.height())
        call = self._board.newest
        if call is None:
            self._write(painter, place, self._t("Please wait for your number"), LABEL, QUIET)
            return
        left, width = place.left(), place.width()
        self._write(
            painter, QRectF(left, height * 0.1, width, height * 0.1), self._t("Number, please:"), LABEL, QUIET
        )
        number = QRectF(left, height * 0.2, width, height * 0.3)
        self._write(painter, number, call.number, NUMBER, self._colour(call, CALLED), bold=True)
        row = QRectF(left, height * 0.54, width, height * 0.2)
        used = self._write(painter, row, self._t("to counter") + " ", LABEL * 1.2, QUIET)
        row.setLeft(left + used)
        used = self._write(painter, row, call.counter, LIST * 1.25, PLAIN, bold=True)
        row.setLeft(row.left() + used)
        self._write(painter, row, " " + self._t("(counter, after its number)"), LABEL * 1.2, QUIET)

    def _paint_list(self, painter: QPainter, place: QRectF) -> None:
        step = place.height() / ROWS
        for n, call in enumerate(self._board.calls):
            row = QRectF(place.left(), place.top() + n * step, place.width(), step)
            painter.setPen(RULE)
            painter.drawLine(row.bottomLeft(), row.bottomRight())
            half = QRectF(row.left(), row.top(), row.width() * 0.6, row.height())
            self._write(painter, half, call.number, LIST, self._colour(call, PLAIN), bold=True)
            arrow = QRectF(row.left() + row.width() * 0.62, row.top(), row.width() * 0.1, row.height())
            self._write(painter, arrow, "→", LABEL, QUIET)
            counter = QRectF(row.left() + row.width() * 0.7, row.top(), row.width() * 0.2, row.height())
            self._write(painter, counter, call.counter, LIST, PLAIN, Qt.AlignmentFlag.AlignRight, bold=True)
            after = QRectF(row.left() + row.width() * 0.91, row.top(), row.width() * 0.09, row.height())
            self._write(painter, after, self._t("no."), LABEL, QUIET)

    def _paint_foot(self, painter: QPainter, place: QRectF) -> None:
        painter.fillRect(place, FOOTING)
        margin = place.width() * 0.04
        upper = QRectF(margin, place.top(), place.width() - 2 * margin, place.height() / 2)
        lower = upper.translated(0, place.height() / 2)
        clock = f"{self._now:%H:%M}" if self._now else ""
        used = self._write(painter, upper, clock, FOOT, PLAIN, Qt.AlignmentFlag.AlignRight)
        upper.setRight(upper.right() - used - margin)
        left = QRectF(upper.left(), upper.top(), upper.width() * 0.62, upper.height())
        if self._board.missed:
            used = self._write(painter, left, self._t("Missed") + " ", FOOT, PLAIN)
            left.setLeft(left.left() + used)
            used = self._write(painter, left, "  ".join(self._board.missed), FOOT, CALLED, bold=True)
            left.setLeft(left.left() + used)
            self._write(painter, left, "  " + self._t("please go to the inquiry desk"), FOOT, PLAIN)
        right = QRectF(upper.left() + upper.width() * 0.64, upper.top(), upper.width() * 0.36, upper.height())
        paused = self._board.paused
        news = self._stale or (paused[self._turn % len(paused)] if paused else "")
        self._write(painter, right, news, FOOT, PLAIN, Qt.AlignmentFlag.AlignRight)
        self._paint_facts(painter, lower)

    def _paint_facts(self, painter: QPainter, place: QRectF) -> None:
        """The day's numbers and the hall's promises in turn; the complaint line always (mission: D5)."""
        used = self._write(painter, place, self._board.complaint, FOOT, QUIET, Qt.AlignmentFlag.AlignRight)
        place.setRight(place.right() - used)
        promises = self._board.promises
        if promises and self._turn % 2:
            text = promises[self._turn // 2 % len(promises)]
            self._write(painter, place, text, FOOT, QUIET)
            return
        for before, number, after in self._board.facts:
            for text, colour, bold in ((before, QUIET, False), (number, CALLED, True), (after, QUIET, False)):
                used = self._write(painter, place, f"{text} ", FOOT, colour, bold=bold)
                place.setLeft(place.left() + used)
            place.setLeft(place.left() + self.height() * 0.03)

    def _paint_training(self, painter: QPainter, place: QRectF) -> None:
        painter.fillRect(place, TRAINING)
        self._write(
            painter, place, self._t("TRAINING, NOT VALID"), FOOT * 0.9, PLAIN, Qt.AlignmentFlag.AlignHCenter
        )

"""Item models of papers and cards, and how they are painted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from counter_app.domain.identity.photo import PHOTO_NOTES, PhotoState
from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.training.controls import TrayCard
from counter_app.ui.training.paper_presenter import PaperPicture
from counter_app.ui.widgets.rows import ROW_ROLE, Column, RowsModel

Index = QModelIndex | QPersistentModelIndex
CARD: Final = QSize(282, 152)  # at 100 %
_NO_PAPER: Final = QSize(10, 10)
_TOP_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def paper_model(t: Translator, parent: QObject | None = None) -> RowsModel[PaperPicture]:
    """One column: the paper's name."""
    name = Column[PaperPicture]("name", t("Printed paper"), lambda paper: paper.name)
    return RowsModel((name,), key=lambda paper: paper.name, parent=parent)


def card_model(t: Translator, parent: QObject | None = None) -> RowsModel[TrayCard]:
    """One column: the holder's name; spoken with what the card is good for."""
    name = Column[TrayCard]("name", t("Identity card"), lambda card: card.name)
    return RowsModel(
        (name,),
        key=lambda card: card.key,
        spoken=lambda card: ", ".join(part for part in (card.name, card.kind, card.about) if part),
        parent=parent,
    )


def _place(option: QStyleOptionViewItem) -> QRect:
    return QRect(option.rect)  # type: ignore[attr-defined]  # a public field the binding does not declare


def _marked(option: QStyleOptionViewItem) -> bool:
    state = option.state  # type: ignore[attr-defined]  # as above
    return bool(state & QStyle.StateFlag.State_HasFocus)


class PaperDelegate(QStyledItemDelegate):
    """A paper as it came out, its name above it. Pictures are kept while they are shown."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._pictures: dict[str, QPixmap] = {}

    def forget(self, kept: tuple[PaperPicture, ...]) -> None:
        names = {str(paper.path) for paper in kept}
        self._pictures = {name: made for name, made in self._pictures.items() if name in names}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = self._size(index)
        return QSize(size.width() + self._look.px(32), size.height() + self._look.px(56))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paper: PaperPicture = index.data(ROW_ROLE)
        place, theme = _place(option), self._look.theme
        size = self._size(index)
        left = place.left() + (place.width() - size.width()) // 2
        painter.setFont(self._look.font(14, bold=True))
        painter.setPen(QColor(theme.text))
        painter.drawText(
            QRect(left, place.top() + self._look.px(8), size.width(), self._look.px(24)), paper.name
        )
        sheet = QRect(left, place.top() + self._look.px(36), size.width(), size.height())
        painter.drawPixmap(sheet, self._picture(paper))
        painter.setPen(QColor(theme.accent if _marked(option) else theme.line))
        painter.drawRect(sheet)

    def _size(self, index: Index) -> QSize:
        """As wide as 80 mm paper is on this screen, at its own height."""
        picture = self._picture(index.data(ROW_ROLE))
        if picture.isNull():
            return _NO_PAPER
        wide = min(picture.width(), self._look.px(432))
        return QSize(wide, round(picture.height() * wide / picture.width()))

    def _picture(self, paper: PaperPicture) -> QPixmap:
        known = str(paper.path)
        if known not in self._pictures:
            self._pictures[known] = QPixmap(known)
        return self._pictures[known]


class CardDelegate(QStyledItemDelegate):
    """A card as it looks: text at the left, the photo's empty place at the right, the number below."""

    def __init__(self, look: Look, t: Translator, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._t = look, t
        self.laid = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._look.px(CARD.width() + 16), self._look.px(CARD.height() + 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: TrayCard = index.data(ROW_ROLE)
        look, theme = self._look, self._look.theme
        laid = card.key == self.laid
        inset = look.px(8)
        place = _place(option).adjusted(inset, inset, -inset, -inset)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = 4 if laid else (3 if _marked(option) else 1)
        colour = theme.good if laid else (theme.accent if _marked(option) else theme.line)
        painter.setPen(QPen(QColor(colour), edge))
        painter.setBrush(QColor(theme.selected if laid else theme.surface))
        painter.drawRoundedRect(QRectF(place), look.px(10), look.px(10))
        self._paint_photo(painter, place)
        self._paint_lines(painter, place, card, index.row() + 1, laid=laid)
        painter.restore()

    def _paint_lines(
        self, painter: QPainter, place: QRect, card: TrayCard, number: int, *, laid: bool
    ) -> None:
        t, look, theme = self._t, self._look, self._look.theme
        birth = t("born {day}", day=card.birth.isoformat()) if card.birth else ""
        cap = f"{number}  " if number <= 9 else ""
        lines = (
            (cap + card.name, 17, True, theme.text),
            ("  ".join(part for part in (card.sex, birth) if part), 13, False, theme.text),
            (card.address, 12, False, theme.muted),
            (card.number, 14, True, theme.text),
            (t("on the reader") if laid else card.kind, 12, laid, theme.good if laid else theme.muted),
        )
        top, left = place.top() + look.px(12), place.left() + look.px(14)
        narrow = place.width() - look.px(28 + 76)
        for text, size, bold, colour in lines:
            painter.setFont(look.font(size, bold=bold))
            painter.setPen(QColor(colour))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, narrow)
            painter.drawText(QRect(left, top, narrow, metrics.height()), _TOP_LEFT, shown)
            top += metrics.height() + look.px(5)

    def _paint_photo(self, painter: QPainter, place: QRect) -> None:
        look, theme = self._look, self._look.theme
        photo = QRect(place.right() - look.px(84), place.top() + look.px(12), look.px(74), look.px(96))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRect(photo)
        painter.setFont(look.font(11))
        painter.setPen(QColor(theme.muted))
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        note = self._t(PHOTO_NOTES[PhotoState.NO_DECODER])
        painter.drawText(photo.adjusted(4, 4, -4, -4), flags, note)

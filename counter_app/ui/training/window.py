"""Builds the training window: trays of cards for the readers beside the printer's papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.training.controls import PrinterControl, ScannerControl, TrayCard, TrayControl
from counter_app.ui.training.models import CardDelegate, PaperDelegate, card_model, paper_model
from counter_app.ui.training.paper_presenter import PaperPicture, PaperPresenter
from counter_app.ui.training.scanner_bar import ScannerBar
from counter_app.ui.training.tray_presenter import TrayPresenter
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.text import label

POLL_MS: Final = 300


def _pane(t: Translator, look: Look, title: str) -> tuple[QWidget, QVBoxLayout]:
    """A pane with its heading and the mark of training."""
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(*(look.px(16),) * 4)
    column.setSpacing(look.px(8))
    head = QHBoxLayout()
    head.addWidget(label(title, size="title"), 1)
    head.addWidget(label(t("Training: nothing here is valid"), chip=True, tone="training"))
    column.addLayout(head)
    return pane, column


def _keys(keys: tuple[tuple[str, str, Callable[[], None]], ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    for words, cap, do in keys:
        key = KeyButton(words, cap)
        key.clicked.connect(do)
        row.addWidget(key)
    row.addStretch(1)
    return row


class PaperPane(QWidget):
    """`PaperView`: papers, newest on top, and keys for the printer's troubles."""

    def __init__(self, folder: Path, printer: PrinterControl, look: Look, t: Translator) -> None:
        super().__init__()
        pane, column = _pane(t, look, t("Simulated printer"))
        self.model = paper_model(t, self)
        self._delegate = PaperDelegate(look, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(t("Papers, the newest on top"))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._said = label(tone="muted", wrap=True)
        self.presenter = PaperPresenter(self, folder, printer, t)
        column.addWidget(self.list, 1)
        column.addLayout(
            _keys(
                (
                    (t("Paper out"), "", self.presenter.paper_out),
                    (t("Cover open"), "", self.presenter.cover_open),
                    (t("Silent"), "", self.presenter.silent),
                    (t("Mend"), "", self.presenter.mend),
                )
            )
        )
        column.addWidget(self._said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(pane)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.presenter.poll)
        self._timer.start()
        self.presenter.poll()

    def show_papers(self, papers: tuple[PaperPicture, ...]) -> None:
        self._delegate.forget(papers)
        self.model.set_rows(papers)
        self.list.scrollToTop()

    def show_said(self, text: str) -> None:
        self._said.setText(text)

    def stop(self) -> None:
        self._timer.stop()


class TrayPane(QWidget):
    """`TrayView`: cards to lay on and lift by touch, Enter, a digit or L."""

    def __init__(
        self, cards: tuple[TrayCard, ...], tray: TrayControl, look: Look, t: Translator, title: str
    ) -> None:
        super().__init__()
        pane, column = _pane(t, look, title)
        self.model = card_model(t, self)
        self._delegate = CardDelegate(look, t, self)
        self.list = _CardList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(t("Cards of made-up citizens"))
        self._said = label(tone="muted", wrap=True)
        self.presenter = TrayPresenter(self, cards, tray, t)
        self.list.clicked.connect(self._touch)
        self.list.touched = self._touch
        self.list.digit = self.presenter.digit
        self.list.lift = self.presenter.lift
        column.addWidget(self.list, 1)
        column.addLayout(
            _keys(
                (
                    (t("Lift the card"), "L", self.presenter.lift),
                    (t("Unplug"), "", self.presenter.unplug),
                    (t("Plug in"), "", self.presenter.plug),
                    (t("Noise"), "", self.presenter.noise),
                )
            )
        )
        column.addWidget(self._said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(pane)

    def show_cards(self, cards: tuple[TrayCard, ...], laid: str) -> None:
        self._delegate.laid = laid
        self.model.set_rows(cards)
        self.list.viewport().update()

    def show_said(self, text: str) -> None:
        self._said.setText(text)

    def _touch(self, index: QModelIndex) -> None:
        key = self.model.key_at(index.row())
        if key is not None:
            self.presenter.touch(key)


class _CardList(QListView):
    """Cards in rows that fill the width; keys act on the card in hand."""

    def __init__(self) -> None:
        super().__init__()
        self.touched: Callable[[QModelIndex], None] = lambda _: None
        self.digit: Callable[[int], None] = lambda _: None
        self.lift: Callable[[], None] = lambda: None
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.touched(self.currentIndex())
        elif text.isdecimal() and text.isascii():
            self.digit(int(text))
        elif text.lower() == "l":
            self.lift()
        else:
            super().keyPressEvent(event)


class TrainingWindow(QWidget):
    """Trays beside the papers. Closing stops the polling."""

    def __init__(
        self, panes: tuple[QWidget, ...], title: str, look: Look, foot: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setProperty("panel", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panes = panes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        for pane in panes:
            row.addWidget(pane, 1)
        column.addLayout(row, 1)
        if foot is not None:
            column.addWidget(foot)
        look.dress(self)
        self.resize(look.px(560 * len(panes) + 200), look.px(900))

    def closeEvent(self, event: QCloseEvent) -> None:
        for pane in self.panes:
            if isinstance(pane, PaperPane):
                pane.stop()
        super().closeEvent(event)


def build_training_window(
    folder: Path,
    printer: PrinterControl,
    cards: tuple[TrayCard, ...],
    trays: tuple[tuple[str, TrayControl], ...],
    look: Look,
    t: Translator,
    scanner: ScannerControl | None = None,
) -> TrainingWindow:
    """A tray for each reader (its title and control) at the left, papers at the right, the scanner below.

    `folder` is where the simulated printer leaves `NNN.png`.
    """
    readers = tuple(TrayPane(cards, tray, look, t, title) for title, tray in trays)
    foot = None if scanner is None else ScannerBar(scanner, look, t)
    panes = (*readers, PaperPane(folder, printer, look, t))
    return TrainingWindow(panes, t("Training devices"), look, foot)

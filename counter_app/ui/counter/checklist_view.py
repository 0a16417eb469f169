"""The checklist as a table: arrows move, one letter marks. A passive view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from counter_app.i18n import Translator
from counter_app.ui.counter.delegates import CheckDelegate
from counter_app.ui.counter.shown import CheckShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.rows import Column, RowsModel

_HANDLING: Final = 3
_MARKS: Final = {
    Qt.Key.Key_Space: "present",
    Qt.Key.Key_G: "to_correct",
    Qt.Key.Key_Q: "missing",
    Qt.Key.Key_R: "lacking",
    Qt.Key.Key_Delete: "",
}


def checklist_model(t: Translator) -> RowsModel[CheckShown]:
    """Material, originals, copies, handling, mark; read aloud as one sentence."""
    return RowsModel[CheckShown](
        (
            Column("material", t("Material"), lambda row: row.name),
            Column("originals", t("Originals"), lambda row: row.originals),
            Column("copies", t("Copies"), lambda row: row.copies),
            Column("handling", t("Handling"), lambda row: row.handling),
            Column("mark", t("Check"), lambda row: f"{row.mark_words} {row.reason}".strip()),
        ),
        key=lambda row: row.code,
        spoken=lambda row: " ".join(
            part for part in (row.name, row.because, row.mark_words, row.reason) if part
        ),
    )


class ChecklistView(QTableView):
    """`mark_requested(code, kind)`: kind `present`, `to_correct`, `missing`, `lacking` or "" to clear.

    `picture_requested(code)`: one is to be taken of this material.
    """

    mark_requested = Signal(str, str)
    row_chosen = Signal(str)
    picture_requested = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._look = look
        self.checks = checklist_model(t)
        self.setModel(self.checks)
        self.setItemDelegate(CheckDelegate(look, self))
        self.setAccessibleName(t("Materials to check"))
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumHeight(look.px(150))
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(self.resizeRowsToContents)
        look.changed.connect(self._settle)

    def show_checks(self, checks: tuple[CheckShown, ...]) -> None:
        """Show these; the row in hand stays in hand, else the first that is to be judged is."""
        before = self.in_hand
        self.checks.set_rows(checks)
        at = self.checks.row_of(before)
        if checks and (at < 0 or at != self.currentIndex().row()):
            open_rows = (row for row, check in enumerate(checks) if check.open and check.state is None)
            self.selectRow(at if at >= 0 else next(open_rows, 0))
        self._fit.start()

    def choose(self, code: str) -> None:
        """Take the row of this material in hand."""
        at = self.checks.row_of(code)
        if at >= 0:
            self.selectRow(at)
            self.scrollTo(self.checks.index(at, 0))

    @property
    def in_hand(self) -> str:
        return self.checks.key_at(self.currentIndex().row()) or ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        kind = _MARKS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if kind is not None and plain and self.in_hand:
            if not event.isAutoRepeat():
                self.mark_requested.emit(self.in_hand, kind)
        elif event.key() == Qt.Key.Key_P and plain and self.in_hand:
            if not event.isAutoRepeat():
                self.picture_requested.emit(self.in_hand)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters mark; they do not search."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.row_chosen.emit(self.in_hand)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def dataChanged(
        self,
        top_left: QModelIndex | QPersistentModelIndex,
        bottom_right: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        super().dataChanged(top_left, bottom_right, roles)
        self._fit.start()

    def _settle(self) -> None:
        """Share the width out: names and marks take what numbers leave."""
        whole, px = self.viewport().width(), self._look.px
        narrow = (px(56), px(56), px(112)) if whole > px(620) else (px(44), px(44), px(88))
        tight = whole < px(400)
        self.setColumnHidden(_HANDLING, tight)
        if tight:
            narrow = (px(34), px(34), 0)
        rest = max(px(160), whole - sum(narrow))
        widths = (rest * 56 // 100, *narrow, rest - rest * 56 // 100)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        self._fit.start()

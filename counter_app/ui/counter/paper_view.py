"""The right zone: the paper as it will be printed, growing, and beneath it this citizen's earlier cases."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.delegates import EarlierDelegate
from counter_app.ui.counter.shown import EarlierShown, PaperShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.elided import Elided
from counter_app.ui.widgets.paper import PaperPreview
from counter_app.ui.widgets.rows import Column, RowsModel
from counter_app.ui.widgets.text import label


class PaperView(QWidget):
    """`case_chosen(id)` for an earlier case."""

    case_chosen = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._caption = Elided()
        self._caption.setProperty("tone", "muted")
        self._note = Elided()
        self._note.setProperty("tone", "muted")
        self.preview = PaperPreview(look, t("Paper to be printed"))
        self.earlier_model = RowsModel[EarlierShown](
            (Column("case", "", lambda row: row.title),),
            key=lambda row: row.id,
            spoken=lambda row: f"{row.day} {row.title} {row.words}",
        )
        self._lay_out(t, look)
        self.show_paper(PaperShown())

    def show_paper(self, paper: PaperShown) -> None:
        self._caption.setText(paper.caption)
        self._note.setText(paper.note)
        self.preview.set_lines(paper.lines)
        self.earlier_model.set_rows(paper.earlier)
        self._earlier_card.setVisible(bool(paper.earlier))
        rows = min(6, len(paper.earlier))
        self._earlier.setFixedHeight(rows * max(1, self._earlier.sizeHintForRow(0)) + 4)

    def _lay_out(self, t: Translator, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        head = QHBoxLayout()
        head.addWidget(self._caption)
        head.addStretch(1)
        head.addWidget(self._note)
        column.addLayout(head)
        place = QWidget()
        place.setProperty("clear", True)
        inner = QVBoxLayout(place)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.preview)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(place)
        column.addWidget(scroll, 1)
        self._earlier_card = QFrame()
        self._earlier_card.setProperty("panel", "card")
        rows = QVBoxLayout(self._earlier_card)
        rows.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        rows.setSpacing(look.px(2))
        rows.addWidget(label(t("Earlier cases"), strong=True))
        self._earlier = QListView()
        self._earlier.setModel(self.earlier_model)
        self._earlier.setItemDelegate(EarlierDelegate(look, self._earlier))
        self._earlier.setAccessibleName(t("Earlier cases"))
        self._earlier.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._earlier.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._earlier.activated.connect(self._chosen)
        rows.addWidget(self._earlier)
        column.addWidget(self._earlier_card)

    def _chosen(self, index: object) -> None:
        row = self._earlier.currentIndex().row()
        case = self.earlier_model.key_at(row)
        if case is not None:
            self.case_chosen.emit(case)

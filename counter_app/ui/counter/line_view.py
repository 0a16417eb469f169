"""The left zone: who is served, the keys of the line, who waits, who is held. A passive view."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.alarms_view import AlarmsView
from counter_app.ui.counter.delegates import TicketDelegate
from counter_app.ui.counter.shown import LineShown, ServingShown, TicketShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.elapsed import minutes_seconds
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.rows import Column, RowsModel
from counter_app.ui.widgets.text import label


def ticket_model(spoken_minutes: str) -> RowsModel[TicketShown]:
    """Rows of people; read aloud as number, matter, waiting time."""
    return RowsModel[TicketShown](
        (Column("ticket", "", lambda row: row.number),),
        key=lambda row: row.id,
        spoken=lambda row: " ".join(
            part for part in (row.number, row.title, row.chip, spoken_minutes, row.minutes) if part
        ),
    )


class LineView(QWidget):
    """`command_requested(name)` with the names of `commands.py`; `ticket_chosen(id)` on a held row."""

    command_requested = Signal(str)
    ticket_chosen = Signal(str)

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t, self._look = t, look
        self._serving: ServingShown | None = None
        self._caption = label(tone="muted")
        self._number = label(size="number")
        self._matters = label(wrap=True)
        self._keys: dict[str, KeyButton] = {}
        self._across = 2
        self.waiting_model = ticket_model(t("waits"))
        self.held_model = ticket_model(t("held for"))
        self.alarms = AlarmsView(t, look)
        self._waiting_words = label(strong=True)
        self._longest = label(tone="muted", size="small")
        self._held_words = label(strong=True)
        self._lay_out()
        self.show_line(LineShown())

    def show_line(self, line: LineShown) -> None:
        """Show the whole zone."""
        self._serving = line.serving
        self._caption.setText(line.serving.caption if line.serving else self._t("Nobody at the counter"))
        self._number.setText(line.serving.number if line.serving else "—")
        self._number.setAccessibleName(self._number.text())
        self._finish.setEnabled(line.serving is not None)
        for name in ("recall", "transfer", "hold", "no_show", "take_back"):
            self._keys[name].setEnabled(line.serving is not None)
        self._waiting_words.setText(line.waiting_words)
        self._longest.setText(line.longest_words)
        self.waiting_model.set_rows(line.waiting)
        set_aside = line.held + line.missed
        self.held_model.set_rows(set_aside)
        self._held_words.setText(
            self._t("Held {held} · missed {missed}", held=len(line.held), missed=len(line.missed))
        )
        self._held_words.setVisible(bool(set_aside))
        self._held.setVisible(bool(set_aside))
        self._held.setFixedHeight(self._held_height())
        self.tick(line.serving.began if line.serving else None)

    def tick(self, now: datetime | None) -> None:
        """Show how long the citizen has been served as of `now`."""
        serving = self._serving
        if serving is None or now is None:
            self._matters.setText("")
            return
        gone = minutes_seconds(serving.began, now)
        words = (
            self._t("served for {time}", time=gone)
            if serving.started
            else self._t("called {time} ago", time=gone)
        )
        self._matters.setText(f"{serving.matters} · {words}" if serving.matters else words)

    def _held_height(self) -> int:
        """All of them as far as a few rows; then the list scrolls."""
        rows = range(min(5, self.held_model.rowCount()))
        return sum(self._held.sizeHintForRow(row) for row in rows) + 4

    def _key(self, name: str, words: str, key: str, kind: str = "tile") -> KeyButton:
        button = KeyButton(words, key, kind=kind)
        button.clicked.connect(lambda: self.command_requested.emit(name))
        self._keys[name] = button
        return button

    def _list(self, model: RowsModel[TicketShown], name: str) -> QListView:
        view = QListView()
        view.setModel(model)
        view.setItemDelegate(TicketDelegate(self._look, view))
        view.setAccessibleName(name)
        view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSelectionMode(QListView.SelectionMode.SingleSelection)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setUniformItemSizes(False)
        view.activated.connect(lambda index: self._chosen(model, index.row()))
        return view

    def _chosen(self, model: RowsModel[TicketShown], row: int) -> None:
        ticket = model.key_at(row)
        if ticket is not None:
            self.ticket_chosen.emit(ticket)

    def _lay_out(self) -> None:
        t, look = self._t, self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        column.addWidget(self._serving_card())
        self.alarms.answer_requested.connect(lambda: self.command_requested.emit("help_answer"))
        column.addWidget(self.alarms)
        card = QFrame()
        card.setProperty("panel", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(look.px(10), look.px(10), look.px(10), look.px(8))
        rows.setSpacing(look.px(4))
        head = QHBoxLayout()
        head.addWidget(self._waiting_words)
        head.addStretch(1)
        head.addWidget(self._longest)
        rows.addLayout(head)
        self._waiting = self._list(self.waiting_model, t("People waiting"))
        rows.addWidget(self._waiting, 1)
        rows.addWidget(self._held_words)
        self._held = self._list(self.held_model, t("Held and missed"))
        rows.addWidget(self._held)
        column.addWidget(card, 1)

    def _serving_card(self) -> QFrame:
        t, look = self._t, self._look
        card = QFrame()
        card.setProperty("panel", "hand")
        column = QVBoxLayout(card)
        column.setContentsMargins(look.px(14), look.px(10), look.px(12), look.px(12))
        column.setSpacing(look.px(2))
        for part in (self._caption, self._number, self._matters):
            column.addWidget(part)
        column.addSpacing(look.px(8))
        self._finish = self._key("finish", t("Finish, rate"), "F2", "primary")
        column.addWidget(self._finish)
        column.addSpacing(look.px(6))
        grid = QGridLayout()
        grid.setSpacing(look.px(6))
        tiles = (
            ("call_next", t("Call next"), "F3"),
            ("recall", t("Recall"), "F4"),
            ("transfer", t("Transfer"), "F5"),
            ("hold", t("Hold"), "F6"),
            ("no_show", t("No show"), "F7"),
            ("take_back", t("Take back"), "⌫"),
        )
        for at, (name, words, key) in enumerate(tiles):
            grid.addWidget(self._key(name, words, key), at // 2, at % 2)
        self._grid, self._tiles = grid, tuple(self._keys[name] for name, _, _ in tiles)
        column.addLayout(grid)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text: the keys stand in one column instead of being cut."""
        super().resizeEvent(event)
        widest = max(tile.sizeHint().width() for tile in self._tiles)
        across = 2 if 2 * widest + self._look.px(36) <= self.width() else 1
        if across != self._across:
            self._across = across
            for at, tile in enumerate(self._tiles):
                self._grid.addWidget(tile, at // across, at % across)

"""What hangs on this machine, shown over the window: each with its state, and the keys that act on it."""

from __future__ import annotations

from typing import Final

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import PeripheralShown, PeripheralsShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.rows import Column, RowsModel
from counter_app.ui.widgets.state_page import PageKey, StatePage

_STATE_COLUMN: Final = 2
_SHARES: Final = (20, 14, 17, 32, 17)  # of the width, in hundredths


class PeripheralsView(StatePage[PeripheralShown]):
    """`pressed(key, name)`: Return acts on the one in hand, T tries it, R asks all, F finds, A adds."""

    def __init__(self, t: Translator, look: Look) -> None:
        self.peripherals = RowsModel[PeripheralShown](
            (
                Column("name", t("Peripheral"), lambda row: row.name),
                Column("kind", t("Kind"), lambda row: row.kind),
                Column("state", t("State"), lambda row: row.words),
                Column("where", t("Connected at"), lambda row: row.where),
                Column("used", t("Used by"), lambda row: row.used),
            ),
            key=lambda row: row.id,
            spoken=lambda row: " ".join(part for part in (row.name, row.kind, row.words, row.where) if part),
        )
        keys = (
            PageKey("T", t("try it")),
            PageKey("Return", t("change it")),
            PageKey("R", t("ask all")),
            PageKey("F", t("find")),
            PageKey("A", t("add by hand")),
        )
        super().__init__(
            look, t("Peripherals of this machine"), self.peripherals, _SHARES, _STATE_COLUMN, keys, t("leave")
        )

    @property
    def is_open(self) -> bool:
        return self.isVisible()

    def show_peripherals(self, shown: PeripheralsShown | None) -> None:
        """Fill the page; None takes it away for the time of a question."""
        if shown is None:
            self.hide()
        else:
            self.show_rows(shown.rows, shown.summary, shown.told, shown.in_hand)

"""The hall's devices, shown over the window: each one's state, last agreement and oldest unsent act.

What the rows say is `centre_presenter.py`'s.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal

from counter_app.i18n import Translator
from counter_app.ui.counter.shown import DeviceShown
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.rows import Column, RowsModel
from counter_app.ui.widgets.state_page import PageKey, StatePage

_STATE_COLUMN: Final = 2
_SHARES: Final = (23, 10, 25, 15, 15, 12)  # of the width, in hundredths


def devices_model(t: Translator) -> RowsModel[DeviceShown]:
    """Device, role, state, last agreement, oldest unsent act, epoch; read aloud as one sentence."""
    return RowsModel[DeviceShown](
        (
            Column("device", t("Device"), lambda row: row.name),
            Column("role", t("Role"), lambda row: row.role),
            Column("state", t("State"), lambda row: row.words),
            Column("agreed", t("Last agreement"), lambda row: row.agreed),
            Column("unsent", t("Oldest unsent act"), lambda row: row.unsent),
            Column("epoch", t("Run of numbers"), lambda row: row.epoch),
        ),
        key=lambda row: row.id,
        spoken=lambda row: " ".join(part for part in (row.name, row.role, row.words, row.unsent) if part),
    )


class DevicesView(StatePage[DeviceShown]):
    """`again_requested` on R; `left` on Esc."""

    again_requested = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        self.devices = devices_model(t)
        keys = (PageKey("R", t("ask again")),)
        super().__init__(
            look, t("Devices of the hall"), self.devices, _SHARES, _STATE_COLUMN, keys, t("leave")
        )
        self.pressed.connect(self.again_requested.emit)

    def show_devices(self, rows: tuple[DeviceShown, ...], summary: str, told: str) -> None:
        """Fill the page and give it the keys; `summary` is this machine's own state in a sentence."""
        self.show_rows(rows, summary, told)

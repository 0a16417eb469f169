"""Row queries about the hall's devices and conflicts as this machine knows them.

`store/centre_rows.py` answers. The centre wrote the events behind them; its own store is another
(`centre_store.py`).
"""

from __future__ import annotations

from typing import Protocol

from counter_app.domain.centre.conflicts import Conflict
from counter_app.domain.centre.devices import DeviceState


class CentreRows(Protocol):
    """Every list is bounded, every query an index seek."""

    def devices(self) -> tuple[DeviceState, ...]:
        """Every device of the hall by its code; revoked ones too."""
        ...

    def open_conflicts(self, limit: int) -> tuple[Conflict, ...]:
        """Those nobody has settled, oldest first."""
        ...

    def conflicts_of(self, subject: str) -> tuple[Conflict, ...]:
        """All conflicts of a subject (`ticket:…`), settled ones too."""
        ...
